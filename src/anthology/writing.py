"""Write a set of files so that each is the old one or the new one, never half of either."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.problems import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping


SUMS = "SHA256SUMS"


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
        raise _refused(folder, error) from error
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
    aside: Path | None = None
    fresh: Path | None = None
    try:
        if folder.exists() and _others_in(folder):
            hint = "choose a folder that is empty, or is not there yet"
            message = f"{folder} holds other files, which would be lost: {', '.join(_others_in(folder)[:3])}"
            raise ContentError(Problem("B020", "error", message, None, hint))
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
        fresh.chmod(0o777 & ~_umask())
        for name, data in files.items():
            _write_beside(fresh / name, data).replace(fresh / name)
        if folder.exists():
            aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".old", dir=folder.parent))
            folder.replace(aside / folder.name)
        fresh.replace(folder)
        _sync(folder.parent)
    except OSError as error:
        if aside and (aside / folder.name).exists() and not folder.exists():
            (aside / folder.name).replace(folder)
        raise _refused(folder, error) from error
    finally:
        for left in (fresh, aside):
            if left and left.exists():
                shutil.rmtree(left, ignore_errors=True)


def _others_in(folder: Path) -> list[str]:
    """Name what a folder holds beside the files that its list of digests has, and that list itself."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        lines = []
    listed = {line[66:] for line in lines} | {SUMS}
    return sorted(path.name for path in folder.iterdir() if path.name not in listed or not path.is_file())


def _refused(folder: Path, error: OSError) -> ContentError:
    message = f"cannot write to {folder}: {(error.strerror or str(error)).lower()}"
    return ContentError(Problem("B005", "error", message, None, "choose another folder, or free some space"))


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
