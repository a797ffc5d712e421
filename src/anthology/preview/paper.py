"""What will be printed: the pages of one piece as an edition on paper sets them, drawn."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from anthology.digests import digest_of_file
from anthology.editions.making import make_editions
from anthology.preview.book import alone
from anthology.preview.drawing import Drawing

if TYPE_CHECKING:
    from anthology.editions.workshop import Workshop
    from anthology.preview.book import Book
    from anthology.preview.drawing import DrawnPage
    from anthology.problems import Problem

# Enough for those who look at some articles in turn, on some pages of the browser.
_DRAWINGS = 12


class Pages(NamedTuple):
    """The pages of a piece: the digest by which pictures of them are asked for, themselves, what there is to tell."""

    digest: str
    pages: tuple[DrawnPage, ...]
    problems: tuple[Problem, ...]


class Paper:
    """Sets pieces one at a time, by the workers of a `workshop`."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._drawings: OrderedDict[str, Drawing] = OrderedDict()
        self._at_work = threading.Lock()

    def set(self, book: Book, piece_id: str, edition: str) -> Pages:
        """Set a piece as it stands in a PDF edition.

        Raises ContentError for faults of the project, MachineError where Pango is missing, KeyError where there is no
        such piece or edition.
        """
        manuscript = alone(book, piece_id)
        if manuscript.config.editions[edition].format != "pdf":
            raise KeyError(edition)
        with self._at_work:
            made, _ = make_editions(manuscript, (edition,), self._workshop, lambda stage, detail: None)[
                edition
            ]
            digest = digest_of_file(made.data)
            drawing = self._drawings.pop(digest, None) or Drawing(made.data)
            self._drawings[digest] = drawing
            while len(self._drawings) > _DRAWINGS:
                self._drawings.popitem(last=False)
        return Pages(digest, drawing.pages, made.problems)

    def picture(self, digest: str, number: int, width: int) -> bytes:
        """Draw one of the pages that were set, from 0, as a PNG of so many pixels across.

        Raises LookupError where it is not, or no longer, to be had.
        """
        return self._drawings[digest].picture(number, width)
