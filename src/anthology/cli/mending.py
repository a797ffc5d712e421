"""`anthology check --fix`: what is safe to mend, shown as a diff, and written when its editor agrees."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from anthology.checking.mending import Change

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def mend(project: Path, *, agreed: bool) -> int:
    """Show what can be mended in a project and, if its editor agrees, write it.

    Returns the exit code: 0 where nothing is left to mend, 1 where something is.
    """
    from anthology.checking.mending import mend_project, write_changes
    from anthology.cli.report import tell

    changes, problems = mend_project(project)
    for change in changes:
        _show(change)
    tell(problems)
    if not changes:
        click.echo("nothing to mend" if not problems else "nothing was written", err=True)
        return 1 if problems else 0
    files = "1 file" if len(changes) == 1 else f"{len(changes)} files"
    if not agreed and not (_on_terminal() and click.confirm(f"Mend {files}?", err=True)):
        click.echo(f"nothing was written; --yes mends {files}", err=True)
        return 1
    left = write_changes(project, changes)
    for path in left:
        click.echo(f"{path} has changed meanwhile, and stays as it is", err=True)
    count = len(changes) - len(left)
    click.echo(f"mended {count} file{'' if count == 1 else 's'}", err=True)
    return 1 if left or problems else 0


def _on_terminal() -> bool:
    """Tell whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _show(change: Change) -> None:
    for line in change.diff():
        click.echo(click.style(line, fg=_COLOURS.get(line[:1])))
