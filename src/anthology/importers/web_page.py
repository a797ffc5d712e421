"""Saved web pages: metadata from what the page declares, text from what it shows, structure from its own tree."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from anthology.importers.model import Imported
from anthology.importers.web.account import account_for, dropped_runs, pull_quotes
from anthology.importers.web.article import Page, article_of, plain_article_of
from anthology.importers.web.embedded import unfold_pictures
from anthology.importers.web.encoding import decode
from anthology.importers.web.formulas import unfold_formulas
from anthology.importers.web.limits import too_large, without_crowded_tags
from anthology.importers.web.metadata import metadata_of
from anthology.importers.web.pictures import Pictures
from anthology.importers.web.runs import runs_of
from anthology.importers.web.selection import select
from anthology.importers.web.tree import base_of, drop_unread, parse
from anthology.model import Credit, Origin
from anthology.problems import Problem, shortened

if TYPE_CHECKING:
    from anthology.importers import Find
    from anthology.importers.web.metadata import Metadata

_SUFFIXES = (".html", ".htm", ".xhtml", ".xht", ".shtml")
_OTHER_SUFFIXES = (
    ".md",
    ".markdown",
    ".mdown",
    ".mkd",
    ".rst",
    ".csv",
    ".json",
    ".xml",
    ".svg",
    ".js",
    ".css",
)
_BEGINS_LIKE_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*(?:<!doctype\s+html|<html|<head\b|<body\b|<article\b)",
    re.IGNORECASE | re.DOTALL,
)


def recognises(path: str, data: bytes) -> bool:
    """Tell whether a file is a web page: by its name, else by what its text begins with."""
    name = PurePosixPath(path).name.lower()
    if name.endswith(_SUFFIXES):
        return True
    if name.endswith(_OTHER_SUFFIXES):
        return False
    head = data[:4_096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\x00", b"")[2:]
    return bool(_BEGINS_LIKE_HTML.match(head))


def import_web_page(path: str, data: bytes, find: Find | None = None) -> Imported:
    """Make an article of a saved web page.

    Nothing is fetched and no file is read. A page may take long: whoever imports many runs this where it
    can be stopped.

    Arguments: the page's path, for problems; its bytes; and what gives the bytes of a file beside it. Without
    `find`, pictures at relative paths count as being beside the page if the page does not say where it came from.

    Returns the article. Its counts are of runs of text, not of lines: all that the page shows. A page that cannot
    be read comes back without body, with a problem that is an error.
    """
    if problem := too_large(path, len(data)):
        return Imported("web-page", _title_from(path), "", problems=(problem,))
    text, about_bytes = decode(path, data)
    text, about_tags = without_crowded_tags(path, text)
    root, about_depth = parse(path, text)
    problems = [problem for problem in (about_bytes, about_tags, about_depth) if problem]
    if root is None:
        return Imported("web-page", _title_from(path), "", problems=(*problems, _no_text(path)))
    known = metadata_of(root, text)
    return _imported(path, Page(root, base_of(root, known.url), find), known, problems)


def _imported(path: str, page: Page, known: Metadata, problems: list[Problem]) -> Imported:
    from anthology.importers.web.extraction import extracted

    unfold_formulas(page.root)
    words = extracted(page.root)
    unfold_pictures(page.root)
    drop_unread(page.root)
    runs = runs_of(page.body)
    selection = select(runs, " ".join(map(str, words.itertext())) if words is not None else "")
    chosen = selection.chosen
    pictures = Pictures.none()
    if not chosen or selection.coverage < 0.5:
        chosen = page.paragraphs(runs)
        problems += [_unsure(path)] if chosen else []
    account = account_for(runs, chosen, known, page.base)
    if not any(runs[number].letters for number in account.kept):
        # All the text there is was taken for something else: an article of nothing helps nobody.
        everything = frozenset(number for number, run in enumerate(runs) if run.letters)
        account = account_for(runs, everything, known, page.base)
        account.kept |= set(account.dropped) if not account.kept else set()
        account.kept |= account.front_matter if not account.kept else set()
        account.dropped = {
            number: reason for number, reason in account.dropped.items() if number not in account.kept
        }
        account.front_matter -= account.kept
    quotes = pull_quotes(runs, account)
    kept = [runs[number] for number in sorted(account.kept)]
    try:
        body = article_of(page, runs, account, pictures)
    except RecursionError:
        body = plain_article_of(kept)
    if not body.strip():
        body = plain_article_of(kept)
    if not body.strip():
        problems.append(_no_text(path))
    if not known.title:
        problems.append(_no_title(path))
    problems += _about_pictures(path, pictures)
    image = known.image if known.image and (known.image in pictures.beside or "//" in known.image) else ""
    remote = [*pictures.remote, *([image] if "//" in image and image not in pictures.remote else [])]
    standfirst = known.standfirst
    if any(run.letters and known.standfirst and run.text == standfirst for run in kept):
        standfirst = ""
    return Imported(
        "web-page",
        known.title or _title_from(path),
        body,
        credits=tuple(Credit(author.name) for author in known.byline.authors),
        byline=" ".join(known.byline.written.split()),
        date=known.date,
        reading_minutes=known.reading_minutes,
        section=known.section,
        standfirst=standfirst,
        language=known.language,
        url=known.url,
        publication=known.publication,
        image=image,
        tags=known.tags,
        paragraphs=sum(
            1
            for run in kept
            if run.block.tag not in ("h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "pre", "li")
        ),
        pull_quotes=quotes,
        lines=account.counts(len(runs)),
        dropped=dropped_runs(runs, account),
        references=tuple(account.references),
        pictures=(*pictures.beside, *pictures.embedded),
        embedded=pictures.embedded,
        remote_pictures=tuple(remote),
        problems=tuple(problems),
    )


def _title_from(path: str) -> str:
    """Make a title of a file's name, for a page that has none."""
    words = re.sub(r"[\s_-]+", " ", PurePosixPath(path).name.partition(".")[0]).strip()
    return words[:1].upper() + words[1:]


def _no_text(path: str) -> Problem:
    return Problem(
        "M045",
        "error",
        "there is no text on this page",
        Origin(path),
        "open it in a browser and save it whole, once it shows its text",
    )


def _no_title(path: str) -> Problem:
    return Problem(
        "M046",
        "warning",
        "this page does not say what its title is; it was made of the file's name",
        Origin(path),
        "write `title` into the article's front matter",
    )


def _unsure(path: str) -> Problem:
    return Problem(
        "M047",
        "warning",
        "its article could not be told from what stands around it; all paragraphs were kept",
        Origin(path),
        "delete what is not the article's",
    )


def _about_pictures(path: str, pictures: Pictures) -> list[Problem]:
    told = [
        Problem(
            "M048",
            "warning",
            f"the picture {address} is on the web and was not fetched",
            Origin(path),
            "save the page with its pictures, or import with --allow-network",
            fold="{count} pictures are on the web and were not fetched",
        )
        for address in pictures.remote
    ]
    told += [
        Problem(
            "M049",
            "warning",
            f"the picture {_named(alternative)} is held within the page and cannot be read",
            Origin(path),
            "save the page with its pictures in a folder next to it, or put the picture into the article",
            fold="{count} pictures are held within the page and cannot be read",
        )
        for alternative in pictures.broken
    ]
    return told + [
        Problem(
            "M049",
            "warning",
            f"the picture {written} is not beside the page",
            Origin(path),
            "save the page with its pictures, and keep their folder next to it",
            fold="{count} pictures are not beside the page",
        )
        for written in pictures.missing
    ]


def _named(alternative: str) -> str:
    return f'"{shortened(alternative, 80)}"' if alternative else "without a description"
