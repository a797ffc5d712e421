"""An executor of processes that can be ended."""

from __future__ import annotations

import pickle
import threading
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from anthology.scratch import Scratch
from anthology.workers.faults import OverMemory
from anthology.workers.process import NeverBegan, WorkerProcess
from anthology.workers.serving import FAULT

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

P = ParamSpec("P")
T = TypeVar("T")


class Workers(Executor):
    """Processes that do tasks, each task within its budgets.

    As a context manager it waits at a normal end; at an exception, KeyboardInterrupt above all, every process is
    killed at once. A task that is lost fails with OverTime, OverMemory or WorkerDied, all of them LostTask, and its
    process is replaced; the other tasks do not notice. Processes are started as tasks come and hear no Ctrl-C;
    what they print goes nowhere.

    Neither the standard pool nor Pebble's would do: the first breaks when a worker dies, and in the second workers
    share a pipe and its lock, which one that is killed takes with it.

    Args:
        jobs: how many processes at most.
        seconds: the time that a task has once it has begun; or a function that tells it, given the task's first
            argument.
        megabytes: the memory (in units of 2**20 bytes) that the process of a task may have.
    """

    def __init__(
        self, jobs: int, seconds: Callable[[Any], float] | float = 60.0, megabytes: int = 1500
    ) -> None:
        self._seconds = seconds
        self._megabytes = megabytes
        # Each thread owns one process, and does nothing but wait for it.
        self._threads = ThreadPoolExecutor(jobs, "worker")
        self._owned = threading.local()
        self._running: set[WorkerProcess] = set()
        self._scratch = Scratch()
        self._ended = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have `fn(*args, **kwargs)` done in a process; all of it must be picklable, as must what comes of it."""
        return self._threads.submit(self._perform, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more tasks; do those that there are, but for those not begun where `cancel_futures`."""
        if not wait:
            self._threads.shutdown(wait=False, cancel_futures=cancel_futures)
            threading.Thread(target=self.shutdown, daemon=True).start()
            return
        try:
            self._threads.shutdown(cancel_futures=cancel_futures)
        except BaseException:
            self._end()
            raise
        self._end()

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        if exc_type is None:
            self.shutdown()
        else:
            self._end()

    def _end(self) -> None:
        self._ended = True
        for process in tuple(self._running):
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in tuple(self._running):
            process.end()
        self._scratch.remove()

    def _perform(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        seconds = self._seconds(*args[:1]) if callable(self._seconds) else self._seconds
        reply = self._reply(pickle.dumps((fn, args, kwargs), pickle.HIGHEST_PROTOCOL), seconds)
        value = pickle.loads(memoryview(reply)[1:])
        if reply[:1] == FAULT:
            raise value
        return value  # type: ignore[no-any-return]  # it is what `fn` returned

    def _reply(self, payload: bytes, seconds: float) -> bytes:
        while True:
            process = self._own_process()
            fresh = process.fresh
            try:
                return process.perform(payload, seconds)
            except BaseException as error:
                self._disown(process)
                if self._ended:
                    raise CancelledError from None
                # One that had died while it was idle, or was full already, says nothing about this task.
                if fresh or not isinstance(error, NeverBegan | OverMemory):
                    raise

    def _own_process(self) -> WorkerProcess:
        process: WorkerProcess | None = getattr(self._owned, "process", None)
        if process is None and not self._ended:
            process = self._owned.process = WorkerProcess(self._megabytes, str(self._scratch.path))
            self._running.add(process)
        # Asked only now: whoever ends them all may have come before this one was among the running.
        if process is None or self._ended:
            if process is not None:
                process.kill()
            raise CancelledError
        return process

    def _disown(self, process: WorkerProcess) -> None:
        del self._owned.process
        self._running.discard(process)
