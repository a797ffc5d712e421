"""Writing: each file is the old one or the new one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from anthology.problems import ContentError
from anthology.writing import write_files


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
