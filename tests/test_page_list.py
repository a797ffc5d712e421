"""The page list of an e-book: a printed page and its mark in the e-book begin with the same words."""

from __future__ import annotations

import random
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from making import write_project
from pressroom import document
from reading_back import epubcheck, unzip
from reading_pages import listed_pages, misplaced, pages_that_turn_inside_words, printed_pages

from anthology.build import Options, Outcome, build
from anthology.editions.epub.page_marks import mark_pages
from anthology.leaves import LeafTask, Sheet
from anthology.pages import PageStart
from anthology.typeset import set_leaf

SENTENCES = (
    "The lighthouse keepers exchanged complicated observations about extraordinary weather.",
    "Nobody remembered whether the correspondence had been interrupted by carelessness or by misunderstanding.",
    "Underneath the conservatory, unaccountably, someone had established a laboratory for clockwork.",
    "A considerable neighbourhood of jackdaws accompanied the procession towards the observatory.",
    "Her handwriting, characteristically undecorated, contained all the information that the harbourmaster wanted.",
    "Thunderstorms notwithstanding, the grandmothers recommended a comfortable constitutional along the embankment.",
    "We had underestimated the determination of everybody concerned, particularly the apprentice bookbinders.",
    "Afterwards the photographer apologised unreservedly for the disappearance of seventeen umbrellas.",
    "Independently of each other, two watchmakers discovered the imperfection and kept uncommonly quiet about it.",
    "The understanding was that refreshments, if unavoidable, would be distributed alphabetically.",
)

TABLE = "| Instrument | Caretaker |\n|---|---|\n" + "".join(
    f"| Barometer of the {name} wing | Oversees the {name} staircase as well |\n"
    for name in (
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "last",
    )
)
LIST = "".join(f"- {sentence}\n" for sentence in SENTENCES)
CODE = (
    "```\n" + "".join(f"observe --hour {hour} --write 'log of hour {hour}'\n" for hour in range(14)) + "```\n"
)
FIGURE = '![A grey square.](grey.png "A square, as grey as the afternoon.")\n'

BLOCKS = (
    LIST,
    CODE,
    "> Quiet is an instrument too.\n{: .pull-quote }\n",
    TABLE,
    "## An interruption\n",
    FIGURE,
)


def article(title: str, seed: int, related: str) -> str:
    """Write an article of a few pages, in which no two paragraphs are alike."""
    chance = random.Random(seed)
    parts = [f"---\ntitle: {title}\nstandfirst: {SENTENCES[seed]}\nrelated: [{related}]\n---\n"]
    for number, block in enumerate(BLOCKS):
        for _ in range(3):
            paragraph = chance.sample(SENTENCES, 6)
            paragraph[chance.randrange(6)] += f"[^{number}] And *more than* that."
            parts.append(" ".join(paragraph) + "\n")
        parts += [f"[^{number}]: A note on {SENTENCES[number].lower()}\n", block]
    return "\n".join(parts)


@pytest.fixture(scope="module")
def observatory(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Build a book whose pages turn inside everything that can be cut."""
    from PIL import Image

    root = tmp_path_factory.mktemp("observatory")
    config = """
        [book]
        title = "Observatory"
        language = "en-GB"
        publisher = "The Quiet Press"
        date = 2026-07-01
        [related]
        limit = 9
        [editions.ebook]
        format = "epub"
        pages-from = "pocket"
        fonts = false
        [editions.pocket]
        format = "pdf"
        isbn = "978-0-306-40615-7"
        trim = "4.5x7in"
        links = "list"
    """
    write_project(
        root,
        {
            "anthology.toml": config,
            "content/mind/one.md": article("The first hour", 1, "two, three"),
            "content/mind/two.md": article("The second hour", 2, "one, three"),
            "content/mind/three.md": article("The third hour", 3, "one, two"),
        },
    )
    Image.new("RGB", (600, 500), "grey").save(root / "content/mind/grey.png")
    return build(root, Options(out=root / "dist"), lambda stage, detail: None)


def files_of(outcome: Outcome) -> tuple[bytes, bytes]:
    """Read the EPUB and the PDF of a book."""
    epub, pdf = (outcome.folder / edition.path for edition in outcome.record.editions)
    return epub.read_bytes(), pdf.read_bytes()


def test_every_mark_stands_where_its_page_starts(observatory: Outcome) -> None:
    """The words behind each mark are the first of that page, in text, lists, tables and code."""
    epub, pdf = files_of(observatory)
    assert observatory.exit_code == 0
    assert misplaced(epub, pdf) == []
    assert len(listed_pages(epub)) > 40
    # No page turns inside a word, though long words stand everywhere.
    assert pages_that_turn_inside_words(epub, pdf) == []


def test_pages_turn_inside_everything(observatory: Outcome) -> None:
    """The book of the test is a hard one: pages start in notes' paragraphs, lists, tables, code, pull quotes."""
    epub, _ = files_of(observatory)
    inside = [re.findall(r"<(\w+)(?: [^>]*)?>", page.before) for page in listed_pages(epub)]
    last = {tags[-1] for tags in inside}
    assert {"li", "td", "p"} <= last
    assert any(page.before.count("<pre") > page.before.count("</pre>") for page in listed_pages(epub))
    assert any(page.repeated for page in listed_pages(epub))


def test_blank_pages_and_those_of_print_alone_are_left_out(observatory: Outcome) -> None:
    """Listed is every page but blank ones, the half title and the printed contents."""
    epub, pdf = files_of(observatory)
    listed = [page.folio for page in listed_pages(epub)]
    printed = printed_pages(pdf)
    assert [folio for folio in printed if folio not in listed] == ["i", "ii", "v", "vi"]
    assert printed["ii"][0] == printed["vi"][0] == ""
    assert listed == [folio for folio in printed if folio in listed]


def test_the_page_list_is_told(observatory: Outcome) -> None:
    """Package, NCX and record tell of the pages and of the edition that they are from."""
    epub, _ = files_of(observatory)
    files = unzip(epub)
    package, ncx = files["EPUB/content.opf"].decode(), files["EPUB/toc.ncx"].decode()
    count = len(listed_pages(epub))
    assert '<meta property="pageBreakSource">urn:isbn:9780306406157</meta>' in package
    assert '<dc:source id="print">urn:isbn:9780306406157</dc:source>' in package
    assert '<meta refines="#print" property="source-of">pagination</meta>' in package
    assert "pageNavigation</meta>" in package
    assert "pageBreakMarkers</meta>" in package
    assert f'name="dtb:totalPageCount" content="{count}"' in ncx
    assert f'name="dtb:maxPageNumber" content="{count - 2}"' in ncx
    orders = [int(order) for order in re.findall(r'playOrder="(\d+)"', ncx)]
    assert sorted(orders) == list(range(1, len(orders) + 1))
    assert observatory.record.editions[0].pages == count


def test_epubcheck_has_nothing_to_say(observatory: Outcome) -> None:
    """Marks stand only where EPUB allows them."""
    assert epubcheck(observatory.folder / "observatory.epub") == []


def test_the_ebook_alone_knows_its_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `-e ebook` the print edition is typeset, once for all e-books, and not written."""
    from anthology.editions import pdf

    made = []
    make_pdf = pdf.make_pdf
    monkeypatch.setattr(pdf, "make_pdf", lambda *args: made.append(args[1]) or make_pdf(*args))
    editions = "".join(
        f'[editions.{name}]\nformat = "epub"\npages-from = "print"\nfonts = false\n' for name in ("a", "b")
    )
    text = {"content/mind/one.md": "---\ntitle: One\n---\n\nSome words.\n"}
    config = f'[book]\ntitle = "A Book"\n{editions}[editions.print]\nformat = "pdf"\n'
    write_project(tmp_path, {"anthology.toml": config, **text})
    outcome = build(tmp_path, Options(("b", "a"), tmp_path / "dist"), lambda stage, detail: None)
    assert made == ["print"]
    assert [edition.name for edition in outcome.record.editions] == ["b", "a"]
    assert [edition.pages for edition in outcome.record.editions] == [4, 4]
    assert sorted(path.name for path in outcome.folder.iterdir()) == [
        "a-book-a.epub",
        "a-book-b.epub",
        "build.json",
    ]


def test_an_edition_that_is_not_asked_for_stops_nothing(tmp_path: Path) -> None:
    """Where only print lacks a letter, the e-book alone is made without pages, and a warning says why."""
    write_project(tmp_path, {"content/mind/one.md": "---\ntitle: One\n---\n\nA \U000f0000 of its own.\n"})
    outcome = build(tmp_path, Options(("ebook",), tmp_path / "dist"), lambda stage, detail: None)
    assert [(problem.code, problem.message, problem.hint) for problem in outcome.problems] == [
        (
            "B014",
            'the e-book lists no pages, since the edition "print" has an error: '
            'no typeface of the book has the character "\U000f0000" (U+F0000)',
            "`anthology build -e print` tells more",
        )
    ]
    assert outcome.exit_code == 0
    assert b"page-list" not in unzip((outcome.folder / "a-book.epub").read_bytes())["EPUB/_contents.xhtml"]
    both = build(tmp_path, Options(out=tmp_path / "dist"), lambda stage, detail: None)
    assert (both.exit_code, both.written) == (1, False)


def test_an_article_alone_lists_no_pages(tmp_path: Path) -> None:
    """An article made alone does not know its pages in the book, and claims none."""
    write_project(tmp_path, {"content/mind/one.md": "---\ntitle: One\n---\n\nSome words.\n"})
    options = Options(("ebook",), tmp_path / "dist", article="one")
    outcome = build(tmp_path, options, lambda stage, detail: None)
    epub = unzip((outcome.folder / outcome.record.editions[0].path).read_bytes())
    assert b"page-list" not in epub["EPUB/_contents.xhtml"]
    assert b"pageBreak" not in epub["EPUB/content.opf"]


ARABIC = (
    "كان الحارس يعرف أسماء السفن كلها، ولا يعرف أسماء أصحابها.",
    "في الليلة الأولى من الشتاء انطفأ المصباح ثلاث مرات.",
    "قالت الجدة إن البحر لا ينسى، وإن الناس ينسون كثيرا.",
    "وصلت الرسالة بعد سبعة أعوام، وكان عنوانها مكتوبا بالقلم.",
    "جلس الصيادون قرب الجدار ينتظرون الريح والقهوة.",
)


def test_marks_in_a_book_that_reads_from_the_right(tmp_path: Path) -> None:
    """An Arabic book turns its pages the other way, and its marks stand as true."""
    chance = random.Random(1)
    text = "\n\n".join(" ".join(chance.choices(ARABIC, k=12)) for _ in range(16))
    config = (
        '[book]\ntitle = "منارة"\nlanguage = "ar"\n[fonts]\nfallback = ["Noto Naskh Arabic"]\n'
        '[[sections]]\ntitle = "ليل"\nslug = "mind"\n'
    )
    article = f"---\ntitle: المنارة والبحر القديم\n---\n\n{text}\n"
    write_project(tmp_path, {"anthology.toml": config, "content/mind/one.md": article})
    epub, pdf = files_of(build(tmp_path, Options(out=tmp_path / "dist"), lambda stage, detail: None))
    assert len(listed_pages(epub)) > 8
    assert misplaced(epub, pdf) == []


def test_the_page_map_reads_the_typesetter_right() -> None:
    """What WeasyPrint keeps to itself is as the page map expects it: lines, hyphens, notes, heads of tables, floats."""
    # A line a page, a syllable or a word a line, whatever the face; rows of tables are lower, notes next to nothing.
    style = """
        @page { margin: 0; @top-left { content: "Head" } }
        html { font: 10px/36px serif; orphans: 1; widows: 1 }
        p, h1, ul { width: 1px; margin: 0; padding: 0; font: inherit } tr { break-before: page }
        th, td { line-height: 10px } .note { float: footnote; font-size: 1px; line-height: 1px }
        .cap { float: left } .placed { position: absolute }
    """
    bodies = {
        "one": """<h1>One</h1>
            <p id="a">a understand<span class="note" id="n">Note</span> <b>or</b>\u00adder <i id="b">b</i> c well\u2010known</p>
            <p>Unnamed</p><ul><li id="c"> Item</li></ul>""",
        "two": """<table><thead><tr><th id="h">Head</th></tr></thead>
            <tbody><tr><td id="d">Cell</td></tr><tr><td id="e">Cell</td></tr></tbody></table>
            <p id="f"><span class="cap">F</span>irst <a class="note-again" data-target="#g">1</a> last</p>
            <p><span class="footnote" id="g"></span></p>""",
        "four": '<div class="placed">Placed</div>',
        "five": '<p id="a">Link</p><section class="links"><p>Addresses</p></section><p id="b">Last</p>',
    }
    pages = Sheet(100 * 25.4 / 96, 40 * 25.4 / 96, (style,), "en", "ltr")
    starts = {
        name: [
            (start.anchor, start.offset) if start else None
            for start in set_leaf(LeafTask(document(name, body), pages, {}, {})).leaf.starts
        ]
        for name, body in bodies.items()
    }
    assert starts == {
        "one": [
            ("", 0),
            ("a", 0),
            ("a", 1),
            ("a", 11),
            # Inside a word: in front of it.
            ("a", 11),
            ("b", 0),
            ("a", 16),
            ("a", 17),
            # Behind a hyphen that the author wrote.
            ("a", 22),
            # What has no name starts behind what has one.
            ("a", 27),
            ("c", 0),
        ],
        "two": [
            ("", 0),
            # The head of the table, which stands here once more, does not count.
            ("e", 0),
            ("f", 0),
            ("f", 1),
            # The number of a note alone.
            None,
            ("f", 5),
        ],
        "four": [("", 0)],
        # What print alone lists.
        "five": [("", 0), None, ("b", 0)],
    }


MARK = re.compile(
    r'<(?P<tag>span|div) epub:type="pagebreak" role="doc-pagebreak" id="page-(\w+)" aria-label=" p. \2. "></(?P=tag)>'
)


@pytest.mark.parametrize(
    ("body", "anchor", "offset", "marked"),
    [
        ('<p id="a">One two</p>', "a", 0, '<p id="a">|One two</p>'),
        ('<p id="a">One two</p>', "a", 3, '<p id="a">One |two</p>'),
        ('<p id="a">One <em>two</em></p>', "a", 3, '<p id="a">One |<em>two</em></p>'),
        ('<p id="a">One <em>t wo</em></p>', "a", 4, '<p id="a">One <em>t |wo</em></p>'),
        ('<p id="a">A &amp; é&#160;b</p>', "a", 3, '<p id="a">A &amp; é&#160;|b</p>'),
        (
            '<p id="a">O\u00adne <b id="b">x</b> two</p>',
            "a",
            3,
            '<p id="a">O\u00adne <b id="b">x</b> |two</p>',
        ),
        (
            '<p id="a">One<a class="note-ref" href="#n">12</a> two</p>',
            "a",
            3,
            '<p id="a">One<a class="note-ref" href="#n">12</a> |two</p>',
        ),
        ('<h2 id="a"><code>One</code></h2>', "a", 0, '‖<h2 id="a"><code>One</code></h2>'),
        (
            '<figure id="a"><img alt="x" src="x"/></figure>',
            "a",
            0,
            '<figure id="a">|<img alt="x" src="x"/></figure>',
        ),
        (
            '<figure id="a"><a href="x"><img alt="x" src="x"/></a><figcaption id="b">One</figcaption></figure>',
            "a",
            0,
            '<figure id="a">|<a href="x"><img alt="x" src="x"/></a><figcaption id="b">One</figcaption></figure>',
        ),
        (
            '<figure id="a"><table><tr><td id="b">One</td></tr></table></figure>',
            "b",
            0,
            '<figure id="a">‖<table><tr><td id="b">One</td></tr></table></figure>',
        ),
        ('<p id="a">x<img alt="x" src="x"/>y</p>', "a", 2, '<p id="a">x<img alt="x" src="x"/>|y</p>'),
        (
            '<p id="a">x <math><mi>y</mi><mi>z</mi></math></p>',
            "a",
            2,
            '<p id="a">x |<math><mi>y</mi><mi>z</mi></math></p>',
        ),
        (
            '<p id="a"><svg><text>no</text></svg>One</p>',
            "a",
            1,
            '<p id="a"><svg><text>no</text></svg>|One</p>',
        ),
        (
            '<table><tr><th id="a">One</th><th>Two</th></tr></table>',
            "a",
            0,
            '‖<table><tr><th id="a">One</th><th>Two</th></tr></table>',
        ),
        (
            '<table><tr><td>One</td><td id="a">Two</td></tr></table>',
            "a",
            0,
            '<table><tr><td>One</td><td id="a">|Two</td></tr></table>',
        ),
        ('<ul><li id="a"><p>One</p></li></ul>', "a", 0, '<ul><li id="a"><p>|One</p></li></ul>'),
        ('<p id="a">One</p><ul></ul>', "a", 3, '<p id="a">One|</p><ul></ul>'),
        (
            '<figure id="a"><img alt="" src="x"/></figure>x',
            "a",
            1,
            '<figure id="a"><img alt="" src="x"/></figure>|x',
        ),
        ("<section>\n<p>One</p></section>", "", 0, "‖<section>\n<p>One</p></section>"),
        ("<section>\n<p>One</p></section>", "b", 5, "‖<section>\n<p>One</p></section>"),
    ],
)
def test_where_a_mark_stands(body: str, anchor: str, offset: int, marked: str) -> None:
    """A mark stands at its place in the text, where XHTML allows it, as a block (‖) before blocks that begin there."""
    document = f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html><body>{body}</body></html>'
    made = mark_pages(document, [PageStart("4", "one", anchor, offset)], lambda folio: f"p. {folio}")
    assert (
        MARK.sub(lambda mark: "|" if mark["tag"] == "span" else "‖", made).partition("<body>")[2]
        == f"{marked}</body></html>"
    )
    ElementTree.fromstring(made.replace("epub:type", "type"))


def test_several_pages_start_in_one_block() -> None:
    """A long paragraph carries every page that starts in it, in order."""
    starts = [PageStart(folio, "one", "a", offset) for folio, offset in (("iv", 1), ("v", 3), ("vi", 3))]
    made = mark_pages('<body><p id="a">a b c d</p></body>', starts, lambda folio: f"p. {folio}")
    assert MARK.sub(r"[\2]", made) == '<body><p id="a">a [iv]b c [v][vi]d</p></body>'
