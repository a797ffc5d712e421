"""Near misses: the article whose standfirst comes closest to one that no article has to the letter."""

from __future__ import annotations

from collections import Counter, defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from anthology.relate.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anthology.model import Article

# Two standfirsts are close when they share so much of their words, or of their letters in order.
_SHARED_WORDS = 0.6
_SHARED_LETTERS = 0.85
# Where they share less of their words than this, their letters are not compared, which is slow.
_WORTH_LETTERS = 0.3

# The rarest words find the candidates; the best of these are compared.
_RAREST = 6
_COMPARED = 3


class Standfirsts:
    """Normalised standfirsts with the articles they belong to, found again by their rarer words."""

    def __init__(self, standfirsts: Iterable[tuple[str, Article]]) -> None:
        self._known = sorted(standfirsts, key=lambda pair: (pair[0], pair[1].id))
        self._words = [frozenset(words_of(standfirst)) for standfirst, _ in self._known]
        self._with_word: dict[str, list[int]] = defaultdict(list)
        self._found: dict[tuple[str, str, str], Article | None] = {}
        for at, words in enumerate(self._words):
            for word in words:
                self._with_word[word].append(at)

    def closest(self, standfirst: str, start: str, asking: str) -> Article | None:
        """Find the article with the closest standfirst, if it is close.

        Args:
            standfirst: what is looked for, normalised.
            start: the part of it that a list has left, where it is cut short.
            asking: the id of the article that refers; it does not mean itself.
        """
        key = (standfirst, start, asking)
        if key not in self._found:
            self._found[key] = self._closest(start or standfirst, bool(start), asking)
        return self._found[key]

    def _closest(self, wanted: str, is_cut: bool, asking: str) -> Article | None:
        words = frozenset(words_of(wanted))
        rare = sorted(words & self._with_word.keys(), key=lambda word: (len(self._with_word[word]), word))
        shared: Counter[int] = Counter()
        for word in rare[:_RAREST]:
            shared.update(self._with_word[word])
        best: tuple[float, int] = (0.0, -1)
        for at, _ in shared.most_common(_COMPARED):
            standfirst, article = self._known[at]
            if article.id == asking:
                continue
            if is_cut:
                standfirst = standfirst[: len(wanted)]
            theirs = frozenset(words_of(standfirst)) if is_cut else self._words[at]
            likeness = _likeness(wanted, words, standfirst, theirs)
            if likeness > best[0]:
                best = (likeness, at)
        return self._known[best[1]][1] if best[0] >= 1 else None


def _likeness(wanted: str, words: frozenset[str], standfirst: str, theirs: frozenset[str]) -> float:
    """Tell how much two standfirsts share, as a multiple of what makes them close."""
    in_words = len(words & theirs) / (len(words | theirs) or 1)
    if in_words < _WORTH_LETTERS:
        return 0.0
    in_letters = SequenceMatcher(None, wanted, standfirst, autojunk=False).ratio()
    return max(in_words / _SHARED_WORDS, in_letters / _SHARED_LETTERS)
