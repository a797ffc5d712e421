"""`anthology cache`: what is kept between builds."""

from __future__ import annotations

from pathlib import Path

import click

_FOLDER = click.option(
    "--cache-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The cache in this folder, not in the user's.",
)


@click.group()
def cache() -> None:
    """Look at what is kept between builds, or throw it away; no book depends on it.

    \b
    anthology cache info
    anthology cache clear
    """


@cache.command()
@_FOLDER
def info(cache_dir: Path | None) -> None:
    """Say where the cache is and how large.

    \b
    anthology cache info
    anthology cache info --cache-dir kept    of the one in the folder "kept"
    """
    from anthology.cache import Cache, default_folder

    kept = Cache(cache_dir or default_folder())
    usage = kept.usage()
    click.echo(f"{kept.folder}: {usage.entries} entries, {usage.bytes / 1024**2:.1f} MB", err=True)


@cache.command()
@_FOLDER
def clear(cache_dir: Path | None) -> None:
    """Throw away all that is kept; the next build makes it again.

    \b
    anthology cache clear
    anthology cache clear --cache-dir kept    the one in the folder "kept"
    """
    from anthology.cache import Cache, default_folder

    kept = Cache(cache_dir or default_folder())
    usage = kept.clear()
    click.echo(f"{kept.folder}: {usage.entries} entries removed, {usage.bytes / 1024**2:.1f} MB", err=True)
