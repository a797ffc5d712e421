"""`anthology preview`: the book on a page in the browser, which follows edits."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from anthology.cli.options import (
    cache_dir_option,
    chosen_cache,
    jobs_option,
    no_cache_option,
    project_argument,
)


@click.command()
@project_argument
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    help="Listen on this port; default: 4747, or any that is free.",
)
@click.option("--no-open", is_flag=True, help="Do not open the page in the browser.")
@click.option(
    "--editor",
    envvar="ANTHOLOGY_EDITOR",
    default="",
    metavar="NAME|ADDRESS",
    help="Open problems in this editor (vscode, zed, sublime …), or by an address with {path} and {line} in it.",
)
@jobs_option
@no_cache_option
@cache_dir_option
def preview(
    project: Path,
    port: int,
    no_open: bool,
    editor: str,
    jobs: int | None,
    no_cache: bool,
    cache_dir: Path | None,
) -> None:
    """Show PROJECT on a page in the browser, on this machine alone; it follows every edit until Ctrl-C.

    \b
    anthology preview                          the book in this folder
    anthology preview my-book --editor vscode  problems open in Visual Studio Code
    """
    from anthology.preview import Settings, preview
    from anthology.preview.editors import template_of

    try:
        template_of(editor)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--editor") from error

    def ready(address: str) -> None:
        click.echo(f"{address} shows the book, and follows your edits. Ctrl-C ends it.", err=True)
        if not no_open and sys.stderr.isatty():
            click.launch(address)

    cache = chosen_cache(no_cache, cache_dir)
    preview(project, Settings(port, jobs or os.cpu_count() or 1, cache, editor), ready)
    if cache:
        cache.prune()
