"""Worker processes: no task harms another, every budget is kept, and nobody is left behind."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from anthology.workers import LostTask, OverMemory, OverTime, WorkerDied, Workers, in_order_of_completion

# Far longer than any test: what takes so long is ended, or the test fails.
FOREVER = 600.0
# Far longer than anything needs on a machine with other things to do.
PATIENCE = 20.0


class Odd(Exception):  # noqa: N818  # it is odd
    """An exception that can be taken apart for a journey and not put together again."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} and {second}")


def double(number: int) -> int:
    """Do what a task does: something."""
    return 2 * number


def fail(kind: str) -> object:
    """Fail in one of several ways."""
    if kind == "plain":
        raise LookupError("no such thing")
    if kind == "odd":
        raise Odd("this", "that")
    return lambda: kind


def chatter(_: str) -> None:
    """Write on both streams, by Python's way and below it."""
    for stream in (sys.stdout, sys.stderr):
        stream.write("a word")
        stream.flush()
    os.write(1, b"a word")
    os.write(2, b"a word")


def hoard(megabytes: int) -> int:
    """Fill memory, a megabyte at a time."""
    return len([bytearray(os.urandom(64) * 2**14) for _ in range(megabytes)])


def gulp(megabytes: int) -> int:
    """Ask for memory all at once, in C code that holds Python's lock."""
    return len(b"x" * (megabytes * 2**20))


def toil(kind: str, mark: str) -> None:
    """Leave the number of this process in a file, then be busy for minutes in one of several ways."""
    Path(f"{mark}.new").write_text(str(os.getpid()))
    Path(f"{mark}.new").rename(mark)
    if kind == "sleep":
        time.sleep(FOREVER)
    elif kind == "free":  # C code that lets other threads run
        hashlib.pbkdf2_hmac("sha256", b"", b"", 2**31 - 1)
    else:  # C code that does not
        re.match("(a+)+$", "a" * 64 + "b")


def children() -> set[int | None]:
    """Name the processes that this one has started."""
    return {process.pid for process in multiprocessing.active_children()}


def is_there(pid: int) -> bool:
    """Tell whether a process is there; one that has ended and only waits for someone to notice is not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}


def wait_for(happened: Callable[[], bool]) -> None:
    """Wait until something has happened; fail where it does not."""
    patience = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < patience
        time.sleep(0.01)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """Start two workers for the tests that need nothing of their own."""
    with Workers(
        2, seconds=lambda task=None: 0.5 if task == FOREVER else PATIENCE, megabytes=300
    ) as executor:
        yield executor


def test_it_is_an_executor(workers: Workers) -> None:
    """Tasks are handed in and results come back as with any executor, in the order asked for."""
    assert isinstance(workers, Executor)
    assert workers.submit(double, 4).result() == 8
    assert list(workers.map(double, range(50))) == [2 * number for number in range(50)]
    assert workers.submit(int, "ff", base=16).result() == 255


def test_one_task_starts_one_process() -> None:
    """Processes are started as tasks come, none before, and none is there afterwards."""
    before = children()
    with Workers(4) as executor:
        assert children() == before
        executor.submit(double, 1).result()
        assert len(children() - before) == 1
    assert children() == before


def test_a_task_that_takes_too_long_is_given_up(workers: Workers) -> None:
    """A task over its time fails and says so; the others, before and behind it, do not notice."""
    late = workers.submit(time.sleep, FOREVER)
    others = [workers.submit(double, number) for number in range(20)]
    with pytest.raises(OverTime, match=r"^it took more than 0\.5 s and was given up$") as caught:
        late.result(PATIENCE)
    assert caught.value.seconds == 0.5
    assert [other.result(PATIENCE) for other in others] == [2 * number for number in range(20)]


@pytest.mark.parametrize("kind", ["free", "held"])
def test_c_code_that_takes_too_long_is_given_up(kind: str, tmp_path: Path) -> None:
    """Time is kept in the middle of C code too."""
    with Workers(1, seconds=0.5) as executor, pytest.raises(OverTime):
        executor.submit(toil, kind, str(tmp_path / "mark")).result(PATIENCE)


def test_a_task_that_fills_memory_is_given_up(workers: Workers) -> None:
    """A task over its memory fails and says so, others do not notice, and one below it is done."""
    large = workers.submit(hoard, 4000)
    others = [workers.submit(double, number) for number in range(20)]
    with pytest.raises(OverMemory, match=r"^it took more than 300 MB of memory and was given up$") as caught:
        large.result(PATIENCE)
    assert caught.value.megabytes == 300
    assert [other.result(PATIENCE) for other in others] == [2 * number for number in range(20)]
    assert workers.submit(hoard, 100).result(PATIENCE) == 100


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system limits no addresses")
def test_memory_taken_at_once_is_refused(workers: Workers) -> None:
    """C code that asks for more than there is to have, and lets nobody look meanwhile, does not get it."""
    with pytest.raises(OverMemory):
        workers.submit(gulp, 2**20).result(PATIENCE)


def test_memory_is_counted_from_anew_for_a_task() -> None:
    """What earlier tasks left behind is not held against a task: it is tried once more in a new process."""
    with Workers(1, megabytes=300) as executor:
        assert executor.submit(exec, "import os; os.kept = os.urandom(200 * 2**20)").result(PATIENCE) is None
        assert executor.submit(hoard, 150).result(PATIENCE) == 150


@pytest.mark.parametrize(
    ("end", "number", "code", "message"),
    [
        (os._exit, 3, 3, "its process ended by itself, with exit code 3"),
        (signal.raise_signal, signal.SIGKILL, -signal.SIGKILL, "its process died (killed)"),
        (
            signal.raise_signal,
            signal.SIGSEGV,
            -signal.SIGSEGV,
            f"its process died ({str(signal.strsignal(signal.SIGSEGV)).lower()})",
        ),
    ],
)
def test_a_worker_that_dies_takes_one_task_along(
    workers: Workers, end: Callable[[int], None], number: int, code: int, message: str
) -> None:
    """However a process ends in the middle of a task, that task alone fails, and says how."""
    dying = workers.submit(end, number)
    others = [workers.submit(double, number) for number in range(20)]
    with pytest.raises(WorkerDied) as caught:
        dying.result(PATIENCE)
    assert caught.value.exit_code == code
    assert str(caught.value) == message
    assert [other.result(PATIENCE) for other in others] == [2 * number for number in range(20)]


def test_many_deaths_harm_nobody_else() -> None:
    """Under load, with large results on their way, each task that lives has its own result."""
    with Workers(2) as executor:
        tasks = [
            executor.submit(os._exit, 1) if number % 10 == 5 else executor.submit(bytes, number * 50_000)
            for number in range(50)
        ]
        for number, task in enumerate(tasks):
            if number % 10 == 5:
                assert isinstance(task.exception(PATIENCE), WorkerDied)
            else:
                assert len(task.result(PATIENCE)) == number * 50_000


def test_a_worker_that_dies_while_idle_harms_no_task() -> None:
    """A process that is gone before a task comes to it is replaced, and the task is done."""
    with Workers(1) as executor:
        pid = executor.submit(os.getpid).result(PATIENCE)
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda: not is_there(pid))
        assert executor.submit(double, 1).result(PATIENCE) == 2


def test_an_exception_arrives_as_itself(workers: Workers) -> None:
    """The caller sees the exception that the task raised, and where in the task that was."""
    with pytest.raises(LookupError, match="no such thing") as caught:
        workers.submit(fail, "plain").result(PATIENCE)
    assert str(caught.value) == "no such thing"
    assert "in fail\n" in caught.value.__notes__[0]


@pytest.mark.parametrize(
    ("kind", "message"),
    [("odd", "^Odd: this and that"), ("lambda", "^what came of the task cannot be sent: ")],
)
def test_what_cannot_travel_arrives_as_its_text(workers: Workers, kind: str, message: str) -> None:
    """An exception or a result that cannot be pickled fails its task in words, and nothing else."""
    with pytest.raises(RuntimeError, match=message):
        workers.submit(fail, kind).result(PATIENCE)
    assert workers.submit(double, 1).result(PATIENCE) == 2


def test_what_cannot_be_sent_fails_its_task(workers: Workers) -> None:
    """A task that cannot be pickled fails, and nothing else."""
    with pytest.raises((AttributeError, TypeError, ValueError), match=r"pickle|local object"):
        workers.submit(lambda: 1).result(PATIENCE)


def test_what_went_wrong_can_travel() -> None:
    """The faults can be pickled: an executor within an executor is no special case."""
    import pickle

    for fault in (OverTime(0.5), OverMemory(300), WorkerDied(-9)):
        assert isinstance(fault, LostTask)
        assert str(pickle.loads(pickle.dumps(fault))) == str(fault)


def test_workers_say_nothing(workers: Workers, capfd: pytest.CaptureFixture[str]) -> None:
    """What a task prints, and what libraries in C write, stays off the terminal and out of `--json`."""
    workers.submit(chatter, "").result(PATIENCE)
    with pytest.raises(WorkerDied):
        workers.submit(os.abort).result(PATIENCE)
    assert capfd.readouterr() == ("", "")


def test_leaving_with_an_exception_ends_everything() -> None:
    """An exception leaves the block at once: what runs is killed, what waits is cancelled."""
    before = children()
    started = time.monotonic()
    tasks: list[Future[None]] = []

    def leave() -> None:
        with Workers(2) as executor:
            tasks.extend(executor.submit(time.sleep, FOREVER) for _ in range(5))
            wait_for(lambda: len(children() - before) == 2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        leave()
    assert time.monotonic() - started < PATIENCE
    assert children() == before
    for task in tasks:
        with pytest.raises(CancelledError):
            task.result(0)


def test_after_the_end_no_task_is_taken() -> None:
    """What waits can be cancelled at the end, what has begun is done, and what comes later is refused."""
    executor = Workers(1)
    first = executor.submit(time.sleep, 0.3)
    wait_for(first.running)
    second = executor.submit(time.sleep, FOREVER)
    executor.shutdown(cancel_futures=True)
    assert first.result(0) is None
    assert second.cancelled()
    with pytest.raises(RuntimeError):
        executor.submit(double, 1)


# A program that hands its workers tasks of minutes, and tells on leaving how it was ended.
PROGRAM = """
import os, signal, sys
from anthology.workers import Workers
from test_workers import toil

# Where the tests run in the background, Ctrl-C is ignored from the beginning.
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    with Workers(3) as executor:
        tasks = [executor.submit(toil, kind, f"{sys.argv[1]}/{kind}") for kind in ("sleep", "free", "held")]
        if "at-once" in sys.argv:
            os.killpg(0, signal.SIGINT)
        for task in tasks:
            task.result()
except KeyboardInterrupt:
    print("interrupted")
    sys.exit(130)
"""


def start_program(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start the program in a process group of its own, as a shell does."""
    paths = [str(Path(__file__).parent), *filter(None, sys.path)]
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
    )


def pids_of_workers(folder: Path) -> list[int]:
    """Wait until the program's three tasks have begun; tell in which processes."""
    marks = [folder / kind for kind in ("sleep", "free", "held")]
    wait_for(lambda: all(mark.exists() for mark in marks))
    return [int(mark.read_text()) for mark in marks]


def test_an_interruption_ends_at_once(tmp_path: Path) -> None:
    """Ctrl-C ends program and workers, whatever these are doing, and nobody but the program says a word."""
    program = start_program(tmp_path)
    pids = pids_of_workers(tmp_path)
    os.killpg(program.pid, signal.SIGINT)
    assert program.communicate(timeout=PATIENCE) == ("interrupted\n", "")
    assert program.returncode == 130
    assert [pid for pid in pids if is_there(pid)] == []


def test_an_interruption_of_workers_that_hardly_began(tmp_path: Path) -> None:
    """Ctrl-C while processes are being started prints no traceback of any of them."""
    program = start_program(tmp_path, "at-once")
    assert program.communicate(timeout=PATIENCE) == ("interrupted\n", "")
    assert program.returncode == 130


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_do_not_outlive_their_owner(tmp_path: Path, number: signal.Signals) -> None:
    """A program that is killed leaves no process behind, though it could not end them itself."""
    program = start_program(tmp_path)
    pids = pids_of_workers(tmp_path)
    program.send_signal(number)
    assert program.communicate(timeout=PATIENCE) == ("", "")
    if sys.platform != "linux":  # there, C code that holds Python's lock comes to its end first
        os.kill(pids.pop(), signal.SIGKILL)
    wait_for(lambda: not any(map(is_there, pids)))


class Watched(ThreadPoolExecutor):
    """An executor that keeps all that is handed in."""

    handed_in: list[Future[Any]]

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = super().submit(fn, *args, **kwargs)
        self.handed_in.append(future)
        return future


def test_tasks_are_handed_out_a_few_at_a_time() -> None:
    """At most `window` tasks are out at once; each comes back once, with its own result."""
    with Watched(2) as executor:
        executor.handed_in = []

        def tasks() -> Iterator[int]:
            for number in range(100):
                assert sum(not future.done() for future in executor.handed_in) < 3
                yield number

        back = [
            (task, future.result(0)) for task, future in in_order_of_completion(executor, double, tasks(), 3)
        ]
    assert sorted(back) == [(number, 2 * number) for number in range(100)]


def test_tasks_come_back_as_they_finish(workers: Workers) -> None:
    """A task that takes long holds none of the others up, and one that fails comes back as any other."""
    tasks = [FOREVER, 0.0, 0.0, 0.0]
    back = list(in_order_of_completion(workers, time.sleep, tasks, 2))
    assert [task for task, _ in back] == [0.0, 0.0, 0.0, FOREVER]
    assert isinstance(back[-1][1].exception(0), OverTime)


def test_stopping_early_cancels_what_waits() -> None:
    """Whoever has enough after the first leaves nothing waiting."""
    with Watched(1) as executor:
        executor.handed_in = []
        for _ in in_order_of_completion(executor, time.sleep, [0.0, 0.2, 0.0, 0.0], 3):
            break
    assert [future.cancelled() for future in executor.handed_in[2:]] == [True, True]
