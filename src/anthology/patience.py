"""Patience: how long, and with how much memory, a piece of the project's own program may run in this process."""

from __future__ import annotations

import ctypes
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEGABYTE = 2**20


class OutOfPatience(Exception):  # noqa: N818  # it ends what took too long, and becomes a problem
    """What was run took too long."""


@contextmanager
def patience(seconds: float, megabytes: int) -> Iterator[None]:
    """Let what is done meanwhile take so many seconds, and so many megabytes (of 2**20 bytes) more than there are.

    Beyond them it is ended by OutOfPatience or MemoryError. That cannot end a single step of a library, which is why
    memory has a limit too: no step over so much takes long. Systems other than Linux have the clock alone.
    """
    lock, over = threading.Lock(), threading.Event()
    thread = ctypes.c_ulong(threading.get_ident())
    throw = ctypes.pythonapi.PyThreadState_SetAsyncExc

    def watch() -> None:
        wait = seconds
        while not over.wait(wait):
            with lock:
                if not over.is_set():
                    throw(thread, ctypes.py_object(OutOfPatience))
            # Again and again: what is thrown may be caught by what it is to end.
            wait = 1.0

    before = _limit_memory(megabytes)
    threading.Thread(target=watch, daemon=True).start()
    try:
        try:
            yield
        finally:
            over.set()
    finally:
        # Once more: what is thrown at the last moment may have come before it.
        over.set()
        with lock:
            # What was thrown and has not come yet must not come later.
            throw(thread, None)
        if before:
            _set_limit(before)


def _limit_memory(megabytes: int) -> tuple[int, int] | None:
    """Let this process have so many megabytes more; give the limits before, None where they stay as they are."""
    try:
        import resource

        size = int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize()
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = size + megabytes * _MEGABYTE
        if soft != resource.RLIM_INFINITY and soft <= limit:
            return None
        _set_limit((limit, hard))
    except (ImportError, OSError, ValueError):
        return None
    return soft, hard


def _set_limit(limits: tuple[int, int]) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, limits)
