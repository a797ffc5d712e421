"""Shadings: gradients whose every step is in the inks of a press (ISO 32000-1, 8.7.4.5)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped]  # it ships no types

from anthology.typeset.separation.inks import Colour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anthology.typeset.separation.inks import Inks

# Into how many straight pieces one piece of a gradient is parted: a mixture of colours is not the same mixture of inks.
_PIECES = 8
_SPACES = {1: "gray", 3: "rgb", 4: "cmyk"}
DEVICE = {"gray": "/DeviceGray", "rgb": "/DeviceRGB", "cmyk": "/DeviceCMYK"}


def separated(
    shading: Any, inks: Inks, ground: Colour, cover: Callable[[float], float], stops: tuple[float, ...] = ()
) -> Any:
    """Make a gradient in other inks.

    Args:
        shading: an axial or radial one of the engine's.
        inks: what to print it with.
        ground: what it is painted on.
        cover: how much of that each place of it covers.
        stops: places between which `cover` changes evenly.

    Returns the new shading, of straight pieces, between places where the old one may jump.
    """
    function = shading["Function"]
    first, last = (float(value) for value in shading["Domain"])
    begins = [first, *(float(bound) for bound in function.get("Bounds", ())), last]
    places = sorted({*begins, *stops})
    counts = {place: max(begins.count(place), stops.count(place)) for place in places}
    edges = [place for place in places for _ in range(counts[place])]
    bounds, pieces = [], []
    for begin, end in pairwise(edges):
        inset = (end - begin) * 1e-6
        even = _colour_at(function, begin + inset) == _colour_at(function, end - inset) and not stops
        for from_place, to_place in _parted(begin, end, 1 if even or begin == end else _PIECES):
            # Jumps are at edges: colours are asked for within the piece, as near to its ends as makes no difference.
            ends = [
                inks.of(_colour_at(function, place).over(ground, cover(place)))
                for place in (from_place + inset, to_place - inset)
            ]
            bounds.append(to_place)
            pieces.append((ends[0], ends[1]))
    made = pydyf.Dictionary({key: value for key, value in shading.items() if key != "Function"})
    space = pieces[0][0].space
    made["ColorSpace"] = DEVICE[space]
    made["Function"] = pydyf.Dictionary(
        {
            "FunctionType": 3,
            "Domain": pydyf.Array([first, last]),
            "Encode": pydyf.Array([0, 1] * len(pieces)),
            "Bounds": pydyf.Array(bounds[:-1]),
            "Functions": pydyf.Array([_straight(begin, end) for begin, end in pieces]),
        }
    )
    return made


def cover_of(mask: Any) -> tuple[Callable[[float], float], tuple[float, ...]]:
    """Read from a gradient that masks another of the same shape how much that covers: by place, and at which stops."""
    function = mask["Function"]
    stops = tuple(float(value) for value in (*mask["Domain"], *function.get("Bounds", ())))
    return lambda at: _values_at(function, at)[0], stops


def lightness(shading: Any) -> float:
    """Tell how much light a gradient sends back, half way along it."""
    first, last = (float(value) for value in shading["Domain"])
    return _colour_at(shading["Function"], (first + last) / 2).light()


def _parted(begin: float, end: float, pieces: int) -> Iterator[tuple[float, float]]:
    width = (end - begin) / pieces
    for piece in range(pieces):
        yield begin + piece * width, end if piece == pieces - 1 else begin + (piece + 1) * width


def _straight(begin: Colour, end: Colour) -> Any:
    return pydyf.Dictionary(
        {
            "FunctionType": 2,
            "Domain": pydyf.Array([0, 1]),
            "C0": pydyf.Array(begin.values),
            "C1": pydyf.Array(end.values),
            "N": 1,
        }
    )


def _colour_at(function: Any, place: float) -> Colour:
    values = tuple(min(1.0, max(0.0, value)) for value in _values_at(function, place))
    return Colour(_SPACES[len(values)], values)  # type: ignore[arg-type]  # names of spaces


def _values_at(function: Any, place: float) -> tuple[float, ...]:
    """Evaluate a function of type 2 or 3 (7.10.3 and 7.10.4)."""
    low, high = (float(value) for value in function["Domain"])
    place = min(high, max(low, place))
    if function["FunctionType"] == 2:
        power = float(function["N"])
        part = place**power if place > 0 else float(power == 0)
        return tuple(
            float(begin) + part * (float(end) - float(begin))
            for begin, end in zip(function["C0"], function["C1"], strict=True)
        )
    bounds = [float(bound) for bound in function["Bounds"]]
    piece = sum(place >= bound for bound in bounds)
    begin, end = [low, *bounds, high][piece : piece + 2]
    from_value, to_value = (float(value) for value in function["Encode"][2 * piece : 2 * piece + 2])
    part = (place - begin) / (end - begin) if end > begin else 0.0
    return _values_at(function["Functions"][piece], from_value + part * (to_value - from_value))
