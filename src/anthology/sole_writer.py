"""One writer at a time in a folder, and none of what those left that were killed.

A writer holds the folder's lock from its first temporary file to the last that it puts in its place. Who has the lock
may thus remove every temporary file whose name says that it was written under it: whoever made it is dead. That needs
no guess at how long a build may take and asks no process number, which another process may have by now.
"""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from anthology.locks import lock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# Writing takes seconds. Whoever holds the lock for longer has been stopped, and may be for days.
_SECONDS_TO_WAIT = 60.0
# What every temporary name begins with; names in `content/` that begin with a dot are no articles.
_OURS = ".anthology-"
_NEW, _OLD = ".part", ".old"


class Names:
    """Gives names for temporary files: all begin alike, none is given twice, and none is longer than disks allow."""

    def __init__(self, beginning: str) -> None:
        self._beginning = beginning

    def new(self, folder: Path) -> Path:
        """Give a name in a folder for what is being written."""
        return folder / f"{self._beginning}{secrets.token_hex(6)}{_NEW}"

    def old(self, folder: Path) -> Path:
        """Give a name in a folder for one in which something old is kept under its own name, until the new is there."""
        return folder / f"{self._beginning}{secrets.token_hex(6)}{_OLD}"


@contextmanager
def sole_writer(folder: Path, below: Iterable[Path] = ()) -> Iterator[Names]:
    """Be the only one who writes into `folder` and the folders `below` it; what dead writers left there is removed.

    All who write into the same folders must name the same `folder`. Where there is no lock to be had (see `lock`),
    it goes on without one: then nothing is removed, and files of two writers may stand side by side.
    """
    handle = lock(folder, _SECONDS_TO_WAIT)
    if handle is None:
        yield Names(_OURS)
        return
    try:
        # The folder's number, for it is the same by every path that leads there.
        beginning = f"{_OURS}{os.fstat(handle).st_ino:x}-"
        for each in {folder, *below}:
            _clear(each, beginning)
        yield Names(beginning)
    finally:
        os.close(handle)


def _clear(folder: Path, beginning: str) -> None:
    """Remove what dead writers left in a folder, once what they had put aside is back in its place."""
    with suppress(OSError):
        for left in [path for path in folder.iterdir() if path.name.startswith(beginning)]:
            if left.suffix == _OLD:
                for aside in left.iterdir():
                    if not (folder / aside.name).exists():
                        aside.replace(folder / aside.name)
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)
