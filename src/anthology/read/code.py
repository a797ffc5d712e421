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


def code_in(text: str) -> Iterator[tuple[int, int]]:
    """Tell where code stands between fences, and then where it stands between backticks: its first character and its end."""
    if "`" not in text and "~~~" not in text:
        return
    yield from (found.span() for found in _FENCE.finditer(text))
    yield from (found.span() for found in _SPAN.finditer(_FENCE.sub(_blanked, text)))


def blank_code(text: str) -> str:
    """Put spaces for all code between fences or backticks; every other character keeps its place."""
    if "`" not in text and "~~~" not in text:
        return text
    return _SPAN.sub(_blanked, _FENCE.sub(_blanked, text))


def _blanked(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())
