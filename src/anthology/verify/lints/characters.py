"""Characters that no typeface of the book has, found before a page is set."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from anthology.problems import Problem
from anthology.xhtml import fragment_to_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from anthology.verify.lints.passages import Copy

# What is not drawn: controls, formats, spaces, and what no Unicode that Python knows has given a meaning.
_UNDRAWN = frozenset({"Cc", "Cf", "Cs", "Cn", "Zs", "Zl", "Zp"})
# Variation selectors choose a form, and are not drawn themselves.
_VARIATIONS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


def missing_characters(
    copies: Sequence[Copy], lacking: Callable[[frozenset[str]], frozenset[str]]
) -> Iterator[Problem]:
    """Look for characters that cannot be printed, each once a piece.

    Arguments: the pieces, and `lacking`, which gives those of some characters that no face of the book has.
    """
    said = {copy.piece.id: _drawn(copy) for copy in copies}
    missing = lacking(frozenset().union(*said.values()))
    for copy in copies if missing else ():
        for letter in sorted(said[copy.piece.id] & missing):
            # As the typesetter tells of it, without the line.
            yield Problem(
                "P002",
                "error",
                f'no typeface of the book has the character "{letter}" (U+{ord(letter):04X})',
                copy.origin_of_file(letter),
                "install a face that has it (`anthology doctor` names some), name it under [fonts] fallback, or write it another way",
                "{count} times an article needs a character that no typeface of the book has",
            )


def _drawn(copy: Copy) -> frozenset[str]:
    piece = copy.piece
    text = "".join((piece.title, piece.standfirst, fragment_to_text(copy.root)))
    return (
        frozenset(
            letter
            for letter in set(text)
            if not letter.isascii() and unicodedata.category(letter) not in _UNDRAWN
        )
        - _VARIATIONS
    )
