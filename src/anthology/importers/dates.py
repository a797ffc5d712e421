"""Dates and reading times as pages write them, in the languages that we read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

LANGUAGES = ("en", "de", "fr", "es")

_READING_TIME = re.compile(
    r"(?:(?:reading time|read(?:ing)?|lesezeit|temps de lecture|lecture|tiempo de lectura|lectura)\s*:?\s*)?"
    r"(?:ca\.?|about|approx\.?|env\.?|~)?\s*"
    r"(\d{1,3})\s*[- ]?\s*(?:min(?:ute|uto)?s?\.?|minuten|min\.?)"
    r"(?:\s*(?:to |of |de |of a )?(?:read(?:ing)?(?: time)?|lesezeit|lesedauer|lecture|lectura))?\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text, and where it stands; `date` is None for a day that no calendar has."""

    begin: int
    end: int
    date: dt.date | None


def find_date(text: str) -> FoundDate | None:
    """Find the first date of a text.

    The forms are `July 29, 2025`, `29 July 2025`, `29. Juli 2025`, `1er août 2025`, `29 de julio de 2025`,
    `2025-07-29`, `2025/07/29`, `29.07.2025`, and `29/07/2025` where it can only be read one way.
    """
    found = [match for pattern in _patterns() if (match := pattern.search(text))]
    if not found:
        return None
    first = min(found, key=lambda match: (match.start(), -match.end()))
    return FoundDate(first.start(), first.end(), _date_of(first))


def read_reading_time(text: str) -> int | None:
    """Read a reading time in minutes (`3 min Read`, `Lesezeit: 4 Minuten`); None where it is none."""
    found = _READING_TIME.fullmatch(text.strip())
    return int(found.group(1)) if found else None


def _date_of(found: re.Match[str]) -> dt.date | None:
    parts = found.groupdict()
    name = parts.get("name")
    month = _months()[name.casefold().rstrip(".")] if name else int(parts["month"] or 0)
    try:
        return dt.date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Give the months by name and abbreviation."""
    months = {"sept": 9}
    for names in _names("months"):
        for number, name in names.items():
            months.setdefault(name, number)
    return months


def _names(kind: str) -> list[dict[int, str]]:
    """Give the names of months or days in all our languages, folded, without full stops."""
    from babel import Locale

    return [
        {number: name.casefold().rstrip(".") for number, name in names.items() if len(name) > 1}
        for language in LANGUAGES
        for usage in getattr(Locale(language), kind).values()
        for names in usage.values()
    ]


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    name = f"(?P<name>{_either(_months())})\\.?"
    weekday = f"(?:(?:{_either(dict.fromkeys(day for names in _names('days') for day in names.values()))})\\.?,?\\s+)?"
    lead = f"(?<![\\w.]){weekday}(?:(?:den|le|el|am)\\s+)?"
    day = r"(?P<day>\d{1,2})"
    year = r"(?P<year>\d{4})(?!\w)"
    time = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?"
    written = (
        f"{lead}{name}\\s+{day}(?:st|nd|rd|th)?,?\\s+{year}",
        f"{lead}{day}(?:st|nd|rd|th|er|º|\\.)?\\s*(?:de\\s+|of\\s+)?{name},?\\s+(?:del?\\s+)?{year}",
        f"(?<![\\w-])(?P<year>\\d{{4}})-(?P<month>\\d{{1,2}})-{day}(?![\\d-]){time}",
        f"(?<![\\w/])(?P<year>\\d{{4}})/(?P<month>\\d{{1,2}})/{day}(?![\\d/])",
        f"{lead}{day}\\.\\s?(?P<month>\\d{{1,2}})\\.\\s?{year}",
        f"{lead}(?P<day>1[3-9]|2\\d|3[01])/(?P<month>\\d{{1,2}})/{year}",
        f"{lead}(?P<month>\\d{{1,2}})/(?P<day>1[3-9]|2\\d|3[01])/{year}",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in written)


def _either(words: dict[str, int] | dict[str, None]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
