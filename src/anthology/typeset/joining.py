"""Join the documents of a book to one, with the page numbers that are known printed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.layout.base import INSIDE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from anthology.model import Document
    from anthology.typeset.sheet import Sheet

XHTML = "{http://www.w3.org/1999/xhtml}"

_INLINE = ("a", "abbr", "b", "cite", "code", "em", "i", "kbd", "mark", "q", "samp", "span", "strong", "u")
_SPACES = (" ", "\n")

# What stands in a slot until its page is known: as wide as most page numbers.
_UNKNOWN = "000"


def join(documents: tuple[Document, ...], sheet: Sheet, folios: Mapping[str, str]) -> str:
    """Join documents as sections of one, each with its name as id; private addresses become destinations.

    `folios` gives the page number to print in each slot, by the name of what it points to.
    """
    from lxml import etree

    html = etree.Element("html", {"lang": sheet.language})
    head = etree.SubElement(html, "head")
    etree.SubElement(head, "meta", {"charset": "utf-8"})
    etree.SubElement(head, "title").text = sheet.title
    named = [("author", author) for author in sheet.authors]
    named += [("description", sheet.description), ("keywords", ", ".join(sheet.keywords))]
    named += [("dcterms.created", sheet.date), ("dcterms.modified", sheet.date), ("generator", "anthology")]
    for name, content in named:
        if content:
            etree.SubElement(head, "meta", {"name": name, "content": content})
    body = etree.SubElement(html, "body", {"dir": sheet.direction, "class": "book"})
    started = False
    for document in documents:
        section = _section(document)
        _fill_slots(section, folios)
        _number_notes(section)
        _let_lines_end_before_inline_elements(section)
        if document.part != "front" and not started:
            started = True
            section.set("class", f"{section.get('class')} text-start")
        body.append(section)
    return "<!DOCTYPE html>" + etree.tostring(html, encoding="unicode", method="html")


def _section(document: Document) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)
    tree = etree.fromstring(document.html.encode(), parser)
    body = tree.find(f"{XHTML}body")
    assert body is not None, f"{document.name} has no body"
    for element in body.iter():
        element.tag = str(element.tag).removeprefix(XHTML)
        for name in ("href", "data-target"):
            if str(element.get(name, "")).startswith(INSIDE):
                element.set(name, "#" + _destination(str(element.get(name))))
    etree.cleanup_namespaces(body)
    body.tag = "section"
    body.set("id", document.name)
    body.set("class", f"document {document.kind} part-{document.part}")
    body.set("lang", document.language)
    return body


def _destination(address: str) -> str:
    document, _, fragment = address.removeprefix(INSIDE).partition("#")
    return fragment or document


def _fill_slots(section: _Element, folios: Mapping[str, str]) -> None:
    for slot in section.iter("span"):
        if slot.get("class") == "slot":
            slot.text = folios.get(str(slot.get("data-target")).removeprefix("#"), _UNKNOWN)


def _number_notes(section: _Element) -> None:
    """Number the notes that are referred to more than once as the style sheets count them: from 1 in a document."""
    numbers: dict[str, int] = {}
    again = []
    for element in section.iter("span", "a"):
        classes = str(element.get("class", "")).split()
        if "footnote" in classes:
            numbers[str(element.get("id", len(numbers)))] = len(numbers) + 1
        elif "note-again" in classes:
            again.append(element)
    for element in again:
        element.text = str(numbers[str(element.get("data-target")).removeprefix("#")])


def _let_lines_end_before_inline_elements(section: _Element) -> None:
    """Put an inline element and the space before it into a span.

    WeasyPrint 70 ends a line a word too early where only the space before an inline element does not fit, and
    justifies what is left: gaps of over 150 pt were seen between two words. Inside a span it does not.
    """
    from lxml import etree

    for element in list(section.iter(*_INLINE)):
        before, parent = element.getprevious(), element.getparent()
        text = (before.tail if before is not None else parent.text if parent is not None else "") or ""
        if parent is None or not text.endswith(_SPACES) or not text.strip():
            continue
        span = etree.Element("span")
        span.text = text[-1]
        if before is not None:
            before.tail = text[:-1]
        else:
            parent.text = text[:-1]
        parent.replace(element, span)
        span.append(element)
        span.tail, element.tail = element.tail, None
