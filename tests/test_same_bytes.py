"""The same book has the same bytes: on any machine, by any number of processes, whatever was built before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from making import write_project
from miscellany import TOML, Writer, article, write_pictures

WRITE = Writer("bytes")
FILES = {
    "anthology.toml": TOML.replace("5x8in", "100x140mm")
    + '[editions.ebook]\nformat = "epub"\npages-from = "print"\n',
    "content/shore/one.md": article(
        "One",
        f"{WRITE.paragraphs(3)}[^1]\n\n![A buoy.](images/buoy.svg)\n\n![Fog.](images/fog.png)\n\n[^1]: {WRITE.sentence()}",
        related="[two, three]",
        authors="Olive Tarn",
    ),
    "content/shore/two.md": article("Two", WRITE.paragraphs(2), related="[one, three]"),
    "content/house/three.md": article("Drei", f"Gegen {WRITE.paragraphs(2)}", lang="de", related="[one]"),
    "content/front/foreword.md": article("Foreword", WRITE.paragraphs(2)),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a book with two languages, pictures, and numbers everywhere."""
    root = write_project(tmp_path_factory.mktemp("here"), FILES)
    write_pictures(root / "content/shore/images")
    return root


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a cache that several builds share."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def first(project: Path, kept: Path) -> dict[str, str]:
    """Build it for the first time: one process, a cache with nothing in it."""
    return built(project, "--cache-dir", str(kept), "-j1", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")


def built(
    project: Path, *options: str, cwd: Path | None = None, umask: int = 0o022, **environment: str
) -> dict[str, str]:
    """Build both editions by the command, in an environment of its own, and give the digest of each file."""
    out = project / "dist"
    shutil.rmtree(out, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-m", "anthology", "build", str(project), *options],
        cwd=cwd or project.parent,
        umask=umask,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    digests = {path.suffix: sha256(path.read_bytes()).hexdigest() for path in out.iterdir()}
    assert {".epub", ".pdf"} < digests.keys()
    del digests[".json"]  # It tells how long the build took.
    return digests


def test_processes_folders_clocks_and_chance(project: Path, first: dict[str, str], tmp_path: Path) -> None:
    """Two processes, nothing kept, another folder, order of files, time zone, umask and order of sets: the same."""
    elsewhere = tmp_path / "a folder, elsewhere"
    for path in sorted(project.rglob("*"), reverse=True):
        if path.is_file() and "dist" not in path.parts:
            copy = elsewhere / path.relative_to(project)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            os.utime(copy, (1, 1))
    again = built(
        elsewhere,
        "--no-cache",
        "-j2",
        cwd=elsewhere / "content",
        umask=0o077,
        PYTHONHASHSEED="2",
        TZ="Pacific/Auckland",
        LC_ALL="C.UTF-8",
    )
    assert again == first


def test_an_edit_and_its_undoing(project: Path, kept: Path, first: dict[str, str]) -> None:
    """After an edit the book has the bytes of one that was always so; undone, it has those of before."""
    path = project / "content/shore/one.md"
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n\n{WRITE.paragraphs(4)}\n", encoding="utf-8")
    edited = built(project, "--cache-dir", str(kept), "-j2", PYTHONHASHSEED="3")
    assert edited == built(project, "--no-cache", "-j2", PYTHONHASHSEED="4")
    path.write_text(before, encoding="utf-8")
    assert built(project, "--cache-dir", str(kept), "-j2") == first
    assert not edited.items() & first.items()
