"""The folder for temporary files: it goes, whoever made it was killed or not."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from anthology.problems import MachineError
from anthology.scratch import Scratch

HOLD = "from anthology.scratch import Scratch; folder = Scratch(); print(folder.path, flush=True); input()"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder of temporary files of our own."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_is_there_and_goes(temporary: Path) -> None:
    """Who is done with it leaves nothing behind."""
    with Scratch() as folder:
        (folder / "below").mkdir()
        assert folder.parent == temporary
    assert list(temporary.iterdir()) == []


def test_of_a_killed_process_it_is_removed_by_the_next(temporary: Path) -> None:
    """That of a process that lives is left alone, as is all that is not ours; that of one that was killed goes."""
    kept = temporary / "anthology-scratch-of-my-own"
    kept.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        theirs = Path(holder.stdout.readline().rstrip())
        (theirs / "fonts.conf").write_text("theirs")
        with Scratch():
            assert (theirs / "fonts.conf").is_file()
        holder.kill()
    assert theirs.is_dir()
    with Scratch() as folder:
        assert sorted(temporary.iterdir()) == sorted([folder, kept])


def test_where_there_is_no_room(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no temporary file can be written, that is one problem, with what to do."""
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "nowhere"))
    with pytest.raises(MachineError) as failure:
        Scratch()
    (problem,) = failure.value.problems
    assert problem.message == "no folder for temporary files can be written to: no such file or directory"
    assert problem.hint == "free some space there, or name another folder in the variable TMPDIR"
