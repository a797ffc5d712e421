"""What the renderer asks of a format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, Protocol

from anthology.xhtml import add_class, fragment_to_text

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anthology.labels import Labels
    from anthology.model import Target

INSIDE = "anthology:"
PICTURE = "anthology-image:"
# A file that the styles of a printed edition name.
STYLED = "anthology-style:"


class Layout(Protocol):
    """A format's way of addressing and of shaping an article's body."""

    @property
    def format(self) -> Literal["epub", "pdf"]:
        """Name the format, as templates see it."""

    @property
    def room(self) -> int:
        """Tell how many letters a running head holds."""

    def address(self, target: Target) -> str:
        """Give the `href` that leads to a place in the book."""

    def picture(self, key: str) -> str:
        """Give the `src` of a picture."""

    def slot(self, target: Target) -> str:
        """Give the XHTML that stands where the target's page number is printed; empty where there are no pages."""

    def shape(self, body: _Element, labels: Labels) -> None:
        """Write notes and links to places outside the book the format's way; `body` is changed in place."""


def readdress(body: _Element, layout: Layout) -> None:
    """Turn the format-free links and pictures of a body into the layout's own."""
    from anthology.model import Target

    for element in body.iter():
        href = str(element.get("href", ""))
        if href.startswith(INSIDE):
            name, _, fragment = href.removeprefix(INSIDE).partition("#")
            element.set("href", layout.address(Target(name, fragment)))
        src = str(element.get("src", ""))
        if src.startswith(PICTURE):
            element.set("src", layout.picture(src.removeprefix(PICTURE)))


def name_boxes(body: _Element, labels: Labels) -> None:
    """Name the boxes of task lists in the book's language, for readers who hear them."""
    for element in body.iter("span"):
        classes = str(element.get("class", "")).split()
        if "checkbox" in classes:
            element.set("aria-label", labels["checked" if "checked" in classes else "unchecked"])


# A table of more columns than this is set smaller, and smaller again, so that it stays on the page.
_WIDE, _VERY_WIDE = 5, 9
# A word of so many letters may be wider than its column; scripts without spaces break anywhere as it is.
_LONG_WORD = re.compile(r"[^\s\u2e80-\uffff]{20}")


def mark_wide_tables(body: _Element) -> None:
    """Mark tables of many columns, for the style sheets to set them smaller, and cells with words that must break."""
    for table in body.iter("table"):
        for cell in table.iter("td", "th"):
            if _LONG_WORD.search(fragment_to_text(cell)):
                add_class(cell, "long-words")
        columns = max(
            (sum(int(str(cell.get("colspan", 1))) for cell in row) for row in table.iter("tr")), default=0
        )
        if columns > _WIDE:
            name = "very-wide" if columns > _VERY_WIDE else "wide"
            add_class(table, name)
