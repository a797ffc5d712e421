"""More than one machine: tasks are handed to the workers of a Dask cluster."""

from __future__ import annotations

import logging
import pickle
import threading
import warnings
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from anthology.problems import MachineError, Problem
from anthology.workers import LostTask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from distributed import Client

    Report = Callable[[], Mapping[str, str]]

P = ParamSpec("P")
T = TypeVar("T")

# Enough for a scheduler at the other end of a slow line, and for workers that are just starting.
_SECONDS_TO_ANSWER = 5.0

# Dask's own words would come between ours; what matters in them becomes a problem.
_TALKATIVE = ("distributed", "distributed.client", "distributed.worker", "tornado", "asyncio")

# Libraries below the typesetter keep things for the whole process: no two threads of a worker may use them at once.
_one_at_a_time = threading.Lock()


class RefusedWorkerError(MachineError):
    """Workers of the cluster have other versions of what makes a book: one problem for each of them."""


@contextmanager
def cluster(address: str, versions: Mapping[str, str], report: Report) -> Iterator[ClusterExecutor]:
    """Connect to a cluster; its workers do what is submitted to the executor that this gives.

    A task whose worker dies time and again fails with LostTask. There are no budgets but Dask's own.

    Args:
        address: where the scheduler is, as in `tcp://host:8786`.
        versions: what a worker must have, by name, as in `{"WeasyPrint": "70.0"}`.
        report: a function of a module that tells these on a worker. It is asked on each worker now, and in each
            process before its first task, for there are workers that come later.

    Raises MachineError where Dask is not installed here, or no scheduler or worker answers within a few seconds,
    and RefusedWorkerError where versions differ. Tasks fail with the same where either turns out later.
    """
    _ask_for_dask()
    with _quiet():
        client = _within_seconds(partial(_client, address), _no_scheduler(address))
        try:
            reports = _within_seconds(partial(_reports, client, report), _no_worker(address))
            refused = [_refusal(worker, told, versions) for worker, told in sorted(reports.items())]
            if any(refused):
                raise RefusedWorkerError(*filter(None, refused))
            yield ClusterExecutor(client, address, len(reports), versions, report)
        finally:
            client.close()  # type: ignore[no-untyped-call]  # Dask's


def _ask_for_dask() -> None:
    try:
        import distributed  # noqa: F401  # whether it is there is all that is asked
    except ImportError:
        hint = "pip install 'anthology[cluster]'"
        message = "Dask is not installed, which hands the work to other machines"
        raise MachineError(Problem("B011", "error", message, None, hint)) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask's words off the terminal: its logs, and its advice about large tasks."""
    import dask

    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TB"}):
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _within_seconds(ask: Callable[[], T], no_answer: Problem) -> T:
    """Ask over the network; not all that Dask does there ends by itself.

    Raises MachineError with the problem where there is no answer.
    """
    answer: Future[T] = Future()

    def wait() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:
            answer.set_exception(error)

    threading.Thread(target=wait, daemon=True).start()
    try:
        return answer.result(1.2 * _SECONDS_TO_ANSWER)
    except Exception as error:
        raise MachineError(no_answer) from error


def _client(address: str) -> Client:
    from distributed import Client

    with warnings.catch_warnings():
        # That of Python's or Dask's own versions a digit differs; ours are held against each other.
        warnings.simplefilter("ignore")
        return Client(address, timeout=_SECONDS_TO_ANSWER, set_as_default=False)  # type: ignore[no-untyped-call]  # Dask's


def _reports(client: Client, report: Report) -> dict[str, Any]:
    """Ask each worker; its answer is what it reports, or what went wrong there."""
    client.wait_for_workers(1, _SECONDS_TO_ANSWER)
    told: dict[str, Any] = client.run(report, on_error="return")
    return told


def _refusal(worker: str, told: Any, versions: Mapping[str, str]) -> Problem | None:
    if isinstance(told, BaseException):
        message = f"worker {worker}: anthology does not work there ({type(told).__name__}: {told})"
        hint = "install anthology there, in the versions of this machine"
        return Problem("B013", "error", message, None, hint)
    differ = [
        f"{name} {told.get(name, 'missing')}, here {versions.get(name, 'missing')}"
        for name in sorted({*told, *versions})
        if told.get(name) != versions.get(name)
    ]
    if not differ:
        return None
    hint = "install there what is installed here, or stop that worker: other versions make other pages"
    return Problem("B013", "error", f"worker {worker}: {'; '.join(differ)}", None, hint)


def _no_scheduler(address: str) -> Problem:
    hint = "start one there with `dask scheduler`, and give its address as tcp://HOST:PORT"
    return Problem("B012", "error", f"no Dask scheduler answers at {address}", None, hint)


def _no_worker(address: str) -> Problem:
    hint = f"start workers on your machines with `dask worker {address} --nthreads 1`"
    return Problem("B012", "error", f"the Dask scheduler at {address} has no worker that answers", None, hint)


def _lost(address: str) -> Problem:
    return Problem("B012", "error", f"the Dask scheduler at {address} was lost", None, "build again")


class ClusterExecutor(Executor):
    """Dask's executor, with our exceptions; tasks travel as bytes that Dask does not look into.

    `size` is how many workers there were at first: each does one task at a time.
    """

    def __init__(
        self, client: Client, address: str, size: int, versions: Mapping[str, str], report: Report
    ) -> None:
        self.size = size
        self._executor: Executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]  # Dask's
        self._address = address
        self._given = dict(versions), report

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have `fn(*args, **kwargs)` done by a worker; all of it must be picklable, as must what comes of it."""
        task = pickle.dumps((fn, args, kwargs, *self._given), pickle.HIGHEST_PROTOCOL)
        theirs = self._executor.submit(_do, task)
        ours: Future[T] = Future()
        theirs.add_done_callback(partial(self._hand_on, ours))
        ours.add_done_callback(lambda _: theirs.cancel())  # without effect where it is done
        return ours

    def _hand_on(self, ours: Future[T], theirs: Future[T]) -> None:
        from distributed import KilledWorker

        if not ours.set_running_or_notify_cancel():
            return
        try:
            ours.set_result(theirs.result())
        except CancelledError:
            ours.set_exception(MachineError(_lost(self._address)))
        except KilledWorker:
            ours.set_exception(LostTask("the workers that did it died, one after another"))
        except BaseException as error:
            ours.set_exception(error)


def _do(task: bytes) -> Any:
    """Do a task on a worker."""
    fn, args, kwargs, versions, report = pickle.loads(task)
    with _one_at_a_time:
        refused = _refusal(_address(), _reported(report), versions)
        if refused:
            raise RefusedWorkerError(refused)
        return fn(*args, **kwargs)


@cache
def _reported(report: Report) -> Mapping[str, str]:
    return report()


def _address() -> str:
    from distributed import get_worker

    return str(get_worker().address)
