"""Find an article by the names people give it: id, alias, path, original address, title or standfirst."""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from anthology.article_files import SUFFIXES
from anthology.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anthology.model import Article

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′‹›`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        # Soft hyphens, zero-width characters and marks of direction say nothing about the text.
        **dict.fromkeys("\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
    }
)
_DASH = re.compile(r"\s*-[-\s]*")
_CUT_SHORT = re.compile(r"\s*[\[(]?\s*(?:…|\.\s?\.\s?\.)\s*[\])]?\s*$")

# A beginning shorter than this, in characters, could be that of many articles.
_LEAST_BEGINNING = 12

# What is added to addresses to follow readers about.
_TRACKING = re.compile(
    r"utm_.*|(?:fb|g|dc|ms|yc|tw|ttc|wbra|gbra)(?:clid|lid|id)|gclsrc|mc_[ce]id|igsh(?:id)?|mkt_tok|"
    r"_g[al]|_hs(?:enc|mi)|ref_(?:src|url)|cmpid|s_cid|at_(?:medium|campaign)|smid|ncid|vero_id|oly_\w+_id",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index\.(?:html?|php))?$", re.IGNORECASE)
_WEB = re.compile(r"(?:https?:)?//\S", re.IGNORECASE)

# Up to here, every name is compared with a misspelt one; above, only those that share its rarest pairs of letters.
_FEW_NAMES = 100
_RAREST_PAIRS = 6


def normalised(text: str) -> str:
    """Reduce a text to what two captures of it share: letters, plain quotes and dashes, single spaces."""
    plain = unicodedata.normalize("NFKC", html.unescape(text).translate(_ALIKE)).translate(_ALIKE)
    return _DASH.sub("-", " ".join(plain.casefold().split())).rstrip(" .…")


def beginning(text: str) -> str:
    """Give the normalised text before the ellipsis that cuts it short; empty where nothing does, or hardly any is left."""
    cut = _CUT_SHORT.search(text)
    kept = normalised(text[: cut.start()]).rstrip(" ,;:-") if cut else ""
    return kept if len(kept) >= _LEAST_BEGINNING else ""


_TITLED = re.compile(r"\[(?P<title>.+)\]\((?P<address>\S+)\)")


def titled_address(name: str) -> tuple[str, str]:
    """Take a name of the form `[title](address)` apart; of any other, title and address are the name itself."""
    found = _TITLED.fullmatch(name.strip())
    return (found["title"], found["address"]) if found else (name, name)


def is_web_address(name: str) -> bool:
    """Tell whether a name is an address of the web: `https://…`, or `//…` without the scheme."""
    return bool(_WEB.match(name))


def normalised_address(address: str) -> str:
    """Reduce an address of the web to what names the page.

    Scheme, `www.`, fragment, trailing slash, `index.html`, the order of the parameters and those that only
    follow readers about are left out. Empty where it is no such address (RFC 3986, section 6.2).
    """
    if not is_web_address(address):
        return ""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    asked = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    )
    place = host.removeprefix("www.") + (f":{port}" if port not in (None, 80, 443) else "")
    path = _INDEX.sub("", unicodedata.normalize("NFC", unquote(parts.path)))
    return place + path.rstrip("/") + (f"?{urlencode(asked)}" if asked else "")


# What the name of a page may end in, and what the name of a post's file may begin with.
_PAGES = frozenset({*SUFFIXES, ".mdx", ".html", ".htm"})
_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-")


class Catalogue:
    """The articles of a book by every name they answer to."""

    def __init__(self, articles: Iterable[Article], language: str) -> None:
        self._articles = {article.id: article for article in articles}
        self._language = language
        self._by_path: dict[str, list[Article]] = defaultdict(list)
        self._by_alias: dict[str, list[Article]] = defaultdict(list)
        self._by_title: dict[str, list[Article]] = defaultdict(list)
        self._by_address: dict[str, list[Article]] = defaultdict(list)
        self._by_standfirst: dict[str, list[Article]] = defaultdict(list)
        self._suggestions: dict[str, str] = {}
        for article in self._articles.values():
            self._by_path[article.origin.path].append(article)
            for alias in article.aliases:
                self._by_alias[alias.strip("/").casefold()].append(article)
            for title in {normalised(article.title), normalised(article.source.title)} - {""}:
                self._by_title[title].append(article)
            address = normalised_address(article.source.url)
            if address:
                self._by_address[address].append(article)
        # What was captured comes before what an editor has made of it since.
        for article in self._articles.values():
            self._add_standfirst(article.source.standfirst, article)
        for article in self._articles.values():
            self._add_standfirst(article.standfirst, article)

    def _add_standfirst(self, standfirst: str, article: Article) -> None:
        known = self._by_standfirst[normalised(standfirst)] if normalised(standfirst) else []
        if article not in known:
            known.append(article)

    def __getitem__(self, article_id: str) -> Article:
        return self._articles[article_id]

    def names(self) -> Iterator[str]:
        """Give every id, alias and title, to suggest a near one."""
        for article in self._articles.values():
            yield article.id
            yield from article.aliases
            yield article.title

    def standfirsts(self) -> Iterator[tuple[str, Article]]:
        """Give every normalised standfirst, captured or edited, with each article it belongs to."""
        for standfirst, articles in self._by_standfirst.items():
            for article in articles:
                yield standfirst, article

    def suggestion(self, name: str) -> str:
        """Write the hint that suggests the name closest to one that nothing answers to; empty where none is close."""
        if name not in self._suggestions:
            self._suggestions[name] = did_you_mean(name, self._near(name))
        return self._suggestions[name]

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

    def by_address(self, address: str, asking: Article) -> Article | None:
        """Find the article that was first published at this address of the web."""
        return self._prefer(self._by_address.get(normalised_address(address), []), asking)

    def by_name(self, name: str, asking: Article) -> Article | None:
        """Find the article an editor means by `name`: an id, an alias, a path or a title, in this order.

        An address of the web means the article first published there. Where several share an alias or a
        title, one in the language of the asking article is preferred.
        """
        if name in self._articles:
            return self._articles[name]
        if is_web_address(name):
            return self.by_address(name, asking)
        return (
            self._prefer(self._by_alias.get(name.strip("/").casefold(), []), asking)
            or self._by_path_if_any(name, asking)
            or self._prefer(self._by_title.get(normalised(name), []), asking)
        )

    def by_page(self, path: str, asking: Article) -> Article | None:
        """Find the article that a site shows at `path`: `/blog/2020/owls/`, `../owls.html`, `/birds/owls.md`.

        Only its last name counts, and only ids and aliases: where else a site keeps its pages is its own affair.
        """
        parts = [part for part in path.split("/") if part not in ("", ".", "..")]
        stem, suffix = posixpath.splitext(parts[-1]) if parts else ("", "")
        is_page = suffix.lower() in _PAGES
        if not is_page and (suffix or not path.startswith(("/", "../"))):
            return None
        if stem.lower() in ("index", "_index") and len(parts) > 1:
            stem = parts[-2]
        for name in (stem, _DATED.sub("", stem)):
            named = self._articles.get(name) or self._prefer(self._by_alias.get(name.casefold(), []), asking)
            if named:
                return named
        return None

    def by_standfirst(self, standfirst: str, asking: Article) -> tuple[Article, ...]:
        """Find the articles whose standfirst, as captured or as edited, is this one.

        The language of the asking article comes first, the asking article itself last.
        """
        return self._nearest_first(self._by_standfirst.get(normalised(standfirst), []), asking)

    def by_beginning(self, standfirst: str, asking: Article) -> tuple[Article, ...]:
        """Find the articles whose standfirst begins as one that a list has cut short with an ellipsis."""
        start = beginning(standfirst)
        if not start:
            return ()
        found: dict[str, Article] = {}
        for known in self._sorted_standfirsts[bisect_left(self._sorted_standfirsts, start) :]:
            if not known.startswith(start):
                break
            found |= {article.id: article for article in self._by_standfirst[known]}
        return self._nearest_first(found.values(), asking)

    def by_title(self, title: str, asking: Article) -> Article | None:
        """Find the article with this title, as captured or as edited."""
        return self._prefer(self._by_title.get(normalised(title), []), asking)

    def language_of(self, article: Article) -> str:
        """Tell the primary language of an article, which is the book's where it names none."""
        return (article.language or self._language).split("-")[0].lower()

    def _by_path_if_any(self, name: str, asking: Article) -> Article | None:
        try:
            written = (name, *(name + suffix for suffix in SUFFIXES if not name.endswith(SUFFIXES)))
            return next(filter(None, (self.by_path(path, asking.origin.path) for path in written)), None)
        except ValueError:
            return None

    def _nearest_first(self, found: Iterable[Article], asking: Article) -> tuple[Article, ...]:
        """Sort others in the language of the asking one first, then that one itself, then the rest."""

        def distance(article: Article) -> tuple[bool, bool]:
            return self.language_of(article) != self.language_of(asking), article.id == asking.id

        return tuple(sorted(found, key=distance))

    def _prefer(self, found: list[Article], asking: Article) -> Article | None:
        return next(iter(self._nearest_first(found, asking)), None)

    def _near(self, name: str) -> list[str]:
        """Give the names worth comparing with a misspelt one letter by letter, which is slow."""
        if len(self._names) <= _FEW_NAMES:
            return self._names
        rarest = sorted(_pairs(name), key=lambda pair: (len(self._names_by_pair.get(pair, ())), pair))
        shared: Counter[int] = Counter()
        for pair in rarest[:_RAREST_PAIRS]:
            shared.update(self._names_by_pair.get(pair, ()))
        # Most pairs in common, and of these the names of the same length: a long title has some of everything.
        ranked = sorted(shared, key=lambda at: (-shared[at], abs(len(self._names[at]) - len(name)), at))
        return [self._names[at] for at in ranked[:20]]

    @cached_property
    def _names(self) -> list[str]:
        return list(dict.fromkeys(self.names()))

    @cached_property
    def _names_by_pair(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for at, name in enumerate(self._names):
            for pair in _pairs(name):
                found[pair].append(at)
        return found

    @cached_property
    def _sorted_standfirsts(self) -> list[str]:
        return sorted(self._by_standfirst)


def _pairs(name: str) -> set[str]:
    """Give every two letters that stand side by side, with the beginning and the end of the name."""
    padded = f" {name.casefold()} "
    return {padded[at : at + 2] for at in range(len(padded) - 1)}
