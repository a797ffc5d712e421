"""The indexes as templates see them: groups under a letter, entries, and locators in the format's way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from anthology.directions import direction_among
from anthology.indexes import author_index, subject_index
from anthology.model import Target
from anthology.pages import roman
from anthology.views.documents import AUTHOR_INDEX, SUBJECT_INDEX

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from anthology.indexes import CrossReference, Entry, Locator
    from anthology.views.entries import Entries

# Between a term and its locators, and between these, in languages that do not write a comma and a space.
_COMMAS = {"ar": "، ", "fa": "، ", "ur": "، ", "ckb": "، ", "ja": "、", "zh": "、"}

_BEFORE_ALL = (-1, 0)
# More pages than any front matter has.
_ROMAN = {roman(number): number for number in range(1, 500)}


@dataclass(frozen=True, slots=True)
class LocatorView:
    """A place that an entry leads to: its address, what is printed, and what is said instead where that says too little.

    `last` is where a range ends.
    """

    address: str
    page: str
    label: str = ""
    last: LocatorView | None = None


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """Another entry: its name with those above it, and its address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class TermView:
    """An entry of an index. `see` are entries to look for instead, `also` further ones."""

    id: str
    name: str
    direction: str = ""
    locators: tuple[LocatorView, ...] = ()
    see: tuple[ReferenceView, ...] = ()
    also: tuple[ReferenceView, ...] = ()
    entries: tuple[TermView, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupView:
    """The entries under one letter; figures, signs and ideographs have none."""

    letter: str
    entries: tuple[TermView, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """An index: its groups, the comma between locators, and the words round references to other entries."""

    groups: tuple[GroupView, ...]
    comma: str
    see: tuple[str, str]
    also: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Paged:
    """A locator by the pages of the print edition on which it begins and ends."""

    folio: str
    last_folio: str
    first: Target
    last: Target

    def order(self) -> tuple[tuple[int, int], int]:
        """Give what sorts it: by its first page, and of those with the same first the longest."""
        return _place(self.folio), -self.reach[1]

    @property
    def reach(self) -> tuple[int, int]:
        """Give the place of the last page of it."""
        return max(_place(self.folio), _place(self.last_folio))


class Indexes:
    """Shows the indexes of one book.

    `present` are the ids that the edition's documents have, `folios` the pages of the print edition on which places
    stand, by fragment or else by article, where an e-book lists them.
    """

    def __init__(self, entries: Entries, present: Container[str], folios: Mapping[str, str]) -> None:
        self._entries = entries
        self._present = present
        self._folios = folios
        self._language = entries.config.book.language

    def authors(self) -> IndexView | None:
        """Show the index of authors; None where there are none."""
        listed = author_index(self._entries.linked.anthology, self._entries.config)
        terms = [
            (
                author.letter,
                self._term(
                    f"{AUTHOR_INDEX}-{number}",
                    author.name,
                    tuple(self._locators((target, None) for target in author.articles)),
                ),
            )
            for number, author in enumerate(listed, 1)
        ]
        return self._index(terms)

    def subjects(self) -> IndexView | None:
        """Show the subject index; None where nothing is marked."""
        top = subject_index(self._entries.linked.anthology, self._entries.config, self._present)
        ids = {entry.path: f"{SUBJECT_INDEX}-{number}" for number, entry in enumerate(_walk(top), 1)}
        return self._index([(entry.letter, self._subject(entry, ids)) for entry in top])

    def _subject(self, entry: Entry, ids: Mapping[tuple[str, ...], str]) -> TermView:
        def references(paths: Iterable[CrossReference]) -> tuple[ReferenceView, ...]:
            return tuple(
                ReferenceView(
                    self._comma.join(reference.path),
                    self._entries.layout.address(Target(SUBJECT_INDEX, ids[reference.path])),
                )
                for reference in paths
            )

        return self._term(
            ids[entry.path],
            entry.name,
            tuple(self._locators(map(_ends, entry.locators))),
            references(entry.see),
            references(entry.also),
            tuple(self._subject(below, ids) for below in entry.entries),
        )

    def _term(
        self,
        id_: str,
        name: str,
        locators: tuple[LocatorView, ...],
        see: tuple[ReferenceView, ...] = (),
        also: tuple[ReferenceView, ...] = (),
        entries: tuple[TermView, ...] = (),
    ) -> TermView:
        return TermView(id_, name, direction_among(name, self._language), locators, see, also, entries)

    def _index(self, terms: Sequence[tuple[str, TermView]]) -> IndexView | None:
        groups: dict[str, list[TermView]] = {}
        for letter, term in terms:
            groups.setdefault(letter, []).append(term)
        if not groups:
            return None
        labels = self._entries.labels
        see, also = (
            tuple(labels.text(key, terms="\ue000").split("\ue000", 1)) for key in ("see", "see-also")
        )
        shown = tuple(GroupView(letter, tuple(inside)) for letter, inside in groups.items())
        return IndexView(shown, self._comma, (see[0], see[1]), (also[0], also[1]))

    @property
    def _comma(self) -> str:
        return _COMMAS.get(self._language.lower().split("-")[0], ", ")

    def _locators(self, places: Iterable[tuple[Target, Target | None]]) -> Iterator[LocatorView]:
        """Show locators: with a slot on paper; else with the printed page, or numbered where none is known."""
        if self._entries.layout.format == "pdf":
            for first, last in places:
                yield LocatorView(
                    self._address(first), self._slot(first), last=self._slot_view(last) if last else None
                )
            return
        paged: list[_Paged] = []
        others: list[Target] = []
        for first, last in places:
            if folio := self._folio(first):
                paged.append(_Paged(folio, self._folio(last) or folio, first, last or first))
            else:
                others.append(first)
        yield from self._each_page_once(paged)
        for number, place in enumerate(others, 1):
            title = self._entries.title_of(self._entries.articles[place.article])
            # What is said begins with what is seen, for readers who speak to their devices (WCAG 2.2, 2.5.3).
            yield LocatorView(self._address(place), str(number), f"{number}. {title}")

    def _each_page_once(self, paged: Iterable[_Paged]) -> Iterator[LocatorView]:
        """Show locators by their printed pages as print settles them: none twice, none that a range holds."""
        reached = _BEFORE_ALL
        for one in sorted(paged, key=_Paged.order):
            if one.reach > reached:
                reached = one.reach
                is_range = one.folio != one.last_folio
                last = LocatorView(self._address(one.last), one.last_folio) if is_range else None
                yield LocatorView(self._address(one.first), one.folio, last=last)

    def _slot_view(self, target: Target) -> LocatorView:
        return LocatorView(self._address(target), self._slot(target))

    def _slot(self, target: Target) -> Markup:
        return Markup(self._entries.layout.slot(target))

    def _address(self, target: Target) -> str:
        return self._entries.layout.address(target)

    def _folio(self, target: Target | None) -> str:
        return self._folios.get(target.fragment or target.article, "") if target else ""


def _place(folio: str) -> tuple[int, int]:
    """Give the place of a page among all: those in roman figures come first."""
    return (1, int(folio)) if folio.isdecimal() else (0, _ROMAN.get(folio, 0))


def _ends(locator: Locator) -> tuple[Target, Target | None]:
    return locator.first, locator.last


def _walk(entries: Iterable[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _walk(entry.entries)
