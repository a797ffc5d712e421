"""The capitals of English titles: of every word that matters, or of the first alone."""

from __future__ import annotations

import re

from anthology.style.data import listed, primary

_WORD = re.compile(r"[^\W_]+(?:['’.&/][^\W_]+)*")
# One word may be a name; of a title with fewer nobody can say.
_LEAST = 2


def way_of_title(title: str, language: str) -> str:
    """Tell how a title is capitalised: "title-case", "sentence-case", or neither where its words do not tell."""
    if primary(language) != "en":
        return ""
    small_words = listed("english", "small")
    # Behind a colon a title begins again.
    words = [
        found.group() for part in re.split(r"[:.?!—–]\s", title) for found in list(_WORD.finditer(part))[1:]
    ]
    telling = [
        word for word in words if word.lower() not in small_words and word[0].isalpha() and word[1:].islower()
    ]
    small = sum(word[0].islower() for word in telling)
    if len(telling) < _LEAST:
        return ""
    if not small:
        return "title-case"
    return "sentence-case" if small * 2 >= len(telling) else ""


def in_title_case(title: str) -> str:
    """Give every word that matters a capital; no other letter changes."""
    small_words = listed("english", "small")
    found = list(_WORD.finditer(title))
    letters = list(title)
    for number, word in enumerate(found):
        matters = word.group().lower() not in small_words or number in (0, len(found) - 1)
        if matters and word.group().islower():
            letters[word.start()] = letters[word.start()].upper()
    return "".join(letters)
