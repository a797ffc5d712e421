"""Dashes between words, and ellipses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.style.finding import AS_WRITTEN, Use
from anthology.style.markup import SOMETHING
from anthology.style.ranges import ranges_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.config.style import HouseStyle
    from anthology.style.passages import Passage

_SPACE = "[ \\t\\n\u00a0\u2009\u200a\u202f]"
_DASH = re.compile(
    rf"(?P<before>{_SPACE}*)(?P<dash>[—–]|(?<![-!<])-{{2,3}}(?![->])|(?<= )-(?=[ \n]))(?P<after>{_SPACE}*)"
)
# So much of a line of commands says that `--` is one of its words: ls -la -- file.
_OPTION_BEFORE = re.compile(r"(?<!\S)-{1,2}[^\W\d_]\S*\Z")
_OPTION_AFTER = re.compile(r"-{1,2}[^\W\d_]")
_LONGEST_OPTION = 40
# What joins two letters, or two words that are all that is said, parts no sentence.
_JOINED = re.compile(
    r"(?<![\w'’-])[^\W\d_] ?(?P<dash>--?|–) ?[^\W\d_](?![\w'’-])"
    r"|(?:\A|(?<=[.:;!?,(] )|(?<=[\n(]))(?P<first>[^\W\d_]\w*) ?(?P<between>--?|–) ?(?P<last>[^\W\d_]\w*)(?=[.:;!?,)\n]|\Z)"
)
_TYPED = {"---": "—", "--": "–"}
_HOUSE = {"em": "—", "spaced-em": " — ", "spaced-en": " – "}
_ELLIPSIS = re.compile(r"(?<![.…])(?:\.{3}|\. \. \.|…)(?! ?[.…])")


def dash_uses(passage: Passage, style: HouseStyle) -> Iterator[Use]:
    """Tell which dashes stand between words."""
    text = passage.text
    joining = {place for place, _ in ranges_in(passage)} | _joining(text)
    for found in _DASH.finditer(text):
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        typed = found["dash"]
        dash = _TYPED.get(typed, typed)
        if not before or not after or bool(found["before"]) != bool(found["after"]):
            # Speech that breaks off, the dash before a name, an option that is no code.
            continue
        if found.start("dash") in joining or _is_of_a_command(text, found):
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


def _joining(text: str) -> set[int]:
    places = set()
    for found in _JOINED.finditer(text):
        first, last = (
            (found["first"], found["last"]) if found["first"] else (found.group()[0], found.group()[-1])
        )
        # So did I - a long time ago; Yes - please.
        if first[0].isupper() == last[0].isupper() and (first[0].isupper() or not found["first"]):
            places.add(found.start("between" if found["first"] else "dash"))
    return places


def _is_of_a_command(text: str, found: re.Match[str]) -> bool:
    if found["dash"][0] != "-" or not found["before"]:
        return False
    before = _OPTION_BEFORE.search(text, max(0, found.start() - _LONGEST_OPTION), found.start())
    return before is not None or _OPTION_AFTER.match(text, found.end()) is not None


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
