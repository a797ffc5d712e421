"""What a web page declares of itself in its head: JSON-LD, OpenGraph, Dublin Core and other `<meta>` names."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# schema.org/Article and its kinds, as magazines use them.
_ARTICLES = re.compile(
    r"(?:.*article|.*posting|.*report|blogpost|review|.*review|opinion.*|.*newsarticle|howto|recipe|interview|"
    r"socialmediaposting|techarticle|analysis.*)",
    re.IGNORECASE,
)
_PAGES = frozenset({"webpage", "itempage", "aboutpage", "creativework", "medicalwebpage"})

# JSON-LD nested deeper than this is not about an article.
_DEEPEST = 12
_JUNK = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$", re.DOTALL
)
_CONTROLS = re.compile(r"[\x00-\x1f]+")
# What editors put into a headline's field; any other tag is what the headline speaks of.
_INLINE_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|span|sup|sub|br|p|a|small|cite|q|wbr|font)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_LOOSE_COMMA = re.compile(r",(\s*[}\]])")


@dataclass(frozen=True, slots=True)
class Declarations:
    """What a page says of itself.

    `article` is the JSON-LD object of its article (empty where there is none), `objects` are all JSON-LD
    objects by `@id`, `listed` all of them in order; `meta` gives the contents of `<meta>` by name, in small letters.
    """

    article: dict[str, Any] = field(default_factory=dict)
    page: dict[str, Any] = field(default_factory=dict)
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    listed: tuple[dict[str, Any], ...] = ()
    meta: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """Give the first content that the page has for one of these `<meta>` names; empty without one."""
        return next((content for name in names for content in self.meta.get(name, ())), "")

    def all(self, *names: str) -> tuple[str, ...]:
        """Give all contents of the first of these `<meta>` names that the page has."""
        return next((self.meta[name] for name in names if self.meta.get(name)), ())

    def resolved(self, value: Any) -> Any:
        """Give the object that a JSON-LD reference (`{"@id": …}` alone) stands for."""
        if isinstance(value, dict) and set(value) <= {"@id", "@type"} and isinstance(value.get("@id"), str):
            return self.objects.get(value["@id"], value)
        return value


def declarations_of(root: HtmlElement) -> Declarations:
    """Read what a page declares in its head, in one go."""
    listed = tuple(thing for written in _scripts(root) for thing in _objects(_json(written)))
    by_id = {thing["@id"]: thing for thing in listed if isinstance(thing.get("@id"), str) and len(thing) > 2}
    return Declarations(_article(listed), _page(listed), by_id, listed, _meta(root))


def types_of(thing: dict[str, Any]) -> tuple[str, ...]:
    """Give the types of a JSON-LD object, without their namespace."""
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return tuple(kind.rpartition("/")[2].rpartition(":")[2] for kind in kinds if isinstance(kind, str))


def plain(value: Any) -> str:
    """Give a declared value as plain text: entities resolved (also twice written), tags of emphasis and white space gone."""
    if isinstance(value, dict):
        value = value.get("@value", value.get("name", ""))
    if isinstance(value, list):
        value = next((item for item in value if plain(item)), "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = html.unescape(html.unescape(str(value)))
    text = _INLINE_TAG.sub("", text)
    return " ".join(text.replace("\xad", "").replace("\u200b", "").split())


def _scripts(root: HtmlElement) -> Iterator[str]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield script.text


def _json(written: str) -> Any:
    """Read JSON as pages write it: in comments, with line ends in strings, with a comma too many."""
    text = _JUNK.sub("", _JUNK.sub("", written)).strip().rstrip(";")
    for attempt in (
        text,
        _CONTROLS.sub(" ", text),
        _LOOSE_COMMA.sub(r"\1", _CONTROLS.sub(" ", text)),
        html.unescape(text),
    ):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Walk over the objects of a JSON-LD document, the outer before the inner."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in (
            "@graph",
            "mainEntity",
            "mainEntityOfPage",
            "itemListElement",
            "author",
            "publisher",
            "hasPart",
        ):
            if key in value and isinstance(value[key], dict | list):
                yield from _objects(value[key], depth + 1)


def _article(listed: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    """Find the object that describes the article: the first of its kind that has a headline, else a name."""
    of_kind = [thing for thing in listed if any(_ARTICLES.fullmatch(kind) for kind in types_of(thing))]
    for key in ("headline", "name", "author", "datePublished"):
        for thing in of_kind:
            if thing.get(key):
                return thing
    return {}


def _page(listed: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    return next((thing for thing in listed if {kind.lower() for kind in types_of(thing)} & _PAGES), {})


def _meta(root: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = plain(element.get("content") or element.get("value") or "")
        if not content:
            continue
        for key in ("property", "name", "itemprop", "http-equiv"):
            # One tag may have several names: property="og:title twitter:title".
            for name in (element.get(key) or "").lower().split():
                label = (
                    f"itemprop:{name}"
                    if key == "itemprop"
                    else name.replace("dcterms.", "dcterms:").replace("dc.", "dc:")
                )
                found.setdefault(label, []).append(content)
    return {name: tuple(dict.fromkeys(contents)) for name, contents in found.items()}
