"""British and American spelling, told by lists of words that only one of them has."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from anthology.style.data import primary, words_of
from anthology.style.finding import AS_WRITTEN, Use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.config.style import HouseStyle
    from anthology.style.passages import Passage

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDINGS_OF_ISE = ("e", "es", "ed", "ing", "er", "ers", "ation", "ations", "ational", "able")
_ENDINGS_OF_OUR = (
    *("", "s", "ed", "ing", "er", "ers", "ful", "fully", "less", "able", "ably", "al", "ally"),
    *("ite", "ites", "hood", "hoods", "ly"),
)
_ENDINGS_OF_LL = ("ed", "ing", "er", "ers")
_BEFORE_ISE = ("", "re", "de", "dis", "un", "over")

ISE, IZE, BRITISH, AMERICAN = "-ise", "-ize", "British", "American"
_WANTED = {
    "en-GB": {ISE, BRITISH},
    "en-GB-oxendict": {IZE, BRITISH},
    "en-US": {IZE, AMERICAN},
}


class _Spelt(NamedTuple):
    way: str
    otherwise: str


def spelling_uses(passage: Passage, style: HouseStyle) -> Iterator[Use]:
    """Tell of which side a word is; a name with a capital is of none."""
    if primary(passage.language) != "en":
        return
    known = _words()
    for found in _WORD.finditer(passage.text):
        spelt = known.get(found.group().lower())
        if spelt is None or not passage.is_own(*found.span()) or _is_name(passage, found):
            continue
        topic = "endings" if spelt.way in (ISE, IZE) else "spelling"
        wanted = style.spelling == AS_WRITTEN or spelt.way in _WANTED[style.spelling]
        hint = f'write "{like(found.group(), spelt.otherwise)}"'
        yield Use(topic, spelt.way, passage, *found.span(), wanted, None, hint)


def like(pattern: str, word: str) -> str:
    """Give a word the capitals of another."""
    if pattern.isupper() and len(pattern) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if pattern[:1].isupper() else word


def begins_sentence(text: str, at: int) -> bool:
    """Tell whether a sentence begins at a place of a passage."""
    # More than a space and a mark or two stands before no word.
    before = text[max(0, at - 20) : at].rstrip(" \n\t\"'“‘(«„[")
    return not before or before[-1] in ".!?…:—–"


def _is_name(passage: Passage, found: re.Match[str]) -> bool:
    """Tell whether a capital says that a word is of a name: Labor Day, the Lincoln Center."""
    if not found.group()[0].isupper():
        return False
    following = passage.text[found.end() : found.end() + 2]
    goes_on = bool(re.fullmatch(r" [A-Z]", following))
    return goes_on or not begins_sentence(passage.text, found.start())


@cache
def _words() -> dict[str, _Spelt]:
    listed = words_of("english")
    known: dict[str, _Spelt] = {}

    def add(british: str, american: str, ways: tuple[str, str] = (BRITISH, AMERICAN)) -> None:
        known[british] = _Spelt(ways[0], american)
        known[american] = _Spelt(ways[1], british)

    for stem in listed["ise"].split():
        for before in _BEFORE_ISE:
            for ending in _ENDINGS_OF_ISE:
                add(f"{before}{stem}is{ending}", f"{before}{stem}iz{ending}", (ISE, IZE))
    for stem in listed["yse"].split():
        for ending in ("e", "es", "ed", "ing", "er", "ers"):
            add(f"{stem}ys{ending}", f"{stem}yz{ending}")
    del known["analyses"]  # more than one analysis, on either side
    for word in listed["our"].split():
        for ending in _ENDINGS_OF_OUR:
            add(word + ending, f"{word[:-3]}or{ending}")
    for stem in listed["ll"].split():
        for ending in _ENDINGS_OF_LL:
            add(f"{stem}l{ending}", stem + ending)
    for pair in listed["words"].split():
        add(*pair.split("|"))
    for pair in listed["british"].split():
        british, american = pair.split("|")
        known[british] = _Spelt(BRITISH, american)
    return known
