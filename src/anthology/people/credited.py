"""Everybody who is credited in a book, with what is known of them and what is to be confirmed."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.config.slugs import slug_of
from anthology.people.contributors import Contributors
from anthology.people.kinds import kind_of
from anthology.people.sorting import index_key, sort_name
from anthology.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anthology.config import Config
    from anthology.model import Article, Origin, Role
    from anthology.people.kinds import Kind

_TWO_PEOPLE = re.compile(r" (?:and|und|et|og|och|en|&|\+|with|mit) |[;/|]")


@dataclass(frozen=True, slots=True)
class Credited:
    """A person or organisation: the names they are credited by, what they did, and in which articles.

    `sort` and `kind` are what `[contributors]` says, else what the name says; `sort_certain` and
    `kind_certain` tell whether somebody should confirm them. `label` is the key in `[contributors]`, empty
    for those who have none. `origin` is where the name first stands.
    """

    name: str
    names: tuple[str, ...]
    label: str
    kind: Kind
    kind_certain: bool
    sort: str
    sort_certain: bool
    why: str
    roles: tuple[Role, ...]
    articles: tuple[str, ...]
    origin: Origin


def credited(articles: Iterable[Article], config: Config) -> tuple[Credited, ...]:
    """List everybody whom the articles credit, known by the name that `[contributors]` gives them, sorted."""
    labels = Contributors.of(config).labels
    found: dict[str, list[tuple[Article, str, Role]]] = defaultdict(list)
    for article in articles:
        for credit in article.credits:
            label = labels.get(credit.name)
            name = config.contributors[label].name if label else credit.name
            found[name].append((article, credit.name, credit.role))
    people = [_one(name, credits, labels.get(name, ""), config) for name, credits in found.items()]
    return tuple(sorted(people, key=lambda person: _key(person, config)))


def names_to_confirm(people: Iterable[Credited]) -> tuple[Problem, ...]:
    """Ask about the names that nobody has settled: kinds, sort names, and two people in one name."""
    return tuple(problem for person in people for problem in _questions(person))


def _one(name: str, credits: list[tuple[Article, str, Role]], label: str, config: Config) -> Credited:
    first = credits[0][0]
    entry = config.contributors[label] if label else None
    kind = kind_of(name)
    sort = sort_name(name, first.language or config.book.language)
    text, certain, why = sort.text, sort.certain, sort.why
    if entry and (entry.sort or entry.kind == "organisation"):
        text, certain, why = entry.sort or name, True, ""
    # An entry settles the kind, but one that forgets to say so of what is surely an organisation.
    forgotten = (
        kind.kind == "organisation" and kind.certain and entry and "kind" not in entry.model_fields_set
    )
    return Credited(
        name=name,
        names=tuple(dict.fromkeys(written for _, written, _ in credits)),
        label=label,
        kind=entry.kind if entry else kind.kind,
        kind_certain=not forgotten and (entry is not None or kind.certain),
        sort=text,
        sort_certain=certain,
        why=why or (kind.why if forgotten or not (entry or kind.certain) else ""),
        roles=tuple(dict.fromkeys(role for _, _, role in credits)),
        articles=tuple(dict.fromkeys(article.id for article, _, _ in credits)),
        origin=config.origin("contributors", label) if label else first.origin,
    )


def _key(person: Credited, config: Config) -> tuple[str, str]:
    known = person.label and person.sort_certain
    return (person.sort.casefold() if known else index_key(person.name, config.book.language), person.name)


def _questions(person: Credited) -> Iterable[Problem]:
    where = f"[contributors.{person.label or slug_of(person.name)}] in anthology.toml"
    if person.label == "" and person.kind == "person" and _TWO_PEOPLE.search(person.name):
        yield Problem(
            "N004",
            "warning",
            f'"{person.name}" may be the names of two people',
            person.origin,
            "if so, write them in a list: authors: [One Name, Another Name]",
        )
        return
    if not person.kind_certain:
        taken = "an organisation" if person.kind == "organisation" else "a person"
        reason = _sentence(person.why)
        yield Problem(
            "N003",
            "warning",
            f'is "{person.name}" a person or an organisation? {reason}; it is taken for {taken}',
            person.origin,
            f'write kind = "person" or "organisation" under {where}',
        )
    elif not person.sort_certain:
        why = f" {_sentence(person.why)}" if person.why else ""
        yield Problem(
            "N002",
            "warning",
            f'is "{person.name}" sorted as "{person.sort}"?{why}',
            person.origin,
            f'write sort = "{person.sort}", or what is right, under {where}',
        )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
