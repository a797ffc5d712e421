"""What the package document says of the book."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from anthology.editions.epub.accessibility import accessibility_of
from anthology.model import direction_of
from anthology.views import known_as

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from anthology.config import EpubEdition
    from anthology.editions.base import Manuscript
    from anthology.exporters.epub import Metadata, Person
    from anthology.model import Document
    from anthology.pages import PageStart

# MARC relator codes of the roles.
_RELATORS = {
    "author": "aut",
    "translator": "trl",
    "interviewer": "ivr",
    "photographer": "pht",
    "illustrator": "ill",
    "editor": "edt",
}


def metadata_of(
    manuscript: Manuscript, edition: EpubEdition, documents: Sequence[Document], pages: Sequence[PageStart]
) -> Metadata:
    """Put together what the package document says: `documents` are those of the edition, `pages` those it lists."""
    from anthology.exporters.epub import Metadata, Person

    config = manuscript.config
    book = config.book
    modified = dt.datetime.combine(book.revised or manuscript.day, dt.time(), dt.UTC)
    return Metadata(
        identifier=identifier_of(manuscript, edition),
        title=book.title,
        subtitle=book.subtitle,
        language=book.language,
        direction=direction_of(book.language),
        modified=modified,
        publisher=book.publisher,
        description=book.description,
        rights=book.rights,
        date=book.date.isoformat() if book.date else "",
        subjects=(*book.subjects, *book.keywords),
        creators=tuple(Person(editor, ("edt",), _sort_name(manuscript, editor)) for editor in book.editors),
        contributors=tuple(_contributors(manuscript)),
        schema=tuple(accessibility_of(manuscript, documents, pages)),
        pages_from=_print_edition(manuscript, edition) if pages else "",
        conforms_to=config.accessibility.conforms_to,
        certified_by=config.accessibility.certified_by,
        certifier_report=config.accessibility.report,
    )


def identifier_of(manuscript: Manuscript, edition: EpubEdition) -> str:
    """Give the identifier of an edition: its ISBN, else the book's own, which no correction changes."""
    return f"urn:isbn:{edition.isbn13}" if edition.isbn13 else manuscript.config.book.unique_identifier


def _print_edition(manuscript: Manuscript, edition: EpubEdition) -> str:
    """Name the edition whose pages are listed: by its ISBN, else as a reader would tell it from others."""
    printed, book = manuscript.config.editions[edition.pages_from], manuscript.config.book
    assert printed.format == "pdf"
    if printed.isbn13:
        return f"urn:isbn:{printed.isbn13}"
    size = f"{printed.trim.width:g} × {printed.trim.height:g} mm"
    return ", ".join(filter(None, (book.title, book.publisher, str(manuscript.day.year), size)))


def _contributors(manuscript: Manuscript) -> Iterator[Person]:
    """Give everybody credited with an article, with all that they did, in the order of the book."""
    from anthology.exporters.epub import Person

    roles: dict[str, dict[str, None]] = {}
    for article in manuscript.linked.anthology.articles:
        for credit in article.credits:
            name = known_as(credit.name, manuscript.config)
            roles.setdefault(name, {})[_RELATORS[credit.role]] = None
    for name, relators in roles.items():
        yield Person(name, tuple(relators), _sort_name(manuscript, name))


def _sort_name(manuscript: Manuscript, name: str) -> str:
    """Give the name as `[contributors]` sorts it; nothing is guessed."""
    for contributor in manuscript.config.contributors.values():
        if name == contributor.name or name in contributor.also:
            return contributor.sort
    return ""
