"""Dates in English text: the day before the month, or behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.style.data import primary
from anthology.style.finding import AS_WRITTEN, Use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.config.style import HouseStyle
    from anthology.style.passages import Passage

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Apr\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?<![\w.,/-])(?<!\d )(?P<first>{_DAY})(?: of)?\s(?P<month>{_MONTH})(?![\w-])(?:,? \d{{4}}(?!\d))?"
    rf"|(?<![\w-])(?P<before>{_MONTH})\s(?:the )?(?P<last>{_DAY})(?![\w/:%.-]?\d|[a-z-])(?:,? \d{{4}}(?!\d))?"
)


def date_uses(passage: Passage, style: HouseStyle) -> Iterator[Use]:
    """Tell which dates have the day first and which the month."""
    if primary(passage.language) != "en":
        return
    for found in _DATE.finditer(passage.text):
        if not passage.is_own(*found.span()):
            continue
        way = "day-month-year" if found["first"] else "month-day-year"
        first, last = found["first"] or found["last"], found["month"] or found["before"]
        put = f"{first} {last}" if style.dates == "day-month-year" else f"{last} {first}"
        wanted = style.dates in (AS_WRITTEN, way)
        yield Use("dates", way, passage, *found.span(), wanted, None, f'write "{put}"')
