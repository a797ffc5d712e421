"""Sentences and paragraphs by chance, the same on every machine and every Python."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

from benchmarks import words

T = TypeVar("T")


class Chance:
    """A stream of choices that depends on its seed alone.

    Python promises the same figures everywhere for `random.random` and for nothing built upon it, so that
    all here is made of that.
    """

    def __init__(self, *seed: object) -> None:
        self._random = random.Random(" ".join(map(str, seed))).random

    def happens(self, probability: float) -> bool:
        """Tell whether something of this probability happens now."""
        return self._random() < probability

    def below(self, end: int) -> int:
        """Give a number from 0, below `end`."""
        return int(self._random() * end)

    def between(self, first: int, last: int) -> int:
        """Give a number from `first` to `last`, both included."""
        return first + self.below(last - first + 1)

    def pick(self, choices: Sequence[T]) -> T:
        """Give one of several."""
        return choices[self.below(len(choices))]

    def sample(self, choices: Sequence[T], count: int) -> list[T]:
        """Give several different ones, in the order in which they stand."""
        left = list(range(len(choices)))
        taken = [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]
        return [choices[at] for at in sorted(taken)]


def thing(chance: Chance) -> str:
    """Name a thing: "the sleepless watchman", "another oyster beside the canal"."""
    parts = [chance.pick(words.DETERMINERS)]
    if chance.happens(0.5):
        parts.append(chance.pick(words.ADJECTIVES))
    parts.append(chance.pick(words.NOUNS))
    if chance.happens(0.25):
        parts += [chance.pick(words.PREPOSITIONS), "the", chance.pick(words.NOUNS)]
    return " ".join(parts)


def deed(chance: Chance) -> str:
    """Tell what somebody did, without saying who: "patiently restored the staircase"."""
    adverb = f"{chance.pick(words.ADVERBS)} " if chance.happens(0.25) else ""
    return f"{adverb}{chance.pick(words.VERBS)} {thing(chance)}"


def clause(chance: Chance) -> str:
    """Tell who did what."""
    return f"{thing(chance)} {deed(chance)}"


def author(chance: Chance) -> str:
    """Name one of the writers."""
    return f"{chance.pick(words.GIVEN_NAMES)} {chance.pick(words.FAMILY_NAMES)}"


def author_of(number: int) -> str:
    """Name the writer of an article without writing it."""
    return author(Chance("author", number))


def sentence(chance: Chance) -> str:
    """Write a sentence of one or two clauses."""
    kind = chance.below(12)
    if kind < 4:
        text = clause(chance)
    elif kind == 4:
        text = f"{clause(chance)}, and {clause(chance)}"
    elif kind == 5:
        text = f"{clause(chance)}; {clause(chance)}"
    elif kind == 6:
        text = f"when {clause(chance)}, {clause(chance)}"
    elif kind == 7:
        text = f"{thing(chance)}, which {deed(chance)}, {deed(chance)}"
    elif kind == 8:
        text = f"in the {chance.pick(words.SEASONS)} of {chance.between(1741, 2019)} {clause(chance)}"
    elif kind == 9:
        text = f"nobody who {deed(chance)} {deed(chance)}"
    elif kind == 10:
        text = f"“{capitalised(clause(chance))},” {chance.pick(words.SPEECH)} {author(chance)}"
    else:
        text = f"of {chance.between(12, 980)} people who {deed(chance)}, few {deed(chance)}"
    return capitalised(text) + ("?" if kind < 4 and chance.happens(0.1) else ".")


def paragraph(chance: Chance) -> list[str]:
    """Write a paragraph of 75 to 105 words and the rest of a sentence; give its words."""
    length, text = chance.between(75, 105), list[str]()
    while len(text) < length:
        text += sentence(chance).split()
    return text


def capitalised(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]
