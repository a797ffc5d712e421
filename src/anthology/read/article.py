"""From a content file to an article: every step of reading, in order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from anthology.article_files import is_introduction
from anthology.config.slugs import slug_of, title_of
from anthology.model import Approval, Article, Origin, Picture, Rights, Source
from anthology.read.front_matter.fences import FrontMatter, read_front_matter
from anthology.read.picture_records import picture_records
from anthology.read.queries import queries_in, without_queries
from anthology.read.source import decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from anthology.model import Block
    from anthology.problems import Problem
    from anthology.read.body.pictures import Pictures
    from anthology.read.source import Source as TextSource


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a content file: the article, and what an editor should know.

    No article: the file cannot be read, and an error says why; or it is a draft, and nothing is said.
    """

    article: Article | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Body:
    """The body of an article and what was found in it."""

    title: str
    xhtml: str
    blocks: tuple[Block, ...]
    words: int


class _Unreadable(Exception):  # noqa: N818 (it becomes a problem at once)
    """The text of the article cannot be read; the problem has been noted."""


def read_article(path: str, data: bytes, *, language: str, find: Callable[[str], bytes | None]) -> Reading:
    """Read a content file.

    Arguments: its path in the project (`content/mind/two.md`) and its bytes; the book's language (BCP 47),
    for an article that names none; and `find`, which gives the bytes of another file of the project by its
    path, or None. Returns the article and its problems; raises nothing that a file could cause.
    """
    source = decode(path, data)
    front = read_front_matter(source)
    if front is None:
        return Reading(None, tuple(source.problems))
    if front.values.get("draft"):
        return Reading(None, tuple(problem for problem in source.problems if problem.severity == "error"))
    try:
        article = _article(source, front, language, find)
    except _Unreadable:
        return Reading(None, tuple(source.problems))
    return Reading(article, tuple(source.problems))


def _article(
    source: TextSource, front: FrontMatter, book_language: str, find: Callable[[str], bytes | None]
) -> Article:
    from anthology.read.body.pictures import Pictures
    from anthology.read.body.quotes import set_text

    # Those of the text first: it is by their numbers that their places in it are told.
    queries = (*queries_in(source), *front.queries)
    if any(problem.code == "T024" for problem in source.problems):
        # Nobody can tell what of the text is the author's.
        raise _Unreadable
    values = front.values
    own_language = values.get("language") or ""
    language = own_language or book_language
    pictures = Pictures(source, find)
    image = _image(values.get("image") or "", front.lines.get("image"), pictures)
    body = _read_body(source, values.get("title") or "", language, pictures)
    name, aliases = _names(source.path, values.get("id") or "", values.get("aliases") or ())
    shown = dict(pictures.taken)
    if image and f"anthology-image:{image.key}" not in body.xhtml:
        shown.pop(image.key, None)
    return Article(
        id=name,
        origin=Origin(source.path),
        title=set_text(body.title or _title_without(source, front), language),
        body=body.xhtml,
        short_title=set_text(values.get("short-title") or "", language),
        standfirst=set_text(values.get("standfirst") or "", language),
        credits=values.get("authors") or (),
        date=values.get("date"),
        folder=_folder(source.path),
        section=values.get("section") or "",
        tags=values.get("tags") or (),
        related=values.get("related") or (),
        weight=values.get("weight"),
        language=own_language,
        aliases=aliases,
        image=image,
        rights=values.get("rights") or Rights(),
        picture_rights=picture_records(values.get("picture-rights") or (), source, pictures, find),
        source=values.get("source") or Source(),
        status=values.get("status") or "",
        approved=values.get("approved") or Approval(),
        queries=queries,
        extra=front.extra,
        blocks=body.blocks,
        pictures=tuple(shown.values()),
        words=body.words,
    )


def _read_body(source: TextSource, title: str, language: str, pictures: Pictures) -> _Body:
    from anthology.read.body.blocks import settle_blocks
    from anthology.read.body.figures import settle_pictures
    from anthology.read.body.headings import settle_levels, take_title
    from anthology.read.body.index_marks import settle_index_marks
    from anthology.read.body.notes import settle_notes
    from anthology.read.body.pull_quotes import settle_pull_quotes
    from anthology.read.body.typography import set_body
    from anthology.read.markdown.converter import unescaped_markup
    from anthology.xhtml import serialise_fragment

    try:
        root = _built(source)
        settle_index_marks(root)
        settle_notes(root, source)
        settle_pictures(root, pictures, source)
        settle_pull_quotes(root)
        title = take_title(root, title)
        settle_levels(root)
        set_body(root, language)
        blocks, words = settle_blocks(root, source)
        for child in root:
            child.tail = "\n"
        xhtml = unescaped_markup(serialise_fragment(root)).strip()
    except RecursionError:
        raise _too_deep(source) from None
    return _Body(title, xhtml, blocks, words)


def _built(source: TextSource) -> Any:
    from anthology.read.markdown.converter import convert
    from anthology.read.markdown.unclosed import without_unclosed
    from anthology.read.xhtml.builder import Builder, TooDeep
    from anthology.read.xhtml.html5 import legal, parse_html, parse_xhtml
    from anthology.read.xhtml.picture_sources import settle_sources

    text, unclosed = without_unclosed(source.text[source.body_at :])
    for tag in unclosed:
        line = source.text.count("\n", 0, source.body_at + tag.at) + 1
        source.warn(
            "T022",
            f"<{tag.name}> is opened here and never closed",
            line,
            f"write </{tag.name}> where it ends, or take it out; it is left out of the book",
            fold="{count} tags are opened and never closed",
        )
    try:
        markup, has_tags = convert(without_queries(text))
        markup = legal(markup, source)
        parsed = None if has_tags else parse_xhtml(markup)
        if parsed is None:
            parsed = parse_html(markup, source)
    except RecursionError:
        raise _too_deep(source) from None
    except Exception as error:  # the libraries' own faults, which an article's text brings out
        source.error(
            "T005", f"the text cannot be read ({type(error).__name__}: {error})", hint="simplify its markup"
        )
        raise _Unreadable from None
    try:
        prefix = f"svg-{hashlib.sha256(source.path.encode()).hexdigest()[:8]}"
        settle_sources(parsed)
        return Builder(source, prefix).build(parsed)
    except TooDeep:
        raise _too_deep(source) from None


def _too_deep(source: TextSource) -> _Unreadable:
    hint = "look for lists, quotations or tags that open again and again without being closed"
    source.error("T004", "the text is nested too deep to be read", hint=hint)
    return _Unreadable()


def _image(written: str, line: int | None, pictures: Pictures) -> Picture | None:
    found = pictures.take(written, line, from_project=True) if written else None
    return found if isinstance(found, Picture) else None


def _names(path: str, given: str, aliases: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Make the id; a given one that cannot be a file name is kept among the aliases, so that references find it."""
    name = _slug(given or _stem(path), path)
    return name, (*aliases, given) if given and given != name and given not in aliases else aliases


def _slug(text: str, path: str) -> str:
    return slug_of(text) if text.strip() else f"article-{hashlib.sha256(path.encode()).hexdigest()[:8]}"


def _stem(path: str) -> str:
    """Give the name of a file that tells it from others: an introduction is called after its section."""
    pure = PurePosixPath(path)
    if is_introduction(path) and _folder(path):
        return f"{_folder(path)}-intro"
    if pure.stem == "index" and len(pure.parts) > 3:
        return pure.parent.name
    return pure.stem


def _folder(path: str) -> str:
    parts = PurePosixPath(path).parts
    return parts[1] if len(parts) > 2 and parts[0] == "content" else ""


def _title_without(source: TextSource, front: FrontMatter) -> str:
    """Make a title of the file name; an introduction needs none, for its section has one."""
    if is_introduction(source.path):
        return ""
    title = title_of(_stem(source.path)) or "Untitled"
    if any(problem.origin == Origin(source.path, front.lines.get("title", 0)) for problem in source.problems):
        # There is a title, and what is wrong with it has been said.
        return title
    hint = 'write "title: …" at the top, or begin the text with a heading: # …'
    source.warn("T003", f'no title: the file name gives it one, "{title}"', hint=hint)
    return title
