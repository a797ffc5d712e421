"""Write a set of files so that each is the old one or the new one, never half of either.

What is promised: whenever the process is killed, or the machine loses its power, each file is the old one or the new
one, byte for byte. A set is complete on disk before the first of it is put in its place, and then all are, one right
after another. No system puts several files in their places in one step: a process that is killed between two of
these renames, which take a fraction of a millisecond, leaves the first ones new and the others old. One that is
interrupted or refused there gives the first ones back what they were. A folder that is written as a whole is the old
one or the new one in one step, where the system knows how to swap two (Linux, macOS); elsewhere the old one lies beside
it for a moment, and the next writing puts it back if it has to.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.problems import ContentError, Problem, RefusedFile
from anthology.regular_files import read_file
from anthology.sole_writer import sole_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from anthology.sole_writer import Names


SUMS = "SHA256SUMS"

_ROOM = "free some space, or choose another folder"
_LEAVE = "choose a folder that you may write into, or let yourself write into this one"
_HINTS = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EACCES: _LEAVE,
    errno.EPERM: _LEAVE,
    errno.EROFS: "choose a folder on a disk that can be written to",
}


def write_files(
    folder: Path,
    files: Mapping[str, bytes],
    last_look: Callable[[], None] | None = None,
    tidied: Iterable[Path] = (),
) -> None:
    """Write files into a folder, and into those below it that their names tell; what is absent is made.

    Every file is complete on disk, beside its place, before the first one is put there, in the order given;
    `last_look` is called in between, and may raise. What writers that were killed left is removed, in the folders of
    the files and in those `tidied`. Whoever writes into the same files must name the same folder.
    Raises ContentError where the disk refuses; then nothing of the folder has changed and nothing is left behind.
    """
    places = {folder / name: data for name, data in files.items()}
    ready: dict[Path, Path] = {}
    with _writing(folder, {place.parent for place in places}, tidied) as names:
        for place in places:
            if place.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place))
        try:
            for place, data in places.items():
                ready[place] = names.new(place.parent)
                _write_new(ready[place], data, like=place)
            if last_look:
                last_look()
            _put_in_place(ready, names)
        finally:
            # Whatever ended it, Ctrl-C among others: what has not found its place by now has none.
            for temporary in ready.values():
                temporary.unlink(missing_ok=True)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder that holds these files and no others; one that was written so before is replaced.

    It is complete on disk, beside its place, before it is put there. Raises ContentError where the disk refuses, or
    where the folder holds anything that is not of an earlier writing, as its list of digests has it; then nothing has
    changed and nothing is left behind.
    """
    with _writing(folder.parent, {folder.parent}) as names:
        if folder.exists() and _others_in(folder):
            hint = "choose a folder that is empty, or is not there yet"
            message = f"{folder} holds other files, which would be lost: {', '.join(_others_in(folder)[:3])}"
            raise ContentError(Problem("B020", "error", message, None, hint))
        fresh = names.new(folder.parent)
        try:
            fresh.mkdir()
            for name, data in files.items():
                _write_new(fresh / name, data)
            _sync(fresh)
            if not folder.exists():
                fresh.replace(folder)
            elif not _swap(fresh, folder):
                _replace(folder, fresh, names.old(folder.parent))
        finally:
            # By now it may be the old one.
            shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def _writing(folder: Path, folders: Collection[Path], tidied: Iterable[Path] = ()) -> Iterator[Names]:
    """Make folders and write into them alone; raise ContentError, with no folder left that was made, for a disk that refuses."""
    made: list[Path] = []
    try:
        for each in sorted({folder, *folders}):
            _make(each, made)
        with sole_writer(folder, (*folders, *tidied)) as names:
            yield names
            for each in {*folders, *(path.parent for path in made)}:
                _sync(each)
    except BaseException as error:
        for path in reversed(made):
            # One that another build has written into by now stays.
            with suppress(OSError):
                path.rmdir()
        if isinstance(error, OSError):
            message = f"cannot write to {folder}: {(error.strerror or str(error)).lower()}"
            hint = _HINTS.get(error.errno or 0, "choose another folder, or see what is in the way")
            raise ContentError(Problem("B005", "error", message, None, hint)) from error
        raise


def _make(folder: Path, made: list[Path]) -> None:
    """Make a folder, and those that it lies in, and note which were absent."""
    if folder.is_dir():
        return
    _make(folder.parent, made)
    try:
        folder.mkdir()
    except FileExistsError:
        if not folder.is_dir():
            raise
    else:
        made.append(folder)


def _write_new(path: Path, data: bytes, like: Path | None = None) -> None:
    """Write a new file to the disk, with the permissions of the one `like` it, if that is there."""
    with path.open("xb") as file:
        with suppress(OSError):
            if like and hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), stat.S_IMODE(like.stat().st_mode))
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(ready: Mapping[Path, Path], names: Names) -> None:
    """Put files in their places; if one is refused, those before it get back what was there."""
    before: dict[Path, Path | None] = {}
    try:
        for place in ready:
            # A second name, which costs no room. Where a disk knows none (FAT), there is no way back.
            with suppress(OSError):
                second = names.new(place.parent)
                if place.exists():
                    os.link(place, second, follow_symlinks=False)
                before[place] = second if second.exists() else None
        for place, temporary in ready.items():
            temporary.replace(place)
    except BaseException:
        for place, second_name in before.items():
            if not ready[place].exists():
                with suppress(OSError):
                    second_name.replace(place) if second_name else place.unlink(missing_ok=True)
        raise
    finally:
        for second_name in filter(None, before.values()):
            second_name.unlink(missing_ok=True)


def _swap(one: Path, other: Path) -> bool:
    """Let two folders change their names in one step; False, with nothing changed, where that cannot be done."""
    here, names = -100, (os.fsencode(one.absolute()), os.fsencode(other.absolute()))
    try:
        system = ctypes.CDLL(None)
        if sys.platform == "linux":
            refused = system.renameat2(here, names[0], here, names[1], 2)
        else:
            refused = system.renamex_np(*names, 2)
    except (AttributeError, OSError, TypeError):
        # Not this system's, or not with this library.
        return False
    return not refused


def _replace(folder: Path, fresh: Path, aside: Path) -> None:
    """Put a folder in the place of another, which lies aside for a moment."""
    aside.mkdir()
    try:
        folder.replace(aside / folder.name)
        fresh.replace(folder)
    except BaseException:
        if not folder.exists():
            (aside / folder.name).replace(folder)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _others_in(folder: Path) -> list[str]:
    """Name what a folder holds beside the files that its list of digests has, and that list itself."""
    try:
        lines = (read_file(folder / SUMS, SUMS) or b"").decode("utf-8").splitlines()
    except (RefusedFile, ValueError):
        lines = []
    listed = {line[66:] for line in lines} | {SUMS}
    return sorted(path.name for path in folder.iterdir() if path.name not in listed or not path.is_file())


def _sync(folder: Path) -> None:
    """Make renames last, where the system can (not on Windows, nor on every disk): what is there is whole in any case."""
    if hasattr(os, "O_DIRECTORY"):
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
