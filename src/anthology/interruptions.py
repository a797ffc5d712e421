"""Ctrl-C and threads: it is the main thread that hears it."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def deaf_threads() -> Iterator[None]:
    """Keep Ctrl-C from the threads that are started within, and from all that they start.

    The system gives a signal to whichever thread comes first. Where that is another one, the main thread is woken for
    nothing, goes on waiting, and Python, which handles signals in no other, hears of it when there is something to do.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def hold_back_interruptions() -> None:
    """Keep Ctrl-C from this thread for good, and so from the processes that it starts: they inherit that.

    Else one that has hardly begun would print a traceback of its own. The main thread hears it as ever.
    """
    if hasattr(signal, "pthread_sigmask"):
        from multiprocessing import resource_tracker

        # Starting it lets interruptions through again, and the first process would start it.
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
