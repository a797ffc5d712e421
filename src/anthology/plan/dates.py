"""The dates of the articles as a strip: a column for each month, quarter or year, a square for each article."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

WIDTH = 720
_FOOT = 22
_HIGHEST = 120
_MOST_COLUMNS = 72
# Months to a column: a month, a quarter, a year, then as many years as it takes.
_SPANS = (1, 3, 12, 24, 60, 120, 600, 1200)
# And to a label.
_EVERY = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)
_LABEL_WIDTH = 36
_LEAST_COLUMNS = 12
_LARGEST_SQUARE = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the strip: its squares from the foot up, as far as they go into the picture."""

    x: float
    count: int
    squares: tuple[float, ...]
    told: str


@dataclass(frozen=True, slots=True)
class DateStrip:
    """The strip: `labels` are years with the places where they begin; `undated` counts articles without a date."""

    width: int
    height: float
    base: float
    side: float
    columns: tuple[Column, ...]
    labels: tuple[tuple[float, str], ...]
    years: tuple[tuple[int, int], ...]
    first: dt.date | None
    last: dt.date | None
    undated: int


def draw_dates(dates: Iterable[dt.date | None]) -> DateStrip:
    """Draw when the articles of a book were published."""
    given = list(dates)
    known = sorted(date for date in given if date)
    undated = len(given) - len(known)
    if not known:
        return DateStrip(WIDTH, 0, 0, 0, (), (), (), None, None, undated)
    first, last = _month(known[0]), _month(known[-1])
    span = next((one for one in _SPANS if last // one - first // one < _MOST_COLUMNS), _SPANS[-1])
    begin, end = first // span, last // span + 1
    counts = Counter(_month(date) // span for date in known)
    step = WIDTH / max(end - begin, _LEAST_COLUMNS)
    side = min(step - 1.5, _LARGEST_SQUARE, _HIGHEST / max(counts.values()))
    height = round(side * max(counts.values()) + 6, 2)
    return DateStrip(
        WIDTH,
        height + _FOOT,
        height,
        round(side * 0.88, 2),
        tuple(
            Column(
                round((place - begin) * step, 2),
                count,
                tuple(round(height - side * (number + 1), 2) for number in range(count)),
                f"{_span(place * span, span)}: {count}",
            )
            for place, count in sorted(counts.items())
        ),
        tuple(_labels(begin * span, end * span, step / span)),
        tuple(sorted(Counter(date.year for date in known).items())),
        known[0],
        known[-1],
        undated,
    )


def _month(date: dt.date) -> int:
    return date.year * 12 + date.month - 1


def _named(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"


def _span(month: int, span: int) -> str:
    """Name the months of a column."""
    last = month + span - 1
    if span == 1:
        return _named(month)
    if span < 12:
        return f"{_named(month)} to {_named(last)}"
    return str(month // 12) if span == 12 else f"{month // 12} to {last // 12}"


def _labels(begin: int, end: int, month_width: float) -> Iterator[tuple[float, str]]:
    """Write as many of the months, else of the years, as there is room for."""
    for every in _EVERY:
        if every * month_width >= _LABEL_WIDTH * (1.4 if every < 12 else 1):
            break
    for month in range(-(-begin // every) * every, end, every):
        name = _named(month) if every < 12 else str(month // 12)
        yield round((month - begin) * month_width, 2), name
