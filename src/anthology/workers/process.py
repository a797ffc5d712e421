"""One worker process, as its owner holds it."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import sys
import time
from functools import cache
from typing import TYPE_CHECKING

from anthology.interruptions import hold_back_interruptions
from anthology.scratch import Scratch
from anthology.workers.faults import OverMemory, OverTime, WorkerDied
from anthology.workers.serving import OVER_MEMORY, STARTED, serve

if TYPE_CHECKING:
    from collections.abc import Iterable
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext, SpawnContext

# On Linux workers are forked from a process that has imported what tasks need, and has neither threads nor fonts: a
# worker is there in a hundredth of the time. The libraries of other systems do not bear to be forked.
_FORKED = sys.platform == "linux"
# What the path of a socket may have there (unix(7)), less the name that Python gives it.
_MOST_OF_A_PATH = 107 - len("/listener-12345678")
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
        context = _context()
        self._pipe, theirs = context.Pipe()
        # Daemonic, so that Python ends it on leaving if nobody did.
        self._process = context.Process(
            target=serve, args=(theirs, os.getpid(), megabytes, scratch, dict(os.environ)), daemon=True
        )
        hold_back_interruptions()
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
    multiprocessing.set_forkserver_preload(list(_ahead))


@cache
def _context() -> ForkServerContext | SpawnContext:
    """Choose how processes are started, the same for all of this process.

    What they are forked from is spoken to by a socket. It lies in a folder that the next command removes, should this
    one be killed; where its path would be too long, there is nothing to fork from.
    """
    if _FORKED:
        scratch = Scratch()
        if len(os.fsencode(scratch.path)) <= _MOST_OF_A_PATH:
            atexit.register(scratch.remove)
            # As Python itself keeps a folder of its own making, which would be left behind.
            multiprocessing.current_process()._config["tempdir"] = str(scratch.path)  # type: ignore[attr-defined]
            return multiprocessing.get_context("forkserver")
        scratch.remove()
    return multiprocessing.get_context("spawn")
