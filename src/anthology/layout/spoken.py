"""What is heard of a text and not seen: of which cells a header is the head, which drawings have a name, what is mute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.xhtml import fragment_to_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_SVG = "{http://www.w3.org/2000/svg}"


def say_heads(body: _Element) -> None:
    """Say of the header cells in the head of a table that they head a column, and of those that open a row that row."""
    for cell in body.iter("th"):
        row = cell.getparent()
        part = row.getparent() if row is not None else None
        if (
            row is None
            or part is None
            or any(cell.get(name) for name in ("scope", "headers", "colspan", "rowspan"))
        ):
            continue
        if part.tag == "thead":
            cell.set("scope", "col")
        elif row[0] is cell:
            cell.set("scope", "row")


def say_pictures(body: _Element) -> None:
    """Let a drawing with a name be heard as one picture, and a figure that is decoration alone not be heard at all."""
    for drawing in body.iter(f"{_SVG}svg"):
        title = drawing.find(f"{_SVG}title")
        named = (
            drawing.get("aria-label") or drawing.get("aria-labelledby") or (title is not None and title.text)
        )
        if named and not drawing.get("role") and drawing.get("aria-hidden") != "true":
            drawing.set("role", "img")
    for figure in body.iter("figure"):
        images = list(figure.iter("img"))
        is_mute = images and all(image.get("role") == "presentation" for image in images)
        if is_mute and not fragment_to_text(figure).strip() and figure.find(f".//{_SVG}svg") is None:
            figure.set("role", "presentation")
