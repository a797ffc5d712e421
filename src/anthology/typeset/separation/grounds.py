"""What lies behind text: whether ink shows on it, or only bare paper."""

from __future__ import annotations

from typing import NamedTuple

from anthology.typeset.separation.graphics import Box
from anthology.typeset.separation.inks import BLACK, PAPER, Colour

# Text that sends back so much light was white to who wrote the styles: it stays paper, whatever is behind it.
_WHITE = 0.9
# Text of any other colour is left bare where it is lighter by so much than a ground that is dark.
_LIGHTER, _DARK = 0.15, 0.5
_EVERYWHERE = Box(float("-inf"), float("-inf"), float("inf"), float("inf"))


class _Ground(NamedTuple):
    area: Box
    light: float
    colour: Colour | None


class Grounds:
    """The areas that have been painted so far, the last one uppermost: their bounds and what they look like."""

    def __init__(self, colour: Colour = PAPER) -> None:
        """Begin with one colour everywhere."""
        self._painted: list[_Ground] = [_Ground(_EVERYWHERE, colour.light(), colour)]
        self._behind = self._painted

    def group(self) -> Grounds:
        """Give the grounds of what is drawn here as one: what it draws does not lie behind other parts of it."""
        made = Grounds()
        made._painted, made._behind = self._painted, list(self._painted)
        return made

    def paint(self, area: Box, light: float, colour: Colour | None = None) -> None:
        """Note that an area was painted, and with which colour if it is one; `light` is what it sends back."""
        self._painted.append(_Ground(area, light, colour))

    def under(self, area: Box) -> Colour:
        """Give the colour that an area is to be painted on: paper where there is not one alone."""
        for ground in reversed(self._behind):
            if ground.area.meets(area):
                whole = ground.colour is not None and ground.area.covers(area)
                return ground.colour if whole and ground.colour else PAPER
        return PAPER

    def light_at(self, x: float, y: float) -> float:
        """Tell how much light a place sends back; where nothing was painted there is paper."""
        return next((one.light for one in reversed(self._painted) if one.area.holds(x, y)), 1.0)


def ink_of_text(colour: Colour, grounds: Grounds, at: tuple[float, float]) -> Colour:
    """Tell how text is printed: solid black, or as bare paper on what is darker; never as a tint, which is dots.

    Args:
        colour: what the styles want.
        grounds: what is behind it.
        at: where it begins, in points.
    """
    light = colour.light()
    if light >= _WHITE:
        return PAPER
    if light < _LIGHTER:
        return BLACK
    ground = grounds.light_at(*at)
    return PAPER if ground < _DARK and light > ground + _LIGHTER else BLACK
