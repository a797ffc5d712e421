"""The capitals of English titles: of every word that matters, or of the first alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.style.data import listed, primary

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:['’.&/][^\W_]+)*")
_BEGINS_AGAIN = re.compile(r"[:.?!—–][\"'’”)]*\s|\s-\s")
# Before one of these, in is a preposition, unless it goes with a verb: A Life in the Theatre, Send In the Clowns.
_DETERMINERS = frozenset(
    ("a", "an", "the", "my", "your", "our", "their", "his", "her", "its", "this", "that", "these", "those")
)
_VERBS_WITH_IN = (
    "send",
    "log",
    "sign",
    "bring",
    "let",
    "take",
    "call",
    "check",
    "give",
    "hand",
    "turn",
    "break",
)
# So Far, Not Yet, What If, Growing Up: words of these letters may matter as much as any.
_UNSURE = frozenset({"so", "yet", "if", "en", "v", "as", "on", "off", "over", "up"})
# What stands inside a name with a small letter: Vincent van Gogh.
_OF_NAMES = frozenset(
    (
        "van",
        "von",
        "de",
        "der",
        "den",
        "du",
        "da",
        "di",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ter",
        "del",
        "della",
        "dos",
        "das",
        "zu",
        "zur",
        "e",
        "y",
    )
)
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
    """Give every word that matters a capital, and take it from those that are surely small; no other letter changes."""
    letters = list(title)
    for part in _parts(title):
        for number, word in enumerate(part):
            is_at_end = number in (0, len(part) - 1)
            if not is_at_end and _is_surely_small(part, number):
                letters[word.start()] = letters[word.start()].lower()
            elif _takes_capital(title, word, is_at_end=is_at_end):
                letters[word.start()] = letters[word.start()].upper()
    return "".join(letters)


def title_of_house(title: str, language: str, house: str) -> str:
    """Give a title as a house has it, "title-case" or "sentence-case"; as it is written where nothing is surely wrong.

    In sentence case, which capitals are those of names is not known: there, only the first word and small words tell.
    """
    if primary(language) != "en":
        return title
    if house == "title-case":
        put = in_title_case(title)
        # Whether a word behind a hyphen has a capital, houses do not agree.
        differs = any(
            new != old and title[at - 1 : at] != "-"
            for at, (old, new) in enumerate(zip(title, put, strict=True))
        )
        return put if differs else title
    letters = list(title)
    for part in _parts(title):
        for number, word in enumerate(part[1:-1], 1):
            if _is_surely_small(part, number) and part[number + 1].group().islower():
                letters[word.start()] = letters[word.start()].lower()
    first = _WORD.search(title)
    if first and first.start() == 0 and _takes_capital(title, first, is_at_end=True):
        letters[0] = letters[0].upper()
    return "".join(letters)


def _parts(title: str) -> list[list[re.Match[str]]]:
    """Part a title where it begins again: its words, behind a colon from the first on."""
    parts: list[list[re.Match[str]]] = [[]]
    for word in _WORD.finditer(title):
        if parts[-1] and _BEGINS_AGAIN.search(title, parts[-1][-1].end(), word.start()):
            parts.append([])
        parts[-1].append(word)
    return parts


def _takes_capital(title: str, word: re.Match[str], *, is_at_end: bool) -> bool:
    """Tell whether a word in small letters matters; one letter, an address and the van in van Gogh do not."""
    written = word.group()
    if not written.isalpha() and re.search(r"[\d./&]", written):
        return False
    if not written.islower() or (len(written) == 1 and not (is_at_end and written in "ai")):
        return False
    # Without a vowel, it is the name of a tool, such as npm.
    if title.count("`", 0, word.start()) % 2 or not re.search("[^b-df-hj-np-tv-xz]", written):
        return False
    following = title[word.end() : word.end() + 2].strip()
    if not is_at_end and written in _OF_NAMES and following[:1].isupper():
        return False
    return is_at_end or written not in listed("english", "small")


def _is_surely_small(words: Sequence[re.Match[str]], number: int) -> bool:
    """Tell whether a word with a capital is small in any title: growing Up is not, and The Hague is called so."""
    if words[number].string[: words[number].start()].endswith(tuple("([\"'“‘«")):
        return False
    word, following = words[number].group(), words[number + 1].group() if number + 1 < len(words) else ""
    if not (word[0].isupper() and word[1:].islower()) or following == "Hague":
        return False
    if word == "In":
        with_verb = words[number - 1].group().lower().startswith(_VERBS_WITH_IN)
        return following.lower() in _DETERMINERS and not with_verb
    return word.lower() in listed("english", "small") - _UNSURE
