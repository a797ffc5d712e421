"""`anthology plan`: the running order of a book, before it is made."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from anthology.cli.options import (
    cache_dir_option,
    chosen_cache,
    jobs_option,
    no_cache_option,
    project_argument,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.table import Table

    from anthology.plan.order import Planned, RunningOrder
    from anthology.planning import Planning
    from anthology.problems import Problem

# Where the table goes to a file, there is no terminal to fit it to.
_WIDTH_OF_A_FILE = 120
# The columns whose words may go over several lines, with the widths below which a word would be cut.
_WORDS_IN = {"Article": 14, "Authors": 12, "Status": 8, "Problems": 8}
_LEFT_OUT = ("Authors", "Problems")
# In a narrower one, authors and titles do not fit side by side.
_WIDTH_OF_A_TERMINAL = 80


@click.command()
@project_argument
@jobs_option
@no_cache_option
@cache_dir_option
@click.option("--json", "as_json", is_flag=True, help="Print the plan on standard output, without the table.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the plan as a page to print or send, with charts; without the table.",
)
@click.pass_context
def plan(
    ctx: click.Context,
    project: Path,
    jobs: int | None,
    no_cache: bool,
    cache_dir: Path | None,
    as_json: bool,
    page: Path | None,
) -> None:
    """Show the running order of PROJECT, and what is out of balance in it; nothing is changed.

    \b
    anthology plan                       the book in this folder as a table
    anthology plan --html order.html     the same as a page to lay before a publisher
    anthology plan my-book --json        the same for a program
    """
    from anthology.build import Options
    from anthology.cli.report import tell
    from anthology.plan.record import failed_record, record_of
    from anthology.planning import plan_page, plan_project
    from anthology.problems import AnthologyError
    from anthology.writing import write_files

    cache = chosen_cache(no_cache, cache_dir)
    options = Options(jobs=jobs or os.cpu_count() or 1, cache=cache)
    try:
        planning = plan_project(project, options, lambda stage, detail: None)
    except AnthologyError as error:
        if as_json:
            click.echo(failed_record(error.problems).to_json(), nl=False)
        raise
    if cache:
        cache.prune()
    if as_json:
        click.echo(record_of(planning.order, planning.config).to_json(), nl=False)
    elif page is None:
        _show(planning)
    if page is not None:
        data = plan_page(project, planning).encode()
        write_files(page.parent, {page.name: data})
        click.echo(f"{page}: {len(data) / 1024:,.0f} kB", err=True)
    tell(_unfolded(planning.order.problems))
    ctx.exit(planning.exit_code)


def _unfolded(problems: Iterable[Problem]) -> Iterator[Problem]:
    """List what a build only counts, and points here for: related entries that are not in the book, and queries."""
    for problem in problems:
        yield replace(problem, fold="") if problem.code in ("L002", "T023") else problem


def _show(planning: Planning) -> None:
    """Print the table on standard error."""
    from anthology.cli.report import table_console

    console = table_console(_WIDTH_OF_A_FILE, markup=False)
    console.print(_table(planning.order, narrow=console.width < _WIDTH_OF_A_TERMINAL))
    click.echo(_sums(planning.order), err=True)
    if planning.newer:
        click.echo(
            f"No pages: {planning.newer} has changed since the last build. `anthology build` brings them up to date.",
            err=True,
        )


def _sums(order: RunningOrder) -> str:
    from anthology.plan.report import in_hours

    articles, words = len(order.articles), sum(section.words for section in order.sections)
    counted = "1 article" if articles == 1 else f"{articles:,} articles"
    time = in_hours(sum(section.minutes for section in order.sections))
    queries = sum(len(piece.article.queries) for piece in order.pieces)
    asked = "" if not queries else ", 1 query open" if queries == 1 else f", {queries:,} queries open"
    return f"{counted}, {words:,} words, {time} of reading{asked}"


def _table(order: RunningOrder, *, narrow: bool) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    columns = _columns([*order.front, *order.articles, *order.back], narrow=narrow)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", justify="right", style="dim", no_wrap=True)
    for name, (_, right) in columns.items():
        words = name in _WORDS_IN
        justify: Literal["left", "right"] = "right" if right else "left"
        table.add_column(
            name, justify=justify, overflow="fold", no_wrap=not words, min_width=_WORDS_IN.get(name)
        )

    def row(piece: Planned, number: str = "", style: str = "") -> None:
        # As text, so that square brackets in a title are not taken for markup.
        table.add_row(number, *(Text(value(piece)) for value, _ in columns.values()), style=style)

    for piece in order.front:
        row(piece)
    number = 0
    for section in order.sections:
        table.add_section()
        if section.title:
            sums = {"Words": f"{section.words:,}", "Min": str(section.minutes), "Article": section.title}
            table.add_row("", *(Text(sums.get(name, "")) for name in columns), style="bold")
        if section.introduction:
            row(section.introduction, style="italic")
        for piece in section.articles:
            number += 1
            row(piece, str(number))
    table.add_section()
    for piece in order.back:
        row(piece)
    return table


def _columns(pieces: list[Planned], *, narrow: bool) -> dict[str, tuple[Callable[[Planned], str], bool]]:
    """Choose the columns, each with how its value is written and whether it stands on the right.

    Languages, status and pages have one only where they say something. In a `narrow` table authors stand below
    the title, and problems below the table alone.
    """
    from anthology.plan.report import status_of

    columns: dict[str, tuple[Callable[[Planned], str], bool]] = {
        "Article": (_title_and_authors if narrow else lambda piece: piece.article.title, False),
        "Authors": (_authors, False),
        "Words": (lambda piece: f"{piece.article.words:,}", True),
        "Min": (lambda piece: str(piece.minutes), True),
        "Date": (lambda piece: piece.article.date.isoformat() if piece.article.date else "", False),
        "Out": (lambda piece: str(len(piece.related) or ""), True),
        "In": (lambda piece: str(len({*piece.referred_by, *piece.linked_from}) or ""), True),
    }
    if len({piece.language for piece in pieces}) > 1:
        columns["Language"] = (lambda piece: piece.language, False)
    editions = {edition: None for piece in pieces for edition in piece.start_pages}
    for edition in editions:
        name = "Page" if len(editions) == 1 else f"Page ({edition})"
        columns[name] = (lambda piece, edition=edition: piece.start_pages.get(edition, ""), True)  # type: ignore[misc]
    if any(piece.article.status or piece.article.approved for piece in pieces):
        columns["Status"] = (status_of, False)
    if any(piece.problems for piece in pieces):
        columns["Problems"] = (_codes, False)
    return {name: column for name, column in columns.items() if not narrow or name not in _LEFT_OUT}


def _title_and_authors(piece: Planned) -> str:
    return f"{piece.article.title}\n{_authors(piece)}".rstrip()


def _authors(piece: Planned) -> str:
    return ", ".join(credit.printed for credit in piece.article.credits if credit.role == "author")


def _codes(piece: Planned) -> str:
    return " ".join(sorted({problem.code for problem in piece.problems}))
