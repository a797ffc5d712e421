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
        if passage.text[found.start() - 1 : found.start()] in ("-", "'", "’"):
            continue
        start, end = found.start(), found.end(2)
        message = f'"{found[1]}" stands twice: "{passage.around(start, end)}"'
        yield Finding("H018", passage, start, end, message, "take one of the two out")


def residues(passage: Passage) -> Iterator[Finding]:
    """Look for phrases of the web that are the writer's own, each told once, as the longest that is there."""
    language = primary(passage.language)
    if language not in words_of("phrases"):
        return
    found = [*_leads(passage, language), *_times(passage, language)]
    told_to = 0
    for start, end, counts in sorted(found, key=lambda each: (each[0], -each[1])):
        if start < told_to or not passage.is_own(start, end):
            continue
        told_to = end
        phrase, around = " ".join(passage.text[start:end].split()), passage.around(start, end)
        if counts:
            message = f'"{phrase}" counts from a day that readers of a book do not know: "{around}"'
            hint = "write the date, or how long it was before what is told"
            fold = "{count} passages count from a day that readers of a book do not know"
        else:
            message = f'"{phrase}" makes sense on a website alone: "{around}"'
            hint = "take it out, or write it for paper"
            fold = "{count} phrases make sense on a website alone"
        yield Finding("H017", passage, start, end, message, hint, fold)


def _leads(passage: Passage, language: str) -> Iterator[tuple[int, int, bool]]:
    """Find what sends a reader somewhere, where it does, and labels that stand alone."""
    text = passage.text
    for found in _listed(language, "leads").finditer(text):
        yield *found.span(), False
    for found in _listed(language, "begin").finditer(text):
        if begins_sentence(text, found.start()):
            yield *found.span(), False
    label = text.strip(" .:…»›→>|*")
    if _listed(language, "alone").fullmatch(label):
        start = text.index(label)
        yield start, start + len(label), False


def _times(passage: Passage, language: str) -> Iterator[tuple[int, int, bool]]:
    """Find what counts from the day of writing, and nothing that only sounds like it."""
    excused = [found.span() for found in _listed(language, "not").finditer(passage.text)]
    for found in _listed(language, "times").finditer(passage.text):
        start, end = found.span()
        if not any(begin <= start and end <= until for begin, until in excused):
            yield start, end, True


def words_not_preferred(passage: Passage, style: HouseStyle) -> Iterator[Finding]:
    """Look for words in place of which the house has others."""
    for wrong, right in style.preferred.items():
        for found in _word(wrong, right).finditer(passage.text):
            if found["wrong"] is None or not passage.is_own(*found.span()):
                continue
            typed = " ".join(found["wrong"].split())
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
    return re.compile(rf"(?<!\w){_spaced(right)}(?!\w)|(?P<wrong>(?<!\w){_spaced(wrong)}(?!\w))", flags)


def _spaced(phrase: str) -> str:
    return r"\s+".join(re.escape(word) for word in phrase.split())


@cache
def _listed(language: str, name: str) -> re.Pattern[str]:
    longest_first = sorted(words_of("phrases")[language][name], key=len, reverse=True)
    either = "|".join(_spaced(phrase).replace("'", "['’]") for phrase in longest_first)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)
