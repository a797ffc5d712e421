"""Builds as programs of their own: started, killed, and what they leave held against what they should."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from making import write_project
from miscellany import Writer, article

TOML = """\
[book]
title = "Ferries"
language = "en"
date = 2026-03-01
identifier = "urn:uuid:5b0c5bb2-5a0e-4b7a-9a53-1b1f3c7d0a11"

[editions.ebook]
format = "epub"

[editions.print]
format = "pdf"
trim = "100x140mm"
"""
EPUB = "ferries.epub"
EDITED = "content/harbour/piece-3.md"
TEMPORARY = ".anthology-*"
# Longer than any build of these books takes on a machine with much else to do.
PATIENCE = 300.0


def write_ferries(root: Path, articles: int) -> Path:
    """Write a book of so many articles in two sections."""
    write = Writer("ferries")
    files = {
        f"content/{'harbour' if number % 2 else 'island'}/piece-{number}.md": article(
            f"Piece {number}", write.paragraphs(3), related=f"[piece-{(number + 1) % articles}]"
        )
        for number in range(articles)
    }
    return write_project(root, {"anthology.toml": TOML, **files})


def start(
    project: Path, *options: str, program: tuple[str, ...] = ("-m", "anthology"), **environment: str
) -> subprocess.Popen[str]:
    """Start a build in a session of its own, so that whoever is left of it can be found."""
    return subprocess.Popen(
        [sys.executable, *program, "build", str(project), *options],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finished(build: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for a build; give its exit code and what it said. Whatever it said, it was no traceback."""
    _, said = build.communicate(timeout=PATIENCE)
    assert "Traceback" not in said, said
    return build.returncode, said


def run(project: Path, *options: str, **environment: str) -> tuple[int, str]:
    """Build to the end; give the exit code and what was said."""
    return finished(start(project, *options, **environment))


def command(words: tuple[str, ...]) -> tuple[int, str]:
    """Run a command; give its exit code and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "anthology", *words],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr


def left_of(session: int) -> list[int]:
    """List the processes of a session that still are there, those apart that have ended."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(entry.name))
    return found


def gone(session: int, seconds: float = 20.0) -> bool:
    """Wait until no process of a session is left; false where some outlive their time."""
    until = time.monotonic() + seconds
    while left_of(session):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def contents(folder: Path) -> dict[str, str]:
    """Digest each file of a folder, and those below it; the record without the time that the build took."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            found[path.relative_to(folder).as_posix()] = digest_of(path.name, path.read_bytes())
    return found


def digest_of(name: str, data: bytes) -> str:
    """Digest what a file of a build holds; of a record that is no whole JSON, the digest is empty."""
    if name == "build.json":
        try:
            record = json.loads(data)
        except ValueError:
            return ""
        for edition in record["editions"]:
            del edition["seconds"], edition["reused"]
        data = json.dumps(record).encode()
    return sha256(data).hexdigest()


@dataclass(frozen=True)
class Whole:
    """What the files of a folder may hold, by name: the digests of some builds that nobody disturbed."""

    allowed: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, *builds: Mapping[str, str]) -> Whole:
        """Allow what any of some builds made."""
        names = {name for build in builds for name in build}
        return cls({name: frozenset(build[name] for build in builds if name in build) for name in names})

    def broken_in(self, folder: Path) -> list[str]:
        """Name the files that are none of those, and those that are missing."""
        there = contents(folder)
        return sorted(
            name
            for name in {*there, *self.allowed}
            if there.get(name) not in self.allowed.get(name, frozenset())
        )


def litter(*folders: Path) -> list[str]:
    """List what is left behind in folders, and below them, of builds that did not come to their end."""
    return [path.name for folder in folders for path in folder.rglob("*") if path.name.startswith(".")]


@contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[Path]:
    """Mount a disk of so many kilobytes on a folder; skip the test where that is not allowed."""
    if shutil.which("mount") is None:
        pytest.skip("full disks: there is no mount here")
    place.mkdir(parents=True, exist_ok=True)
    options = f"size={kilobytes}k,mode=700"
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("full disks: mounting is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path, leave: int = 0) -> Path:
    """Fill a disk, all but so many bytes."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    os.truncate(filler, max(filler.stat().st_size - leave, 0))
    return filler


def remount(disk: Path, how: str) -> None:
    """Make a disk readable only ("ro"), or writable again ("rw")."""
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)
