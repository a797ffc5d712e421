"""Marks of quotation told apart from apostrophes, and what stands between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.labels import quotation_marks
from anthology.read.body.quotes import Role, elided_at, roles_of_straight

if TYPE_CHECKING:
    from collections.abc import Sequence

_DOUBLE = '“”„‟«»"'
_SINGLE = "‘’‚‛‹›'"
# A foot or a minute that a word processor has curled; it is neither apostrophe nor quotation mark.
_CURLED_PRIME = re.compile(r"(?<=\d)[’‘](?=\d{1,2}(?!\d))")
_OPENS_BEFORE = frozenset(" \t\n([{—–-/¿¡\u00a0\u202f“„«‘‚‹\"'")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of quotation or an apostrophe: its place in the passage, how it is typed, and what it does there."""

    at: int
    typed: str
    role: Role


def marks_of(text: str, language: str) -> tuple[Mark, ...]:
    """Find the marks of a passage and tell what each does; `language` is a tag (BCP 47)."""
    straight = roles_of_straight(text)
    marks: list[Mark] = []
    is_open = False
    for at, letter in enumerate(text):
        if letter in "\"'":
            if at in straight:
                marks.append(Mark(at, letter, straight[at]))
        elif letter in _DOUBLE:
            marks.append(Mark(at, letter, _double(text, at, language)))
        elif letter in _SINGLE and not _CURLED_PRIME.match(text, at):
            marks.append(Mark(at, letter, _single(text, at, language, is_open=is_open)))
        if marks and marks[-1].at == at and "single" in marks[-1].role:
            is_open = marks[-1].role == "open-single"
    return tuple(marks)


def quotations(text: str, marks: Sequence[Mark], *, goes_on: bool = False) -> tuple[tuple[int, int], ...]:
    """Tell where a passage quotes: from behind an opening mark to its closing one, the outermost of each.

    Where marks do not pair, nobody knows where a quotation ends, and all of it counts as one. What `goes_on` in the
    next paragraph, with an opening mark again, has no closing one here.
    """
    spans, odd = _paired(marks)
    if odd and not (goes_on and is_open_to_the_end(marks)):
        return ((0, len(text)),)
    if odd:
        spans.append((odd.at + 1, len(text)))
    return _as_far_as_they_may_go(text, spans, marks)


def odd_mark(marks: Sequence[Mark]) -> Mark | None:
    """Give the first mark that has no other: a closing one without an opening one, or an opening one left open."""
    return _paired(marks)[1]


def is_open_to_the_end(marks: Sequence[Mark]) -> bool:
    """Tell whether one quotation is left open, and all other marks pair."""
    odd = odd_mark(marks)
    return (
        odd is not None and "open" in odd.role and odd_mark([each for each in marks if each != odd]) is None
    )


def _paired(marks: Sequence[Mark]) -> tuple[list[tuple[int, int]], Mark | None]:
    """Pair the marks: the outermost quotations up to the first mark that has no other, and that mark."""
    spans: list[tuple[int, int]] = []
    opened: list[Mark] = []
    for mark in marks:
        if mark.role in ("open", "open-single"):
            opened.append(mark)
        elif mark.role == "close" or (mark.role == "close-single" and _is_open(opened, "open-single")):
            wanted = "open" if mark.role == "close" else "open-single"
            if not _is_open(opened, wanted):
                return spans, mark
            begin = opened[0].at + 1
            while opened.pop().role != wanted:
                pass
            if not opened:
                spans.append((begin, mark.at))
    return spans, opened[0] if opened else None


def _is_open(opened: Sequence[Mark], role: str) -> bool:
    return any(mark.role == role for mark in opened)


def _as_far_as_they_may_go(
    text: str, spans: Sequence[tuple[int, int]], marks: Sequence[Mark]
) -> tuple[tuple[int, int], ...]:
    """Let a quotation between single marks go on to the last apostrophe behind it that may be its closing mark."""
    closing = [mark.at for mark in marks if _may_close(text, mark)]
    out = []
    for number, (begin, end) in enumerate(spans):
        limit = spans[number + 1][0] - 1 if number + 1 < len(spans) else len(text)
        last = bisect_left(closing, limit) - 1
        if text[begin - 1] in _SINGLE and last >= 0:
            end = max(end, closing[last])
        out.append((begin, end))
    return tuple(out)


def _may_close(text: str, mark: Mark) -> bool:
    before, after = _around(text, mark.at)
    return mark.typed in "’'" and not before.isspace() and not after.isalnum()


def _double(text: str, at: int, language: str) -> Role:
    letter = text[at]
    opening, closing, *_ = quotation_marks(language)
    if letter in opening and letter not in closing and letter in "«»":
        return "open"
    if letter in closing and letter not in opening and letter in "«»":
        return "close"
    before, after = _around(text, at)
    can_open = before in _OPENS_BEFORE and not after.isspace()
    can_close = not before.isspace() and (after.isspace() or not after.isalnum())
    if can_open != can_close:
        return "open" if can_open else "close"
    return "open" if letter in "„‟“«" and letter != closing else "close"


def _single(text: str, at: int, language: str, *, is_open: bool) -> Role:
    letter = text[at]
    before, after = _around(text, at)
    if letter == "’":
        if (before.isalnum() and after.isalnum()) or not is_open:
            return "apostrophe"
        return "close-single" if not before.isspace() and not after.isalnum() else "apostrophe"
    if letter == "‘" and not before.isalnum() and elided_at(text, at + 1) and not _closes_later(text, at):
        return "apostrophe"
    if letter in "‚‛":
        return "open-single"
    if letter == "‘":
        is_closing = not before.isspace() and not after.isalnum() and is_open
        return "close-single" if is_closing else "open-single"
    opening = quotation_marks(language)[2]
    if letter in opening:
        return "open-single"
    if letter in quotation_marks(language)[3]:
        return "close-single"
    return "open-single" if before in _OPENS_BEFORE and after.isalnum() else "close-single"


def _closes_later(text: str, at: int) -> bool:
    """Tell whether, behind a mark, one follows that closes what it may open: ’til dawn’ is quoted, ’til dawn is not."""
    place = text.find("’", at + 1)
    is_decade = text[at + 1].isdigit()
    while place >= 0:
        before, after = _around(text, place)
        # Of a decade, a possessive behind it does not make a quotation; nor does rock ‘n’ roll of anything.
        is_possessive = is_decade and before.isalnum()
        may_close = not before.isspace() and not after.isalnum() and not is_possessive
        if may_close and text[place - 2 : place] != "‘n":
            return True
        place = text.find("’", place + 1)
    return False


def _around(text: str, at: int) -> tuple[str, str]:
    return (text[at - 1] if at else " "), (text[at + 1] if at + 1 < len(text) else " ")
