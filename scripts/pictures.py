#!/usr/bin/env python3
"""Makes the README's pictures from the handbook in dist/: printed openers, a spread, two screens of the e-book.

    make pictures
    .venv/bin/python scripts/pictures.py --recto 23 --article first-anthology

The e-book's picture needs Chromium (on the path, or named by CHROMIUM); without one it is left as it is.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pymupdf
from PIL import Image, ImageDraw, ImageFilter

ROOT = Path(__file__).parent.parent

PAGE_HEIGHT = 1000  # pixels: sharp on a screen of double density, in a column half as wide
MARGIN = 56  # pixels around the pages, on all sides
TABLE = (243, 241, 237)  # what the pages lie on: warmer and darker than paper
EDGE = (205, 201, 194)  # a page's edge, and the frame of a screen
SHADOW = (70, 62, 50)
BLUR = 12  # pixels
FEWEST_WORDS = 120  # what makes a facing page worth showing

SCREEN = (600, 800)  # pixels of a common e-reader at its CSS resolution
READER_MARGINS = (52, 48)  # pixels top and bottom, left and right, as reading systems keep free
DAY, NIGHT = ("#fdfcf9", "#111"), ("#121212", "#d8d6d2")  # a reading system's paper and ink
BETWEEN = 40  # pixels between two screens
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")

XML = {
    "container": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
}


def main() -> None:
    """Make all pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="where the book lies")
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "pictures", help="where the pictures go")
    parser.add_argument(
        "--recto", type=int, help="the spread's right page, counted from 1; default: an opener"
    )
    parser.add_argument("--article", help="the id of the article on the screens; default: the first one")
    parser.add_argument(
        "--night", type=int, default=2, help="which of its screens is shown by night; default: 2"
    )
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    make_spread(only(options.dist, "*-print.pdf"), options.into / "spread.png", options.recto)
    make_openers(only(options.dist, "*-print.pdf"), options.into / "openers.png")
    make_screens(only(options.dist, "*.epub"), options.into / "e-reader.png", options.article, options.night)


def only(folder: Path, pattern: str) -> Path:
    """Find the one file of a kind."""
    found = sorted(folder.glob(pattern))
    if not found:
        sys.exit(f"pictures: no {pattern} in {folder}; make book makes it")
    return found[0]


def make_spread(pdf: Path, picture: Path, recto: int | None) -> None:
    """Picture two facing pages."""
    with pymupdf.open(pdf) as document:
        right = recto or opener_on_recto(document)
        if not 3 <= right <= document.page_count or right % 2 == 0:
            sys.exit(f"pictures: page {right} is not a recto with a page facing it")
        pages = [page_image(document[number - 1]) for number in (right - 1, right)]
    facing(*pages).save(picture, optimize=True)
    print(f"{picture.name}: pages {right - 1} and {right} of {pdf.name}")


def make_openers(pdf: Path, picture: Path) -> None:
    """Picture the opener of the last section, and that of its first article with a full page of text below it."""
    with pymupdf.open(pdf) as document:
        contents = document.get_toc()
        sections = [
            place
            for place, entry in enumerate(contents[:-1])
            if entry[0] == 1 and contents[place + 1][0] == 2
        ]
        if not sections:
            sys.exit("pictures: the book has no section with an article in it")
        articles = []
        for level, _, page in contents[sections[-1] + 1 :]:
            if level == 1:
                break
            articles.append(page)
        full = (page for page in articles if len(document[page - 1].get_text().split()) >= FEWEST_WORDS)
        pages = (contents[sections[-1]][2], next(full, articles[0]))
        on_table(*(page_image(document[page - 1]) for page in pages)).save(picture, optimize=True)
    print(f"{picture.name}: pages {pages[0]} and {pages[1]} of {pdf.name}")


def opener_on_recto(document: pymupdf.Document) -> int:
    """Find the first article that opens on a recto and faces a full page; else the first that is on a recto."""
    openers = [page for level, _, page in document.get_toc() if level == 2 and page % 2 == 1 and page >= 3]
    if not openers:
        sys.exit("pictures: no article opens on a recto; name a page with --recto")
    full = (page for page in openers if len(document[page - 2].get_text().split()) >= FEWEST_WORDS)
    return next(full, openers[0])


def page_image(page: pymupdf.Page) -> Image.Image:
    """Draw one page."""
    scale = PAGE_HEIGHT / page.rect.height
    drawn = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False)
    return Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)


def facing(verso: Image.Image, recto: Image.Image) -> Image.Image:
    """Lay two pages side by side on the table, the fold between them."""
    pages = Image.new("RGB", (verso.width + recto.width, max(verso.height, recto.height)), "white")
    pages.paste(verso, (0, 0))
    pages.paste(recto, (verso.width, 0))
    fold = Image.new("L", pages.size)
    draw = ImageDraw.Draw(fold)
    for distance in range(28):
        # Paper falls away towards the fold: darkest there, gone after 28 pixels.
        for x in (verso.width - 1 - distance, verso.width + distance):
            draw.line([(x, 0), (x, pages.height)], fill=round(46 * (1 - distance / 28) ** 2))
    pages.paste(Image.new("RGB", pages.size, SHADOW), mask=fold)
    return on_table(pages)


def on_table(*sheets: Image.Image) -> Image.Image:
    """Lay sheets side by side on the table: thin edges, soft shadows, margins around."""
    width = sum(sheet.width for sheet in sheets) + BETWEEN * (len(sheets) - 1)
    size = (width + 2 * MARGIN, sheets[0].height + 2 * MARGIN)
    shadow, table = Image.new("L", size), Image.new("RGB", size, TABLE)
    boxes, left = [], MARGIN
    for sheet in sheets:
        boxes.append((left - 1, MARGIN - 1, left + sheet.width, MARGIN + sheet.height))
        left += sheet.width + BETWEEN
    for box in boxes:
        ImageDraw.Draw(shadow).rectangle((box[0], box[1] + 6, box[2], box[3] + 6), fill=90)
    table.paste(Image.new("RGB", size, SHADOW), mask=shadow.filter(ImageFilter.GaussianBlur(BLUR)))
    for sheet, box in zip(sheets, boxes, strict=True):
        table.paste(sheet, (box[0] + 1, box[1] + 1))
        ImageDraw.Draw(table).rectangle(box, outline=EDGE)
    return table


def make_screens(epub: Path, picture: Path, article: str | None, night: int) -> None:
    """Picture the first screen of an article by day, and another one by night."""
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"{picture.name}: skipped, there is no Chromium; install it or name one: CHROMIUM=…")
        return
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder).resolve()
        with zipfile.ZipFile(epub) as packed:
            packed.extractall(book)
        document = find_article(book, article)
        text = document.read_text(encoding="utf-8")
        screens = []
        for number, colours in ((1, DAY), (night, NIGHT)):
            document.write_text(paginated(text, number, *colours), encoding="utf-8")
            screens.append(screen_of(document, browser, book))
        on_table(*screens).save(picture, optimize=True)
    print(f"{picture.name}: {document.stem} of {epub.name}, screens 1 and {night}")


def screen_of(document: Path, browser: str, book: Path) -> Image.Image:
    """Draw a document as a browser shows it."""
    shot = book / "screen.png"
    shot.unlink(missing_ok=True)
    command = [browser, "--headless", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={book}/profile"]
    if getattr(os, "geteuid", lambda: 1)() == 0:
        command.append("--no-sandbox")  # Chromium refuses its sandbox to the administrator
    command += [f"--window-size={SCREEN[0]},{SCREEN[1]}", f"--screenshot={shot}", document.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    if not shot.exists():
        sys.exit(f"pictures: {browser} made no picture\n{done.stderr}")
    with Image.open(shot) as screen:
        return screen.convert("RGB")


def find_article(book: Path, article: str | None) -> Path:
    """Find an article's document by its id; without one, the first article in reading order."""
    documents = list(spine(book))
    if article:
        named = [document for document in documents if document.stem == article]
        return named[0] if named else sys.exit(f"pictures: no article {article} in the e-book")
    chapter = re.compile(r'role="doc-chapter"|epub:type="[^"]*\bchapter\b')
    for document in documents:
        if chapter.search(document.read_text(encoding="utf-8")):
            return document
    return sys.exit("pictures: no article in the e-book; name one with --article")


def spine(book: Path) -> Iterator[Path]:
    """List an unzipped EPUB's documents in reading order (EPUB 3.3, 5.7)."""
    container = ElementTree.parse(book / "META-INF" / "container.xml")
    rootfile = container.find(".//container:rootfile", XML)
    package = book / (rootfile.get("full-path", "") if rootfile is not None else "")
    root = ElementTree.parse(package).getroot()
    manifest = {item.get("id"): item.get("href", "") for item in root.iterfind("opf:manifest/opf:item", XML)}
    for entry in root.iterfind("opf:spine/opf:itemref", XML):
        yield package.parent / unquote(manifest[entry.get("idref")])


def paginated(text: str, number: int, paper: str, ink: str) -> str:
    """Let a document flow into screens, as reading systems do: by columns, of which the one at `number` is in sight."""
    top, side = READER_MARGINS
    width = SCREEN[0] - 2 * side
    style = (
        f"html {{ box-sizing: border-box; height: {SCREEN[1]}px; width: {SCREEN[0]}px; overflow: hidden;"
        f" margin: 0 0 0 {-(number - 1) * SCREEN[0]}px; padding: {top}px {side}px;"
        f" column-width: {width}px; column-gap: {2 * side}px; column-fill: auto; }}"
        f" html, body {{ background: {paper}; color: {ink}; }}"
        " body { margin: 0; padding: 0; } ::-webkit-scrollbar { display: none; }"
    )
    return text.replace("</head>", f"<style>{style}</style></head>", 1)


if __name__ == "__main__":
    main()
