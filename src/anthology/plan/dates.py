"""The dates of the articles as a strip: a column for each month, quarter or year, a square for each article."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

WIDTH = 720
_FOOT = 22
_HIGHEST = 120
_MOST_COLUMNS = 72
# Months to a column: a month, a quarter, a year, then as many years as it takes.
_SPANS = (1, 3, 12, 24, 60, 120, 600, 1200)
_LABEL_WIDTH = 34


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
    first_year, last = known[0].year, known[-1]
    months = (last.year - first_year + 1) * 12
    span = next((one for one in _SPANS if months / one <= _MOST_COLUMNS), _SPANS[-1])
    counts = Counter(((date.year - first_year) * 12 + date.month - 1) // span for date in known)
    columns = -(-months // span)
    step = WIDTH / max(columns, 12)
    side = min(step - 1.5, 12, _HIGHEST / max(counts.values()))
    height = max(side * max(counts.values()) + 6, 24)
    made = tuple(
        Column(
            round(place * step, 2),
            count,
            tuple(round(height - side * (number + 1), 2) for number in range(count)),
            f"{_span(first_year, place * span, span)}: {count}",
        )
        for place, count in sorted(counts.items())
    )
    return DateStrip(
        WIDTH,
        height + _FOOT,
        height,
        round(max(side - 1, side * 0.8), 2),
        made,
        _labels(first_year, last.year, step / span * 12),
        tuple(sorted(Counter(date.year for date in known).items())),
        known[0],
        last,
        undated,
    )


def _span(first_year: int, month: int, span: int) -> str:
    """Name the months of a column."""
    year, begins = first_year + month // 12, month % 12 + 1
    if span == 1:
        return f"{year}-{begins:02}"
    if span < 12:
        return f"{year}-{begins:02} to {begins + span - 1:02}"
    return str(year) if span == 12 else f"{year} to {year + span // 12 - 1}"


def _labels(first: int, last: int, year_width: float) -> tuple[tuple[float, str], ...]:
    """Write as many of the years as there is room for."""
    every = max(1, -(-_LABEL_WIDTH // max(1, int(year_width))))
    for nice in (1, 2, 5, 10, 20, 50, 100, 200, 500):
        if nice >= every:
            every = nice
            break
    years = (year for year in range(first, last + 1) if year % every == 0 or year == first == last)
    return tuple((round((year - first) * year_width, 2), str(year)) for year in years)
