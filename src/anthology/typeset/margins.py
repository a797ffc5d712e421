"""What stands in the margins of a laid-out page, and what the page has round its text.

With `boxes`, the only module that reads WeasyPrint's private boxes (`Page._page_box`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class MarginText(NamedTuple):
    """A line of text in a margin that prints the number of its page: which margin, the words, x and baseline.

    `part` of the spare room in the line stands before it.
    """

    margin: str
    text: str
    x: float
    baseline: float
    part: float


def numbered_margins(page: Any) -> Iterator[MarginText]:
    """Give the texts in those margins of a page that print its number."""
    from weasyprint.formatting_structure import boxes

    for margin in _margins(page):
        if ("counter()", "page") not in ((kind, value[0]) for kind, value in _content(margin)):
            continue
        for box in margin.descendants():
            if isinstance(box, boxes.TextBox):
                baseline, part = box.position_y + box.baseline, part_before(margin.style)
                yield MarginText(margin.at_keyword, box.text, box.position_x, baseline, part)


def margin_strings(page: Any) -> set[str]:
    """Name the strings that a page's margins print."""
    return {value[0] for margin in _margins(page) for kind, value in _content(margin) if kind == "string()"}


def unknown_in_margins(page: Any) -> list[tuple[str, str]]:
    """Name what a page's margins print that depends on more of the book than the page: each with its margin.

    These are counters of other things than pages, elements out of the text (GCPM 3, 1.2), and strings as they were
    before the page.
    """
    found = []
    for margin in _margins(page):
        for kind, value in _content(margin):
            if kind in {"counter()", "counters()"} and value[0] != "page":
                found.append((margin.at_keyword, f"counter({value[0]})"))
            elif kind == "string()" and value[1] in {"start", "first-except"}:
                found.append((margin.at_keyword, f"string({value[0]}, {value[1]})"))
            elif kind == "element()":
                found.append((margin.at_keyword, f"element({value[0]})"))
    return found


def _margins(page: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    return (box for box in page._page_box.children if isinstance(box, boxes.MarginBox))


def _content(margin: Any) -> Sequence[tuple[str, Any]]:
    """Give what the styles put into a margin, piece by piece."""
    content = margin.style["content"]
    return content if isinstance(content, tuple | list) else ()


def type_area(page: Any) -> tuple[float, float, float, float]:
    """Give left, top, width and height of the area that text is set in, in CSS pixels."""
    box = page._page_box
    return box.content_box_x(), box.content_box_y(), box.width, box.height


def is_plain(page: Any) -> bool:
    """Tell whether a page has neither ground nor border nor crop marks of its own."""
    style = page._page_box.style
    sides = ("top", "right", "bottom", "left")
    return (
        style["background_color"].alpha == 0
        and all(kind == "none" for kind, *_ in style["background_image"])
        and not any(style[f"border_{side}_width"] for side in sides)
        and not style["marks"]
    )


def part_before(style: Any) -> float:
    """Tell how much of the spare room in a line stands before its text: none, half or all of it."""
    align, left_to_right = style["text_align_all"], style["direction"] == "ltr"
    if align == "center":
        return 0.5
    if align in {"start", "justify"}:
        align = "left" if left_to_right else "right"
    elif align == "end":
        align = "right" if left_to_right else "left"
    return 1.0 if align == "right" else 0.0


def take_ground_away(page: Any) -> None:
    """Leave what is behind the text of a page to the leaf: whatever the styles say, it is not drawn here."""
    page._page_box.background = page._page_box.canvas_background = None
