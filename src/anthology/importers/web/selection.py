"""Which runs of a page are its article: Trafilatura says the words, the page's own tree says where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.importers.web.belonging import what_belongs
from anthology.importers.web.notes import notes_called_in
from anthology.importers.web.places import homes_of, is_litter_place
from anthology.importers.web.runs import letters_of
from anthology.importers.web.tables import holds_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

    from anthology.importers.web.runs import Run

# Letters from which a run is found by its words alone; in scripts without spaces fewer say as much.
_LONG = 20
_LONG_IDEOGRAPHIC = 8
_IDEOGRAPHIC = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f\u1000-\u109f]")
_SHINGLE = 12
_MOSTLY = 0.7
_FEW = 0.1
_SOME = 0.2

_GROUPS = frozenset({"ul", "ol", "dl", "table", "pre", "blockquote"})


@dataclass(frozen=True, slots=True)
class Selection:
    """The places of the runs that are the article's, and how much of what was to be found they make up (0 to 1)."""

    chosen: frozenset[int]
    coverage: float


def select(runs: Sequence[Run], text: str) -> Selection:
    """Find the runs that an extracted text is made of.

    Arguments: the runs of the page in order, and the text. Long runs are found by their words; the one that
    stands where it fits is taken when a page has the same words twice. Short runs are taken where the text has
    them between their neighbours. Then lists, tables and the like are made whole.
    """
    wanted = letters_of(text)
    claimed: dict[int, tuple[int, int]] = {}
    _claim_long(runs, wanted, claimed)
    _claim_short(runs, wanted, claimed)
    covered = _length(claimed.values())
    chosen = _made_whole(runs, set(claimed))
    chosen |= what_belongs(runs, chosen)
    chosen |= _notes(runs, chosen)
    return Selection(frozenset(chosen), covered / len(wanted) if wanted else 0.0)


def _is_long(letters: str) -> bool:
    return len(letters) >= _LONG or (len(letters) >= _LONG_IDEOGRAPHIC and bool(_IDEOGRAPHIC.search(letters)))


def _claim_long(runs: Sequence[Run], wanted: str, claimed: dict[int, tuple[int, int]]) -> None:
    places: dict[str, list[int]] = {}
    for number, run in enumerate(runs):
        if _is_long(run.letters):
            places.setdefault(run.letters, []).append(number)
    several: list[tuple[str, list[int]]] = []
    for letters, numbers in places.items():
        at = wanted.find(letters)
        if at < 0:
            for number in numbers:
                if span := _partly(letters, wanted):
                    claimed[number] = span
        elif len(numbers) == 1:
            claimed[numbers[0]] = (at, at + len(letters))
        else:
            several.append((letters, numbers))
    firm = sorted(claimed)
    for letters, numbers in several:
        spans = [match.start() for match in re.finditer(re.escape(letters), wanted)]
        ranked = sorted(numbers, key=lambda number: _distance(number, spans[0], len(letters), firm, claimed))
        for number, at in zip(sorted(ranked[: len(spans)]), spans, strict=False):
            claimed[number] = (at, at + len(letters))


def _partly(letters: str, wanted: str) -> tuple[int, int] | None:
    """Find a run of which the text has most, but not all: an extractor left out a mark, a note, a link."""
    shingles = [letters[at : at + _SHINGLE] for at in range(0, len(letters) - _SHINGLE + 1, _SHINGLE // 2)]
    if len(shingles) < 4:
        return None
    found = [wanted.find(shingle) for shingle in shingles]
    hits = [at for at in found if at >= 0]
    if len(hits) < _MOSTLY * len(shingles):
        return None
    begin = hits[0]
    inside = [at for at in hits if begin <= at <= begin + 2 * len(letters)]
    return begin, max(inside) + _SHINGLE


def _distance(number: int, at: int, length: int, firm: list[int], claimed: dict[int, tuple[int, int]]) -> int:
    """Say how far a run would stand from its neighbours in the text, if it were the one that is meant."""
    from bisect import bisect_left

    place = bisect_left(firm, number)
    before = claimed[firm[place - 1]][1] if place else 0
    after = claimed[firm[place]][0] if place < len(firm) else before + length
    return abs(at - before) + abs(after - at - length)


def _claim_short(runs: Sequence[Run], wanted: str, claimed: dict[int, tuple[int, int]]) -> None:
    """Claim short runs from what the text has between the long ones around them."""
    firm = sorted(claimed)
    ends = [0] + [claimed[number][1] for number in firm]
    begins = [claimed[number][0] for number in firm] + [len(wanted)]
    for gap, (cursor, stop) in enumerate(zip(ends, begins, strict=True)):
        first = firm[gap - 1] + 1 if gap else 0
        last = firm[gap] if gap < len(firm) else len(runs)
        # In front of the first run, what stands nearest to it is the likeliest: it is gone through backwards.
        numbers = range(last - 1, first - 1, -1) if not gap else range(first, last)
        low, high = cursor, stop
        for number in numbers:
            letters = runs[number].letters
            if not letters or number in claimed or low >= high:
                continue
            at = wanted.rfind(letters, low, high) if not gap else wanted.find(letters, low, high)
            # A stray figure or word is in any text: it must stand at the very place.
            if at < 0 or (len(letters) < 4 and (at + len(letters) != high if not gap else at != low)):
                continue
            claimed[number] = (at, at + len(letters))
            if gap:
                low = at + len(letters)
            else:
                high = at


def _length(spans: Iterable[tuple[int, int]]) -> int:
    total, reached = 0, 0
    for begin, end in sorted(spans):
        total += max(0, end - max(begin, reached))
        reached = max(reached, end)
    return total


def _made_whole(runs: Sequence[Run], chosen: set[int]) -> set[int]:
    """Add what an extractor drops out of the midst of a text: items, cells, code, marks, paragraphs beside others."""
    if not chosen:
        return chosen
    groups: dict[int, tuple[HtmlElement, list[int]]] = {}
    for number, run in enumerate(runs):
        for ancestor in (run.block, *run.block.iterancestors()):
            if ancestor.tag in _GROUPS:
                groups.setdefault(id(ancestor), (ancestor, []))[1].append(number)
    whole = set(chosen)
    for element, numbers in groups.values():
        kept = sum(len(runs[number].letters) for number in numbers if number in chosen)
        everything = sum(len(runs[number].letters) for number in numbers)
        # A table with paragraphs or lists in it only lays out the page, unless it is seen to set out data.
        is_data = element.tag == "table" and holds_data(element)
        is_layout = (
            element.tag == "table"
            and not is_data
            and next(element.iterdescendants("p", "div", "ul", "table"), None) is not None
        )
        # Extractors leave out what stands in lists within cells.
        if kept > (_SOME if is_data else 0.6) * everything and not is_layout and not is_litter_place(element):
            # Of tables within tables each is asked for what the outer ones left: their depths would multiply.
            whole |= {
                number
                for number in numbers
                if number not in whole and not is_litter_place(runs[number].block, element)
            }
    return whole | _between_paragraphs(runs, chosen, whole)


def _notes(runs: Sequence[Run], chosen: set[int]) -> set[int]:
    """Find the footnotes that the chosen runs call: extractors take them for the foot of the page."""
    if not chosen:
        return set()
    body = runs[0].block.getroottree().getroot()
    notes = set(notes_called_in(body, {runs[number].block for number in chosen}))
    return {
        number
        for number, run in enumerate(runs)
        if any(each in notes for each in (run.block, *run.block.iterancestors()))
    }


def _between_paragraphs(runs: Sequence[Run], chosen: set[int], whole: set[int]) -> set[int]:
    """Find the paragraphs, marks and code in the midst of the chosen ones that were left out.

    Much left out was left out on purpose: then only marks and code come back.
    """
    first, last = min(chosen), max(chosen)
    known = {runs[number].letters for number in chosen if runs[number].letters}
    paragraphs: set[int] = set()
    others: set[int] = set()
    homes = homes_of(runs, chosen)
    for number in range(first, last):
        run = runs[number]
        if number in whole or run.letters in known or is_litter_place(run.block):
            continue
        parent = run.block if run.block.tag == "div" else run.block.getparent()
        if parent is not None and id(parent) in homes and _is_textual(run):
            begin, end = homes[id(parent)]
            if begin < number < end:
                paragraphs.add(number)
        elif (not run.letters and _between(number, chosen, runs)) or any(
            ancestor.tag == "pre" for ancestor in (run.block, *run.block.iterancestors())
        ):
            others.add(number)
    added = sum(len(runs[number].letters) for number in paragraphs)
    everything = sum(len(runs[number].letters) for number in whole)
    return others | paragraphs if added <= _FEW * everything else others


def _is_textual(run: Run) -> bool:
    """Tell whether a run is a paragraph or heading of prose, and not for the most part links."""
    if run.block.tag not in ("p", "h2", "h3", "h4", "h5", "h6"):
        return False
    linked = sum(len(letters_of("".join(map(str, link.itertext())))) for link in run.block.iter("a"))
    return linked < 0.5 * len(run.letters)


def _between(number: int, chosen: set[int], runs: Sequence[Run]) -> bool:
    """Tell whether a mark without letters parts two chosen paragraphs beside it."""
    return {number - 1, number + 1} <= chosen and runs[number - 1].block.getparent() is runs[
        number
    ].block.getparent()
