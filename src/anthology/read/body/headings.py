"""Headings: the title taken from the first, levels without gaps below it, and ids as GitHub makes them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from anthology.read.markdown.converter import unescaped
from anthology.read.xhtml.attributes import id_of
from anthology.read.xhtml.elements import HEADINGS
from anthology.wording import visible
from anthology.xhtml import fragment_to_text, remove

if TYPE_CHECKING:
    from lxml.etree import _Element


def take_title(root: _Element, given: str) -> str:
    """Take the title out of the body: its first `h1` where none is `given`, or an `h1` that opens it and says the same.

    Returns the title without markup; empty where there is none.
    """
    first = next(iter(root.iter("h1")), None)
    if first is None:
        return given
    text = _text(first)
    text = text if visible(text) else ""
    if given and (
        len(root) == 0 or first is not root[0] or text.casefold() != " ".join(given.split()).casefold()
    ):
        return given
    if text:
        remove(first)
    return given or unescaped(text)


def settle_levels(root: _Element) -> None:
    """Renumber the headings so that they begin at `h2`, below the title, and leave no level out."""
    open_levels: list[int] = []
    for heading in [element for element in root.iter() if element.tag in HEADINGS]:
        level = int(str(heading.tag)[1])
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        heading.tag = f"h{min(1 + len(open_levels), 6)}"


def slug(text: str) -> str:
    """Make the id that GitHub gives a heading; letters of every script stay."""
    kept = (
        letter
        for letter in text.strip().lower()
        if letter in "_- " or unicodedata.category(letter)[0] in "LMN"
    )
    made = "".join(kept).replace(" ", "-")
    return id_of(made) if made.strip("-") else "section"


def _text(element: _Element) -> str:
    return " ".join(fragment_to_text(element).split())
