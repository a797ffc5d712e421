"""Directions: which texts in a line have to be kept apart from the others in it, for they may run the other way."""

from __future__ import annotations

import re

from anthology.model import direction_of

# Marks that turn the direction of what follows (Unicode Standard Annex 9, 2), whether their writer ended it or not.
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_OTHER_WAY = {
    "ltr": re.compile(
        f"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff{_TURNING}]"
    ),
    "rtl": re.compile(f"[A-Za-z\u00c0-\u052f\u1e00-\u1fff{_TURNING}]"),
}


def direction_among(text: str, language: str) -> str:
    """Give the `dir` of a text among others in a language (BCP 47): `auto` where it may run the other way, else nothing.

    An element with a `dir` is an isolate (HTML Living Standard, 15.3.5): what is in it turns nothing around it.
    """
    return "auto" if _OTHER_WAY[direction_of(language)].search(text) else ""
