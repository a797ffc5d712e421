"""Blank out code, so that what looks like markup in it is not taken for markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FENCE = re.compile(
    r"^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*\1|\Z)",
    re.MULTILINE | re.DOTALL,
)
_NOT_A_LINE_END = re.compile(r"[^\n]")
_BACKTICKS = re.compile(r"`+|\n[ \t]*(?=\n)")


def code_in(text: str) -> Iterator[tuple[int, int]]:
    """Tell where code stands between fences, and then where it stands between backticks: its first character and its end."""
    if "`" not in text and "~~~" not in text:
        return
    yield from (found.span() for found in _FENCE.finditer(text))
    yield from _spans(_FENCE.sub(_blanked, text))


def blank_code(text: str) -> str:
    """Put spaces for all code between fences or backticks; every other character keeps its place."""
    if "`" not in text and "~~~" not in text:
        return text
    without_fences = _FENCE.sub(_blanked, text)
    out, at = [], 0
    for start, end in _spans(without_fences):
        out += [without_fences[at:start], _NOT_A_LINE_END.sub(" ", without_fences[start:end])]
        at = end
    return "".join((*out, without_fences[at:]))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of code between backticks: from a run of them to the next as long, in the same paragraph.

    One walk finds the runs, whatever their number: a pattern that looks for the end of each would walk on for each.
    """
    runs: list[tuple[int, int]] = []
    for found in _BACKTICKS.finditer(text):
        if found.group().startswith("`"):
            runs.append(found.span())
        else:
            yield from _paired(runs)
            runs = []
    yield from _paired(runs)


def _paired(runs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    later: dict[int, list[int]] = {}
    for number in reversed(range(len(runs))):
        start, end = runs[number]
        later.setdefault(end - start, []).append(number)
    number = 0
    while number < len(runs):
        start, end = runs[number]
        same = later[end - start]
        while same and same[-1] <= number:
            same.pop()
        if same:
            number = same[-1]
            yield start, runs[number][1]
        number += 1


def _blanked(found: re.Match[str]) -> str:
    return _NOT_A_LINE_END.sub(" ", found.group())


def tokens_of(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Give code and comments from `start` on, in order; a comment that never ends reaches to the next, or to the end.

    What begins first wins: a comment may hold a backtick that has no fellow, and code what looks like a comment.
    """
    if "<!--" in text:
        yield from _TOKEN.finditer(text, start)


_TOKEN = re.compile(
    "|".join(
        (
            _FENCE.pattern,
            r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)\2(?!`)",
            r"<!--(?:(?!<!--).)*?(?:-->|(?=<!--)|\Z)",
        )
    ),
    re.MULTILINE | re.DOTALL,
)
