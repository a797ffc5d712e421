"""The index of authors: everybody who wrote, by the name that sorts them, with what they wrote."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from anthology.indexes.collation import in_order, letter_of
from anthology.indexes.model import Author
from anthology.model import Target
from anthology.people.contributors import Contributors

if TYPE_CHECKING:
    from anthology.config import Config
    from anthology.model import Anthology


def author_index(anthology: Anthology, config: Config) -> tuple[Author, ...]:
    """List the authors of all articles, sorted by the language of the book, each once whatever their bylines say."""
    if not config.index.authors:
        return ()
    contributors = Contributors.of(config)
    articles: dict[str, list[Target]] = defaultdict(list)
    for article in anthology.articles:
        names = [contributors.known_as(one.name) for one in article.credits if one.role == "author"]
        for name in dict.fromkeys(names):
            articles[name].append(Target(article.id))
    language = config.book.language
    return tuple(
        Author(
            contributors.inverted(name), tuple(articles[name]), letter_of(contributors.sort(name), language)
        )
        for name in in_order(articles, contributors.sort, language)
    )
