"""Themes: folders of styles and templates, chosen by name, on top of the usual design."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pymupdf
import pytest
from making import make_config, write_project
from PIL import Image
from pressroom import print_book
from reading_back import read_pdf, unzip

from anthology.build import Options, build
from anthology.cli.report import problem_lines
from anthology.editions.design import design_for
from anthology.fonts import theme_faces
from anthology.problems import ContentError, Problem
from anthology.theme import Theme, load_theme
from anthology.theme_checks import check_theme

BOOKS = Path(__file__).parent / "books"
PRINT = '[editions.print]\nformat = "pdf"\ntrim = "a5"\n'
ARTICLE = "---\ntitle: One\nstandfirst: Some words stand first.\n---\n\nSome words.\n"

HARBOUR = """\
[editions.print]
format = "pdf"
theme = "harbour"

[editions.ebook]
format = "epub"
theme = "harbour"

[editions.plain]
format = "pdf"
"""


def checked(root: Path, settings: str) -> str:
    """Check the theme of a project, and tell what is found as an editor reads it."""
    return lines_of(check_theme(load_theme(root), make_config(settings)))


def lines_of(problems: tuple[Problem, ...]) -> str:
    """Tell problems as an editor reads them, without their count."""
    return "\n".join(list(problem_lines(problems))[:-1])


def test_a_theme_comes_on_top_of_the_usual_layers_and_the_house_last(tmp_path: Path) -> None:
    """The cascade: the usual layers, then the theme's in the same order, then the house's, then the house's for it."""
    sheets = ("house.css", "themes/harbour/house.css", "themes/harbour/paper.css", "themes/harbour/type.css")
    write_project(tmp_path, {f"styles/{name}": f"/* {name} */" for name in sheets})
    theme = load_theme(tmp_path).chosen("harbour")
    assert list(theme.sheets("pdf")) == [
        "reset.css",
        "type.css",
        "parts.css",
        "paper.css",
        "themes/harbour/type.css",
        "themes/harbour/paper.css",
        "house.css",
        "themes/harbour/house.css",
    ]
    assert list(theme.sheets("epub"))[3:] == [
        "e-reader.css",
        "themes/harbour/type.css",
        "house.css",
        "themes/harbour/house.css",
    ]
    assert load_theme(tmp_path).sheets("pdf").keys().isdisjoint(sheets[1:])


def test_whose_template_is_taken() -> None:
    """The project's for the theme, the project's for all, the theme's own, the packaged: in this order."""
    packaged = dict.fromkeys(("a.html", "b.html", "c.html", "d.html"), "packaged")
    packaged |= {f"themes/harbour/{name}": "theme" for name in ("a.html", "b.html", "c.html")}
    own = {"a.html": "own", "b.html": "own", "themes/harbour/a.html": "own theme"}
    theme = Theme(packaged | own, packaged, {}, tuple(own))
    design = theme.chosen("harbour")
    assert [design.templates[f"{name}.html"] for name in "abcd"] == ["own theme", "own", "theme", "packaged"]
    assert [design.path_of(f"{name}.html") for name in "abcd"] == [
        "themes/harbour/a.html",
        "b.html",
        "themes/harbour/c.html",
        "d.html",
    ]
    assert [theme.templates[f"{name}.html"] for name in "abcd"] == ["own", "own", "packaged", "packaged"]


def test_each_edition_has_its_own_theme(tmp_path: Path) -> None:
    """Styles and templates of a theme go into the editions that name it, in both formats, and into no other."""
    write_project(
        tmp_path,
        {
            "anthology.toml": f'[book]\ntitle = "A Book"\n{HARBOUR}',
            "content/mind/one.md": ARTICLE,
            "styles/themes/harbour/type.css": ".standfirst { color: #010203 }",
            "templates/themes/harbour/article.html": '{% extends "packaged/article.html" %}'
            '{% block related %}<p class="buoy">A buoy.</p>{% endblock %}',
        },
    )
    outcome = build(tmp_path, Options(), lambda stage, detail: None)
    assert lines_of(outcome.problems) == ""
    files = {
        edition.name: (outcome.folder / edition.path).read_bytes() for edition in outcome.record.editions
    }
    texts = {name: " ".join(read_pdf(files[name]).texts) for name in ("print", "plain")}
    assert ["A buoy." in texts[name] for name in ("print", "plain")] == [True, False]
    assert [0x010203 in colours_of(files[name]) for name in ("print", "plain")] == [True, False]
    book = unzip(files["ebook"])
    assert b"A buoy." in book["EPUB/one.xhtml"]
    assert b"#010203" in book["EPUB/styles/anthology.css"]


def colours_of(pdf: bytes) -> set[int]:
    """Give the colours of the letters in a PDF."""
    with pymupdf.open(stream=pdf) as opened:
        return {span["color"] for page in opened for span in spans_of(page)}


def spans_of(page: pymupdf.Page) -> list[dict[str, object]]:
    """Give the runs of letters on a page: text, size, font and colour."""
    blocks = page.get_text("dict")["blocks"]
    return [span for block in blocks for line in block.get("lines", ()) for span in line["spans"]]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("larg-print", 'did you mean "large-print"?'),
        ("../../secret", "there are: large-print; one of your own lies in styles/themes/NAME/"),
    ],
)
def test_a_theme_that_is_not_there(tmp_path: Path, name: str, hint: str) -> None:
    """The line of the setting is named, with the near name or those that there are."""
    settings = f'\n[editions.print]\nformat = "pdf"\ntheme = "{name}"\n'
    assert checked(tmp_path, settings) == (
        f'anthology.toml:6: error S009: the edition "print" asks for a theme that is not there: "{name}"\n'
        f"    hint: {hint}"
    )


def test_files_of_a_theme_that_nothing_uses(tmp_path: Path) -> None:
    """A file whose name means nothing in a theme is told, and so is a theme that no edition names."""
    write_project(
        tmp_path,
        {
            "styles/themes/harbour/typo.css": "",
            "templates/themes/harbour/article.html": "",
            "styles/themes/pier/type.css": "",
        },
    )
    assert checked(tmp_path, HARBOUR) == (
        "styles/themes/harbour/typo.css: warning S003: nothing uses this file\n"
        '    hint: did you mean "type.css"?\n'
        "styles/themes/pier/type.css: warning S003: nothing uses this file\n"
        '    hint: write theme = "pier" under an edition'
    )


def test_a_faulty_template_of_a_theme_is_named_where_it_lies(tmp_path: Path) -> None:
    """The file of the theme is told, not the packaged one whose place it takes."""
    template = '{% extends "packaged/article.html" %}{% block related %}{{ pieces }}{% endblock %}'
    settings = '[book]\ntitle = "A Book"\n[editions.ebook]\nformat = "epub"\ntheme = "harbour"\n'
    write_project(
        tmp_path,
        {
            "anthology.toml": settings,
            "content/mind/one.md": ARTICLE,
            "templates/themes/harbour/article.html": template,
        },
    )
    with pytest.raises(ContentError) as raised:
        build(tmp_path, Options(), lambda stage, detail: None)
    assert lines_of(raised.value.problems) == (
        'templates/themes/harbour/article.html:1: error S001: there is no "pieces" here\n'
        "    hint: correct it, or remove the file to get the packaged template back"
    )


HOUSE = """\
@font-face { font-family: House; src: url("faces/my face.otf") }
.article-title { font-family: House; font-weight: normal }
.text { background: url(line.png) no-repeat }
hr { background: url(star.svg) no-repeat; height: 12pt }
.a { background: url(away.png) }
.b { background: url(https://example.org/b.png) }
@import "other.css";
@page :first { margin-top: 3in }
@page text:nth(1 of text) { margin-top: 1in }
body { counter-reset: page 7 chapter }
@media screen { .c { background: url(away.png) } }
"""
TOLD = """\
styles/house.css:5: warning S008: "background" is left out of the PDF: there is no file "away.png" in styles/
    hint: put it into styles/, or correct its name: small and large letters are different
styles/house.css:6: warning S008: "background" is left out of the PDF: "https://example.org/b.png" lies outside the \
book, and a PDF opens no such address
    hint: copy the file into styles/ and give its name there
styles/house.css:7: warning S008: @import "other.css" is left out of the PDF, whose styles are one file
    hint: copy the rules of that file into styles/house.css
styles/house.css:8: warning S008: "@page :first" is told of each document by itself, not of the book
    hint: write @page text:nth(1 of text) for the first pages of articles
styles/house.css:10: warning S008: "counter-reset: page" does nothing in print: the binder numbers the pages
    hint: take it away: front matter has roman numbers, and the text begins with 1"""


def write_house(root: Path, house: str = HOUSE) -> Path:
    """Write a project with styles of its own, and the files that they name."""
    article = ARTICLE + "\n***\n\nMore words.\n"
    settings = f'[book]\ntitle = "A Book"\n{PRINT}'
    write_project(
        root, {"anthology.toml": settings, "content/mind/one.md": article, "styles/house.css": house}
    )
    (root / "styles/faces").mkdir()
    (root / "styles/faces/my face.otf").write_bytes(theme_faces()[-1].path.read_bytes())
    (root / "styles/star.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="run()"><circle r="4"/></svg>'
    )
    Image.linear_gradient("L").resize((16, 16)).save(root / "styles/line.png")
    return root


def test_paper_shows_what_house_styles_name(tmp_path: Path) -> None:
    """Pictures, drawings and typefaces that lie in styles/ are printed."""
    data = print_book(write_house(tmp_path)).pdf
    with pymupdf.open(stream=data) as pdf:
        page = next(page for page in pdf if "Some words stand first" in page.get_text())
        (title,) = [span for span in spans_of(page) if span["text"] == "One"]
        assert str(title["font"]).startswith("House")
        assert [(image["width"], image["height"]) for image in page.get_image_info()] == [(16, 16)]
        assert any(shape["items"][0][0] == "c" for shape in page.get_drawings())


def test_what_paper_cannot_show_is_told_with_its_line(tmp_path: Path) -> None:
    """What house styles ask of print in vain is a warning at its line, and nothing is told of what is for screens."""
    write_house(tmp_path)
    config = make_config(PRINT)
    files = {path: (tmp_path / path).read_bytes() for path in ("styles/line.png", "styles/star.svg")}
    files["styles/faces/my face.otf"] = theme_faces()[0].path.read_bytes()
    design = design_for(config.editions["print"], load_theme(tmp_path), files.get)
    assert lines_of(design.problems) == TOLD
    assert sorted(name.rpartition(".")[2] for name, _ in design.theme.files) == ["otf", "png", "svg"]
    assert not any(b"onload" in data for _, data in design.theme.files)


def test_a_theme_names_files_from_its_own_folder(tmp_path: Path) -> None:
    """An address in a style sheet is told from where that lies, and never leads out of styles/."""
    sheet = ".a { background: url(own.svg) } .b { background: url(../../star.svg) } .c { background: url(../../../x) }"
    write_project(tmp_path, {"styles/themes/harbour/type.css": sheet})
    asked: list[str] = []
    edition = make_config(HARBOUR).editions["print"]

    def find(path: str) -> bytes:
        asked.append(path)
        return b'<svg xmlns="http://www.w3.org/2000/svg"/>'

    design = design_for(edition, load_theme(tmp_path), find)
    assert asked == ["styles/themes/harbour/own.svg", "styles/star.svg"]
    assert lines_of(design.problems) == (
        "styles/themes/harbour/type.css:1: warning S008: "
        '"background" is left out of the PDF: "../../../x" lies outside styles/\n'
        "    hint: copy the file into styles/ and give its name there"
    )


# Points: what the text has, and what large print may not go below; figures raised and lowered may.
LARGE, LEAST = 16, 14
SIGNS = re.compile(r"[\d×]+")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Print a book with one of each part in the theme for large print."""
    root = tmp_path_factory.mktemp("large") / "book"
    shutil.copytree(BOOKS / "everything", root)
    settings = (root / "anthology.toml").read_text(encoding="utf-8")
    settings = settings.replace('trim = "4.5x7in"', 'trim = "7x10in"\ntheme = "large-print"')
    (root / "anthology.toml").write_text(settings, encoding="utf-8")
    return print_book(root).pdf


def test_large_print_is_large_upright_black_and_whole(large: bytes) -> None:
    """Nothing that is read is smaller than 14 points, slanted, in colour or divided; the text has 16."""
    with pymupdf.open(stream=large) as pdf:
        spans = [span for page in pdf for span in spans_of(page) if str(span["text"]).strip()]
        sizes: dict[float, int] = {}
        for span in spans:
            size = round(float(str(span["size"])), 1)
            sizes[size] = sizes.get(size, 0) + len(str(span["text"]))
        assert max(sizes, key=lambda size: sizes[size]) == LARGE
        small = {
            str(span["text"])
            for span in spans
            if float(str(span["size"])) < LEAST - 0.1 and not SIGNS.fullmatch(str(span["text"]).strip())
        }
        # The reading of a Japanese character.
        assert small <= {"みなと"}, small
        assert {span["color"] for span in spans} == {0}
        slanted = {span["font"] for span in spans if re.search("Ital|Obli", str(span["font"]))}
        assert slanted == set()
    assert not [text for text in read_pdf(large).texts if "\u00ad" in text or re.search(r"\w-\n", text)]


def test_large_print_says_everything(large: bytes) -> None:
    """The words of a book are the same in large print, its labels in small letters."""
    text = " ".join(read_pdf(large).texts)
    assert "Part two" in text
    assert "PART" not in text
    assert "A buoy, as the pilots know it." in text


def test_an_e_book_in_large_print_leaves_sizes_to_its_reader(tmp_path: Path) -> None:
    """The theme's type goes into an e-book, and none of its points."""
    settings = '[book]\ntitle = "A Book"\n[editions.ebook]\nformat = "epub"\ntheme = "large-print"\n'
    write_project(tmp_path, {"anthology.toml": settings, "content/mind/one.md": ARTICLE})
    outcome = build(tmp_path, Options(), lambda stage, detail: None)
    data = (outcome.folder / outcome.record.editions[0].path).read_bytes()
    sheet = unzip(data)["EPUB/styles/anthology.css"].decode()
    assert 'body {\n  font-family: "Anthology Sans", sans-serif;\n}' in sheet
    assert not re.search(r"font-size:\s*[\d.]+pt", sheet)
