"""Dashes between words, ellipses, and what stands between two numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.style.data import listed
from anthology.style.finding import AS_WRITTEN, Use
from anthology.style.markup import SOMETHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.config.style import HouseStyle
    from anthology.style.passages import Passage

_SPACE = "[ \\t\\n\u00a0\u2009\u200a\u202f]"
_DASH = re.compile(
    rf"(?P<before>{_SPACE}*)(?P<dash>[—–]|(?<![-!<])-{{2,3}}(?![->])|(?<= )-(?=[ \n]))(?P<after>{_SPACE}*)"
)
_TYPED = {"---": "—", "--": "–"}
_HOUSE = {"em": "—", "spaced-em": " — ", "spaced-en": " – "}
_ELLIPSIS = re.compile(r"(?<![.…])(?:\.{3}|\. \. \.|…)(?! ?[.…])")
# What a name or a number of a thing is made of is no range: Boeing 737-800, ISO 8859-1, 555-1234, 2026-11-30.
_RANGE = re.compile(
    r"(?<![\w.,:/+%§-])(?P<first>\d{1,4})(?P<dash>[-–]|--)(?P<last>\d{1,4})(?![\w/:+-]|[.,–]\d)"
)
_LONGEST_WORD = 40
_BEFORE = re.compile(r"(\w+)\.?[ \u00a0]$")


def dash_uses(passage: Passage, style: HouseStyle) -> Iterator[Use]:
    """Tell which dashes stand between words."""
    text = passage.text
    for found in _DASH.finditer(text):
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        typed = found["dash"]
        dash = _TYPED.get(typed, typed)
        if not before or not after or bool(found["before"]) != bool(found["after"]):
            # Speech that breaks off, the dash before a name, an option that is no code.
            continue
        if not passage.is_own(found.start(), found.end()) or (before.isdigit() and after.isdigit()):
            continue
        if not found["before"] and typed == "–":
            # From Paris–London to Nord–Süd: it joins two words and parts no sentence.
            continue
        is_spaced = bool(found["before"])
        way = {"—": "em", "–": "en", "-": "hyphen"}[dash]
        way = f"spaced-{way}" if is_spaced else way
        mended = _house_dash(found, style.dashes)
        if mended == "—" and SOMETHING in (before, after):
            # An address would go on with the dash.
            mended = None
        is_wanted = style.dashes in (AS_WRITTEN, way) and (style.dashes == AS_WRITTEN or typed == dash)
        yield Use("dashes", way, passage, found.start(), found.end(), is_wanted, mended)


def _house_dash(found: re.Match[str], house: str) -> str | None:
    """Give the dash of the house with its spaces, leaving the end of a line where it is."""
    if house == AS_WRITTEN:
        return None
    put = _HOUSE[house]
    if "\n" in found["before"] + found["after"] and house == "em":
        return None
    if found["before"] and put != put.strip():
        return found["before"] + put.strip() + found["after"]
    return put


def ellipsis_uses(passage: Passage, style: HouseStyle) -> Iterator[Use]:
    """Tell how ellipses are typed."""
    for found in _ELLIPSIS.finditer(passage.text):
        if not passage.is_own(*found.span()):
            continue
        way = {"…": "character", "...": "three-dots"}.get(found.group(), "spaced dots")
        is_wanted = style.ellipsis in (AS_WRITTEN, way)
        mended = None if is_wanted else "…" if style.ellipsis == "character" else "..."
        yield Use("ellipsis", way, passage, *found.span(), is_wanted, mended)


def range_uses(passage: Passage, style: HouseStyle) -> Iterator[Use]:
    """Tell what stands between two numbers, the first of them smaller."""
    for found in _RANGE.finditer(passage.text):
        if not passage.is_own(*found.span()) or not _rises(found["first"], found["last"]):
            continue
        before = _BEFORE.search(passage.text[max(0, found.start() - _LONGEST_WORD) : found.start()])
        if before and before[1][:1].isupper() and before[1].lower() not in listed("counted", "before"):
            continue
        way = "hyphen" if found["dash"] == "-" else "en-dash"
        is_wanted = style.ranges == AS_WRITTEN or (style.ranges == way and found["dash"] != "--")
        put = "–" if style.ranges == "en-dash" else "-"
        yield Use("ranges", way, passage, *found.span("dash"), is_wanted, None if is_wanted else put)


def _rises(first: str, last: str) -> bool:
    """Tell whether two numbers may be the ends of a range: 8-12, 1914-1918, 1914-18; 2-1 is a score."""
    if (first[0] == "0" and first != "0") or last[0] == "0":
        return False
    if len(first) == len(last) or (len(first) <= 2 and len(last) == len(first) + 1):
        return int(first) < int(last)
    is_year = len(first) == 4 and first[0] in "12" and len(last) == 2
    return is_year and int(first[2:]) < int(last)
