"""Saved web pages: whatever is in them, an account that adds up, or a problem."""

from __future__ import annotations

from anthology.importers.web_page import import_web_page
from anthology.problems import AnthologyError
from fuzz.choices import document
from fuzz.promises import check_import
from fuzz.samples import PAGE
from fuzz.targets.html import TOKENS as _TAGS

TOKENS = (
    *_TAGS,
    *("<article>", "</article>", '<meta charset="utf-16">', '<meta http-equiv=content-type content="text/html; charset=x">'),
    *('<meta property="og:title" content="A &amp; b">', '<meta name="author" content="A, B and C">', '<meta name=date content=x>'),
    *('<script type="application/ld+json">', '{"@graph": [{"@type": ["Article"], "author": [{"name": 1}, null, [["a"]]]}]}', "{", "}"),
    *('"headline": {"@value": 3}', '"datePublished": "2025-13-45"', "<h1>", "By Hedda Marsh", "July 29, 2025", "<time datetime=x>"),
    *("The keeper of the lamp wrote every evening, before the boats of the estuary came in, and he read it twice. ", "<p>", "</p>"),
    *("<a rel=author>", "<div class=comments>", "<div class=newsletter>", "<div class='share social'>", "<p class=byline>", "<frameset>"),
)  # fmt: skip
SEEDS = (PAGE.encode(), PAGE.replace("utf-8", "utf-16").encode("utf-16"), b"<p>A word.")


def check(data: bytes) -> None:
    """Import a page: its account adds up, and its article is read without a fault."""
    made = document(data, SEEDS, TOKENS)
    try:
        imported = import_web_page("page.html", made, lambda _: None)
    except AnthologyError:
        return
    check_import(imported)
