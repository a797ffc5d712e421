"""The e-book in calibre, by which editors bring it to Kindles: read without a complaint, and nothing of it lost."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, needs
from making import write_project
from PIL import Image
from reading_back import unzip
from reading_pages import letters
from source_words import source_words

from anthology.build import Options, build

# calibre tells what it does, line by line, and has no mark for warnings. These are its words where something is amiss:
# those of its reader of style sheets, those of its log, those of Python.
_COMPLAINT = re.compile(
    r"^(CSS\w*|Media\w*|Property\w*|Selector\w*|Value|Traceback)\b"
    r"|\b(warning|error|exception|could ?n[o']t|cannot|failed|not found|missing|invalid|ignor\w+|unknown|malformed"
    r"|bad|broken|unsupported|replacing|renaming|removing (?!fake margins)\w+|does ?n[o']t exist|no such)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="session")
def ebook_convert() -> str:
    """Give the path of calibre's converter."""
    return needs("ebook-convert", "apt-get install calibre")


def converted(program: str, book: Path, to: Path) -> list[str]:
    """Have calibre convert a book; give the lines in which it complains."""
    done = subprocess.run(
        [program, str(book), str(to)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )
    assert not done.returncode, done.stdout
    assert "Output saved to" in done.stdout
    # What it found and where, quoted from the book, is no complaint.
    lines = [line for line in done.stdout.splitlines() if "Detected chapter:" not in line]
    # What Qt says of the folder of a person who is not logged in is about the machine.
    return [line for line in lines if _COMPLAINT.search(line) and not line.startswith("QStandardPaths")]


def facts(book: Path) -> dict[str, str]:
    """Give what `ebook-meta` says of a book."""
    program = needs("ebook-meta", "apt-get install calibre")
    done = subprocess.run([program, str(book)], capture_output=True, text=True, check=True)
    return {
        key.strip(): value for key, value in re.findall(r"^(\S[^:]*?) *: (.*)$", done.stdout, re.MULTILINE)
    }


@pytest.fixture(scope="module")
def epub(handbook: Path) -> Path:
    """Give the handbook's e-book."""
    return next(handbook.glob("*.epub"))


def test_as_text_it_says_what_was_written(ebook_convert: str, epub: Path, tmp_path: Path) -> None:
    """The text that calibre reads out of the e-book has every article and every note, letter for letter.

    Its text has no numbers before the items of lists, and no space between the cells of tables.
    """
    assert converted(ebook_convert, epub, tmp_path / "book.txt") == []
    read = letters((tmp_path / "book.txt").read_text(encoding="utf-8"))
    for path in sorted((ROOT / "content").rglob("*.md")):
        written = source_words(path)
        assert letters("".join(written.text)) in read, path
        for note in written.notes:
            assert letters("".join(note)) in read, path


@pytest.mark.parametrize("suffix", ["azw3", "mobi", "epub"])
def test_for_other_readers(ebook_convert: str, epub: Path, tmp_path: Path, suffix: str) -> None:
    """Kindle's formats and calibre's own EPUB are made without a complaint, with title, authors and cover."""
    made = tmp_path / f"book.{suffix}"
    assert converted(ebook_convert, epub, made) == []
    told = facts(made)
    assert told["Title"].startswith("The Anthology Handbook")
    assert told["Author(s)"].startswith("Miriam Castellane & Tobias Wren")
    program = needs("ebook-meta", "apt-get install calibre")
    cover = tmp_path / "cover.jpg"
    subprocess.run([program, str(made), f"--get-cover={cover}"], capture_output=True, check=True)
    with Image.open(cover) as picture:
        assert picture.height / picture.width == pytest.approx(1.6, abs=0.01)


def test_a_kindle_has_contents_links_and_page_marks(ebook_convert: str, epub: Path, tmp_path: Path) -> None:
    """Converted to AZW3 and back, the contents have every entry, notes their links, and printed pages their places."""
    assert converted(ebook_convert, epub, tmp_path / "book.azw3") == []
    # Of its own AZW3 calibre complains that the page of the cover is gone.
    converted(ebook_convert, tmp_path / "book.azw3", tmp_path / "back.epub")
    labels = re.compile(r"<navLabel>\s*<text>([^<]*)</text>")
    before = labels.findall(unzip(epub.read_bytes())["EPUB/toc.ncx"].decode().partition("<pageList")[0])
    with zipfile.ZipFile(tmp_path / "back.epub") as archive:
        files = {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith((".html", ".ncx"))
        }
    after = labels.findall(files["toc.ncx"])
    assert [label for label in after if label in before] == [label for label in before if label in after]
    assert len(after) > 25
    whole = "".join(text for name, text in files.items() if name.endswith(".html"))
    original = "".join(
        text.decode() for name, text in unzip(epub.read_bytes()).items() if name.endswith(".xhtml")
    )
    for kept in ('role="doc-noteref"', 'role="doc-backlink"', 'role="doc-pagebreak"'):
        # Where calibre cuts a document in parts, it drops what stands before the first.
        assert original.count(kept) - 2 <= whole.count(kept) <= original.count(kept) > 10


def test_the_library_shows_title_authors_and_series(tmp_path: Path) -> None:
    """A library program knows the volume editors as authors, the series with its number, publisher and subjects."""
    config = """
        [book]
        title = "Low Water"
        editors = ["Hedda Marsh", "Iorwerth Pye"]
        publisher = "Tidewater & Daughters"
        series = "Quiet Coasts"
        series-number = 4
        keywords = ["tides"]
        date = 2026-03-01
        [editions.ebook]
        format = "epub"
    """
    write_project(
        tmp_path, {"anthology.toml": config, "content/a/one.md": "---\ntitle: One\n---\n\nSome words.\n"}
    )
    build(tmp_path, Options(out=tmp_path / "dist"), lambda stage, detail: None)
    told = facts(tmp_path / "dist" / "low-water.epub")
    assert told["Title"] == "Low Water"
    assert told["Author(s)"] == "Hedda Marsh & Iorwerth Pye [Marsh, Hedda & Pye, Iorwerth]"
    assert told["Series"] == "Quiet Coasts #4"
    assert told["Publisher"] == "Tidewater & Daughters"
    assert told["Tags"] == "tides"
    assert told["Published"].startswith("2026-03-0")


def test_complaints_are_heard(ebook_convert: str, epub: Path, tmp_path: Path) -> None:
    """A style that calibre does not know is among what the tests above would find."""
    spoilt = tmp_path / "spoilt.epub"
    with zipfile.ZipFile(spoilt, "w") as archive:
        for name, data in unzip(epub.read_bytes()).items():
            archive.writestr(
                name, data + (b"@supports (top: 0) { p { top: 0 } }" if name.endswith(".css") else b"")
            )
    assert converted(ebook_convert, spoilt, tmp_path / "book.txt")
