"""What the package document says of the book."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from anthology.config.identifiers import isbn13_in
from anthology.config.subjects import subject_of
from anthology.model import Subject, direction_of
from anthology.people import credited, sort_name
from anthology.people.contributors import Contributors
from anthology.views import CONTENTS, COVER, ROLES, documents_of_introductions
from anthology.wording import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from anthology.config import EpubEdition
    from anthology.editions.base import Manuscript
    from anthology.editions.epub.accessibility import Statement
    from anthology.exporters.epub import Metadata, Person, Work
    from anthology.model import Article, Document
    from anthology.pages import PageStart
    from anthology.people import Credited

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
    manuscript: Manuscript, edition: EpubEdition, pages: Sequence[PageStart], statement: Statement
) -> Metadata:
    """Put together what the package document says: `pages` are those that the edition lists."""
    from anthology.exporters.epub import Metadata, Person

    book = manuscript.config.book
    people = _people(manuscript)
    makers = {written: _line(person.name) for person in people for written in person.names}
    editors = tuple(
        Person(_line(name), ("edt",), _file_as(name, people, manuscript)) for name in book.editors
    )
    # A book that nobody edited is by its authors.
    first = [person for person in people if not editors and "author" in person.roles]
    identifier = identifier_of(manuscript, edition)
    return Metadata(
        identifier=identifier,
        work_identifier=_work_identifier(manuscript, identifier),
        title=_line(f"{book.title} ({manuscript.labels['proof']})" if manuscript.proof else book.title),
        subtitle=_line(book.subtitle),
        language=book.language,
        languages=tuple(_further_languages(manuscript)),
        direction=direction_of(book.language),
        modified=_moment(book.revised or manuscript.day),
        publisher=_line(book.publisher),
        description=book.description,
        rights=book.rights,
        date=book.date.isoformat() if book.date else "",
        series=_line(book.series),
        series_number=book.series_number,
        subjects=tuple(_subjects(manuscript)),
        creators=editors or tuple(map(_person, first)),
        contributors=tuple(_person(person) for person in people if person not in first),
        works=tuple(_works(manuscript, makers)),
        schema=statement.schema,
        pages_from=_print_edition(manuscript, edition) if pages else "",
        conforms_to=statement.conforms_to,
        certified_by=statement.certified_by,
        certifier_report=statement.report,
    )


def identifier_of(manuscript: Manuscript, edition: EpubEdition) -> str:
    """Give the identifier of an edition: its ISBN, else the book's own, which no correction changes."""
    return f"urn:isbn:{edition.isbn13}" if edition.isbn13 else manuscript.config.book.unique_identifier


def guide_of(documents: Iterable[Document]) -> Iterator[tuple[str, str, str]]:
    """Point reading systems older than EPUB 3 to cover, contents and beginning: type, title and file of each."""
    kinds = {COVER: "cover", CONTENTS: "toc"}
    begun = False
    for document in documents:
        kind = kinds.get(document.name, "" if begun or document.part != "text" else "text")
        if kind:
            yield kind, document.title, f"{document.name}.xhtml"
            begun = begun or kind == "text"


def _work_identifier(manuscript: Manuscript, identifier: str) -> str:
    """Give the identifier that all editions share, by which a library knows the book again that was without an ISBN."""
    stated = manuscript.config.book.unique_identifier
    return "" if stated == identifier or isbn13_in(stated) else stated


def _moment(revised: dt.date) -> dt.datetime:
    """Give the moment of a revision; a day that says no more begins at midnight in UTC."""
    if isinstance(revised, dt.datetime):
        return revised.astimezone(dt.UTC)
    return dt.datetime.combine(revised, dt.time(), dt.UTC)


def _line(text: str) -> str:
    """Write a text on one line; nothing where nothing of it shows, for no element may be empty."""
    return " ".join(text.split()) if visible(text) else ""


def _further_languages(manuscript: Manuscript) -> Iterable[str]:
    languages = dict.fromkeys(piece.language for piece in manuscript.linked.anthology.pieces)
    return (language for language in languages if language not in ("", manuscript.config.book.language))


def _subjects(manuscript: Manuscript) -> Iterable[Subject]:
    """Give subjects and keywords, each once, as the editor wrote them; the tags of articles are none of either."""
    book = manuscript.config.book
    found: dict[tuple[str, str], Subject] = {}
    for subject in (*map(subject_of, book.subjects), *(Subject(_line(word)) for word in book.keywords)):
        found.setdefault((subject.authority, (subject.code or subject.heading).casefold()), subject)
    return found.values()


def _print_edition(manuscript: Manuscript, edition: EpubEdition) -> str:
    """Name the edition whose pages are listed: by its ISBN, else as a reader would tell it from others."""
    printed, book = manuscript.config.editions[edition.pages_from], manuscript.config.book
    assert printed.format == "pdf"
    if printed.isbn13:
        return f"urn:isbn:{printed.isbn13}"
    size = f"{printed.trim.width:g} × {printed.trim.height:g} mm"
    return ", ".join(filter(None, (_line(book.title), _line(book.publisher), str(manuscript.day.year), size)))


def _pieces(manuscript: Manuscript) -> Iterator[tuple[Article, str]]:
    """Give every piece of the book, in its order, with the name of the document that it stands in."""
    anthology = manuscript.linked.anthology
    openers = documents_of_introductions(anthology)
    unprinted = {section.introduction.id for section in anthology.sections if section.introduction} - {
        *openers
    }
    for piece in anthology.pieces:
        if piece.id not in unprinted:
            yield piece, openers.get(piece.id, piece.id)


def _people(manuscript: Manuscript) -> list[Credited]:
    """Give everybody credited with a piece, with all that they did, in the order of the book."""
    pieces = [piece for piece, _ in _pieces(manuscript)]
    people = [person for person in credited(pieces, manuscript.config) if visible(person.name)]
    places = {piece.id: place for place, piece in enumerate(pieces)}
    written = [[credit.name for credit in piece.credits] for piece in pieces]

    def first(person: Credited) -> tuple[int, int]:
        place = places[person.articles[0]]
        return place, next(number for number, name in enumerate(written[place]) if name in person.names)

    return sorted(people, key=first)


def _person(person: Credited) -> Person:
    from anthology.exporters.epub import Person

    # The most important first (EPUB 3.3, D.3.10).
    roles = tuple(_RELATORS[role] for role in ROLES if role in person.roles)
    return Person(_line(person.name), roles, _line(person.sort) if person.sort_certain else "")


def _file_as(editor: str, people: Iterable[Credited], manuscript: Manuscript) -> str:
    """Give the name of an editor as it is sorted; nothing where only a guess could tell."""
    for person in people:
        if editor == person.name or editor in person.names:
            return _line(person.sort) if person.sort_certain else ""
    if stated := Contributors.of(manuscript.config).stated_sort(editor):
        return _line(stated)
    found = sort_name(editor, manuscript.config.book.language)
    return found.text if found.certain else ""


def _works(manuscript: Manuscript, makers: Mapping[str, str]) -> Iterator[Work]:
    """Tell who wrote each piece, and who else had a hand in it."""
    from anthology.exporters.epub import Work

    for piece, document in _pieces(manuscript):
        made = [(makers[credit.name], credit.role) for credit in piece.credits if credit.name in makers]
        authors = tuple(dict.fromkeys(name for name, role in made if role == "author"))
        others = tuple(dict.fromkeys(name for name, _ in made if name not in authors))
        if made:
            yield Work(f"text-{document}", authors, others)
