"""Set a whole book: join its documents, lay them out, and tell on which page everything stands."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from anthology.fonts import face_rules, theme_faces
from anthology.layout.base import INSIDE
from anthology.pages import TypesetBook
from anthology.typeset.fontconfig import FIXED_WIDTH, private_fonts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

    from anthology.model import Document

XHTML = "{http://www.w3.org/1999/xhtml}"

# The front matter's length is found by setting it alone; the contents' numbers can move it by a page, rarely twice.
_MOST_PASSES = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the pages are made with.

    `width` and `height` in millimetres; `styles` are style sheets in the order of the cascade; `fallback` are
    families for scripts that the theme's faces lack; `start` says on which side an article begins; `variant`
    is the PDF standard to keep to, as WeasyPrint names it.
    """

    width: float
    height: float
    styles: tuple[str, ...]
    language: str
    direction: Literal["ltr", "rtl"]
    title: str
    authors: tuple[str, ...] = ()
    description: str = ""
    keywords: tuple[str, ...] = ()
    date: str = ""
    start: Literal["any", "recto"] = "any"
    fallback: tuple[str, ...] = ()
    variant: str = ""


def typeset(
    documents: tuple[Document, ...], sheet: Sheet, picture: Callable[[str], tuple[bytes, str]]
) -> TypesetBook:
    """Set the documents of a book as one PDF, tagged, linked and outlined.

    `picture` gives the bytes and media type of the picture with a key. Raises OSError where Pango is missing.
    """
    from weasyprint import CSS, HTML

    from anthology.typeset.fetch import FACE, BookFetcher

    fetcher = BookFetcher(picture, {face.name: face.path.read_bytes() for face in theme_faces()})
    front = tuple(document for document in documents if document.part == "front")
    with _complaints() as complaints, private_fonts(sheet.fallback) as fonts:
        texts = (face_rules(FACE), _families(sheet), *sheet.styles, _page_size(sheet))
        styles = [CSS(string=text, font_config=fonts, url_fetcher=fetcher) for text in texts]

        def lay_out(part: tuple[Document, ...], front_pages: int) -> Any:
            rules = CSS(string=_numbering(front_pages, sheet), font_config=fonts)
            page = HTML(string=_join(part, sheet), url_fetcher=fetcher)
            return page.render(stylesheets=[*styles, rules], font_config=fonts)

        front_pages = _even(len(lay_out(front, 0).pages)) if front else 0
        for _ in range(_MOST_PASSES):
            complaints.clear()
            laid_out = lay_out(documents, front_pages)
            places = _places(laid_out)
            first = next((places[document.name] for document in documents if document.part != "front"), 0)
            if first == front_pages:
                break
            front_pages = first
        pdf = laid_out.write_pdf(pdf_tags=True, pdf_variant=sheet.variant or None)
    return TypesetBook(pdf, len(laid_out.pages), front_pages, places, tuple(dict.fromkeys(complaints)))


def _even(pages: int) -> int:
    """Count the blank verso that brings the text to a recto."""
    return pages + pages % 2


def _places(laid_out: Any) -> dict[str, int]:
    places: dict[str, int] = {}
    for number, page in enumerate(laid_out.pages):
        for name in page.anchors:
            places.setdefault(name, number)
    return places


def _join(documents: tuple[Document, ...], sheet: Sheet) -> str:
    """Join documents as sections of one, each with its name as id; private addresses become destinations."""
    from lxml import etree

    html = etree.Element("html", {"lang": sheet.language})
    head = etree.SubElement(html, "head")
    etree.SubElement(head, "meta", {"charset": "utf-8"})
    etree.SubElement(head, "title").text = sheet.title
    named = [("author", author) for author in sheet.authors]
    named += [("description", sheet.description), ("keywords", ", ".join(sheet.keywords))]
    named += [("dcterms.created", sheet.date), ("dcterms.modified", sheet.date), ("generator", "anthology")]
    for name, content in named:
        if content:
            etree.SubElement(head, "meta", {"name": name, "content": content})
    body = etree.SubElement(html, "body", {"dir": sheet.direction, "class": "book"})
    started = False
    for document in documents:
        section = _section(document)
        if document.part != "front" and not started:
            started = True
            section.set("class", f"{section.get('class')} text-start")
        body.append(section)
    return "<!DOCTYPE html>" + etree.tostring(html, encoding="unicode", method="html")


def _section(document: Document) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)
    tree = etree.fromstring(document.html.encode(), parser)
    body = tree.find(f"{XHTML}body")
    assert body is not None, f"{document.name} has no body"
    for element in body.iter():
        element.tag = str(element.tag).removeprefix(XHTML)
        for name in ("href", "data-target"):
            if str(element.get(name, "")).startswith(INSIDE):
                element.set(name, "#" + _destination(str(element.get(name))))
    etree.cleanup_namespaces(body)
    body.tag = "section"
    body.set("id", document.name)
    body.set("class", f"document {document.kind} part-{document.part}")
    body.set("lang", document.language)
    return body


def _destination(address: str) -> str:
    document, _, fragment = address.removeprefix(INSIDE).partition("#")
    return fragment or document


def _page_size(sheet: Sheet) -> str:
    return f"@page {{ size: {sheet.width}mm {sheet.height}mm }}"


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
    fallback = "".join(f', "{family}"' for family in sheet.fallback)
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
