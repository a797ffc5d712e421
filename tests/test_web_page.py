"""Saved web pages: what they declare, what they show, and what must never come out of them."""

from __future__ import annotations

import datetime as dt
import re
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from anthology.importers.model import Imported, LineCounts
from anthology.importers.web_page import import_web_page, recognises

pytest.importorskip("trafilatura")

PAGES = Path(__file__).parent / "pages"


def imported(name: str, beside: dict[str, bytes] | None = None) -> Imported:
    """Import one of our own pages."""
    return import_web_page(f"{name}.html", (PAGES / f"{name}.html").read_bytes(), (beside or {}).get)


def of(body: str, head: str = "<title>A page</title>") -> Imported:
    """Import a page of this head and body."""
    return import_web_page("page.html", f"<html><head>{head}</head><body>{body}</body></html>".encode())


LONG = "The keeper writes down every ship that passes, and every ship that says it has passed already."


@pytest.mark.parametrize(
    ("name", "title", "authors", "date"),
    [
        ("harbour", "The harbour that moved twice", ["Mara Oyelaran", "Tomas Brandt"], "2024-03-09"),
        ("opengraph", "Die Uhr im Teich", ["Käthe Öttinger", "Jörg Straßer"], "2023-11-02"),
        ("dublin", "On keeping bees in a belfry", ["Hester Quill"], "2011-05-17"),
        ("microdata", "How a ladder learns", ["Ines Vidal"], "2022-08-30"),
        ("visible", "A rope across the night", ["Anselm Rook"], "2019-07-04"),
        ("organisation", "Rules for lending umbrellas", ["Office for Weather and Roads"], "2020-02-02"),
        ("saved", "L’huile et la lumière", ["Odile Ferrand"], "2021-08-01"),
        ("utf8_said_latin", "El año del gorrión", ["Ana Núñez"], None),
        ("divs", "Notes from a paper mill", [], None),
        ("pull_quotes", "Counting sheep for a living", ["Ulf Maier"], None),
        ("comments", "The key under the water", ["Joost ter Horst"], "2015-05-03"),
        ("structure", "A workshop in forms", [], None),
        ("attack", "A page with <script> in it", [], None),
    ],
)
def test_title_authors_and_date_are_found_however_a_page_says_them(
    name: str, title: str, authors: list[str], date: str | None
) -> None:
    """JSON-LD, OpenGraph, Dublin Core, microdata, `<meta>` and visible text all tell title, authors and date."""
    page = imported(name)
    assert page.title == title
    assert [credit.name for credit in page.credits] == authors
    assert page.date == (dt.date.fromisoformat(date) if date else None)


def test_a_page_that_declares_everything_gives_everything() -> None:
    """Section, standfirst, language, address, publication, tags and reading time come from JSON-LD."""
    page = imported("harbour")
    assert page.section == "Coast"
    assert page.standfirst == "Silt closed it, and the town carried its harbour after the water."
    assert page.language == "en-GB"
    assert page.url == "https://tidalreview.example/coast/harbour-that-moved"
    assert page.publication == "The Tidal Review"
    assert page.tags == ("harbours", "silt")
    assert page.reading_minutes == 6
    assert page.image == "https://tidalreview.example/pictures/quay.jpg"


def test_every_run_of_text_is_accounted_for() -> None:
    """What is not in the article is in the front matter, the related list, or dropped with a reason."""
    page = imported("harbour")
    assert page.lines == LineCounts(total=25, kept=10, front_matter=4, related=3, dropped=8)
    assert [(each.line, each.reason) for each in page.dropped] == [
        (20, "navigation"),
        (20, "navigation"),
        (20, "navigation"),
        (28, "share-bar"),
        (38, "doubled"),
        (39, "advertisement"),
        (42, "newsletter"),
        (48, "boilerplate"),
    ]
    assert page.references == (
        "[The keeper who counted ships](https://tidalreview.example/coast/lamps)",
        "[Where the salt road ends](https://tidalreview.example/coast/salt)",
    )


def test_the_structure_of_a_text_survives() -> None:
    """Lists, tables, code, quotations, notes, rules and line breaks come out as the Markdown that we read."""
    assert imported("structure").body == (PAGES / "structure.md").read_text()


def test_a_picture_comes_with_its_caption_and_a_link_with_its_whole_address() -> None:
    """Captions become titles, addresses count from where the page was, remote pictures are named."""
    page = imported("harbour")
    picture = "https://tidalreview.example/pictures/second-quay.jpg"
    assert (
        f'![A quay of pale stone]({picture} "The second quay, drawn from the mole. Drawing: M. Oyelaran")'
        in page.body
    )
    assert "[the old maps](https://tidalreview.example/coast/old-maps?sheet=2#north)" in page.body
    assert page.pictures == ()
    assert page.remote_pictures == (picture, "https://tidalreview.example/pictures/quay.jpg")


def test_pictures_beside_the_page_come_along_and_lost_ones_are_told() -> None:
    """A file that `find` knows is named as the body writes it; one that is missing gives a warning."""
    page = imported("saved", {"saved_files/lamp one.png": b"picture"})
    assert page.pictures == ("saved_files/lamp one.png",)
    assert "![Une lampe de cuivre](<saved_files/lamp one.png>)" in page.body
    assert [(each.code, each.message) for each in page.problems] == [
        ("M049", "the picture saved_files/lost.png is not beside the page")
    ]
    assert page.url == "https://lantern.example/essays/oil-and-light"


@pytest.mark.parametrize(
    "image",
    [
        '<img srcset="/a.png 100w, /b.png 800w, /c.png 400w" alt="x">',
        '<img src="/lazyload.gif" data-src="/b.png" alt="x">',
        '<img src="/lazy_placeholder.gif?1" data-lazy="true" data-srcset="/b.png 2x, /a.png" alt="x">',
        '<picture><source srcset="/a.png 1x, /b.png 2x"><img src="data:," alt="x"></picture>',
        '<img src="/b.png" srcset="/a.png 2x" alt="x">',
    ],
)
def test_a_picture_that_loads_later_comes_in_its_best_size(image: str) -> None:
    """Whatever a page shows until a picture is near, the article has the picture, in the largest of its sizes."""
    page = of(
        f'<base href="https://lantern.example/"><h1>A page</h1><p>{LONG}</p><figure>{image}</figure><p>{LONG} Twice.</p>'
    )
    assert page.remote_pictures == ("https://lantern.example/b.png",)


def square(size: int) -> str:
    """Give a picture as an address that holds it."""
    file = BytesIO()
    Image.new("RGB", (size, size), "red").save(file, "PNG")
    return f"data:image/png;base64,{b64encode(file.getvalue()).decode()}"


def showing(image: str, head: str = "<title>A page</title>") -> Imported:
    """Import a page that shows a picture between two paragraphs."""
    return of(f"<article><h1>A page</h1><p>{LONG}</p><p>{image}</p><p>{LONG} Twice.</p></article>", head)


@pytest.mark.parametrize(
    ("image", "name"),
    [
        (f'<img src="{square(60)}">', r"picture-[0-9a-f]{8}\.png"),
        (f'<img src="{square(5)}" alt="A dot">', r"a-dot-[0-9a-f]{8}\.png"),
        (f'<img src="{square(300)}" data-src="https://a.example/b.png" alt="A">', r"a-[0-9a-f]{8}\.png"),
        (
            '<img alt="A" src=\'data:image/svg+xml,%3Csvg%3E%3Cpath d="M0 0"/%3E%3C/svg%3E\'>',
            r"a-[0-9a-f]{8}\.svg",
        ),
    ],
)
def test_a_picture_within_the_page_is_the_article_s(image: str, name: str) -> None:
    """Pages that were saved as one file have their pictures in addresses that hold them."""
    page = showing(image)
    (there,) = page.embedded
    assert re.fullmatch(name, there)
    assert f"]({there})" in page.body
    assert page.pictures == (there,)
    assert (page.problems, page.remote_pictures) == ((), ())


def test_a_picture_that_is_shown_twice_is_kept_in_a_style() -> None:
    """SingleFile writes it into a style, once, with an empty drawing in each place."""
    page = showing(
        '<img alt="Ferry" src="data:image/svg+xml,<svg></svg>" style="background-image:var(--sf-img-2)!important">',
        f'<title>A page</title><style>:root{{--sf-img-1:url(x);--sf-img-2: url("{square(60)}")}}</style>',
    )
    assert [name.startswith("ferry-") for name in page.embedded] == [True]


@pytest.mark.parametrize(
    "image",
    [
        f'<img src="{square(1)}" alt="A">',
        f'<img src="{square(40)}">',
        '<img src="data:," alt="A">',
        '<img alt="A" src="data:image/svg+xml;base64,PHN2Zz48cmVjdC8+PC9zdmc+">',
    ],
)
def test_what_only_keeps_a_place_open_is_no_picture(image: str) -> None:
    """Points, and drawings of nothing, stand where a script would put a picture."""
    page = showing(image)
    assert (page.embedded, page.problems) == ({}, ())
    assert "![" not in page.body


@pytest.mark.parametrize(
    ("image", "said"),
    [
        ('<img src="data:image/png;base64,iVBORw0KGgo" alt="The mole">', '"The mole"'),
        ('<img src="data:image/png;base64,x" alt="The [mole]">', '"The [mole]"'),
        ('<img src="data:text/plain,words">', "without a description"),
    ],
)
def test_a_picture_within_the_page_that_cannot_be_read_is_told(image: str, said: str) -> None:
    """What was lost is named by what the page says of it."""
    assert [(each.code, each.message) for each in showing(image).problems] == [
        ("M049", f"the picture {said} is held within the page and cannot be read")
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<tr><th>Year</th><th>Boats</th></tr><tr><td>1950</td><td>{}</td></tr>",
        "<caption>Boats of a year</caption><tr><td>1950</td><td>{}</td></tr>",
        "<tr><td>1949</td><td>None at all</td></tr><tr><td>1950</td><td>{}</td></tr>",
    ],
)
@pytest.mark.parametrize(
    "cell",
    [
        "<ul><li>Red boats</li><li>Blue boats</li></ul>",
        "<table><tr><td>Red boats</td></tr><tr><td>Blue boats</td></tr></table>",
        "<p>Red boats</p><p>Blue boats</p>",
    ],
)
def test_a_table_with_lists_and_tables_in_its_cells_is_whole(table: str, cell: str) -> None:
    """What has heads, a title, or rows alike is a table of data, and no way of laying out the page."""
    page = of(
        f"<article><h1>A page</h1><p>{LONG}</p><table>{table.format(cell)}</table><p>{LONG} Twice.</p></article>"
    )
    assert "| 1950 | Red boats<br>Blue boats |" in page.body
    assert page.dropped == ()


@pytest.mark.parametrize(
    ("part", "kept"),
    [
        (
            "<figure><pre><code>x = 1</code></pre><figcaption>Listing 1. A buoy.</figcaption></figure>",
            "```\nx = 1\n```\n\nListing 1. A buoy.",
        ),
        (
            "<figure><table><tr><th>Year</th><th>Boats</th></tr><tr><td>1950</td><td>Ten</td></tr></table>"
            "<figcaption>Table 1. Boats.</figcaption></figure>",
            "| Year | Boats |\n| --- | --- |\n| 1950 | Ten |\n\nTable 1. Boats.",
        ),
        ("<figure><svg><path d='M0 0'/></svg><figcaption>A circle.</figcaption></figure>", "A circle."),
        ("<div><figure><iframe></iframe><figcaption>See it.</figcaption></figure></div>", "See it."),
        (
            "<blockquote><p>No ship passed on that day.</p><footer>— Ada, <cite>A Book</cite></footer></blockquote>",
            "> No ship passed on that day.\n>\n> — Ada, *A Book*",
        ),
        (
            '<blockquote><p>No ship passed on that day.</p><p class="blockquote-footer">Ada</p></blockquote>',
            "> No ship passed on that day.\n>\n> Ada",
        ),
        (
            "<aside><p>Pilots of this coast are paid by the fathom.</p></aside>",
            "Pilots of this coast are paid by the fathom.",
        ),
    ],
)
def test_what_belongs_to_a_part_of_the_text_stays_with_it(part: str, kept: str) -> None:
    """Captions of what is no picture, sources of quotations, and the author's own boxes are the article's."""
    page = of(
        f"<article><h1>A page</h1><p>{LONG}</p>{part}<p>{LONG} Twice.</p><p>{LONG} Thrice.</p></article>"
    )
    assert page.body == f"{LONG}\n\n{kept}\n\n{LONG} Twice.\n\n{LONG} Thrice.\n"
    assert page.dropped == ()


@pytest.mark.parametrize(
    "part",
    [
        '<aside class="related"><p>Litter that would like to be read by you.</p></aside>',
        "<aside><h3>Related articles</h3><p>Litter that would like to be read by you.</p></aside>",
        "<aside><p>Litter. Sign up for our newsletter</p><form><p>Your address, if you please.</p></form></aside>",
        '<aside><p>Litter: <a href="/a">Why a lamp is lit for nobody.</a></p></aside>',
        "<aside><p>Litter</p></aside>",
        '<div class="share"><figure><figcaption>Litter to share.</figcaption></figure></div>',
        '<blockquote><p>No ship passed on that day.</p><footer class="share">Litter</footer></blockquote>',
    ],
)
def test_litter_between_paragraphs_stays_out(part: str) -> None:
    """What leads elsewhere, asks for something or is hardly more than a word is no box of the author's."""
    page = of(
        f"<article><h1>A page</h1><p>{LONG}</p>{part}<p>{LONG} Twice.</p><p>{LONG} Thrice.</p></article>"
    )
    assert "Litter" not in page.body
    assert page.body.count("every ship that passes") == 3


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("<math><mi>x</mi><mo>=</mo><mn>2</mn></math>", "x=2"),
        ('<math alttext="x^{2}"><mi>x</mi></math>', "`x^{2}`"),
        (
            '<span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi>'
            '<annotation encoding="application/x-tex">\\alpha_1</annotation></semantics></math></span>'
            '<span class="katex-html">α1</span></span>',
            r"`\alpha_1`",
        ),
    ],
)
def test_a_formula_is_said_in_its_sentence(formula: str, said: str) -> None:
    """What MathML says stays where it stood, as TeX if the page has it."""
    page = of(
        f"<article><h1>A page</h1><p>{LONG}</p><p>Here {formula} is true.</p><p>{LONG} Twice.</p></article>"
    )
    assert f"Here {said} is true." in page.body


def test_pull_quotes_are_told_from_the_text_and_notices_stay() -> None:
    """A pull quote is a quotation, and known as said in the text or not; corrections are kept."""
    page = imported("pull_quotes")
    assert [(each.text, each.in_text) for each in page.pull_quotes] == [
        ("I have never lost a notch to a dog.", True),
        ("Sheep are the only clock that gets wet.", False),
    ]
    assert "> Sheep are the only clock that gets wet.\n" in page.body
    assert page.body.endswith(
        "Correction: an earlier version of this article said that the gate was three feet wide.\n"
    )
    assert page.standfirst.startswith("A tally clerk")
    assert "A tally clerk" not in page.body


def test_nothing_that_a_page_runs_or_hides_is_text() -> None:
    """Scripts, styles, frames, drawings, hidden elements and script addresses never reach the article."""
    body = imported("attack").body
    for word in ("stolen", "styled", "clicked", "linked", "framed", "drawn", "hidden", "javascript", "<img"):
        assert word not in body
    assert "&lt;img src=x onerror=alert(1)>" in body


def test_readers_comments_are_not_the_article() -> None:
    """What readers wrote under an article is left out, and told."""
    page = imported("comments")
    assert "bicycle" not in page.body
    assert any("bicycle" in each.text for each in page.dropped)


def test_a_page_that_shows_nothing_is_an_error_and_no_crash() -> None:
    """A page whose text a script would write has none, and says so."""
    page = imported("empty")
    assert page.body == ""
    assert [(each.code, each.severity, each.message) for each in page.problems] == [
        ("M045", "error", "there is no text on this page")
    ]


@pytest.mark.parametrize("levels", [300, 3_000])
def test_no_word_is_too_deep_to_be_read(levels: int) -> None:
    """Parsers leave out what is nested deep; we read it, and say where structure had to be given up."""
    page = of("<div>" * levels + f"<p>{LONG}</p>" * 1 + "</div>" * levels)
    assert LONG in page.body
    assert [each.code for each in page.problems] == ([] if levels < 2_000 else ["M043"])


def test_a_tag_of_a_great_many_attributes_takes_no_time() -> None:
    """Further attributes than 1,000 are not read, and this is told; the text is."""
    page = of(f"<p {' '.join(f'a{number}=1' for number in range(20_000))}>{LONG}</p>")
    assert page.body == f"{LONG}\n"
    assert [(each.code, each.message) for each in page.problems] == [
        ("M042", "one tag has more than 1,000 attributes; the further ones were not read")
    ]


def test_a_page_of_more_than_ten_megabytes_is_left() -> None:
    """Size is looked at before anything else."""
    page = import_web_page("big.html", b"<p>" + b"x" * 10_500_000)
    assert [(each.code, each.message) for each in page.problems] == [
        ("M040", "this page has 10.5 MB; pages of up to 10 MB are read")
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (f"<p>Naïve café. {LONG}</p>".encode("utf-16"), "Naïve café."),
        (b"\xef\xbb\xbf" + f"<p>Naïve café. {LONG}</p>".encode(), "Naïve café."),
        (f"<p>Naïve “café”. {LONG}</p>".encode("cp1252"), "Naïve “café”."),
        (
            "<meta charset=utf-8><p>Naïve “caf".encode() + b"\xe9" + f"”, Zoë. {LONG}</p>".encode(),
            "Naïve “café”, Zoë.",
        ),
        (f"<meta charset=windows-1251><p>Письмо с острова. {LONG}</p>".encode("cp1251"), "Письмо с острова."),
        (f"<meta charset=shift_jis><p>島からの手紙。{LONG}</p>".encode("shift_jis"), "島からの手紙。"),
    ],
)
def test_characters_come_through_in_every_encoding(data: bytes, text: str) -> None:
    """Byte order marks, declarations and undeclared windows-1252 are read."""
    assert text in import_web_page("page.html", data).body


@pytest.mark.parametrize(
    ("path", "data", "expected"),
    [
        ("a.html", b"anything", True),
        ("a.HTM", b"", True),
        ("capture.txt", b"\n<!DOCTYPE html><html>", True),
        ("capture", b"<!-- saved --><html lang=en>", True),
        ("post.md", b"<html>", False),
        ("capture.txt", b"Section\nTitle.", False),
    ],
)
def test_web_pages_are_recognised(path: str, data: bytes, expected: bool) -> None:
    """A page is known by its name, else by how its text begins."""
    assert recognises(path, data) is expected


_TAGS = (
    "p",
    "div",
    "b",
    "i",
    "a href=/x",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "pre",
    "code",
    "h2",
    "blockquote",
    "br",
    "img src=a.png",
    "figure",
    "figcaption",
    "section",
    "sup",
    "dl",
    "dt",
    "dd",
    "q",
    "hr",
    "article",
    "span class=share",
    "aside",
    "form",
    "button",
    "svg",
    "math",
)
_PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in _TAGS] + [f"</{tag.split()[0]}>" for tag in _TAGS]),
    st.sampled_from(
        [
            "<!--",
            "-->",
            "<![CDATA[",
            "&amp;",
            "&#0;",
            "&lt;b&gt;",
            "<",
            ">",
            '"',
            "[^1]",
            "](x)",
            "{: #a }",
            "* ",
            "1. ",
            "```",
            "\n\n    ",
            "---",
        ]
    ),
    st.text(max_size=30),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_soup_never_raises_and_its_paragraph_is_never_lost(soup: str) -> None:
    """Whatever stands around it, a page with a paragraph of text has a body, and the account adds up."""
    page = import_web_page("soup.html", f"<html><body><p>{LONG}</p>\n{soup}".encode("utf-8", "surrogatepass"))
    assert LONG in page.body
    lines = page.lines
    assert lines.total == lines.blank + lines.kept + lines.front_matter + lines.related + lines.dropped
    assert len(page.dropped) == lines.dropped


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_bytes_that_mean_nothing_never_raise(data: bytes) -> None:
    """Any bytes at all give an article or a problem."""
    page = import_web_page("noise.html", data)
    assert page.body.strip() or page.problems


def test_a_stray_byte_is_told() -> None:
    """A page in UTF-8 stays in UTF-8 though a byte of it is not, and the editor hears of it."""
    page = import_web_page("page.html", "<p>Naïve “café” ".encode() + b"\x92" + f"{LONG}</p>".encode())
    assert ("M044", "bytes that are not UTF-8 were read as Windows-1252") in [
        (each.code, each.message) for each in page.problems
    ]


def test_notes_that_an_extractor_takes_for_the_foot_of_the_page_are_kept() -> None:
    """What the text calls a note of is the article's, whatever the element it stands in is called."""
    notes = (
        '<div class="footnotes"><ol><li id="fn1">The mole was dry. <a href="#fnref1">↩</a></li>'
        '<li id="fn2">On Mondays only. <a href="#fnref2">↩</a></li></ol></div>'
    )
    page = import_web_page(
        "page.html",
        (
            f'<article><h1>Notes of a ferryman</h1><p>{LONG}<sup id="fnref1"><a href="#fn1">1</a></sup></p>'
            f'<p>And once more: {LONG}<sup id="fnref2"><a href="#fn2">2</a></sup></p>{notes}</article>'
        ).encode(),
    )
    assert "[^1]: The mole was dry." in page.body
    assert "[^2]: On Mondays only." in page.body
    assert page.dropped == ()
