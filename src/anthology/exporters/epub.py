"""Pack: rendered documents become an EPUB 3.3; the only module that knows EbookLib.

EbookLib writes the package document and the container. Everything it would parse, guess or stamp with the
clock is handed to it finished: XHTML, navigation and NCX as bytes, times and the zip by us.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ebooklib import epub

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FOLDER = "EPUB"
XHTML = "application/xhtml+xml"

# The zip format knows no time before this one; a fixed time keeps the bytes the same.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in the metadata, with the MARC relator codes of what they did and the name as it is sorted."""

    name: str
    roles: tuple[str, ...]
    file_as: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the package document says of the book; `modified` is in UTC, `pages_from` names the print edition."""

    identifier: str
    title: str
    language: str
    modified: dt.datetime
    subtitle: str = ""
    publisher: str = ""
    description: str = ""
    rights: str = ""
    date: str = ""
    direction: str = "ltr"
    subjects: tuple[str, ...] = ()
    creators: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    schema: tuple[tuple[str, str], ...] = ()
    pages_from: str = ""
    conforms_to: str = ""
    certified_by: str = ""
    certifier_report: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the book: its name below `EPUB/`, its bytes, and what the manifest says of it."""

    name: str
    data: bytes
    media_type: str
    id: str
    properties: tuple[str, ...] = ()
    spine: bool = False


def pack_epub(metadata: Metadata, parts: Sequence[Part]) -> bytes:
    """Pack the parts as an EPUB 3.3 (W3C Recommendation).

    Parts of the spine are read in the order given. One part must carry the property `nav`, one the id `ncx`.
    Returns the same bytes for the same arguments.
    """
    book = epub.EpubBook()
    book.reset()
    book.metadata = {}
    book.FOLDER_NAME = FOLDER
    book.uid = metadata.identifier
    book.direction = metadata.direction
    _describe(book, metadata)
    for part in parts:
        item = epub.EpubItem(uid=part.id, file_name=part.name, media_type=part.media_type, content=part.data)
        item.properties = list(part.properties)
        book.add_item(item)
    book.spine = [part.id for part in parts if part.spine]
    writer = _Writer("", book, {"mtime": metadata.modified, "epub3_pages": False, "raise_exceptions": True})
    return writer.packed()


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # EbookLib ships no types
    """EbookLib's writer with a zip of our own: sorted, undated, `mimetype` first and stored (OCF 3.3, 4.2)."""

    def packed(self) -> bytes:
        self.out = _Entries()
        self._write_container()
        self._write_opf()
        self._write_items()
        entries: Mapping[str, bytes] = self.out.entries
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            _store(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
            for name in sorted(entries, key=lambda name: (not name.startswith("META-INF/"), name)):
                _store(archive, name, entries[name], zipfile.ZIP_DEFLATED)
        return packed.getvalue()


class _Entries:
    """What EbookLib believes to be a zip."""

    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}

    def writestr(self, name: str, data: bytes | str, *_: Any) -> None:
        self.entries[name] = data.encode() if isinstance(data, str) else data


def _store(archive: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = method
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def _describe(book: epub.EpubBook, metadata: Metadata) -> None:
    """Fill in the metadata (EPUB 3.3, 5.5), people with role, sort name and order."""
    book.add_metadata("DC", "identifier", metadata.identifier, {"id": book.IDENTIFIER_ID})
    book.add_metadata("DC", "title", metadata.title, {"id": "title"})
    _refine(book, "title", "title-type", "main")
    if metadata.subtitle:
        book.add_metadata("DC", "title", metadata.subtitle, {"id": "subtitle"})
        _refine(book, "subtitle", "title-type", "subtitle")
    book.add_metadata("DC", "language", metadata.language)
    for name in ("publisher", "description", "rights", "date"):
        value = getattr(metadata, name)
        if value:
            book.add_metadata("DC", name, value)
    for subject in metadata.subjects:
        book.add_metadata("DC", "subject", subject)
    _name_people(book, "creator", metadata.creators)
    _name_people(book, "contributor", metadata.contributors)
    for name, value in metadata.schema:
        book.add_metadata("OPF", "meta", value, {"property": f"schema:{name}"})
    if metadata.pages_from:
        # EPUB Accessibility 1.1, 3.2, and the way that older reading systems know.
        book.add_metadata("OPF", "meta", metadata.pages_from, {"property": "pageBreakSource"})
        book.add_metadata("DC", "source", metadata.pages_from, {"id": "print"})
        _refine(book, "print", "source-of", "pagination")
    if metadata.conforms_to:
        book.add_metadata("OPF", "meta", metadata.conforms_to, {"property": "dcterms:conformsTo"})
    if metadata.certified_by:
        book.add_metadata("OPF", "meta", metadata.certified_by, {"property": "a11y:certifiedBy"})
    if metadata.certifier_report:
        book.add_metadata(
            "OPF", "link", None, {"rel": "a11y:certifierReport", "href": metadata.certifier_report}
        )


def _name_people(book: epub.EpubBook, element: str, people: Sequence[Person]) -> None:
    for number, person in enumerate(people, 1):
        uid = f"{element}-{number}"
        book.add_metadata("DC", element, person.name, {"id": uid})
        for role in person.roles:
            _refine(book, uid, "role", role, scheme="marc:relators")
        _refine(book, uid, "display-seq", str(number))
        if person.file_as:
            _refine(book, uid, "file-as", person.file_as)


def _refine(book: epub.EpubBook, uid: str, name: str, value: str, **others: str) -> None:
    book.add_metadata("OPF", "meta", value, {"refines": f"#{uid}", "property": name, **others})
