"""What lies behind text: whether ink shows on it, or only bare paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.typeset.separation.inks import BLACK, PAPER

if TYPE_CHECKING:
    from anthology.typeset.separation.graphics import Box
    from anthology.typeset.separation.inks import Colour

# Text that sends back so much light was white to who wrote the styles: it stays paper, whatever is behind it.
_WHITE = 0.9
# Text of any other colour is left bare where it is lighter by so much than a ground that is dark.
_LIGHTER, _DARK = 0.15, 0.5


class Grounds:
    """The areas that have been painted so far, the last one uppermost: their bounds, and how much light they send back."""

    def __init__(self) -> None:
        self._painted: list[tuple[Box, float]] = []

    def paint(self, area: Box, light: float) -> None:
        """Note that an area was painted."""
        self._painted.append((area, light))

    def light_at(self, x: float, y: float) -> float:
        """Tell how much light a place sends back; where nothing was painted there is paper."""
        return next((light for area, light in reversed(self._painted) if area.holds(x, y)), 1.0)


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
