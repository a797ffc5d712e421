"""The bars that a run is held to, all of them ratios within the run, seconds or bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.costs import Cost, median
from benchmarks.ways import (
    APART,
    COLD,
    E_BOOK,
    E_BOOK_EDITED,
    E_BOOK_UNCHANGED,
    EDITED,
    LONGER,
    PANDOC_E_BOOK,
    TYPST,
    UNCHANGED,
    WHOLE,
    Measurement,
)


class Results:
    """The measurements of a run, by way and size."""

    def __init__(self, measurements: Iterable[Measurement]) -> None:
        self.measurements = list(measurements)

    @property
    def sizes(self) -> list[int]:
        """Give the sizes that were measured."""
        return sorted({made.size for made in self.measurements})

    def of(self, way: str, size: int) -> list[Measurement]:
        """Give every measurement of a way at a size."""
        return [made for made in self.measurements if (made.way, made.size) == (way, size)]

    def cost(self, way: str, size: int) -> Cost:
        """Give the median cost of a way at a size. Raises NotMeasuredError."""
        found = self.of(way, size)
        if not found:
            raise NotMeasuredError(way, size)
        return median(made.cost for made in found)

    def bytes(self, way: str, size: int) -> int:
        """Give the size of a file. Raises NotMeasuredError."""
        found = self.of(way, size)
        if not found:
            raise NotMeasuredError(way, size)
        return found[0].bytes


class NotMeasuredError(Exception):
    """The run did not come to a way at a size."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what is measured, how high it may be, and what comes of a run (figures with their limits)."""

    measure: str
    limit: str
    of: Callable[[Results], list[Figure]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a run and the limit that it keeps or not; `unit` is printed behind it."""

    value: float
    limit: float
    unit: str = ""

    @property
    def met(self) -> bool:
        """Tell whether the figure keeps its limit."""
        return self.value <= self.limit

    def __str__(self) -> str:
        if self.unit == "%":
            return f"{self.value:.1%}"
        return f"{self.value:.2f}{self.unit}" if self.value < 100 else f"{self.value:.0f}{self.unit}"


def _cpu_against_apart(results: Results) -> list[Figure]:
    return [Figure(results.cost(COLD, 1000).cpu / results.cost(APART, 1000).cpu, 1.25)]


def _wall_against_typst(results: Results) -> list[Figure]:
    return [Figure(results.cost(COLD, 1000).wall / results.cost(TYPST, 1000).wall, 1.2)]


def _memory(results: Results) -> list[Figure]:
    return [Figure(results.cost(COLD, 1000).memory / 1e6, 900, " MB")]


def _edit(way: str) -> Callable[[Results], list[Figure]]:
    def figures(results: Results) -> list[Figure]:
        wall = results.cost(way, 1000).wall
        return [Figure(wall, 10, " s"), Figure(wall / results.cost(COLD, 1000).wall, 0.08, "%")]

    return figures


def _nothing(results: Results) -> list[Figure]:
    return [Figure(results.cost(UNCHANGED, 1000).wall, 2, " s")]


def _against_cold(way: str, limit: float) -> Callable[[Results], list[Figure]]:
    return lambda results: [Figure(results.cost(way, 100).wall / results.cost(COLD, 100).wall, limit)]


def _linear(results: Results) -> list[Figure]:
    return [Figure(results.cost(COLD, 5000).cpu / 5000 / (results.cost(COLD, 100).cpu / 100), 1.15)]


def _bytes(results: Results) -> list[Figure]:
    return [Figure(results.bytes(COLD, 100) / results.bytes(WHOLE, 100), 1.1)]


def _e_book_against_pandoc(results: Results) -> list[Figure]:
    return [Figure(results.cost(E_BOOK, 1000).cpu / results.cost(PANDOC_E_BOOK, 1000).cpu, 0.5)]


def _e_book_memory(results: Results) -> list[Figure]:
    return [Figure(results.cost(E_BOOK, 1000).memory / 1e6, 400, " MB")]


def _e_book_wall(way: str, limit: float) -> Callable[[Results], list[Figure]]:
    return lambda results: [Figure(results.cost(way, 1000).wall, limit, " s")]


def _e_book_linear(results: Results) -> list[Figure]:
    return [Figure(results.cost(E_BOOK, 5000).cpu / 5000 / (results.cost(E_BOOK, 1000).cpu / 1000), 1.15)]


BARS = (
    Bar(
        "cold, 1,000 articles: CPU against WeasyPrint article by article, not joined",
        "≤ 1.25",
        _cpu_against_apart,
    ),
    Bar(
        "cold, 1,000: wall against pandoc → Typst with running heads and related page numbers",
        "≤ 1.2",
        _wall_against_typst,
    ),
    Bar("cold, 1,000: peak memory of any process", "≤ 900 MB", _memory),
    Bar(
        "one article's words edited in 1,000: wall, and against cold",
        "≤ 10 s and ≤ 8 %",
        _edit(EDITED),
    ),
    Bar(
        "the same, and one page more",
        "≤ 10 s and ≤ 8 %",
        _edit(LONGER),
    ),
    Bar("nothing changed, 1,000: wall", "≤ 2 s", _nothing),
    Bar("100 articles, one edited: wall against cold", "≤ 0.15", _against_cold(EDITED, 0.15)),
    Bar("100 articles, nothing changed: wall against cold", "≤ 0.10", _against_cold(UNCHANGED, 0.10)),
    Bar("CPU an article at 5,000 against at 100", "≤ 1.15", _linear),
    Bar("file size against a whole-book tagged WeasyPrint render, 100", "≤ 1.1", _bytes),
    Bar("e-book from nothing, 1,000: CPU against pandoc → EPUB", "≤ 0.5", _e_book_against_pandoc),
    Bar("e-book from nothing, 1,000: peak memory of any process", "≤ 400 MB", _e_book_memory),
    Bar("e-book, nothing changed, 1,000: wall", "≤ 2 s", _e_book_wall(E_BOOK_UNCHANGED, 2)),
    Bar("e-book, one article edited, 1,000: wall", "≤ 4 s", _e_book_wall(E_BOOK_EDITED, 4)),
    Bar("e-book: CPU an article at 5,000 against at 1,000", "≤ 1.15", _e_book_linear),
)
