"""The handbook in content/: the manual is the first book that must come out right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from reading_back import PdfFacts, epubcheck, read_epub, read_pdf, spine_of, unzip, words_of
from reading_pages import listed_pages, misplaced, printed_pages
from screens import BROWSER, faults_on_screens
from source_words import source_words, stand_in, words_in
from typography import measure

from anthology.build import Options, Outcome, build
from anthology.editions import pdf as printing
from anthology.editions.base import Made
from anthology.editions.setting import Copy

ROOT = Path(__file__).parent.parent


@dataclass
class Printed:
    """What the printed handbook is set from, and the edition that was made of it."""

    copy: Copy
    made: Made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Printed]:
    """Build the handbook once, without a cache, and take note of what is set."""
    copies, editions = [], []
    set_copy, make_pdf = printing.set_copy, printing.make_pdf

    def set_and_noted(copy: Copy, *others: Any) -> Any:
        copies.append(copy)
        return set_copy(copy, *others)

    def made_and_noted(*arguments: Any) -> Made:
        editions.append(make_pdf(*arguments))
        return editions[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "set_copy", set_and_noted)
        patch.setattr(printing, "make_pdf", made_and_noted)
        options = Options(out=tmp_path_factory.mktemp("handbook"))
        outcome = build(ROOT, options, lambda stage, detail: None)
    return outcome, Printed(copies[-1], editions[-1])


@pytest.fixture(scope="module")
def handbook(built: tuple[Outcome, Printed]) -> Outcome:
    """Give what came of the build."""
    return built[0]


@pytest.fixture(scope="module")
def paper(handbook: Outcome) -> PdfFacts:
    """Read the printed handbook back, once for all tests: it has hundreds of pages."""
    return read_pdf(file_of(handbook, "pdf").read_bytes())


def file_of(outcome: Outcome, format: str) -> Path:
    """Find the file of an edition."""
    return outcome.folder / next(
        edition.path for edition in outcome.record.editions if edition.format == format
    )


def test_it_has_no_problem(handbook: Outcome) -> None:
    """The handbook builds, and nothing is told of it but what its settings accept with a reason."""
    assert handbook.exit_code == 0
    assert handbook.problems == ()


def test_epubcheck_has_nothing_to_say(handbook: Outcome) -> None:
    """EPUBCheck finds no fatal error, no error and no warning."""
    assert epubcheck(file_of(handbook, "epub")) == []


def test_printed_page_numbers_are_where_things_stand(paper: PdfFacts) -> None:
    """Every page number in contents, related reading and contributors is the folio of the page it leads to."""
    numbered = [
        (found.group(1), to, words)
        for _, words, to in paper.links
        if (found := re.search(r"\s(\d+)$", words))
    ]
    assert len(numbered) > 100
    for number, to, words in numbered:
        assert number == paper.folios[to], words


def test_its_lines_are_well_set(built: tuple[Outcome, Printed]) -> None:
    """Spaces are even in 99 of 100 justified lines; nothing divides a word, a line or a pull quote that should not."""
    printed = built[1]
    found = measure(printed.made.data, printed.copy.documents, printed.made.starts)
    assert found.justified > 1000
    assert found.even > 0.99, found.uneven
    assert (found.ladders, found.words_over_turns, found.overfull, found.runts) == ([], [], [], [])
    assert (found.widows, found.orphans) == ([], [])
    assert (found.headings_at_foot, found.broken_quotes) == ([], [])


def test_outline_has_sections_and_articles(handbook: Outcome, paper: PdfFacts) -> None:
    """The outline has every section with its articles below it, and each entry leads to the page with its title."""
    assert sum(level == 2 for level, _, _ in paper.outline) == handbook.record.editions[0].articles
    for _, title, page in paper.outline:
        assert title.replace(" ", "").casefold() in paper.texts[page].replace(" ", "").casefold()


def test_folios_are_roman_then_arabic(paper: PdfFacts) -> None:
    """Front matter counts in roman figures, the text from 1 in arabic ones, and 1 is a recto."""
    folios = paper.folios
    first = folios.index("1")
    assert first % 2 == 0
    assert folios[:4] == ("i", "ii", "iii", "iv")
    assert list(folios[first:]) == [str(number) for number in range(1, len(folios) - first + 1)]


def test_the_same_words_in_both_formats(handbook: Outcome, paper: PdfFacts) -> None:
    """What an article says on e-readers it says on paper: every word of its paragraphs, in order."""
    files = unzip(file_of(handbook, "epub").read_bytes())
    letters = re.sub(r"\W|\d", "", "".join(paper.texts)).casefold()
    missing = []
    for name, data in files.items():
        if not re.fullmatch(r"EPUB/[a-z][a-z0-9-]*\.xhtml", name):
            continue
        for paragraph in re.findall(r'<p id="[^"]*">(?:(?!</p>).)*</p>', data.decode(), re.DOTALL):
            # The first clause is enough to find it again, and seldom runs over a page or a note.
            words = re.sub(r"\W|\d", "", "".join(words_of(paragraph.encode())[:6])).casefold()
            if words not in letters:
                missing.append(words)
    assert missing == []


def test_the_e_book_says_what_was_written(handbook: Outcome) -> None:
    """PyMuPDF reads the words of every article and note as markdown-it-py reads them in the source, in order."""
    epub = file_of(handbook, "epub").read_bytes()
    read = dict(zip(spine_of(epub), map(words_in, read_epub(epub)), strict=True))
    for path in sorted((ROOT / "content").rglob("*.md")):
        name = f"_section-{path.parent.name}" if path.stem == "_intro" else path.stem
        written = source_words(path)
        assert stand_in(written.text, read[name]), path
        for note in written.notes:
            assert stand_in(note, read[name]), path


def test_marks_of_printed_pages_stand_where_pages_start(handbook: Outcome) -> None:
    """Every printed page with text is listed in the e-book, and begins with the words behind its mark."""
    epub, pdf = (file_of(handbook, format).read_bytes() for format in ("epub", "pdf"))
    assert misplaced(epub, pdf) == []
    listed = {page.folio for page in listed_pages(epub)}
    left_out = [folio for folio, (text, _) in printed_pages(pdf).items() if text and folio not in listed]
    # Half title and printed contents.
    assert set(left_out) <= {"i", "v", "vi", "vii", "viii"}
    assert len(listed) > 90


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium; install it or name one: CHROMIUM=…")
def test_it_fits_every_screen(handbook: Outcome, tmp_path: Path) -> None:
    """At 320 and 800 px, by day and by night, in letters of twice the size, all of it is there and readable."""
    assert faults_on_screens(file_of(handbook, "epub").read_bytes(), tmp_path)[0] == []
