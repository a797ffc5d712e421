"""Leaves bound together are the book that the engine makes of all documents at once."""

from __future__ import annotations

import re

import pytest
from miscellany import write_miscellany
from pressroom import PrintedBook, print_book
from reading_back import PdfFacts, pages_that_look_different, poppler_texts, read_pdf
from whole_book import WholeBook, set_whole


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> PrintedBook:
    """Give a book of a dozen articles of all kinds."""
    return print_book(write_miscellany(tmp_path_factory.mktemp("miscellany")))


@pytest.fixture(scope="module")
def whole(bound: PrintedBook) -> WholeBook:
    """Give the same documents set as one."""
    return set_whole(bound.documents, bound.sheet, bound.pictures)


@pytest.fixture(scope="module")
def facts(bound: PrintedBook) -> PdfFacts:
    """Give what a reader finds in the bound book."""
    return read_pdf(bound.pdf)


def test_the_same_words_on_the_same_pages(facts: PdfFacts, whole: WholeBook) -> None:
    """On every page stand the same words in the same order, running heads and page numbers with them."""
    assert facts.texts == read_pdf(whole.pdf).texts
    assert len(facts.texts) > 40


def test_another_reader_finds_the_same_words(bound: PrintedBook, whole: WholeBook) -> None:
    """Poppler, which orders text by where it stands, finds the same words on every page."""
    ours = poppler_texts(bound.pdf)
    if not ours:
        pytest.skip("pdftotext is not installed")
    assert ours == poppler_texts(whole.pdf)


def test_the_same_numbers_in_contents_and_references(facts: PdfFacts, whole: WholeBook) -> None:
    """Every link leads to the same page from the same words; each number in them is that of the page."""
    theirs = read_pdf(whole.pdf)
    assert facts.links == theirs.links
    numbered = [
        (found[1], facts.folios[to])
        for _, words, to in facts.links
        if (found := re.search(r" (\d+|[ivxlc]+)$", words))
    ]
    assert len(numbered) > 50
    assert [number for number, _ in numbered] == [folio for _, folio in numbered]


def test_the_same_outline(facts: PdfFacts, whole: WholeBook) -> None:
    """The outline has the same lines, each leading to the same page."""
    assert facts.outline == read_pdf(whole.pdf).outline
    assert len(facts.outline) > 14


def test_page_labels_are_the_printed_numbers(facts: PdfFacts, whole: WholeBook) -> None:
    """A viewer counts the pages as they are printed: roman, then arabic from 1."""
    assert facts.folios == whole.folios
    assert {"i", "viii", "1", "40"} <= set(facts.folios)


def test_pages_look_the_same(bound: PrintedBook, whole: WholeBook) -> None:
    """No page of either side differs by more than a hair: text, furniture, numbers, margins, empty versos."""
    assert pages_that_look_different(bound.pdf, whole.pdf) == []
