"""Which characters no face of a book has: its own, those of its styles, and those of the machine that it may use."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from anthology.editions.design import design_for
from anthology.environment import FONTCONFIG, load
from anthology.fonts import FIXED_WIDTH, SYMBOLS, families_for, theme_faces
from anthology.installed_fonts import drawable_characters, find_face

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anthology.editions.base import Manuscript

_FACES = (".otf", ".ttf", ".woff", ".woff2", ".ttc")


def lacking_in(manuscript: Manuscript) -> Callable[[frozenset[str]], frozenset[str]]:
    """Give what tells which of some characters cannot be printed.

    Where that cannot be known before a page is set, it tells of none: no edition is on paper, the faces of this machine
    cannot be asked, or the project brings faces of its own.
    """
    config = manuscript.config
    printed = [edition for edition in config.editions.values() if edition.format == "pdf"]
    own = any(
        name.lower().endswith(_FACES)
        for edition in printed
        for name, _ in design_for(edition, manuscript.theme, manuscript.find).theme.files
    )
    if not printed or own or load(FONTCONFIG) is None:
        return lambda letters: frozenset()

    def lacking(letters: frozenset[str]) -> frozenset[str]:
        missing = set(letters)
        # To ask for a family of the machine takes a moment: only as far as something is missing.
        for drawn in _faces(manuscript):
            missing -= {letter for letter in missing if _drawn_by(letter, drawn)}
            if not missing:
                break
        return frozenset(missing)

    return lacking


def _faces(manuscript: Manuscript) -> Iterator[frozenset[int]]:
    """Give the characters of each face, the book's own first."""
    yield from (drawable_characters(face.path) for face in theme_faces())
    config = manuscript.config
    families = (*config.fonts.fallback, *families_for(config.book.language), *SYMBOLS, *FIXED_WIDTH)
    for place in map(find_face, families):
        if place:
            yield drawable_characters(*place)


def _drawn_by(letter: str, face: frozenset[int]) -> bool:
    """Tell whether a face has a character, or the parts that it is put together from."""
    return ord(letter) in face or all(ord(part) in face for part in unicodedata.normalize("NFD", letter))
