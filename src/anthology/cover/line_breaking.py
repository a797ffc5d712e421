"""Where the lines of a cover end."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BAD = 0.5  # the cost of a line end that a little less size should avoid
_NO_LINE_BEGINS_WITH = "、。，．・：；？！）」』】〕〉》ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々…‥〜"


class Word(NamedTuple):
    """A piece of text that stays on one line; `gap` is what follows it on the same line, a space or nothing.

    `cost` of ending a line after it is a share of the measure.
    """

    text: str
    gap: str
    cost: float = 0.0


def words_of(text: str) -> list[Word]:
    """Part text where a line may end."""
    words: list[Word] = []
    for chunk in text.split(" "):
        parts = [part for part in re.split(r"(?<=[-‐–—/])(?=\w)", chunk) if part]
        pieces = [piece for part in parts for piece in _parted_ideographs(part)]
        for number, piece in enumerate(pieces):
            last = number == len(pieces) - 1
            words.append(piece._replace(gap=" " if last else ""))
    return [
        # A short word at a line's end belongs with the next: "of", "the", "und".
        word._replace(cost=0.25)
        if word.gap and len(word.text) <= 3 and not _ideograph(word.text[-1])
        else word
        for word in words
    ]


def _parted_ideographs(text: str) -> list[Word]:
    pieces: list[Word] = []
    start = 0
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        if not (_ideograph(before) or _ideograph(after)) or after in _NO_LINE_BEGINS_WITH:
            continue
        if unicodedata.category(before) in {"Ps", "Pi"} or unicodedata.category(after) in {"Pe", "Pf", "Mn"}:
            continue
        # In Japanese a phrase mostly ends in hiragana, and the next begins with something else.
        phrase = not _hiragana(after) and (_hiragana(before) or unicodedata.category(before)[0] == "P")
        pieces.append(Word(text[start:place], "", 0.0 if phrase else 0.8 if _hiragana(after) else _BAD))
        start = place
    return [*pieces, Word(text[start:], "")]


def _hiragana(character: str) -> bool:
    return "\u3041" <= character <= "\u309f"


def _ideograph(character: str) -> bool:
    """Tell whether lines may be broken beside a character: ideographs and kana, but no hangul."""
    return unicodedata.east_asian_width(character) in "WF" and not "\uac00" <= character <= "\ud7a3"


def broken_lines(
    words: Sequence[Word], widths: Sequence[float], space: float, measure: float
) -> list[range] | None:
    """Part words into lines of like length; None where a word is wider than the measure."""
    count = len(words)
    costs = [0.0] + [math.inf] * count
    starts = [0] * (count + 1)
    for end in range(1, count + 1):
        width = 0.0
        for start in range(end - 1, -1, -1):
            width += widths[start] + (space if start < end - 1 and words[start].gap else 0.0)
            if width > measure:
                break
            slack = 1 - width / measure
            ending = words[end - 1].cost if end < count else 0.0
            cost = costs[start] + slack * slack + ending * ending
            if cost < costs[end]:
                costs[end], starts[end] = cost, start
    if math.isinf(costs[count]):
        return None
    lines: list[range] = []
    end = count
    while end:
        lines.insert(0, range(starts[end], end))
        end = starts[end]
    return lines


def letters_of(words: Iterable[Word]) -> list[Word]:
    """Part words wherever no mark is torn from its letter: the last resort for a word wider than any cover."""
    letters: list[Word] = []
    for word in words:
        clusters = re.findall(r"(?s).[\u200c\u200d\ufe0f]*", word.text)
        joined: list[str] = []
        for cluster in clusters:
            if joined and unicodedata.category(cluster[0])[0] == "M":
                joined[-1] += cluster
            else:
                joined.append(cluster)
        letters.extend(Word(cluster, "", 1.0) for cluster in joined[:-1])
        letters.append(Word(joined[-1], word.gap, word.cost))
    return letters


def is_calm(lines: Sequence[range], words: Sequence[Word], widths: Sequence[float]) -> bool:
    """Tell whether lines are few, of like length, and end where a reader would pause."""
    lengths = [sum(widths[line.start : line.stop]) for line in lines]
    ends = (words[line.stop - 1].cost for line in lines[:-1])
    return len(lines) <= 4 and min(lengths) >= 0.45 * max(lengths) and all(cost < _BAD for cost in ends)


def joined(words: Sequence[Word]) -> str:
    """Give the text of a line, without the space after its last word."""
    return "".join(word.text + word.gap for word in words).strip()


def with_ellipsis(words: Sequence[Word]) -> str:
    """Give the text of a line that ends before its paragraph does."""
    return joined(words).rstrip(" ,;:.–—-") + "…"
