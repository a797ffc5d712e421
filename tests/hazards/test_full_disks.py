"""Disks that are full, or may not be written to: exit 1 and a message, the old files whole, and nothing left behind."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Tell
from running_builds import command, contents, fill, remount, run, small_disk, write_ferries

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="full disks: they are mounted as Linux does it"
)

BOOK = ("-e", "ebook")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a small disk, or skip the test."""
    with small_disk(tmp_path / "disk", 8000) as place:
        yield place


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small book, and build it."""
    written = write_ferries(tmp_path_factory.mktemp("full") / "ferries", 3)
    assert run(written, *BOOK, "--no-cache")[0] == 0
    return written


def everything_in(folder: Path) -> dict[str, bytes]:
    """Read all that a folder holds, hidden or not; folders as well."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def test_a_full_disk(
    project: Path, disk: Path, tmp_path: Path, share: Callable[[int, int], int], tell: Tell
) -> None:
    """However much room is left that is too little, the build ends with exit 1, and the folder is as it was."""
    out, options = disk / "dist", (*BOOK, "--cache-dir", str(tmp_path / "cache"), "-o", str(disk / "dist"))
    out.mkdir()
    for name in ("ferries.epub", "build.json"):
        (out / name).write_bytes(b"old")
    size, rooms, held = (project / "dist" / "ferries.epub").stat().st_size, share(1, 20), 0
    for number in range(rooms):
        filler = fill(disk, leave=number * size // rooms)
        before = everything_in(disk)
        code, said = run(project, *options)
        told = f"error B005: cannot write to {out}: no space left on device\n"
        hint = "    hint: free some space, or choose another folder\n"
        held += code == 1 and said.startswith(told + hint) and everything_in(disk) == before
        filler.unlink()
    tell("writing: a full disk", rooms, held, "builds")
    assert held == rooms
    if rooms > 1:
        assert run(project, *options)[0] == 0


def test_a_disk_that_may_not_be_written_to(
    project: Path, disk: Path, share: Callable[[int, int], int], tell: Tell
) -> None:
    """Neither files nor folders can be made there: exit 1, and what is there stays."""
    held, names = 0, ("dist", "new/dist")[: share(1, 2)]
    (disk / "dist").mkdir()
    (disk / "dist" / "ferries.epub").write_bytes(b"old")
    before = everything_in(disk)
    remount(disk, "ro")
    for name in names:
        code, said = run(project, *BOOK, "--no-cache", "-o", str(disk / name))
        held += code == 1 and said.startswith(
            f"error B005: cannot write to {disk / name}: read-only file system\n"
        )
    remount(disk, "rw")
    tell("writing: a disk that may not be written to", len(names), held, "builds")
    assert held == len(names)
    assert everything_in(disk) == before


def test_no_room_for_the_cache(
    project: Path, disk: Path, tmp_path: Path, share: Callable[[int, int], int], tell: Tell
) -> None:
    """A cache that cannot be kept, for want of room or of leave, costs speed: the book is the same, and nobody is told."""
    held, ways = 0, ("rw", "ro")[: share(1, 2)]
    fill(disk, leave=20_000)
    for how in ways:
        remount(disk, how)
        out = tmp_path / how
        code, said = run(project, *BOOK, "--cache-dir", str(disk / "cache"), "-o", str(out))
        is_right = contents(out) == contents(project / "dist")
        held += code == 0 and "error" not in said and "warning" not in said and is_right
    remount(disk, "rw")
    tell("a damaged cache: no room for it", len(ways), held, "builds")
    assert held == len(ways)
    assert not list((disk / "cache").rglob("*.part"))


def test_no_room_for_temporary_files(
    project: Path, disk: Path, tmp_path: Path, share: Callable[[int, int], int], tell: Tell
) -> None:
    """Without room for temporary files a build makes the same book, or says what is wrong; the old files stay."""
    rooms, out, held = share(1, 12), tmp_path / "dist", 0
    for number in range(rooms):
        filler = fill(disk, leave=number * 4096)
        edition = ("ebook", "print")[number % 2]
        code, said = run(project, "-e", edition, "--no-cache", "-o", str(out), TMPDIR=str(disk))
        held += (code == 0 and out.is_dir()) or (code != 0 and "hint: " in said and not out.exists())
        filler.unlink()
        assert list(disk.iterdir()) == []
        shutil.rmtree(out, ignore_errors=True)
    tell("writing: no room for temporary files", rooms, held, "builds")
    assert held == rooms


def test_no_room_for_articles(
    disk: Path, tmp_path: Path, share: Callable[[int, int], int], tell: Tell
) -> None:
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
    if share(0, 1):
        assert command(("import", str(posts), "--into", str(disk / "book")))[0] == 0
