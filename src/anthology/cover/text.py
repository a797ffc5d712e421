"""What a cover says, and what of it can be set."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from anthology.fonts import SERIF
from anthology.installed_fonts import Cut, can_shape, cuts_in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

# The longest text that is looked at; no front holds more, even in its smallest size.
LONGEST = 1200
_NO_BREAK = dict.fromkeys((0x202F, 0x2007), "\u00a0") | {0x2011: "-"}
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class CoverText:
    """What a cover says.

    `editors` is one line in the book's language; `language` a BCP 47 tag. All but `title` may be empty.
    """

    title: str
    subtitle: str = ""
    editors: str = ""
    publisher: str = ""
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"


def uncovered(text: str, fallback: tuple[str, ...] = ()) -> str:
    """List the characters that a cover cannot set, each once, in their order in the text."""
    cuts = cuts_in_order(SERIF, 400, "normal", fallback)
    return "".join(dict.fromkeys(c for c in clean(text) if not _settable(c, cuts)))


def clean(text: str) -> str:
    """Keep what is printed: one space between words, no control characters, letters composed."""
    text = unicodedata.normalize("NFC", re.sub(r"[^\S\u00a0\u202f\u2007]+", " ", text))
    text = re.sub(r"(?<=[«‹]) | (?=[»›:;!?–—])", "\u00a0", text.translate(_NO_BREAK))
    kept = (c for c in text if c in _JOINERS or unicodedata.category(c)[0] != "C")
    return re.sub(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]", "", "".join(kept)).strip()


def _settable(character: str, cuts: Sequence[Cut]) -> bool:
    if character in _JOINERS:
        return True  # these only say how their neighbours look
    if not can_shape() and (
        unicodedata.bidirectional(character) in {"R", "AL", "AN"} or unicodedata.category(character)[0] == "M"
    ):
        return False
    return any(cut.draws(character) for cut in cuts)


def settable_text(text: str, cuts: Sequence[Cut], longest: int = LONGEST) -> str:
    """Leave out words with letters, and single symbols, that cannot be set; nothing where no letter is left.

    Of a text of more than `longest` characters, no more is looked at.
    """
    text = clean(text)[:longest]
    missing = {c for c in text if not _settable(c, cuts)}
    if not can_shape():
        text = text.translate(dict.fromkeys(map(ord, _JOINERS)))
    if not missing:
        return text
    unreadable = {c for c in missing if unicodedata.category(c)[0] in "LMN"}
    words = (
        "".join(c for c in word if c not in missing)
        for word in text.split(" ")
        if not unreadable.intersection(word)
    )
    kept = " ".join(word for word in words if word.strip(_JOINERS))
    return kept if any(c.isalnum() for c in kept) else ""


def capitals(text: str, language: str) -> str:
    """Put text in capitals as its language does: Turkish and Azerbaijani keep the dot of the i."""
    if language.split("-")[0] in {"tr", "az"}:
        text = text.replace("i", "İ")
    return text.upper()
