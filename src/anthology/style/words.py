"""Words: doubled ones, those that the house does not use, and phrases that a text brought along from the web."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from anthology.style.data import primary, words_of
from anthology.style.finding import Finding
from anthology.style.spelling import begins_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.config.style import HouseStyle
    from anthology.style.passages import Passage

_TWICE = re.compile(r"\b([^\W\d_]+)\s+(?=(\1)\b)(?![^\W\d_]+['’-]\w)", re.IGNORECASE)


def doubled_words(passage: Passage) -> Iterator[Finding]:
    """Look for words that stand twice; names may, and so may what a language doubles."""
    lists = words_of("doubles").get(primary(passage.language))
    if lists is None:
        return
    may, only = lists.get("may", "").split(), lists.get("only", "").split()
    for found in _TWICE.finditer(passage.text):
        word = found[1].lower()
        if word in may or (only and word not in only) or found[2][0].isupper():
            continue
        if passage.text[: found.start()].endswith(("-", "'", "’")):
            continue
        start, end = found.start(), found.end(2)
        message = f'"{found[1]}" stands twice: "{passage.around(start, end)}"'
        yield Finding("H018", passage, start, end, message, "take one of the two out")


def residues(passage: Passage) -> Iterator[Finding]:
    """Look for phrases of the web that are the writer's own, each told once, as the longest that is there."""
    language = primary(passage.language)
    phrases = _phrases(language)
    if phrases is None:
        return
    excused = [found.span() for found in _excuses(language).finditer(passage.text)]
    for found in phrases.finditer(passage.text):
        start, end = found.span()
        if not passage.is_own(start, end) or any(begin <= start and end <= until for begin, until in excused):
            continue
        around = passage.around(start, end)
        if " ".join(found.group().lower().split()) in words_of("phrases")[language]["times"]:
            message = f'"{found.group()}" counts from a day that readers of a book do not know: "{around}"'
            hint = "write the date, or how long it was before what is told"
            fold = "{count} passages count from a day that readers of a book do not know"
        else:
            message = f'"{found.group()}" makes sense on a website alone: "{around}"'
            hint = "take it out, or write it for paper"
            fold = "{count} phrases make sense on a website alone"
        yield Finding("H017", passage, start, end, message, hint, fold)


def words_not_preferred(passage: Passage, style: HouseStyle) -> Iterator[Finding]:
    """Look for words in place of which the house has others."""
    for wrong, right in style.preferred.items():
        for found in _word(wrong, right).finditer(passage.text):
            if found["wrong"] is None or not passage.is_own(*found.span()):
                continue
            typed = found["wrong"]
            put = right
            if typed[0].isupper() and begins_sentence(passage.text, found.start()):
                put = right[:1].upper() + right[1:]
            if typed == put:
                continue
            message = f'the house writes "{put}", not "{typed}": "{passage.around(*found.span())}"'
            yield Finding("H016", passage, *found.span(), message)


@cache
def _word(wrong: str, right: str) -> re.Pattern[str]:
    """Look for the right word first, so that the wrong one is not found in it; capitals count where they differ alone."""
    flags = 0 if wrong.lower() == right.lower() else re.IGNORECASE
    return re.compile(
        rf"(?<!\w){_spaced(right)}(?!\w)|(?P<wrong>(?<!\w){_spaced(wrong)}(?!\w))", flags
    )


def _spaced(phrase: str) -> str:
    return r"\s+".join(re.escape(word) for word in phrase.split())


@cache
def _phrases(language: str) -> re.Pattern[str] | None:
    lists = words_of("phrases").get(language)
    return _any_of([*lists["leads"], *lists["times"]]) if lists else None


@cache
def _excuses(language: str) -> re.Pattern[str]:
    return _any_of(words_of("phrases")[language]["not"])


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    either = "|".join(_spaced(phrase).replace("'", "['’]") for phrase in longest_first)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)
