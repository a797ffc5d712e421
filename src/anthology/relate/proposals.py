"""Propose: similar articles that an article does not point to yet, as many as it has room for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from anthology.catalogue import Catalogue
from anthology.relate.similar import similar_articles

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from anthology.config import Config
    from anthology.model import Anthology
    from anthology.relate.resolve import Resolution
    from anthology.relate.similar import Similar


def propose(
    anthology: Anthology,
    config: Config,
    resolutions: Mapping[str, tuple[Resolution, ...]],
    refused: Mapping[str, Collection[str]] | None = None,
) -> dict[str, tuple[Similar, ...]]:
    """Propose similar articles for each article of the sections.

    None is proposed that the article points to already, or that points to it: readers find the way from there.
    Together with the articles of the book that an article points to, the proposals are no more than
    `[related] limit`. `refused` are ids that an editor does not want for an article.
    """
    language_of = Catalogue(anthology.articles, config.book.language).language_of
    unwanted: dict[str, set[str]] = defaultdict(set, {key: set(ids) for key, ids in (refused or {}).items()})
    room: dict[str, int] = {}
    for article_id, resolved in resolutions.items():
        related = {found.article.id for found in resolved if found.article}
        room[article_id] = max(config.related.limit - len(related), 0)
        unwanted[article_id] |= related
        for other in related:
            unwanted[other].add(article_id)
    return similar_articles(anthology.articles, language_of, room, unwanted)
