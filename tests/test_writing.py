"""Writing: each file is the old one or the new one."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from anthology import sole_writer, writing
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


def test_a_list_of_digests_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """A folder whose list of digests is no file is a stranger's, and left alone at once."""
    folder = tmp_path / "sent"
    folder.mkdir()
    os.mkfifo(folder / SUMS)
    with pytest.raises(ContentError) as failure:
        write_folder(folder, {"x": b"1", SUMS: digests("x")})
    assert [problem.code for problem in failure.value.problems] == ["B020"]


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


@pytest.mark.parametrize("swaps", [True, False], ids=["swapped", "one after another"])
@pytest.mark.parametrize("at", [1, 2])
def test_a_folder_is_the_old_one_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, swaps: bool
) -> None:
    """When the disk refuses a file of a folder, the old folder stays and no litter is left."""
    if not swaps:
        monkeypatch.setattr(writing, "_swap", lambda one, other: False)
    folder = tmp_path / "sent"
    old = {"x": b"old", SUMS: digests("x")}
    write_folder(folder, old)
    refuse_at(monkeypatch, os, "fsync", at)
    with pytest.raises(ContentError) as failure:
        write_folder(folder, {"x": b"new", SUMS: digests("x")})
    assert failure.value.problems[0].message == f"cannot write to {folder.parent}: no space left on device"
    assert contents(folder) == old
    assert [path.name for path in tmp_path.iterdir()] == ["sent"]


@pytest.mark.parametrize("at", [1, 2])
def test_a_folder_that_is_not_let_into_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Where two folders cannot be swapped and one of two renames is refused, the old folder is where it was."""
    monkeypatch.setattr(writing, "_swap", lambda one, other: False)
    folder = tmp_path / "sent"
    old = {"x": b"old", SUMS: digests("x")}
    write_folder(folder, old)
    refuse_at(monkeypatch, Path, "replace", at)
    with pytest.raises(ContentError):
        write_folder(folder, {"x": b"new", SUMS: digests("x")})
    assert contents(folder) == old
    assert [path.name for path in tmp_path.iterdir()] == ["sent"]


def refuse_at(monkeypatch: pytest.MonkeyPatch, of: object, name: str, at: int) -> None:
    """Let the call number `at` of a function fail, for want of room."""
    calls: list[object] = []
    function = getattr(of, name)

    def refuse(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == at:
            raise OSError(28, "No space left on device")
        return function(*arguments)

    monkeypatch.setattr(of, name, refuse)


def test_a_folder_of_which_the_writer_was_killed_is_put_back(tmp_path: Path) -> None:
    """Where two folders cannot be swapped, whoever is killed between two renames loses none: the next writing mends it."""
    folder = tmp_path / "sent"
    old = {"x": b"old", SUMS: digests("x")}
    write_folder(folder, old)
    killed(
        "writing._swap = lambda one, other: False\n"
        "replace, calls = Path.replace, []\n"
        "def once(path, target):\n"
        "    if calls: os.kill(os.getpid(), 9)\n"
        "    calls.append(path)\n"
        "    return replace(path, target)\n"
        "Path.replace = once\n"
        f"writing.write_folder(Path({str(folder)!r}), {{'x': b'new'}})\n"
    )
    assert not folder.exists()
    write_folder(tmp_path / "another", {"y": b"1"})
    assert contents(folder) == old
    assert sorted(path.name for path in tmp_path.iterdir()) == ["another", "sent"]


def killed(program: str) -> None:
    """Run a program that kills itself."""
    before = "import os, time\nfrom pathlib import Path\nfrom anthology import writing\n"
    done = subprocess.run([sys.executable, "-c", before + program], check=False)
    assert done.returncode == -9


def test_a_set_that_is_refused_in_the_middle_goes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the last of three files is not let into its place, the first is the old one again and the second not there."""
    write_files(tmp_path, {"x": b"old", "z": b"old"})
    refuse_at(monkeypatch, Path, "replace", 3)
    with pytest.raises(ContentError):
        write_files(tmp_path, {"x": b"new", "y": b"new", "z": b"new"})
    assert contents(tmp_path) == {"x": b"old", "z": b"old"}


def test_no_folder_is_left_of_a_writing_that_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders that were made for files that could not be written are gone again; those that were there stay."""
    (tmp_path / "there").mkdir()
    refuse_at(monkeypatch, os, "fsync", 2)
    with pytest.raises(ContentError):
        write_files(tmp_path / "there" / "dist", {"a/b/x": b"1", "c/y": b"2"})
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]


def test_what_a_killed_writer_left_is_removed(tmp_path: Path) -> None:
    """The next writer removes what one that was killed had half written, whatever that was, and nothing else."""
    (tmp_path / "below").mkdir()
    (tmp_path / ".anthology-notes.part").write_bytes(b"a file of somebody else's")
    killed(
        "os.fsync = lambda handle: os.kill(os.getpid(), 9)\n"
        f"writing.write_files(Path({str(tmp_path)!r}), {{'below/x': b'1'}})\n"
    )
    killed(
        "writing._put_in_place = lambda ready, names: os.kill(os.getpid(), 9)\n"
        f"writing.write_files(Path({str(tmp_path)!r}), {{'x': b'1', 'below/x': b'1'}})\n"
    )
    killed(
        "writing._sync = lambda folder: os.kill(os.getpid(), 9)\n"
        f"writing.write_folder(Path({str(tmp_path / 'sent')!r}), {{'x': b'1'}})\n"
    )
    assert len(list(tmp_path.rglob(".anthology-*-*"))) == 2
    write_files(tmp_path, {"y": b"2", "below/y": b"2"})
    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    assert names == [".anthology-notes.part", "below", "below/y", "y"]


def test_what_another_writer_is_writing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that was stopped in the middle is not waited for without end, and loses nothing when it goes on."""
    monkeypatch.setattr(sole_writer, "_SECONDS_TO_WAIT", 0.1)
    program = (
        "from pathlib import Path; from anthology import writing\n"
        "put = writing._put_in_place\n"
        "def wait(*arguments): print(flush=True); input(); put(*arguments)\n"
        "writing._put_in_place = wait\n"
        f"writing.write_files(Path({str(tmp_path)!r}), {{'x': b'theirs'}})\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout
        writer.stdout.readline()
        write_files(tmp_path, {"x": b"ours", "y": b"ours"})
        assert len(list(tmp_path.glob(".anthology-*"))) == 1
        writer.communicate(b"\n")
    assert writer.returncode == 0
    assert contents(tmp_path) == {"x": b"theirs", "y": b"ours"}


def test_permissions_stay_those_of_the_file_that_is_replaced(tmp_path: Path) -> None:
    """An article that only its writer may read is that after a command has written into it."""
    (tmp_path / "x").write_bytes(b"old")
    (tmp_path / "x").chmod(0o600)
    write_files(tmp_path, {"x": b"new"})
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o600


def test_a_name_as_long_as_the_disk_allows(tmp_path: Path) -> None:
    """A temporary name is no longer than that of the file, where that is the longest that there may be."""
    write_files(tmp_path, {"x" * 255: b"1"})
    write_folder(tmp_path / ("y" * 255), {"x" * 255: b"1"})
    assert sorted(len(path.name) for path in tmp_path.iterdir()) == [255, 255]


def test_the_last_look(tmp_path: Path) -> None:
    """Whoever is told in the last moment that something has changed can still call it off."""
    write_files(tmp_path, {"x": b"old"})

    def call_off() -> None:
        raise ContentError

    with pytest.raises(ContentError):
        write_files(tmp_path, {"x": b"new", "y": b"new"}, call_off)
    assert contents(tmp_path) == {"x": b"old"}
