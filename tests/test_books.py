"""Tiny real books, built whole, and read back by programs that we did not write.

`pytest --update-expected` rewrites what is expected from what is made; read the difference before committing it.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from reading_back import PdfFacts, read_pdf, tidied, unzip, uri_links

from anthology.build import Options, Outcome, build
from anthology.cli.report import problem_lines

BOOKS = Path(__file__).parent / "books"
CASES = sorted(path.name for path in BOOKS.iterdir() if (path / "anthology.toml").is_file())


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder into which this session's books are built."""
    return tmp_path_factory.mktemp("shelf")


@cache
def built(case: str, shelf: Path) -> tuple[Outcome, bytes, bytes]:
    """Build a book once: the outcome, its EPUB and its PDF."""
    outcome = build(BOOKS / case, Options(out=shelf / case), lambda stage, detail: None)
    assert outcome.record, list(problem_lines(outcome.problems))
    files = {
        edition.format: (outcome.folder / edition.path).read_bytes() for edition in outcome.record.editions
    }
    return outcome, files["epub"], files["pdf"]


def expect(case: str, name: str, made: str, update: bool) -> None:
    """Compare with the expected file of a book, or rewrite it."""
    path = BOOKS / case / "expected" / name
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_problems(case: str, shelf: Path, update_expected: bool) -> None:
    """A book's problems are told as expected, to the letter."""
    outcome, _, _ = built(case, shelf)
    expect(
        case,
        "problems.txt",
        "".join(f"{line}\n" for line in problem_lines(outcome.problems)),
        update_expected,
    )


@pytest.mark.parametrize("case", CASES)
def test_epub(case: str, shelf: Path, update_expected: bool) -> None:
    """Every text file of the EPUB is as expected, to the letter; style sheets, pictures and faces by name."""
    _, epub, _ = built(case, shelf)
    shown = []
    for name, data in unzip(epub).items():
        shown.append(f"=== {name}\n")
        if name.endswith((".xhtml", ".opf", ".ncx", ".xml", "mimetype")):
            shown.append(re.sub(r"\n+", "\n", data.decode()).rstrip() + "\n")
    expect(case, "epub.txt", "".join(shown), update_expected)


@pytest.mark.parametrize("case", CASES)
def test_pdf(case: str, shelf: Path, update_expected: bool) -> None:
    """Outline, folios, text and links of the PDF are as expected."""
    _, _, pdf = built(case, shelf)
    expect(case, "pdf.txt", pdf_as_text(read_pdf(pdf)), update_expected)


def pdf_as_text(facts: PdfFacts) -> str:
    """Write down what a reader of a PDF finds."""
    lines = ["outline"]
    lines += [f"{'  ' * level}{title} → {facts.folios[page]}" for level, title, page in facts.outline]
    for number, (folio, text) in enumerate(zip(facts.folios, facts.texts, strict=True)):
        lines += ["", f"page {folio}", f"  {text}"]
        lines += [
            f"  link: {words} → {facts.folios[to]}" for page, words, to in facts.links if page == number
        ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("case", CASES)
def test_printed_page_numbers_are_where_things_stand(case: str, shelf: Path) -> None:
    """Every page number in the contents and in related reading is the folio of the page the link leads to."""
    outcome, _, pdf = built(case, shelf)
    assert outcome.record
    facts = read_pdf(pdf)
    record = next(edition for edition in outcome.record.editions if edition.format == "pdf")
    titles = {title: page for _, title, page in facts.outline}
    # A number at the end that stands alone or, as Arabic is extracted, behind a letter; not the mark of a note, nor a
    # mark that stands a second time, which is a link to the note.
    numbered = [
        (found.group(1), to, words)
        for _, words, to in facts.links
        if (found := re.search(r"(?:[^\d.]|^)(\d+|\b[ivxlc]+)$", words)) and not words.isdigit()
    ]
    assert len(numbered) >= len(record.start_pages)
    for number, to, words in numbered:
        assert number == facts.folios[to], words
    assert set(record.start_pages.values()) <= {facts.folios[page] for page in titles.values()}


@pytest.mark.parametrize("case", CASES)
def test_sections_have_the_pages_of_the_record(case: str, shelf: Path) -> None:
    """Each begins where the outline says, and ends before what the outline has next, without a gap."""
    outcome, _, pdf = built(case, shelf)
    assert outcome.record
    facts = read_pdf(pdf)
    record = next(edition for edition in outcome.record.editions if edition.format == "pdf")
    pages = list(record.section_pages.values())
    assert [first for first, _ in pages] == [1, *(last + 1 for _, last in pages[:-1])]
    folios = [facts.folios[page] for level, _, page in facts.outline if level == 1]
    if case != "untitled":
        assert {str(first) for first, _ in pages} < set(folios)
        assert folios.index(str(pages[-1][1] + 1)) == folios.index(str(pages[-1][0])) + 1
    assert max(int(page) for page in record.start_pages.values()) <= pages[-1][1]


@pytest.mark.parametrize("case", CASES)
def test_every_block_is_placed(case: str, shelf: Path) -> None:
    """The record counts every block of the articles, and none is missing in either edition."""
    outcome, _, _ = built(case, shelf)
    assert outcome.record
    for edition in outcome.record.editions:
        assert edition.blocks.source == edition.blocks.placed > 0
        assert edition.blocks.missing == ()


@pytest.mark.parametrize("case", CASES)
def test_the_same_book_has_the_same_bytes(case: str, shelf: Path, tmp_path: Path) -> None:
    """A second build, elsewhere, gives the same bytes."""
    _, epub, pdf = built(case, shelf)
    again = build(BOOKS / case, Options(out=tmp_path), lambda stage, detail: None)
    assert again.record
    files = {edition.format: (tmp_path / edition.path).read_bytes() for edition in again.record.editions}
    assert files["epub"] == epub
    assert files["pdf"] == pdf


def test_the_record_is_written(shelf: Path) -> None:
    """build.json lies beside the editions and says what they are."""
    outcome, epub, _ = built("english", shelf)
    record = json.loads((outcome.folder / "build.json").read_text(encoding="utf-8"))
    assert record["book"] == {
        "title": "Small Hours",
        "identifier": "urn:uuid:5f2f2c1e-98a1-4b7e-9d7c-6b1f4d1f0a11",
    }
    ebook, print_ = record["editions"]
    assert (ebook["path"], ebook["bytes"], ebook["articles"]) == ("small-hours.epub", len(epub), 4)
    assert print_["path"] == "small-hours-print.pdf"
    assert list(print_["start_pages"]) == ["owls", "larks", "bakers", "shift"]


@pytest.mark.parametrize(("case", "foreign"), [("french", "fr"), ("arabic", "ar")])
def test_no_english_word_of_the_books_own(case: str, foreign: str, shelf: Path) -> None:
    """A French or Arabic book says nothing in English by itself, in neither format."""
    from anthology.labels import labels_for

    _, epub, pdf = built(case, shelf)
    files = unzip(epub)
    whole = " ".join(files[name].decode() for name in files if name.endswith((".xhtml", ".ncx")))
    shown = re.sub(r"<[^>]*>", " ", whole) + " ".join(
        re.findall(r'(?:aria-label|alt|title)="([^"]*)"', whole)
    )
    shown += " ".join(read_pdf(pdf).texts)
    english, own = labels_for("en").catalogue.words, labels_for(foreign).catalogue.words
    for key, words in english.items():
        fixed = re.sub(r"\{[^}]*\}", "", words).strip()
        if len(fixed) > 3 and fixed not in own[key]:
            assert not re.search(rf"\b{re.escape(fixed)}\b", tidied(shown)), key


def test_an_arabic_book_runs_from_right_to_left(shelf: Path) -> None:
    """The Arabic book's pages turn to the right: spine, documents and PDF say so."""
    import pikepdf

    _, epub, pdf = built("arabic", shelf)
    files = unzip(epub)
    assert b'page-progression-direction="rtl"' in files["EPUB/content.opf"]
    assert b'<body class="article" dir="rtl"' in files["EPUB/bum.xhtml"]
    from io import BytesIO

    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.Root.ViewerPreferences.Direction == "/R2L"


def test_links_that_leave_the_book_work_in_the_pdf(shelf: Path) -> None:
    """An external link is alive on screen, and its address stands at the foot of the page for paper."""
    _, _, pdf = built("english", shelf)
    assert "https://example.org/owls/and/clocks" in uri_links(pdf)
    assert any("example.org/owls/and/clocks" in text for text in read_pdf(pdf).texts)


def test_drafts_are_left_out(shelf: Path) -> None:
    """A draft stands nowhere in the book."""
    _, epub, pdf = built("english", shelf)
    assert not any(b"Nobody should see this" in data for data in unzip(epub).values())
    assert not any("Nobody should see this" in text for text in read_pdf(pdf).texts)
