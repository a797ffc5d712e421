"""Blank out code, so that what looks like markup in it is not taken for markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = re.compile(
    r"^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*\1|\Z)",
    re.MULTILINE | re.DOTALL,
)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)\1(?!`)", re.DOTALL)


def blank_code(text: str) -> str:
    """Put spaces for all code between fences or backticks; every other character keeps its place."""
    if "`" not in text and "~~~" not in text:
        return text
    return _SPAN.sub(_blanked, _FENCE.sub(_blanked, text))


def _blanked(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())


def tokens_of(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Give code and comments from `start` on, in order; a comment that never ends reaches to the next, or to the end.

    What begins first wins: a comment may hold a backtick that has no fellow, and code what looks like a comment.
    """
    if "<!--" in text:
        yield from _TOKEN.finditer(text, start)


_TOKEN = re.compile(
    "|".join(
        (_FENCE.pattern, _SPAN.pattern.replace(r"\1", r"\2"), r"<!--(?:(?!<!--).)*?(?:-->|(?=<!--)|\Z)")
    ),
    re.MULTILINE | re.DOTALL,
)
