"""`anthology completion`: words for the shell to complete, and what tells it how."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from anthology.problems import AnthologyError
from anthology.project import CONFIG, Project

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHELLS = ("bash", "zsh", "fish")
# Where a shell reads what it is to know when it starts.
_FILES = {"bash": "~/.bashrc", "zsh": "~/.zshrc", "fish": "~/.config/fish/completions/anthology.fish"}


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS), required=False)
def completion(shell: str | None) -> None:
    """Print what teaches SHELL to complete commands, options, articles and editions; default: your shell.

    \b
    anthology completion bash >> ~/.bashrc                                    for good, in bash
    anthology completion zsh >> ~/.zshrc                                      in zsh
    anthology completion fish > ~/.config/fish/completions/anthology.fish     in fish
    """
    from click.shell_completion import get_completion_class

    from anthology.cli import anthology

    name = shell or Path(os.environ.get("SHELL", "")).name
    made = get_completion_class(name) if name in _SHELLS else None
    if made is None:
        shells = ", ".join(_SHELLS)
        raise click.UsageError(f'which shell? say it: {shells} ("{name}" is none of these)')
    click.echo(made(anthology, {}, "anthology", "_ANTHOLOGY_COMPLETE").source())
    click.echo(f"new terminals complete once this stands in {_FILES[name]}", err=True)


def complete_articles(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """List the ids of a project's articles that begin with what was typed, as far as file names tell them."""
    with suppress(AnthologyError):
        stems = [PurePosixPath(path).stem for path in Project(_project(ctx)).articles()]
        return _beginning(begun, (stem for stem in stems if not stem.startswith("_")))
    return []


def complete_editions(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """List the editions of a project that begin with what was typed."""
    return _beginning(begun, _settings(ctx).get("editions") or ("ebook", "print"))


def complete_codes(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """List the codes of problems that begin with what was typed, in capitals or not."""
    from anthology.codes import CODES

    return _beginning(begun.upper(), CODES)


def _beginning(begun: str, names: Iterable[str]) -> list[str]:
    return sorted({name for name in names if name.startswith(begun)})


def _project(ctx: click.Context) -> Path:
    """Find the project among the words typed so far; Click leaves them in `args` where an option still wants a value."""
    named = [*ctx.args, ctx.params.get("project"), ctx.params.get("subject")]
    folders = [Path(name) for name in named if name]
    return next((folder for folder in folders if (folder / CONFIG).is_file()), Path())


def _settings(ctx: click.Context) -> dict[str, Any]:
    """Read the settings of a project, unchecked; nothing where they cannot be read."""
    import tomllib

    try:
        return tomllib.loads((_project(ctx) / CONFIG).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}
