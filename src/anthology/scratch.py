"""A folder for temporary files, in the system's own; the next of its kind removes it where nobody else could.

A process that is killed leaves its folder behind. It holds the folder's lock while it lives, so that a folder of ours
without a lock is nobody's any more.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.locks import lock
from anthology.problems import MachineError, Problem

if TYPE_CHECKING:
    from types import TracebackType

# An empty folder is removed in no time.
_SECONDS_TO_WAIT = 10.0
_BEGINNING = "anthology-scratch-"
_OURS = re.compile(_BEGINNING + r"[a-z0-9_]{8}")


class Scratch:
    """A temporary folder at `path`, to be removed; as a context manager it gives the path and removes it at the end.

    Raises MachineError where no folder for temporary files can be written to.
    """

    def __init__(self) -> None:
        try:
            _remove_abandoned(Path(tempfile.gettempdir()))
            self.path, self._handle = _made()
        except OSError as error:
            message = (
                f"no folder for temporary files can be written to: {(error.strerror or str(error)).lower()}"
            )
            hint = "free some space there, or name another folder in the variable TMPDIR"
            raise MachineError(Problem("B033", "error", message, None, hint)) from error

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        self.remove()


def _made() -> tuple[Path, int | None]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=_BEGINNING))
        # Somebody may have taken it for an abandoned one before it is locked, and be about to remove it.
        handle = lock(path, _SECONDS_TO_WAIT)
        if path.is_dir():
            return path, handle
        if handle is not None:
            os.close(handle)


def _remove_abandoned(folder: Path) -> None:
    """Remove the folders of processes of this user that are no more."""
    if not hasattr(os, "geteuid"):
        return
    for path in folder.glob(f"{_BEGINNING}*"):
        with suppress(OSError):
            status = path.lstat()
            if not _OURS.fullmatch(path.name) or not stat.S_ISDIR(status.st_mode):
                continue
            handle = lock(path) if status.st_uid == os.geteuid() else None
            if handle is not None:
                shutil.rmtree(path, ignore_errors=True)
                os.close(handle)
