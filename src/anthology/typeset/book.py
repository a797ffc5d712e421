"""Set a whole book: join its documents, lay them out, and tell on which page everything stands."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from anthology.fonts import FIXED_WIDTH, face_rules, families_for, theme_faces
from anthology.pages import TypesetBook, folio
from anthology.problems import MachineError, Problem
from anthology.typeset.fontconfig import private_fonts
from anthology.typeset.joining import join
from anthology.typeset.page_map import page_starts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anthology.model import Document
    from anthology.typeset.sheet import Sheet

# The second pass prints the numbers that the first one found; each one more mends a turn of page that they caused.
_MOST_PASSES = 6

# What the margins of `paper.css` leave of a page's height; the eight lines of a caption and the least of a picture, in mm.
_TYPE_AREA = 1 - 2.2 / 9
_CAPTION = 8 * 13.6 * 25.4 / 72
_LEAST_PICTURE = 40.0


def typeset(
    documents: tuple[Document, ...], sheet: Sheet, picture: Callable[[str], tuple[bytes, str]]
) -> TypesetBook:
    """Set the documents of a book as one PDF, tagged, linked and outlined.

    The book is set with the page numbers of the time before printed in it, until they are those of the time
    after. WeasyPrint could count for itself (`target-counter`), but loses footnotes when it sets a page again.

    `picture` gives the bytes and media type of the picture with a key. Raises MachineError where Pango is missing.
    """
    try:
        from weasyprint import CSS, HTML
    except OSError as error:
        hint = "`anthology doctor` says how to get it"
        raise MachineError(Problem("B006", "error", "the library Pango is missing", None, hint)) from error

    from anthology.typeset.fetch import FACE, BookFetcher

    fetcher = BookFetcher(picture, {face.name: face.path.read_bytes() for face in theme_faces()})
    with _complaints() as complaints, private_fonts(sheet.fallback) as fonts:
        texts = (face_rules(FACE), _families(sheet), *sheet.styles, _page_size(sheet))
        styles = [CSS(string=text, font_config=fonts, url_fetcher=fetcher) for text in texts]
        front_pages, folios = 0, dict[str, str]()
        for _ in range(_MOST_PASSES):
            complaints.clear()
            rules = CSS(string=_numbering(front_pages, sheet), font_config=fonts)
            page = HTML(string=join(documents, sheet, folios), url_fetcher=fetcher)
            laid_out = page.render(stylesheets=[*styles, rules], font_config=fonts)
            places = _places(laid_out)
            printed = front_pages, folios
            text = (document.name for document in documents if document.part != "front")
            front_pages = next((places[name] for name in text if name in places), 0)
            folios = {name: folio(place, front_pages) for name, place in places.items()}
            if (front_pages, folios) == printed:
                break
        pdf = laid_out.write_pdf(pdf_tags=True, pdf_variant=sheet.variant or None)
    return TypesetBook(
        pdf,
        len(laid_out.pages),
        front_pages,
        places,
        page_starts(laid_out, page.etree_element, front_pages),
        settled=(front_pages, folios) == printed,
        complaints=tuple(dict.fromkeys(complaints)),
    )


def _places(laid_out: Any) -> dict[str, int]:
    places: dict[str, int] = {}
    for number, page in enumerate(laid_out.pages):
        for name in page.anchors:
            places.setdefault(name, number)
    return places


def _page_size(sheet: Sheet) -> str:
    """Give the size of the page, and the height that leaves a caption room below a picture: eight lines."""
    picture = max(_LEAST_PICTURE, sheet.height * _TYPE_AREA - _CAPTION)
    return f"@page {{ size: {sheet.width}mm {sheet.height}mm }} :root {{ --picture-height: {picture:.1f}mm }}"


def _numbering(front_pages: int, sheet: Sheet) -> str:
    """Start arabic 1 on the first page of the text, which is a recto, and articles where the edition wants them."""
    rules = [
        f"@page :nth({front_pages + 1}) {{ counter-reset: page 1 }}",
        ".text-start { break-before: recto }",
    ]
    if sheet.start == "recto":
        rules.append(".article { break-before: recto }")
    return "\n".join(rules)


def _families(sheet: Sheet) -> str:
    """Tell the styles which faces come after the theme's own, for scripts that those lack."""
    fallback = "".join(f', "{family}"' for family in (*sheet.fallback, *families_for(sheet.language)))
    fixed = ", ".join(f'"{family}"' for family in FIXED_WIDTH)
    return (
        f':root {{ --serif: "Anthology Serif"{fallback}; --sans: "Anthology Sans"{fallback};'
        f" --mono: {fixed}{fallback} }}"
    )


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs; without this it would print, and nobody would answer for it."""
    lines: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    before, propagate, level = logger.handlers, logger.propagate, logger.level
    logger.handlers, logger.propagate = [Collector()], False
    logger.setLevel(logging.WARNING)
    try:
        yield lines
    finally:
        logger.handlers, logger.propagate = before, propagate
        logger.setLevel(level)
