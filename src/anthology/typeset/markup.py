"""The HTML that a leaf is set from: a document made ready for the engine, with room in its slots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.layout.base import INSIDE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from anthology.leaves import Sheet
    from anthology.model import Document

XHTML = "{http://www.w3.org/1999/xhtml}"

_INLINE = ("a", "abbr", "b", "cite", "code", "em", "i", "kbd", "mark", "q", "samp", "span", "strong", "u")
_SPACES = (" ", "\n")


def markup(document: Document, sheet: Sheet, widths: Mapping[str, int]) -> str:
    """Make a document an HTML page: private addresses within it become its own, slots get zeros to hold their place.

    `widths` are the figures that a slot has room for, by what it points to.
    """
    from lxml import etree

    html = etree.Element("html", {"lang": sheet.language})
    head = etree.SubElement(html, "head")
    etree.SubElement(head, "meta", {"charset": "utf-8"})
    etree.SubElement(head, "title").text = document.title
    body = etree.SubElement(html, "body", {"dir": sheet.direction, "class": "book"})
    section = _section(document)
    body.append(section)
    for slot in section.iter("span"):
        if slot.get("class") == "slot":
            slot.text = "0" * widths.get(str(slot.get("data-target")), 1)
    _number_notes(section)
    _let_lines_end_before_inline_elements(section)
    return "<!DOCTYPE html>" + etree.tostring(html, encoding="unicode", method="html")


def slots_of(html: str) -> tuple[str, ...]:
    """Name what the slots of a rendered document point to, each once."""
    import re
    from html import unescape

    found = re.findall(r'<span class="slot" data-target="([^"]*)"', html)
    return tuple(dict.fromkeys(destination(unescape(address)) for address in found))


def destination(address: str) -> str:
    """Name the destination that a private address leads to: a fragment, else a whole document."""
    document, _, fragment = address.removeprefix(INSIDE).partition("#")
    return fragment or document


def _section(document: Document) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)
    tree = etree.fromstring(document.html.encode(), parser)
    section = tree.find(f"{XHTML}body")
    assert section is not None, f"{document.name} has no body"
    section.set("id", document.name)
    inside = {str(element.get("id")) for element in section.iter() if element.get("id")}
    for element in section.iter():
        element.tag = str(element.tag).removeprefix(XHTML)
        href = str(element.get("href", ""))
        if href.startswith(INSIDE):
            name = destination(href)
            element.set("href", f"#{name}" if name in inside else INSIDE + name)
        if str(element.get("data-target", "")).startswith(INSIDE):
            element.set("data-target", destination(str(element.get("data-target"))))
    etree.cleanup_namespaces(section)
    section.tag = "section"
    section.set("class", f"document {document.kind} part-{document.part}")
    section.set("lang", document.language)
    return section


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
