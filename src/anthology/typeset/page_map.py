"""The page map: where in the text each page of a laid-out book starts.

The only module that reads WeasyPrint's private boxes (`Page._page_box`); a test pins what it finds there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anthology.pages import PICTURE, UNCOUNTED, PageStart, folio, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

_SPACES = re.compile(r"\s")


@dataclass(slots=True)
class _Place:
    """An element with an id, or a document, as the owner of text: what it says itself, and how much was set."""

    document: str
    anchor: str
    text: str = ""
    set: int = 0


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a page shows: a piece of a line with the hyphen its style may add, or a picture; or the end of a line."""

    place: _Place | None = None
    text: str = ""
    hyphen: str = ""
    in_flow: bool = True


def page_starts(laid_out: Any, html: Element, front_pages: int) -> tuple[PageStart, ...]:
    """Tell where each page starts; pages that show nothing of the text are left out.

    Args:
        laid_out: the `weasyprint.Document` of a joined book.
        html: the tree that it was laid out from.
        front_pages: how many pages count in roman figures.
    """
    places = _places(html)
    walk = _Walk()
    starts = []
    for number, page in enumerate(laid_out.pages):
        start = walk.page(folio(number, front_pages), _shown(page._page_box, places))
        if start:
            starts.append(start)
    return tuple(starts)


class _Walk:
    """Walks the pages in order, and knows at each moment how much of every element was set."""

    def __init__(self) -> None:
        # By document, the place that was set last.
        self._last: dict[str, _Place] = {}
        self._begun: set[str] = set()
        # How much of a word stands at the end of the line, if the line ends with the typesetter's hyphen.
        self._word = 0
        self._broken = False

    def page(self, number: str, shown: Iterator[_Shown]) -> PageStart | None:
        """Walk one page; tell where it starts: with what stands in the flow, else with whatever it shows."""
        in_flow = out_of_flow = None
        for piece in shown:
            if piece.place is None:
                self._word = self._word if self._broken else 0
                continue
            if piece.in_flow:
                in_flow = in_flow or self._start(number, piece.place)
            else:
                out_of_flow = out_of_flow or self._start(number, piece.place)
            self._set(piece, piece.place)
        return in_flow or out_of_flow

    def _start(self, number: str, place: _Place) -> PageStart:
        last = self._last.get(place.document)
        if place.document not in self._begun:
            return PageStart(number, place.document)
        if not place.anchor:
            # Nothing names this text: the page starts behind what was named last.
            return PageStart(number, place.document, *((last.anchor, last.set) if last else ()))
        word = self._word if place is last else 0
        return PageStart(number, place.document, place.anchor, place.set - word)

    def _set(self, piece: _Shown, place: _Place) -> None:
        text = piece.text
        # The hyphen at the end is the typesetter's, unless the author wrote it.
        added = bool(piece.hyphen) and text.endswith(piece.hyphen)
        self._broken = added and not place.text.startswith(visible(text), place.set)
        if self._broken:
            text = text.removesuffix(piece.hyphen)
        *before, word = _SPACES.split(text)
        goes_on = not before and place is self._last.get(place.document)
        self._word = len(visible(word)) + (self._word if goes_on else 0)
        place.set += len(visible(text))
        self._begun.add(place.document)
        if place.anchor:
            self._last[place.document] = place


def _places(html: Element) -> dict[Element, _Place | None]:
    """Find the owner of every element's text; None where text is not counted."""
    found: dict[Element, _Place | None] = {}

    def own(element: Element, place: _Place) -> None:
        classes = (element.get("class") or "").split()
        if UNCOUNTED.intersection(classes):
            found.update(dict.fromkeys(element.iter()))
            return
        if element.get("id"):
            place = _Place(place.document, element.get("id", ""))
        found[element] = place
        if element.tag.rpartition("}")[2] in ("img", "svg"):
            place.text += PICTURE
            return
        place.text += visible(element.text or "")
        for child in element:
            own(child, place)
            place.text += visible(child.tail or "")

    body = html.find("body")
    for section in body if body is not None else ():
        document = _Place(section.get("id", ""), "")
        found[section] = document
        for child in section:
            own(child, document)
    return found


def _shown(box: Any, places: Mapping[Element, _Place | None], in_flow: bool = True) -> Iterator[_Shown]:
    """Give what a page shows of the text, in order: no margins, no notes at its foot, nothing generated."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.MarginBox | boxes.FootnoteAreaBox) or "::" in (box.element_tag or ""):
        return
    if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
        place = places.get(box.element)
        if place and isinstance(box, boxes.ReplacedBox):
            yield _Shown(place, PICTURE, in_flow=in_flow)
        elif place and visible(box.text):
            yield _Shown(place, box.text, box.style["hyphenate_character"], in_flow)
        return
    # Head and foot of a table stand again on every page that it runs over.
    repeats = isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer)
    for placed in box.children:
        # A box that is positioned stands behind a placeholder; a float in a line, a drop cap, is part of the line.
        child = getattr(placed, "_box", placed)
        floats = child.is_floated() and not isinstance(box, boxes.LineBox)
        flows = in_flow and not floats and not child.is_absolutely_positioned()
        for piece in _shown(child, places, flows):
            if not (repeats and piece.place and piece.place.set >= len(piece.place.text)):
                yield piece
    if isinstance(box, boxes.LineBox):
        yield _Shown()
