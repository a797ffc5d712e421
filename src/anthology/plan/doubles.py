"""Doubles: two captures of one piece, found by the runs of words they share."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Five words running are seldom the same by accident.
_RUN = 5
# What has fewer runs than this says too little to be compared.
_FEWEST_RUNS = 20
# Two texts are doubles when so much of the shorter one stands in the longer one.
SHARED = 0.7
# To find the pairs worth comparing, only the runs that begin with one word in four are looked up.
_SAMPLE = 4
# A run that stands in more texts than this is something every page says (a notice, a biography): it pairs its
# texts with the first one only, so that the number of pairs does not grow with their square.
_COMMON = 20

# Scripts without spaces between words: each character stands for a word.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+"
)


@dataclass(frozen=True, slots=True)
class Double:
    """Two texts of which one stands in the other: keys in order, and shared runs as a part of the shorter (0 to 1)."""

    first: str
    second: str
    shared: float


def doubles(texts: Mapping[str, str], least: float = SHARED) -> tuple[Double, ...]:
    """Find the texts that are nearly the same, or of which one is nearly contained in another.

    Takes plain texts by key, and how much of the shorter one has to stand in the other, as a part of it (0 to 1).
    Gives each double once, in the order of the texts; the same texts give the same doubles on every machine.
    """
    order = {key: number for number, key in enumerate(texts)}
    words = {key: _WORD.findall(text.casefold()) for key, text in texts.items()}
    marks = _Marks()
    samples = {
        key: _sample(found, marks) for key, found in words.items() if len(found) >= _FEWEST_RUNS + _RUN - 1
    }
    found = []
    for first, second in sorted(
        _candidates(samples, least), key=lambda pair: (order[pair[1]], order[pair[0]])
    ):
        one, other = _runs(words[first]), _runs(words[second])
        shared = len(one & other) / min(len(one), len(other))
        if shared >= least:
            found.append(Double(first, second, shared))
    return tuple(found)


class _Marks(dict[str, bool]):
    """Which words begin a run that is looked up: one in so many, always the same ones."""

    def __missing__(self, word: str) -> bool:
        self[word] = zlib.crc32(word.encode("utf-8", "surrogatepass")) % _SAMPLE == 0
        return self[word]


def _sample(words: Sequence[str], marks: _Marks) -> set[str]:
    """Give the runs of a text that begin with a marked word."""
    places = [place for place, word in enumerate(words[: 1 - _RUN]) if marks[word]]
    return {" ".join(words[place : place + _RUN]) for place in places}


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    """Give all runs of words in a text."""
    return set(zip(*(words[place:] for place in range(_RUN)), strict=False))


def _candidates(samples: Mapping[str, set[str]], least: float) -> Iterator[tuple[str, str]]:
    """Pair the texts whose samples overlap nearly enough; the exact comparison decides."""
    by_run: dict[str, list[str]] = defaultdict(list)
    for key, sample in samples.items():
        for run in sample:
            by_run[run].append(key)
    shared: Counter[tuple[str, str]] = Counter()
    for keys in by_run.values():
        if len(keys) > 1:
            shared.update(_pairs(keys))
    for (first, second), count in shared.items():
        if count >= least / 2 * min(len(samples[first]), len(samples[second])):
            yield first, second


def _pairs(keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    firsts = keys[:1] if len(keys) > _COMMON else keys
    for place, first in enumerate(firsts):
        for second in keys[place + 1 :]:
            yield first, second
