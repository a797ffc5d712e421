"""Approvals: a digest of what an article prints, and whether that is still what was approved."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from anthology.problems import Problem
from anthology.rights import credit_of
from anthology.wording import visible
from anthology.xhtml import parse_fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anthology.model import Article

# Short enough to be read out, long enough that no two states of an article share one.
_FIGURES = 16

# Characters that a typographer exchanges for one another, and nobody reads otherwise.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›′", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)
_HYPHENS = re.compile("--+")

# What a reader sees of the markup. All else (ids, classes, how deep a heading is) may change with the program.
_SEEN = {
    **dict.fromkeys(("em", "i"), "em"),
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **{
        name: name for name in ("code", "sub", "sup", "s", "u", "mark", "pre", "blockquote", "li", "td", "th")
    },
}
_BLOCKS = frozenset({"p", "div", "dt", "dd", "figcaption", "tr", "aside", "section", "figure", "br", "hr"})


def digest_of_text(article: Article) -> str:
    """Digest what an article prints, in hexadecimal figures, as it was read (before its links were settled).

    White space, kinds of quotation marks and dashes, ids, and what the front matter says that no page shows make no
    difference; neither do comments, nor the names of other articles that links lead to.
    """
    credits = (f"{credit.role}: {credit.printed}" for credit in article.credits)
    date = article.date.isoformat() if article.date else ""
    head = (article.title, article.short_title, article.standfirst, *credits, date, credit_of(article.rights))
    paths = {f"anthology-image:{picture.key}": picture.path for picture in article.pictures}
    body = "".join(_said(parse_fragment(article.body), paths))
    text = "\n".join(_plain(part) for part in (*head, body))
    return hashlib.sha256(text.encode()).hexdigest()[:_FIGURES]


def check_approvals(articles: Iterable[Article]) -> Iterator[Problem]:
    """Tell which articles, as they were read, are no longer what was approved."""
    for article in articles:
        if article.approved.digest and article.approved.digest != digest_of_text(article):
            hint = f"`anthology approve {article.id} --by NAME` when it is approved again; --withdraw takes it back"
            message = f"edited since it was approved ({article.approved})"
            yield Problem("D001", "warning", message, article.origin, hint)


def _plain(text: str) -> str:
    words = " ".join(text.translate(_ALIKE).split())
    return _HYPHENS.sub("-", " ".join(filter(None, map(visible, words.split()))))


def _said(element: object, paths: dict[str, str]) -> Iterator[str]:
    """Give the words in an element, with marks for what a reader sees of the markup."""
    tag = str(getattr(element, "tag", "")).rpartition("}")[2]
    attributes = getattr(element, "attrib", {})
    seen = _SEEN.get(tag, "")
    address = attributes.get("href", "") if tag == "a" else ""
    if tag == "img":
        source = attributes.get("src", "")
        yield f" [{paths.get(source, source)}: {attributes.get('alt', '')}] "
    yield f" <{seen}> " if seen else " <> " if tag in _BLOCKS else ""
    yield getattr(element, "text", None) or ""
    for child in element:  # type: ignore[attr-defined]
        yield from _said(child, paths)
        yield child.tail or ""
    # What leads out of the book is printed below the text.
    yield f" [{address}] " if ":" in address else ""
    yield f" </{seen}> " if seen else ""
