"""Similar articles: which ones say the same rare words, and which words these are.

Every article becomes the words that tell it best from the others in its language (tf-idf), and two articles
are as similar as the cosine between them. Stop words do not count: in a book of a dozen articles some of them are
rare. Nothing depends on the order of the articles.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.relate.words import is_fragment, stop_words, text_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from anthology.model import Article

# How many times a word counts for standing in the title, a tag or the standfirst; in the text it counts once.
TITLE, TAG, STANDFIRST = 4, 4, 2

# So many words stand for an article. Fewer lose relations that editors saw; more find no others.
_TELLING_WORDS = 120
# Where a word is in very many articles, those it tells most of are compared; a pair needs but one such word.
_CANDIDATE_WORDS = 16
_MOST_WITH_A_WORD = 60
# So many of those that share the most are then compared word by word.
_CANDIDATES = 30
# Below this cosine two articles have no more in common than any two.
_LEAST_LIKENESS = 0.08
# An article is not proposed where another is so many times as similar: better few that fit.
_LEAST_SHARE = 0.4
# Endings of the commonest languages in Latin letters, the longest first. They bring a little; a stemmer for
# each language would bring little more.
_ENDINGS = ("ments", "ment", "ings", "ing", "ers", "ies", "ied", "ed", "es", "er", "en", "em", "e", "s", "y")
# No more than this share of a book is similar to one article, though two may be: who names half the book
# tells a reader nothing.
_FAIR_SHARE, _FAIR_NUMBER = 0.25, 2
# So many of the words that two articles share are told as the reason.
_REASONS = 4
# A word that more than this share of the articles has is no reason while there are others.
_COMMON = 0.5


@dataclass(frozen=True, slots=True)
class Similar:
    """A similar article: its id, the cosine (0 to 1), and the words that made them similar, the weightiest first."""

    article: str
    likeness: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """An article as the weights of its telling words, together of length 1, by the alphabet; and the strongest of them."""

    id: str
    weights: dict[str, float]
    strongest: tuple[str, ...]


def similar_articles(
    articles: Iterable[Article],
    language_of: Callable[[Article], str],
    room: Mapping[str, int],
    unwanted: Mapping[str, Collection[str]],
) -> dict[str, tuple[Similar, ...]]:
    """Find for each article the others in its language that are most similar, the most similar first.

    Args:
        articles: all of the book.
        language_of: tells the primary language of an article.
        room: by id, how many are wanted for it at most; without a number, none.
        unwanted: by id, the ids of articles that are not wanted for it, however similar.
    """
    by_language: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_language[language_of(article)].append(article)
    found: dict[str, tuple[Similar, ...]] = {}
    for language, same in by_language.items():
        found |= _within_a_language(language, sorted(same, key=lambda article: article.id), room, unwanted)
    return found


def _within_a_language(
    language: str,
    articles: Sequence[Article],
    room: Mapping[str, int],
    unwanted: Mapping[str, Collection[str]],
) -> dict[str, tuple[Similar, ...]]:
    silent = stop_words(language)
    written = [_written(article, silent) for article in articles]
    forms: Counter[str] = Counter()
    for words in written:
        forms.update(words)
    fold = {form: folded(form) for form in forms}
    counts = [_folded_together(words, fold) for words in written]
    spread: Counter[str] = Counter()
    for counted in counts:
        spread.update(counted.keys())
    rarity = {word: math.log((len(articles) + 1) / number) for word, number in spread.items() if number > 1}
    told = [_told(article.id, counted, rarity) for article, counted in zip(articles, counts, strict=True)]
    # A folded word is shown in the form that is written most.
    shown = {fold[form]: form for form in sorted(forms, key=lambda form: (forms[form], form))}
    most = len(articles) * _COMMON
    common = frozenset(word for word, number in spread.items() if number > most or is_fragment(word))
    fair = max(_FAIR_NUMBER, math.ceil((len(articles) - 1) * _FAIR_SHARE))
    similar: dict[str, tuple[Similar, ...]] = {}
    for one, near in zip(told, _nearest(told), strict=True):
        not_for_it = unwanted.get(one.id, ())
        wanted = [pair for pair in near[:fair] if told[pair[0]].id not in not_for_it]
        similar[one.id] = tuple(
            Similar(told[at].id, round(likeness, 4), _reasons(one, told[at], shown, common))
            for at, likeness in wanted[: room.get(one.id, 0)]
        )
    return similar


def _written(article: Article, silent: Collection[str]) -> Counter[str]:
    """Count the words of an article as they are written, without those that are `silent`."""
    written = Counter(words_of(text_of(article.body)))
    weighed = [
        (article.title, TITLE),
        (article.standfirst, STANDFIRST),
        *((tag, TAG) for tag in article.tags),
    ]
    for text, times in weighed:
        for word in words_of(text):
            written[word] += times
    for word in written.keys() & silent:
        del written[word]
    return written


def _folded_together(written: Mapping[str, int], fold: Mapping[str, str]) -> dict[str, int]:
    counted: dict[str, int] = defaultdict(int)
    for form, number in written.items():
        counted[fold[form]] += number
    return counted


def _told(article_id: str, counted: Mapping[str, int], rarity: Mapping[str, float]) -> _Told:
    weighed = ((number * rarity[word], word) for word, number in counted.items() if word in rarity)
    telling = sorted(weighed, key=lambda pair: (-pair[0], pair[1]))[:_TELLING_WORDS]
    length = math.sqrt(math.fsum(weight * weight for weight, _ in telling)) or 1.0
    strongest = tuple(word for _, word in telling[:_CANDIDATE_WORDS])
    by_word = sorted((word, weight / length) for weight, word in telling)
    return _Told(article_id, dict(by_word), strongest)


def _nearest(told: Sequence[_Told]) -> list[list[tuple[int, float]]]:
    """Give for each article the places and cosines of those similar to it, the nearest first."""
    near: list[list[tuple[int, float]]] = [[] for _ in told]
    for here, there in _candidates(told):
        likeness = _cosine(told[here], told[there])
        near[here].append((there, likeness))
        near[there].append((here, likeness))
    kept = []
    for found in near:
        least = max(_LEAST_LIKENESS, _LEAST_SHARE * max((likeness for _, likeness in found), default=0.0))
        fit = [pair for pair in found if pair[1] >= least]
        kept.append(sorted(fit, key=lambda pair: (-pair[1], pair[0])))
    return kept


def _cosine(one: _Told, other: _Told) -> float:
    """Multiply two articles; the words come in one order for all, so that a pair has one sum whichever asks."""
    theirs = other.weights
    return sum([weight * theirs[word] for word, weight in one.weights.items() if word in theirs])


def _candidates(told: Sequence[_Told]) -> Iterable[tuple[int, int]]:
    """Give the pairs of places worth comparing word by word, each once: those that share their strongest words.

    Up to `_CANDIDATES` articles these are all that share any; every pair of a large book would take minutes.
    """
    with_word: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for at, one in enumerate(told):
        for word, weight in one.weights.items():
            with_word[word].append((-weight, at))
    strongest = {word: sorted(held)[:_MOST_WITH_A_WORD] for word, held in with_word.items()}
    pairs: set[tuple[int, int]] = set()
    for here, one in enumerate(told):
        # Equals stay in the order in which they came, which the words and weights alone decide.
        shared: dict[int, float] = defaultdict(float)
        for word in one.strongest if len(told) > _CANDIDATES else one.weights:
            mine = one.weights[word]
            for negative, at in strongest[word]:
                shared[at] -= mine * negative
        shared.pop(here, None)
        ranked = sorted(shared, key=shared.__getitem__, reverse=True)[:_CANDIDATES]
        pairs.update((min(here, at), max(here, at)) for at in ranked)
    return sorted(pairs)


def _reasons(one: _Told, other: _Told, shown: Mapping[str, str], common: Collection[str]) -> tuple[str, ...]:
    """Give the shared words that weigh most; those that most articles have, and fragments of words, come last."""
    theirs = other.weights
    shared = [(word, weight * theirs[word]) for word, weight in one.weights.items() if word in theirs]
    shared.sort(key=lambda pair: (pair[0] in common, -pair[1], pair[0]))
    return tuple(shown[word] for word, _ in shared[:_REASONS])


def folded(word: str) -> str:
    """Fold the forms of a word together by taking its endings away, while four letters are left to tell it by."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return folded(word[: -len(ending)])
    return word
