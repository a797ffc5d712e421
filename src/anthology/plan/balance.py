"""Balance: what an editor would see if the articles lay on the floor, one sheet each."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from anthology.model import Origin
from anthology.people import kind_of
from anthology.people.contributors import Contributors
from anthology.plan.doubles import doubles
from anthology.plan.length import in_minutes
from anthology.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from anthology.config import Config
    from anthology.model import Anthology, Article, LinkedAnthology, Section

# A section is lopsided when it takes more than so many times as long to read as the one in the middle,
# or that one takes more than so many times as long as it.
_LOPSIDED = 3
# Of two sections, neither is the odd one.
_FEWEST_SECTIONS = 3


def balance(
    linked: LinkedAnthology,
    config: Config,
    texts: Mapping[str, str],
    times: Mapping[str, float],
    pointed_to: Collection[str],
) -> tuple[Problem, ...]:
    """Look for what is out of balance; everything found is a warning.

    Args:
        linked: the anthology with its related reading.
        config: what `anthology.toml` says.
        texts: the plain text of each piece, by id.
        times: the time each piece takes to read, in minutes, by id.
        pointed_to: the ids of the pieces to which related reading or a link leads.
    """
    anthology = linked.anthology
    problems = [*_same_author_running(anthology, config), *_lopsided(anthology, config, times)]
    if config.related.limit:
        problems += _without_threads(linked, pointed_to)
    return (*problems, *_doubled(anthology, texts))


def _same_author_running(anthology: Anthology, config: Config) -> Iterator[Problem]:
    """Look for an author twice running in a section, unless nobody else writes in it.

    A section's opener is a pause, and an organisation has no voice of its own: neither counts.
    """
    for section in anthology.sections:
        authors = [_authors(article, config) for article in section.articles]
        if len(set().union(*authors)) < 2:
            continue
        for number in range(1, len(authors)):
            before, article = section.articles[number - 1], section.articles[number]
            for name in sorted(authors[number - 1] & authors[number]):
                yield Problem(
                    "G001",
                    "warning",
                    f'"{article.title}" follows "{before.title}", and both are by {name}',
                    article.origin,
                    "put a piece by somebody else between them",
                    "{count} articles follow one by the same author",
                )


def _authors(article: Article, config: Config) -> frozenset[str]:
    contributors = Contributors.of(config)
    names = set()
    for credit in article.credits:
        known = credit.name in contributors.entries
        kind = contributors.kind(credit.name) if known else kind_of(credit.name).kind
        if credit.role == "author" and kind == "person":
            names.add(contributors.known_as(credit.name))
    return frozenset(names)


def _lopsided(anthology: Anthology, config: Config, times: Mapping[str, float]) -> Iterator[Problem]:
    lengths = {
        section.slug: sum(times[article.id] for article in section.articles) for section in anthology.sections
    }
    middle = median(lengths.values()) if lengths else 0
    if len(lengths) < _FEWEST_SECTIONS or not middle:
        return
    for section in anthology.sections:
        length = lengths[section.slug]
        name = section.title or "The untitled section"
        if length > _LOPSIDED * middle:
            what, hint = "longer", "move articles elsewhere, or divide the section"
        elif _LOPSIDED * length < middle:
            what, hint = "shorter", "add articles, or join the section to another"
        else:
            continue
        if in_minutes(length) == in_minutes(middle):
            continue
        yield Problem(
            "G002",
            "warning",
            f"{name} is much {what} than the other sections: {_minutes(length)} of reading, "
            f"where the one in the middle has {_minutes(middle)}",
            _origin(section, config),
            hint,
        )


def _minutes(time: float) -> str:
    count = in_minutes(time)
    return "1 minute" if count == 1 else f"{count} minutes"


def _origin(section: Section, config: Config) -> Origin:
    for number, entry in enumerate(config.sections):
        if entry.slug == section.slug:
            return config.origin("sections", number)
    return Origin(f"content/{section.articles[0].folder}".rstrip("/"))


def _without_threads(linked: LinkedAnthology, pointed_to: Collection[str]) -> Iterator[Problem]:
    for article in linked.anthology.articles:
        if article.id not in pointed_to:
            yield Problem(
                "G003",
                "warning",
                "nothing in the book points to this article",
                article.origin,
                f'name "{article.id}" under `related` in an article that leads to it',
                "nothing in the book points to {count} articles",
            )
        if not linked.related.by_article[article.id].entries:
            yield Problem(
                "G004",
                "warning",
                "the article has no related reading",
                article.origin,
                "name what to read next under `related`; `anthology relate` makes proposals",
                "{count} articles have no related reading; `anthology relate` makes proposals",
            )


def _doubled(anthology: Anthology, texts: Mapping[str, str]) -> Iterator[Problem]:
    articles = {article.id: article for article in anthology.articles}
    told = set()
    for double in doubles({article_id: texts[article_id] for article_id in articles}):
        # A third capture is told with the first one only.
        if double.second in told:
            continue
        told.add(double.second)
        first, second = articles[double.first], articles[double.second]
        # Rounded down: only what is the same in every run is "all".
        part = "all" if double.shared == 1 else f"{int(double.shared * 100)} %"
        yield Problem(
            "G005",
            "warning",
            f'"{second.title}" and "{first.title}" ({first.origin.path}) are doubles: '
            f"{part} of the shorter text stands in the other",
            second.origin,
            "keep the better capture, and give it the id of the other as one of its `aliases`",
        )
