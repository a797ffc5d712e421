"""An e-book as PyMuPDF reads it, which shares nothing with us: the same words as the articles, in the same order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reading_back import read_epub, spine_of
from source_words import words_in

from anthology.build import Options, build

EVERYTHING = Path(__file__).parent / "books" / "everything"


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Build the book that has one of each."""
    options = Options(("ebook",), tmp_path_factory.mktemp("everything"))
    outcome = build(EVERYTHING, options, lambda stage, detail: None)
    assert outcome.record
    return (outcome.folder / outcome.record.editions[0].path).read_bytes()


def test_every_document_says_what_was_kept_by_hand(everything: bytes) -> None:
    """Openers, notes, quotations, tables, lists, code, formulas, ruby, Arabic, captions, related reading: word for word."""
    kept = (EVERYTHING / "words.txt").read_text(encoding="utf-8")
    expected = re.findall(r"^= (\S+)\n(.*?)(?=^= |\Z)", kept, re.MULTILINE | re.DOTALL)
    read = dict(zip(spine_of(everything), read_epub(everything), strict=True))
    assert [name for name in read if name in dict(expected)] == [name for name, _ in expected]
    for name, words in expected:
        assert words_in(read[name]) == words_in(words), name


def test_no_word_is_lost_on_a_narrow_screen(everything: bytes) -> None:
    """Laid out on small pages the documents say the same, but for hyphens: nothing is cut off or hidden."""
    for wide, narrow in zip(read_epub(everything), read_epub(everything, width=320, height=480), strict=True):
        assert "".join(words_in(narrow)) == "".join(words_in(wide))
