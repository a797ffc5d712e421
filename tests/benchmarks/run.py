"""A run: every way at every size, interleaved, so that a machine that gets slower slows all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import pandoc_typst
from benchmarks.costs import CommandError
from benchmarks.machine import memory
from benchmarks.pandoc import PANDOC, pandoc
from benchmarks.ways import (
    APART,
    E_BOOK,
    E_BOOK_EDITED,
    E_BOOK_UNCHANGED,
    NAMES,
    PANDOC_E_BOOK,
    TYPST,
    TYPST_PLAIN,
    WHOLE,
    Bench,
    Measurement,
)

Way = Callable[[], Iterator[Measurement]]

# The sizes of each extent in the order in which their rounds are run. A size has several rounds, the small ones
# more: they are quick, and chance is a larger part of them. That of 100 returns after the largest.
EXTENTS = {
    "quick": (10, 100, 10, 100),
    "normal": (10, 100, 1000, 100, 10, 1000, 100, 10),
    "full": (10, 100, 1000, 5000, 100, 10, 1000, 100, 10),
    "e-books": (10, 100, 1000, 5000, 100, 10, 1000, 100, 10),
}

# What is measured where only e-books are.
E_BOOKS = frozenset({E_BOOK, E_BOOK_UNCHANGED, E_BOOK_EDITED, PANDOC_E_BOOK})

# Up to this many articles WeasyPrint alone sets the whole book at once: above it takes more than everything else.
_WHOLE_UP_TO = 100

# A way whose memory would grow beyond this part of the machine's is not tried at the next size.
_ROOM = 0.7


class Run:
    """What has been measured so far, and what was left out and why."""

    def __init__(self, folder: Path, tell: Callable[[str], None], extent: str) -> None:
        self.measurements: list[Measurement] = []
        self.left_out: list[str] = []
        self._folder = folder
        self._tell = tell
        self._extent = extent
        self._prints = extent != "e-books"
        self._benches: dict[int, Bench] = {}
        self._with_pandoc = bool(pandoc())
        if not self._with_pandoc:
            self._leave_out(f"pandoc → EPUB: {PANDOC} not installed; pip install -e '.[bench]'")
        missing = pandoc_typst.missing() if self._prints else []
        self._with_typst = not missing
        if missing:
            self._leave_out(
                f"pandoc → Typst: {' and '.join(missing)} not installed; pip install -e '.[bench]'"
            )

    def measure(self) -> None:
        """Measure all rounds of the extent; every second round of a size runs the ways backwards."""
        rounds: dict[int, int] = {}
        self._warm_up()
        for size in EXTENTS[self._extent]:
            ways = list(self._ways(self._bench(size), first=size not in rounds))
            for name, way in reversed(ways) if rounds.get(size, 0) % 2 else ways:
                self._measure(f"{name}, {size:,} articles", way)
            rounds[size] = rounds.get(size, 0) + 1

    def _measure(self, name: str, way: Way) -> None:
        """Measure a way once; one that fails is left out, and the others go on."""
        try:
            for made in way():
                self.measurements.append(made)
                self._tell(str(made))
        except CommandError as error:
            self._leave_out(f"{name}: it failed")
            self._tell(f"{name}: {error}")

    def _warm_up(self) -> None:
        """Run what is not measured: compiled modules and the files of programs come into the system's memory."""
        for _, way in self._ways(self._bench(10), first=True):
            for _ in way():
                pass

    def _bench(self, size: int) -> Bench:
        if size not in self._benches:
            self._benches[size] = Bench(size, self._folder, prints=self._prints)
            self._benches[size].prepare()
        return self._benches[size]

    def _ways(self, bench: Bench, *, first: bool) -> Iterator[tuple[str, Way]]:
        yield NAMES[E_BOOK], bench.e_book
        if self._with_pandoc and self._has_room(PANDOC_E_BOOK, bench.size):
            yield NAMES[PANDOC_E_BOOK], bench.pandoc_e_book
        if self._prints:
            yield from self._ways_to_print(bench, first=first)

    def _ways_to_print(self, bench: Bench, *, first: bool) -> Iterator[tuple[str, Way]]:
        yield "anthology", bench.anthology
        yield NAMES[APART], bench.apart
        if self._with_typst:
            for way, variant in ((TYPST, ""), (TYPST_PLAIN, "plain")):
                if self._has_room(way, bench.size):
                    yield NAMES[way], partial(bench.typst, variant)
        if first and bench.size <= _WHOLE_UP_TO:
            yield NAMES[WHOLE], bench.whole

    def _has_room(self, way: str, size: int) -> bool:
        """Tell whether a way's memory, which grows with the book, has room on this machine; say so if not."""
        smaller = [made for made in self.measurements if made.way == way and made.size < size]
        if not smaller:
            return True
        largest = max(smaller, key=lambda made: made.size)
        needed = largest.cost.memory * size / largest.size
        if needed > _ROOM * memory():
            self._leave_out(
                f"{NAMES[way]}, {size:,} articles: it would need about {needed / 1e9:.0f} GB of memory"
            )
            return False
        return True

    def _leave_out(self, why: str) -> None:
        if why not in self.left_out:
            self.left_out.append(why)
