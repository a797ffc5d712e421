"""The article file of an import: front matter and Markdown that read back as what was captured."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anthology.importers.article_file import write_article
from anthology.importers.model import Imported, Stub
from anthology.importers.text_capture import import_text_capture
from anthology.model import Article, Credit
from anthology.problems import Problem
from anthology.read import read_article
from anthology.wording import visible

CAPTURES = Path(__file__).parent / "captures"
WITH_ARTICLE = sorted({path.stem for path in CAPTURES.glob("*.txt")} - {"empty", "litter-alone"})
MAGAZINE = sorted(path.stem for path in CAPTURES.glob("magazine-*.txt"))


def file_of(name: str) -> str:
    """Import a capture and write its article file."""
    article = import_text_capture(f"captures/{name}.txt", (CAPTURES / f"{name}.txt").read_bytes())
    return write_article(
        article, article_id=name, capture=f"captures/{name}.txt", sha256="0" * 64, section_written=False
    )


def read(file: str) -> tuple[Article, list[Problem]]:
    """Read an article file as a build does."""
    reading = read_article("content/quay/page.md", file.encode(), language="en", find=lambda path: None)
    assert reading.article, reading.problems
    return reading.article, list(reading.problems)


def test_article_file_is_one_that_a_person_would_write() -> None:
    """Front matter in a settled order, dates as dates, no empty key, pull quotes with their class."""
    assert (
        file_of("magazine-harbour-clock")
        == """\
---
title: The harbour clock runs eleven minutes late, and nobody who has missed a ferry by it wants
  it mended
standfirst: A clock that everybody knows to be wrong can be trusted like few others; in Sundhaven
  it has ordered markets, weddings and tides for ninety years.
authors:
  - Ansel Rook
date: 2025-03-04
language: en
id: magazine-harbour-clock
related:
  - standfirst: 'The needle says less than people think and more than they notice: what matters
      is how fast it moves, and which way the gulls are walking.'
    section: Tides & weather
    date: 2025-03-11
  - standfirst: Since the horn on the north mole fell silent, skippers listen for its absence
      - and three of them explain how one steers by a sound that is not there.
    section: Tides & weather
    date: 2025-03-18
  - standfirst: Every larder on the quay keeps its salt in a different place, and each household
      can prove that all the others are doing it wrong.
    section: Galley & larder
    date: 2025-03-20
source:
  title: The harbour clock runs eleven minutes late, and nobody who has missed a ferry by it wants
    it mended
  standfirst: A clock that everybody knows to be wrong can be trusted like few others; in Sundhaven
    it has ordered markets, weddings and tides for ninety years.
  section: Tides & weather
  date: 2025-03-04
  byline: By Ansel Rook
  capture: captures/magazine-harbour-clock.txt
  sha256: '0000000000000000000000000000000000000000000000000000000000000000'
---

Visitors set their watches by the clock on the customs house, and then they miss the ferry. The rest of us set our \
watches by the ferry, and know that the clock will follow.

It was right once. In the winter of 1934 a frost stopped it for eleven minutes, and when it went on by itself the \
harbour master decided that a clock with so much pride should be left alone.

> A clock that is always wrong is never quite mistaken.
{: .pullquote }

There have been collections to repair it. Each time, the money bought something else: a lamp, a rope, once a goat.
"""
    )


@pytest.mark.parametrize("name", WITH_ARTICLE)
def test_article_files_read_back(name: str) -> None:
    """Each article file reads back without a problem, with the facts, people and stubs of its capture."""
    captured = import_text_capture(f"{name}.txt", (CAPTURES / f"{name}.txt").read_bytes())
    article, problems = read(file_of(name))
    # The sign of a note without its note is the author's text, and worth a look.
    assert {problem.code for problem in problems} <= {"T017"}
    assert article.source.title == captured.title
    assert article.source.standfirst == captured.standfirst
    assert article.source.section == captured.section
    assert (article.credits, article.date, article.source.date) == (
        captured.credits,
        captured.date,
        captured.date,
    )
    assert [(entry.section, entry.standfirst, entry.date) for entry in article.related] == [
        (stub.section, stub.standfirst, stub.date) for stub in captured.related
    ]
    # A pull quote is a quotation and the paragraph in it.
    assert sum(block.kind == "paragraph" for block in article.blocks) >= captured.paragraphs


def test_pages_of_the_magazine_refer_to_one_another() -> None:
    """Six pages in two sections name each other by standfirst, with the small differences that lists have."""
    pages = [import_text_capture(f"{name}.txt", (CAPTURES / f"{name}.txt").read_bytes()) for name in MAGAZINE]
    assert len(pages) == 6
    assert {page.section for page in pages} == {"Tides & weather", "Galley & larder"}
    dates = {(page.section, page.date): page.standfirst for page in pages}
    stubs = [stub for page in pages for stub in page.related]
    known = [dates.get((stub.section, stub.date)) for stub in stubs]
    assert known.count(None) == 1, "one stub is of a page that was never captured"
    differing = [
        stub
        for stub, standfirst in zip(stubs, known, strict=True)
        if standfirst and stub.standfirst != standfirst
    ]
    assert len(differing) == 3, "a dash, quotation marks, and a text that the list cuts short"


def test_front_matter_holds_what_an_importer_knows() -> None:
    """People with roles, tags, aliases, references and keys of others stand in the file and read back."""
    imported = Imported(
        "markdown-post",
        "No: 12:30",
        "Text.",
        credits=(Credit("Ada Carr"), Credit("Bo Dunn", "translator"), Credit("Cy Eck", credited_as="C. E.")),
        date=dt.date(2025, 3, 4),
        section="010",
        language="de",
        tags=("yes", "a, b"),
        aliases=("2024-02-30",),
        references=("salt: a life", "other"),
        related=(Stub("Mind", "A standfirst.", dt.date(2025, 3, 4), 9),),
        extra={"layout": "post", "hero": {"alt": "x: y"}, "when": dt.time(9, 30)},
    )
    file = write_article(imported, article_id="a-b", capture="x.md", sha256="ab", section_written=True)
    article, problems = read(file)
    assert not problems
    assert (article.title, article.section, article.language, article.id) == ("No: 12:30", "010", "de", "a-b")
    assert article.credits == imported.credits
    assert article.aliases == ("2024-02-30",)
    assert article.tags == ("yes", "a, b")
    assert [entry.name or entry.standfirst for entry in article.related] == [
        "salt: a life",
        "other",
        "A standfirst.",
    ]
    assert article.extra == {"layout": "post", "hero": {"alt": "x: y"}, "when": "09:30:00"}
    assert "&id" not in file


@pytest.mark.parametrize(
    ("book", "language", "is_written"),
    [
        ("en-GB", "en", False),
        ("en", "en", False),
        ("de", "en", True),
        ("", "en", True),
        ("en", "en-GB", True),
    ],
)
def test_language_is_written_where_the_book_does_not_say_it(
    book: str, language: str, is_written: bool
) -> None:
    """An article in the book's language does not repeat it."""
    file = write_article(
        Imported("text-capture", "A", "B", language=language),
        article_id="a",
        capture="a.txt",
        sha256="ab",
        section_written=False,
        book_language=book,
    )
    assert (f"language: {language}\n" in file) is is_written


# What shows nothing counts as unwritten.
_TEXT = (
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=120)
    .map(lambda text: " ".join(text.replace("\ufeff", "").split()))
    .filter(lambda text: not text or visible(text))
)


@settings(max_examples=150, deadline=None)
@given(_TEXT.filter(bool), _TEXT, st.lists(_TEXT.filter(bool), max_size=3, unique=True))
def test_any_text_survives_front_matter(title: str, standfirst: str, aliases: list[str]) -> None:
    """Whatever a title, standfirst or alias is made of, it is read back as it was."""
    imported = Imported("text-capture", title, "Text.", standfirst=standfirst, aliases=tuple(aliases))
    file = write_article(imported, article_id="a", capture="a.txt", sha256="ab", section_written=False)
    article, _ = read(file)
    assert (article.source.title, article.source.standfirst) == (title, standfirst)
    assert article.aliases == tuple(aliases)


def test_web_addresses_stay_whole() -> None:
    """An address with underscores and several values leads where it led on the page."""
    capture = b"Mind\nA title.\nA standfirst of words.\nBy Ada Carr\nSee https://example.org/a_b?c=1&d_e=2 for more.\n"
    imported = import_text_capture("page.txt", capture)
    article, _ = read(
        write_article(imported, article_id="a", capture="a.txt", sha256="ab", section_written=False)
    )
    assert 'href="https://example.org/a_b?c=1&amp;d_e=2"' in article.body
