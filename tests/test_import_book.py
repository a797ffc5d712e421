"""Captured pages, from the folder of captures to a printed book, and through everything an editor does to them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reading_back import epubcheck, read_pdf

from anthology.build import Options, Outcome, build
from anthology.importing import Options as ImportOptions
from anthology.importing import import_sources

CAPTURES = Path(__file__).parent / "captures"


@pytest.fixture
def magazine(tmp_path: Path) -> Path:
    """Import six captures that refer to one another into a new project."""
    project = tmp_path / "magazine"
    sources = sorted(CAPTURES.glob("magazine-*.txt"))
    outcome = import_sources(sources, project, ImportOptions(), lambda *_: None)
    assert outcome.exit_code == 0
    return project


def printed(project: Path) -> tuple[Outcome, dict[str, list[str]]]:
    """Build the print edition; give for each article the titles that its related reading prints with a page."""
    outcome = build(project, Options(("print",)), lambda stage, detail: None)
    assert outcome.written, outcome.problems
    facts = read_pdf((outcome.folder / outcome.record.editions[0].path).read_bytes())
    titles = {title: page for level, title, page in facts.outline if level == 2}
    starts = sorted((page, title) for title, page in titles.items())
    related: dict[str, list[str]] = {title: [] for title in titles}
    for page, words, to in facts.links:
        found = re.match(r"(.+?) (?:By )?.*page (\d+)$", words)
        at = [title for start, title in starts if start <= page]
        if found and at:
            assert found.group(2) == facts.folios[to], words
            related[at[-1]] += [title for title, start in titles.items() if start == to]
    return outcome, related


def test_captures_become_a_book_in_which_stubs_are_page_numbers(magazine: Path) -> None:
    """Stubs that name other captures print as their titles with the page on which these stand."""
    _, related = printed(magazine)
    assert len(related) == 6
    assert all(related.values()), related


def test_no_link_breaks_when_an_editor_works(magazine: Path) -> None:
    """A rewritten standfirst, a renamed file and one moved to another section break no link."""
    _, before = printed(magazine)
    rewritten, renamed, moved, *_ = sorted(magazine.glob("content/*/*.md"))
    text = rewritten.read_text(encoding="utf-8")
    changed = re.sub(
        r"^standfirst:.*?(?=^\w)", "standfirst: Something else.\n", text, count=1, flags=re.M | re.S
    )
    assert changed != text
    rewritten.write_text(changed, encoding="utf-8")
    renamed.rename(renamed.with_name("quite-another-name.md"))
    other = next(folder for folder in magazine.glob("content/*") if folder != moved.parent)
    moved.rename(other / moved.name)
    _, after = printed(magazine)
    assert {title: sorted(found) for title, found in after.items()} == {
        title: sorted(found) for title, found in before.items()
    }


def test_the_e_book_of_captures_is_valid(tmp_path: Path) -> None:
    """EPUBCheck finds nothing in a book of every capture that the tests have."""
    project = tmp_path / "all"
    import_sources([CAPTURES], project, ImportOptions(), lambda *_: None)
    outcome = build(project, Options(("ebook",)), lambda stage, detail: None)
    assert outcome.written, outcome.problems
    assert epubcheck(outcome.folder / outcome.record.editions[0].path) == []
