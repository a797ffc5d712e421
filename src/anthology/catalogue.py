"""Find an article by the names people give it: id, alias, path, original address or title."""

from __future__ import annotations

import posixpath
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anthology.model import Article

_QUOTES_AND_DASHES = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
    }
)


def normalised(text: str) -> str:
    """Reduce a text to what two captures of it share: letters, plain quotes and dashes, single spaces."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES_AND_DASHES)
    plain = "".join(
        " " if letter == "\xa0" else letter for letter in plain if letter not in "\xad\u200b\u200c\ufeff"
    )
    return " ".join(plain.casefold().split()).rstrip(" .…")


class Catalogue:
    """The articles of a book by every name they answer to."""

    def __init__(self, articles: Iterable[Article], language: str) -> None:
        self._articles = {article.id: article for article in articles}
        self._language = language
        self._by_path: dict[str, list[Article]] = defaultdict(list)
        self._by_alias: dict[str, list[Article]] = defaultdict(list)
        self._by_title: dict[str, list[Article]] = defaultdict(list)
        self._by_standfirst: dict[str, list[Article]] = defaultdict(list)
        for article in self._articles.values():
            self._by_path[article.origin.path].append(article)
            for alias in article.aliases:
                self._by_alias[alias.strip("/").casefold()].append(article)
            for title in {normalised(article.title), normalised(article.source.title)} - {""}:
                self._by_title[title].append(article)
            for standfirst in {normalised(article.standfirst), normalised(article.source.standfirst)} - {""}:
                self._by_standfirst[standfirst].append(article)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._articles

    def __getitem__(self, article_id: str) -> Article:
        return self._articles[article_id]

    def names(self) -> Iterator[str]:
        """Give every id, alias and title, to suggest a near one."""
        for article in self._articles.values():
            yield article.id
            yield from article.aliases
            yield article.title

    def by_path(self, address: str, origin: str) -> Article | None:
        """Find the article whose file `address` names: relative to `origin`, to `content/`, or to the project."""
        path = unquote(urlsplit(address).path)
        folder = posixpath.dirname(origin)
        stem = path.lstrip("/")
        candidates = [posixpath.join("content", stem), stem]
        if not path.startswith("/"):
            candidates.insert(0, posixpath.join(folder, path))
        for candidate in candidates:
            found = self._by_path.get(posixpath.normpath(candidate))
            if found:
                return found[0]
        return None

    def by_name(self, name: str, asking: Article) -> Article | None:
        """Find the article an editor means by `name`: an id, an alias, a path or a title, in this order.

        Where several share an alias or a title, one in the language of the asking article is preferred.
        """
        if name in self._articles:
            return self._articles[name]
        return (
            self._prefer(self._by_alias.get(name.strip("/").casefold(), []), asking)
            or self.by_path(name, asking.origin.path)
            or (None if name.endswith(".md") else self.by_path(name + ".md", asking.origin.path))
            or self._prefer(self._by_title.get(normalised(name), []), asking)
        )

    def by_standfirst(self, standfirst: str, asking: Article) -> tuple[Article, ...]:
        """Find the articles whose standfirst, as captured or as edited, is this one; nearest language first."""
        found = self._by_standfirst.get(normalised(standfirst), [])
        return tuple(
            sorted(found, key=lambda article: self._language_of(article) != self._language_of(asking))
        )

    def _prefer(self, found: list[Article], asking: Article) -> Article | None:
        """Prefer another article in the language of the asking one, then that one itself, then any."""

        def distance(article: Article) -> tuple[bool, bool]:
            return self._language_of(article) != self._language_of(asking), article.id == asking.id

        return min(found, key=distance, default=None)

    def _language_of(self, article: Article) -> str:
        return (article.language or self._language).split("-")[0].lower()
