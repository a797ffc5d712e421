"""Arguments and options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from anthology.cli.completion import complete_editions

if TYPE_CHECKING:
    from anthology.cache import Cache

project_argument = click.argument("project", default=".", type=click.Path(path_type=Path))
editions_option = click.option(
    "-e",
    "--edition",
    "editions",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_editions,
    help="Only this edition; may be repeated.",
)
jobs_option = click.option(
    "-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes at work; default: one a core."
)
no_cache_option = click.option("--no-cache", is_flag=True, help="Read every article anew, and keep nothing.")
cache_dir_option = click.option(
    "--cache-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep what was read here, not in the user's cache folder.",
)


def chosen_cache(no_cache: bool, cache_dir: Path | None) -> Cache | None:
    """Give the cache that `--no-cache` and `--cache-dir` ask for; None where nothing is to be kept.

    One that others could write into is not used, which is told: no book depends on it.
    """
    from anthology.cache import Cache, default_folder
    from anthology.cli.report import tell
    from anthology.problems import Problem

    if no_cache:
        return None
    cache = Cache(cache_dir or default_folder())
    why = cache.distrust()
    if not why:
        return cache
    message = f"the cache in {cache.folder} is not used: {why}"
    folder = shlex.quote(str(cache.folder))
    hint = (
        "what lies there could run any program: name a folder of your own with --cache-dir, or empty this one "
        f"and take it for yourself: anthology cache clear --cache-dir {folder}; chmod go-w {folder}"
    )
    tell([Problem("B031", "warning", message, None, hint)])
    return None
