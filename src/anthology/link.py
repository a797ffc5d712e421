"""Link: ids become unique in the whole book, and every link leads somewhere or becomes plain text."""

from __future__ import annotations

import posixpath
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from anthology.addresses import valid_address
from anthology.article_files import without_suffix
from anthology.catalogue import Catalogue, normalised_address
from anthology.model import Anthology, Article, LinkedAnthology, Origin, Section
from anthology.problems import Problem, did_you_mean
from anthology.xhtml import fragment_to_text, parse_fragment, serialise_fragment, unwrap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from anthology.model import Related

SCHEME = "anthology:"

# Where the reader notes the line of a link or an index term, for the messages about it.
LINE = "data-line"
# How it marks an index term; whoever makes the index reads the mark, and names the line.
_TERM = "data-index"

# What may stand behind a link that leaves the book: schemes that readers' programs and EPUBCheck know.
_OUTSIDE = frozenset({"http", "https", "mailto", "tel", "ftp", "doi", "urn", "xmpp"})
# What GitHub puts before the ids that it writes, but not into links to them.
_ON_GITHUB = "user-content-"


def unique_id(article_id: str, fragment: str) -> str:
    """Make an id of an article unique in the book."""
    return f"{article_id}--{fragment}"


def link(
    anthology: Anthology, related: Related, language: str
) -> tuple[LinkedAnthology, tuple[Problem, ...]]:
    """Make ids unique and resolve every link in the text.

    Arguments: the anthology, its related reading and the book's language (BCP 47). Returns the anthology with
    bodies in which a link inside the book reads `anthology:ID` or `anthology:ID#ID--FRAGMENT`, and the
    problems: a link to a file or place that is not in the book is a warning and stays as plain text.
    """
    catalogue = Catalogue(anthology.pieces, language)
    fragments = {piece.id: frozenset(_ids_of(piece)) for piece in anthology.pieces}
    problems: list[Problem] = []

    def linked(piece: Article) -> Article:
        article, found = _link_article(piece, catalogue, fragments)
        problems.extend(found)
        return article

    sections = tuple(
        Section(
            section.title,
            section.slug,
            tuple(linked(article) for article in section.articles),
            linked(section.introduction) if section.introduction else None,
        )
        for section in anthology.sections
    )
    front = tuple(linked(piece) for piece in anthology.front)
    back = tuple(linked(piece) for piece in anthology.back)
    return LinkedAnthology(Anthology(sections, front, back), related), tuple(problems)


def _ids_of(piece: Article) -> list[str]:
    return [str(element.get("id")) for element in parse_fragment(piece.body).iter() if element.get("id")]


def _link_article(
    piece: Article, catalogue: Catalogue, fragments: Mapping[str, frozenset[str]]
) -> tuple[Article, list[Problem]]:
    root = parse_fragment(piece.body)
    problems: list[Problem] = []
    for anchor in [element for element in root.iter("a") if element.get("href") is not None]:
        address, problem = _resolve(str(anchor.get("href")), anchor, piece, catalogue, fragments)
        if problem:
            problems.append(problem)
        if address:
            anchor.set("href", address)
        else:
            unwrap(anchor)
    for number, term in enumerate(root.iterfind(f".//span[@{_TERM}]"), 1):
        if not term.get("id"):
            term.set("id", f"_term-{number}")
    # Drawings and formulas have names of their own for namespaces; the reader made their ids unique already.
    for element in (element for element in root.iter() if "}" not in str(element.tag)):
        if LINE in element.attrib and _TERM not in element.attrib:
            del element.attrib[LINE]
        if element.get("id"):
            element.set("id", unique_id(piece.id, str(element.get("id"))))
        for name in ("headers", "aria-labelledby", "aria-describedby"):
            if element.get(name):
                element.set(
                    name, " ".join(unique_id(piece.id, word) for word in str(element.get(name)).split())
                )
    blocks = tuple(replace(block, id=unique_id(piece.id, block.id)) for block in piece.blocks)
    return replace(piece, body=serialise_fragment(root), blocks=blocks), problems


def _resolve(
    href: str,
    anchor: _Element,
    piece: Article,
    catalogue: Catalogue,
    fragments: Mapping[str, frozenset[str]],
) -> tuple[str, Problem | None]:
    """Find where a link leads; an empty address means that it is plain text from here on."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return "", _nowhere(href, anchor, piece, "it is not a well-formed address")
    if parts.scheme or parts.netloc:
        # Its own address in an article says where it was published: that leads there, not to itself.
        is_own = normalised_address(href) == normalised_address(piece.source.url)
        original = None if is_own else catalogue.by_address(href, piece)
        if original:
            return _original(original, unquote(parts.fragment), fragments), None
        if parts.scheme in _OUTSIDE or (parts.netloc and not parts.scheme):
            valid = valid_address(href)
            return valid, None if valid else _nowhere(href, anchor, piece, "it is not a well-formed address")
        return "", _nowhere(href, anchor, piece, f'"{parts.scheme}:" leads nowhere from a book')
    target = piece if not parts.path else _target(parts.path, piece, catalogue)
    if target is None:
        name = without_suffix(posixpath.basename(unquote(parts.path).rstrip("/")))
        return "", _nowhere(href, anchor, piece, catalogue.suggestion(name))
    fragment = unquote(parts.fragment)
    if not fragment:
        return SCHEME + target.id, None
    fragment = _place(fragment, fragments[target.id])
    if fragment not in fragments[target.id]:
        if _letters(fragment) == _letters(target.title):
            # The heading that was the title in the source is no longer in the text: it is the beginning.
            return SCHEME + target.id, None
        hint = did_you_mean(fragment, fragments[target.id])
        message = f'"{target.id}" has no place "#{fragment}"; the link leads to its beginning'
        if target.id == piece.id:
            return "", _problem("L006", f'no place "#{fragment}" in this article', anchor, piece, hint)
        return SCHEME + target.id, _problem("L006", message, anchor, piece, hint)
    return f"{SCHEME}{target.id}#{unique_id(target.id, fragment)}", None


def _original(target: Article, fragment: str, fragments: Mapping[str, frozenset[str]]) -> str:
    """Give the place in the book of what a link to an original address leads to.

    A fragment of the web page that the article has not kept is no fault of anybody's: it means the beginning.
    """
    fragment = _place(fragment, fragments[target.id])
    place = f"#{unique_id(target.id, fragment)}" if fragment in fragments[target.id] else ""
    return f"{SCHEME}{target.id}{place}"


def _place(fragment: str, known: frozenset[str]) -> str:
    """Give the id that a fragment means: itself, or the only one that differs in marks, accents or capitals.

    Every generator makes ids of headings by rules of its own: kramdown leaves a number at the beginning out, others
    keep dots or capitals, or drop accents.
    """
    if fragment in known:
        return fragment
    wanted = _letters(fragment.removeprefix(_ON_GITHUB))
    for of in (_letters, _letters_behind_number):
        alike = [name for name in known if wanted and of(name) == wanted]
        if alike:
            return alike[0] if len(alike) == 1 else fragment
    return fragment


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _letters_behind_number(name: str) -> str:
    return _letters(name).lstrip("0123456789")


def _target(path: str, piece: Article, catalogue: Catalogue) -> Article | None:
    written = unquote(path)
    return (
        catalogue.by_path(path, piece.origin.path)
        or catalogue.by_name(written.strip("/").removeprefix("../").removeprefix("./"), piece)
        or catalogue.by_page(written, piece)
    )


def _nowhere(href: str, anchor: _Element, piece: Article, hint: str) -> Problem:
    text = " ".join(fragment_to_text(anchor).split())
    return _problem("L005", f'"{text}" links to {href}, which is not in this book', anchor, piece, hint)


def _problem(code: str, message: str, anchor: _Element, piece: Article, hint: str) -> Problem:
    fold = (
        "{count} links lead to nothing in this book and are printed as plain text" if code == "L005" else ""
    )
    line = anchor.get(LINE)
    origin = Origin(piece.origin.path, int(line)) if line else piece.origin
    return Problem(code, "warning", message, origin, hint, fold=fold)
