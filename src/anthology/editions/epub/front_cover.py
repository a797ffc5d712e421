"""The cover of an e-book: set from the metadata, or the given picture made to fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.cover import SHORTEST_SIDE, CoverText, draw_cover, fit_cover, uncovered
from anthology.fonts import families_for
from anthology.model import direction_of
from anthology.problems import ContentError, Problem

if TYPE_CHECKING:
    from anthology.editions.base import Manuscript
    from anthology.exporters.epub import Part

COVER_PICTURE = "images/cover.jpg"


def cover_of(manuscript: Manuscript) -> tuple[Part, list[Problem]]:
    """Set the cover, or make the given picture fit."""
    from anthology.exporters.epub import Part

    config = manuscript.config
    book = config.book
    problems: list[Problem] = []
    if book.cover:
        picture = _given_cover(manuscript, problems)
    else:
        names = manuscript.labels.names(book.editors)
        editors = manuscript.labels.text("edited-by", names=names) if names else ""
        text = CoverText(
            book.title, book.subtitle, editors, book.publisher, book.language, direction_of(book.language)
        )
        families = (*config.fonts.fallback, *families_for(book.language))
        picture = draw_cover(text, families)
        lost = uncovered(
            " ".join((text.title, text.subtitle, editors, text.publisher)), config.fonts.fallback
        )
        if lost:
            message = f"no typeface for the cover has these characters: {lost}"
            hint = "name a family that has them under [fonts] fallback, or give a `cover` picture"
            problems.append(Problem("I009", "warning", message, config.origin("book", "title"), hint))
    return Part(COVER_PICTURE, picture, "image/jpeg", "cover", ("cover-image",)), problems


def _given_cover(manuscript: Manuscript, problems: list[Problem]) -> bytes:
    path, origin = manuscript.config.book.cover, manuscript.config.origin("book", "cover")
    data = manuscript.find(path)
    if data is None:
        raise ContentError(Problem("I008", "error", f'there is no cover picture "{path}"', origin))
    try:
        picture, (width, height) = fit_cover(data)
    except ValueError as error:
        raise ContentError(
            Problem("I008", "error", f'the cover picture "{path}": {error}', origin)
        ) from error
    if min(width, height) < SHORTEST_SIDE:
        message = f'the cover picture "{path}" makes a cover of {width} × {height} pixels: shops refuse small covers'
        hint = f"1600 × 2560 pixels are best; the shorter side should have {SHORTEST_SIDE} at least"
        problems.append(Problem("I013", "warning", message, origin, hint))
    return picture
