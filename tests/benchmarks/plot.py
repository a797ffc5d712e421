"""The picture of cost against size: a figure for a book, in black, labelled where the lines end."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from benchmarks.bars import NotMeasuredError, Results
from benchmarks.ways import COLD, EDITED, TYPST, UNCHANGED, WHOLE

# The drawing in CSS pixels, as wide as the handbook's others; what is left of the plot and right of it holds words.
_WIDTH, _HEIGHT = 540, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 386, 16, 322

_FACE = 'font-family="Source Sans Pro, Helvetica, Arial, sans-serif" font-size="15" fill="#222222"'
_SPACING = 18  # from one label to the next, at the least
_MARK = 3.2  # the radius of a measured point

_SECONDS = ((0.1, "0.1 s"), (1, "1 s"), (10, "10 s"), (60, "1 min"), (600, "10 min"), (3600, "1 hour"))

_TITLE = "Wall time of a build against the number of articles"


@dataclass(frozen=True, slots=True)
class _Line:
    """A way as a line: the words at its end, its width, and its dashes."""

    way: str
    words: tuple[str, ...]
    width: float
    dashes: str = ""


_LINES = (
    _Line(WHOLE, ("WeasyPrint,", "all at once"), 1.2, "1.5 3.5"),
    _Line(COLD, ("the first time",), 2.4),
    _Line(TYPST, ("pandoc and Typst",), 1.2, "7 4"),
    _Line(EDITED, ("one article edited",), 1.6),
    _Line(UNCHANGED, ("nothing changed",), 1.6),
)


def drawing(results: Results) -> str:
    """Draw wall seconds against articles, both logarithmic: a cost in proportion is a line that rises by 45 degrees."""
    curves = {line: points for line in _LINES if (points := list(_points(results, line.way)))}
    seconds = [y for points in curves.values() for _, y in points]
    scale = _Scale(results.sizes[0], results.sizes[-1], min(seconds), max(seconds))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" role="img">',
        f"<title>{_TITLE}</title>",
        "<!-- Written by `make bench`. A white ground of its own, so that the lines can be read in dark mode. -->",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        *_axes(results, scale),
    ]
    ends = []
    for line, points in curves.items():
        places = [(scale.x(size), scale.y(wall)) for size, wall in points]
        parts += _curve(line, places)
        ends.append((places[-1], line.words))
    parts += _labels(ends)
    return "\n  ".join(parts) + "\n</svg>\n"


@dataclass(frozen=True, slots=True)
class _Scale:
    fewest: float
    most: float
    shortest: float
    longest: float

    def x(self, articles: float) -> float:
        """Place a number of articles."""
        return _LEFT + (_RIGHT - _LEFT) * math.log(articles / self.fewest) / math.log(self.most / self.fewest)

    def y(self, seconds: float) -> float:
        """Place a time, with a little room above the longest and below the shortest."""
        low, high = self.shortest / 1.6, self.longest * 1.3
        return _BOTTOM - (_BOTTOM - _TOP) * math.log(seconds / low) / math.log(high / low)


def _points(results: Results, way: str) -> Iterator[tuple[int, float]]:
    for size in results.sizes:
        try:
            yield size, results.cost(way, size).wall
        except NotMeasuredError:
            continue


def _axes(results: Results, scale: _Scale) -> Iterator[str]:
    yield f'<path d="M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}" fill="none" stroke="#222222" stroke-width="0.8"/>'
    for size in results.sizes:
        x = scale.x(size)
        yield f'<path d="M{x:.1f} {_BOTTOM}v5" stroke="#222222" stroke-width="0.8"/>'
        yield f'<text x="{x:.1f}" y="{_BOTTOM + 22}" {_FACE} text-anchor="middle">{size:,}</text>'
    yield f'<text x="{(_LEFT + _RIGHT) / 2}" y="{_BOTTOM + 46}" {_FACE} text-anchor="middle">articles</text>'
    for seconds, words in _SECONDS:
        y = scale.y(seconds)
        if _TOP <= y <= _BOTTOM:
            yield f'<path d="M{_LEFT} {y:.1f}H{_RIGHT}" stroke="#222222" stroke-width="0.3"/>'
            yield f'<text x="{_LEFT - 8}" y="{y + 5:.1f}" {_FACE} text-anchor="end">{words}</text>'


def _curve(line: _Line, places: list[tuple[float, float]]) -> Iterator[str]:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    dashes = f' stroke-dasharray="{line.dashes}"' if line.dashes else ""
    yield f'<path d="M{path}" fill="none" stroke="#222222" stroke-width="{line.width}"{dashes}/>'
    for x, y in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_MARK}" fill="#222222"/>'


def _labels(ends: list[tuple[tuple[float, float], tuple[str, ...]]]) -> Iterator[str]:
    """Write each line's words at its end: beside the plot, or above a line that ends within it."""
    below = float("-inf")
    for (x, y), words in sorted(ends, key=lambda end: end[0][1]):
        if x < _RIGHT - 1:
            for at, word in enumerate(reversed(words)):
                yield f'<text x="{x - 6:.1f}" y="{y - 10 - at * _SPACING:.1f}" {_FACE} text-anchor="end">{escape(word)}</text>'
            continue
        baseline = max(y + 5, below)
        for word in words:
            yield f'<text x="{_RIGHT + 10}" y="{baseline:.1f}" {_FACE}>{escape(word)}</text>'
            baseline += _SPACING
        below = baseline
