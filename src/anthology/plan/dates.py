"""The dates of the articles as a strip as wide as the time between them, with a square for each article."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 720
_FOOT = 22
_HIGHEST = 120
_MOST_COLUMNS = 84
# Months to a column: a month, a quarter, a year, then as many years as it takes.
_MONTHS = (1, 3, 12, 24, 60, 120, 600, 1200)
# And to a label.
_EVERY = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)
# How wide a label is with the space behind it: 2026-03, 2026.
_MONTH_WIDTH, _YEAR_WIDTH = 50, 36
# Days of a month that have a label where each day has a column: none is too near to the next month.
_LABELLED_DAYS = (8, 15, 22)
_LARGEST_SQUARE = 12
_MOST_ABREAST = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the strip: its squares by their top left corners, from the foot up, and what they are."""

    count: int
    squares: tuple[tuple[float, float], ...]
    told: str


@dataclass(frozen=True, slots=True)
class DateStrip:
    """The strip: `labels` are dates with the places where they begin, empty where there is no room.

    `figures` counts articles by year, or by month where there are few of those: then it is `monthly`. `undated` counts
    articles without a date.
    """

    width: int
    height: float
    base: float
    side: float
    columns: tuple[Column, ...]
    labels: tuple[tuple[float, str], ...]
    figures: tuple[tuple[str, int], ...]
    monthly: bool
    first: dt.date | None
    last: dt.date | None
    undated: int


class _Days:
    """The days of a few whole months, each with a column; months are counted from January of the year 0."""

    def __init__(self, begin: int, end: int) -> None:
        self.begin, self._first = begin, _first_day(begin)
        self.columns = _first_day(end) - self._first

    def column(self, date: dt.date) -> int:
        """Tell in which column a date is."""
        return date.toordinal() - self._first

    def place(self, month: int) -> float:
        """Tell before which column a month begins."""
        return _first_day(month) - self._first

    def told(self, column: int) -> str:
        """Name the dates of a column."""
        return dt.date.fromordinal(self._first + column).isoformat()


class _Weeks:
    """Whole months in four columns each: of seven days, the last of as many as are left."""

    def __init__(self, begin: int, end: int) -> None:
        self.begin = begin
        self.columns = (end - begin) * 4

    def column(self, date: dt.date) -> int:
        """Tell in which column a date is."""
        return (_month(date) - self.begin) * 4 + min((date.day - 1) // 7, 3)

    def place(self, month: int) -> float:
        """Tell before which column a month begins."""
        return (month - self.begin) * 4

    def told(self, column: int) -> str:
        """Name the dates of a column."""
        month, week = self.begin + column // 4, column % 4
        last = 7 * week + 7 if week < 3 else _first_day(month + 1) - _first_day(month)
        return f"{_named(month)}-{7 * week + 1:02} to {_named(month)}-{last:02}"


class _Months:
    """Columns of so many months."""

    def __init__(self, begin: int, end: int, months: int) -> None:
        self._months = months
        self.begin = begin // months * months
        self.columns = -(-end // months) - begin // months

    def column(self, date: dt.date) -> int:
        """Tell in which column a date is."""
        return (_month(date) - self.begin) // self._months

    def place(self, month: int) -> float:
        """Tell before which column a month begins."""
        return (month - self.begin) / self._months

    def told(self, column: int) -> str:
        """Name the dates of a column."""
        first = self.begin + column * self._months
        last = first + self._months - 1
        if self._months == 1:
            return _named(first)
        if self._months < 12:
            return f"{_named(first)} to {_named(last)}"
        return str(first // 12) if self._months == 12 else f"{first // 12} to {last // 12}"


def draw_dates(dates: Iterable[dt.date | None]) -> DateStrip:
    """Draw when the articles of a book were published."""
    given = list(dates)
    known = sorted(date for date in given if date)
    undated = len(given) - len(known)
    if not known:
        return DateStrip(WIDTH, 0, 0, 0, (), (), (), False, None, None, undated)
    scale = _scale_of(_month(known[0]), _month(known[-1]) + 1)
    step = WIDTH / scale.columns
    counts = Counter(map(scale.column, known))
    most = max(counts.values())
    side, abreast = _squares(step, most)
    height = round(side * -(-most // abreast) + 6, 2)
    monthly = _month(known[-1]) - _month(known[0]) < 24
    figures = Counter(date.isoformat()[: 7 if monthly else 4] for date in known)
    return DateStrip(
        WIDTH,
        height + _FOOT,
        height,
        round(side * 0.88, 2),
        tuple(
            Column(
                count,
                tuple(
                    (
                        round(column * step + side * (number % abreast), 2),
                        round(height - side * (number // abreast + 1), 2),
                    )
                    for number in range(count)
                ),
                f"{scale.told(column)}: {count}",
            )
            for column, count in sorted(counts.items())
        ),
        tuple(_labels(scale)),
        tuple(sorted(figures.items())),
        monthly,
        known[0],
        known[-1],
        undated,
    )


def _squares(step: float, most: int) -> tuple[float, int]:
    """Choose how wide a square is with the space round it, and how many stand abreast.

    Several do where many articles have one date, rather than become too small to be seen.
    """
    sides = (
        (min((step - 1.5) / abreast, _LARGEST_SQUARE, _HIGHEST / -(-most // abreast)), -abreast)
        for abreast in range(1, _MOST_ABREAST + 1)
    )
    side, abreast = max(sides)
    return side, -abreast


def _scale_of(begin: int, end: int) -> _Days | _Weeks | _Months:
    """Choose the smallest columns that there is room for, from one month up to another."""
    months = (_Months(begin, end, months) for months in _MONTHS)
    scales: tuple[_Days | _Weeks | _Months, ...] = (_Days(begin, end), _Weeks(begin, end), *months)
    return next((scale for scale in scales if scale.columns <= _MOST_COLUMNS), scales[-1])


def _month(date: dt.date) -> int:
    return date.year * 12 + date.month - 1


def _first_day(month: int) -> int:
    """Give the first day of a month; of the one behind the last that there is, the day behind that."""
    if month > _month(dt.date.max):
        return dt.date.max.toordinal() + 1
    return dt.date(month // 12, month % 12 + 1, 1).toordinal()


def _named(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"


def _labels(scale: _Days | _Weeks | _Months) -> Iterator[tuple[float, str]]:
    """Write as many of the months, else of the years, as there is room for; and of days, where each has a column."""
    step = WIDTH / scale.columns
    month_width = (scale.place(scale.begin + 12) - scale.place(scale.begin)) * step / 12
    for every in _EVERY:
        width = _MONTH_WIDTH if every < 12 else _YEAR_WIDTH
        if every * month_width >= width:
            break
    for month in range(-(-scale.begin // every) * every, 12 * (dt.MAXYEAR + 1), every):
        place = scale.place(month) * step
        if place >= WIDTH:
            break
        name = _named(month) if every < 12 else str(month // 12)
        yield round(place, 2), name if place + width <= WIDTH else ""
        if isinstance(scale, _Days):
            yield from ((round(place + (day - 1) * step, 2), str(day)) for day in _LABELLED_DAYS)
