"""Page numbers written into the places that leaves and furniture leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.bind.file import number
from anthology.leaves import Fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anthology.bind.faces import Faces
    from anthology.leaves import Blank, Content


@dataclass(frozen=True, slots=True)
class _Written:
    """A page number in glyphs, and what it leaves of the room."""

    glyphs: bytes
    slack: float


def fill(content: Content, folios: Sequence[str], faces: Faces) -> bytes:
    """Write page numbers into the open part of a page's content: one for each of its blanks."""
    written = [_write(blank, folio, faces) for blank, folio in zip(content.blanks, folios, strict=True)]
    made = []
    for piece in content.tail:
        if isinstance(piece, bytes):
            made.append(piece)
        elif isinstance(piece, Fill):
            made.append(b"[%s%s%s] TJ" % (piece.before, written[piece.blank].glyphs, piece.after))
        else:
            made.append(number(piece.x + piece.part * written[piece.blank].slack))
    return b"".join(made)


def can_write(blank: Blank, folio: str) -> bool:
    """Tell whether a blank has the figures of a page number: where the styles want arabic ones, it has no roman."""
    return not blank.figures or all(
        letter in blank.figures or letter.upper() in blank.figures for letter in folio
    )


def _write(blank: Blank, folio: str, faces: Faces) -> _Written:
    figures = blank.figures or faces.figures(blank.font)
    # Roman numerals may be set in capitals.
    letters = [letter if letter in figures else letter.upper() for letter in folio]
    for letter in letters:
        faces.use(blank.font, letter, figures[letter])
    width = sum(figures[letter].width for letter in letters) + blank.spacing * (len(letters) - 1)
    between = b">%s<" % number(-blank.spacing) if blank.spacing else b""
    glyphs = between.join(b"%04x" % figures[letter].id for letter in letters)
    return _Written(b"<%s>" % glyphs, blank.capacity - width * blank.size / 1000)
