"""The running order: what stands where in the book, how long it is, and how it hangs together."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from anthology.people import Credited, Merge, credited, merges, merges_to_confirm, names_to_confirm
from anthology.people.contributors import Contributors
from anthology.plan.balance import balance
from anthology.plan.length import in_minutes, plain_text, reading_time
from anthology.problems import Problem, sorted_problems, without_ignored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from anthology.config import Config
    from anthology.model import Article, LinkedAnthology, RelatedEntry

_LINK = re.compile(r'href="anthology:([^"#]+)')


@dataclass(frozen=True, slots=True)
class Planned:
    """A piece in the running order.

    `related` is what its related reading prints, `referred_by` the ids of pieces whose related reading
    leads here, `linked_from` those whose text does. `start_pages` are printed folios by edition, known only
    after a build.
    """

    article: Article
    minutes: int
    language: str
    related: tuple[RelatedEntry, ...]
    referred_by: tuple[str, ...]
    linked_from: tuple[str, ...]
    start_pages: Mapping[str, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """A section in the running order; the sums are those of its articles, without the introduction.

    `pages` are its first and its last by edition, known only after a build.
    """

    title: str
    slug: str
    introduction: Planned | None
    articles: tuple[Planned, ...]
    words: int
    minutes: int
    pages: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunningOrder:
    """The book before it is made: pieces in order, people, and everything an editor should look at."""

    front: tuple[Planned, ...]
    sections: tuple[PlannedSection, ...]
    back: tuple[Planned, ...]
    people: tuple[Credited, ...]
    merges: tuple[Merge, ...]
    problems: tuple[Problem, ...]

    @property
    def articles(self) -> tuple[Planned, ...]:
        """Give the articles of all sections, in order."""
        return tuple(planned for section in self.sections for planned in section.articles)

    @property
    def pieces(self) -> tuple[Planned, ...]:
        """Give everything that was written as a file, in order."""
        sections = (
            (*([section.introduction] if section.introduction else []), *section.articles)
            for section in self.sections
        )
        return (*self.front, *chain.from_iterable(sections), *self.back)


def running_order(
    linked: LinkedAnthology,
    config: Config,
    problems: Iterable[Problem] = (),
    start_pages: Mapping[str, Mapping[str, str]] | None = None,
    section_pages: Mapping[str, Mapping[str, tuple[int, int]]] | None = None,
) -> RunningOrder:
    """Draw up the running order of a linked anthology.

    Args:
        linked: the anthology with its related reading.
        config: what `anthology.toml` says.
        problems: what earlier stages found; each piece gets those of its file, together with what is found here.
        start_pages: printed folios by edition and id, where they are known.
        section_pages: first and last pages of sections by edition and slug, likewise.
    """
    anthology = linked.anthology
    texts = {piece.id: plain_text(piece.body) for piece in anthology.pieces}
    times = {piece.id: reading_time(piece, texts[piece.id]) for piece in anthology.pieces}
    referred_by, linked_from = _referring(linked)
    people = credited(anthology.articles, config)
    proposals, asked = _names(people, config)
    pointed_to = set(referred_by) | set(linked_from)
    found = balance(linked, config, texts, times, pointed_to)
    told = without_ignored(sorted_problems((*problems, *found, *asked)), config.check.ignored)
    by_path: dict[str, list[Problem]] = defaultdict(list)
    for problem in told:
        if problem.origin:
            by_path[problem.origin.path].append(problem)

    def planned(piece: Article) -> Planned:
        return Planned(
            article=piece,
            minutes=in_minutes(times[piece.id]),
            language=piece.language or config.book.language,
            related=linked.related.by_article[piece.id].entries,
            referred_by=tuple(referred_by.get(piece.id, ())),
            linked_from=tuple(linked_from.get(piece.id, ())),
            start_pages={
                edition: pages[piece.id]
                for edition, pages in (start_pages or {}).items()
                if piece.id in pages
            },
            problems=tuple(by_path.get(piece.origin.path, ())),
        )

    return RunningOrder(
        front=tuple(planned(piece) for piece in anthology.front),
        sections=tuple(
            PlannedSection(
                title=section.title,
                slug=section.slug,
                introduction=planned(section.introduction) if section.introduction else None,
                articles=tuple(planned(article) for article in section.articles),
                words=sum(article.words for article in section.articles),
                minutes=in_minutes(sum(times[article.id] for article in section.articles)),
                pages={
                    edition: pages[section.slug]
                    for edition, pages in (section_pages or {}).items()
                    if section.slug in pages
                },
            )
            for section in anthology.sections
        ),
        back=tuple(planned(piece) for piece in anthology.back),
        people=people,
        merges=proposals,
        problems=told,
    )


def _referring(linked: LinkedAnthology) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Turn related reading and links in the text round: what leads to each piece, in the order of the book."""
    referred_by: dict[str, list[str]] = defaultdict(list)
    linked_from: dict[str, list[str]] = defaultdict(list)
    for piece in linked.anthology.pieces:
        for entry in linked.related.by_article[piece.id].entries:
            if entry.article:
                referred_by[entry.article].append(piece.id)
        for target in sorted(set(_LINK.findall(piece.body)) - {piece.id}):
            linked_from[target].append(piece.id)
    return referred_by, linked_from


def _names(people: tuple[Credited, ...], config: Config) -> tuple[tuple[Merge, ...], tuple[Problem, ...]]:
    """Find what is to be confirmed about the names; those with an entry of their own are told apart already."""
    labels = {person.name: person.label for person in people if person.label}
    contributors = Contributors.of(config)
    labels |= {contributors.known_as(name): label for name, label in contributors.labels.items()}
    proposals = merges(
        (*(person.name for person in people for _ in person.articles), *labels), distinct=labels.keys()
    )
    origins = {person.name: person.origin for person in people}
    return proposals, (*merges_to_confirm(proposals, labels, origins), *names_to_confirm(people))
