"""Typography: what the measure finds on pages that are wrong, and what the typesetter does that they are right."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pressroom import document, set_documents, sheet
from reading_back import poppler_texts
from typography import Typography, measure

from anthology.labels import labels_for
from anthology.layout import PaperLayout
from anthology.layout.opening import mark_opening
from anthology.model import Document
from anthology.pages import PageStart
from anthology.theme import load_theme
from anthology.xhtml import parse_fragment, serialise_fragment

JUSTIFIED = "p { text-align: justify; orphans: 1; widows: 1; overflow-wrap: break-word }"
PLAIN = "<p>A paragraph of some length, so that there are lines which show how wide the measure of this page is.</p>"
# On a page of seventy by ninety millimetres, what is left of it after this has room for so many lines of 12 points.
LEAVE_ONE, LEAVE_TWO = '<div style="height: 62mm"></div>', '<div style="height: 58mm"></div>'
LONG_WORDS = (
    "Incomprehensibilities notwithstanding, institutionalisation characteristically overcompensates"
    " counterrevolutionary misinterpretations; internationalisation disproportionately underrepresents"
    " straightforwardly conceptualised responsibilities. "
)


def found(body: str, styles: str = "", starts: tuple[PageStart, ...] = ()) -> Typography:
    """Set a body on small pages, and measure them."""
    made: tuple[Document, ...] = (document("a", body),)
    return measure(set_documents(made, sheet(JUSTIFIED + styles)).bound(), made, starts)


def turning(letters: int) -> tuple[PageStart, ...]:
    """Say that the second page starts within a paragraph, behind so many letters of it."""
    return PageStart("1", "a"), PageStart("2", "a", "p", letters)


def test_wide_spaces_are_found() -> None:
    """A justified line whose spaces are far wider than the face's is uneven; one that is set as usual is not."""
    text = f"<p>{'Some words to be set. ' * 20}</p>"
    assert found(text).even == 1
    assert found(text, "p { word-spacing: 9pt }").even == 0


def test_ladders_are_found() -> None:
    """Three hyphens in a row are a ladder, two are not."""
    assert found(f"{PLAIN}<p>One-<br/>two-<br/>three</p>").ladders == []
    assert found(f"{PLAIN}<p>One-<br/>two-<br/>three-<br/>four</p>").ladders == ["page 1: three-"]


def test_a_word_over_a_page_turn_is_found() -> None:
    """A hyphen at the end of a page is found."""
    body = f'{PLAIN}<p>One-</p><p class="next">two</p>'
    assert found(body).words_over_turns == ["page 1: One-"]


def test_widows_and_orphans_are_found() -> None:
    """A first line alone at the foot of a page, and a last one alone at the head, are found where the page map says so."""
    lines = '<p id="p">One<br/>two<br/>three</p><h2>Next</h2>'
    orphan = found(LEAVE_ONE + lines, starts=turning(3))
    assert (orphan.orphans, orphan.widows) == (["page 1: One"], [])
    widow = found(LEAVE_TWO + lines, "h2 { margin: 20pt 0 }", turning(6))
    assert (widow.orphans, widow.widows) == ([], ["page 2: three"])


def test_a_heading_at_the_foot_is_found() -> None:
    """A heading with nothing below it on its page is found."""
    assert found(f'{PLAIN}<h2>A heading</h2><p class="next">Text.</p>').headings_at_foot == [
        "page 1: A heading"
    ]
    assert found(f"{PLAIN}<h2>A heading</h2><p>Text.</p>").headings_at_foot == []
    # A paragraph may end in the words of a heading.
    alike = "<h2>A heading of its own that runs into the second line</h2><p>Into the<br/>second line</p>"
    assert found(PLAIN + alike).headings_at_foot == []


def test_an_overfull_line_is_found() -> None:
    """A line that runs over the measure is found, and by how much is said."""
    wide = '<p style="white-space: nowrap">A line that is wider than the measure of this page, however small.</p>'
    (line,) = found(PLAIN * 3 + wide).overfull
    assert line.startswith("page 1: A line that is wider")


def test_a_broken_pull_quote_is_found() -> None:
    """A pull quote that stands on two pages is found, a whole one is not."""
    quote = '<blockquote class="pull-quote"><p>One half,</p><p{}>and the other.</p></blockquote>'
    assert found(PLAIN + quote.format("")).broken_quotes == []
    assert found(PLAIN + quote.format(' class="next"')).broken_quotes == ["onehalf,andtheother."]


def test_letters_of_ligatures_are_read_in_order() -> None:
    """A pull quote with ligatures, justified and divided, is recognised."""
    words = "Finding a suffix, the flautist finished the affidavit in an office of the official shuffle. " * 2
    quote = f'<blockquote class="pull-quote"><p>{words}</p></blockquote>'
    assert found(quote, "p { hyphens: auto }").broken_quotes == []


def test_an_end_that_is_too_short_is_found() -> None:
    """The last line of a paragraph that is narrower than an indent is found."""
    short = '<p style="text-align-last: justify">These words fill the line<br/>a.</p>'
    assert found(PLAIN * 3 + short).runts == ["page 1: a."]


@pytest.fixture
def as_the_engine_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave all lines to the engine."""
    monkeypatch.setattr("anthology.typeset.leaf.hyphenation_limits", nullcontext)


# What is taken off a page with its folio.
_FOLIO = (0, 0, 0, -35)
HYPHENATED = "p { hyphens: auto; hyphenate-limit-chars: 6 3 3; orphans: 2; widows: 2 }"


def test_no_more_than_two_hyphens_stand_in_a_row() -> None:
    """However long the words are, no three lines in a row end with a hyphen, and no page ends with one."""
    made = found(f"<p>{LONG_WORDS * 12}</p>", HYPHENATED)
    assert made.pages > 1
    assert made.divided > 5
    assert (made.ladders, made.words_over_turns, made.overfull) == ([], [], [])


@pytest.mark.usefixtures("as_the_engine_does")
def test_the_engine_alone_makes_ladders() -> None:
    """Without our limits, the same text has ladders; when it no longer has, a later engine may know them itself."""
    assert found(f"<p>{LONG_WORDS * 12}</p>", HYPHENATED).ladders


def test_spaces_shrink_rather_than_leave_holes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spaces may be narrower than natural, never below four fifths, and no line runs over the measure for it."""
    text = f"<p>{'The spaces of this paragraph may give a little wherever a word would otherwise be lost. ' * 20}</p>"
    made = found(text, "p { hyphens: manual }")
    monkeypatch.setattr("anthology.typeset.leaf.hyphenation_limits", nullcontext)
    alone = found(text, "p { hyphens: manual }")
    assert made.overfull == []
    assert made.even > alone.even


NOTED = ".footnote { float: footnote; footnote-display: block; font-size: 7pt }"


def test_a_note_that_makes_room_leaves_no_word_over_a_turn() -> None:
    """Where the engine would send a note to the next page for one more line, which divides a word, both stay whole.

    The paragraph of that line begins on the next page, and the note stays below its mark.
    """
    words = LONG_WORDS.split()
    text = " ".join(words[7:] + words * 2)
    note = '<p>One line, noted.<span class="footnote">What is noted.</span></p>'
    body = f'<div style="height: 50mm"></div>{note}<p>{text}</p>'
    book = set_documents([document("a", body)], sheet(JUSTIFIED + HYPHENATED + NOTED)).bound()
    made = measure(book)
    assert made.pages == 2
    assert made.words_over_turns == []
    assert "What is noted." in pymupdf.open(stream=book)[0].get_text()


def test_no_word_is_lost_where_lines_end() -> None:
    """Whatever ends a line, the words of a paragraph stand on the pages, each once and in order."""
    body = f'<p id="p">{LONG_WORDS * 12}</p>'
    book = set_documents([document("a", body)], sheet(JUSTIFIED + HYPHENATED)).bound()
    text = "".join(page.get_text("text", clip=page.rect + _FOLIO) for page in pymupdf.open(stream=book))
    assert "".join(text.replace("\N{HYPHEN}", "").split()) == "".join((LONG_WORDS * 12).split())


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (
            "<p>NATO and PDFs</p>",
            '<p><span class="acronym">NATO</span> and <span class="acronym">PDF</span>s</p>',
        ),
        ("<p>in PDF/X.</p>", '<p>in <span class="acronym">PDF/X</span>.</p>'),
        ("<p>I, McDONALD, A4 and iOS</p>", "<p>I, McDONALD, A4 and iOS</p>"),
        ("<p>NO MORE OF IT</p>", "<p>NO MORE OF IT</p>"),
        ("<h2>On EPUB</h2>", "<h2>On EPUB</h2>"),
        ("<p>Some <code>TOML</code> ID</p>", '<p>Some <code>TOML</code> <span class="acronym">ID</span></p>'),
    ],
)
def test_acronyms_are_marked(text: str, marked: str) -> None:
    """Capitals in a sentence are marked on paper; in titles, code and paragraphs of capitals they are not."""
    body = parse_fragment(text)
    PaperLayout().shape(body, labels_for("en"))
    assert serialise_fragment(body) == marked


# As MuPDF says it of a run of letters.
ITALIC, BOLD = 2, 16
ACRONYMS = (
    "Antonio and Natalia of NATO read PDFs of ΝΑΤΟ and НАТО, not <em>PDF</em> nor <strong>PDF</strong>."
)


def designed(body: str, width: float = 120, language: str = "en") -> bytes:
    """Set a body with the styles of the usual design."""
    root = parse_fragment(body)
    PaperLayout().shape(root, labels_for("en"))
    page = replace(
        sheet(width=width, height=150, language=language), styles=load_theme(Path("none")).layers("pdf")
    )
    article = document("a", f'<div class="text">{serialise_fragment(root)}</div>', language=language)
    return set_documents([article], page).bound()


def test_an_acronym_is_copied_as_it_is_written() -> None:
    """An acronym beside lead words of the same letters: both are small capitals, and each is read as it is written."""
    lead = '<span class="lead-words">Members nato</span>'
    book = designed(f"<p>{lead} {ACRONYMS}</p>")
    wanted = f"Members nato {re.sub('<.*?>', '', ACRONYMS)}"
    for text in (*(page.get_text() for page in pymupdf.open(stream=book)), *poppler_texts(book)):
        assert " ".join(text.split()).startswith(wanted)


def test_an_acronym_is_in_small_capitals_where_its_face_has_them() -> None:
    """In the roman, acronyms are small capitals of the size of the text; in italics and bold, capitals a size smaller."""
    (page,) = pymupdf.open(stream=designed(f"<p>x {ACRONYMS}</p>"))
    found: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for span in spans_of(page):
        for letter in span["chars"]:
            if letter["c"] in "NΝНP":
                top, foot = ink(page, letter)
                kind = (letter["c"], span["flags"] & (ITALIC | BOLD))
                found.setdefault(kind, []).append((round(span["size"], 1), foot - top))
    # The first N is that of a name.
    (size, height), *acronyms = found["N", 0]
    acronyms = (
        [one for one in acronyms if one[1] < height * 0.95] + found["Ν", 0] + found["Н", 0] + found["P", 0]
    )
    assert [(one, round(tall / height, 1)) for one, tall in acronyms] == [(size, 0.8)] * 4
    others = found["P", ITALIC] + found["P", BOLD]
    assert [(round(one / size, 2), round(tall / height, 1)) for one, tall in others] == [(0.88, 0.9)] * 2


def spans_of(page: pymupdf.Page) -> list[dict[str, Any]]:
    """Give the runs of letters of a page."""
    read = page.get_text("rawdict")
    return [span for block in read["blocks"] for line in block["lines"] for span in line["spans"]]


def ink(page: pymupdf.Page, letter: dict[str, Any]) -> tuple[float, float]:
    """Measure where the ink of a letter begins and ends, in points from the head of the page, to a tenth."""
    scale = 10
    # Between its neighbours, which may reach over its edges, and not below its foot: these letters have none there.
    left, top, right, _ = letter["bbox"]
    box = pymupdf.Rect(left + 0.5, top, right - 0.5, letter["origin"][1] + 1)
    image = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), clip=box, colorspace=pymupdf.csGRAY)
    rows = [y for y in range(image.height) if min(image.samples[y * image.stride :][: image.width]) < 128]
    return (image.y + rows[0]) / scale, (image.y + rows[-1] + 1) / scale


OPENING = (
    "Hundreds of men had told the river about it, and nobody had listened to a word that any of them said. "
    * 4
)


def opened(text: str) -> list[tuple[dict[str, Any], float, tuple[float, float]]]:
    """Set the first paragraph of an article; give its letters with their sizes, and where their ink is."""
    body = parse_fragment(f"<p>{text}</p>")
    mark_opening(body)
    (page,) = pymupdf.open(stream=designed(serialise_fragment(body)))
    return [
        (letter, span["size"], ink(page, letter))
        for span in spans_of(page)
        for letter in span["chars"]
        if letter["c"] in "HunEm"
    ]


def test_a_drop_cap_stands_on_the_third_line() -> None:
    """A drop cap is as deep as three lines: its foot on the third, its head level with that of the first's letters."""
    (initial, size, (top, foot)), *letters = opened(OPENING)
    assert initial["c"] == "H"
    baselines = sorted({round(letter["origin"][1], 1) for letter, *_ in letters})
    assert foot == pytest.approx(baselines[2], abs=0.4)
    first_top, _ = letters[0][2]
    assert top == pytest.approx(first_top, abs=0.7)
    assert size > 4 * letters[-1][1]


def test_a_quotation_mark_is_no_drop_cap() -> None:
    """An opening that begins with a quotation mark has no drop cap, whose mark nobody can place; its first line is like others."""
    (initial, size, (_, foot)), *letters = opened(f"\N{LEFT DOUBLE QUOTATION MARK}{OPENING}")
    assert initial["c"] == "H"
    assert size == letters[-1][1]
    assert foot == pytest.approx(initial["origin"][1], abs=0.3)
