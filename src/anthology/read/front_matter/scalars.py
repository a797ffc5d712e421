"""What a scalar means in a field that asks for a date, a yes or no, a number or a language."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anthology.read.front_matter.tree import Entry

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt\s]\s*\d{1,2}:\d{2}.*)?")
_MONTH_FIRST = re.compile(r"([A-Za-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]+)\.?,?\s+(\d{4})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_FLOAT = re.compile(r"-?(?:0|[1-9]\d*)\.\d+")

_MONTHS = {
    name.lower(): month
    for names in (calendar.month_name, calendar.month_abbr)
    for month, name in enumerate(names)
    if name
} | {"sept": 9}
_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off"})


class NoSuchDay(ValueError):  # noqa: N818 (it is not an error of the program)
    """A date that is written well and that no calendar has."""


def read_date(text: str) -> dt.date | None:
    """Read a date: `2025-07-29`, with or without a time, `July 29, 2025` or `29 July 2025`.

    Returns None where the text is no date. Raises `NoSuchDay` for a day that does not exist.
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif (found := _MONTH_FIRST.fullmatch(text)) and found.group(1).lower() in _MONTHS:
        month, day, year = _MONTHS[found.group(1).lower()], int(found.group(2)), int(found.group(3))
    elif (found := _DAY_FIRST.fullmatch(text)) and found.group(2).lower() in _MONTHS:
        day, month, year = int(found.group(1)), _MONTHS[found.group(2).lower()], int(found.group(3))
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise NoSuchDay(text) from None


def read_flag(text: str) -> bool | None:
    """Read true, yes or on, and false, no or off, in any case; None where it is neither."""
    word = text.strip().lower()
    return True if word in _YES else False if word in _NO else None


def read_number(text: str) -> float | None:
    """Read a number as people write it, leading zeros and all; None where it is none."""
    try:
        number = float(text.replace("_", "x"))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def read_language(text: str) -> str | None:
    """Read a language tag (BCP 47), also with underscores for hyphens; None where it is none."""
    tag = text.strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def plain_value(entry: Entry) -> Any:
    """Give an entry as a plain JSON-like value for templates.

    Only what has one meaning is taken for more than text: true and false, whole numbers, and decimal numbers
    that are printed as they were written (`1.10` and `010` stay texts).
    """
    value = entry.value
    if isinstance(value, dict):
        return {key: plain_value(held) for key, held in value.items()}
    if isinstance(value, tuple):
        return [plain_value(held) for held in value]
    if not entry.plain:
        return value
    if value in ("", "~", "null"):
        return None
    if value in ("true", "false"):
        return value == "true"
    if _INTEGER.fullmatch(value):
        return int(value)
    if _FLOAT.fullmatch(value) and str(float(value)) == value:
        return float(value)
    return value
