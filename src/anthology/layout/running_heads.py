"""Running heads: one line, cut where a reader would cut it."""

from __future__ import annotations

import re
import unicodedata

# A head is set in 9 pt italic beside its folio, in a measure that grows with the page up to 5 inches: so many letters
# of Latin text to the millimetre of the page's width, and so many at most.
_LETTERS_PER_MM = 0.42
_MOST_LETTERS = 70

# A clause of less than eight letters says too little.
_CLAUSE = re.compile(r"(.{8,}?)\s*(?:[:;,?!.،؛。、：](?=\s|$)|[。、：]|\s[–—-]\s|\s\()")


def room_on(width: float) -> int:
    """Tell how many letters a running head holds on a page of this width in millimetres."""
    return min(_MOST_LETTERS, int(width * _LETTERS_PER_MM))


def running_head(title: str, room: int) -> str:
    """Cut a title to the room of a running head: at its first clause if that fits, else at a word, with an ellipsis."""
    if _length(title) <= room:
        return title
    clause = _CLAUSE.match(title)
    if clause and _length(clause.group(1)) <= room:
        return clause.group(1)
    kept = ""
    for word in re.findall(r"\S+\s*", title):
        if _length(kept + word) >= room:
            break
        kept += word
    return (kept.rstrip(" ,;:.–—-") or _beginning(title, room - 1)) + "…"


def _beginning(text: str, room: int) -> str:
    """Cut a text that has no spaces to so many letters."""
    kept = text[:room]
    while _length(kept) > room:
        kept = kept[:-1]
    return kept


def _length(text: str) -> int:
    """Count letters; those of East Asian scripts are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
