"""E-readers: one XHTML file a document, notes that pop up and lead back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from anthology.layout.columns import mark_columns
from anthology.layout.spoken import say_heads, say_pictures
from anthology.xhtml import EPUB

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from anthology.labels import Labels
    from anthology.model import Target

EPUB_TYPE = f"{{{EPUB}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class EReaderLayout:
    """EPUB content documents (EPUB 3.3, section 6) that stand beside each other in one folder.

    `documents` names the document in which a piece stands that has none of its own, `pictures` the files of pictures
    by their keys, for those that are not named by them.
    """

    documents: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    room: int = 64
    format: Literal["epub", "pdf"] = "epub"

    def address(self, target: Target) -> str:
        """Give the address relative to any other document of the book."""
        document = self.documents.get(target.article, target.article)
        return f"{document}.xhtml" + (f"#{target.fragment}" if target.fragment else "")

    def picture(self, key: str) -> str:
        """Give the address of a picture relative to the documents."""
        return f"images/{self.pictures.get(key, key)}"

    def slot(self, target: Target) -> str:
        """Give nothing: an e-reader's pages are not the book's."""
        return ""

    def shape(self, body: _Element, labels: Labels) -> None:
        """Give notes and quotations their semantics, and notes a way back (EPUB Structural Semantics 1.1)."""
        references: dict[str, str] = {}
        for anchor in body.iter("a"):
            if anchor.get("class") == "note-ref":
                anchor.set(EPUB_TYPE, "noteref")
                anchor.set("role", "doc-noteref")
                wanted = str(anchor.get("href", "")).rpartition("#")[2]
                references.setdefault(wanted, str(anchor.get("id")))
        number = 0
        for aside in body.iter("aside"):
            if aside.get("class") == "note":
                number += 1
                _shape_note(aside, number, references.get(str(aside.get("id")), ""), labels)
        mark_columns(body)
        say_heads(body)
        say_pictures(body)
        for section in body.iter("section"):
            if section.get("class") == "notes":
                section.set(EPUB_TYPE, "endnotes")
                section.set("role", "doc-endnotes")
                section.set("aria-label", labels["notes"])
        for element in body.iter():
            if "pull-quote" in str(element.get("class", "")).split() and element.tag in {
                "aside",
                "blockquote",
            }:
                element.tag = "aside"
                element.set(EPUB_TYPE, "pullquote")
                element.set("role", "doc-pullquote")
            if {"checkbox", "checked"} <= set(str(element.get("class", "")).split()):
                element.text = "×"  # styles draw the box; without them the cross is still there
            if element.get("lang"):
                element.set(XML_LANG, str(element.get("lang")))


def _shape_note(aside: _Element, number: int, reference: str, labels: Labels) -> None:
    from lxml import etree

    aside.set(EPUB_TYPE, "footnote")
    aside.set("role", "doc-footnote")
    if not reference:
        return
    back = etree.Element("a", {"class": "note-back", "href": f"#{reference}", "role": "doc-backlink"})
    # What is said begins with what is seen, for readers who speak to their devices (WCAG 2.2, 2.5.3).
    back.set("aria-label", f"{number}. {labels['back-to-text']}")
    back.text = str(number)
    first = aside[0] if len(aside) and aside[0].tag == "p" else aside
    back.tail = " " + (first.text or "")
    first.text = None
    first.insert(0, back)
