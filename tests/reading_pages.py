"""Printed pages held against their marks in an e-book: both files read back, no code of ours between them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape

import pymupdf
from reading_back import unzip

# How many letters of a page are compared: about the first half of its first line.
_LETTERS = 24

# Words of running heads end above the first of these parts of a page's height, those of folios below the second.
_HEAD, _FOOT = 0.095, 0.86

# Drop caps are higher than this, in points, and set before the words that they stand beside.
_DROP_CAP = 50

# Letters that are written from the right; a line with any of them is extracted in no certain order.
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")

# As what the hyphen of a broken word is extracted, depending on what else the face draws with that glyph.
_HYPHENS = ("-", "\u00ad", "\u2010")


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the page list: its folio, its document, and the XHTML before and behind its mark."""

    folio: str
    document: str
    before: str
    behind: str

    @property
    def in_figure(self) -> bool:
        """Tell whether the page starts with a figure."""
        return bool(re.search(r"<figure[^>]*>$", self.before))

    @property
    def repeated(self) -> str:
        """Give the heads of the table that goes on over the page, which print repeats."""
        table = self.before[max(self.before.rfind("<table"), 0) :]
        head = re.search(r"<thead>.*?</thead>", table, re.DOTALL)
        return letters_of(head.group()) if head and "</table>" not in table and "<td" in table else ""


def listed_pages(epub: bytes) -> list[Listed]:
    """Follow every entry of the page list to its mark."""
    files = {name.removeprefix("EPUB/"): data for name, data in unzip(epub).items()}
    navigation = files["_contents.xhtml"].decode()
    listing = re.search(r'<nav epub:type="page-list".*?</nav>', navigation, re.DOTALL)
    pages = []
    for address, folio in re.findall(r'<a href="([^"]*)">([^<]*)</a>', listing.group() if listing else ""):
        document, _, fragment = address.partition("#")
        mark = re.compile(rf'<(?:span|div) epub:type="pagebreak"[^>]* id="{fragment}"[^>]*></(?:span|div)>')
        before, behind = mark.split(files[document].decode())
        pages.append(Listed(folio, document, before, behind))
    return pages


def printed_pages(pdf: bytes) -> dict[str, tuple[str, str]]:
    """Give the text of each printed page by its folio, as it was written and as it stands, without heads and folios.

    The two differ where something is drawn over the rest, or stands beside a taller line.
    """
    with pymupdf.open(stream=pdf, filetype="pdf") as book:
        return {page.get_label(): (_text(page, sort=False), _text(page, sort=True)) for page in book}


def _text(page: pymupdf.Page, sort: bool) -> str:
    return " ".join(
        word
        for _, top, _, bottom, word, *_ in page.get_text("words", sort=sort)
        if _HEAD < bottom / page.rect.height < _FOOT and not (len(word) == 1 and bottom - top > _DROP_CAP)
    )


def letters(text: str) -> str:
    """Leave the letters of a text: no figures, no signs, no capitals."""
    return re.sub(r"[\W\d_]", "", unicodedata.normalize("NFKC", text)).casefold()


def letters_of(xhtml: str) -> str:
    """Leave the letters of XHTML that print shows."""
    shown = re.sub(r'<h1 class="hidden-title"[^>]*>.*?</h1>|<[^>]*>', "", xhtml, flags=re.DOTALL)
    return letters(unescape(shown))


def misplaced(epub: bytes, pdf: bytes, print_alone: str = "") -> list[tuple[str, str, str]]:
    """Name the listed pages whose marks do not stand where the page starts: folio, words there, words in print.

    What `print_alone` matches, a regular expression, is passed over where it begins a page.
    """
    printed = printed_pages(pdf)
    folios = list(printed)
    wrong = []
    for page in listed_pages(epub):
        before = printed[folios[folios.index(page.folio) - 1]][0]
        written, standing = (re.sub(rf"\A(?:{print_alone})", "", text) for text in printed[page.folio])
        right = any(_starts(page, text, before) for text in (written, standing))
        if not right and not _starts_from_the_right(page, first_lines(pdf, page.folio)):
            wrong.append((page.folio, letters_of(page.behind)[:48], written[:48]))
    return wrong


def first_lines(pdf: bytes, folio: str, height: float = 3) -> list[str]:
    """Give the first lines of a page, each as its words stand from left to right; `height` in points."""
    with pymupdf.open(stream=pdf, filetype="pdf") as book:
        page = next(page for page in book if page.get_label() == folio)
        lines: dict[float, list[tuple[float, str]]] = {}
        for left, top, _, bottom, word, *_ in page.get_text("words", sort=True):
            if not _HEAD < bottom / page.rect.height < _FOOT:
                continue
            middle = (top + bottom) / 2
            line = next((line for line in lines if abs(line - middle) < height), middle)
            lines.setdefault(line, []).append((left, word))
    return [" ".join(word for _, word in sorted(lines[line])) for line in sorted(lines)]


def _starts_from_the_right(page: Listed, lines: list[str]) -> bool:
    """Tell whether the page starts with the letters behind its mark, whatever their order within the first lines."""
    behind, taken = letters_of(page.behind), ""
    for line in lines:
        taken += letters(line)
        if len(taken) >= _LETTERS:
            break
    return bool(_FROM_THE_RIGHT.search(taken)) and sorted(taken) == sorted(behind[: len(taken)])


def _starts(page: Listed, text: str, page_before: str) -> bool:
    if page.in_figure:
        # Its caption, where it has one, stands somewhere below it; else what comes behind it is the first text.
        figure, _, behind = page.behind.partition("</figure>")
        if caption := letters_of(figure):
            return caption in letters(text)
        return letters_of(behind).startswith(letters(text)[:_LETTERS])
    behind = letters_of(page.behind)
    starts = letters(text).removeprefix(page.repeated)[:_LETTERS]
    return bool(starts) and (behind.startswith(starts) or _turns_inside_word(behind, starts, page_before))


def _turns_inside_word(behind: str, starts: str, page_before: str) -> bool:
    """Tell whether the mark stands in front of a word whose end begins the page."""
    length = behind.find(starts)
    begun = behind[: max(length, 0)]
    return 0 < length < 24 and any(f" {begun}{hyphen}" in page_before.casefold() for hyphen in _HYPHENS)


def pages_that_turn_inside_words(epub: bytes, pdf: bytes) -> list[str]:
    """Name the pages that start with the end of a word."""
    printed = printed_pages(pdf)
    return [
        page.folio
        for page in listed_pages(epub)
        if not page.in_figure
        and not any(
            letters_of(page.behind).startswith(letters(text).removeprefix(page.repeated)[:_LETTERS])
            for text in printed[page.folio]
        )
    ]
