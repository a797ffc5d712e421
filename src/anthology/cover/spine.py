"""The words of a spine: one line, as large as it has room."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal, NamedTuple

from anthology.cover.front import TRACKING
from anthology.cover.text import capitals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anthology.cover.front import Style
    from anthology.cover.text import CoverText
    from anthology.cover.typesetter import Typesetter

# In English, Dutch and the Scandinavian languages a spine reads downwards, as ISO 6357 has it, and so do those of
# scripts that are written downwards. In these languages publishers have theirs read upwards.
_UPWARDS = frozenset({"ca", "cs", "de", "es", "eu", "fr", "gl", "hr", "hu", "it", "pt", "ro", "ru", "sk"})

# Written downwards as well; commas between names, which would want another corner of their square, become spaces.
_DOWNWARDS = frozenset({"ja", "ko", "zh"})
_SPINE_COMMAS = {ord("、"): "\u3000", ord("，"): "\u3000"}

# Editors are set smaller than the title, the publisher's capitals smaller again.
EDITORS, PUBLISHER = 0.82, 0.6
# White between the parts of the line, in ems of the title.
GAP = 1.6


class Run(NamedTuple):
    """A part of a line; one that is `upright` is a character that stands on the turned line as on a page."""

    text: str
    upright: bool = False


class Spine(NamedTuple):
    """What stands on a spine; `size` is that of the title in pixels, 0 where nothing fits."""

    title: tuple[Run, ...] = ()
    editors: tuple[Run, ...] = ()
    publisher: tuple[Run, ...] = ()
    size: int = 0


def runs_of(text: str, language: str) -> tuple[Run, ...]:
    """Part a line of a spine: Chinese, Japanese and Korean stand upright below one another, all else lies on its side.

    Brackets and the mark of long vowels lie on their sides there too (Unicode Standard Annex 50).
    """
    if language.split("-")[0].lower() not in _DOWNWARDS:
        return (Run(text),) if text else ()
    runs: list[Run] = []
    for character in text.translate(_SPINE_COMMAS):
        upright = unicodedata.east_asian_width(character) in "WF" and unicodedata.category(character) == "Lo"
        if upright or not runs or runs[-1].upright:
            runs.append(Run(character, upright))
        else:
            runs[-1] = Run(runs[-1].text + character)
    return tuple(runs)


def turn_of(language: str, direction: Literal["ltr", "rtl"]) -> Literal["clockwise", "anticlockwise"]:
    """Tell how the line of a spine is turned.

    Args:
        language: that of the book, as a BCP 47 tag.
        direction: that of the line: one that begins at its right end reads downwards when it is turned the other way.
    """
    upwards = language.split("-")[0].lower() in _UPWARDS
    return "anticlockwise" if upwards is (direction == "ltr") else "clockwise"


def set_spine(
    book: CoverText,
    title: str,
    editors: str,
    setters: Mapping[Style, Typesetter],
    length: float,
    sizes: range,
) -> Spine:
    """Fit a line to a spine.

    Where even the smallest size has no room for all, the publisher is left out, and then the editors; both stand on
    the front. A title that has no room alone leaves the spine without words.

    Args:
        book: what the cover says; publisher, language and direction are taken of it.
        title: the title as the spine says it.
        editors: their names.
        setters: what sets text in each style.
        length: the length of the line, in pixels.
        sizes: of the title, from the largest to the smallest, in pixels.
    """
    publisher = capitals(book.publisher, book.language)
    wanted = dict.fromkeys([(editors, publisher), (editors, ""), ("", "")])
    for names, house in wanted:
        for size in sizes:
            if _length(title, names, house, setters, size) <= length:
                first, second, last = (runs_of(part, book.language) for part in (title, names, house))
                return Spine(first, second, last, size)
    return Spine()


def _length(
    title: str, editors: str, publisher: str, setters: Mapping[Style, Typesetter], size: int
) -> float:
    parts = [
        setters["serif"].width_of(title, size),
        setters["italic"].width_of(editors, round(size * EDITORS)),
        setters["sans"].width_of(publisher, round(size * PUBLISHER), TRACKING),
    ]
    return sum(parts) + GAP * size * (sum(map(bool, parts)) - 1)
