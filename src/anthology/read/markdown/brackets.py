"""Brackets of links: which one closes which, found in one walk through a text.

Python-Markdown walks on from each opening bracket by itself, which takes it hours where thousands are never closed
(Python-Markdown issue 798).
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown.inlinepatterns import (
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)

_SQUARE = re.compile(r"[\[\]]")
_ROUND = re.compile(r"[()]")
# The text of a link seldom holds brackets at all; only where these do not end it is the whole text walked through.
_FEW = 16
# As in CommonMark's own program: an address with more of them open at once is none.
_MOST_OPEN = 32


class ClosedBrackets(LinkInlineProcessor):
    """Finds what stands between the brackets of a link, or that they are not closed, without walking on for each."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        """Give the text from `index`, behind an opening bracket, to the one that closes it, and where that ends."""
        end = _end_of(data, index)
        return ("", index, False) if end < 0 else (data[index:end], end + 1, True)

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        """Give address and title, where they end, and whether there is a link at all."""
        if not _may_be_closed(data, index):
            return "", None, index, False
        return super().getLink(data, index)


class References(ClosedBrackets, ReferenceInlineProcessor):
    """Reads `[words][label]`."""


class ShortReferences(ClosedBrackets, ShortReferenceInlineProcessor):
    """Reads `[label]`, which is the words as well."""


def _end_of(data: str, index: int) -> int:
    """Find the bracket that closes the one before `index`; -1 where none does."""
    open_brackets = 1
    for count, found in enumerate(_SQUARE.finditer(data, index)):
        open_brackets += 1 if found.group() == "[" else -1
        if not open_brackets:
            return found.start()
        if count == _FEW:
            return _ends(data).get(index - 1, -1)
    return -1


@lru_cache(maxsize=4)
def _ends(data: str) -> dict[int, int]:
    """Give the places of all brackets that are closed, with the places of those that close them."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for found in _SQUARE.finditer(data):
        if found.group() == "[":
            opened.append(found.start())
        elif opened:
            ends[opened.pop()] = found.start()
    return ends


def _may_be_closed(data: str, index: int) -> bool:
    """Tell whether what begins with the round bracket at `index` may come to an end."""
    if not data.startswith("(", index):
        return False
    open_brackets = 0
    for found in _ROUND.finditer(data, index):
        open_brackets += 1 if found.group() == "(" else -1
        if open_brackets > _MOST_OPEN:
            return False
        if not open_brackets:
            return True
    # A bracket in a title is none; but something must close the address behind it.
    return data.find(")", index) >= 0
