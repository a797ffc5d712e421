"""Pack: rendered documents become an EPUB 3.3; the only module that knows EbookLib.

EbookLib writes the package document and the container. Everything it would parse, guess or stamp with the
clock is handed to it finished: XHTML, navigation and NCX as bytes, times and the zip by us.
"""

from __future__ import annotations

import datetime as dt
import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ebooklib import epub
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from anthology.model import Subject

FOLDER = "EPUB"
XHTML = "application/xhtml+xml"

_DC = epub.NAMESPACES["DC"]

# How much of a large file tells whether it can be made smaller, and from which part of its size on it cannot.
_SAMPLE, _DENSE = 64 * 1024, 0.95

# The zip format knows no time before this one; a fixed time keeps the bytes the same.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in the metadata, with the MARC relator codes of what they did and the name as it is sorted."""

    name: str
    roles: tuple[str, ...]
    file_as: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """Who made one of the texts in the book; `part` is the id of the part that it fills."""

    part: str
    creators: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the package document says of the book.

    `work_identifier` is that of all its editions, `modified` a moment in UTC, `languages` are those beside the
    book's own, `series_number` is a number or several with full stops between them, and `pages_from` names the
    print edition.
    """

    identifier: str
    title: str
    language: str
    modified: dt.datetime
    work_identifier: str = ""
    subtitle: str = ""
    languages: tuple[str, ...] = ()
    series: str = ""
    series_number: str = ""
    publisher: str = ""
    description: str = ""
    rights: str = ""
    date: str = ""
    direction: str = "ltr"
    subjects: tuple[Subject, ...] = ()
    creators: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    works: tuple[Work, ...] = ()
    schema: tuple[tuple[str, str], ...] = ()
    pages_from: str = ""
    conforms_to: str = ""
    certified_by: str = ""
    certifier_report: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the book: its name below `EPUB/`, its bytes or what gives them, and what the manifest says of it.

    One without an `id` is not in the manifest, as the text of a licence: another part names it as its `licence`.
    """

    name: str
    content: bytes | Callable[[], bytes]
    media_type: str
    id: str = ""
    properties: tuple[str, ...] = ()
    spine: bool = False
    licence: str = ""

    @property
    def data(self) -> bytes:
        """Give the bytes; those of a large part are read each time, and not kept."""
        return self.content if isinstance(self.content, bytes) else self.content()


def pack_epub(metadata: Metadata, parts: Sequence[Part], guide: Sequence[tuple[str, str, str]] = ()) -> bytes:
    """Pack the parts as an EPUB 3.3 (W3C Recommendation).

    Parts of the spine are read in the order given. One part must carry the property `nav`, one the id `ncx`.
    `guide` gives type, title and part of what reading systems older than EPUB 3 look for (OPF 2.0.1, 2.6).
    Returns the same bytes for the same arguments.
    """
    book = epub.EpubBook()
    book.reset()
    book.metadata = {}
    book.FOLDER_NAME = FOLDER
    book.uid = metadata.identifier
    book.direction = metadata.direction
    book.language = metadata.language
    _describe(book, metadata)
    spine = []
    for part in parts:
        if not part.id:
            continue
        item = epub.EpubItem(uid=part.id, file_name=part.name, media_type=part.media_type)
        item.properties = list(part.properties)
        book.add_item(item)
        if part.spine:
            # The item itself: EbookLib looks for an id by walking through all items.
            spine.append(item)
        if "cover-image" in part.properties:
            # Where reading systems older than EPUB 3 look for it.
            book.add_metadata("OPF", "meta", None, {"name": "cover", "content": part.id})
        if part.licence:
            # A linked resource (EPUB 3.3, 5.5.7), for no document of the book leads to it.
            licence = {"rel": "dcterms:license", "refines": f"#{part.id}", "href": part.licence}
            book.add_metadata("OPF", "link", None, {**licence, "media-type": "text/plain"})
    book.spine = spine
    book.guide = [{"type": kind, "title": title, "href": name} for kind, title, name in guide]
    options = {"epub2_guide": True, "epub3_pages": False, "package_direction": metadata.direction == "rtl"}
    writer = _Writer("", book, {**options, "raise_exceptions": True})
    return writer.packed(parts)


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # EbookLib ships no types
    """EbookLib's writer with a zip of our own: sorted, undated, `mimetype` first and stored (OCF 3.3, 4.2)."""

    def packed(self, parts: Sequence[Part]) -> bytes:
        """Pack what EbookLib writes about the parts, and the parts, each read as it is packed."""
        self.out = _Entries()
        self._write_container()
        self._write_opf()
        entries: dict[str, bytes | Part] = {**self.out.entries}
        entries |= {f"{FOLDER}/{part.name}": part for part in parts}
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            _store(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
            for name in sorted(entries, key=lambda name: (not name.startswith("META-INF/"), name)):
                entry = entries[name]
                data = entry.data if isinstance(entry, Part) else entry
                _store(archive, name, data, _method(data))
        return packed.getvalue()

    def _write_opf_metadata(self, root: Any) -> None:
        """Write each statement, and behind it what refines it.

        EbookLib itself writes links as if they were properties, declares names that nothing uses, and leaves
        out in silence what XML cannot hold.
        """
        # The language of what the package itself says (EPUB 3.3, 5.3.6): without it a summary is read in no tongue.
        root.set("{http://www.w3.org/XML/1998/namespace}lang", self.book.language)
        del root.attrib["prefix"]
        metadata = etree.SubElement(root, "metadata", nsmap={"dc": _DC})
        statements = list(_statements(self.book.metadata))
        refining = defaultdict(list)
        for statement in statements:
            refining[statement[2].get("refines")].append(statement)

        def write(statement: tuple[str, str | None, dict[str, str]]) -> None:
            tag, text, attributes = statement
            etree.SubElement(metadata, tag, attributes).text = text
            for below in refining[f"#{attributes['id']}"] if "id" in attributes else ():
                write(below)

        own = {f"#{attributes['id']}" for _, _, attributes in statements if "id" in attributes}
        for statement in statements:
            if statement[2].get("refines") not in own:
                write(statement)


def _statements(metadata: Mapping[str, Any]) -> Iterator[tuple[str, str | None, dict[str, str]]]:
    """Give tag, text and attributes of everything that EbookLib was told of the book."""
    for namespace, names in metadata.items():
        for name, values in names.items():
            for text, attributes in values:
                yield f"{{{_DC}}}{name}" if namespace == _DC else name, text, attributes or {}


class _Entries:
    """What EbookLib believes to be a zip."""

    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}

    def writestr(self, name: str, data: bytes | str, *_: Any) -> None:
        self.entries[name] = data.encode() if isinstance(data, str) else data


def _method(data: bytes) -> int:
    """Store what is compressed already, as photographs are: deflating it again takes time and gains nothing."""
    sample = data[:_SAMPLE]
    dense = len(data) > _SAMPLE and len(zlib.compress(sample)) > _DENSE * _SAMPLE
    return zipfile.ZIP_STORED if dense else zipfile.ZIP_DEFLATED


def _store(archive: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = method
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def _describe(book: epub.EpubBook, metadata: Metadata) -> None:
    """Fill in the metadata (EPUB 3.3, 5.5), people with role, sort name and order."""
    book.add_metadata("DC", "identifier", metadata.identifier, {"id": book.IDENTIFIER_ID})
    if metadata.work_identifier:
        book.add_metadata("DC", "identifier", metadata.work_identifier)
    book.add_metadata("DC", "title", metadata.title, {"id": "title"})
    _refine(book, "title", "title-type", "main")
    if metadata.subtitle:
        book.add_metadata("DC", "title", metadata.subtitle, {"id": "subtitle"})
        _refine(book, "subtitle", "title-type", "subtitle")
    for language in (metadata.language, *metadata.languages):
        book.add_metadata("DC", "language", language)
    modified = metadata.modified.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    book.add_metadata("OPF", "meta", modified, {"property": "dcterms:modified"})
    for name in ("publisher", "description", "rights", "date"):
        value = getattr(metadata, name)
        if value:
            book.add_metadata("DC", name, value)
    if metadata.series:
        series = {"property": "belongs-to-collection", "id": "series"}
        book.add_metadata("OPF", "meta", metadata.series, series)
        _refine(book, "series", "collection-type", "series")
        if metadata.series_number:
            _refine(book, "series", "group-position", metadata.series_number)
    for number, subject in enumerate(metadata.subjects, 1):
        uid = f"subject-{number}"
        book.add_metadata("DC", "subject", subject.heading, {"id": uid} if subject.authority else {})
        if subject.authority:
            _refine(book, uid, "authority", subject.authority)
            _refine(book, uid, "term", subject.code)
    _name_people(book, "creator", metadata.creators)
    _name_people(book, "contributor", metadata.contributors)
    for work in metadata.works:
        # The elements of Dublin Core speak of the whole book; its terms can speak of one part (EPUB 3.3, 5.5.5).
        for term, names in (("creator", work.creators), ("contributor", work.contributors)):
            for name in names:
                _refine(book, work.part, f"dcterms:{term}", name)
    for name, value in metadata.schema:
        book.add_metadata("OPF", "meta", value, {"property": f"schema:{name}"})
    if metadata.pages_from:
        # EPUB Accessibility 1.1, 3.2, and the way that older reading systems know.
        book.add_metadata("OPF", "meta", metadata.pages_from, {"property": "pageBreakSource"})
        book.add_metadata("DC", "source", metadata.pages_from, {"id": "print"})
        _refine(book, "print", "source-of", "pagination")
    if metadata.conforms_to:
        _claim(book, metadata)


def _claim(book: epub.EpubBook, metadata: Metadata) -> None:
    """Write what the publisher claims, who certified that, and their report (EPUB Accessibility 1.1, 4.3)."""
    claim = {"property": "dcterms:conformsTo", "id": "conformance"}
    book.add_metadata("OPF", "meta", metadata.conforms_to, claim)
    refined = "conformance"
    if metadata.certified_by:
        refines = {"refines": "#conformance", "property": "a11y:certifiedBy", "id": "certifier"}
        book.add_metadata("OPF", "meta", metadata.certified_by, refines)
        refined = "certifier"
    if metadata.certifier_report:
        report = {"rel": "a11y:certifierReport", "refines": f"#{refined}", "href": metadata.certifier_report}
        book.add_metadata("OPF", "link", None, report)


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
