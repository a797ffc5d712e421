"""`anthology import`: captured pages and posts become articles of a project."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from anthology.cli.options import jobs_option

if TYPE_CHECKING:
    from rich.console import Console

    from anthology.importing import Outcome

# Fewer files are done before a bar could be read.
_WORTH_A_BAR = 5
# Where the tables go to a file or a pipe, there is no terminal to fit them to.
_WIDTH_OF_A_FILE = 160


@click.command("import")
@click.argument(
    "sources", metavar="FILE|DIR…", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--into",
    required=True,
    metavar="PROJECT",
    type=click.Path(path_type=Path, file_okay=False),
    help="The project that gets the articles; made if absent.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; show the table of contents it would make.")
@click.option(
    "--report",
    "report_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the account of every line as JSON.",
)
@click.option(
    "--force", is_flag=True, help="Take the new text of edited articles, and keep the old beside it (.old)."
)
@click.option(
    "--pull-quotes",
    type=click.Choice(["all", "verbatim", "none"]),
    default="all",
    show_default=True,
    help="Keep all pull quotes, those that the text says in so many words, or none.",
)
@jobs_option
@click.option(
    "--allow-network", is_flag=True, help="Fetch pictures that pages show from the web, and say which."
)
@click.pass_context
def import_(
    ctx: click.Context,
    sources: tuple[Path, ...],
    into: Path,
    dry_run: bool,
    report_file: Path | None,
    force: bool,
    pull_quotes: Literal["all", "verbatim", "none"],
    jobs: int | None,
    allow_network: bool,
) -> None:
    """Make articles of captured pages (text or HTML) and Markdown posts: files, or folders of them.

    What was imported before is brought up to date; what a person has written since is never lost.

    \b
    anthology import captures --into my-book             a folder of captured pages
    anthology import page.html ~/blog/_posts --into my-book --dry-run
    """
    from anthology.cli.report import table_console, tell, tell_fetched
    from anthology.importing import Options, import_sources
    from anthology.network import Web

    web = Web(tell_fetched) if allow_network and not dry_run else None
    options = Options(force, dry_run, pull_quotes, jobs or os.cpu_count() or 1, web=web)
    console = table_console(_WIDTH_OF_A_FILE)
    with _progress(console) as told:
        outcome = import_sources(sources, into, options, told)
    tell(outcome.problems)
    _show(outcome, console, dry_run=dry_run)
    if report_file:
        from anthology.importers.report import report_json
        from anthology.writing import write_files

        report = report_json(outcome.accounts)
        write_files(report_file.parent, {report_file.name: report.encode()})
    click.echo(_verdict(outcome, into, dry_run=dry_run), err=True)
    ctx.exit(outcome.exit_code)


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[str, int], None]]:
    """Show a bar over many files, on a terminal only."""
    if not console.is_terminal:
        yield lambda _label, _total: None
        return
    from rich.markup import escape
    from rich.progress import Progress

    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("import", visible=False)

        def told(label: str, total: int) -> None:
            progress.update(
                task, advance=1, total=total, description=escape(label), visible=total >= _WORTH_A_BAR
            )

        yield told


def _show(outcome: Outcome, console: Console, *, dry_run: bool) -> None:
    from anthology.importers.report import account_table, contents_table, dropped_lines

    if not outcome.accounts:
        return
    console.print(account_table(outcome.accounts))
    for line in dropped_lines(outcome.accounts):
        console.print(line, style="dim")
    if dry_run:
        console.print()
        console.print(contents_table(outcome.accounts, outcome.sections))


def _verdict(outcome: Outcome, into: Path, *, dry_run: bool) -> str:
    articles = len({account.article for account in outcome.accounts if account.article})
    changed = sum(account.became in ("new", "changed", "merged", "replaced") for account in outcome.accounts)
    count = f"{articles} article{'' if articles == 1 else 's'}"
    if dry_run:
        return f"{count}, {changed} of them to be written; nothing was"
    return f"{into}: {count}, {changed} of them written" + (
        " (a new project)" if outcome.made_project else ""
    )
