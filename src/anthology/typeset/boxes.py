"""What stands on a laid-out page, and whether a reader sees it.

The only module that reads WeasyPrint's private boxes (`Page._page_box`); a test pins what it finds there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from anthology.leaves import FrameKind, SideBreaks
from anthology.pages import PICTURE, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

Flaw = Literal["hidden", "cut", "outside"]

# Lines may stick out of their box by a hair (rounding), pictures by as much.
_HAIR = 2.0
# The part of a letter's height that must be seen for the letter to be read, from its foot.
_READ = 0.4
# Breaks that ask for a side (CSS Fragmentation 3, 3.1).
_SIDES = frozenset({"left", "right", "recto", "verso"})
# Type below this size, in CSS pixels, is as good as hidden.
_LEAST_SIZE = 1.0


class Rectangle(NamedTuple):
    """A rectangle in CSS pixels from the top left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Rectangle) -> bool:
        """Tell whether another rectangle lies within this one, give or take a hair."""
        return (
            other.left >= self.left - _HAIR
            and other.right <= self.right + _HAIR
            and other.top >= self.top - _HAIR
            and other.bottom <= self.bottom + _HAIR
        )

    def within(self, other: Rectangle) -> Rectangle:
        """Give what both have in common."""
        return Rectangle(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a line with the hyphen its style may add, or a picture; without an element, the end of a line.

    `x` and `baseline` tell where its text begins, `line` which pieces stand in one line; `moves` that this line can
    be moved in its box as a whole (it is set against the far edge, or its box is only as wide as the line);
    `right_to_left` that it is read that way. `repeats` is said of the heads and feet of tables.
    """

    element: Element | None = None
    text: str = ""
    hyphen: str = ""
    in_flow: bool = True
    in_note: bool = False
    repeats: bool = False
    flaw: Flaw | None = None
    x: float = 0.0
    baseline: float = 0.0
    line: int = 0
    moves: bool = False
    right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class _Around:
    """What the boxes round a box say of it."""

    clip: Rectangle
    page: Rectangle
    matrix: Any = None
    hidden: bool = False
    in_flow: bool = True
    in_note: bool = False
    repeats: bool = False
    line: int = 0
    moves: bool = False


def shown(page: Any) -> Iterator[Shown]:
    """Give what a page shows of the text, in order: no margins, nothing generated; notes come last."""
    box = page._page_box
    paper = Rectangle(0, 0, page.width, page.height)
    yield from _shown(box, _Around(paper, paper))


def frame_kind(page: Any) -> FrameKind:
    """Tell what kind of page this is to page rules."""
    kind = page._page_box.page_type
    index = kind.groups[-1][1] if kind.groups else 0
    return FrameKind(kind.name or "", not kind.blank and index == 0, bool(kind.blank), kind.side)


def strings_set(page: Any) -> Iterator[tuple[str, str]]:
    """Give names and values of the strings that a page sets (GCPM 3, 1.1), in order."""
    for box in page._page_box.descendants():
        strings = box.string_set
        if strings and strings != "none":
            yield from ((name, value) for name, value in strings)


def side_breaks(pages: Sequence[Any]) -> SideBreaks:
    """Read from the laid-out pages of a document which of them are to be on one side."""
    first, last = list(_meeting(pages[0], 0)), list(_meeting(pages[-1], -1))
    # Where several boxes meet at a break, the last one in the tree decides (CSS Fragmentation 3, 3.1).
    before = [box.style["break_before"] for box in first if box.style["break_before"] in _SIDES]
    after = [box.style["break_after"] for box in last if box.style["break_after"] in _SIDES]
    outer = {(box.element, "break_before") for box in first} | {(box.element, "break_after") for box in last}
    return SideBreaks(
        before=str(before[-1]) if before else "",
        after=str(after[0]) if after else "",
        within=any(
            box.style[name] in _SIDES and (box.element, name) not in outer
            for page in pages
            for box in page._page_box.descendants()
            if _breaks(box)
            for name in ("break_before", "break_after")
        ),
    )


def _meeting(page: Any, place: int) -> Iterator[Any]:
    """Give the boxes that begin (0) or end (-1) a document, from the outermost on."""
    boxes = [box for box in page._page_box.descendants() if box.element_tag == "section"][:1]
    while boxes and _breaks(boxes[0]):
        yield boxes[0]
        boxes = list(getattr(boxes[0], "children", ()))[place:][:1]


def _breaks(box: Any) -> bool:
    """Tell whether pages can break before and behind a box."""
    from weasyprint.formatting_structure import boxes

    return isinstance(box, boxes.BlockLevelBox) and box.is_in_normal_flow()


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
                baseline, part = box.position_y + box.baseline, _part_before(margin.style)
                yield MarginText(margin.at_keyword, box.text, box.position_x, baseline, part)


def margin_strings(page: Any) -> set[str]:
    """Name the strings that a page's margins print."""
    return {value[0] for margin in _margins(page) for kind, value in _content(margin) if kind == "string()"}


def margin_counters(page: Any) -> set[tuple[str, str]]:
    """Name the counters that a page's margins print, each with its margin."""
    return {
        (margin.at_keyword, value[0])
        for margin in _margins(page)
        for kind, value in _content(margin)
        if kind in {"counter()", "counters()"}
    }


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


def _part_before(style: Any) -> float:
    """Tell how much of the spare room in a line stands before its text: none, half or all of it."""
    align, left_to_right = style["text_align_all"], style["direction"] == "ltr"
    if align == "center":
        return 0.5
    if align in {"start", "justify"}:
        align = "left" if left_to_right else "right"
    elif align == "end":
        align = "right" if left_to_right else "left"
    return 1.0 if align == "right" else 0.0


def _shown(box: Any, around: _Around) -> Iterator[Shown]:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.MarginBox) or _is_generated(box):
        return
    if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
        if box.element is not None and (isinstance(box, boxes.ReplacedBox) or visible(box.text)):
            yield _piece(box, around, is_picture=isinstance(box, boxes.ReplacedBox))
        return
    around = _inside(box, around)
    # Head and foot of a table stand again on every page that it runs over.
    if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
        around = replace(around, repeats=True)
    if isinstance(box, boxes.FootnoteAreaBox):
        around = replace(around, in_note=True)
    for placed in box.children:
        # A box that is positioned stands behind a placeholder; a float in a line, a drop cap, is part of the line.
        child = getattr(placed, "_box", placed)
        floats = child.is_floated() and not isinstance(box, boxes.LineBox)
        flows = around.in_flow and not floats and not child.is_absolutely_positioned()
        below = replace(around, in_flow=flows)
        if isinstance(child, boxes.LineBox):
            below = replace(below, line=id(child), moves=_moves(box))
        yield from _shown(child, below)
    if isinstance(box, boxes.LineBox):
        yield Shown(in_note=around.in_note)


def _is_generated(box: Any) -> bool:
    """Tell whether a box is added by the styles; the first letter or line of an element is its own text."""
    _, pseudo, name = (box.element_tag or "").partition("::")
    return bool(pseudo) and name not in {"first-letter", "first-line"}


def _inside(box: Any, around: _Around) -> _Around:
    """Tell what a box adds to what its children have round them."""
    from weasyprint.formatting_structure import boxes

    style = box.style
    if style["opacity"] == 0:
        around = replace(around, hidden=True)
    if getattr(box, "transformation_matrix", None):
        matrix = box.transformation_matrix
        around = replace(around, matrix=matrix @ around.matrix if around.matrix else matrix)
    if isinstance(box, boxes.BlockLevelBox | boxes.InlineBlockBox) and style["overflow"] != "visible":
        left, top = box.padding_box_x(), box.padding_box_y()
        own = Rectangle(left, top, left + box.padding_width(), top + box.padding_height())
        around = replace(around, clip=around.clip.within(own))
    return around


def _moves(container: Any) -> bool:
    """Tell whether the lines of a box can be moved in it: it is as wide as they are, or they end at its far edge."""
    from weasyprint.formatting_structure import boxes

    shrinks = container.style["width"] == "auto" and (
        container.is_absolutely_positioned()
        or container.is_floated()
        or isinstance(container, boxes.InlineBlockBox)
    )
    return shrinks or _part_before(container.style) == (container.style["direction"] == "ltr")


def _piece(box: Any, around: _Around, is_picture: bool) -> Shown:
    size = box.style["font_size"]
    if is_picture:
        left, top = box.content_box_x(), box.content_box_y()
        rectangle = Rectangle(left, top, left + box.width, top + box.height)
        baseline = rectangle.bottom
    else:
        baseline = box.position_y + box.baseline
        rectangle = Rectangle(box.position_x, baseline - _READ * size, box.position_x + box.width, baseline)
    return Shown(
        element=box.element,
        text=PICTURE if is_picture else box.text,
        hyphen="" if is_picture else box.style["hyphenate_character"],
        in_flow=around.in_flow,
        in_note=around.in_note,
        repeats=around.repeats,
        flaw=_flaw(box, rectangle, around, is_picture),
        x=rectangle.left,
        baseline=baseline,
        line=around.line,
        moves=around.moves,
        right_to_left=box.style["direction"] == "rtl",
    )


def _flaw(box: Any, rectangle: Rectangle, around: _Around, is_picture: bool) -> Flaw | None:
    style = box.style
    if around.hidden or style["visibility"] != "visible" or style["opacity"] == 0:
        return "hidden"
    if not is_picture and (style["font_size"] < _LEAST_SIZE or style["color"].alpha == 0):
        return "hidden"
    if around.matrix:
        corners = [
            around.matrix.transform_point(x, y)
            for x in (rectangle.left, rectangle.right)
            for y in (rectangle.top, rectangle.bottom)
        ]
        rectangle = Rectangle(
            min(x for x, _ in corners),
            min(y for _, y in corners),
            max(x for x, _ in corners),
            max(y for _, y in corners),
        )
        return None if around.page.holds(rectangle) else "outside"
    if not around.page.holds(rectangle):
        return "outside"
    return None if around.clip.holds(rectangle) else "cut"
