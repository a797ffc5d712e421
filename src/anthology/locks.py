"""Locks on folders: held by a process for as long as it lives, and by nobody afterwards.

The system itself keeps them, so that one that was killed leaves none behind, and containers that share a disk see
each other's, which they would not by the numbers of their processes.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS_BETWEEN_TRIES = 0.02


def lock(folder: Path, seconds: float = 0) -> int | None:
    """Lock a folder against all others that ask for its lock; nothing else is kept out.

    Returns the handle that holds the lock, to be closed; None where somebody else has it for all of `seconds`, or
    where there are no such locks: on Windows and some network disks, and on folders that may not be read.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None
    patience = time.monotonic() + seconds
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= patience:
                    break
                time.sleep(_SECONDS_BETWEEN_TRIES)
            else:
                return handle
    except OSError:
        pass
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None
