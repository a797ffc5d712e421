"""Number the pages of a book: where every leaf begins, and which furniture every page gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from anthology.leaves import Frame, FrameKind
from anthology.pages import folio, roman

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from anthology.leaves import FrameRules, Leaf, Side
    from anthology.model import Document

# How wide the letters of roman numerals are, in figures.
_ROMAN_WIDTHS = {"i": 0.7, "v": 1.1, "x": 1.1, "l": 0.7, "c": 1.0, "d": 1.2, "m": 1.9}


@dataclass(frozen=True, slots=True)
class Numbering:
    """Where the leaves of a book begin.

    `first` gives the page (from 0) on which each document begins, `pages` counts all pages, of which `front_pages`
    are numbered in roman figures; `direction` tells on which side of the spine page 0 lies. The pages before `begin`
    are not there: a piece of a book begins where it stands in the whole.
    """

    first: Mapping[str, int]
    front_pages: int
    pages: int
    direction: Literal["ltr", "rtl"]
    begin: int = 0

    @property
    def count(self) -> int:
        """Count the pages that are there."""
        return self.pages - self.begin

    def folio(self, page: int) -> str:
        """Give the number printed on a page."""
        return folio(page, self.front_pages)

    def spellings(self, page: int) -> tuple[str, ...]:
        """Give the number printed on a page, and the same in the other figures, where the styles want those."""
        printed, count = self.folio(page), page + 1 - (self.front_pages if page >= self.front_pages else 0)
        return printed, roman(count) if printed.isdecimal() else str(count)

    def side(self, page: int) -> Side:
        """Tell whether a page lies at the left or at the right of the spine; page 0 is a recto."""
        return _side(page, self.direction)


def number_pages(
    documents: Iterable[Document],
    leaves: Mapping[str, Leaf],
    start: Literal["any", "recto"],
    direction: Literal["ltr", "rtl"],
    begin: int = 0,
    turned: Mapping[str, Leaf] | None = None,
    signature: int = 1,
    last_blank: bool = False,
) -> Numbering:
    """Number the pages: front matter from i, text and back matter from a recto on from 1.

    `start` says on which side articles begin; other documents begin where the styles want them. With `begin`, the
    documents are a piece of the text, and its first page is this one (from 0), wherever they would begin. `turned` are
    leaves that begin on the other side than those of the same names, and are taken where a document begins there.
    Blank pages at the end make the pages a multiple of `signature`, and with `last_blank` there is one in any case.
    """

    def count(name: str) -> int:
        leaf = (turned or {}).get(name, leaves[name])
        return len((leaf if leaf.frames[0].side == _side(page, direction) else leaves[name]).frames)

    first: dict[str, int] = {}
    page = begin
    if begin:
        for document in documents:
            first[document.name] = page
            page += count(document.name)
        return Numbering(first, 0, page, direction, begin)
    front_pages: int | None = None
    after = ""
    for document in documents:
        leaf = leaves[document.name]
        begins_text = document.part != "front" and front_pages is None
        wanted, after = leaf.breaks.before or after, leaf.breaks.after
        if begins_text or (document.kind == "article" and start == "recto"):
            wanted = "recto"
        page += _skipped(page, wanted, direction)
        if begins_text:
            front_pages = page
        first[document.name] = page
        page += count(document.name)
    pages = -(-(page + last_blank) // signature) * signature
    return Numbering(first, page if front_pages is None else front_pages, pages, direction)


def _side(page: int, direction: str) -> Side:
    return "right" if (page % 2 == 0) == (direction == "ltr") else "left"


def _skipped(page: int, wanted: str, direction: str) -> int:
    """Count the blank pages before a document that is to begin on one side."""
    recto_side = "right" if direction == "ltr" else "left"
    is_recto = page % 2 == 0
    if wanted in {"left", "right"}:
        wanted = "recto" if wanted == recto_side else "verso"
    if wanted == "recto":
        return 0 if is_recto else 1
    return 1 if wanted == "verso" and is_recto else 0


def room_for(number: str) -> int:
    """Tell how many figures' room a page number takes."""
    if number.isdecimal():
        return len(number)
    return -int(-sum(_ROMAN_WIDTHS[letter] for letter in number) // 1)


def frames_of(
    documents: Iterable[Document],
    leaves: Mapping[str, Leaf],
    numbering: Numbering,
    rules: Mapping[FrameKind, FrameRules],
) -> dict[int, Frame]:
    """Tell for every page of the book which furniture it gets."""
    frames: dict[int, Frame] = {}
    # The last value of each string so far: one that a leaf does not set keeps that of the leaf before.
    said: dict[str, str] = {}

    def put(place: int, as_set: FrameKind, strings: Mapping[str, tuple[str, str]]) -> None:
        kind = as_set._replace(side=numbering.side(place))
        said.update((name, last) for name, (_, last) in strings.items())
        in_force = {name: (value, value) for name, value in said.items()} | dict(strings)
        printed = tuple((name, *in_force.get(name, ("", ""))) for name in rules[kind].strings)
        frames[place] = Frame(kind, printed, roman=place < numbering.front_pages)

    page = numbering.begin
    for document in documents:
        leaf = leaves[document.name]
        for blank in range(page, numbering.first[document.name]):
            put(blank, blank_kind("left"), {})
        page = numbering.first[document.name]
        for as_set, strings in zip(leaf.frames, leaf.strings, strict=True):
            put(page, as_set, strings)
            page += 1
    for blank in range(page, numbering.pages):
        put(blank, blank_kind("left"), {})
    return frames


def kinds_of(leaves: Iterable[Leaf]) -> tuple[FrameKind, ...]:
    """Name the kinds of all pages that a book of these leaves may have, on either side."""
    sides: tuple[Side, ...] = ("left", "right")
    kinds = {kind for leaf in leaves for kind in leaf.frames} | {blank_kind("left")}
    return tuple(sorted({kind._replace(side=side) for kind in kinds for side in sides}))


def strings_in(leaves: Iterable[Leaf]) -> tuple[str, ...]:
    """Name the strings that the pages of leaves set."""
    return tuple(sorted({name for leaf in leaves for strings in leaf.strings for name in strings}))


def blank_kind(side: Side) -> FrameKind:
    """Give the kind of a page between two documents, with nothing on it."""
    return FrameKind("", first=False, blank=True, side=side)
