"""Paper: page numbers instead of links alone, notes at the foot of the page, addresses printed."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Literal

from anthology.layout.acronyms import mark_acronyms
from anthology.layout.base import INSIDE, PICTURE
from anthology.layout.code_lines import mark_code_lines
from anthology.layout.outside_links import list_addresses, note_addresses
from anthology.layout.spoken import say_heads
from anthology.xhtml import add_class, fragment_to_text, remove

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from anthology.labels import Labels
    from anthology.model import Target

Links = Literal["notes", "list", "drop"]

# What may stand in a note and not in a paragraph: in a footnote, which hangs in a line of text, these are spans set
# as what they were, for a parser of HTML would end the paragraph before them (HTML Living Standard, 13.2.6.4.7).
_BLOCKS_IN_NOTES = frozenset(
    {"p", "ul", "ol", "li", "blockquote", "pre", "div", "section", "aside", "dl", "dt", "dd", "hr"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption"}
    | {"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
)


@dataclass(frozen=True, slots=True)
class PaperLayout:
    """Typeset pages; `links` says what becomes of a link that leaves the book, `room` how long a running head may be.

    `documents` names the document in which a piece stands that has none of its own.
    """

    links: Links = "notes"
    documents: Mapping[str, str] = field(default_factory=dict)
    room: int = 64
    format: Literal["epub", "pdf"] = "pdf"

    def address(self, target: Target) -> str:
        """Give the private address that the typesetter turns into a destination."""
        document = self.documents.get(target.article, target.article)
        return INSIDE + document + (f"#{target.fragment}" if target.fragment else "")

    def picture(self, key: str) -> str:
        """Give the private address from which the typesetter takes a picture's bytes."""
        return PICTURE + key

    def slot(self, target: Target) -> str:
        """Give the place where the typesetter prints the folio of the target."""
        return f'<span class="slot" data-target="{escape(self.address(target))}"></span>'

    def shape(self, body: _Element, labels: Labels) -> None:
        """Set the drop cap apart, move notes to the place that refers to them, print the addresses of links.

        A picture that nobody has described has its caption for a description: a PDF has no other way to name it.
        """
        _set_initial_apart(body)
        _describe_by_captions(body)
        _move_notes(body)
        mark_acronyms(body)
        if self.links == "notes":
            note_addresses(body)
        elif self.links == "list":
            list_addresses(body, labels["links"])
        mark_code_lines(body)
        say_heads(body)


def _set_initial_apart(body: _Element) -> None:
    """Put the letter of a drop cap into a span: WeasyPrint 70 fails on a floated `::first-letter` laid out twice."""
    from lxml import etree

    for paragraph in body.iter("p"):
        lead = next(paragraph.iterchildren("span"), None)
        if "drop-cap" in str(paragraph.get("class", "")).split() and lead is not None and lead.text:
            initial = etree.Element("span", {"class": "initial"})
            initial.text, initial.tail = lead.text[0], lead.text[1:]
            lead.text = None
            lead.insert(0, initial)


def _describe_by_captions(body: _Element) -> None:
    for figure in body.iter("figure"):
        caption = figure.find("figcaption")
        if caption is None:
            continue
        for image in figure.iter("img"):
            if not image.get("alt") and not image.get("role"):
                image.set("alt", " ".join(fragment_to_text(caption).split()))


def _move_notes(body: _Element) -> None:
    """Put each note where it is first referred to: the style sheet floats it to the foot of the page."""
    notes = {str(note.get("id")): note for note in body.iter("aside") if note.get("class") == "note"}
    placed: set[str] = set()
    in_notes = {anchor for note in notes.values() for anchor in _references(note)}
    for anchor in [anchor for anchor in _references(body) if anchor not in in_notes]:
        wanted = _note_of(anchor)
        if wanted in placed:
            _refer_again(anchor, wanted)
        elif wanted in notes:
            placed.add(wanted)
            footnote = _footnote(notes[wanted], str(anchor.get("id")))
            _replace(anchor, footnote)
            _set_behind(footnote, notes, placed)
    for wanted in placed:
        remove(notes[wanted])
    for section in list(body.iter("section")):
        if section.get("class") == "notes" and not any(True for _ in section.iter("aside")):
            remove(section)


def _references(element: _Element) -> list[_Element]:
    return [anchor for anchor in element.iter("a") if anchor.get("class") == "note-ref"]


def _note_of(anchor: _Element) -> str:
    return str(anchor.get("href", "")).rpartition("#")[2]


def _set_behind(footnote: _Element, notes: Mapping[str, _Element], placed: set[str]) -> _Element:
    """Set the notes that a note refers to behind it, for none can stand in another; give the last of them."""
    last = footnote
    for anchor in _references(footnote):
        wanted = _note_of(anchor)
        if wanted in notes and wanted not in placed:
            placed.add(wanted)
            other = _footnote(notes[wanted], str(anchor.get("id")))
            other.tail, last.tail = last.tail, None
            last.addnext(other)
            last = _set_behind(other, notes, placed)
        if wanted in placed:
            _refer_again(anchor, wanted)
    return last


def _refer_again(anchor: _Element, wanted: str) -> None:
    """Print the number that a note has been given on paper, where addresses are counted among the notes."""
    anchor.set("class", "note-again")
    anchor.set("data-target", f"#{wanted}")
    anchor.set("href", f"#{wanted}")
    anchor.text = None


def _footnote(note: _Element, reference_id: str) -> _Element:
    footnote = deepcopy(note)
    footnote.tail = None
    footnote.tag = "span"
    footnote.set("class", "footnote")
    footnote.set("data-ref", reference_id)
    for element in footnote.iterdescendants():
        if element.tag in _BLOCKS_IN_NOTES:
            add_class(element, f"in-note in-note-{element.tag}")
            element.tag = "span"
    return footnote


def _replace(old: _Element, new: _Element) -> None:
    parent = old.getparent()
    if parent is not None:
        new.tail = old.tail
        parent.replace(old, new)
