"""What an index holds, before any format has a say in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anthology.model import Target


@dataclass(frozen=True, slots=True)
class Locator:
    """A place that an entry leads to; with `last`, all that stands from the one to the other."""

    first: Target
    last: Target | None = None


@dataclass(frozen=True, slots=True)
class CrossReference:
    """An entry that another one names, by its name and those of the entries above it, from the top."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the subject index with those below it, in the order in which they are printed.

    `path` are the names of the entries above and its own; `letter` is what it stands under, for those at the top.
    `see` are entries to look for instead, `also` further ones.
    """

    path: tuple[str, ...]
    locators: tuple[Locator, ...] = ()
    see: tuple[CrossReference, ...] = ()
    also: tuple[CrossReference, ...] = ()
    entries: tuple[Entry, ...] = ()
    letter: str = ""

    @property
    def name(self) -> str:
        """Give its own name."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody in the index of authors, by the name that it prints, with the articles they wrote, in order."""

    name: str
    articles: tuple[Target, ...]
    letter: str = ""
