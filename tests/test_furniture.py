"""Running heads and page numbers, which are set apart and put on pages late, look as if they had been there always."""

from __future__ import annotations

import pytest
from pressroom import document, set_documents, sheet
from reading_back import pages_that_look_different, read_pdf
from whole_book import set_whole

from anthology.model import Document
from anthology.problems import ContentError

# The least that a book needs; every case adds its own furniture. Two things are known to differ from a book set whole:
# page numbers are written without kerning, and a line of a margin that their length decides breaks as for three figures.
GROUND = """
@page { @bottom-center { content: none } margin: 14mm 9mm 14mm 12mm }
@page :left { margin-left: 9mm; margin-right: 12mm }
.document { hyphens: manual }
h1 { font: 14pt/18pt var(--serif); margin: 0; string-set: title content(text) }
h2 { font: italic 10pt/12pt var(--serif); margin: 6pt 0; string-set: heading content(text) }
.opener { string-set: part content(text); break-before: recto }
"""
CASES = {
    "folio in words, between two other boxes": """
        @page { font: 8pt var(--serif) }
        @page :left { @bottom-left { content: string(title) } @bottom-center { content: "— " counter(page) " —" } }
        @page :right { @bottom-right { content: "page " counter(page) ", coffee" } }
        @page :right { @top-left { content: string(title); font-variant: small-caps } @top-center { content: "·" } }
    """,
    "folio at the edges, heads beside it, in narrow boxes": """
        @page :left { @top-left { content: counter(page); width: 8mm } @top-right { content: string(title) } }
        @page :right { @top-left { content: string(title) } @top-right { content: counter(page); width: 8mm } }
        @page { @top-right { text-align: right } }
    """,
    "folio in the same line as a head with ligatures": """
        @page :left { @top-left { content: counter(page) "  " string(title); font: 8pt var(--sans) } }
        @page :right { @top-right { content: string(title) "  " counter(page); font: small-caps 8pt var(--serif) } }
    """,
    "roman capitals in the front matter, figures with tails in the text": """
        @page { @bottom-center { font: 8pt var(--serif); font-kerning: none } }
        @page front { @bottom-center { content: counter(page, upper-roman); letter-spacing: 1pt } }
        @page text { @bottom-center { content: counter(page); font-variant-numeric: oldstyle-nums } }
    """,
    "arabic figures throughout, and small roman ones on empty pages": """
        @page { @bottom-right { content: counter(page); font: bold 9pt var(--sans); font-kerning: none } }
        @page :blank { @bottom-right { content: counter(page, lower-roman) } }
    """,
    "heads that say the first or the last heading of a page": """
        @page :left { @top-left { content: string(heading, first) " / " string(title) } }
        @page :right { @top-right { content: string(heading, last) } }
    """,
    "heads that say what an earlier document said": """
        @page :left { @top-center { content: string(part) } }
        @page :right { @top-center { content: string(title) } }
    """,
    "empty pages that say something": """
        @page :blank { @top-center { content: "after " string(title) } background: #eee; border: 1pt solid #900 }
        @page { @bottom-center { content: counter(page) } }
    """,
    "another ground, border and width of text on the left": """
        @page :left { background: #ddd; margin-left: 20mm; border-left: 3pt solid #36c }
        @page { @bottom-center { content: counter(page) } }
    """,
    "openers that have no head": """
        @page { @top-center { content: string(title) } @bottom-center { content: counter(page) } }
        @page text:nth(1 of text) { @top-center { content: none } @bottom-center { font-style: italic } }
    """,
    "headings that begin on rectos": """
        h2 { break-before: recto }
        @page { @bottom-center { content: string(heading) " " counter(page) } }
        @page text:blank { @bottom-center { content: "nothing after " string(heading) } }
    """,
    "headings that begin on versos": """
        h2 + p ~ h2 { break-before: verso }
        @page { @bottom-center { content: counter(page) } }
    """,
    "documents that end before a verso": """
        .opener { break-after: verso }
        @page { @bottom-center { content: counter(page) } }
    """,
    "crop marks and bleed": """
        @page { bleed: 3mm; marks: crop cross; @bottom-center { content: counter(page) } }
        @page :left { background: #ddd }
    """,
    "boxes with grounds, borders and colours of their own": """
        @page { @top-left { content: "left"; background: linear-gradient(#fc9, #9cf); width: 50%; color: #b00 } }
        @page { @top-right { content: counter(page); border: 1pt dotted #090; width: 50%; color: rgba(0, 0, 99, .5) } }
    """,
}
# Those that are tried in a book as well that is read from right to left.
TURNED = (
    "folio at the edges, heads beside it, in narrow boxes",
    "another ground, border and width of text on the left",
    "headings that begin on rectos",
)
PARAGRAPH = "<p>Sufficient coffee for fifteen waffles, in an office of one’s own, until the afternoon.</p>"


def documents() -> tuple[Document, ...]:
    """Make a book of a few pages: front matter, an opener, and articles with headings."""
    article = "".join(
        f"<h2>{name}</h2>{PARAGRAPH * 4}" for name in ("Coffee", "Fifty-five waffles", "Offices")
    )
    return (
        document("_half-title", "<p>A Book</p>", "front"),
        document("_foreword", f"<h1>Foreword</h1>{PARAGRAPH * 16}", "front"),
        document("_section", "<h1 class='opener'>First part</h1>"),
        document("one", f"<h1>The first office</h1>{article}"),
        document("two", f"<h1>Second</h1>{PARAGRAPH * 3}"),
        document("three", f"<h1>Third &amp; last</h1>{article}{article}"),
        document("_colophon", f"<h1>Colophon</h1>{PARAGRAPH}", "back"),
    )


@pytest.mark.parametrize(
    ("case", "direction"), [*((case, "ltr") for case in CASES), *((case, "rtl") for case in TURNED)]
)
def test_furniture_looks_as_in_a_whole_book(case: str, direction: str) -> None:
    """Whatever the styles order, pages of either side look, and read, as those that the engine sets as one book."""
    pages = sheet(f"{GROUND} html {{ direction: {direction} }} {CASES[case]}", direction=direction)
    bound = set_documents(documents(), pages, start="recto").bound()
    whole = set_whole(documents(), pages, {}, articles_on_rectos=True)
    assert pages_that_look_different(bound, whole.pdf) == []
    assert read_pdf(bound).texts == read_pdf(whole.pdf).texts
    assert read_pdf(bound).folios == whole.folios


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            'counter(page) " of " counter(pages)',
            "@bottom-center has counter(pages), which no article knows by itself",
        ),
        (
            "string(title, first-except)",
            "@bottom-center has string(title, first-except), which no article knows by itself",
        ),
        (
            "element(heading)",
            "@bottom-center has element(heading), which no article knows by itself",
        ),
        (
            "counter(page, arabic-indic)",
            "the page number in @bottom-center is neither in arabic nor in roman figures",
        ),
        (
            "counter(page); opacity: .5",
            'the page number "1234567890" is not drawn as one run of glyphs of one font',
        ),
    ],
)
def test_what_cannot_be_written_is_told(content: str, told: str) -> None:
    """What the styles print in a margin, and nobody can write there late, ends the build, which says why."""
    pages = sheet(f"{GROUND} @page {{ @bottom-center {{ content: {content} }} }}")
    with pytest.raises(ContentError) as error:
        set_documents([document("one", PARAGRAPH)], pages)
    (problem,) = error.value.problems
    assert problem.code == "S005"
    assert problem.message == f"the styles print in a margin what cannot be written there: {told}"
