"""The list of contributors: who had a hand in the book, who they are, and in which articles."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from anthology.indexes.collation import in_order

if TYPE_CHECKING:
    from anthology.model import Article, Role
    from anthology.views.entries import Entries, EntryView


@dataclass(frozen=True, slots=True)
class ContributorView:
    """A person or organisation and the articles they had a hand in; each says what they did if they did not write it."""

    name: str
    bio: str
    kind: str
    articles: tuple[EntryView, ...]


def contributor_views(entries: Entries) -> tuple[ContributorView, ...]:
    """Show everybody who is credited, sorted as an index sorts names, with their articles."""
    known = entries.contributors
    hands: dict[str, dict[str, tuple[Article, list[Role]]]] = defaultdict(dict)
    for article in entries.linked.anthology.articles:
        for credit in article.credits:
            roles = hands[known.known_as(credit.name)].setdefault(article.id, (article, []))[1]
            if credit.role not in roles:
                roles.append(credit.role)
    return tuple(
        ContributorView(
            name,
            known.bio(name),
            known.kind(name),
            tuple(_entry(article, roles, entries) for article, roles in hands[name].values()),
        )
        for name in in_order(hands, known.sort, entries.config.book.language)
    )


def _entry(article: Article, roles: list[Role], entries: Entries) -> EntryView:
    """Write a line that leads to an article, with what somebody did for it besides writing it."""
    labels = entries.labels
    note = labels.names([labels[f"as-{role}"] for role in roles]) if roles != ["author"] else ""
    return replace(entries.of_article(article), note=note)
