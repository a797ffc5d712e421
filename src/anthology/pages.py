"""Typeset pages, the folios printed on them, and the places in the text where they start."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


# Classes of text that one format lacks or writes in another way: it is not counted in places, and no page starts there.
UNCOUNTED = frozenset({"entry-page", "note-again", "note-back", "note-ref"})

# What a picture counts as in places: one character.
PICTURE = "\ufffc"


@dataclass(frozen=True, slots=True)
class PageStart:
    """The place in the text where a printed page starts; its `folio` is the number printed on it.

    `document` is the name of the document; `anchor` the id of the innermost element with one round the place;
    `offset` the number of visible characters and pictures that it holds itself (they stand in no element with an
    id below it) and that stand on earlier pages. Without an `anchor` the page starts with the document. Where the
    page turns inside a hyphenated word, the place is in front of that word.
    """

    folio: str
    document: str
    anchor: str = ""
    offset: int = 0

    @property
    def fragment(self) -> str:
        """Name the place in an edition that marks it."""
        return f"page-{self.folio}"


def visible(text: str) -> str:
    """Leave out white space and what shows nothing (soft hyphens and the like), which formats treat differently."""
    return "".join(letter for letter in text if not letter.isspace() and unicodedata.category(letter) != "Cf")


@dataclass(frozen=True, slots=True)
class TypesetBook:
    """A typeset book: its PDF, where things stand, and what the engine complained of.

    `front_pages` is the number of pages counted in roman figures; `places` gives the first page (from 0) of
    every document and block; `starts` tells where in the text each page starts, blank ones left out; `settled`
    tells whether every printed page number is the right one; `complaints` are the engine's log lines.
    """

    pdf: bytes
    pages: int
    front_pages: int
    places: Mapping[str, int]
    starts: tuple[PageStart, ...]
    settled: bool
    complaints: tuple[str, ...]

    def folio(self, name: str) -> str:
        """Give the printed page number on which a document or block begins."""
        return folio(self.places[name], self.front_pages) if name in self.places else ""


def folio(page: int, front_pages: int) -> str:
    """Write the page number of the page at `page` (from 0): roman in the front matter, arabic from 1 after it."""
    return roman(page + 1) if page < front_pages else str(page - front_pages + 1)


def roman(number: int) -> str:
    """Write a number from 1 in small roman figures."""
    figures = (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
        (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    )  # fmt: skip
    written = ""
    for value, figure in figures:
        count, number = divmod(number, value)
        written += figure * count
    return written
