"""A bound book as a file: one structure tree, every link alive, each face once, and no rule of PDF/UA broken."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from making import write_project
from miscellany import TOML, article, write_miscellany, write_pictures
from press_profile import cmyk_profile
from pressroom import PrintedBook, print_book
from reading_back import Element, broken_rules, name_tree, number_tree, structure

STANDARDS = {"2b": "pdf/a-2b", "3a": "pdf/a-3a", "1b": "pdf/a-1b"}

# A little of everything that the standards have rules for, and nothing that PDF/A-1 forbids: it knows no transparency.
SMALL = {
    "content/shore/one.md": article(
        "One",
        "Sufficient coffee for the *afternoon*, in an `office` of one’s own.[^1] See [two](../house/two.md#tides).\n\n"
        '- a list\n- of [two](https://example.org/)\n\n![A buoy.](images/buoy.svg "A caption.")\n\n'
        "![Waves.](images/waves.png)\n\n[^1]: A note.\n",
        related="[two]",
        authors="Olive Tarn",
    ),
    "content/house/two.md": article(
        "Two",
        "| hour | tide |\n|------|-----:|\n| 1987 | high |\n\n## Tides\n\nMehr auf <span lang='de'>Deutsch</span>.\n",
        lang="en",
    ),
}


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> PrintedBook:
    """Give a book of a dozen articles of all kinds."""
    return print_book(write_miscellany(tmp_path_factory.mktemp("miscellany")))


@pytest.fixture(scope="module")
def pdf(bound: PrintedBook) -> Iterator[pikepdf.Pdf]:
    """Open the book."""
    with pikepdf.open(BytesIO(bound.pdf)) as opened:
        yield opened


@pytest.fixture(scope="module")
def document(pdf: pikepdf.Pdf) -> Element:
    """Give the root of the structure, of which there is one."""
    (root,) = structure(pdf)
    return root


def test_the_file_is_sound(pdf: pikepdf.Pdf) -> None:
    """No object is damaged, missing or at another place than the file says."""
    assert pdf.check_pdf_syntax() == []


def test_the_file_tells_what_it_is(pdf: pikepdf.Pdf) -> None:
    """Title, authors and language stand in the file, in the old way and as XMP."""
    assert str(pdf.docinfo.Title) == "A Miscellany: Nº 4 (Autumn)"
    assert str(pdf.docinfo.Author) == "Hedda Marsh, Iorwerth Pye"
    assert str(pdf.Root.Lang) == "en-GB"
    with pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == "A Miscellany: Nº 4 (Autumn)"
        assert xmp["dc:creator"] == ["Hedda Marsh", "Iorwerth Pye"]
        assert xmp["dc:language"] == {"en-GB"}
        assert xmp["pdfuaid:part"] == "1"


def test_every_article_is_one_in_its_language(document: Element, bound: PrintedBook) -> None:
    """Below the one document stands an element for each piece: articles as such, each in its language."""
    assert document.type == "/Document"
    pieces = [
        (kid.type, str(kid.entries.T), str(kid.entries.Lang))
        for kid in document.kids
        if isinstance(kid, Element)
    ]
    assert pieces == [
        ("/Art" if piece.kind == "article" else "/Sect", piece.title, piece.language)
        for piece in bound.documents
    ]
    assert ("/Art", "Vom Hafen", "de") in pieces
    assert sum(kind == "/Art" for kind, _, _ in pieces) == 12


def test_content_and_structure_find_each_other(pdf: pikepdf.Pdf, document: Element) -> None:
    """What a page marks as content is the child of one element, and the parent tree leads back to it."""
    parents = number_tree(pdf.Root.StructTreeRoot.ParentTree)
    assert sorted(parents) == list(range(int(pdf.Root.StructTreeRoot.ParentTreeNextKey)))
    owners: dict[tuple[int, int] | int, list[tuple[int, int]]] = {}
    for element in document.walk():
        for kid in element.kids:
            if not isinstance(kid, Element):
                owners.setdefault(kid, []).append(element.entries.objgen)
    wanted: dict[tuple[int, int] | int, list[tuple[int, int]]] = {}
    for page in pdf.pages:
        if "/StructParents" in page:
            row = parents[int(page.StructParents)]
            marks = list(_marks(page))
            assert marks == list(range(len(row)))
            for mcid in marks:
                wanted[page.objgen[0], mcid] = [row[mcid].objgen]
        for annotation in page.get("/Annots", []):
            wanted[annotation.objgen[0]] = [parents[int(annotation.StructParent)].objgen]
    assert owners == wanted
    assert len(wanted) > 1000


def _marks(page: pikepdf.Page) -> Iterator[int]:
    """Give the MCIDs that a page's content marks, sorted; nothing is drawn that is neither marked nor an artifact."""
    found, depth = [], 0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                depth += 1
                if (tag := str(operands[0])) != "/Artifact":
                    found.append(int(operands[1].MCID))
                assert tag == "/Artifact" or depth == 1
            case "BMC":
                depth += 1
                assert str(operands[0]) == "/Artifact"
            case "EMC":
                depth -= 1
            case "Tj" | "TJ" | "Do" | "f" | "S":
                assert depth, "something is drawn that is neither content nor an artifact"
    yield from sorted(found)


def test_furniture_is_no_content(pdf: pikepdf.Pdf) -> None:
    """Running heads and page numbers are artifacts: a screen reader does not say them in mid-sentence."""
    page = next(page for page in pdf.pages if page.label == "3")
    inside, said, read = False, 0, 0
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC":
            inside = str(operands[0]) == "/Artifact" and operands[1].get("/Type") == "/Pagination"
        said += str(operator) == "TJ" and inside
        read += str(operator) == "TJ" and not inside
    assert said == 2
    assert read > 10


def test_items_of_lists_hold_labels_and_bodies_alone(document: Element) -> None:
    """Below a list stand items (or a list within it), below an item its label and its body."""
    items = [element for element in document.walk() if element.type == "/LI"]
    assert len(items) > 60
    for item in items:
        assert {kid.type for kid in item.kids if isinstance(kid, Element)} <= {"/Lbl", "/LBody"}
        assert all(isinstance(kid, Element) for kid in item.kids)


def test_links_say_where_they_lead(pdf: pikepdf.Pdf, bound: PrintedBook) -> None:
    """A link within the book is described by the title of the document that it leads to."""
    titles = {piece.name: piece.title for piece in bound.documents}
    links = [
        (str(annotation.Dest), str(annotation.Contents))
        for page in pdf.pages
        for annotation in page.get("/Annots", [])
        if "/Dest" in annotation
    ]
    assert len(links) > 60
    assert [said for _, said in links] == [titles[target.partition("--")[0]] for target, _ in links]


def test_destinations_are_sorted_and_complete(pdf: pikepdf.Pdf) -> None:
    """The names of places are in order, as viewers look for them by halves; every link's is among them."""
    names = [name for name, _ in name_tree(pdf.Root.Names.Dests)]
    assert names == sorted(set(names), key=str.encode)
    used = {
        str(annotation.Dest)
        for page in pdf.pages
        for annotation in page.get("/Annots", [])
        if "/Dest" in annotation
    }
    assert used <= set(names)
    assert {"plain", "_contents", "_section-house"} <= set(names)
    for kid in pdf.Root.Names.Dests.Kids:
        assert [str(limit) for limit in kid.Limits] == [str(kid.Names[0]), str(kid.Names[-2])]


def test_each_face_is_in_the_file_once_and_subset(pdf: pikepdf.Pdf) -> None:
    """Twenty documents share a face; it is one font with one program, with no more of it than the book shows."""
    fonts = {
        thing.objgen: thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/ToUnicode" in thing
    }
    names = [str(font.BaseFont) for font in fonts.values()]
    assert len(names) == len(set(names))
    assert {name.partition("+")[2] for name in names} >= {"Anthology-Serif", "Anthology-Serif-Italic"}
    programs = [
        descriptor.get("/FontFile3", descriptor.get("/FontFile2"))
        for font in fonts.values()
        for descriptor in [font.DescendantFonts[0].FontDescriptor]
    ]
    assert len({program.objgen for program in programs}) == len(programs)
    assert all(len(program.read_bytes()) < 120_000 for program in programs), "a whole face is larger"


def test_a_picture_of_two_articles_is_in_the_file_once(pdf: pikepdf.Pdf) -> None:
    """What several articles show stands in the file once."""
    streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
    pictures = [stream for stream in streams if stream.get("/Subtype") == "/Image"]
    assert len(pictures) >= 4
    assert len({(picture.Width, picture.read_raw_bytes()) for picture in pictures}) == len(pictures)


def test_pdf_ua(bound: PrintedBook, tmp_path: Path) -> None:
    """A book with everything in it breaks no rule of PDF/UA-1."""
    book = tmp_path / "book.pdf"
    book.write_bytes(bound.pdf)
    assert broken_rules(("ua1", book)) == [{}]


CORNER = """---
title: Two editions
---

| | Paper | Screen |
|---|---|---|
| Size | fixed | free |
| Price | high | low |

<table><tbody><tr><th>Size</th><td>fixed</td></tr><tr><th>Price</th><td>high</td></tr></tbody></table>
"""


def test_header_cells_say_what_they_head(tmp_path: Path) -> None:
    """Below an empty corner stand cells that no name leads from to a head: each head says its column or row."""
    project = write_project(tmp_path, {"anthology.toml": TOML, "content/shore/editions.md": CORNER})
    heads = []
    with pikepdf.open(BytesIO(print_book(project).pdf)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TH":
                heads.append(str(thing.A.Scope))
    assert sorted(heads) == ["/Column", "/Column", "/Row", "/Row"]


def test_standards(tmp_path: Path) -> None:
    """A book keeps to the standard that its edition names: notes, table, list, drawing and picture with it."""
    books = []
    for name, standard in STANDARDS.items():
        plan = f"{TOML}standard = '{standard}'\n".replace("5x8in", "100x140mm")
        project = write_project(tmp_path / name, {"anthology.toml": plan, **SMALL})
        write_pictures(project / "content/shore/images")
        books.append((name, project / "book.pdf"))
        books[-1][1].write_bytes(print_book(project).pdf)
    assert dict(zip(STANDARDS, broken_rules(*books), strict=True)) == {name: {} for name in STANDARDS}


def test_an_archive_knows_the_press_of_its_colours(tmp_path: Path) -> None:
    """A file for archives that names a printing keeps to its standard: what its gray means is told there."""
    plan = f'{TOML}standard = "pdf/a-2b"\ncolour = "gray"\nicc = "press.icc"\n'
    project = write_project(tmp_path, {"anthology.toml": plan, **SMALL})
    (project / "press.icc").write_bytes(cmyk_profile())
    write_pictures(project / "content/shore/images")
    path = tmp_path / "archive.pdf"
    path.write_bytes(print_book(project).pdf)
    assert broken_rules(("2b", path)) == [{}]


def test_one_file_keeps_to_two_standards(tmp_path: Path) -> None:
    """A file that claims PDF/UA-1 and PDF/A-3a at once keeps to both."""
    plan = f'{TOML}standard = ["pdf/ua-1", "pdf/a-3a"]\n'
    project = write_project(tmp_path, {"anthology.toml": plan, **SMALL})
    write_pictures(project / "content/shore/images")
    path = tmp_path / "both.pdf"
    path.write_bytes(print_book(project).pdf)
    assert broken_rules(("ua1", path), ("3a", path)) == [{}, {}]
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["pdfuaid:part"], metadata["pdfaid:part"]) == ("1", "3")
