"""Text that a drawing sets in ways that books do not show, as a web page or in a flow: set as the drawing's own.

A `foreignObject` holds a web page; a `flowRoot` of Inkscape holds paragraphs for a region, as SVG 1.2 planned them.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any

from anthology.drawings.parsing import SVG
from anthology.drawings.size import pixels

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements after which a line ends.
_LINES = frozenset(
    {"br", "div", "p", "li", "tr", "ul", "ol", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"flowPara", "flowDiv", "flowLine"}
)
_FONT_SIZE = re.compile(r"font-size\s*:\s*([^;]+)")
# What a browser sets text in, in pixels; and about how wide a letter is, in ems.
_SIZE, _LETTER = 16.0, 0.5


def set_page_text(place: _Element) -> str:
    """Put text in place of such an element; give the text, empty where there was none.

    Where the drawing has something for programs that cannot show a page (`switch`), that stands instead.
    """
    lines = _lines_of(place)
    text = " ".join(lines)
    parent = place.getparent()
    if parent is None:
        return ""
    if parent.tag == f"{{{SVG}}}switch" and _stand_in(parent, place, text):
        return ""
    if lines:
        parent.insert(parent.index(place), _as_text(place, lines))
    parent.remove(place)
    return text


def as_drawn_text(place: Any) -> _Element | None:
    """Give the text of such an element as an element of the drawing's own; None where there is no text."""
    lines = _lines_of(place)
    return _as_text(place, lines) if lines else None


def _stand_in(switch: _Element, place: _Element, text: str) -> bool:
    """Leave of a `switch` what comes after the page; tell whether that says the same."""
    others = [child for child in switch if child is not place and isinstance(child.tag, str)]
    other = next(
        (child for child in others if len(child) or child.text or child.tag == f"{{{SVG}}}image"), None
    )
    if other is None:
        return False
    said = " ".join("".join(str(part) for part in other.itertext()).split())
    cut = said.rstrip(".…")
    if cut != said and text.startswith(cut) and other.tag == f"{{{SVG}}}text":
        # A program that cuts what it stands in with ends in dots.
        for child in list(other):
            other.remove(child)
        other.text = text
    for child in list(switch):
        if child is not other:
            switch.remove(child)
    switch.tag = f"{{{SVG}}}g"
    return True


def _lines_of(place: Any) -> list[str]:
    parts: list[str] = []

    def walk(element: Any) -> None:
        name = str(element.tag).rpartition("}")[2]
        if name in {"script", "style", "title"} or not isinstance(element.tag, str):
            return
        if name in _LINES:
            parts.append("\n")
        parts.append(" ".join((element.text or "").split("\n")))
        for child in element:
            walk(child)
            parts.append(" ".join((child.tail or "").split("\n")))
        if name in _LINES and name != "br":
            parts.append("\n")

    walk(place)
    return [line for part in "".join(parts).split("\n") if (line := " ".join(part.split()))]


def _as_text(place: Any, lines: list[str]) -> _Element:
    from lxml import etree

    region = next(place.iter(f"{{{SVG}}}rect"), place)
    x, y = pixels(region.get("x")) or 0.0, pixels(region.get("y")) or 0.0
    width, height = pixels(region.get("width")) or 0.0, pixels(region.get("height")) or 0.0
    size = _font_size(place)
    if width > size:
        letters = max(4, round(width / (size * _LETTER)))
        lines = [part for line in lines for part in textwrap.wrap(line, letters, break_long_words=False)]
    middle = x + width / 2
    made = etree.Element(f"{{{SVG}}}text", {"text-anchor": "middle", "font-size": _figure(size)})
    if place.get("transform"):
        made.set("transform", str(place.get("transform")))
    first = y + height / 2 - (len(lines) - 1) * 0.6 * size + 0.35 * size
    for number, line in enumerate(lines):
        at = {"x": _figure(middle), "y": _figure(first + number * 1.2 * size)}
        etree.SubElement(made, f"{{{SVG}}}tspan", at).text = line
    made.tail = place.tail
    return made


def _font_size(place: Any) -> float:
    for element in place.iter():
        found = _FONT_SIZE.search(str(element.get("style") or "")) if isinstance(element.tag, str) else None
        size = pixels(found[1].strip()) if found else None
        if size:
            return size
    return _SIZE


def _figure(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
