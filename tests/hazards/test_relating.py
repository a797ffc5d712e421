"""Hazards: related reading is found among articles of any length and likeness, within time and memory."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from making import make_anthology, make_article, make_config

from anthology.model import Article
from anthology.relate import propose, relate
from anthology.workers import Workers

# What a process that sets pages may have: a machine of two processes and 4 GB holds it.
MEGABYTES = 1500
# Relating 2,000 articles of a thousand words takes seconds; on a machine that has other things to do, a minute.
SECONDS = 240

WORDS = [f"word{number}" for number in range(3000)]


def ordinary(number: int) -> Article:
    """Make an article of a thousand words."""
    chance = random.Random(number)
    return make_article(f"piece-{number}", body=f"<p>{' '.join(chance.choices(WORDS, k=1000))}</p>")


def long_article(size: int) -> list[Article]:
    """Make one article of so many letters beside ordinary ones."""
    chance = random.Random(0)
    text = " ".join(chance.choices(WORDS, k=size // 8))
    return [make_article("long", body=f"<p>{text}</p>"), *map(ordinary, range(20))]


def equal_articles(count: int) -> list[Article]:
    """Make so many articles with the same words."""
    body = f"<p>{' '.join(WORDS[:300])}</p>"
    return [make_article(f"same-{number}", body=body, title="The same") for number in range(count)]


def long_word(letters: int) -> list[Article]:
    """Make an article of a single word of so many letters beside ordinary ones."""
    return [make_article("word", body=f"<p>{'w' * letters}</p>"), *map(ordinary, range(20))]


def related(make: Callable[[int], list[Article]], size: int) -> tuple[int, int]:
    """Relate the articles of a book, with what is suggested; count its pieces, and those that have an account."""
    anthology = make_anthology(*make(size))
    config = make_config("[related]\nsuggest = true\n")
    found, _ = relate(anthology, config)
    propose(anthology, config, {})
    return len(anthology.pieces), len(found.by_article)


@pytest.mark.parametrize(
    ("make", "some", "all_"),
    [(long_article, 200_000, 5_000_000), (equal_articles, 100, 2_000), (long_word, 50_000, 1_000_000)],
)
def test_relating_stays_within_limits(
    make: Callable[[int], list[Article]],
    some: int,
    all_: int,
    share: Callable[[int, int], int],
    tell: Callable[..., None],
) -> None:
    """A long article, one beside its doubles, and one word without end are related like any other."""
    with Workers(1, SECONDS, MEGABYTES) as workers:
        pieces, accounted = workers.submit(related, make, share(some, all_)).result()
    tell("related reading", pieces, accounted, "articles")
    assert accounted == pieces
