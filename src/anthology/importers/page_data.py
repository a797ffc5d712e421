"""The lines of a page that give its data: byline, date and reading time, in one line or in several."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.importers.bylines import Byline, read_byline
from anthology.importers.dates import find_date, read_reading_time

if TYPE_CHECKING:
    import datetime as dt

_LONGEST = 250
_SEPARATOR = re.compile(r"\s*[·•|]\s*|\s+[-–—/]\s+")
_PUBLISHED = re.compile(
    r"(?:first )?(?:published|posted|date|on|veröffentlicht|erschienen|datum|publié|paru|publicado|fecha|stand)?"
    r"(?:\s*(?:on|am|le|el|:))?\s*:?",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:last )?(?:updated|modified|revised|amended|aktualisiert|mis à jour|actualizado)(?:\s*(?:on|am|le|el|:))?\s*:?",
    re.IGNORECASE,
)
_TIME_OF_DAY = re.compile(
    r"(?:(?:at|um|à|a las)\s+)?\d{1,2}[:.h]\d{2}\s*(?:[ap]\.?m\.?|uhr|h)?(?:\s*(?:[A-Z]{2,4}|UTC[+-]?\d*))?",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?:no|\d[\d.,]*k?) (?:comments?|shares?|views?|likes?|reads?|kommentare?)", re.IGNORECASE
)
_NOTICE = re.compile(
    r"(?:(?:correction|corrections|clarification|erratum|errata|amendment|retraction|editor[’']s note|editorial note|"
    r"berichtigung|korrektur|richtigstellung|anmerkung der redaktion|rectificatif|correctif|note de la rédaction|"
    r"corrección|fe de erratas|nota (?:del editor|de la redacción))\b\s*(?:[:(–—-]|\.\s|$)|"
    r"(?:this (?:article|story|post|page|piece) (?:was|has been) )?(?:last )?"
    r"(?:amended|corrected|updated|revised)(?:\s+(?:on|at|in|to)\b|\s*:|\s+\d|\s+[A-Z]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageData:
    """What a line says of its page; `left` is what nobody can make sense of, and "" where all is clear."""

    byline: Byline | None = None
    date: dt.date | None = None
    has_date: bool = False
    minutes: int | None = None
    left: str = ""

    @property
    def is_date(self) -> bool:
        """Tell whether the line is a date, with a reading time or without, and nothing else."""
        return self.has_date and self.byline is None and not self.left


@dataclass(slots=True)
class _Found:
    byline: Byline | None = None
    date: dt.date | None = None
    has_date: bool = False
    minutes: int | None = None


def is_notice(text: str) -> bool:
    """Tell a notice of correction ("Correction:", "Amended on …"), which is part of the article."""
    return bool(_NOTICE.match(text))


def read_page_data(text: str) -> PageData | None:
    """Read a line that gives byline, date or reading time; None for any other line.

    A line with something besides, set off by a bar, dot or dash, comes with that in `left`.
    """
    if len(text) > _LONGEST or is_notice(text):
        return None
    if (byline := read_byline(text)) and not find_date(text) and not _SEPARATOR.search(text):
        return PageData(byline)
    found, left, clear = _Found(), [], 0
    for part in _SEPARATOR.split(text.strip(" -–—·•|")):
        rest = _read_part(part.strip(), found)
        if rest:
            left.append(rest)
        else:
            clear += 1
    if not (found.byline or found.has_date or found.minutes is not None):
        return None
    if left and (not clear or text.endswith((".", "!", "?", "…", ":")) or len(" ".join(left)) > 60):
        # A date inside a sentence is no date of the page.
        return None
    return PageData(found.byline, found.date, found.has_date, found.minutes, " ".join(left))


def _read_part(part: str, found: _Found) -> str:
    """Take what a part says into `found`; give what is left of it."""
    part = part.strip(" ,;()[]")
    if not part or _COUNT.fullmatch(part) or _TIME_OF_DAY.fullmatch(part) or _PUBLISHED.fullmatch(part):
        return ""
    minutes = read_reading_time(part)
    if minutes is not None:
        found.minutes = minutes if found.minutes is None else found.minutes
        return ""
    place = find_date(part)
    if place is None:
        byline = read_byline(part)
        if byline is None:
            return part
        found.byline = found.byline.and_then(byline) if found.byline else byline
        return ""
    before, after = part[: place.begin].strip(" ,;:("), part[place.end :].strip(" ,;)")
    if _UPDATED.fullmatch(before):
        return _read_part(after, found) if after else ""
    if after.endswith(".") and not after.strip("."):
        after = ""
    if not found.has_date:
        found.has_date, found.date = True, place.date
    if before and not _PUBLISHED.fullmatch(before):
        # "By Emily Black on July 29, 2025": "on" belongs to the date.
        before = _read_part(re.sub(r"[\s,]+(?:on|am|le|el)$", "", before), found)
    else:
        before = ""
    return " ".join(text for text in (before, _read_part(after, found) if after else "") if text)
