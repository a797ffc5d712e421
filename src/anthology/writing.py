"""Write a set of files so that each is the old one or the new one, never half of either."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.problems import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, which is made if absent.

    Every file is complete on disk, beside its place, before the first one is put there. Raises ContentError
    where the disk refuses; then nothing of the folder has changed and nothing is left behind.
    """
    ready: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in files:
            if (folder / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
        for name, data in files.items():
            ready[folder / name] = _write_beside(folder / name, data)
        for place, temporary in ready.items():
            temporary.replace(place)
        _sync(folder)
    except OSError as error:
        raise ContentError(
            Problem(
                "B005",
                "error",
                f"cannot write to {folder}: {(error.strerror or str(error)).lower()}",
                None,
                "choose another folder, or free some space",
            )
        ) from error
    finally:
        # Whatever ended it, Ctrl-C among others: what has not found its place by now has none.
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)


def _write_beside(place: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".part", dir=place.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # A temporary file is private; the book gets the permissions that any new file here would have.
        temporary.chmod(0o666 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync(folder: Path) -> None:
    """Make the renames last, where the system can (not on Windows)."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
