"""The page map: where in the text each page of a leaf starts, and whether all of its words stand on its pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.pages import PICTURE, UNCOUNTED, PageStart, visible
from anthology.typeset.boxes import Flaw, Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element

_SPACES = re.compile(r"\s")


@dataclass(slots=True)
class Place:
    """An element with an id, or the document, as the owner of text: what it says itself, and what of it was set.

    `block` is the id of the innermost block round the text, if there is one.
    """

    anchor: str
    block: str = ""
    text: str = ""
    set: int = 0


def places_in(html: Element, blocks: Mapping[str, object]) -> dict[Element, Place | None]:
    """Find the owner of every element's text; None where text is not counted."""
    found: dict[Element, Place | None] = {}

    def own(element: Element, place: Place) -> None:
        classes = (element.get("class") or "").split()
        if UNCOUNTED.intersection(classes):
            found.update(dict.fromkeys(element.iter()))
            return
        if anchor := element.get("id"):
            place = Place(anchor, anchor if anchor in blocks else place.block)
        found[element] = place
        if element.tag.rpartition("}")[2] in ("img", "svg"):
            place.text += PICTURE
            return
        place.text += visible(element.text or "")
        for child in element:
            own(child, place)
            place.text += visible(child.tail or "")

    for section in html.iterfind("body/section"):
        document = Place("")
        found[section] = document
        for child in section:
            own(child, document)
    return found


class Walk:
    """Walks the pages of a leaf in order, and knows at each moment how much of every element was set."""

    def __init__(self, document: str, places: Mapping[Element, Place | None]) -> None:
        self._document = document
        self._places = places
        # The place that was set last, if it has a name.
        self._last: Place | None = None
        self._begun = False
        # How much of a word stands at the end of the line, if the line ends with the typesetter's hyphen.
        self._word = 0
        self._broken = False
        # By block, what the pages show of it, in order, and how many letters no reader sees.
        self.words: dict[str, list[str]] = defaultdict(list)
        self.flaws: dict[str, Counter[Flaw]] = defaultdict(Counter)

    def page(self, pieces: Iterable[Shown]) -> PageStart | None:
        """Walk one page; tell where it starts: with what stands in the flow, else with whatever it shows."""
        in_flow = out_of_flow = None
        for piece in pieces:
            if piece.element is None:
                if not piece.in_note:
                    self._word = self._word if self._broken else 0
                continue
            place = self._places.get(piece.element)
            if place is None or (piece.repeats and place.set >= len(place.text)):
                continue
            if piece.in_note:
                self._say(piece, place)
            elif piece.in_flow:
                in_flow = in_flow or self._start(place)
                self._set(piece, place)
            else:
                out_of_flow = out_of_flow or self._start(place)
                self._set(piece, place)
        return in_flow or out_of_flow

    def _start(self, place: Place) -> PageStart:
        if not self._begun:
            return PageStart("", self._document)
        if not place.anchor:
            # Nothing names this text: the page starts behind what was named last.
            last = self._last
            return PageStart("", self._document, *((last.anchor, last.set) if last else ()))
        word = self._word if place is self._last else 0
        return PageStart("", self._document, place.anchor, place.set - word)

    def _set(self, piece: Shown, place: Place) -> None:
        goes_on = place is self._last
        text, self._broken = self._say(piece, place)
        *before, word = _SPACES.split(text)
        self._word = len(visible(word)) + (self._word if not before and goes_on else 0)
        self._begun = True
        if place.anchor:
            self._last = place

    def _say(self, piece: Shown, place: Place) -> tuple[str, bool]:
        """Note what a piece says; give its text without the typesetter's hyphen, and whether it had one."""
        text = piece.text
        # The hyphen at the end is the typesetter's, unless the author wrote it.
        added = bool(piece.hyphen) and text.endswith(piece.hyphen)
        broken = added and not place.text.startswith(visible(text), place.set)
        if broken:
            text = text.removesuffix(piece.hyphen)
        seen = visible(text)
        place.set += len(seen)
        if place.block:
            self.words[place.block].append(seen)
            if piece.flaw:
                self.flaws[place.block][piece.flaw] += len(seen)
        return text, broken
