"""Files read with care: regular ones alone, inside their folder, and no larger than one of their kind may be.

A folder that somebody else has packed may hold links to anywhere, pipes that never say anything, devices that never
stop, and files that are larger than any memory. Whatever of a project is read, is read here.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.model import Origin
from anthology.problems import Problem, RefusedFile

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEGABYTE = 2**20

# The most bytes of what people write: settings, articles, templates, styles. A long novel takes a tenth of it.
LARGEST_TEXT = 10 * _MEGABYTE
# Of pictures, typefaces and all else: 50 million pixels, which is the most, take less in any format.
LARGEST_FILE = 512 * _MEGABYTE
# Of a PDF that is checked.
LARGEST_PDF = 2048 * _MEGABYTE

_COPY_IT = "copy what it leads to into the project, in place of the link"
_FORBIDDEN, _PERMIT = "its permissions forbid to read it", "change its permissions, or take it away"
_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_file(path: Path, shown: str, most: int = LARGEST_FILE, within: Path | None = None) -> bytes | None:
    """Read a regular file.

    Args:
        path: where it is; links are followed as far as `within` reaches.
        shown: its path as people know it, for the problem.
        most: how many bytes it may have.
        within: the folder that it must lie in, wherever links lead; anywhere, where it is None.

    Returns:
        What it holds; None where there is no file.

    Raises:
        RefusedFile: it lies outside, is a pipe, a socket or a device, is too large, or may not be read; where the
            system refuses, its own exception is the cause.
    """
    try:
        real = os.path.realpath(path)
        # Whether anything is there or not: what is not yet there may be written.
        if within is not None and not _lies_in(real, within):
            raise _refused(shown, "it lies outside the project", _COPY_IT)
        status = os.lstat(real)
    except RefusedFile:
        raise
    except PermissionError as error:
        raise _refused(shown, _FORBIDDEN, _PERMIT) from error
    except (OSError, ValueError):
        # Nothing is there; or it is a name too long for the disk, or a loop of links.
        return None
    if stat.S_ISDIR(status.st_mode):
        return None
    # Before it is opened: to open a device may already set it going.
    _check(status, shown, most)
    return _content(real, shown, most)


def _content(real: str, shown: str, most: int) -> bytes:
    # Should something else have taken its place since: no link is followed, and no pipe waited for.
    flags = (getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
    try:
        handle = os.open(real, os.O_RDONLY | sum(flags))
        with os.fdopen(handle, "rb") as file:
            _check(os.fstat(handle), shown, most)
            data = file.read(most + 1)
    except OSError as error:
        forbidden = isinstance(error, PermissionError)
        why = _FORBIDDEN if forbidden else f"it cannot be read: {(error.strerror or str(error)).lower()}"
        raise _refused(shown, why, _PERMIT) from error
    if len(data) > most:
        raise _too_large(shown, len(data), most)
    return data


def paths_below(folder: Path, root: Path) -> Iterator[Path]:
    """Give the files below a folder of the project in `root`, sorted, whatever they are; hidden ones are passed over.

    Links to folders are not followed. Nothing comes of a folder that is not there.

    Raises:
        RefusedFile: `folder` is no folder, or it or a folder in it is a link that leads out of `root`, or may not be
            read: whatever it holds would be missing.
    """
    if not folder.is_dir():
        if folder.is_symlink() or folder.exists():
            raise _refused(
                folder.relative_to(root).as_posix(), "it is no folder", "make a folder of this name"
            )
        return
    found: list[Path] = []
    _check_folder(folder, root)

    def refuse(error: OSError) -> None:
        # One that has gone since it was seen holds nothing.
        if not isinstance(error, FileNotFoundError):
            shown = Path(error.filename).relative_to(root).as_posix()
            raise _refused(shown, _FORBIDDEN, _PERMIT) from error

    for held, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in sorted(folders):
            if Path(held, name).is_symlink():
                _check_folder(Path(held, name), root)
        found += [Path(held, name) for name in files if not name.startswith(".")]
    yield from sorted(found)


def _check_folder(folder: Path, root: Path) -> None:
    if not _lies_in(os.path.realpath(folder), root):
        raise _refused(folder.relative_to(root).as_posix(), "it lies outside the project", _COPY_IT)


def _lies_in(real: str, folder: Path) -> bool:
    return Path(real).is_relative_to(os.path.realpath(folder))


def _check(status: os.stat_result, shown: str, most: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = next((name for is_kind, name in _KINDS if is_kind(status.st_mode)), "no regular file")
        raise _refused(shown, f"it is {kind}, not a file", "put the file itself in its place")
    if status.st_size > most:
        raise _too_large(shown, status.st_size, most)


def _too_large(shown: str, size: int, most: int) -> RefusedFile:
    why = f"it has {size / _MEGABYTE:,.1f} MB; the most is {most // _MEGABYTE:,} MB"
    return _refused(shown, why, "make it smaller, or divide it")


def _refused(shown: str, why: str, hint: str) -> RefusedFile:
    return RefusedFile(Problem("B007", "error", why, Origin(shown), hint))
