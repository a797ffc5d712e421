"""The size of a drawing (SVG 2, section 8.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:[eE][+-]?\d+)?)\s*([a-zA-Z]*)\s*")
# CSS Values and Units 4, section 6.2: pixels to the unit.
_UNITS = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "em": 16.0,
}


def size_of(root: _Element) -> tuple[int, int]:
    """Give width and height in whole pixels; 300 × 150 where it has none (CSS Images 3, section 5.1)."""
    width, height = pixels(root.get("width")), pixels(root.get("height"))
    box = view_box(root)
    if box:
        if width is None and height is None:
            width, height = box[2], box[3]
        elif width is None:
            width = (height or 0) * box[2] / box[3]
        elif height is None:
            height = width * box[3] / box[2]
    return max(1, round(min(width or 300.0, 1e6))), max(1, round(min(height or 150.0, 1e6)))


def view_box(root: _Element) -> tuple[float, ...] | None:
    """Give the four numbers of the `viewBox`; None where it has none that make sense."""
    try:
        box = tuple(float(number) for number in re.split(r"[\s,]+", (root.get("viewBox") or "").strip()))
    except ValueError:
        return None
    return box if len(box) == 4 and box[2] > 0 and box[3] > 0 else None


def pixels(length: str | None) -> float | None:
    """Give a length in pixels; None for one that is relative, zero, or no length."""
    found = _LENGTH.fullmatch(length or "")
    if not found or found.group(2).lower() not in _UNITS:
        return None
    return float(found.group(1)) * _UNITS[found.group(2).lower()] or None
