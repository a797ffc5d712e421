"""Tasks handed out a few at a time, and taken back as they finish."""

from __future__ import annotations

from itertools import islice
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor, Future

T = TypeVar("T")
R = TypeVar("R")


def in_order_of_completion(
    executor: Executor, fn: Callable[[T], R], tasks: Iterable[T], window: int
) -> Iterator[tuple[T, Future[R]]]:
    """Have `fn` done for each of the tasks, and give each task with its finished future as they finish.

    Args:
        executor: any executor, of this machine or of several.
        fn: what is to be done; it gets one task.
        tasks: walked as there is room: they may be many, and large.
        window: how many tasks may be with the executor at once, at least 1.

    What is still waiting when the caller stops early is cancelled.
    """
    coming = iter(tasks)
    finished: SimpleQueue[Future[Any]] = SimpleQueue()
    handed_out: dict[Future[Any], T] = {}

    def hand_out(count: int) -> None:
        for task in islice(coming, count):
            future = executor.submit(fn, task)
            handed_out[future] = task
            future.add_done_callback(finished.put)

    try:
        hand_out(max(window, 1))
        while handed_out:
            future = finished.get()
            task = handed_out.pop(future)
            # Before the caller takes its time over this one, so that nobody is idle meanwhile.
            hand_out(1)
            yield task, future
    finally:
        for future in handed_out:
            future.cancel()
