"""Typeset pages, the folios printed on them, and the places in the text where they start."""

from __future__ import annotations

from dataclasses import dataclass

from anthology.wording import PICTURE as PICTURE
from anthology.wording import UNCOUNTED as UNCOUNTED
from anthology.wording import visible as visible


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
