"""Accessibility: what an e-book says of itself is true, and what it claims is proven."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree
from making import make_config, write_project
from PIL import Image
from reading_back import epubcheck, unzip

from anthology.alternative_text import says_nothing
from anthology.build import Options, build
from anthology.labels import labels_for
from anthology.labels.labels import CATALOGUES
from anthology.layout import PaperLayout
from anthology.model import Document
from anthology.problems import ContentError, Problem
from anthology.verify.accessibility import survey
from anthology.xhtml import parse_fragment

CLAIM = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
EBOOK = '[editions.ebook]\nformat = "epub"\nfonts = false\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>T</title><rect width="9" height="9">{}</rect></svg>'


@dataclass(frozen=True, slots=True)
class Book:
    """A book that was built: its file, its package document as schema.org sees it, its other claims, and its problems."""

    path: Path
    package: etree._Element
    problems: tuple[Problem, ...]

    def said(self, name: str) -> list[str]:
        """Give the values of a property, in order."""
        return [str(meta.text) for meta in self.package.iter("{*}meta") if meta.get("property") == name]

    @property
    def features(self) -> set[str]:
        """Give what schema.org calls accessibilityFeature."""
        return set(self.said("schema:accessibilityFeature"))

    @property
    def told(self) -> list[str]:
        """Give the problems, each in a line."""
        return [
            f"{problem.origin.path}:{problem.origin.line}: {problem.code}: {problem.message}"
            for problem in self.problems
            if problem.origin
        ]


def gif(frames: int) -> bytes:
    """Make a GIF of so many frames."""
    pictures = [Image.new("L", (4, 4), 255 * (number % 2)) for number in range(frames)]
    made = io.BytesIO()
    pictures[0].save(made, "GIF", save_all=True, append_images=pictures[1:])
    return made.getvalue()


def make(
    folder: Path,
    text: str,
    settings: str = "",
    *,
    language: str = "en",
    pictures: dict[str, bytes] | None = None,
) -> Book:
    """Build a book of one article, with the picture `content/a/pier.png` and others."""
    toml = f'[book]\ntitle = "A Book"\nlanguage = "{language}"\n{settings}\n{EBOOK}'
    write_project(folder, {"anthology.toml": toml, "content/a/one.md": f"# One\n\n{text}\n"})
    made = io.BytesIO()
    Image.new("L", (4, 4)).save(made, "PNG")
    for name, data in {"pier.png": made.getvalue(), **(pictures or {})}.items():
        (folder / "content/a" / name).write_bytes(data)
    outcome = build(folder, Options(), lambda stage, detail: None)
    assert outcome.written, outcome.problems
    path = folder / "dist/a-book.epub"
    return Book(path, etree.fromstring(unzip(path.read_bytes())["EPUB/content.opf"]), outcome.problems)


@pytest.mark.parametrize(
    ("text", "modes", "sufficient", "described"),
    [
        ("Words.", ["textual"], ["textual"], False),
        ("![Two pilots on a pier](pier.png)", ["textual", "visual"], ["textual", "textual,visual"], True),
        ("![](pier.png){.decorative}", ["textual"], ["textual"], False),
        ("![](pier.png)", ["textual", "visual"], ["textual,visual"], False),
        ('![](pier.png "Waiting")', ["textual", "visual"], ["textual,visual"], False),
        ("![IMG_2031.jpg](pier.png)", ["textual", "visual"], ["textual,visual"], False),
        ("![A pier](pier.png)\n\n![](pier.png)", ["textual", "visual"], ["textual,visual"], False),
        ("![A pier](pier.png)\n\n![](pier.png){.decorative}", ["textual", "visual"], ["textual", "textual,visual"], True),
        ("<svg><title>A pier</title><path d='M0 0'/></svg>", ["textual", "visual"], ["textual", "textual,visual"], True),
        ("<svg><path d='M0 0'/></svg>", ["textual", "visual"], ["textual,visual"], False),
        ("<svg aria-hidden='true'><path d='M0 0'/></svg>", ["textual"], ["textual"], False),
    ],
)  # fmt: skip
def test_pictures_decide_how_a_book_can_be_read(
    tmp_path: Path, text: str, modes: list[str], sufficient: list[str], described: bool
) -> None:
    """Text suffices only where every picture that says something is described; decoration says nothing."""
    book = make(tmp_path, text)
    assert book.said("schema:accessMode") == modes
    assert book.said("schema:accessModeSufficient") == sufficient
    assert ("alternativeText" in book.features) == described


def test_features_are_those_of_the_book(tmp_path: Path) -> None:
    """What every book has is said of every book; formulas, ruby and printed pages only where they are."""
    always = {"tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability", "ARIA"}
    assert make(tmp_path / "plain", "Words.").features == always
    rich = make(
        tmp_path / "rich",
        "<math><mi>x</mi></math> and <ruby>漢<rt>kan</rt></ruby>.",
        '[editions.print]\nformat = "pdf"\n'
        + EBOOK.replace("fonts", 'pages-from = "print"\nfonts').replace("ebook", "other"),
    )
    assert rich.features == always | {"MathML", "rubyAnnotations"}
    other = etree.fromstring(
        unzip((tmp_path / "rich/dist/a-book-other.epub").read_bytes())["EPUB/content.opf"]
    )
    found = {
        meta.text for meta in other.iter("{*}meta") if meta.get("property") == "schema:accessibilityFeature"
    }
    assert found == rich.features | {"pageNavigation", "pageBreakMarkers"}


@pytest.mark.parametrize(
    ("name", "data", "hazard"),
    [
        ("still.gif", gif(1), "none"),
        ("moving.gif", gif(3), "unknown"),
        ("still.svg", SVG.format("").encode(), "none"),
        ("moving.svg", SVG.format('<animate attributeName="x" to="5" dur="1s"/>').encode(), "unknown"),
    ],
    ids=["still.gif", "moving.gif", "still.svg", "moving.svg"],
)
def test_a_hazard_is_excluded_only_where_nothing_moves(
    tmp_path: Path, name: str, data: bytes, hazard: str
) -> None:
    """A GIF of one picture is harmless; of what moves nobody knows whether it flashes, and the summary says so."""
    book = make(tmp_path, f"![A pier at night]({name})", pictures={name: data})
    assert book.said("schema:accessibilityHazard") == [hazard]
    assert ("Some pictures move" in book.said("schema:accessibilitySummary")[0]) == (hazard == "unknown")


def test_the_summary_says_what_is_there_and_what_lacks(tmp_path: Path) -> None:
    """It is always there, counts what lacks, and ends with what the publisher says."""
    settings = '[accessibility]\nsummary = "Read by Ada."\ncontact = "a11y@example.org"\n'
    text = "![A pier](pier.png)\n\n![](pier.png)\n\n<table><tr><td>1<td>2<tr><td>3<td>4</table>"
    assert make(tmp_path, text, settings).said("schema:accessibilitySummary") == [
        "All text can be read aloud, and set in any size, typeface and colour. "
        "Contents, headings and landmarks lead through the book. "
        "Pictures without a description of what they show: 1 of 2. "
        "Other places that may be hard to read with a screen reader: 1. "
        "Nothing flashes, moves or makes a sound. "
        "Read by Ada. "
        "Contact for questions of accessibility: a11y@example.org"
    ]


@pytest.mark.parametrize("language", CATALOGUES)
def test_the_summary_is_in_the_language_of_the_book(tmp_path: Path, language: str) -> None:
    """Each language has its own summary, and the package says which language that is."""
    book = make(tmp_path, "Words.", language=language)
    (summary,) = book.said("schema:accessibilitySummary")
    assert book.package.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert ("can be read aloud" in summary) == (language == "en")
    assert "{" not in summary


def test_a_proven_claim_is_made_as_stated(tmp_path: Path) -> None:
    """Claim, certifier and report stand in the package, each refining the one before; EPUBCheck is content."""
    settings = (
        f'[accessibility]\nconforms-to = "{CLAIM}"\ncertified-by = "Ada"\nreport = "https://example.org/r"\n'
    )
    text = "![Two pilots on a pier](pier.png)\n\n|   | A |\n|---|---|\n| b | 1 |"
    book = make(tmp_path, text, settings)
    assert book.problems == ()
    (claim,) = [meta for meta in book.package.iter("{*}meta") if meta.get("property") == "dcterms:conformsTo"]
    (certifier,) = [
        meta for meta in book.package.iter("{*}meta") if meta.get("property") == "a11y:certifiedBy"
    ]
    (report,) = book.package.iter("{*}link")
    assert (claim.text, certifier.text, report.get("href")) == (CLAIM, "Ada", "https://example.org/r")
    assert certifier.get("refines") == f"#{claim.get('id')}"
    assert (report.get("rel"), report.get("refines")) == ("a11y:certifierReport", f"#{certifier.get('id')}")
    assert epubcheck(book.path) == []


def test_a_pdf_names_a_picture_by_its_caption() -> None:
    """On paper a picture that nobody has described is called what its caption says; decoration is called nothing."""
    body = parse_fragment(
        '<figure><img src="a" alt=""/><figcaption>Waiting, <em>again</em></figcaption></figure>'
        '<figure><img src="b" alt="" role="presentation"/><figcaption>Waves</figcaption></figure>'
        '<figure><img src="c" alt="A pier"/><figcaption>Waiting</figcaption></figure>'
    )
    PaperLayout().shape(body, labels_for("en"))
    assert [image.get("alt") for image in body.iter("img")] == ["Waiting, again", "", "A pier"]


def test_nothing_is_claimed_that_is_not_stated(tmp_path: Path) -> None:
    """A flawless book claims nothing by itself."""
    assert make(tmp_path, "Words.").said("dcterms:conformsTo") == []


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('conforms-to = "WCAG 2.1 AA"', f'"conforms-to" in [accessibility] is "WCAG 2.1 AA", which is no statement that shops and libraries know | did you mean "{CLAIM.replace("2.2", "2.1")}"?'),
        ('conforms-to = "EPUB Accessibility 1.1 – WCAG 2.2 level aa"', f'"conforms-to" in [accessibility] is "EPUB Accessibility 1.1 – WCAG 2.2 level aa", which is no statement that shops and libraries know | did you mean "{CLAIM}"?'),
        ('conforms-to = "EN 301 549"', f'"conforms-to" in [accessibility] is "EN 301 549", which is no statement that shops and libraries know | write "{CLAIM}", with the version and the level that hold'),
        ('certified-by = "Ada"', f'"certified-by" in [accessibility] needs conforms-to | state what is certified: conforms-to = "{CLAIM}"'),
        (f'conforms-to = "{CLAIM}"\nreport = "report.html"', '"report" in [accessibility] is "report.html", which is not the address of a page on the web | write it in full: "https://…"'),
    ],
)  # fmt: skip
def test_what_cannot_be_claimed(written: str, told: str) -> None:
    """A claim that no program would understand is refused, and the one that was meant is suggested."""
    with pytest.raises(ContentError) as raised:
        make_config(f"[accessibility]\n{written}\n")
    assert [f"{problem.message} | {problem.hint}" for problem in raised.value.problems] == [told]


@pytest.mark.parametrize("version", ["2.0", "2.1", "2.2"])
@pytest.mark.parametrize("level", ["A", "AA", "AAA"])
def test_what_can_be_claimed(version: str, level: str) -> None:
    """Every version and level of WCAG that EPUB Accessibility 1.1 names is accepted."""
    claim = f"EPUB Accessibility 1.1 - WCAG {version} Level {level}"
    assert make_config(f'[accessibility]\nconforms-to = "{claim}"\n').accessibility.conforms_to == claim


def test_a_claim_that_the_book_belies_is_left_out(tmp_path: Path) -> None:
    """Nothing is claimed, and one warning at the line of the claim names each reason with file and line."""
    settings = f'[accessibility]\nconforms-to = "{CLAIM}"\ncertified-by = "Ada"\n'
    text = "![](pier.png)\n\n<table>\n<tr><td>red<td>2\n<tr><td>3<td>4\n</table>\n\n[![](pier.png){.decorative}](https://example.org)\n"
    book = make(tmp_path, text, settings)
    assert book.said("dcterms:conformsTo") == book.said("a11y:certifiedBy") == []
    assert [line for line in book.told if "P008" in line] == [
        f'anthology.toml:5: P008: the edition "ebook" does not claim to conform to "{CLAIM}", for it has '
        "pictures without a description (content/a/one.md:3); "
        "tables without header cells (content/a/one.md:6); "
        "links without words (content/a/one.md:3)"
    ]
    assert not re.search("conformsTo|certifiedBy", etree.tostring(book.package, encoding="unicode"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>A</h1><h2>B</h2><h3>C</h3><h2>D</h2>", []),
        ("<h1>A</h1><h3>C</h3>", [("skipped-level", "C")]),
        ("<h2>A</h2>", [("skipped-level", "A")]),
        ("<h1> </h1>", [("empty-heading", "")]),
        ('<h1><img src="p" alt="A pier"/></h1>', []),
        ('<p><a href="x">go</a> <a href="x"><img src="p" alt="A pier"/></a> <a href="x" aria-label="go"/> <a id="x"/></p>', []),
        ('<p><a href="x"><span/></a></p>', [("wordless-link", "")]),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", []),
        ("<table><tr><td>a</td><td>b</td></tr></table><table><tr><td>a</td></tr><tr><td>b</td></tr></table>", []),
        ('<table role="presentation"><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>', []),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>", [("headless-table", "a b 1 2")]),
        ("<table><tr><th/><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", [("empty-header", "b 1 2")]),
        ('<p><img src="p" alt=""/></p>', [("undescribed", "content/pier.png")]),
        ('<p><img src="p" alt="" role="presentation"/><img src="p" alt="A pier"/></p>', []),
        ('<p><img src="p" alt="screenshot-2024-01-02"/></p>', [("says-nothing", "content/pier.png")]),
        ('<svg xmlns="http://www.w3.org/2000/svg"><style>path {}</style><path/></svg>', [("undescribed", "")]),
        ('<svg xmlns="http://www.w3.org/2000/svg"><text>10 m</text></svg>', []),
    ],
)  # fmt: skip
def test_documents_are_looked_at_as_they_are(body: str, expected: list[tuple[str, str]]) -> None:
    """Whatever made a document, templates of the project too: what keeps readers out is found in it."""
    html = (
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en"><head><title>T</title></head>'
        f"<body>{body}</body></html>"
    )
    document = Document("one", "article", "T", "en", html)
    found = survey([document], lambda src: "content/pier.png" if src else "", "_cover")
    assert [(barrier.what, barrier.words) for barrier in found.barriers] == expected


def test_a_document_says_its_title_and_language() -> None:
    """What a template of the project forgets is found."""
    html = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title> </title></head><body/></html>'
    found = survey([Document("one", "article", "T", "en", html)], str, "_cover")
    assert [barrier.what for barrier in found.barriers] == ["no-language", "untitled"]


def test_every_document_says_what_it_is(tmp_path: Path) -> None:
    """Documents have a type and the role that goes with it, and landmarks lead to those that a reader looks for."""
    pieces = {
        "content/front/vorwort.md": "# Zuvor\n\nText.\n",
        "content/back/z.md": "# Dank\n\nText.\n",
        "content/back/danksagung.md": "# An alle\n\nText.\n",
        "content/a/_intro.md": "Worum es geht.\n",
        "content/a/two.md": "---\ntitle: Deux\nlanguage: fr\nauthors: [Zoé]\nrelated: [one]\nrights: {credit: Merci}\n---\nVoilà.\n",
    }
    write_project(tmp_path, pieces)
    make(tmp_path, "Text.", 'rights = "Alle"\n', language="de")
    files = {
        name: data.decode()
        for name, data in unzip((tmp_path / "dist/a-book.epub").read_bytes()).items()
        if name.endswith("xhtml")
    }
    shown = {
        name: re.findall(r'epub:type="([^"]*)"(?: role="([^"]*)")?', html) for name, html in files.items()
    }
    assert shown["EPUB/vorwort.xhtml"] == [("frontmatter", ""), ("foreword", "doc-foreword")]
    assert shown["EPUB/danksagung.xhtml"] == [("backmatter", ""), ("acknowledgments", "doc-acknowledgments")]
    assert shown["EPUB/z.xhtml"] == [("backmatter", "")]
    assert shown["EPUB/_section-a.xhtml"] == [
        ("bodymatter", ""),
        ("part", "doc-part"),
        ("introduction", "doc-introduction"),
    ]
    assert shown["EPUB/_credits.xhtml"] == [("backmatter", ""), ("credits", "doc-credits")]
    assert shown["EPUB/one.xhtml"] == [("bodymatter", ""), ("chapter", "doc-chapter")]
    assert [term for term, _ in shown["EPUB/_contents.xhtml"]][1:] == [
        *("toc", "landmarks", "cover", "titlepage", "copyright-page", "toc", "foreword", "bodymatter"),
        *("contributors", "credits", "acknowledgments", "index"),
    ]


def test_what_the_book_says_in_an_article_of_another_language(tmp_path: Path) -> None:
    """The book's own words have its language in a document of another, and titles have theirs everywhere."""
    french = "---\ntitle: Deux\nlanguage: fr\nauthors: [Zoé]\nrelated: [one]\n---\nVoilà.\n"
    write_project(tmp_path, {"content/a/two.md": french})
    make(tmp_path, "Text.")
    files = {
        name: data.decode()
        for name, data in unzip((tmp_path / "dist/a-book.epub").read_bytes()).items()
        if name.endswith("xhtml")
    }
    assert (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="fr" xml:lang="fr">'
        in files["EPUB/two.xhtml"]
    )
    assert (
        '<span class="credit"><span lang="en" xml:lang="en" dir="ltr">By Zoé</span></span>'
        in files["EPUB/two.xhtml"]
    )
    assert re.search(
        r'<nav class="related" aria-labelledby="two--_related" lang="en" xml:lang="en">',
        files["EPUB/two.xhtml"],
    )
    for name in ("_contents", "_contributors", "one"):
        assert (
            '<span class="entry-title" lang="fr" xml:lang="fr" dir="ltr">Deux</span>'
            in files[f"EPUB/{name}.xhtml"]
        )


def test_what_is_heard_of_tables_notes_and_decoration(tmp_path: Path) -> None:
    """Header cells say what they head, an empty corner heads nothing, and a way back says its number."""
    make(
        tmp_path,
        "A note[^1].\n\n|   | A |\n|---|---|\n| b | 1 |\n\n![](pier.png){.decorative}\n\n[^1]: Note.",
    )
    html = unzip((tmp_path / "dist/a-book.epub").read_bytes())["EPUB/one.xhtml"].decode()
    assert re.search(r'<tr><td[^>]*></td><th [^>]*scope="col"[^>]*>A</th></tr>', html)
    assert re.search(
        r'<figure [^>]*role="presentation"><img [^>]*alt="" role="presentation"/></figure>', html
    )
    assert 'role="doc-backlink" aria-label="1. Back to the text">1</a>' in html


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("IMG_2031.jpg", "x.png"), ("IMG_2031", "x.png"), ("DSC00123", "x.png"), ("P1000123", "x.png"),
        ("Screenshot 2024-01-02 at 10.11.12 AM", "x.png"), ("screenshot-2024-01-02", "x.png"),
        ("Bildschirmfoto 2024-01-02 um 10.11.12", "x.png"), ("Capture d’écran 2024-01-02 à 10.11.12", "x.png"),
        ("image", "x.png"), ("Image 3", "x.png"), ("photo", "x.png"), ("Untitled-1", "x.png"), ("Picture.", "x.png"),
        ("WhatsApp Image 2024-01-01 at 12.00", "x.png"), ("https://example.org/pier", "x.png"),
        ("9f86d081884c7d65", "x.png"), ("pixels-and-inches", "images/pixels-and-inches.svg"),
        ("two_pilots", "two_pilots.jpg"), ("pier03", "pier03.jpg"), ("画像", "x.png"), ("صورة", "x.png"),
    ],
)  # fmt: skip
def test_names_of_files_are_no_descriptions(text: str, file: str) -> None:
    """What a camera, a telephone or a program calls a picture says nothing of what it shows."""
    assert says_nothing(text, file)


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("Harbour", "harbour.jpg"), ("H2O", "h2o.png"), ("self-portrait", "self-portrait.jpg"), ("1984", "1984.jpg"),
        ("covid-19", "covid-19.jpg"), ("Apollo 11", "apollo11.jpg"), ("Vagrant homepage", "vagrant_homepage.png"),
        ("Screenshot of the settings", "x.png"), ("Photo of a pier", "x.png"), ("Image of a ferry in 1950", "x.png"),
        ("How to save a pier as pier.svg", "pier.svg"), ("Figure 3", "x.png"), ("P 1800", "x.png"), ("logo", "logo.png"),
        ("Bild einer Brücke", "x.png"), ("Pic du Midi", "x.png"), ("x", "a.png"), ("", "a.png"), ("Maintainability", "badges/maintainability"),
    ],
)  # fmt: skip
def test_what_may_be_a_description_is_taken_for_one(text: str, file: str) -> None:
    """A false alarm is worse than a miss: words stay unquestioned, be they few."""
    assert not says_nothing(text, file)
