"""Typeset pages and the folios printed on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class TypesetBook:
    """A typeset book: its PDF, where things stand, and what the engine complained of.

    `front_pages` is the number of pages counted in roman figures; `places` gives the first page (from 0) of
    every document and block; `settled` tells whether every printed page number is the right one; `complaints` are
    the engine's log lines.
    """

    pdf: bytes
    pages: int
    front_pages: int
    places: Mapping[str, int]
    settled: bool
    complaints: tuple[str, ...]

    def folio(self, name: str) -> str:
        """Give the printed page number on which a document or block begins."""
        return folio(self.places[name], self.front_pages)


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
