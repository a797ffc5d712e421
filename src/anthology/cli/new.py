"""`anthology new`: a small anthology that builds at once."""

from __future__ import annotations

import datetime as dt
import json
import os
import shlex
import shutil
import subprocess
import sys
import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="The title of the book; default: the name of the folder.")
@click.option("--editor", help="Who edits it; default: the name that your commits or your account have.")
def new(folder: Path, title: str | None, editor: str | None) -> None:
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
    title = title or title_of(folder.resolve().name) or "My book"
    editor = editor or _name_of_user() or "Your Name"
    write_files(folder, {path: _filled(data, title, editor) for path, data in made.items()})
    content = folder / "content"
    click.echo(f"{folder}: a book of four articles; yours take their places in {content}. Next:", err=True)
    shown = "" if folder.resolve() == Path.cwd() else f" {shlex.quote(str(folder))}"
    next_commands = {
        f"anthology build{shown}": "make the EPUB and the PDF",
        f"anthology preview{shown}": "see its pages while you write",
        f"anthology check{shown}": "find what is wrong with it",
    }
    widest = max(map(len, next_commands))
    for command, what in next_commands.items():
        click.echo(f"    {command:<{widest}}    {what}", err=True)


def _name_of_user() -> str:
    """Give the name by which this machine knows who works on it: that of their commits, or of their account."""
    if name := os.environ.get("GIT_AUTHOR_NAME", ""):
        return name
    if git := shutil.which("git"):
        asked = subprocess.run([git, "config", "user.name"], capture_output=True, text=True, check=False)
        if name := asked.stdout.strip():
            return name
    if sys.platform == "win32":
        return ""
    import pwd

    with suppress(KeyError):
        # Where nobody has said who they are, the account has one word: `root`, `Ubuntu`.
        name = pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0]
        return name if " " in name else ""
    return ""


def _files(folder: Traversable, below: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found |= _files(entry, f"{below}{entry.name}/")
        elif not entry.name.endswith((".py", ".pyc")):
            found[below + entry.name] = entry.read_bytes()
    return found


def _filled(template: bytes, title: str, editor: str) -> bytes:
    """Fill in what is this book's own: its title, who edits it, the day, and an identifier that no other book has."""
    text = template.decode()
    # What JSON quotes, TOML and YAML read.
    text = text.replace('"{title}"', json.dumps(title, ensure_ascii=False))
    text = text.replace('"{editor}"', json.dumps(editor, ensure_ascii=False))
    text = text.replace("{date}", dt.datetime.now(dt.UTC).date().isoformat())
    return text.replace("{identifier}", uuid.uuid4().urn).encode()
