"""Say anew, in the inks of a press, what a content stream draws (ISO 32000-1, annex A).

Operators that set a colour, or how much is covered, are not written where they stand, but before what is painted with
them: what a colour becomes depends on what it paints.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from anthology.typeset.separation.graphics import Box, Paint, State, bounds, place, turned
from anthology.typeset.separation.grounds import Grounds, ink_of_text
from anthology.typeset.separation.inks import BLACK, PAPER, Colour, from_lab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anthology.typeset.separation.drawing import Names

# Rules of this thickness in points, and thinner ones, are solid where they are darker than this: tints would be dots.
_HAIRLINE, _DARK = 1.05, 0.5
# What a picture makes of the ground is not looked at: it is taken to be rather dark.
_PICTURE = 0.25
_COLOURS = {b"g": "gray", b"rg": "rgb", b"k": "cmyk", b"G": "gray", b"RG": "rgb", b"K": "cmyk"}
_SPACES = {b"DeviceGray": "gray", b"DeviceRGB": "rgb", b"DeviceCMYK": "cmyk"}
# Whites of the spaces that the engine names (D50 and D65).
_LAB = {b"lab-d50": (0.9642, 1.0, 0.8249), b"lab-d65": (0.95047, 1.0, 1.08883)}
_WRITTEN = {"gray": (b"g", b"G"), "rgb": (b"rg", b"RG"), "cmyk": (b"k", b"K")}
_PATH = frozenset((b"m", b"l", b"c", b"v", b"y", b"re", b"h", b"W", b"W*"))
_FILL = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
_STROKE = frozenset((b"S", b"s", b"B", b"B*", b"b", b"b*"))
_PAINT = _FILL | _STROKE | {b"n"}
_SHOW = frozenset((b"TJ", b"Tj", b"'", b'"'))
_FILL_ALONE = {b"B": b"f", b"B*": b"f*", b"b": b"f", b"b*": b"f*"}
_STROKE_ALONE = {b"B": b"S", b"B*": b"S", b"b": b"s", b"b*": b"s"}


def rewritten(items: Sequence[bytes], names: Names, state: State, grounds: Grounds) -> list[bytes]:
    """Give the operators that draw the same in the inks that `names` are printed with.

    Args:
        items: the operators with their operands, in order.
        names: what the stream's resources are.
        state: what is set where it begins.
        grounds: what has been painted before; what this paints is added.
    """
    content = _Content(names, state, grounds)
    for item in items:
        content.take(item)
    return content.made


class _Content:
    def __init__(self, names: Names, state: State, grounds: Grounds) -> None:
        self.made: list[bytes] = []
        self._names, self._state, self._grounds = names, state, grounds
        self._inks, self._flat = names.way.inks, names.way.flat
        self._stack: list[State] = []
        # The path that is being made: its operators, its corners in points, and those of its rectangles.
        self._path: list[bytes] = []
        self._corners: list[tuple[float, float]] = []
        self._rectangles: list[Box] = []
        self._clips = False
        self._rendering = 0
        self._text = state.matrix[4:]

    def take(self, item: bytes) -> None:
        """Take the next operator."""
        operator = item.rsplit(None, 1)[-1] if item else item
        if operator in _SHOW:
            self._show(item)
        elif operator in _PATH:
            self._extend(item, operator)
        elif operator in _PAINT:
            self._paint(operator)
        elif operator in _COLOURS:
            values = tuple(float(value) for value in item.split()[:-1])
            colour = Colour(_COLOURS[operator], values)  # type: ignore[arg-type]  # names of spaces
            self._set(operator.isupper(), colour=colour, pattern=b"")
        elif operator in {b"cs", b"CS"}:
            space = item.split()[0][1:]
            self._set(operator.isupper(), colour=BLACK, pattern=b"", space=space)
        elif operator in {b"sc", b"SC", b"scn", b"SCN"}:
            self._set_special(item.split()[:-1], operator.isupper())
        elif operator == b"gs":
            self._set_state(item)
        elif operator == b"Do":
            self._draw(item)
        elif operator == b"sh":
            self._shade(item)
        else:
            self._keep(item, operator)

    def _keep(self, item: bytes, operator: bytes) -> None:
        """Write an operator as it is, and note what it sets."""
        state = self._state
        if operator == b"q":
            self._stack.append(copy(state))
        elif operator == b"Q":
            self._state = self._stack.pop() if self._stack else state
        elif operator == b"cm":
            by = tuple(float(value) for value in item.split()[:6])
            state.matrix = turned(state.matrix, by)  # type: ignore[arg-type]  # six
        elif operator == b"w":
            state.line_width = float(item.split()[0])
        elif operator == b"Tr":
            self._rendering = int(float(item.split()[0]))
        elif operator == b"Tm":
            x, y = item.split()[4:6]
            self._text = (float(x), float(y))
        # Of a wavy line the engine sets the width between its waves, where nothing else may stand.
        (self._path if self._path else self.made).append(item)

    def _set(self, stroke: bool, **values: object) -> None:
        if stroke:
            self._state.stroke = replace(self._state.stroke, **values)  # type: ignore[arg-type]
        else:
            self._state.fill = replace(self._state.fill, **values)  # type: ignore[arg-type]

    def _set_special(self, operands: Sequence[bytes], stroke: bool) -> None:
        """Set a colour of the space in force, or a pattern."""
        space = (self._state.stroke if stroke else self._state.fill).space
        if operands[-1].startswith(b"/"):
            self._set(stroke, colour=None, pattern=operands[-1][1:])
            return
        values = tuple(float(value) for value in operands)
        if space in _LAB:
            colour = from_lab(values, _LAB[space])
        else:
            named = _SPACES.get(space) or {1: "gray", 3: "rgb", 4: "cmyk"}[len(values)]
            colour = Colour(named, values)  # type: ignore[arg-type]  # names of spaces
        self._set(stroke, colour=colour, pattern=b"")

    def _set_state(self, item: bytes) -> None:
        """Note how much is covered; leave masks and blending to where transparency may stay."""
        name = item.split()[0][1:].decode()
        given = self._names.state(name)
        if "ca" in given:
            self._set(False, alpha=float(given["ca"]))
        if "CA" in given:
            self._set(True, alpha=float(given["CA"]))
        if "SMask" in given:
            if not self._flat:
                self._names.separate_mask(name)
            elif self._names.is_gradient(name):
                self._state.mask = name
            else:
                self._names.lose("a mask", "what it hides is printed")
        if "BM" in given and self._flat and given["BM"] != "/Normal":
            self._names.lose("a blending of colours", "what is in front is printed as it is")
        if not self._flat and given.keys() - {"ca", "CA"}:
            self.made.append(item)
            before = self._state.written_alpha
            self._state.written_alpha = (
                float(given.get("ca", before[0])),
                float(given.get("CA", before[1])),
            )

    # Paths

    def _extend(self, item: bytes, operator: bytes) -> None:
        self._path.append(item)
        if operator in {b"W", b"W*"}:
            self._clips = True
        elif operator != b"h":
            numbers = [float(value) for value in item.split()[:-1]]
            if operator == b"re":
                x, y, width, height = numbers
                numbers = [x, y, x + width, y, x + width, y + height, x, y + height]
            matrix = self._state.matrix
            corners = [place(matrix, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            self._corners += corners
            if operator == b"re":
                self._rectangles.append(bounds(corners))

    def _paint(self, operator: bytes) -> None:
        """End a path: paint it, or clip with it."""
        area = bounds(self._corners).common(self._state.clip) if self._corners else None
        fills, strokes = operator in _FILL, operator in _STROKE
        if fills and not self._seen(self._state.fill):
            operator, fills = _STROKE_ALONE.get(operator, b"n"), False
        if strokes and not self._seen(self._state.stroke):
            operator, strokes = _FILL_ALONE.get(operator, b"n") if fills else b"n", False
        if fills:
            thin = area is not None and self._is_thin(area)
            self._use(False, area, thin)
            if area is not None and not thin:
                self._note(area)
        if strokes:
            self._use(True, area, self._state.line_width * self._state.scale() <= _HAIRLINE)
        self.made += [*self._path, operator]
        if self._clips and area is not None:
            self._state.clip = area
        self._path, self._corners, self._rectangles, self._clips = [], [], [], False

    def _seen(self, paint: Paint) -> bool:
        """Tell whether anything is to be seen of what is painted: white paper in its place would hide what is behind."""
        return not self._flat or paint.alpha * self._names.way.alpha > 0

    def _is_thin(self, area: Box) -> bool:
        """Tell whether what is filled is a hairline, or a frame of hairlines: one rectangle within another."""
        if area.thickness() <= _HAIRLINE:
            return True
        if len(self._path) != 2 or len(self._rectangles) != 2:
            return False
        one, other = self._rectangles
        return all(abs(a - b) <= _HAIRLINE for a, b in zip(one, other, strict=True))

    # Text, and what has a name

    def _show(self, item: bytes) -> None:
        modes = {0: (False,), 1: (True,), 2: (False, True), 4: (False,), 5: (True,), 6: (False, True)}
        strokes = modes.get(self._rendering, ())
        seen = [stroke for stroke in strokes if self._seen(self._of(stroke))]
        for stroke in seen:
            x, y = place(self._state.matrix, *self._text)
            self._use(stroke, Box(x, y, x, y), text=True)
        if strokes and not seen:
            # It stays in the text of the page, unseen.
            self.made += [b"3 Tr", item, b"%d Tr" % self._rendering]
        else:
            self.made.append(item)

    def _draw(self, item: bytes) -> None:
        alpha = self._state.fill.alpha
        name = item.split()[0][1:].decode()
        if not self._seen(self._state.fill):
            return
        corners = [place(self._state.matrix, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
        area = bounds(corners).common(self._state.clip)
        made, left, picture = self._names.drawn(name, alpha, copy(self._state), self._grounds, area)
        self._write_alpha(False, left)
        self.made.append(b"/" + made + b" Do")
        if picture:
            self._grounds.paint(area, _PICTURE)

    def _shade(self, item: bytes) -> None:
        alpha = self._state.fill.alpha
        if not self._seen(self._state.fill):
            return
        state, clip = self._state, self._state.clip
        ground = self._grounds.under(clip) if self._flat and clip else PAPER
        made, light, left = self._names.shading(item.split()[0][1:].decode(), alpha, state.mask, ground)
        self._write_alpha(False, 1.0 if self._flat else alpha)
        painted = b"/" + made + b" sh"
        if left:
            # A mask hides everything round its group; now that there is none, a clip does.
            area = b" ".join(b"%g" % value for value in left)
            self.made += [b"q", area + b" re", b"W", b"n", painted, b"Q"]
        else:
            self.made.append(painted)
        if clip is not None:
            self._grounds.paint(clip, light)

    # What is written

    def _of(self, stroke: bool) -> Paint:
        return self._state.stroke if stroke else self._state.fill

    def _note(self, area: Box) -> None:
        """Note what is filled as the ground of what comes after it."""
        paint = self._state.fill
        if paint.colour is None:
            light = self._names.pattern_light(paint.pattern.decode())
            self._grounds.paint(area, _PICTURE if light is None else light)
            return
        shown = paint.colour.over(self._grounds.under(area), paint.alpha * self._names.way.alpha)
        self._grounds.paint(area, shown.light(), shown)

    def _use(self, stroke: bool, area: Box | None, thin: bool = False, text: bool = False) -> None:
        """Write the colour, and how much it covers, of what is painted next in an area."""
        paint, solid = self._of(stroke), False
        alpha = paint.alpha * self._names.way.alpha
        colour = BLACK if paint.colour is None else paint.colour
        if self._inks.separated and (text or thin):
            shown = colour.over(PAPER, alpha)
            if text and area:
                colour, solid = ink_of_text(shown, self._grounds, (area.left, area.top)), True
            elif paint.colour is not None and shown.light() < _DARK:
                colour, solid = BLACK, True
        if paint.colour is None and not solid:
            made = self._names.pattern(paint.pattern.decode(), paint.alpha, self._ground(area))
            space, setting = (b"/Pattern CS", b"SCN") if stroke else (b"/Pattern cs", b"scn")
            written = space + b"\n/" + made + b" " + setting
        else:
            if self._flat and not solid:
                colour = colour.over(self._ground(area), alpha)
            written = _operator(self._solid(colour) if solid else self._inks.of(colour), stroke)
        self._write_alpha(stroke, 1.0 if self._flat or solid else paint.alpha)
        before = self._state.written
        if before[stroke] != written:
            self.made += written.split(b"\n")
            self._state.written = (before[0], written) if stroke else (written, before[1])

    def _ground(self, area: Box | None) -> Colour:
        """Give what an area is painted on, where it has to be known."""
        return self._grounds.under(area) if self._flat and area else PAPER

    def _solid(self, colour: Colour) -> Colour:
        """Give black or paper without a profile: all of the black ink, or none."""
        if self._inks.space == "cmyk":
            return Colour("cmyk", (0.0, 0.0, 0.0, 1.0 - colour.values[0]))
        return colour

    def _write_alpha(self, stroke: bool, alpha: float) -> None:
        if self._flat or self._state.written_alpha[stroke] == alpha:
            return
        self.made.append(b"/" + self._names.use_alpha("CA" if stroke else "ca", alpha) + b" gs")
        before = self._state.written_alpha
        self._state.written_alpha = (before[0], alpha) if stroke else (alpha, before[1])


def _operator(colour: Colour, stroke: bool) -> bytes:
    values = " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in colour.values)
    return values.encode() + b" " + _WRITTEN[colour.space][stroke]
