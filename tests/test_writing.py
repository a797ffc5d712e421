"""Writing: each file is the old one or the new one."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from anthology.problems import ContentError
from anthology.writing import SUMS, write_files, write_folder


def test_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    """Files arrive whole, over old ones, in a folder that is made; nothing temporary stays."""
    folder = tmp_path / "a" / "dist"
    write_files(folder, {"x": b"1", "y": b"2"})
    write_files(folder, {"x": b"3"})
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"x": b"3", "y": b"2"}


def test_a_failure_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fills at the second file, the first is still the old one, and no litter is left."""
    write_files(tmp_path, {"x": b"old"})
    calls: list[int] = []

    def fsync(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(ContentError) as failure:
        write_files(tmp_path, {"x": b"new", "y": b"new"})
    assert failure.value.problems[0].message == f"cannot write to {tmp_path}: no space left on device"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"x": b"old"}


def test_permissions_follow_the_umask(tmp_path: Path) -> None:
    """A book has the permissions of any other new file, not those of a temporary one."""
    before = os.umask(0o027)
    try:
        write_files(tmp_path, {"x": b""})
    finally:
        os.umask(before)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o640


def test_a_killed_build_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """Whenever a build is killed, each file is whole: fifty kills, at fifty moments of writing."""
    program = (
        "import itertools; from pathlib import Path; from anthology.writing import write_files\n"
        "for letter in itertools.cycle(b'ab'):\n"
        f"    write_files(Path({str(tmp_path)!r}), {{'x': bytes([letter]) * 300_000}})\n"
        "    print(flush=True)\n"
    )
    moments = random.Random(5)
    seen = set()
    for _ in range(50):
        with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(moments.uniform(0, 0.02))
            writer.kill()
        data = (tmp_path / "x").read_bytes()
        assert data in (b"a" * 300_000, b"b" * 300_000)
        seen.add(data[:1])
    assert seen == {b"a", b"b"}


def test_eight_builds_at_once_get_in_nobodys_way(tmp_path: Path) -> None:
    """Eight processes write the same files time and again: each that is there is somebody's, whole, and no other is."""
    program = (
        "import sys; from pathlib import Path; from anthology.writing import write_files\n"
        f"for _ in range(10): write_files(Path({str(tmp_path)!r}), dict.fromkeys('xy', sys.argv[1].encode() * 200_000))"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, letter]) for letter in "abcdefgh"]
    while any(writer.poll() is None for writer in writers):
        for path in (tmp_path / name for name in "xy"):
            data = path.read_bytes() if path.exists() else b"a" * 200_000
            assert data == data[:1] * 200_000
        time.sleep(0.01)
    assert [writer.returncode for writer in writers] == [0] * 8
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x", "y"]


def digests(*names: str) -> bytes:
    """List names as a list of digests does."""
    return "".join(f"{'0' * 64}  {name}\n" for name in names).encode()


def contents(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """What was written before and is no longer there goes; nothing temporary stays beside the folder."""
    folder = tmp_path / "a" / "sent"
    write_folder(folder, {"x": b"1", "y": b"2", SUMS: digests("x", "y")})
    write_folder(folder, {"x": b"3", SUMS: digests("x")})
    assert contents(folder) == {"x": b"3", SUMS: digests("x")}
    assert [path.name for path in folder.parent.iterdir()] == ["sent"]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    """A folder that holds anything of somebody else's is never replaced; it is told, and what would be lost."""
    folder = tmp_path / "sent"
    write_folder(folder, {"x": b"1", SUMS: digests("x")})
    (folder / "letter.txt").write_bytes(b"Dear Ada")
    before = contents(folder)
    with pytest.raises(ContentError) as failure:
        write_folder(folder, {"x": b"2", SUMS: digests("x")})
    (problem,) = failure.value.problems
    assert problem.code == "B020"
    assert problem.message == f"{folder} holds other files, which would be lost: letter.txt"
    assert problem.hint == "choose a folder that is empty, or is not there yet"
    assert contents(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["sent"]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_folder_is_the_old_one_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """When the disk refuses a file, or to put the folder in its place, the old folder stays and no litter is left."""
    folder = tmp_path / "sent"
    old = {"x": b"old", SUMS: digests("x")}
    write_folder(folder, old)
    calls: list[Path] = []
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        # Two files are put into the new folder, then the old folder is put aside, then the new one in its place.
        calls.append(path)
        if len(calls) == at + 1:
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ContentError) as failure:
        write_folder(folder, {"x": b"new", SUMS: digests("x")})
    assert failure.value.problems[0].message == f"cannot write to {folder}: no space left on device"
    assert contents(folder) == old
    assert [path.name for path in tmp_path.iterdir()] == ["sent"]
