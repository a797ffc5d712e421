"""Text captures, whatever they hold: no word lost, no line unaccounted for, no byte that brings an import down."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from anthology.importers.article_file import write_article
from anthology.importers.lines import clean, same_text
from anthology.importers.litter import reason_of
from anthology.importers.markdown_text import markdown_text, pull_quote
from anthology.importers.model import Imported
from anthology.importers.related_list import is_related_heading
from anthology.importers.text_capture import import_text_capture
from anthology.read import read_article

_WORDS = st.sampled_from(
    [
        "salt",
        "river",
        "lamp",
        "the",
        "of",
        "a",
        "and",
        "gate",
        "reads",
        "letter",
        "morning",
        "“no”",
        "it's",
        "*star*",
        "_low_",
        "[x]",
        "3",
        "9–11",
        "words",
        "AT&T",
        "<b>",
        "—",
        "café",
        "related",
        "articles",
        "advertisement",
        "X",
        "Facebook",
        "by",
        "May",
        "2025",
        "correction:",
        "1.",
        "#",
        "`",
        "\\",
        "https://example.org/a_b",
    ]
)
_SENTENCE = st.lists(_WORDS, min_size=9, max_size=25).map(lambda words: "Then " + " ".join(words) + " ended.")
_PARAGRAPH = st.lists(_SENTENCE, min_size=1, max_size=3).map(" ".join)
_SHORT = st.sampled_from(["Mind", "Rivers & canals", "On the quay", "Letters"])
_NAME = st.sampled_from(["Emily Black", "Ludwig van der Meer", "A. B. Carr", "Quayside Desk"])
_DATE = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))


def written(date: dt.date) -> str:
    """Write a date as the pages do."""
    return f"{date:%B} {date.day}, {date.year}"


@st.composite
def captures(draw: st.DrawFn) -> tuple[list[str], list[str], list[str]]:
    """Draw a clean capture: the lines of its head, its paragraphs, and the lines of its list."""
    head = [
        draw(_SHORT),
        "How " + draw(st.sampled_from(["a gate learns to wait", "salt left the shelf", "rivers read"])) + ".",
        draw(_SENTENCE),
        "X Linkedin Facebook Reddit Email Bluesky",
        "By " + draw(_NAME),
        f"{written(draw(_DATE))} - {draw(st.integers(1, 40))} min Read",
    ]
    paragraphs = draw(st.lists(_PARAGRAPH, min_size=1, max_size=6, unique_by=same_text))
    related = ["Related Articles"] if draw(st.booleans()) else []
    if related:
        for standfirst in draw(st.lists(_SENTENCE, max_size=4, unique_by=same_text)):
            related += [draw(_SHORT), standfirst, written(draw(_DATE))]
    return head, paragraphs, related


def import_lines(lines: list[str]) -> Imported:
    """Import lines as a capture."""
    return import_text_capture("page.txt", ("\n".join(lines) + "\n").encode())


def words_of(article: Imported) -> list[str]:
    """Give the words of an article's text as a book prints them."""
    file = write_article(
        article, article_id="page", capture="page.txt", sha256="0" * 64, section_written=True
    )
    reading = read_article("content/mind/page.md", file.encode(), language="en", find=lambda path: None)
    assert reading.article, reading.problems
    assert not [problem for problem in reading.problems if problem.code[0] == "F"]
    return words_in(reading.article.body)


def words_in(xhtml: str) -> list[str]:
    """Give the words of XHTML, quotation marks and dashes as they were typed."""
    from lxml import etree

    text = " ".join(
        "".join(block.itertext()) for block in etree.fromstring(f"<div>{xhtml}</div>").iter("p", "blockquote")
    )
    return same_text(text).split()


@settings(max_examples=120, deadline=None)
@given(captures())
def test_words_of_the_text_are_those_of_its_paragraphs(drawn: tuple[list[str], list[str], list[str]]) -> None:
    """The words of the book are the words of the distinct paragraphs, in order."""
    head, paragraphs, related = drawn
    article = import_lines([*head, *paragraphs, *related])
    assert words_of(article) == same_text(" ".join(paragraphs)).split()
    assert article.paragraphs == len(paragraphs)
    assert article.lines.dropped == 1
    assert article.lines.related == len(related)


@settings(max_examples=120, deadline=None)
@given(captures(), st.data())
def test_doubling_changes_nothing(drawn: tuple[list[str], list[str], list[str]], data: st.DataObject) -> None:
    """Doubling any paragraphs of a clean capture, and tripling some, changes nothing in the article."""
    head, paragraphs, related = drawn
    clean_one = import_lines([*head, *paragraphs, *related])
    copies = data.draw(st.lists(st.integers(1, 3), min_size=len(paragraphs), max_size=len(paragraphs)))
    doubled = [text for text, count in zip(paragraphs, copies, strict=True) for _ in range(count)]
    other = import_lines([*head, *doubled, *related])
    for part in ("title", "body", "credits", "date", "section", "standfirst", "language", "paragraphs"):
        assert getattr(other, part) == getattr(clean_one, part)
    assert [replace(stub, line=0) for stub in other.related] == [
        replace(stub, line=0) for stub in clean_one.related
    ]


_ODD_LINES = st.sampled_from(
    [
        "",
        "  ",
        "ADVERTISEMENT",
        "X Linkedin Facebook",
        "Facebook",
        "X",
        "Published by Emily Black",
        "July 29, 2025 - 3 min Read",
        "July 29, 2025",
        "31 February 2025",
        "Related Articles",
        "More in Mind",
        "Read next",
        "Mind",
        "9–11 words",
        "9–11 words Safety nurtures confidence.",
        "(9 to 11 words)",
        "Correction: the gate is green.",
        "Updated on July 30, 2025",
        "Sign up for our newsletter",
        "Home > Mind > Sleep",
        "© 2025 The Magazine",
        "The river had risen in the night, and nobody in the lower lanes had been told of it by anyone.",
        "The lamp was lit.",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_ODD_LINES | _SENTENCE, min_size=1, max_size=25))
@example(["Facebook", "Related Articles", "X Linkedin Facebook"])
def test_no_line_is_lost(lines: list[str]) -> None:
    """In any order of any lines: the counts add up, and no sentence is in none of text, front matter and list."""
    article = import_lines(lines)
    counts = asdict(article.lines)
    assert counts.pop("total") == sum(counts.values()) == len(lines)
    assert counts["blank"] == sum(not line.strip() for line in lines)
    assert len(article.dropped) == counts["dropped"]
    blocks = article.body.split("\n\n") if article.body else []
    assert len(blocks) == counts["kept"]
    found = {
        *blocks,
        article.standfirst,
        *(markdown_text(stub.standfirst) for stub in article.related),
    }
    for line in lines:
        if line.endswith("ended."):
            text = clean(line)
            is_title = bool(article.title) and text.startswith(article.title)
            assert is_title or {markdown_text(text), pull_quote(text), text} & found


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00\xd8\x00\xd8")
@example(b"\x00" * 40)
@example("a\u2028b\x0cc\x85d".encode())
def test_any_bytes_are_imported_or_refused(data: bytes) -> None:
    """No bytes bring an import down; what is no article says so."""
    article = import_text_capture("page.txt", data)
    counts = asdict(article.lines)
    assert counts.pop("total") == sum(counts.values())
    assert article.title or [problem for problem in article.problems if problem.severity == "error"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_accounted_for(text: str) -> None:
    """The counts add up for any text, and its file reads back without an error."""
    article = import_text_capture("page.txt", text.encode("utf-8", "replace"))
    counts = asdict(article.lines)
    assert counts.pop("total") == sum(counts.values())
    if article.title:
        words_of(article)


_MARKED = st.text(st.sampled_from("ab1. *_`#-+>|<&[]{}()!~=:\\^$\"'/;x@"), min_size=1, max_size=30).map(clean)


@settings(max_examples=500, deadline=None)
@given(st.lists(_MARKED.filter(bool), min_size=1, max_size=4))
@example(["&#1", "&copy", "&#x41"])
@example(["text", ": definition"])
@example(["*[HTML]: language", "HTML", "[^1]: note", "[a]: http://a", "a[^1] [a]"])
@example(
    ["{: .pullquote }", "a {: .b }", "===", "---", "- - -", "1) a", "1. a", "a\\", "~~~", "```", "| - | - |"]
)
@example(["<b>x</b>", "&amp;", "a < b & c", "<!-- a -->", "<a@b.c>", "\\<b>", "$x$", "[ ] a", "!!! note"])
def test_text_is_read_back_to_the_letter(texts: list[str]) -> None:
    """Whatever signs a text has, Markdown gives them back; only quotes, dashes and dots are the book's to set."""
    body = "\n\n".join(markdown_text(text) for text in texts) + "\n\n" + pull_quote(texts[0])
    reading = read_article(
        "content/a.md", f"---\ntitle: A\n---\n\n{body}\n".encode(), language="en", find=lambda path: None
    )
    assert reading.article, reading.problems
    from lxml import etree

    blocks = etree.fromstring(f"<div>{reading.article.body}</div>")
    # A paragraph is read as text alone; a web address may become a link, nothing else any markup.
    assert {str(element.tag) for element in blocks.iter()} <= {"div", "p", "blockquote", "a"}
    assert [_typed("".join(block.itertext())) for block in blocks] == [
        _typed(text) for text in (*texts, texts[0])
    ]


def _typed(text: str) -> str:
    """Take back what typography does to marks."""
    text = same_text(text).replace("—", "---").replace("–", "--").replace("…", "...")
    return re.sub(r"[\"'\s]+", "", text)


@given(_SENTENCE)
def test_sentences_are_no_litter(sentence: str) -> None:
    """Words that litter has do not make a sentence litter, nor the heading of a list."""
    assert reason_of(sentence) is None
    assert not is_related_heading(sentence)
