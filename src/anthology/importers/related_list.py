"""The list of other articles at the end of a page: a heading, then section, standfirst and date of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anthology.importers.dates import find_date
from anthology.importers.model import Stub
from anthology.importers.page_data import is_notice, read_page_data

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from anthology.importers.lines import Line

_THINGS = r"(?:articles?|stories|story|posts?|reading|content|pieces|topics|links|news|coverage|essays)"
# Nothing but a list stands under these.
_SURE = re.compile(
    rf"(?:(?:more )?related(?: {_THINGS})?|you (?:may|might|could) also (?:like|enjoy|be interested in)|"
    r"(?:readers|people) also (?:read|liked)|"
    r"(?:ähnliche|verwandte|weitere) (?:artikel|beiträge|texte|themen)|das könnte (?:sie|dich) auch interessieren|"
    r"mehr zum thema|auch interessant|articles? (?:liés|similaires|connexes)|sur le même (?:sujet|thème)|"
    r"vous aimerez aussi|à lire aussi|artículos relacionados|noticias relacionadas|"
    r"también (?:te|le) puede interesar|(?:te|le) puede interesar)",
    re.IGNORECASE,
)
# These also head a part of an article: only dated entries make them a list.
_LIKELY = re.compile(
    rf"(?:read (?:next|more|also|on)|(?:what to )?read next|more (?:like this|{_THINGS})|up next|see also|keep reading|"
    rf"continue reading|further reading|recommended(?: (?:for you|{_THINGS}))?|don[’']t miss|trending(?: now)?|"
    rf"(?:most|also) (?:read|popular)|popular(?: {_THINGS})?|(?:latest|recent|other|similar) {_THINGS}|"
    r"editor[’']?s[’']? (?:picks?|choice)|what to read next|lesen sie auch|weiterlesen|meistgelesen|lire aussi|"
    r"à lire|lire la suite|lea también|le(?:e|a)r más)",
    re.IGNORECASE,
)
_MORE_IN = re.compile(
    r"(?:more|also|latest|read more) (?:in|from|on|about|by) .{1,60}|mehr (?:aus|zu|von|über) .{1,60}|"
    r"(?:plus|davantage) (?:d[’']articles|dans|sur) .{1,60}|más (?:en|de|sobre) .{1,60}",
    re.IGNORECASE,
)
_DECORATION = " \t:—–-_=*~#[]|·•►▼▲→↓›>…"
_ENDS_SENTENCE = (".", "!", "?", "…", "”", '"', ";", ",")
_SECTION_WORDS = 8
_SECTION_LETTERS = 60
# A standfirst without a date beside it is one of these lengths; a longer text is a paragraph.
_STANDFIRST_WORDS = 60
# Within so many lines behind its heading a dated list has its first date.
_FIRST_ENTRY = 4


@dataclass(frozen=True, slots=True)
class RelatedLists:
    """What was found: stubs, and the places in the given lines of the lists, of repeats and of leftovers."""

    stubs: tuple[Stub, ...] = ()
    used: frozenset[int] = frozenset()
    doubled: frozenset[int] = frozenset()
    strays: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Entry:
    """An entry while its lines come in."""

    places: list[int] = field(default_factory=list)
    section: str = ""
    standfirst: str = ""
    date: dt.date | None = None
    is_dated: bool = False


def looks_like_section(text: str) -> bool:
    """Tell a section's title from a sentence: a few words, and no full stop behind them."""
    return (
        len(text) <= _SECTION_LETTERS
        and len(text.split()) <= _SECTION_WORDS
        and not text.endswith(_ENDS_SENTENCE)
    )


def is_related_heading(text: str) -> bool:
    """Tell whether a line may head a list of related articles, by its words alone."""
    return _strength(text) > 0


def find_related_lists(lines: Sequence[Line], begin: int) -> RelatedLists:
    """Find the lists of other articles among the lines of a page.

    Arguments: the lines, without litter and doubled ones, and the place from which a list may stand. A heading
    counts only where entries follow it, or nothing does; without any heading, two or more whole entries at the
    very end are a list too. Text behind a list is left to the article.
    """
    found = _Finder(lines)
    at = begin
    while at < len(lines):
        strength = _strength(lines[at].plain)
        end = found.take(at, strength) if strength else at
        at = max(end, at + 1)
    if not found.used:
        found.take_bare_entries(begin)
    behind = range(max(found.used) + 1, len(lines)) if found.used else range(0)
    strays = found.strays | {at for at in behind if not is_notice(lines[at].plain)}
    return RelatedLists(
        tuple(found.stubs), frozenset(found.used), frozenset(found.doubled), frozenset(strays)
    )


class _Finder:
    """Goes through the lines and gathers lists."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self.stubs: list[Stub] = []
        self._known: set[tuple[str, str, dt.date | None]] = set()
        self.used: set[int] = set()
        self.doubled: set[int] = set()
        self.strays: set[int] = set()

    def take(self, heading: int, strength: int) -> int:
        """Take the list under a heading; gives the place behind it, or the heading's own where there is none."""
        stop = heading + 1
        if strength == 1 and not any(
            _is_date(line.plain) for line in self._lines[stop : stop + _FIRST_ENTRY]
        ):
            self.strays.add(heading)
            return heading
        while stop < len(self._lines) and not self._stops(stop):
            stop += 1
        if stop == heading + 1:
            if stop < len(self._lines) and not is_notice(self._lines[stop].plain) and strength < 3:
                return heading
            self.used.add(heading)
            return stop
        accepted = _accepted(_entries(self._lines, heading + 1, stop), strength)
        if not accepted:
            self.strays.add(heading)
            return heading
        self.used.add(heading)
        for entry in accepted:
            self._keep(entry)
        return max(place for entry in accepted for place in entry.places) + 1

    def take_bare_entries(self, begin: int) -> None:
        """Take whole entries that end the page without a heading above them."""
        entries: list[_Entry] = []
        at = len(self._lines)
        while at - 3 >= begin:
            section, standfirst = self._lines[at - 3].plain, self._lines[at - 2].plain
            if (
                not _is_date(self._lines[at - 1].plain)
                or _is_date(standfirst)
                or not looks_like_section(section)
            ):
                break
            entries += _entries(self._lines, at - 3, at)
            at -= 3
        if len(entries) > 1:
            for entry in reversed(entries):
                self._keep(entry)

    def _stops(self, at: int) -> bool:
        text = self._lines[at].plain
        if is_notice(text) and not _is_date(text):
            return True
        # "More in Mind" may head the next list, and "Related" may be a section.
        return _strength(text) > 1 and not (at + 2 < len(self._lines) and _is_date(self._lines[at + 2].plain))

    def _keep(self, entry: _Entry) -> None:
        key = (entry.section, entry.standfirst, entry.date)
        if key in self._known:
            self.doubled.update(entry.places)
            return
        self._known.add(key)
        self.used.update(entry.places)
        self.stubs.append(Stub(*key, line=self._lines[entry.places[0]].number))


def _strength(text: str) -> int:
    """Tell how sure a heading is: 3 nothing else, 2 likely, 1 only with dated entries, 0 no heading."""
    bare = text.strip(_DECORATION)
    if _SURE.fullmatch(bare):
        return 3
    if _LIKELY.fullmatch(bare):
        return 2
    return 1 if _MORE_IN.fullmatch(bare) and not text.rstrip().endswith((".", "!", "?", ",", ";")) else 0


def _is_date(text: str) -> bool:
    data = read_page_data(text)
    return data is not None and data.is_date


def _entries(lines: Sequence[Line], begin: int, end: int) -> list[_Entry]:
    """Group lines into entries, each at most section, standfirst and date."""
    entries: list[_Entry] = []
    entry = _Entry()
    for at in range(begin, end):
        text = lines[at].plain
        if _is_date(text):
            entry.is_dated = True
            date = find_date(text)
            entry.date = date.date if date else None
            entry.places.append(at)
            entries.append(entry)
            entry = _Entry()
            continue
        if entry.standfirst:
            entries.append(entry)
            entry = _Entry()
        has_next = at + 1 < end and not _is_date(lines[at + 1].plain)
        if not entry.section and looks_like_section(text) and has_next:
            entry.section = text
        else:
            entry.standfirst = text
        entry.places.append(at)
    return [*entries, entry] if entry.places else entries


def _accepted(entries: list[_Entry], strength: int) -> list[_Entry]:
    """Give the entries from the first that make a list; none where they look like an article's own text."""
    last = max((at for at, entry in enumerate(entries) if entry.is_dated), default=-1)
    dated, rest = entries[: last + 1], entries[last + 1 :]
    if dated and not all(entry.standfirst and (entry.is_dated or _is_undated(entry)) for entry in dated):
        first_odd = next(
            at
            for at, entry in enumerate(dated)
            if not (entry.standfirst and (entry.is_dated or _is_undated(entry)))
        )
        return _accepted(dated[:first_odd], strength) if first_odd else []
    if last < 0 and strength < 3:
        return []
    if rest and all(_is_undated(entry) for entry in rest) and (len(rest) == 1 or strength == 3):
        return entries
    return dated


def _is_undated(entry: _Entry) -> bool:
    """Tell an entry that lacks its date from a heading and paragraph of the article."""
    words = len(entry.standfirst.split())
    return bool(entry.section) and len(entry.section.split()) < words <= _STANDFIRST_WORDS
