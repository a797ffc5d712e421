"""The columns of tables on a narrow screen: how the width is shared among them.

A table is as wide as its longest words make it, and in large letters on a telephone that is more than the screen,
beyond which there is nothing. If words could be divided and no more were said, columns of short words would be
squeezed to a letter beside one of prose. So each column gets a share of the width, by its words, and divides them
only where its share is too small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.xhtml import add_class, fragment_to_text

if TYPE_CHECKING:
    from lxml.etree import _Element

# Letters that fit side by side on 320 pixels, at the usual size and at twice as much; what lies between columns.
_FIT, _FIT_ENLARGED, _GAP = 42, 20, 2
# Longer words are divided at any width; longer cells run over several lines.
_LONG_WORD, _LONG = 16, 80
# Per cent: the style sheet has a class for each step.
_STEP, _LARGEST = 5, 80


def mark_columns(body: _Element) -> None:
    """Mark the cells of tables that may be wider than a screen: `share share-25` for a share of 25 per cent.

    The widest column has what is left, and its cells are marked `share`. Tables with cells that span others are left
    alone.
    """
    for table in body.iter("table"):
        rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
        columns = max(map(len, rows), default=0)
        if columns < 2 or any(cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row):
            continue
        texts = [
            [" ".join(fragment_to_text(row[at]).split()) for row in rows if at < len(row)]
            for at in range(columns)
        ]
        names = _shares(
            [[len(text) for text in column] for column in texts], [_longest_word(c) for c in texts]
        )
        for row in rows:
            for cell, name in zip(row, names, strict=False):
                add_class(cell, name)


def _shares(lengths: list[list[int]], words: list[int]) -> list[str]:
    """Share out the width, given the lengths of each column's cells and of its longest word; nothing if all fit."""
    least = [min(word, _LONG_WORD) + _GAP for word in words]
    if sum(least) <= _FIT_ENLARGED:
        return []
    wanted = [min(max(column), _LONG) or 1 for column in lengths]
    left = max(_FIT - sum(least), _LONG_WORD)
    widths = [own + left * more / sum(wanted) for own, more in zip(least, wanted, strict=True)]
    widest = widths.index(max(widths))
    return [
        "share"
        if at == widest
        else f"share share-{min(max(round(width / sum(widths) * 100 / _STEP) * _STEP, _STEP), _LARGEST)}"
        for at, width in enumerate(widths)
    ]


def _longest_word(texts: list[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=0)
