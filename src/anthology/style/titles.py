"""The capitals of English titles: of every word that matters, or of the first alone."""

from __future__ import annotations

import re

from anthology.style.data import primary

# What even a title in capitals has small, unless it stands first or last (Chicago Manual of Style, 8.159).
_SMALL = frozenset(
    "a an and as at but by en for from if in into nor of off on onto or over per so than the to up v via vs with yet".split()
)
_WORD = re.compile(r"[^\W_]+(?:['’.&/][^\W_]+)*")
# One word may be a name; of a title with fewer nobody can say.
_LEAST = 2


def way_of_title(title: str, language: str) -> str:
    """Tell how a title is capitalised: "title-case", "sentence-case", or neither where its words do not tell."""
    if primary(language) != "en":
        return ""
    # Behind a colon a title begins again.
    words = [
        found.group() for part in re.split(r"[:.?!—–]\s", title) for found in list(_WORD.finditer(part))[1:]
    ]
    telling = [
        word for word in words if word.lower() not in _SMALL and word[0].isalpha() and word[1:].islower()
    ]
    small = sum(word[0].islower() for word in telling)
    if len(telling) < _LEAST:
        return ""
    if not small:
        return "title-case"
    return "sentence-case" if small * 2 >= len(telling) else ""


def in_title_case(title: str) -> str:
    """Give every word that matters a capital; no other letter changes."""
    found = list(_WORD.finditer(title))
    letters = list(title)
    for number, word in enumerate(found):
        matters = word.group().lower() not in _SMALL or number in (0, len(found) - 1)
        if matters and word.group().islower():
            letters[word.start()] = letters[word.start()].upper()
    return "".join(letters)
