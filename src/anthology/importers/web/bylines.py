"""Who wrote a web page's article: what the page declares, then what its byline says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anthology.importers.web.declarations import plain, types_of
from anthology.importers.web.names import is_personal, names_in
from anthology.importers.web.tree import names_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from anthology.importers.web.declarations import Declarations

_META = (
    ("dc:creator", "dcterms:creator", "dc:creator.author"),
    (
        "author",
        "authors",
        "byl",
        "byline",
        "article:author_name",
        "og:article:author_name",
        "citation_author",
    ),
    (
        "parsely-author",
        "sailthru.author",
        "cxenseparse:author",
        "rbauthors",
        "article.author",
        "shareaholic:article_author_name",
    ),
    ("article:author", "og:article:author", "og:author", "itemprop:author", "book:author"),
    ("twitter:data1",),
)
_BYLINE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:by[-_]?lines?|authors?(?:[-_]?(?:names?|link|info|meta|title|byline|box))?|p-author|writtenby|written-by|"
    r"dateline|post[-_]author|entry[-_]author|article[-_]{1,2}author|contributors?|vcard|fn|creator|writer|autor|auteur)(?:$|[\s_-])"
)
_NAME_ALONE = re.compile(r"(?:^|[\s_-])(?:fn|author[-_]?name|byline[-_]?name|p-name)(?:$|[\s_-])")
_NOT_THE_AUTHORS = re.compile(
    r"comment|related|recirc|sidebar|widget|avatar|share|social|promo|teaser|footer|response|photo|credit|bio\b|image"
)
_SAYS_BY = re.compile(
    r"^\s*(?:(?:written|posted|published|story|words|text|reported|report)\s+)?(?:by|von|par|por)\b:?\s+(?=\S)",
    re.IGNORECASE,
)
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Author:
    """A name and whether the page says that it is an organisation's."""

    name: str
    is_organisation: bool = False


@dataclass(frozen=True, slots=True)
class Byline:
    """The authors of an article and the byline as the page has it."""

    authors: tuple[Author, ...] = ()
    written: str = ""


def byline_of(root: HtmlElement, declared: Declarations, site: str) -> Byline:
    """Find who wrote the article.

    Arguments: the page, what it declares, and its site's name. An author that is only the site's own name gives
    way to a person whom the page names in a less certain place.
    """
    second_best = Byline()
    for found in _candidates(root, declared):
        if not found.authors:
            continue
        if all(_same(author.name) in (_same(site), "") for author in found.authors):
            second_best = second_best if second_best.authors else found
            continue
        return found
    return second_best


def _candidates(root: HtmlElement, declared: Declarations) -> Iterator[Byline]:
    for key in ("author", "creator"):
        for thing in (declared.article, declared.page):
            yield _of_objects(thing.get(key), declared)
    for names in _META:
        for name in names:
            values = declared.meta.get(name, ())
            if name == "twitter:data1" and "written by" not in declared.first("twitter:label1").lower():
                continue
            yield _of_texts(value for value in values if not re.match(r"(?:https?:)?//", value))
    yield from _visible(root)
    for thing in declared.listed:
        # A page's own authors stand beside the article, or not at all.
        if (
            "Person" in types_of(thing)
            and isinstance(thing.get("@id"), str)
            and "person" in thing["@id"].lower()
        ):
            yield _of_texts([plain(thing.get("name"))])


def _of_objects(value: Any, declared: Declarations) -> Byline:
    """Read JSON-LD authors: an object, a string, or a list of both."""
    authors: list[Author] = []
    for written in value if isinstance(value, list) else [value]:
        item = declared.resolved(written)
        if isinstance(item, dict):
            is_organisation = any(kind.lower().endswith("organization") for kind in types_of(item))
            names = item.get("name")
            for name in names if isinstance(names, list) else [names]:
                authors += (
                    Author(each, is_organisation)
                    for each in names_in(plain(name), is_organisation=is_organisation)
                )
        elif isinstance(item, str):
            authors += (Author(each) for each in names_in(plain(item)))
    unique = tuple(dict.fromkeys(authors))
    return Byline(unique, ", ".join(author.name for author in unique))


def _of_texts(texts: Iterable[str]) -> Byline:
    written = [text for text in texts if text]
    names = dict.fromkeys(name for text in written for name in names_in(text))
    return Byline(tuple(Author(name) for name in names), ", ".join(written) if names else "")


def _visible(root: HtmlElement) -> Iterator[Byline]:
    """Look where pages print their authors: microdata, `rel="author"`, classes of the trade, a line that says "By"."""
    body = root.find("body")
    if body is None:
        return
    elements = [element for element in body.iter() if isinstance(element.tag, str)]
    marked = [
        element
        for element in elements
        if "author" in (element.get("itemprop") or "").split() and not _is_aside(element)
    ]
    if marked:
        outer = _outermost(marked)
        inner = [_named_within(element) for element in outer]
        yield _of_texts(inner)
    related = [
        element
        for element in elements
        if "author" in (element.get("rel") or "").split() and element.tag == "a" and not _is_aside(element)
    ]
    yield _of_texts(text_of(element) for element in _near_top(related, elements))
    for element in elements:
        if _BYLINE_NAMES.search(names_of(element)) and not _is_aside(element):
            text = _lines_of(element)
            if 2 < len(text) <= _LONGEST:
                inner_name = next(
                    (
                        text_of(each)
                        for each in element.iterdescendants()
                        if isinstance(each.tag, str) and _NAME_ALONE.search(names_of(each))
                    ),
                    "",
                )
                yield _of_texts([inner_name or text])
    for element in elements:
        if element.tag in (
            "p",
            "div",
            "span",
            "address",
            "h2",
            "h3",
            "h4",
            "h5",
            "li",
            "em",
            "strong",
            "small",
            "cite",
            "font",
            "b",
            "i",
            "td",
        ):
            text = _lines_of(element) if len(element) < 8 else ""
            if 4 < len(text) <= 80 and _SAYS_BY.match(text) and not _is_aside(element):
                found = _of_texts([text])
                if all(is_personal(author.name) for author in found.authors):
                    yield found


def _named_within(element: HtmlElement) -> str:
    for inner in element.iterdescendants():
        if isinstance(inner.tag, str) and "name" in (inner.get("itemprop") or "").split():
            return plain(inner.get("content")) or text_of(inner)
    return plain(element.get("content")) or _lines_of(element)[:_LONGEST]


def _outermost(elements: list[HtmlElement]) -> list[HtmlElement]:
    known = set(elements)
    return [
        element for element in elements if not any(ancestor in known for ancestor in element.iterancestors())
    ]


def _near_top(related: list[HtmlElement], elements: list[HtmlElement]) -> list[HtmlElement]:
    """Give the links to authors that stand together with the first of them: others belong to other articles."""
    if not related:
        return []
    place = {id(element): number for number, element in enumerate(elements)}
    first = place[id(related[0])]
    return [element for element in related if place[id(element)] - first < 24]


def _lines_of(element: HtmlElement) -> str:
    """Give the text of a byline, a line for each element in it that stands on its own."""
    parts: list[str] = []
    for inner in element.iter():
        is_own_line = inner.tag in ("br", "p", "div", "li", "time", "h2", "h3", "h4")
        parts.append(("\n" if is_own_line else "") + str(inner.text or ""))
        if inner is not element:
            parts.append(("\n" if is_own_line else "") + str(inner.tail or ""))
    return "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n") if line.strip())


def _is_aside(element: HtmlElement) -> bool:
    chain = [element, *element.iterancestors()]
    return any(
        each.tag in ("aside", "footer", "nav", "figure", "figcaption", "script", "style", "noscript")
        or (each.tag not in ("html", "body", "article", "main") and _NOT_THE_AUTHORS.search(names_of(each)))
        for each in chain
    )


def _same(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
