"""What the content of pages draws (ISO 32000-1, 7.8): colours, pictures, transparency, fonts; forms are followed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import hypot
from typing import Any

from pikepdf import (
    Array,
    ContentStreamInlineImage,
    Dictionary,
    Matrix,
    Name,
    Object,
    PdfError,
    Stream,
    parse_content_stream,
)

from anthology.verify.preflight.drawn import PageContent, Picture
from anthology.verify.preflight.spaces import CMYK, GRAY, PATTERN, RGB, Space, space_of

# Forms lie within forms; deeper than this is a loop that was missed.
_DEEPEST = 20
_POINTS_PER_INCH = 72

_SIMPLE = {"g": GRAY, "G": GRAY, "rg": RGB, "RG": RGB, "k": CMYK, "K": CMYK}
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
# Text rendering modes that fill glyphs (ISO 32000-1, table 106).
_FILLING = frozenset({0, 2, 4, 6})


@dataclass(frozen=True, slots=True)
class _State:
    """What of the graphics state matters here."""

    matrix: Matrix = field(default_factory=Matrix)
    fill: Space = GRAY
    fill_values: tuple[float, ...] = (0.0,)
    stroke: Space = GRAY
    rendering: int = 0


def read_content(page: Object) -> PageContent:
    """Read what a page draws; what of it is damaged is told, not raised."""
    content = PageContent()
    reader = _Reader(content)
    try:
        if _is_transparency_group(page.get("/Group")):
            content.transparent.add("a transparency group")
        reader.run(page, _inherited(page, "/Resources"), _State(), ())
    except (PdfError, ValueError, TypeError, AttributeError, IndexError, KeyError, ArithmeticError) as error:
        content.fault = " ".join(str(error).split()) or type(error).__name__
    return content


def _inherited(page: Object, key: str) -> Object | None:
    node: Any = page
    for _ in range(_DEEPEST):
        if key in node:
            found: Object = node[key]
            return found
        node = node.get("/Parent")
        if node is None:
            break
    return None


def _is_transparency_group(group: Object | None) -> bool:
    return isinstance(group, Dictionary) and group.get("/S") == Name.Transparency


class _Reader:
    """Follows the content of one page."""

    def __init__(self, content: PageContent) -> None:
        self.content = content
        self.seen: set[tuple[int, int]] = set()

    def run(self, source: Object, resources: Object | None, state: _State, within: tuple[Any, ...]) -> None:
        """Follow a content stream: of a page, a form, a pattern or a glyph."""
        self.resources(resources)
        stack: list[_State] = []
        for instruction in parse_content_stream(source):
            if isinstance(instruction, ContentStreamInlineImage):
                self.inline_picture(instruction, resources, state)
                continue
            operator = str(instruction.operator)
            if operator == "q":
                stack.append(state)
            elif operator == "Q":
                state = stack.pop() if stack else state
            elif operator in _SHOWING:
                self.text(state)
            elif operator in _STEPS:
                operands = list(instruction.operands)
                state = _STEPS[operator](self, operator, operands, resources, state, within)

    def resources(self, resources: Object | None) -> None:
        """Note the fonts; those that are drawn by content themselves (Type 3) are followed."""
        fonts = resources.get("/Font") if isinstance(resources, Dictionary) else None
        for font in fonts.values() if isinstance(fonts, Dictionary) else ():
            if not isinstance(font, Dictionary) or self._known(font):
                continue
            self.content.fonts.append(font)
            glyphs = font.get("/CharProcs")
            if font.get("/Subtype") == Name.Type3 and isinstance(glyphs, Dictionary):
                own = font.get("/Resources", resources)
                for glyph in glyphs.values():
                    if isinstance(glyph, Stream):
                        self.run(glyph, own, _State(), ())

    def _known(self, thing: Object) -> bool:
        """Tell whether an object was met on this page before; one without a number never was."""
        if thing.objgen == (0, 0):
            return False
        known = thing.objgen in self.seen
        self.seen.add(thing.objgen)
        return known

    def paint(self, space: Space, by: str) -> None:
        """Note that a process is painted."""
        if space.process and space.kind != "pattern":
            self.content.painted.setdefault(space.process, set()).add(by)

    def text(self, state: _State) -> None:
        """Note text in another colour than black; that it is white is a matter of what lies beneath."""
        if state.rendering in _FILLING and state.fill.is_paper_or_black(state.fill_values) is False:
            self.content.text.add(state.fill.spelt(state.fill_values))

    def matrix(self, _: str, operands: list[Any], __: Any, state: _State, ___: Any) -> _State:
        """`cm`."""
        return replace(state, matrix=Matrix(*(float(value) for value in operands)) @ state.matrix)

    def mode(self, _: str, operands: list[Any], __: Any, state: _State, ___: Any) -> _State:
        """`Tr`."""
        return replace(state, rendering=int(operands[0]))

    def simple_colour(self, operator: str, operands: list[Any], _: Any, state: _State, __: Any) -> _State:
        """`g`, `rg`, `k` and their strokes."""
        space, values = _SIMPLE[operator], tuple(float(value) for value in operands)
        self.paint(space, f'operator "{operator}"')
        self.inked(space, values)
        return (
            replace(state, fill=space, fill_values=values)
            if operator.islower()
            else replace(state, stroke=space)
        )

    def colour_space(
        self, operator: str, operands: list[Any], resources: Any, state: _State, _: Any
    ) -> _State:
        """`cs` and `CS`; the colour is the space's first, black but for spots."""
        space = space_of(operands[0], resources)
        self.paint(space, f'operator "{operator}"')
        if operator == "CS":
            return replace(state, stroke=space)
        first = {"cmyk": (0.0, 0.0, 0.0, 1.0), "rgb": (0.0, 0.0, 0.0), "gray": (0.0,)}
        return replace(state, fill=space, fill_values=first.get(space.kind, (1.0,) * max(1, len(space.inks))))

    def colour(
        self, operator: str, operands: list[Any], resources: Any, state: _State, within: Any
    ) -> _State:
        """`sc`, `scn` and their strokes."""
        fills = operator.islower()
        space = state.fill if fills else state.stroke
        if operands and isinstance(operands[-1], Name):
            self.pattern(operands[-1], resources, state, within)
            return replace(state, fill=PATTERN, fill_values=()) if fills else state
        values = tuple(float(value) for value in operands)
        self.inked(space, values)
        return replace(state, fill_values=values) if fills else state

    def inked(self, space: Space, values: tuple[float, ...]) -> None:
        """Note how much ink a colour lays on."""
        if space.kind == "cmyk":
            self.content.ink = max(self.content.ink, 100 * sum(values))

    def pattern(self, name: Name, resources: Any, state: _State, within: Any) -> None:
        """Follow a pattern: tiles are content, shadings have a colour space."""
        pattern = _resource(resources, "/Pattern", name)
        if pattern is None or self._known(pattern):
            return
        if int(pattern.get("/PatternType", 0)) == 1 and isinstance(pattern, Stream):
            if len(within) < _DEEPEST:
                self.run(pattern, pattern.get("/Resources", resources), _State(), (*within, pattern.objgen))
        else:
            self.shade(pattern.get("/Shading"), resources)
            self.extended_state(pattern.get("/ExtGState"))

    def shading(self, _: str, operands: list[Any], resources: Any, state: _State, __: Any) -> _State:
        """`sh`."""
        self.shade(_resource(resources, "/Shading", operands[0]), resources)
        return state

    def shade(self, shading: Object | None, resources: Any) -> None:
        """Note the colour space of a shading."""
        if isinstance(shading, Dictionary | Stream):
            self.paint(space_of(shading.get("/ColorSpace"), resources), "a shading")

    def graphics_state(self, _: str, operands: list[Any], resources: Any, state: _State, __: Any) -> _State:
        """`gs`."""
        self.extended_state(_resource(resources, "/ExtGState", operands[0]))
        return state

    def extended_state(self, parameters: Object | None) -> None:
        """Note what makes things transparent (ISO 32000-1, table 58)."""
        if not isinstance(parameters, Dictionary):
            return
        for key in ("/ca", "/CA"):
            if float(parameters.get(key, 1)) < 1:
                self.content.transparent.add(f"an opacity of {float(parameters[key]):.2g}")
        if parameters.get("/SMask", Name("/None")) != Name("/None"):
            self.content.transparent.add("a soft mask")
        modes = parameters.get("/BM", Name.Normal)
        first = modes[0] if isinstance(modes, Array) and len(modes) else modes
        if first not in (Name.Normal, Name.Compatible):
            self.content.transparent.add(f"the blend mode {str(first).removeprefix('/')}")

    def external(self, _: str, operands: list[Any], resources: Any, state: _State, within: Any) -> _State:
        """`Do`: a picture, or a form, which is content again."""
        thing = _resource(resources, "/XObject", operands[0])
        if not isinstance(thing, Stream):
            return state
        kind = thing.get("/Subtype")
        if kind == Name.Image:
            self.picture(str(operands[0]).removeprefix("/"), thing, resources, state)
        elif kind == Name.Form and thing.objgen not in within and len(within) < _DEEPEST:
            if _is_transparency_group(thing.get("/Group")):
                self.content.transparent.add("a transparency group")
            own = Matrix(*(float(value) for value in thing.get("/Matrix", (1, 0, 0, 1, 0, 0))))
            inner = replace(state, matrix=own @ state.matrix)
            self.run(thing, thing.get("/Resources", resources), inner, (*within, thing.objgen))
        return state

    def picture(self, name: str, image: Object, resources: Any, state: _State) -> None:
        """Note a picture and the size in which it is printed."""
        masks = bool(image.get("/ImageMask", False))
        space = None if masks else space_of(image.get("/ColorSpace"), resources)
        pixels = (int(image.get("/Width", 0)), int(image.get("/Height", 0)))
        self.content.pictures.append(
            Picture(name, pixels, _inches(state.matrix), space.process if space else None, masks)
        )
        if "/SMask" in image:
            self.content.transparent.add(f'the soft mask of the picture "{name}"')

    def inline_picture(self, instruction: ContentStreamInlineImage, resources: Any, state: _State) -> None:
        """Note a picture within the content."""
        image: Any = instruction.iimage
        space = None if image.image_mask else space_of(Name(image.colorspace), resources)
        self.content.pictures.append(
            Picture(
                "inline",
                (image.width, image.height),
                _inches(state.matrix),
                space.process if space else None,
                bool(image.image_mask),
            )
        )


_STEPS = {
    "cm": _Reader.matrix,
    "Tr": _Reader.mode,
    **dict.fromkeys(_SIMPLE, _Reader.simple_colour),
    "cs": _Reader.colour_space,
    "CS": _Reader.colour_space,
    **dict.fromkeys(("sc", "scn", "SC", "SCN"), _Reader.colour),
    "sh": _Reader.shading,
    "gs": _Reader.graphics_state,
    "Do": _Reader.external,
}


def _inches(matrix: Matrix) -> tuple[float, float]:
    """Give width and height of the unit square that a matrix draws, as pictures fill it."""
    return (
        hypot(matrix.a, matrix.b) / _POINTS_PER_INCH,
        hypot(matrix.c, matrix.d) / _POINTS_PER_INCH,
    )


def _resource(resources: Any, kind: str, name: Any) -> Object | None:
    group = resources.get(kind) if isinstance(resources, Dictionary) else None
    found = group.get(str(name)) if isinstance(group, Dictionary) else None
    return found if isinstance(found, Object) else None
