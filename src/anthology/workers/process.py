"""One worker process, as its owner holds it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from typing import TYPE_CHECKING

from anthology.workers.faults import OverMemory, OverTime, WorkerDied
from anthology.workers.serving import OVER_MEMORY, STARTED, serve

if TYPE_CHECKING:
    from collections.abc import Iterable
    from multiprocessing.connection import Connection

# On Linux workers are forked from a process that has imported what tasks need, and has neither threads nor fonts: a
# worker is there in a hundredth of the time. The libraries of other systems do not bear to be forked.
if sys.platform == "linux":
    _CONTEXT = multiprocessing.get_context("forkserver")
else:
    _CONTEXT = multiprocessing.get_context("spawn")
_ahead: dict[str, None] = {}

# A process that has not begun by then never will: what it imports takes two or three seconds.
_SECONDS_TO_BEGIN = 60
# A process whose pipe is closed is as good as gone, but may still be writing what it leaves behind.
_SECONDS_TO_GO = 5


class NeverBegan(WorkerDied):
    """The process was gone before it had begun the task: the task is not at fault, or not surely."""


class WorkerProcess:
    """A process that does one task after another, with at most `megabytes` of memory.

    It belongs to the thread that makes it. Other threads may only `kill` it.
    """

    def __init__(self, megabytes: int, scratch: str) -> None:
        """Start a process that puts temporary files into the folder `scratch`: one that is killed leaves them behind."""
        self._megabytes = megabytes
        self.fresh = True
        self._pipe: Connection
        self._pipe, theirs = _CONTEXT.Pipe()
        # Daemonic, so that Python ends it on leaving if nobody did.
        self._process = _CONTEXT.Process(
            target=serve, args=(theirs, os.getpid(), megabytes, scratch, dict(os.environ)), daemon=True
        )
        _hold_back_interruptions()
        try:
            self._process.start()
        finally:
            theirs.close()

    def perform(self, payload: bytes, seconds: float) -> bytes:
        """Do a task; the clock runs from when the process has imported what the task needs.

        Raises OverTime, OverMemory or WorkerDied; afterwards there is no process any more.
        """
        try:
            return self._perform(payload, seconds)
        except BaseException:
            self.end()
            raise

    def _perform(self, payload: bytes, seconds: float) -> bytes:
        began = False
        try:
            self._pipe.send_bytes(payload)
            reply = self._receive(_SECONDS_TO_BEGIN)
            if reply[:1] == STARTED:
                began = True
                reply = self._receive(seconds)
        except (EOFError, OSError):
            code = self._exit_code()
            if code == OVER_MEMORY:
                raise OverMemory(self._megabytes) from None
            raise (WorkerDied if began else NeverBegan)(code) from None
        self.fresh = False
        return reply

    def _receive(self, seconds: float) -> bytes:
        if not self._pipe.poll(seconds):
            raise OverTime(seconds)
        return self._pipe.recv_bytes()

    def kill(self) -> None:
        """Kill the process, whatever it is doing."""
        self._process.kill()

    def end(self) -> None:
        """Kill the process and wait until it is gone."""
        self.kill()
        self._exit_code()
        self._pipe.close()

    def _exit_code(self) -> int:
        # Not by joining: whoever starts a process collects those that have ended as well, and may be faster.
        patience = time.monotonic() + _SECONDS_TO_GO
        while (code := self._process.exitcode) is None:
            if time.monotonic() > patience:
                self.kill()
            time.sleep(0.002)
        return code


def import_ahead(modules: Iterable[str]) -> None:
    """Have modules imported once, where workers are forked, and not by each of them.

    It counts only before the first worker of this process is started, and costs nothing until then.
    """
    _ahead.update(dict.fromkeys(modules))
    _CONTEXT.set_forkserver_preload(list(_ahead))


def _hold_back_interruptions() -> None:
    """Keep Ctrl-C from this thread, and so from the processes that it starts: they inherit that.

    Else one that has hardly begun would print a traceback of its own. The main thread hears it as ever.
    """
    if hasattr(signal, "pthread_sigmask"):
        from multiprocessing import resource_tracker

        # Starting it lets interruptions through again, and the first process would start it.
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
