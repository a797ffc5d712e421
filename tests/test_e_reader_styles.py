"""What a project's own styles lead to in an e-book: packed, or left out and told."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from making import write_project
from PIL import Image
from reading_back import epubcheck

from anthology.build import Options, build
from anthology.cache import Cache
from anthology.editions.style_resources import gather_resources
from anthology.fonts import theme_faces
from anthology.theme import LAYERS, load_theme

ARTICLE = "---\ntitle: One\n---\n\nSome words.\n"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="run()"><circle r="4"/></svg>'
GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="

HOUSE = f"""\
@import url(https://example.org/a.css);
@import "other.css";
@font-face {{ font-family: Far; src: url(https://example.org/f.otf) }}
@font-face {{ font-family: Near; src: url(near.eot), url("faces/my face.otf") format("opentype") }}
.a {{ color: red; background: url(https://example.org/b.png); direction: rtl; unicode-bidi: embed }}
.b {{ background: url(line.jpg) no-repeat; list-style-image: url('star.svg#it') }}
.c {{ background: url(../line.jpg) }}
.d {{ background: url(words.png) }}
@media print {{ .e {{ direction: rtl }} }}
.f {{ background: url({GIF}) }}
"""
TOLD = """\
1: @import "https://example.org/a.css" is left out of the e-book, whose styles are one file
 (copy the rules of that file into styles/house.css)
2: @import "other.css" is left out of the e-book, whose styles are one file
 (copy the rules of that file into styles/house.css)
3: a file of @font-face is left out of the e-book: "https://example.org/f.otf" lies outside the book, and an e-book opens no such address
 (copy the file into styles/ and give its name there)
4: a file of @font-face is left out of the e-book: there is no file "near.eot" in styles/
 (put it into styles/, or correct its name: small and large letters are different)
5: "background" is left out of the e-book: "https://example.org/b.png" lies outside the book, and an e-book opens no such address
 (copy the file into styles/ and give its name there)
5: "direction" is left out of the e-book: its documents say how they run
 (the language of the book decides it; what is meant for paper alone goes into @media print)
5: "unicode-bidi" is left out of the e-book: its documents say how they run
 (the language of the book decides it; what is meant for paper alone goes into @media print)
7: "background" is left out of the e-book: "../line.jpg" lies outside styles/
 (copy the file into styles/ and give its name there)
8: "background" is left out of the e-book: "words.png" is neither a picture nor a typeface that e-readers know
 (save pictures as JPEG, PNG, GIF or SVG, and typefaces as OTF, TTF, WOFF or WOFF2)
"""


def write_house(root: Path, house: str) -> Path:
    """Write a project with styles of its own, and all the files that they may name."""
    write_project(root, {"content/mind/one.md": ARTICLE, "styles/house.css": house})
    styles = root / "styles"
    (styles / "faces").mkdir()
    (styles / "faces" / "my face.otf").write_bytes(theme_faces()[0].path.read_bytes())
    (styles / "star.svg").write_bytes(DRAWING)
    (styles / "words.png").write_text("No picture.")
    Image.linear_gradient("L").save(styles / "line.jpg")
    return root


def made(root: Path, cache: Cache | None = None) -> tuple[bytes, list[str]]:
    """Build the e-book, and give what is told of its styles."""
    outcome = build(root, Options(("ebook",), out=root / "dist", cache=cache), lambda stage, detail: None)
    told = [
        f"{problem.origin and problem.origin.line}: {problem.message}\n ({problem.hint})\n"
        for problem in outcome.problems
        if problem.code == "S007"
    ]
    return (root / "dist" / outcome.record.editions[0].path).read_bytes(), told


def with_e_book(root: Path) -> Path:
    """Give a project an e-book without our faces, so that its styles stand alone."""
    settings = root / "anthology.toml"
    settings.write_text(settings.read_text() + '[editions.ebook]\nformat = "epub"\nfonts = false\n')
    return root


def test_an_e_book_holds_all_that_its_styles_name(tmp_path: Path) -> None:
    """What lies in styles/ is packed, what no e-book may have is left out and told, and EPUBCheck finds nothing."""
    data, told = made(with_e_book(write_house(tmp_path / "book", HOUSE)))
    assert "".join(told) == TOLD
    with zipfile.ZipFile(BytesIO(data)) as book:
        files = {name: book.read(name) for name in book.namelist() if name.startswith("EPUB/styles/")}
    sheet = files.pop("EPUB/styles/anthology.css").decode()
    face, line, star = (
        re.search(pattern, sheet)[1]  # type: ignore[index]  # a None fails the test as well
        for pattern in (r"Near; src: url\((\w+\.otf)\) format", r"url\((\w+\.jpg)\)", r"url\((\w+\.svg)\)")
    )
    assert set(files) == {f"EPUB/styles/{name}" for name in (face, line, star)}
    assert files[f"EPUB/styles/{face}"] == theme_faces()[0].path.read_bytes()
    assert b"onload" not in files[f"EPUB/styles/{star}"]
    assert f"url({GIF})" in sheet
    assert not re.search(r"example\.org|@import|Far|(?<!-)\bdirection\s*:|unicode-bidi", sheet)
    (tmp_path / "book.epub").write_bytes(data)
    assert epubcheck(tmp_path / "book.epub") == []


def test_a_file_of_the_styles_that_changes_is_noticed(tmp_path: Path) -> None:
    """A book is made anew when a picture of its styles changes, comes or goes."""
    root = with_e_book(write_house(tmp_path / "book", ".a { background: url(line.jpg) }"))
    cache = Cache(tmp_path / "cache")
    first, _ = made(root, cache)
    Image.linear_gradient("L").rotate(90).save(root / "styles/line.jpg")
    second, _ = made(root, cache)
    (root / "styles/line.jpg").unlink()
    third, told = made(root, cache)
    assert len({first, second, third}) == 3
    assert [line.partition(": ")[0] for line in told] == ["1"]


def test_nothing_outside_the_styles_is_opened(tmp_path: Path) -> None:
    """No address leads out of styles/, however it is written, and no link leads out of the project."""
    Image.linear_gradient("L").save(tmp_path / "secret.jpg")
    root = write_house(tmp_path / "book", "")
    (root / "styles/link.jpg").symlink_to(tmp_path / "secret.jpg")
    asked: list[str] = []
    ways = (
        "../secret.jpg",
        "%2e%2e/secret.jpg",
        "faces/../../secret.jpg",
        "/secret.jpg",
        r"..\\secret.jpg",
        "",
    )
    for way in ways:
        resources = gather_resources(
            {"house.css": f'.a {{ background: url("{way}") }}'}, "styles", asked.append
        )
        assert resources.layers == (".a {}",)
        assert len(resources.problems) == 1
    assert asked == ["styles/."]
    data, told = made(with_e_book(root))
    assert told == []
    (root / "styles/house.css").write_text(".a { background: url(link.jpg) }")
    data, told = made(root)
    assert [line.partition("\n")[0] for line in told] == [
        '1: "background" is left out of the e-book: "link.jpg" cannot be taken: it lies outside the project'
    ]
    assert b"link.jpg" not in data


@pytest.mark.parametrize(
    "sheet",
    [
        "/* url(x.png) direction: rtl */ .a { content: 'direction: rtl; url(x.png)' }",
        '@namespace svg url(http://www.w3.org/2000/svg);\n[dir="rtl"] .a{flex-direction:row;color : red ;;}',
        ":root { --x: { a: b }; --direction: rtl } .a > .b:not(.c)::before { content: '\\201C' }",
    ],
)
def test_what_names_nothing_is_as_it_was(sheet: str) -> None:
    """A style sheet in which there is nothing to change comes back byte for byte, and so do those of ours."""
    styles = load_theme(Path("no project")).styles
    layers = {**{name: styles[name] for name in LAYERS["epub"] if name != "house.css"}, "house.css": sheet}
    assert gather_resources(layers, "styles", lambda path: None) == (tuple(layers.values()), (), ())
