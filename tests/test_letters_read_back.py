"""What is set in special glyphs reads back as the letters it is, after the faces of many leaves are made one."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from pressroom import SetBook, document, set_documents, sheet
from reading_back import poppler_texts, read_pdf

STYLES = """
p { hyphens: manual }
.old { font-variant-numeric: oldstyle-nums proportional-nums }
.lining { font-variant-numeric: lining-nums tabular-nums }
.small { font-variant-caps: small-caps }
.all-small { font-variant-caps: all-small-caps }
.fractions { font-variant-numeric: diagonal-fractions }
.italic { font-style: italic }
.hyphenated { hyphens: auto; width: 22mm }
"""

# Each in a document of its own, so that each leaf has other glyphs of the same face, and some in two ways.
TEXTS = {
    "old": "In 1987 and 2046, 135 of 90 figures.",
    "lining": "In 1987 and 2046, 135 of 90 figures again.",
    "small": "Sufficient Coffee for fifteen waffles, 1987",
    "all-small": "HMS Sufficient, MCMLXXXVII, office hours",
    "italic": "Office, fjord, flotilla, affluent: difficult ffi ligatures.",
    "plain": "Office, fjord, flotilla, affluent; Ærø, Łódź — “quoted”, ‘single’, half-hearted…",
    "fractions": "One half is 1/2, and 3/4 are three quarters.",
}


@pytest.fixture(scope="module")
def book() -> SetBook:
    """Set each text in a document of its own."""
    documents = [document(name, f'<p class="{name}">{text}</p>') for name, text in TEXTS.items()]
    return set_documents(documents, sheet(STYLES))


def said(text: str) -> str:
    """Give what a page says before its number."""
    return re.sub(r" \d+$", "", text)


def test_letters_read_back(book: SetBook) -> None:
    """Figures with tails, small capitals, ligatures and fractions are extracted as they were written."""
    found = dict(zip(TEXTS, map(said, read_pdf(book.bound()).texts), strict=True))
    # Small capitals are one glyph for both letters of a pair: which one is read is a matter of who came first.
    assert found.pop("all-small").casefold() == TEXTS["all-small"].casefold()
    # Fraction bars are glyphs of their own.
    assert found.pop("fractions").replace("⁄", "/") == TEXTS["fractions"]
    assert found == {name: text for name, text in TEXTS.items() if name in found}


def test_another_reader_reads_the_same(book: SetBook) -> None:
    """Poppler extracts the same letters as MuPDF."""
    bound = book.bound()
    theirs = poppler_texts(bound)
    if not theirs:
        pytest.skip("pdftotext is not installed")
    assert theirs == list(read_pdf(bound).texts)


def test_the_first_reading_of_a_glyph_holds() -> None:
    """Where two leaves read one glyph in two ways, the first does for both: no letter is lost, only its case or kind."""
    texts = {
        "all-small": "AN OFFICE",
        "small": "an office",
        "hyphenated": "Extraordinarily misunderstood.",
        "plain": "half-hearted",
    }
    documents = [document(name, f'<p class="{name}" lang="en">{text}</p>') for name, text in texts.items()]
    capitals, small, broken, whole = map(
        said, read_pdf(set_documents(documents, sheet(STYLES)).bound()).texts
    )
    assert (capitals, small) == ("AN OFFICE", "AN OFFICE")
    assert broken == "Extraordinarily misunder‐ stood."
    assert whole == "half‐hearted"


def test_a_face_of_many_leaves_has_what_each_of_them_shows(book: SetBook) -> None:
    """The one program of a face has outlines for the glyphs of every leaf, and lists their widths and letters."""
    with pikepdf.open(BytesIO(book.bound())) as pdf:
        fonts = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary)
            and thing.get("/Type") == "/Font"
            and "/ToUnicode" in thing
        ]
        assert {str(font.BaseFont).partition("+")[2] for font in fonts} >= {
            "Anthology-Serif",
            "Anthology-Serif-Italic",
        }
        for font in fonts:
            listed = font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2]
            letters = dict(re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", listed))
            glyphs = {b"%04x" % glyph for glyph in _glyphs(font)}
            assert set(letters) == glyphs
            descriptor = font.DescendantFonts[0].FontDescriptor
            program = descriptor.get("/FontFile3", descriptor.get("/FontFile2")).read_bytes()
            drawn = {b"%04x" % glyph for glyph in _outlines(program)}
            assert glyphs - drawn == {glyph for glyph, letter in letters.items() if letter == b"0020"}
            assert len(drawn - glyphs) <= 1, "the glyph for what is missing, and no other"


def _outlines(program: bytes) -> list[int]:
    """List the glyphs of a font file that draw something."""
    font = TTFont(BytesIO(program))
    outlines = font.getGlyphSet()
    found = []
    for glyph, name in enumerate(font.getGlyphOrder()):
        pen = BoundsPen(outlines)
        outlines[name].draw(pen)
        found += [glyph] if pen.bounds else []
    return found


def _glyphs(font: pikepdf.Object) -> list[int]:
    """List the glyphs that a font gives widths for (ISO 32000-1, 9.7.4.3)."""
    widths = list(font.DescendantFonts[0].W)
    return [
        int(first) + at
        for first, run in zip(widths[::2], widths[1::2], strict=True)
        for at in range(len(run))
    ]
