"""`anthology new`: a small anthology that builds at once."""

from __future__ import annotations

import datetime as dt
import json
import shlex
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="The title of the book; default: the name of the folder.")
def new(folder: Path, title: str | None) -> None:
    """Make a small anthology in DIR that builds at once, to be replaced piece by piece.

    \b
    anthology new my-book
    anthology new my-book --title "The Lower River"
    """
    from importlib.resources import files

    from anthology.config.slugs import title_of
    from anthology.problems import Problem, UsageError
    from anthology.writing import write_files

    if folder.exists() and any(folder.iterdir()):
        problem = Problem(
            "B004",
            "error",
            f"{folder} is not empty; nothing was changed",
            None,
            "name a folder that does not exist",
        )
        raise UsageError(problem)
    made = _files(files("anthology") / "sample", "")
    made["anthology.toml"] = _filled(
        made["anthology.toml"], title or title_of(folder.resolve().name) or "My book"
    )
    write_files(folder, made)
    click.echo(f"{folder}: a book of four articles. Next:", err=True)
    shown = "." if folder.resolve() == Path.cwd() else shlex.quote(str(folder))
    for command, what in (
        (f"anthology build {shown}", f"makes {folder / 'dist'}: an EPUB and a PDF"),
        (f"{folder / 'anthology.toml'}", "is the book: title, sections, order"),
        (f"{folder / 'content'}", "is where the articles go, a folder a section"),
    ):
        click.echo(f"    {command:<32} {what}", err=True)


def _files(folder: Traversable, below: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found |= _files(entry, f"{below}{entry.name}/")
        elif not entry.name.endswith((".py", ".pyc")):
            found[below + entry.name] = entry.read_bytes()
    return found


def _filled(template: bytes, title: str) -> bytes:
    """Fill in what is this book's own: its title, the day, and an identifier that no other book has."""
    text = template.decode()
    text = text.replace('"{title}"', json.dumps(title, ensure_ascii=False))
    text = text.replace("{date}", dt.datetime.now(dt.UTC).date().isoformat())
    return text.replace("{identifier}", uuid.uuid4().urn).encode()
