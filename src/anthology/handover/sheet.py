"""The metadata sheet: what the forms of printers and shops ask of a book, to be copied from."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from anthology.config.subjects import subject_of
from anthology.editions.account import file_name
from anthology.editions.printing import printing_of
from anthology.people import credited, sort_name
from anthology.printers import Sides
from anthology.rights.permissions import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.config import PdfEdition
    from anthology.editions.base import Made, Manuscript
    from anthology.handover.release import Release

_MM_AN_INCH = 25.4

# A field and what stands in it.
_Entry = tuple[str, str]


def metadata_csv(release: Release) -> bytes:
    """Write the sheet as CSV with three columns: the edition (empty for the book itself), the field, what stands in it.

    Empty fields are left out. UTF-8 with a mark of the byte order, and nothing that a spreadsheet takes for a formula,
    as in the list of permissions.
    """
    config = release.manuscript.config
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(("edition", "field", "value"))
    rows = [("", *entry) for entry in _of_the_book(release.manuscript)]
    for name, edition, made, _ in release.made:
        entries = [
            ("file", file_name(config, name, edition)),
            ("format", edition.format.upper()),
            ("ISBN", edition.isbn),
            ("articles", str(made.articles)),
        ]
        if edition.format == "pdf":
            entries += _of_paper(release.manuscript, name, edition, made)
        rows += [(name, *entry) for entry in entries]
    writer.writerows([harmless(cell) for cell in row] for row in rows if row[-1])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _of_the_book(manuscript: Manuscript) -> Iterator[_Entry]:
    """Give what is true of all editions."""
    book = manuscript.config.book
    yield "title", book.title
    yield "subtitle", book.subtitle
    yield "series", book.series
    yield "number in the series", book.series_number
    yield "edition", str(book.edition)
    yield "language", book.language
    yield from _contributors(manuscript)
    yield "publisher", book.publisher
    yield "date of publication", book.date.isoformat() if book.date else ""
    yield "description", book.description
    yield "keywords", "; ".join(book.keywords)
    for subject in map(subject_of, book.subjects):
        coded = subject.authority and subject.heading != subject.code
        heading = f"{subject.code} {subject.heading}" if coded else subject.heading
        yield f"subject ({subject.authority})" if subject.authority else "subject", heading
    yield "rights", book.rights
    yield "identifier", book.unique_identifier


def _contributors(manuscript: Manuscript) -> Iterator[_Entry]:
    """Name everybody by what they did, the editors of the book first: the name as it is sorted follows in brackets."""
    config = manuscript.config
    for editor in config.book.editors:
        yield "editor of the book", _sorted_too(editor, sort_name(editor, config.book.language).text)
    for person in credited(manuscript.linked.anthology.pieces, config):
        for role in person.roles:
            yield role, _sorted_too(person.name, person.sort)


def _sorted_too(name: str, sort: str) -> str:
    return f"{name} ({sort})" if sort and sort != name else name


def _of_paper(manuscript: Manuscript, name: str, edition: PdfEdition, made: Made) -> list[_Entry]:
    """Give what a printer asks of an edition."""
    printing = printing_of(manuscript.config, name, edition, manuscript.find_profile)
    trim, bleed = edition.trim, printing.bleed
    sides = (
        ("top", bleed.top),
        ("outside", bleed.outside),
        ("bottom", bleed.bottom),
        ("inside", bleed.inside),
    )
    cover = file_name(manuscript.config, name, edition, cover=True)
    return [
        ("pages", str(made.pages)),
        (
            "trim size",
            f"{trim.width:g} × {trim.height:g} mm ({_inches(trim.width)} × {_inches(trim.height)} in)",
        ),
        ("printer", printing.profile.title if printing.profile else ""),
        ("paper", edition.paper),
        ("colour", printing.colour),
        (
            "bleed",
            "none"
            if bleed == Sides()
            else ", ".join(f"{side} {width:g} mm" for side, width in sides if width),
        ),
        ("cover", cover if made.cover else ""),
        ("spine", f"{made.spine:.2f} mm ({_inches(made.spine)} in)" if made.spine else ""),
    ]


def _inches(millimetres: float) -> str:
    return f"{millimetres / _MM_AN_INCH:.3f}".rstrip("0").rstrip(".")
