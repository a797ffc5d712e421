"""The head of a captured page: section, title, standfirst, byline, date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.importers.page_data import PageData, is_notice, read_page_data
from anthology.importers.related_list import looks_like_section

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from anthology.importers.lines import Line
    from anthology.model import Credit

# Byline and date stand within the first lines of a page, with little between them.
_LINES_OF_HEAD = 12
_LINES_BEFORE_DATA = 6
_LINES_BETWEEN_DATA = 1
_LONGEST_BEFORE_DATA = 90
_STANDFIRST_WORDS = 60
_TITLE_WORDS = 30
_ODD_WORDS = 3
_SECTION_WORDS = 4
_SHORT_TITLE_WORDS = 20
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.|\b(?:Inc|Ltd|Co|Jr|Sr|Dr|St|No|etc|vs|p\.m|a\.m))\.?$")


@dataclass(frozen=True, slots=True)
class PageHead:
    """The head of a page. `rest` are the places of lines in the head that are the article's or nobody's."""

    section: Line | None = None
    title: Line | None = None
    standfirst: Line | None = None
    data: tuple[tuple[Line, PageData], ...] = ()
    rest: tuple[int, ...] = ()
    end: int = 0

    @property
    def credits(self) -> tuple[Credit, ...]:
        """Give the people and organisations that the bylines name."""
        named = (data.byline.credits for _, data in self.data if data.byline)
        return tuple(dict.fromkeys(credit for credits in named for credit in credits))

    @property
    def byline(self) -> str:
        """Give the bylines as they were written."""
        return " · ".join(data.byline.text for _, data in self.data if data.byline)

    @property
    def date(self) -> dt.date | None:
        """Give the date of the page."""
        return next((data.date for _, data in self.data if data.date), None)

    @property
    def minutes(self) -> int | None:
        """Give the reading time in minutes."""
        return next((data.minutes for _, data in self.data if data.minutes is not None), None)


def read_head(lines: Sequence[Line], share_bar_before: int | None, sections: Collection[str]) -> PageHead:
    """Read the head of a page.

    Arguments: its lines without litter and doubled ones; before which of them the share bar stood, if one did;
    and the sections that its list of other articles names, since one of them is likely to be its own.
    """
    data: list[tuple[int, PageData]] = _page_data(lines)
    ends = [data[-1][0] + 1] if data else []
    if share_bar_before is not None and 0 < share_bar_before <= min(_LINES_BEFORE_DATA, len(lines)):
        ends.append(share_bar_before)
    end = max(ends, default=0)
    data_at = {at for at, found in data if not found.left}
    texts = [at for at in range(end) if at not in data_at and not is_notice(lines[at].plain)]
    # A line that is odd in part gives its data and stays in the text.
    odd = {at for at, found in data if found.left}
    if not end:
        texts = _first_lines(lines)
    places = _assign([at for at in texts if at not in odd], lines, sections)
    end = end or max((at + 1 for at in places.values()), default=0)
    taken = set(places.values()) | data_at
    named = {name: lines[at] for name, at in places.items()}
    return PageHead(
        **named,
        data=tuple((lines[at], found) for at, found in data),
        rest=tuple(at for at in range(end) if at not in taken),
        end=end,
    )


def without_full_stop(title: str) -> str:
    """Drop the full stop behind a headline; an ellipsis and an abbreviation keep theirs."""
    if title.endswith((".", "。")) and not title.endswith("..") and not _ABBREVIATED.search(title):
        return title[:-1].rstrip() or title
    return title


def _page_data(lines: Sequence[Line]) -> list[tuple[int, PageData]]:
    """Find the lines that give byline, date and reading time, each said for the first time."""
    found: list[tuple[int, PageData]] = []
    between = 0
    for at, line in enumerate(lines[:_LINES_OF_HEAD]):
        text = line.plain
        if len(text.split()) > _LONGEST_BEFORE_DATA or (not found and at > _LINES_BEFORE_DATA):
            break
        data = read_page_data(text)
        if data and _says_more(data, [before for _, before in found]):
            found.append((at, data))
            between = 0
        elif found and not is_notice(text):
            between += 1
            if between > _LINES_BETWEEN_DATA or not looks_like_section(text):
                break
    return found


def _says_more(data: PageData, before: Sequence[PageData]) -> bool:
    if data.byline or (data.date and not any(each.date for each in before)):
        return True
    return data.minutes is not None and not data.has_date and all(each.minutes is None for each in before)


def _first_lines(lines: Sequence[Line]) -> list[int]:
    """Give the places of what may be section, title and standfirst on a page without byline, date and share bar."""
    places: list[int] = []
    for at, line in enumerate(lines[:3]):
        words = len(line.plain.split())
        if words > (_TITLE_WORDS if at == 0 else _STANDFIRST_WORDS):
            break
        places.append(at)
    # The text has to begin somewhere.
    return places if len(lines) > len(places) or len(places) < 2 else places[:-1]


def _assign(texts: list[int], lines: Sequence[Line], sections: Collection[str]) -> dict[str, int]:
    """Say which of the first lines is what."""
    while len(texts) > 3:
        # Of too many lines, a word or three without a full stop is the likeliest to be none of them.
        texts.remove(next((at for at in texts[1:] if _is_odd(lines[at].plain)), texts[-1]))
    words = [lines[at].plain for at in texts]
    known = bool(words) and words[0] in sections
    if len(texts) == 3 and (known or looks_like_section(words[0])):
        names = ("section", "title") if _is_odd(words[2]) else ("section", "title", "standfirst")
    elif len(texts) >= 2 and (known or _is_section_over_title(words[0], words[1])):
        names = ("section", "title")
    else:
        names = ("title", "standfirst")
    return dict(zip(names, texts, strict=False))


def _is_section_over_title(first: str, second: str) -> bool:
    """Tell section and title from title and standfirst, where one of the three is missing."""
    return (
        looks_like_section(first)
        and len(first.split()) <= _SECTION_WORDS
        and len(second.split()) <= _SHORT_TITLE_WORDS
    )


def _is_odd(text: str) -> bool:
    return len(text.split()) <= _ODD_WORDS and not text.endswith((".", "!", "?", "…"))
