"""Links that lead out of the book, in finished editions: each address is printed, or its absence is told."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from making import write_project
from pressroom import print_book

from anthology.model import Origin

CONFIG = """[book]
title = "Rivers"
language = "en"
identifier = "https://example.org/rivers"

[editions.print]
format = "pdf"
trim = "5x8in"
links = "{links}"
"""
# Nothing in it tells where it may be broken.
LONG = "https://example.org/" + "a" * 400
ARTICLE = f"""---
title: On rivers
author: Ann Onymous
date: 2026-01-31
---
Some rivers are [wide]({LONG}), others [wider](mailto:wide@example.org), and of some [nobody knows](ftp://example.org/b).

## Of [deep](https://example.org/deep) ones

`the [first]` and [`the second`](https://example.org/second)[^1].

| River | Length |
|---|---|
| [Long](https://example.org/long) | 3 |

[^1]: In a [note]({LONG}b) too.
"""


def project(folder: Path, links: str) -> Path:
    """Write a book of one article."""
    files = {"anthology.toml": CONFIG.format(links=links), "content/rivers.md": ARTICLE}
    return write_project(folder, files)


@pytest.mark.parametrize("links", ["notes", "list"])
def test_every_address_is_printed_within_the_measure(tmp_path: Path, links: str) -> None:
    """Each address stands on paper, whole, wherever its link stands, and none runs over the edge of the type area."""
    printed = print_book(project(tmp_path, links))
    assert [problem.code for problem in printed.made.problems if problem.code == "P011"] == []
    pages = list(pymupdf.open(stream=printed.pdf))
    text = "".join("".join(page.get_text().split()) for page in pages)
    for address in (
        "example.org/" + "a" * 400, "wide@example.org", "ftp://example.org/b", "example.org/deep",
        "example.org/second", "example.org/long", "example.org/" + "a" * 400 + "b",
    ):  # fmt: skip
        assert address in text
    for page in pages:
        # The outside margin is an eighth of the page, the inside one more.
        assert max((word[2] for word in page.get_text("words")), default=0) < page.rect.width * 0.88


def test_addresses_that_are_dropped_are_counted(tmp_path: Path) -> None:
    """An edition that drops addresses says how many, and what prints them."""
    (told,) = [one for one in print_book(project(tmp_path, "drop")).made.problems if one.code == "P011"]
    assert told.message == '7 addresses outside the book are not printed in the edition "print"'
    assert told.hint == 'links = "notes" or "list" prints them'
    assert told.origin == Origin("anthology.toml", 9)
