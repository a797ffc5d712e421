"""The documents of an e-book: links, alternative texts, contents and page list."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from anthology.problems import Problem, shortened
from anthology.verify.epub.opening import Damaged
from anthology.verify.epub.package import parse, resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anthology.verify.epub.opening import EBook
    from anthology.verify.epub.package import Item, Package

XHTML = "application/xhtml+xml"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# What leads somewhere: addresses that a reader follows, and files that a reading system shows.
_LINKS = ((f"{_XHTML}a", "href"), (f"{_XHTML}img", "src"), (f"{_XHTML}link", "href"))


@dataclass(frozen=True, slots=True)
class Document:
    """A document as far as others ask for it: its ids, where its links lead, and what was found in it."""

    name: str
    ids: frozenset[str]
    links: tuple[tuple[str, int], ...]
    pages: tuple[tuple[str, str, int], ...] = ()
    has_contents: bool = False
    undescribed: tuple[tuple[str, int], ...] = field(default=())


def read_document(book: EBook, item: Item) -> Document:
    """Read a document of the e-book; raises Damaged."""
    root = parse(book.read(item.name), item.name)
    ids, links, undescribed = set(), [], []
    for element in root.iter("{*}*"):
        if found := element.get("id"):
            ids.add(found)
        for tag, attribute in _LINKS:
            if element.tag == tag and (href := element.get(attribute)):
                links.append((href, element.sourceline or 0))
        if element.tag == f"{_XHTML}img" and element.get("alt") is None:
            undescribed.append((element.get("src", ""), element.sourceline or 0))
    navigation = {element.get(_TYPE, ""): element for element in root.iter(f"{_XHTML}nav")}
    contents = navigation.get("toc")
    return Document(
        item.name,
        frozenset(ids),
        tuple(links),
        tuple(_pages(navigation.get("page-list"))),
        contents is not None and next(contents.iter(f"{_XHTML}a"), None) is not None,
        tuple(undescribed),
    )


def _pages(listed: Any) -> Iterator[tuple[str, str, int]]:
    for link in listed.iter(f"{_XHTML}a") if listed is not None else ():
        yield " ".join("".join(link.itertext()).split()), link.get("href", ""), link.sourceline or 0


def check_documents(book: EBook, package: Package, tell: Callable[..., Problem]) -> Iterator[Problem]:
    """Look at every document; `tell` makes a problem of a code, a message and a hint."""
    documents: dict[str, Document] = {}
    contents = package.contents in package.items
    for item in package.items.values():
        if item.media_type == XHTML and item.name in book:
            try:
                documents[item.name] = read_document(book, item)
            except Damaged as error:
                yield tell("E007", str(error), "make the e-book anew")
                continue
            contents = contents or ("nav" in item.properties and documents[item.name].has_contents)
    if not contents:
        yield tell("E013", "there is no table of contents", "make the e-book anew with one")
    for document in documents.values():
        yield from _dead_links(book, document, documents, tell)
        for source, line in document.undescribed:
            message = f"{document.name}:{line}: the picture {shortened(source)} has no alternative text"
            yield tell(
                "E009",
                message,
                "say what it shows, or that it is an ornament: alt",
                "{count} pictures have no alternative text",
            )
        yield from _page_list(book, document, documents, tell)


def _dead_links(
    book: EBook, document: Document, documents: dict[str, Document], tell: Callable[..., Problem]
) -> Iterator[Problem]:
    listed = {href for _, href, _ in document.pages}
    for href, line in document.links:
        if href not in listed and not _leads(href, book, document, documents):
            message = f"{document.name}:{line}: the link to {shortened(href)} leads to nothing"
            yield tell(
                "E008",
                message,
                "lead it elsewhere, or take it out",
                "{count} links in the e-book lead to nothing",
            )


def _page_list(
    book: EBook, document: Document, documents: dict[str, Document], tell: Callable[..., Problem]
) -> Iterator[Problem]:
    seen: set[str] = set()
    for folio, href, line in document.pages:
        where = f"{document.name}:{line}: "
        if not folio or folio in seen:
            what = (
                f"page {shortened(folio)} stands in the page list twice"
                if folio
                else "a page in the page list has no number"
            )
            yield tell("E010", where + what, "make the page list anew")
        elif not _leads(href, book, document, documents):
            yield tell(
                "E010",
                f"{where}page {shortened(folio)} leads to {shortened(href)}, which is not there",
                "make the page list anew",
            )
        seen.add(folio)


def _leads(href: str, book: EBook, document: Document, documents: dict[str, Document]) -> bool:
    """Tell whether an address leads out of the book, or to something in it."""
    if _SCHEME.match(href):
        return True
    name = resolved(href, posixpath.dirname(document.name)) if href.partition("#")[0] else document.name
    if name not in book:
        return False
    fragment = href.partition("#")[2]
    target = documents.get(name)
    return not fragment or target is None or fragment in target.ids or unquote(fragment) in target.ids
