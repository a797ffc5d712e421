"""The reference: a book set as one HTML document, by the typesetting engine with our limits of hyphenation.

Nothing of it is bound. Page numbers are those of the pass before, until a pass changes none; running heads,
blank pages, structure, outline and links are the engine's own. What leaves bound together look like is held
against it: the same words on the same pages, and the same pictures of both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from anthology.layout.base import INSIDE
from anthology.leaves import Sheet
from anthology.model import Document
from anthology.pages import folio
from anthology.typeset.line_breaking import hyphenation_limits
from anthology.typeset.markup import markup
from anthology.typeset.press import complaints, press_for

# The second pass prints the numbers that the first one found; each one more mends a turn of page that they caused.
_MOST_PASSES = 6

# The parts of a page of HTML before, in and behind its body; a slot, with its target.
_PARTS = re.compile(r"(?<=<body dir=\"...\" class=\"book\">)|(?=</body></html>$)")
_SLOT = re.compile(r'(<span class="slot" data-target="([^"]*)">)0*</span>')

# Page numbers are written as a leaf's slots are, for both to be as wide.
_SLOTS = """
.slot {
  font-kerning: none;
  font-variant: lining-nums tabular-nums;
  letter-spacing: 0;
  text-transform: none;
  white-space: nowrap;
  word-spacing: 0;
}
.text-start { break-before: recto }
"""


@dataclass(frozen=True, slots=True)
class WholeBook:
    """A book as the engine sets it: the PDF, how many of its pages count in roman figures, and all of them."""

    pdf: bytes
    front_pages: int
    pages: int

    @property
    def folios(self) -> tuple[str, ...]:
        """Give the number of every page."""
        return tuple(folio(page, self.front_pages) for page in range(self.pages))


def set_whole(
    documents: tuple[Document, ...],
    sheet: Sheet,
    pictures: Mapping[str, tuple[bytes, str]],
    *,
    articles_on_rectos: bool = False,
) -> WholeBook:
    """Set documents as sections of one, pass by pass until every page number is right."""
    press = press_for(sheet)
    front_pages, folios = 0, dict[str, str]()
    for _ in range(_MOST_PASSES):
        rules = [_SLOTS, f"@page :nth({front_pages + 1}) {{ counter-reset: page 1 }}"]
        if articles_on_rectos:
            rules.append(".article { break-before: recto }")
        with complaints(), hyphenation_limits():
            laid_out, _ = press.lay_out(
                _joined(documents, sheet, folios), pictures.__getitem__, furniture="\n".join(rules)
            )
        places = _places(laid_out)
        printed = front_pages, folios
        text = [document.name for document in documents if document.part != "front"]
        front_pages = places[text[0]] if text else len(laid_out.pages)
        folios = {name: folio(place, front_pages) for name, place in places.items()}
        if (front_pages, folios) == printed:
            break
    else:
        raise AssertionError("page numbers do not settle")
    with complaints():
        pdf = laid_out.write_pdf(pdf_tags=True, pdf_variant=sheet.variant or None)
    return WholeBook(pdf, front_pages, len(laid_out.pages))


def _joined(documents: tuple[Document, ...], sheet: Sheet, folios: Mapping[str, str]) -> str:
    """Join documents as sections of one, with the page numbers that are known in their slots."""
    begin, sections, end = "", [], ""
    started = False
    for document in documents:
        begin, section, end = _PARTS.split(markup(document, sheet, {}))
        if document.part != "front" and not started:
            started = True
            section = section.replace('class="document', 'class="text-start document', 1)
        section = section.replace(f'href="{INSIDE}', 'href="#')
        sections.append(
            _SLOT.sub(lambda slot: f"{slot[1]}{folios.get(unescape(slot[2]), '00')}</span>", section)
        )
    return "".join((begin, *sections, end))


def _places(laid_out: Any) -> dict[str, int]:
    """Tell the page (from 0) of every id."""
    places: dict[str, int] = {}
    for number, page in enumerate(laid_out.pages):
        for name in page.anchors:
            places.setdefault(name, number)
    return places
