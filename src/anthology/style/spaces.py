"""Spaces: one too many, one before a mark, none behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.style.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.style.passages import Passage

_DOUBLE = re.compile(r"(?<=[^\s])[ \t]*(?: {2}|\t)[ \t]*(?=[^\s])")
_BEFORE = re.compile(r"(?<=[^\s.,;:!?]) +(?=[,.](?:\s|$))")
_BEFORE_HIGH = re.compile(r"(?<=[^\s.,;:!?]) +(?=[;:!?](?:\s|$))")
# Not TL;DR, nor what looks like code.
_COMMA = re.compile(r"(?<=[^\W\d_]{2})[,;](?=[^\W\d_][a-zß-öø-ÿ])")
_STOP = re.compile(
    r"(?<![\w.@/-])[^\W\d_]?[a-zß-öø-ÿ]{2,}[.!?](?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]*(?:['’]\w+)?(?:[\s,;:!?.]|$))"
)


def space_faults(passage: Passage) -> Iterator[Finding]:
    """Look for faults of spacing; in quotations they are told, too, and left to the editor."""
    for found in _DOUBLE.finditer(passage.text):
        yield _finding(
            "H019",
            passage,
            found,
            "more than one space",
            "{count} times, words are more than one space apart",
            " ",
        )
    patterns = [_BEFORE] if passage.language[:2].lower() == "fr" else [_BEFORE, _BEFORE_HIGH]
    for pattern in patterns:
        for found in pattern.finditer(passage.text):
            fold = "{count} punctuation marks have a space before them"
            yield _finding("H020", passage, found, "a space before a punctuation mark", fold, "")
    for pattern, is_sure in ((_COMMA, True), (_STOP, False)):
        for found in pattern.finditer(passage.text):
            fold = "{count} punctuation marks have no space behind them"
            put = f"{found.group()} " if is_sure else None
            yield _finding("H021", passage, found, "no space behind a punctuation mark", fold, put)


def _finding(
    code: str, passage: Passage, found: re.Match[str], what: str, fold: str, put: str | None
) -> Finding:
    start, end = found.span()
    message = f'{what}: "{passage.around(start, end)}"'
    hint = "put one in" if code == "H021" else "take it out"
    return Finding(
        code, passage, start, end, message, hint, fold, put if passage.is_own(start, end) else None
    )
