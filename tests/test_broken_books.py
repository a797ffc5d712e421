"""Broken books: each tiny project has faults of one family, and a check tells exactly those, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from anthology.build import Options
from anthology.checking.project import check_project
from anthology.checking.report import CheckReport
from anthology.checking.text import looks_not_taken, verdict
from anthology.cli.report import problem_lines

BOOKS = Path(__file__).parent / "broken_books"


def quick_check(book: Path) -> CheckReport:
    """Check the text of a book."""
    return check_project(book, Options(), lambda stage, detail: None, quick=True)


def told(report: CheckReport) -> str:
    """Write a report as people see it."""
    lines = [*list(problem_lines(report.problems))[:-1], *looks_not_taken(report), verdict(report)]
    return "".join(f"{line}\n" for line in lines).replace(report.subject, "BOOK")


@pytest.mark.parametrize("book", sorted(BOOKS.iterdir()), ids=lambda book: book.name)
def test_a_check_tells_exactly_what_is_broken(book: Path) -> None:
    """Every line of the report is pinned: place, severity, code, words and hint."""
    assert told(quick_check(book)) == (book / "expected.txt").read_text(encoding="utf-8")
