"""What stands on a laid-out page, and whether a reader sees it.

With `margins` and `line_breaking`, the only module that reads WeasyPrint's private boxes (`Page._page_box`); a test
pins what it finds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from anthology.leaves import FrameKind, SideBreaks
from anthology.pages import PICTURE, visible
from anthology.typeset.margins import part_before

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
# Type and pictures below this size, in CSS pixels, are as good as hidden, as is what lets through all but so much.
_LEAST_SIZE = 2.0
_LEAST_OPACITY = 0.05
# And type as light as this on paper of its own.
_LIGHTEST = 0.94


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
    on_ground: bool = False
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


def drop_unseen_backgrounds(page: Any) -> None:
    """Take away background pictures that lie wholly below their box, and so show nothing: a file would carry them."""
    for box in page._page_box.descendants():
        if background := getattr(box, "background", None):
            background.layers[:] = [
                layer._replace(image=None) if _lies_below(layer) else layer for layer in background.layers
            ]


def _lies_below(layer: Any) -> bool:
    if layer.image is None or layer.unbounded or layer.repeat[1] != "no-repeat":
        return False
    _, top, _, height = layer.painting_area
    # Lines of one height are no more than a hair lower than their box.
    return bool(layer.positioning_area[1] + layer.position[1] > top + height - _HAIR)


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
    if style["opacity"] < _LEAST_OPACITY:
        around = replace(around, hidden=True)
    if not around.on_ground and (
        style["background_color"].alpha > 0 or any(kind != "none" for kind, *_ in style["background_image"])
    ):
        around = replace(around, on_ground=True)
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
    return shrinks or part_before(container.style) == (container.style["direction"] == "ltr")


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
    if around.hidden or style["visibility"] != "visible" or style["opacity"] < _LEAST_OPACITY:
        return "hidden"
    if is_picture and min(box.width, box.height) < _LEAST_SIZE:
        return "hidden"
    if not is_picture and (
        style["font_size"] < _LEAST_SIZE or _is_invisible(style["color"], around.on_ground)
    ):
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


def _is_invisible(color: Any, on_ground: bool) -> bool:
    """Tell whether type of a color cannot be read: it lets all through, or is white where there is no ground."""
    if color.alpha < _LEAST_OPACITY:
        return True
    return not on_ground and color.space == "srgb" and min(color.to("srgb").coordinates) > _LIGHTEST
