"""Handover: one folder with all that is sent, examined before anything is written."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from making import write_project
from PIL import Image

from anthology.build import Options, Outcome, build
from anthology.handover import checkers
from anthology.problems import UsageError

BOOK = """\
[book]
title = "Tides"
subtitle = "And other pieces"
language = "en-GB"
editors = ["Ada Quill"]
publisher = "The Quiet Press"
date = 2026-11-22
description = "What the sea does."
keywords = ["sea", "+tides"]
subjects = ["Thema: DNL Literary essays", "BISAC: LCO010000", "Harbours"]
[contributors.ben-arrow]
name = "Ben Arrow"
sort = "Arrow, Ben"
[editions.ebook]
format = "epub"
fonts = false
[editions.print]
format = "pdf"
trim = "6x9in"
isbn = "978-0-306-40615-7"
printer = "harbour"
paper = "cream"
"""
# A printer who binds the thinnest of books.
HARBOUR = 'extends = "kdp"\ntitle = "Harbour Books"\nverified-on = 2026-11-01\nleast-pages = 2\n'
FILES = {
    "anthology.toml": BOOK,
    "printers/harbour.toml": HARBOUR,
    "content/sea/ebb.md": "---\ntitle: Ebb\nauthors: [Ben Arrow, {name: Ada Quill, role: editor}]\n"
    "rights: {status: cleared, holder: Ben Arrow}\n---\n\nThe water goes.\n",
}
SENT = [
    "SHA256SUMS",
    "ebook-epubcheck.txt",
    "front-cover.jpg",
    "metadata.csv",
    "permissions.csv",
    "print-cover-preflight.txt",
    "print-preflight.txt",
    "tides-print-cover.pdf",
    "tides-print.pdf",
    "tides.epub",
]
SHEET = """\
edition,field,value
,title,Tides
,subtitle,And other pieces
,edition,1
,language,en-GB
,editor of the book,"Ada Quill (Quill, Ada)"
,author,"Ben Arrow (Arrow, Ben)"
,editor,"Ada Quill (Quill, Ada)"
,publisher,The Quiet Press
,date of publication,2026-11-22
,description,What the sea does.
,keywords,sea; +tides
,subject (Thema),DNL Literary essays
,subject (BISAC),LCO010000
,subject,Harbours
,identifier,{identifier}
ebook,file,tides.epub
ebook,format,EPUB
ebook,articles,1
print,file,tides-print.pdf
print,format,PDF
print,ISBN,978-0-306-40615-7
print,articles,1
print,pages,{pages}
print,trim size,152.4 × 228.6 mm (6 × 9 in)
print,printer,Harbour Books
print,paper,cream
print,colour,gray
print,bleed,none
print,cover,tides-print-cover.pdf
print,spine,{millimetres} mm ({inches} in)
"""


def hand_over(root: Path, **options: object) -> Outcome:
    """Build a project's release."""
    return build(root, Options(handover=True, **options), lambda stage, detail: None)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Hand over a tiny book in which EPUBCheck, which is not run, finds nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("anthology.handover.reports.epubcheck", lambda data: ())
        return hand_over(write_project(tmp_path_factory.mktemp("release"), FILES))


def test_one_folder_holds_all_that_is_sent(release: Outcome) -> None:
    """Pages, cover, e-book, front, metadata, permissions, reports and digests lie in one folder, and nothing else."""
    assert release.written
    assert release.folder.parts[-3:] == ("dist", "handover", "tides-1-2026-11-22")
    assert sorted(path.name for path in release.folder.iterdir()) == SENT
    assert [path.name for path in release.folder.parent.iterdir()] == ["tides-1-2026-11-22"]
    assert [path.name for path in release.folder.parent.parent.iterdir()] == ["handover"]
    with Image.open(release.folder / "front-cover.jpg") as front:
        assert front.format == "JPEG"


def test_what_lacks_an_isbn_is_told(release: Outcome) -> None:
    """An edition without an ISBN is handed over, and named."""
    assert [(problem.code, problem.message) for problem in release.problems] == [
        ("B021", 'the edition "ebook" is handed over without an ISBN')
    ]


def test_a_file_for_screens_needs_no_isbn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF that no shop sells is handed over without a word of its number."""
    monkeypatch.setattr("anthology.handover.reports.broken_rules", lambda data, standard: ())
    settings = f'{BOOK}[editions.screen]\nformat = "pdf"\nprinter = "screen"\n'
    root = write_project(tmp_path, FILES | {"anthology.toml": settings})
    handed = hand_over(root, editions=("screen",))
    assert handed.written
    assert [problem.code for problem in handed.problems] == []


def test_what_verapdf_refuses_is_not_handed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that veraPDF finds broken stops the handover, and is named with the standard."""
    monkeypatch.setattr("anthology.handover.reports.broken_rules", lambda data, standard: ("7.1-1, 2 times",))
    settings = f'{BOOK}[editions.screen]\nformat = "pdf"\nprinter = "screen"\n'
    root = write_project(tmp_path, FILES | {"anthology.toml": settings})
    refused = hand_over(root, editions=("screen",))
    assert not refused.written
    assert [(problem.code, problem.message) for problem in refused.problems] == [
        ("B023", 'in the edition "screen" veraPDF, PDF/UA-1 finds: 7.1-1, 2 times')
    ]


def test_the_digests_are_right(release: Outcome) -> None:
    """Every other file is in the list of digests, which `sha256sum -c` reads; so is it where that is missing."""
    listed = dict(
        reversed(line.split("  ")) for line in (release.folder / "SHA256SUMS").read_text().splitlines()
    )
    assert sorted(listed) == SENT[1:]
    assert all(
        sha256((release.folder / name).read_bytes()).hexdigest() == digest for name, digest in listed.items()
    )
    if program := shutil.which("sha256sum"):
        done = subprocess.run(
            [program, "--strict", "-c", "SHA256SUMS"], cwd=release.folder, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stdout


def test_the_sheet_has_what_forms_ask_for(release: Outcome) -> None:
    """Titles, people with roles, subjects by scheme, and of each edition its numbers: pages, trim, spine."""
    edition = release.record.editions[1]
    assert edition.pages
    # Cream paper at KDP: 0.0025 in a page.
    inches = edition.pages * 0.0025
    expected = SHEET.format(
        identifier=release.record.book.identifier,
        pages=edition.pages,
        millimetres=f"{inches * 25.4:.2f}",
        inches=f"{inches:.3f}".rstrip("0"),
    )
    assert (release.folder / "metadata.csv").read_bytes().decode("utf-8-sig") == expected.replace(
        "\n", "\r\n"
    )


def test_reports_say_what_was_looked_at(release: Outcome) -> None:
    """The reports of pages and cover name the printer, and EPUBCheck has no fault to find."""
    for name in ("print-preflight.txt", "print-cover-preflight.txt"):
        text = (release.folder / name).read_text(encoding="utf-8")
        assert text.startswith("Preflight for Harbour Books (harbour), rules as of 2026-11-01\n")
        assert "×" not in text
    assert (release.folder / "ebook-epubcheck.txt").read_text() == "EPUBCheck\n\nno fault found\n"


def test_the_same_release_has_the_same_bytes(release: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    """Handed over again, the folder is replaced by one with the same digests."""
    monkeypatch.setattr("anthology.handover.reports.epubcheck", lambda data: ())
    before = (release.folder / "SHA256SUMS").read_bytes()
    again = hand_over(release.folder.parents[2])
    assert again.written
    assert (release.folder / "SHA256SUMS").read_bytes() == before


def test_what_the_printer_refuses_is_not_handed_over(tmp_path: Path) -> None:
    """Where the preflight finds a fault, it is named, and no folder is made."""
    thick = HARBOUR.replace("least-pages = 2", "least-pages = 800")
    root = write_project(tmp_path / "book", {**FILES, "printers/harbour.toml": thick})
    outcome = hand_over(root, editions=("print",))
    assert [problem.code for problem in outcome.problems if problem.severity == "error"] == ["V013"]
    assert (outcome.written, outcome.exit_code) == (False, 1)
    assert not (root / "dist").exists()


def test_a_book_for_a_printer_is_not_handed_over_without_its_cover(tmp_path: Path) -> None:
    """Where the cover cannot be made, nothing is handed over; with `wrap = false` it is made elsewhere."""
    toml = BOOK.replace('[editions.ebook]\nformat = "epub"\nfonts = false\n', "").replace(
        "paper", "icc = '' #"
    )
    project = write_project(tmp_path, {**FILES, "anthology.toml": toml})
    outcome = build(project, Options(handover=True, jobs=1), lambda stage, detail: None)
    told = [problem for problem in outcome.problems if problem.severity == "error"]
    assert [(problem.code, problem.message) for problem in told] == [
        ("B024", 'the edition "print" cannot be handed over without its cover')
    ]
    assert not (project / "dist").exists()
    write_project(project, {"anthology.toml": toml + "wrap = false\n"})
    assert build(project, Options(handover=True, jobs=1), lambda stage, detail: None).exit_code == 0


def test_what_epubcheck_refuses_is_not_handed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of EPUBCheck stops the handover and is named; a warning stands in the report alone."""
    root = write_project(tmp_path / "book", FILES)
    messages = ("ERROR RSC-005 EPUB/ebb.xhtml: not so", "WARNING OPF-003 EPUB: rather not")
    monkeypatch.setattr("anthology.handover.reports.epubcheck", lambda data: messages)
    outcome = hand_over(root, editions=("ebook",))
    errors = [(problem.code, problem.message) for problem in outcome.problems if problem.severity == "error"]
    assert errors == [
        ("B022", 'in the edition "ebook" EPUBCheck finds: ERROR RSC-005 EPUB/ebb.xhtml: not so')
    ]
    assert not outcome.written
    assert not (root / "dist").exists()


def test_without_the_programs_the_report_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where EPUBCheck is not installed, the release is handed over, and its report says that nobody looked."""
    monkeypatch.setattr("anthology.handover.reports.epubcheck", lambda data: None)
    root = write_project(tmp_path / "book", FILES)
    outcome = hand_over(root, editions=("ebook",), out=tmp_path / "sent")
    assert (tmp_path / "sent" / "ebook-epubcheck.txt").read_text() == (
        "EPUBCheck\n\nnot run: install anthology[check]\n"
    )
    assert outcome.folder == tmp_path / "sent"
    assert not (root / "dist").exists()


def test_epubcheck_names_what_is_wrong() -> None:
    """What EPUBCheck finds comes line by line, the severity first."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
    found = checkers.epubcheck(data.getvalue())
    assert found
    assert [line[:14] for line in found if line.startswith("FATAL")] == ["FATAL RSC-002 "]


def test_verapdf_names_the_rules_that_are_broken() -> None:
    """What veraPDF finds comes rule by rule; of a standard that it does not know nothing is said."""
    bare = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(bare)
    broken = checkers.broken_rules(bare.getvalue(), "pdf/a-2b")
    assert broken
    assert any(line.startswith("6.6.2.1-1, 1 times: ") for line in broken), broken
    assert checkers.broken_rules(bare.getvalue(), "pdf/a-4u") is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"proof": True}, "a proof is not handed over"),
        ({"article": "ebb"}, "an article alone is not handed over"),
    ],
)
def test_what_is_not_for_sale_is_not_handed_over(
    tmp_path: Path, options: dict[str, object], message: str
) -> None:
    """A proof or a single article with --handover is a mistake of the command line, told before anything is read."""
    with pytest.raises(UsageError) as refusal:
        hand_over(tmp_path, **options)
    (problem,) = refusal.value.problems
    assert (problem.code, problem.message) == ("B015", message)
