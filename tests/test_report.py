"""Problems as people see them."""

from __future__ import annotations

from anthology.cli.report import problem_lines
from anthology.model import Origin
from anthology.problems import Problem


def test_a_problem_is_a_line_and_a_hint() -> None:
    """A problem shows file, line, severity, code, what is wrong and what to do; the last line counts."""
    problem = Problem(
        "L002",
        "warning",
        'no article "tow" to refer to',
        Origin("content/mind/two.md", 12),
        'did you mean "two"?',
    )
    assert list(problem_lines([problem])) == [
        'content/mind/two.md:12: warning L002: no article "tow" to refer to',
        '    hint: did you mean "two"?',
        "1 warning",
    ]


def test_problems_are_sorted_and_told_once() -> None:
    """Problems come by file and line, equal ones once, errors counted before warnings."""
    problems = [
        Problem("L002", "warning", "third", Origin("b.md", 2)),
        Problem("L002", "warning", "second", Origin("a.md", 10)),
        Problem("F001", "error", "first", Origin("a.md", 2)),
        Problem("F001", "error", "first", Origin("a.md", 2)),
        Problem("F001", "error", "nowhere"),
    ]
    assert list(problem_lines(problems)) == [
        "error F001: nowhere",
        "a.md:2: error F001: first",
        "a.md:10: warning L002: second",
        "b.md:2: warning L002: third",
        "2 errors, 2 warnings",
    ]


def test_many_of_a_kind_are_folded_with_their_places() -> None:
    """More than three of a kind are one line that counts them, and every file and line below it."""
    problems = [
        Problem(
            "L002", "warning", f"{number}", Origin(f"{name}.md", number), fold="{count} entries lead nowhere"
        )
        for name in "ab"
        for number in (3, 12)
    ]
    assert list(problem_lines(problems)) == [
        "warning L002: 4 entries lead nowhere",
        "    a.md:3, 12",
        "    b.md:3, 12",
        "4 warnings",
    ]
    assert len(list(problem_lines(problems[:3]))) == 4
