"""Which page numbers a book will have, roughly, before any page is set: slots get their room by this.

The estimate is a function of the documents alone, never of an earlier build, and rather too high: what a narrower
number leaves of its room is not seen, and a number that finds no room has its leaf set again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.pages import folio

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anthology.leaves import Sheet
    from anthology.model import Document

# Letters of running text to a square millimetre of paper, margins and display included: 1,500 to a page of 6 × 9 in.
_LETTERS = 1500 / (152.4 * 228.6)
# A page for what fills less than one, and so much more for pages that are not full.
_MORE = 1.3
_TAGS = re.compile(r"<[^>]*>")


def estimated_folios(documents: Iterable[Document], sheet: Sheet) -> dict[str, str]:
    """Estimate the page number on which each document begins, by name."""
    pages = {"front": 0.0, "text": 0.0}
    folios = {}
    for document in documents:
        part = "front" if document.part == "front" else "text"
        place = int(pages[part])
        folios[document.name] = folio(place, front_pages=place + 1 if part == "front" else 0)
        letters = len(_TAGS.sub("", document.html))
        pages[part] += _MORE * (1 + letters / (_LETTERS * sheet.width * sheet.height))
    return folios
