"""What has the name of a file and is none: pipes, devices, sockets, links that lead out, files without end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import Tell
from making import BOOK, write_project

TEXT = "---\ntitle: One\n---\n\nSome words.\n"
SHOWN = {"content/one.md": TEXT + "\n![A picture](p.png)\n"}
PRESS = BOOK + '[editions.p]\nformat = "pdf"\nprinter = "press"\nicc = "p.icc"\n'
OWN = BOOK + '[editions.p]\nformat = "pdf"\nprinter = "own"\n'
BUILD = ("build", "book", "-e", "ebook", "--no-cache")

PIPE = "it is a pipe, not a file\n    hint: put the file itself in its place\n1 error\n"
OUTSIDE = "it lies outside the project\n    hint: copy what it leads to into the project, in place of the link\n1 error\n"
LARGE = "it has 102,400.0 MB; the most is {} MB\n    hint: make it smaller, or divide it\n1 error\n"


def pipe(path: Path) -> None:
    """Make a pipe that nobody writes into."""
    os.mkfifo(path)


def plug(path: Path) -> None:
    """Make a socket."""
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def sparse(path: Path) -> None:
    """Make a file of 100 GB that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(100 * 2**30)


def link(target: str) -> Callable[[Path], None]:
    """Make links to a target: a file of the machine, or one that lies beside the project."""
    return lambda path: path.symlink_to(target)


class Case(NamedTuple):
    """What lies where, the command, and the beginning and end of what it says."""

    path: str
    make: Callable[[Path], None]
    said: str
    command: tuple[str, ...] = BUILD
    files: dict[str, str] = {"content/one.md": TEXT}  # noqa: RUF012  # never written to
    code: int = 1


CASES = {
    "article": Case("content/x.md", pipe, f"content/x.md: error B007: {PIPE}"),
    "picture": Case(
        "content/p.png", pipe, f"content/one.md:7: error I007: p.png cannot be taken: {PIPE}", files=SHOWN
    ),
    "settings": Case("anthology.toml", pipe, f"anthology.toml: error B007: {PIPE}"),
    "styles that lead out": Case(
        "styles/house.css", link("../../out.css"), f"styles/house.css: error B007: {OUTSIDE}"
    ),
    "templates": Case(
        "templates",
        link("/dev/zero"),
        "templates: error B007: it is no folder\n    hint: make a folder of this name\n1 error\n",
    ),
    "article without end": Case("content/x.md", sparse, f"content/x.md: error B007: {LARGE.format(10)}"),
    "captures": Case(
        "captures/x.txt",
        pipe,
        "captures/x.txt: error M080: this is no file that can be read\n1 error\nbook: 0 articles, 0 of them written\n",
        ("import", "book/captures", "--into", "book"),
    ),
    "PDF": Case(
        "x.pdf",
        pipe,
        "error V003: book/x.pdf cannot be checked: " + PIPE,
        ("check", "book/x.pdf", "--profile", "kdp"),
        code=2,
    ),
    # The rest in the full run.
    "article in a socket": Case("content/x.md", plug, "content/x.md: error B007: it is a socket, not a file\n"),
    "article of a device": Case("content/x.md", link("/dev/zero"), f"content/x.md: error B007: {OUTSIDE}"),
    "article at the end of nothing": Case(
        "content/x.md", link("nowhere.md"), "content/x.md: error B007: there is nothing at the end of this link\n"
    ),
    "content that leads out": Case("content", link("../out"), f"content: error B007: {OUTSIDE}", files={}),
    "section that leads out": Case("content/s", link("../../out"), f"content/s: error B007: {OUTSIDE}"),
    "settings without end": Case("anthology.toml", sparse, f"anthology.toml: error B007: {LARGE.format(10)}"),
    "styles without end": Case("styles/house.css", sparse, f"styles/house.css: error B007: {LARGE.format(10)}"),
    "picture without end": Case(
        "content/p.png", sparse, f"content/one.md:7: error I007: p.png cannot be taken: {LARGE.format(512)}", files=SHOWN
    ),
    "template": Case("templates/article.html", pipe, f"templates/article.html: error B007: {PIPE}"),
    "theme": Case("styles/themes/q/house.css", pipe, f"styles/themes/q/house.css: error B007: {PIPE}"),
    "cover": Case(
        "c.jpg", pipe, f"c.jpg: error B007: {PIPE}", files={"anthology.toml": BOOK + 'cover = "c.jpg"\n', "content/one.md": TEXT}
    ),
    "colour profile": Case(
        "p.icc", pipe, f"p.icc: error B007: {PIPE}", ("build", "book"), {"anthology.toml": PRESS, "content/one.md": TEXT}
    ),
    "profile": Case(
        "printers/own.toml", pipe, f"printers/own.toml: error B007: {PIPE}", ("build", "book"), {"anthology.toml": OWN, "content/one.md": TEXT}
    ),
    "capture by its name": Case(
        "captures/x.txt", pipe, "book/captures/x.txt: error M080: this is no file that can be read\n1 error\nbook: 0 articles, 0 of them written\n",
        ("import", "book/captures/x.txt", "--into", "book"),
    ),
    "settings of what is imported into": Case(
        "anthology.toml", pipe, f"anthology.toml: error B007: {PIPE}", ("import", "out.txt", "--into", "book")
    ),
    "captures that lead out": Case(
        "captures",
        link("../out"),
        f"captures/out.txt: error B007: {OUTSIDE}",
        ("import", "out.txt", "--into", "book"),
    ),
    "imports that lead out": Case(
        ".anthology",
        link("../out"),
        f".anthology/imports: error B007: {OUTSIDE}",
        ("import", "out.txt", "--into", "book"),
    ),
    "the running order": Case("content/x.md", pipe, f"content/x.md: error B007: {PIPE.partition('1 error')[0]}", ("plan", "book")),
    "related reading": Case("content/x.md", pipe, f"content/x.md: error B007: {PIPE}", ("relate", "book")),
    "device to be checked": Case(
        "y.pdf", link("/dev/zero"), "error V003: book/y.pdf cannot be checked: it is a device, not a file\n",
        ("check", "book/y.pdf", "--profile", "kdp"), code=2,
    ),
    "profile for a check": Case(
        "printers/own.toml", pipe, f"printers/own.toml: error B007: {PIPE}", ("check", "book/content/one.md", "--profile", "own")
    ),
}  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_what_is_no_file_is_told_of(tmp_path: Path, share: Callable[[int, int], int], tell: Tell) -> None:
    """Each is one problem that names it, with exit code 1 or 2, within seconds; nothing waits, fills the memory or fails."""
    tried = dict(list(CASES.items())[: share(8, len(CASES))])
    failed = {}
    for name, case in tried.items():
        folder = tmp_path / name.replace(" ", "-")
        root = write_project(folder / "book", case.files)
        write_project(
            folder,
            {
                "out.css": "p { color: red }\n",
                "out.txt": "Words.\n",
                "out/x.md": TEXT,
                "out/imports/x.md": TEXT,
            },
        )
        place = root / case.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        case.make(place)
        command = [sys.executable, "-m", "anthology", *case.command]
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=100, check=False)
        if ran.returncode != case.code or case.said not in ran.stderr or "Traceback" in ran.stderr:
            failed[name] = f"{ran.returncode}: {ran.stderr}"
    tell(
        "no regular files",
        len(tried),
        len(tried) - len(failed),
        "pipes, devices, links and files without end",
    )
    assert failed == {}
