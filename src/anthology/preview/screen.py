"""What an e-reader will show: the document of one piece as the e-book has it, and all that it names."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from anthology.config import EpubEdition
from anthology.digests import digest
from anthology.editions.design import design_for
from anthology.editions.epub import make_single, parts_of_styles
from anthology.preview.book import alone
from anthology.problems import ContentError

if TYPE_CHECKING:
    from anthology.editions.workshop import Workshop
    from anthology.exporters.epub import Part
    from anthology.preview.book import Book
    from anthology.problems import Problem

XHTML = "application/xhtml+xml"


class Shown(NamedTuple):
    """A document: its name and XHTML, the digest of the styles it is shown with, and what there is to tell."""

    name: str
    html: str
    look: str
    problems: tuple[Problem, ...]


class Screen:
    """Shows pieces one at a time, as the first e-book of `anthology.toml` will have them, or a plain one."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        # Parts by name; the names of pictures have a digest in them, so that those of another article do no harm.
        self._parts: dict[str, Part] = {}
        self._documents: dict[str, str] = {}
        self._at_work = threading.Lock()

    def show(self, book: Book, piece_id: str) -> Shown:
        """Show a piece.

        Raises ContentError for faults of the project, KeyError where there is no such piece.
        """
        manuscript = alone(book, piece_id)
        editions = manuscript.config.editions.values()
        edition = next(
            (edition for edition in editions if isinstance(edition, EpubEdition)), EpubEdition(format="epub")
        )
        with self._at_work:
            design = design_for(edition, manuscript.theme, manuscript.find)
            manuscript = replace(manuscript, theme=design.theme)
            styles, told = parts_of_styles(manuscript, edition)
            try:
                single = make_single(manuscript, edition, self._workshop)
            except ContentError as error:
                raise ContentError(*design.located(error.problems)) from error
            self._parts |= {part.name: part for part in (*styles, *single.pictures)}
            look = digest(*(part.data for part in styles))
            name = f"{single.document.name}.xhtml"
            self._documents[name] = single.document.html
            return Shown(name, single.document.html, look, told)

    def part(self, name: str) -> tuple[bytes, str]:
        """Give bytes and media type of what a document that was shown names, or of such a document.

        Raises KeyError for anything else.
        """
        if name in self._documents:
            return self._documents[name].encode(), XHTML
        part = self._parts[name]
        return part.data, part.media_type
