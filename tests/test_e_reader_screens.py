"""The e-book on screens, measured: narrow and wide, by day and by night, in large letters, by engines old and new."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from making import write_project
from miscellany import TOML, article, write_miscellany
from PIL import Image
from screens import BROWSER, faults_on_screens

from anthology.build import Options, build
from anthology.editions.epub.style_sheet import style_sheet
from anthology.theme import load_theme

BOOKS = Path(__file__).parent / "books"
NOWHERE = Path(__file__).parent / "no project"
E_BOOK = '[[sections]]\ntitle = "Of elsewhere"\nslug = "elsewhere"\n\n[editions.ebook]\nformat = "epub"\n'

needs_chromium = pytest.mark.skipif(
    BROWSER is None, reason="there is no Chromium; install it or name one: CHROMIUM=…"
)

# What is wider than a telephone if it is let be.
_LONG = "https://example.org/an/address/without/an/end/and-without-a-space-anywhere-in-it/index.html"
HARD = f"""\
A word that nobody can divide: `a_name_of_a_function_that_does_not_fit_into_a_line()`, and <{_LONG}>.

```python
def harbour(tide, *, depth=3.5):  # a remark that goes on beyond the edge of the screen and some way further
    return "{_LONG}"
```

| option of the command | what it does | `default`, where there is one |
|---|---|---|
| `--an-option-with-a-long-name` | Something that takes a sentence to explain, or two. | `{_LONG}` |

| Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday |
|--:|--:|--:|--:|--:|--:|--:|
| departures | arrivals | departures | arrivals | departures | arrivals | nothing |

![A tower.](images/tower.png "Higher than any screen")

![A line.](images/clear.png "Black, on nothing")

![A picture elsewhere, with a description that is long](https://example.org/picture.png)

> Said by somebody, and set apart.
{{: .pullquote }}

<details><summary>More of the same</summary><p>Inside.</p></details>

[^1]: A note with `code_in_it_that_is_longer_than_the_note_is_wide_in_large_letters`.

Marked.[^1]
"""


@pytest.fixture(scope="module")
def miscellany(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Make an e-book with everything in it, and what is hardest to fit."""
    root = tmp_path_factory.mktemp("miscellany")
    write_miscellany(root, TOML[: TOML.index("[editions.print]")] + E_BOOK)
    title = "A title with an Underwaterphotographyequipmentinsurance in it"
    folder = root / "content/elsewhere"
    write_project(root, {"anthology.toml": (root / "anthology.toml").read_text()})
    (folder / "images").mkdir(parents=True)
    (folder / "hard.md").write_text(article(title, HARD, authors="[Olive Tarn, Piet Vos]"))
    Image.linear_gradient("L").resize((90, 400)).save(folder / "images/tower.png")
    Image.new("LA", (40, 20), (0, 0)).save(folder / "images/clear.png")
    return built(root, tmp_path_factory.mktemp("out"))


def built(project: Path, out: Path, edition: str = "ebook") -> bytes:
    """Build the e-book of a project."""
    outcome = build(project, Options((edition,), out=out), lambda stage, detail: None)
    assert outcome.record, outcome.problems
    return (out / outcome.record.editions[0].path).read_bytes()


@needs_chromium
def test_everything_fits_every_screen(miscellany: bytes, tmp_path: Path) -> None:
    """At 320 and 800 px, in letters of twice the size, by day, in sepia and at night: all there, all readable."""
    faults, looks = faults_on_screens(miscellany, tmp_path)
    assert looks > 200
    assert faults == []


@needs_chromium
def test_right_to_left_fits_too(tmp_path: Path) -> None:
    """The same for a book that is read from right to left."""
    epub = built(BOOKS / "arabic", tmp_path / "out")
    assert faults_on_screens(epub, tmp_path)[0] == []


@needs_chromium
def test_faults_are_found(tmp_path: Path) -> None:
    """What is measured can fail: grey on grey, too wide, cut off and as large for everybody are all told."""
    wrong = (
        ".text p { color: #999; } .text { width: 400px; font-size: 15px; } .byline { border-color: #eee; }\n"
        ".standfirst { height: 5px; overflow: hidden; }"
    )
    text = "---\ntitle: One\nstandfirst: Said at once.\nauthors: Two\n---\n\nText.\n"
    write_project(tmp_path, {"content/mind/one.md": text, "styles/house.css": wrong})
    (tmp_path / "screens").mkdir()
    faults, _ = faults_on_screens(packed_in_spite_of_all(tmp_path), tmp_path / "screens")
    told = " ".join(faults)
    assert "one.xhtml at 320 px, 100 %: 406 px wide" in told
    for fault in ("contrast 2.8", "rule of contrast 1.2", "cut off <p", "letters are not as large"):
        assert fault in told


def packed_in_spite_of_all(project: Path) -> bytes:
    """Build an e-book and put styles into it that a build would refuse."""
    import zipfile
    from io import BytesIO

    wrong = (project / "styles/house.css").read_text()
    (project / "styles/house.css").unlink()
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(built(project, project / "out"))) as book,
        zipfile.ZipFile(made, "w") as other,
    ):
        for name in book.namelist():
            data = book.read(name)
            other.writestr(name, data + wrong.encode() if name.endswith("anthology.css") else data)
    return made.getvalue()


# What an engine of 2013 loses a style sheet, or a book, over.
_FATAL = re.compile(r"\b(?!attr\(|lang\(|local\(|rect\(|rgb\(|url\()[\w-]+\(|\d(?:vw|vh|vmin|vmax|rem)\b")


@pytest.mark.parametrize("with_faces", [True, False])
def test_our_styles_trouble_no_old_engine(with_faces: bool) -> None:
    """There is no function, no unit of the screen's size and no rule with an @ but faces, and these are named."""
    sheet = re.sub(
        r"/\*.*?\*/",
        "",
        style_sheet(load_theme(NOWHERE).layers("epub"), with_faces=with_faces),
        flags=re.DOTALL,
    )
    assert not _FATAL.search(sheet), _FATAL.findall(sheet)
    assert set(re.findall(r"@[\w-]+", sheet)) == ({"@font-face"} if with_faces else set())
    assert ('"Anthology Sans", sans-serif' in sheet) is with_faces
    assert not re.search(r"direction\s*:|position\s*:\s*fixed|font-size:\s*[\d.]+(?:px|pt)", sheet)


def test_house_styles_trouble_no_old_engine() -> None:
    """What a project writes for recent engines is put where the others do not see it, in its place."""
    house = (
        ":root { --accent: teal; }\n.a { width: calc(50% - 1em) }\n.b { color: red }\n@media print {}\n"
        "@media print { .b { color: black } }\n.c { margin: 50vh }\n.d { .e { color: red } }\n"
        ".f { font-family: var(--sans) }"
    )
    wrapped = "@supports (--recent: engine) {{ {} }}".format
    assert style_sheet([house], with_faces=False).splitlines() == [
        wrapped(":root { --accent: teal; }"),
        wrapped(".a { width: calc(50% - 1em) }"),
        ".b { color: red }",
        wrapped("@media print { .b { color: black } }"),
        wrapped(".c { margin: 50vh }"),
        ".d .e { color: red  }",
        ".f { font-family: inherit }",
    ]


def test_a_house_names_its_own_families() -> None:
    """A project that says what `--sans` is has it in every rule that asks for it, in old engines too."""
    layers = ["h1 { font-family: var(--sans, sans-serif) }", ":root { --sans: Lato, sans-serif }"]
    assert "h1 { font-family: Lato, sans-serif }" in style_sheet(layers, with_faces=True)
