"""Problems as people see them: one line each, the same kind folded, counted at the end."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import click

from anthology.problems import gathered_problems, sorted_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

    from anthology.problems import Problem

# As many places as somebody looks up one by one; whoever mends more searches the file.
_MOST_LINES = 20
_COLOURS = {"error": "red", "warning": "yellow"}


def tell(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, in colour on a terminal (`NO_COLOR` is respected by Click)."""
    for line in problem_lines(problems, style=click.style):
        click.echo(line, err=True)


def table_console(width: int, *, markup: bool = True) -> Console:
    """Make the console that tables are printed on, on standard error.

    A terminal has a width of its own; in a file or a pipe it is that of `COLUMNS`, or else `width` in characters.
    Without `markup`, square brackets in names stay what they are.
    """
    from rich.console import Console

    console = Console(stderr=True, highlight=False, markup=markup)
    if not console.is_terminal:
        columns = os.environ.get("COLUMNS", "")
        console.width = int(columns) if columns.isdecimal() and int(columns) else width
    return console


def tell_fetched(address: str, result: str) -> None:
    """Say on standard error what was fetched from the web: its size, or why nothing came."""
    click.echo(f"fetched {address}: {result}", err=True)


def problem_lines(problems: Iterable[Problem], style: object = None) -> Iterator[str]:
    """Write problems as lines.

    Problems of one code that can be folded, more than three of them, become one line and the places below it.
    The last line counts; without any problem there is none.
    """
    paint = style if callable(style) else _plain
    told = sorted_problems(problems)
    for gathered in gathered_problems(told):
        yield from _lines(gathered[0], paint) if len(gathered) == 1 else _folded(gathered, paint)
    if told:
        yield _count(told)


def _lines(problem: Problem, paint: object) -> Iterator[str]:
    assert callable(paint)
    severity = paint(f"{problem.severity} {problem.code}", fg=_COLOURS[problem.severity])
    yield f"{_place(problem)}{severity}: {problem.message}"
    if problem.hint:
        yield f"    hint: {problem.hint}"


def _folded(problems: Sequence[Problem], paint: object) -> Iterator[str]:
    """Write one line for all, and where they are: the lines of each file behind its name.

    Behind a colon what is to be done stands before the places: each word that is to be spelt otherwise.
    """
    assert callable(paint)
    first = problems[0]
    severity = paint(f"{first.severity} {first.code}", fg=_COLOURS[first.severity])
    yield f"{severity}: {first.fold.format(count=len(problems))}"
    if not first.fold.endswith(":"):
        yield from (f"    {place}" for place in _places(problems))
        return
    by_hint: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_hint[problem.hint].append(problem)
    for hint, alike in sorted(by_hint.items()):
        yield f"    {hint}: {'; '.join(_places(alike))}"


def _places(problems: Iterable[Problem]) -> Iterator[str]:
    places: dict[str, list[str]] = defaultdict(list)
    for problem in problems:
        if problem.origin:
            places[problem.origin.path].append(str(problem.origin.line or ""))
    for path, lines in places.items():
        numbers = [line for line in dict.fromkeys(lines) if line]
        more = f" and {len(numbers) - _MOST_LINES} more" if len(numbers) > _MOST_LINES else ""
        yield f"{path}:{', '.join(numbers[:_MOST_LINES])}{more}" if numbers else path


def _place(problem: Problem) -> str:
    if problem.origin is None:
        return ""
    return (
        f"{problem.origin.path}:{problem.origin.line}: "
        if problem.origin.line
        else f"{problem.origin.path}: "
    )


def _count(problems: tuple[Problem, ...]) -> str:
    counts = Counter(problem.severity for problem in problems)
    words = [
        f"{counts[severity]} {severity}" + ("" if counts[severity] == 1 else "s")
        for severity in ("error", "warning")
        if counts[severity]
    ]
    return ", ".join(words)


def _plain(text: str, **_: object) -> str:
    return text
