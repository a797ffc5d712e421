"""What the parts of `anthology.toml` have to do with one another.

The checks look at the raw data, so that they find what they can in a file that has other errors too;
what is of the wrong kind is the model's to report, and passed over here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from anthology.config.identifiers import isbn13_in, isbn13_of
from anthology.config.slugs import SLUG, slug_of
from anthology.config.translate import Finding, subject, table_name
from anthology.labels import check_labels
from anthology.problems import did_you_mean

_RESERVED_SLUGS = {"front": "front matter", "back": "back matter"}
_ALL_OTHERS = "*"


def findings(raw: Mapping[str, Any]) -> list[Finding]:
    """Find everything that no single value shows."""
    return [
        *_labels(raw),
        *_section_slugs(raw),
        *_listed_articles(raw),
        *_names_of_tables(raw),
        *_series(raw),
        *_isbns(raw),
        *_page_sources(raw),
        *_certificates(raw),
        *_words_of_the_house(raw),
    ]


def _labels(raw: Mapping[str, Any]) -> Iterator[Finding]:
    words = {key: text for key, text in _table(raw, "labels").items() if isinstance(text, str)}
    for key, problem in check_labels(words):
        yield Finding(("labels", key), problem.code, problem.message, problem.hint)


def _section_slugs(raw: Mapping[str, Any]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for index, section in _sections(raw):
        title = section.get("title")
        slug = section.get("slug", slug_of(title) if isinstance(title, str) and title.strip() else None)
        if not isinstance(slug, str):
            continue
        named = f'"{title}"' if isinstance(title, str) else "without a title"
        key = ("sections", index, "slug")
        hint = 'give it a slug of its own: slug = "…"'
        if slug in _RESERVED_SLUGS:
            message = f'the section {named} has the slug "{slug}", which is the folder of the {_RESERVED_SLUGS[slug]}'
            yield Finding(key, "C008", message, hint)
        elif slug in first:
            message = f'the section {named} has the slug "{slug}", as has the section {first[slug]}'
            yield Finding(key, "C008", message, hint)
        first.setdefault(slug, named)


def _listed_articles(raw: Mapping[str, Any]) -> Iterator[Finding]:
    for index, section in _sections(raw):
        key = ("sections", index, "articles")
        order = section.get("order", "listed")
        articles = section.get("articles", [])
        if articles and order in ("date", "title", "weight"):
            message = f'{subject(key)} needs order = "listed", but the order is "{order}"'
            yield Finding(key, "C005", message, "delete one of the two lines")
        seen: set[str] = set()
        for place, article in enumerate(articles if isinstance(articles, list) else ()):
            if isinstance(article, str) and article in seen:
                twice = "all others twice" if article == _ALL_OTHERS else f'"{article}" twice'
                yield Finding((*key, place), "C005", f"{subject(key)} lists {twice}", "keep one of the two")
            seen.add(str(article))


def _names_of_tables(raw: Mapping[str, Any]) -> Iterator[Finding]:
    """Editions name files and contributors name places in the book: both need slugs for names."""
    for table in ("editions", "contributors"):
        for name in _table(raw, table):
            if not SLUG.fullmatch(name):
                message = f'"{name}" cannot name a table of [{table}]'
                yield Finding((table, name), "C005", message, f"write [{table}.{slug_of(name)}]")


def _series(raw: Mapping[str, Any]) -> Iterator[Finding]:
    book = _table(raw, "book")
    key = ("book", "series-number")
    if book.get("series-number") not in (None, "") and not book.get("series"):
        yield Finding(key, "C005", f"{subject(key)} needs a series", 'name the series too: series = "…"')


def _isbns(raw: Mapping[str, Any]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for name, edition in _editions(raw).items():
        isbn = edition.get("isbn")
        figures = isbn13_of(isbn) if isinstance(isbn, str) else ""
        if figures in first:
            both = f"{table_name(('editions', first[figures]))} and {table_name(('editions', name))}"
            message = f"{both} have the same ISBN, {figures}"
            hint = "every edition needs an ISBN of its own; leave one empty until it has"
            yield Finding(
                ("editions", name, "isbn"), "C006", message, hint, ("editions", first[figures], "isbn")
            )
        elif figures:
            first[figures] = name
    stated = _table(raw, "book").get("identifier")
    figures = isbn13_in(stated) if isinstance(stated, str) else ""
    if figures in first and len(first) < len(_editions(raw)):
        # The editions without an ISBN are identified as the book is.
        key = ("book", "identifier")
        message = f"{subject(key)} is the ISBN of {table_name(('editions', first[figures]))}, one of several editions"
        hint = 'delete the line, or write what is true of them all, like "urn:uuid:…"'
        yield Finding(key, "C006", message, hint, ("editions", first[figures], "isbn"))


def _page_sources(raw: Mapping[str, Any]) -> Iterator[Finding]:
    editions = _editions(raw)
    pdfs = [name for name, edition in editions.items() if edition.get("format") == "pdf"]
    for name, edition in editions.items():
        source = edition.get("pages-from")
        if not isinstance(source, str) or not source.strip() or source.strip() in pdfs:
            continue
        key = ("editions", name, "pages-from")
        which = "which is not a PDF edition" if source in editions else "and there is no such edition"
        names = ", ".join(pdfs)
        hint = did_you_mean(source, pdfs) or (
            f"the PDF editions are: {names}" if pdfs else "add a PDF edition"
        )
        yield Finding(key, "C005", f'{subject(key)} names "{source}", {which}', hint)


def _certificates(raw: Mapping[str, Any]) -> Iterator[Finding]:
    """A certificate is of something: without a statement of conformance, nobody can tell of what."""
    stated = _table(raw, "accessibility")
    if stated.get("conforms-to"):
        return
    for name in ("certified-by", "report"):
        if stated.get(name):
            key = ("accessibility", name)
            hint = 'state what is certified: conforms-to = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"'
            yield Finding(key, "C005", f"{subject(key)} needs conforms-to", hint)


def _words_of_the_house(raw: Mapping[str, Any]) -> Iterator[Finding]:
    preferred = _table(raw, "style").get("preferred")
    for word in preferred if isinstance(preferred, dict) else ():
        if not word.strip():
            message = "[style.preferred] has an entry for no word"
            yield Finding(("style", "preferred", word), "C005", message, 'write both words: ebook = "e-book"')


def _table(raw: Mapping[str, Any], name: str) -> dict[str, Any]:
    table = raw.get(name)
    return table if isinstance(table, dict) else {}


def _editions(raw: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: table for name, table in _table(raw, "editions").items() if isinstance(table, dict)}


def _sections(raw: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    sections = raw.get("sections")
    for index, section in enumerate(sections if isinstance(sections, list) else ()):
        if isinstance(section, dict):
            yield index, section
