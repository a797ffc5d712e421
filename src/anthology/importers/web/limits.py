"""What a web page may be: its size, its tags and its depth, measured before anything costly is done to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.model import Origin
from anthology.problems import Problem

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_BYTES = 10_000_000
MAX_ATTRIBUTES = 1_000

# libxml2 leaves out, without a word, what is nested deeper; `huge_tree` lifts its lesser limit of 255.
MAX_DEPTH = 2_000

# Possessive throughout: a page made to make expressions backtrack is read once and no more.
_ATTRIBUTE = r"""[\s/]*+[^\s"'<>/=][^\s>/=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+)?)?"""
_CROWDED_TAG = re.compile(rf"(<[A-Za-z][^\s/>]*+(?:{_ATTRIBUTE}){{{MAX_ATTRIBUTES}}}+)(?:{_ATTRIBUTE})++")

_NESTING = re.compile(
    r"</?(?:div|section|article|main|center|span|font|table|tbody|tr|td|ul|ol|li|blockquote)\b[^<>]*>",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:b|i|u|em|strong|small|big|tt|sub|sup|ins|del|abbr|label)\b[^<>]*>", re.IGNORECASE
)


def too_large(path: str, size: int) -> Problem | None:
    """Tell of a page of more bytes than we read."""
    if size <= MAX_BYTES:
        return None
    return Problem(
        "M040",
        "error",
        f"this page has {size / 1_000_000:.1f} MB; pages of up to {MAX_BYTES // 1_000_000} MB are read",
        Origin(path),
        "save the article's page alone, without what is embedded in it",
    )


def without_crowded_tags(path: str, html: str) -> tuple[str, Problem | None]:
    """Leave out the attributes that a tag has beyond 1,000: parsers compare each with all others."""
    trimmed, count = _CROWDED_TAG.subn(r"\1", html)
    if not count:
        return html, None
    tags = "one tag has" if count == 1 else f"{count} tags have"
    return trimmed, Problem(
        "M042",
        "warning",
        f"{tags} more than {MAX_ATTRIBUTES:,} attributes; the further ones were not read",
        Origin(path),
        "see whether pictures and links of the article are all there",
    )


def is_too_deep(root: HtmlElement) -> bool:
    """Tell whether a page's tree reaches the depth below which the parser leaves out what there is."""
    depth, element = 0, root
    walk: list[tuple[HtmlElement, int]] = [(element, depth)]
    while walk:
        element, depth = walk.pop()
        if depth >= MAX_DEPTH:
            return True
        walk.extend((child, depth + 1) for child in element if len(child))
    return False


def flattened(html: str) -> str:
    """Put paragraphs in the place of the tags that nest, so that no word is too deep to be read."""
    return _NESTING.sub("<p>", _INLINE.sub("", html))


def too_deep(path: str) -> Problem:
    """Tell of a page whose structure was given up so that its words could be read."""
    return Problem(
        "M043",
        "warning",
        f"its tags are nested more than {MAX_DEPTH:,} deep; the words were kept, lists and tables became paragraphs",
        Origin(path),
        "compare the article with the page",
    )
