"""Editions read back by programs that we did not write: PyMuPDF, pikepdf, zipfile, EPUBCheck."""

from __future__ import annotations

import atexit
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
from PIL import Image, ImageChops

# As much as the grey of a pixel may differ (of 255) where the same is drawn at a place rounded otherwise.
_HAIR = 24


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What a reader of a PDF finds: outline (level, title, page from 0), folio and text of each page, links."""

    outline: tuple[tuple[int, str, int], ...]
    folios: tuple[str, ...]
    texts: tuple[str, ...]
    links: tuple[tuple[int, str, int], ...]

    def folio_of(self, page: int) -> str:
        """Give the printed number that the page at `page` (from 0) carries as its label."""
        return self.folios[page]


def read_pdf(data: bytes) -> PdfFacts:
    """Read a PDF with PyMuPDF; a link is its page, the words under it, and the page it leads to."""
    with pymupdf.open(stream=data, filetype="pdf") as pdf:
        outline = tuple((level, title, page - 1) for level, title, page, *_ in pdf.get_toc())
        folios = tuple(page.get_label() for page in pdf)
        texts = tuple(tidied(page.get_text()) for page in pdf)
        links = tuple(
            (page.number, tidied(page.get_text("text", clip=area)), to)
            for page in pdf
            for area, to in _areas(page)
        )
    return PdfFacts(outline, folios, texts, links)


def _areas(page: pymupdf.Page) -> list[tuple[pymupdf.Rect, int]]:
    """Give the areas of a page that lead to another, those left out that lie within one to the same page."""
    kinds = {pymupdf.LINK_GOTO, pymupdf.LINK_NAMED}
    areas = [(link["from"], link["page"]) for link in page.get_links() if link["kind"] in kinds]
    return [
        (area, to)
        for number, (area, to) in enumerate(areas)
        if not any(
            to == other_to and (area in other if other != area else number > other_number)
            for other_number, (other, other_to) in enumerate(areas)
            if other_number != number
        )
    ]


def tidied(text: str) -> str:
    """Collapse white space, undo hyphenation, and drop what lets addresses break."""
    return " ".join(text.replace("\u00ad\n", "").replace("\u200b", "").split())


def pages_that_look_different(ours: bytes, theirs: bytes, dpi: int = 60) -> list[str]:
    """Name the pages of two PDFs that differ by more than a hair, with the part that does (in pixels)."""
    with pymupdf.open(stream=ours) as one, pymupdf.open(stream=theirs) as other:
        assert len(one) == len(other), f"{len(one)} pages, and {len(other)}"
        return [
            f"page {mine.number + 1}: {where}"
            for mine, yours in zip(one, other, strict=True)
            if (where := _different(_picture(mine, dpi), _picture(yours, dpi)))
        ]


def _picture(page: pymupdf.Page, dpi: int) -> Image.Image:
    drawn = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY, annots=False)
    return Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)


def _different(one: Image.Image, other: Image.Image) -> str:
    if one.size != other.size:
        return f"{one.size} and {other.size}"
    box = ImageChops.difference(one, other).point(lambda grey: 255 * (grey > _HAIR)).getbbox()
    return str(box) if box else ""


def poppler_texts(data: bytes) -> list[str]:
    """Give the text of each page as `pdftotext` reads it; nothing where that is not installed."""
    if not (program := shutil.which("pdftotext")):
        return []
    done = subprocess.run([program, "-", "-"], input=data, capture_output=True, check=True)
    return [tidied(text) for text in done.stdout.decode().split("\f")[:-1]]


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element (ISO 32000-1, 14.7.2) of a tagged PDF: its type, its dictionary, and what it holds.

    `kids` are elements, marked content as (page's object number, MCID), and annotations as object numbers.
    """

    type: str
    entries: pikepdf.Object
    kids: tuple[Element | tuple[int, int] | int, ...]

    def walk(self) -> Iterator[Element]:
        """Give this element and all below it, in order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()


def structure(pdf: pikepdf.Pdf) -> tuple[Element, ...]:
    """Read the structure tree of a PDF: its topmost elements."""
    return tuple(_element(kid, 0) for kid in pdf.Root.StructTreeRoot.K)  # type: ignore[misc]  # never content


def _element(kid: Any, page: int) -> Element | tuple[int, int] | int:
    if isinstance(kid, int):
        return page, kid
    if kid.get("/Type") == "/MCR":
        return kid.get("/Pg").objgen[0] if "/Pg" in kid else page, int(kid.MCID)
    if kid.get("/Type") == "/OBJR":
        return int(kid.Obj.objgen[0])
    page = kid.Pg.objgen[0] if "/Pg" in kid else page
    kids = kid.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return Element(str(kid.S), kid, tuple(_element(below, page) for below in kids))


def number_tree(node: pikepdf.Object) -> dict[int, pikepdf.Object]:
    """Read a number tree (ISO 32000-1, 7.9.7)."""
    numbers = list(node.get("/Nums", []))
    found = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    for kid in node.get("/Kids", []):
        found |= number_tree(kid)
    return found


def name_tree(node: pikepdf.Object) -> list[tuple[str, pikepdf.Object]]:
    """Read a name tree (ISO 32000-1, 7.9.6), in the order in which it stands."""
    names = list(node.get("/Names", []))
    found = [(str(name), value) for name, value in zip(names[::2], names[1::2], strict=True)]
    for kid in node.get("/Kids", []):
        found += name_tree(kid)
    return found


@cache
def _java_machine(program: str) -> subprocess.Popen[str]:
    """Start a program beside this one, for all tests of this process; it answers each line with one."""
    path, pipe = Path(__file__).with_name(program), subprocess.PIPE
    machine = subprocess.Popen(
        [sys.executable, path], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    )
    atexit.register(machine.kill)
    return machine


def _answer(program: str, line: str) -> str:
    machine = _java_machine(program)
    assert machine.stdin
    assert machine.stdout
    machine.stdin.write(f"{line}\n")
    machine.stdin.flush()
    answer = machine.stdout.readline()
    assert answer, f"{program} did not start, or broke off"
    return answer


def broken_rules(*files: tuple[str, Path]) -> list[dict[str, list[Any]]]:
    """Have veraPDF hold files against standards (see `java_verapdf.py`), and give the rules that each of them breaks."""
    asked = json.dumps([(standard, str(path)) for standard, path in files])
    broken: list[dict[str, list[Any]]] = json.loads(_answer("java_verapdf.py", asked))
    return broken


def uri_links(data: bytes) -> list[str]:
    """List the addresses outside the book that a PDF links to."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [
            str(annotation.A.URI)
            for page in pdf.pages
            for annotation in page.get("/Annots", [])
            if annotation.get("/A", {}).get("/S") == "/URI"
        ]


def unzip(data: bytes) -> dict[str, bytes]:
    """Take an EPUB apart."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words_of(xhtml: bytes) -> list[str]:
    """Give the words of a document's body."""
    body = re.sub(r"<head>.*?</head>", "", xhtml.decode(), flags=re.DOTALL)
    from html import unescape

    return unescape(re.sub(r"<[^>]*>", " ", body)).split()


def read_epub(data: bytes, width: float = 60_000, height: float = 60_000) -> list[str]:
    """Read an EPUB with PyMuPDF: the text of each document of the spine, on pages of a size in points.

    The pages are wide, so that lines end where their blocks do and no word is broken.
    """
    with pymupdf.open(stream=data, filetype="epub") as book:
        book.layout(width=width, height=height, fontsize=10)
        return [
            " ".join(
                word
                for page in range(book.chapter_page_count(chapter))
                for *_, word, _, _, _ in book[(chapter, page)].get_text("words", sort=False)
            )
            for chapter in range(book.chapter_count)
        ]


def spine_of(data: bytes) -> list[str]:
    """Give the documents of an EPUB in reading order, by name."""
    package = unzip(data)["EPUB/content.opf"].decode()
    hrefs = {
        re.findall(r' id="([^"]*)"', item)[0]: re.findall(r' href="([^"]*)"', item)[0]
        for item in re.findall(r"<item .*?/>", package)
    }
    return [
        hrefs[name].removesuffix(".xhtml") for name in re.findall(r'<itemref .*?idref="([^"]*)"', package)
    ]


def epubcheck(path: Path) -> list[str]:
    """Have EPUBCheck give its messages, usages left out: severity, code, place and text of each."""
    report = path.with_suffix(".json")
    report.unlink(missing_ok=True)
    _answer("java_epubcheck.py", str(path))
    messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
    return [
        f"{message['severity']} {message['ID']} {message['locations'][0]['path']}: {message['message']}"
        for message in messages
        if message["severity"] != "USAGE"
    ]
