"""Ranges: what stands between two numbers, two days, two months or two times of the clock."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.style.data import listed
from anthology.style.finding import AS_WRITTEN, Use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.config.style import HouseStyle
    from anthology.style.passages import Passage

# What a name or a number of a thing is made of is no range: Boeing 737-800, ISO 8859-1, 555-1234, 2026-11-30.
_RANGE = re.compile(
    r"(?<![\w.,:/+%§-])(?P<first>\d{1,4})(?P<dash>[-–]|--)(?P<last>\d{1,4})(?![\w/:+-]|[.,–]\d)"
)
_LONGEST_WORD = 40
_BEFORE = re.compile(r"(\w+)\.?[ \u00a0]$")
_DASH = "[ \u00a0]?(?P<dash>--?|–)[ \u00a0]?"
_PERIOD = re.compile(
    rf"(?<![\w'’–-])(?P<first>[^\W\d_]{{3,12}})\.?{_DASH}(?P<last>[^\W\d_]{{3,12}})(?![\w'’–-])"
)
_HALF = r"(?:[ \u00a0]?[ap](?:m\b|\.m\.))"
_HOURS = re.compile(
    rf"(?<![\w.,:–-])(?P<first>\d{{1,2}}(?:[:.]\d\d)?{_HALF}?|noon|midday|midnight)"
    rf"{_DASH}(?P<last>\d{{1,2}}(?:[:.]\d\d)?(?P<half>{_HALF})?|noon|midday|midnight)(?![\w–-]|[.,:]\d)",
    re.IGNORECASE,
)
# Without a colon or a half of the day, 9 - 5 may be anything.
_SAYS_HOUR = re.compile(r"[:a-z]", re.IGNORECASE)
# A day or a month in small letters, as French and Spanish have it, is known by its whole name alone.
_LEAST = 4


def range_uses(passage: Passage, style: HouseStyle) -> Iterator[Use]:
    """Tell what stands between two numbers, the first of them smaller, and between days, months and times."""
    places = sorted({*_numbers(passage), *ranges_in(passage)})
    for start, end in places:
        typed = passage.text[start:end]
        way = "hyphen" if typed == "-" else "en-dash"
        is_wanted = style.ranges == AS_WRITTEN or (style.ranges == way and typed != "--")
        put = "–" if style.ranges == "en-dash" else "-"
        yield Use("ranges", way, passage, start, end, is_wanted, None if is_wanted else put)


def ranges_in(passage: Passage) -> Iterator[tuple[int, int]]:
    """Tell where a dash or a hyphen stands between two days, two months or two times, with spaces or without."""
    for found in _PERIOD.finditer(passage.text):
        if passage.is_own(*found.span()) and _are_of_one_kind(found["first"], found["last"]):
            yield found.span("dash")
    for found in _HOURS.finditer(passage.text):
        is_told = _SAYS_HOUR.search(found["last"]) and (_SAYS_HOUR.search(found["first"]) or found["half"])
        if is_told and passage.is_own(*found.span()):
            yield found.span("dash")


def _are_of_one_kind(first: str, last: str) -> bool:
    """Tell whether two words are both days or both months; he sat - sun or no sun - for hours."""
    if first[0].isupper() != last[0].isupper() or (
        first[0].islower() and min(len(first), len(last)) < _LEAST
    ):
        return False
    return any({first.lower(), last.lower()} <= listed("counted", key) for key in ("days", "months"))


def _numbers(passage: Passage) -> Iterator[tuple[int, int]]:
    for found in _RANGE.finditer(passage.text):
        if not passage.is_own(*found.span()) or not _rises(found["first"], found["last"]):
            continue
        before = _BEFORE.search(passage.text[max(0, found.start() - _LONGEST_WORD) : found.start()])
        if before and before[1][:1].isupper() and before[1].lower() not in listed("counted", "before"):
            continue
        yield found.span("dash")


def _rises(first: str, last: str) -> bool:
    """Tell whether two numbers may be the ends of a range: 8-12, 1914-1918, 1914-18; 2-1 is a score."""
    if (first[0] == "0" and first != "0") or last[0] == "0":
        return False
    if len(first) == len(last) or (len(first) <= 2 and len(last) == len(first) + 1):
        return int(first) < int(last)
    is_year = len(first) == 4 and first[0] in "12" and len(last) == 2
    return is_year and int(first[2:]) < int(last)
