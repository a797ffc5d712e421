"""The package document of an e-book: what the book is, which files it has, and in which order they are read."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from anthology.verify.epub.opening import Damaged

if TYPE_CHECKING:
    from anthology.verify.epub.opening import EBook

CONTAINER = "META-INF/container.xml"
MIMETYPE = b"application/epub+zip"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
# What every book has to say of itself (EPUB 3.3, 5.5.3).
_NEEDED = ("title", "language", "identifier")


@dataclass(frozen=True, slots=True)
class Item:
    """A file that an e-book lists: its name in the e-book, and what it is."""

    name: str
    media_type: str
    properties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Package:
    """What the package document says.

    `items` are the files that it lists, by id; `spine` are the ids in reading order; `missing` names what it does not
    say of the book. `contents` is the name of the old table of contents, for EPUB 2.
    """

    name: str
    version: str
    items: dict[str, Item] = field(default_factory=dict)
    spine: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    contents: str = ""


def parse(data: bytes, name: str) -> Any:
    """Parse a file of XML; nothing is fetched, no entity expanded, nothing that is nested without end. Raises Damaged."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f", line {line}" if line else ""
        raise Damaged(f"{name}{where} is not well-formed XML: {_reason(error)}") from error


def package_name(book: EBook) -> str:
    """Find the package document by what the container says; raises Damaged where that says nothing."""
    root = parse(book.read(CONTAINER), CONTAINER)
    for found in root.iter(_CONTAINER):
        if path := found.get("full-path", ""):
            return str(path)
    raise Damaged(f"{CONTAINER} names no package document")


def read_package(book: EBook, name: str) -> Package:
    """Read the package document; raises Damaged."""
    root = parse(book.read(name), name)
    folder = posixpath.dirname(name)
    said = {element.tag.removeprefix(_DC) for element in root.iter(f"{_DC}*") if (element.text or "").strip()}
    items = {}
    for item in root.iter(f"{_OPF}item"):
        href = item.get("href", "")
        if item.get("id") and href and "://" not in href:
            items[item.get("id")] = Item(
                resolved(href, folder),
                item.get("media-type", ""),
                frozenset(item.get("properties", "").split()),
            )
    spine = root.find(f"{_OPF}spine")
    return Package(
        name=name,
        version=root.get("version", ""),
        items=items,
        spine=tuple(each.get("idref", "") for each in root.iter(f"{_OPF}itemref")),
        missing=tuple(need for need in _NEEDED if need not in said),
        contents=(spine.get("toc") or "") if spine is not None else "",
    )


def resolved(href: str, folder: str) -> str:
    """Give the name of the file that an address leads to from a folder of the e-book."""
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _reason(error: Exception) -> str:
    # The place stands before it.
    return re.sub(r",? line \d+, column \d+.*", "", " ".join(str(getattr(error, "msg", error)).split()))
