"""Disks that are full, or may not be written to: exit 1 and a message, the old files whole, and nothing left behind."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Tell
from running_builds import EDITED, command, contents, fill, remount, run, small_disk, write_ferries

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="full disks: they are mounted as Linux does it"
)

BOOK = ("-e", "ebook")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a small disk, or skip the test."""
    with small_disk(tmp_path / "disk", 8000) as place:
        yield place


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a small book."""
    return write_ferries(tmp_path / "ferries", 3)


def everything_in(folder: Path) -> dict[str, bytes]:
    """Read all that a folder holds, hidden or not; folders as well."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def edit(project: Path, number: int) -> None:
    """Make the book another one, and a longer one."""
    with (project / EDITED.replace("3", "1")).open("a", encoding="utf-8") as file:
        file.write(f"\n\nEdit {number}.\n")


def test_a_full_disk(
    project: Path, disk: Path, tmp_path: Path, share: Callable[[int, int], int], tell: Tell
) -> None:
    """However much room is left that is too little, the build ends with exit 1, and the folder is as it was."""
    out, cache = disk / "dist", ("--cache-dir", str(tmp_path / "cache"))
    assert run(project, *BOOK, *cache, "-o", str(out))[0] == 0
    size, rooms, held = (out / "ferries.epub").stat().st_size, share(2, 20), 0
    for number in range(rooms):
        edit(project, number)
        filler = fill(disk, leave=number * size // rooms)
        before = everything_in(disk)
        code, said = run(project, *BOOK, *cache, "-o", str(out))
        told = f"error B005: cannot write to {out}: no space left on device\n"
        hint = "    hint: choose another folder, or free some space\n"
        held += code == 1 and said.startswith(told + hint) and everything_in(disk) == before
        filler.unlink()
    tell("writing: a full disk", rooms, held, "builds")
    assert held == rooms
    assert run(project, *BOOK, *cache, "-o", str(out))[0] == 0


def test_a_disk_that_may_not_be_written_to(project: Path, disk: Path, tmp_path: Path, tell: Tell) -> None:
    """Neither files nor folders can be made there: exit 1, and what is there stays."""
    cache, held = ("--cache-dir", str(tmp_path / "cache")), 0
    assert run(project, *BOOK, *cache, "-o", str(disk / "dist"))[0] == 0
    before = everything_in(disk)
    remount(disk, "ro")
    for name in ("dist", "new/dist"):
        code, said = run(project, *BOOK, *cache, "-o", str(disk / name))
        told = f"error B005: cannot write to {disk / name}: read-only file system\n"
        held += code == 1 and said.startswith(told)
    remount(disk, "rw")
    tell("writing: a disk that may not be written to", 2, held, "builds")
    assert held == 2
    assert everything_in(disk) == before


def test_no_room_for_the_cache(project: Path, disk: Path, tmp_path: Path, tell: Tell) -> None:
    """A cache that cannot be kept, for want of room or of leave, costs speed: the book is the same, and nobody is told."""
    assert run(project, *BOOK, "--no-cache", "-o", str(tmp_path / "right"))[0] == 0
    right, held = contents(tmp_path / "right"), 0
    fill(disk, leave=20_000)
    for number, how in enumerate(("rw", "ro")):
        remount(disk, how)
        out = tmp_path / str(number)
        code, said = run(project, *BOOK, "--cache-dir", str(disk / "cache"), "-o", str(out))
        held += code == 0 and "error" not in said and "warning" not in said and contents(out) == right
    remount(disk, "rw")
    tell("a damaged cache: no room for it", 2, held, "builds")
    assert held == 2
    assert not list((disk / "cache").rglob("*.part"))


def test_no_room_for_temporary_files(
    project: Path, disk: Path, tmp_path: Path, share: Callable[[int, int], int], tell: Tell
) -> None:
    """Without room for temporary files a build makes the same book, or says what is wrong; the old files stay."""
    editions = share(1, 2)
    options = ["-e", "ebook", "-e", "print"][-2 * editions :]
    out = project / "dist"
    assert run(project, *options, "--no-cache")[0] == 0
    right, rooms = contents(out), share(2, 8)
    held = 0
    for number in range(rooms):
        filler = fill(disk, leave=number * 4096)
        code, said = run(project, *options, "--no-cache", TMPDIR=str(disk))
        held += contents(out) == right and (code == 0 or "hint: " in said)
        filler.unlink()
        assert list(disk.iterdir()) == []
    tell("writing: no room for temporary files", rooms, held, "builds")
    assert held == rooms


def test_no_room_for_articles(disk: Path, tmp_path: Path, tell: Tell) -> None:
    """An import and a new book that do not fit onto the disk change nothing there; with room they are made."""
    posts = tmp_path / "posts"
    posts.mkdir()
    for number in range(5):
        words = " ".join(f"word-{word}" for word in range(3000))
        (posts / f"post-{number}.md").write_text(f"---\ntitle: Post {number}\n---\n\n{words}\n")
    held = 0
    for leave, words in ((60_000, ("import", str(posts), "--into")), (4096, ("new",))):
        filler = fill(disk, leave)
        code, said = command((*words, str(disk / "book")))
        held += code == 1 and "error B005: " in said and [path.name for path in disk.iterdir()] == ["filler"]
        filler.unlink()
    tell("writing: no room for articles", 2, held, "commands")
    assert held == 2
    assert command(("import", str(posts), "--into", str(disk / "book")))[0] == 0
