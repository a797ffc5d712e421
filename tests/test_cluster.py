"""More than one machine: the workers of a cluster do what is asked, or are refused, and nobody waits for nothing."""

from __future__ import annotations

import os
import pickle
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import dask
import pytest
from distributed import LocalCluster
from making import write_project

from anthology.build import Options, build
from anthology.cluster import RefusedWorkerError, cluster
from anthology.problems import AnthologyError, MachineError, Problem
from anthology.workers import LostTask, in_order_of_completion

HERE = {"Pango": "1.52", "WeasyPrint": "70"}
PATIENCE = 20.0


def same() -> dict[str, str]:
    """Report what is here too."""
    return HERE


def older() -> dict[str, str]:
    """Report an older WeasyPrint, and no Pango."""
    return {"WeasyPrint": "69"}


def broken() -> dict[str, str]:
    """Fail to report anything."""
    raise ImportError("no library called Pango")


def changing() -> dict[str, str]:
    """Report what is here when asked in the first place, and something else in front of a task."""
    asked = Path(os.environ["ANTHOLOGY_TEST_FOLDER"]) / str(os.getpid())
    if asked.exists():
        return older()
    asked.touch()
    return HERE


def double(number: int) -> tuple[int, int]:
    """Do something, and tell where."""
    return 2 * number, os.getpid()


def refuse(message: str) -> NoReturn:
    """Fail as a task does."""
    raise LookupError(message)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start two workers, each a process of its own, and tell where their scheduler is."""
    os.environ["ANTHOLOGY_TEST_FOLDER"] = str(tmp_path_factory.mktemp("asked"))
    # A task that ends its worker is given up at once, not after the third time.
    settings = dask.config.set({"distributed.scheduler.allowed-failures": 0})
    with (
        settings,
        LocalCluster(
            n_workers=2, threads_per_worker=2, processes=True, dashboard_address=":0", silence_logs="CRITICAL"
        ) as started,
    ):
        yield started.scheduler_address
    del os.environ["ANTHOLOGY_TEST_FOLDER"]


def problems_of(caught: pytest.ExceptionInfo[AnthologyError]) -> list[tuple[str, str, str]]:
    """Give the codes, messages and hints of what was raised, the port of each worker left out."""
    return [
        (
            problem.code,
            ":".join(part for part in problem.message.split(":") if not part.isdecimal()),
            problem.hint,
        )
        for problem in caught.value.problems
    ]


def test_the_workers_do_the_tasks(address: str) -> None:
    """Tasks come back from the workers, which are other processes than this, as from any executor."""
    with cluster(address, HERE, same) as executor:
        assert executor.size == 2
        done = dict(in_order_of_completion(executor, double, range(40), 4))
    assert {task: future.result(0)[0] for task, future in done.items()} == {n: 2 * n for n in range(40)}
    assert os.getpid() not in {future.result(0)[1] for future in done.values()}


def test_a_book_set_by_a_cluster_is_the_same(address: str, tmp_path: Path) -> None:
    """Two workers of a cluster and one process of this machine make the same book, to the last byte."""
    article = "---\ntitle: {}\nrelated: [{}]\n---\n" + "A harbour, a lamp and a letter. " * 60
    root = write_project(
        tmp_path / "book",
        {
            f"content/shore/{name}.md": article.format(name, other)
            for name, other in (("one", "two"), ("two", "one"))
        },
    )
    books = []
    for options in (
        Options(("print",), tmp_path / "here"),
        Options(("print",), tmp_path / "there", cluster=address),
    ):
        outcome = build(root, options, lambda stage, detail: None)
        assert outcome.exit_code == 0
        (book,) = outcome.folder.glob("*.pdf")
        books.append(book.read_bytes())
    assert books[0] == books[1]


def test_large_tasks_go_without_advice(address: str, recwarn: pytest.WarningsRecorder) -> None:
    """A task may carry megabytes, and Dask says nothing about that."""
    with cluster(address, HERE, same) as executor:
        assert executor.submit(len, bytes(12_000_000)).result(PATIENCE) == 12_000_000
    assert [str(warning.message) for warning in recwarn] == []


def test_an_exception_arrives_as_itself(address: str) -> None:
    """The caller sees the exception that the task raised."""
    with cluster(address, HERE, same) as executor, pytest.raises(LookupError, match=r"^no such thing$"):
        executor.submit(refuse, "no such thing").result(PATIENCE)


def test_workers_with_other_versions_are_refused(address: str) -> None:
    """Each worker whose versions differ is named, with what differs and what to do."""
    with pytest.raises(RefusedWorkerError) as caught, cluster(address, HERE, older):
        pytest.fail("a cluster was given")
    message = "worker tcp://127.0.0.1: Pango missing, here 1.52; WeasyPrint 69, here 70"
    hint = "install there what is installed here, or stop that worker: other versions make other pages"
    assert caught.value.exit_code == 3
    assert problems_of(caught) == [("B013", message, hint)] * 2


def test_workers_without_anthology_are_refused(address: str) -> None:
    """A worker that cannot even report is named, with the reason."""
    with pytest.raises(RefusedWorkerError) as caught, cluster(address, HERE, broken):
        pytest.fail("a cluster was given")
    message = "worker tcp://127.0.0.1: anthology does not work there (ImportError: no library called Pango)"
    hint = "install anthology there, in the versions of this machine"
    assert problems_of(caught) == [("B013", message, hint)] * 2


def test_a_worker_that_comes_later_is_refused_too(address: str) -> None:
    """No task is done by a worker that has other versions, whenever it came."""
    with (
        cluster(address, HERE, changing) as executor,
        pytest.raises(RefusedWorkerError, match="WeasyPrint 69"),
    ):
        executor.submit(double, 1).result(PATIENCE)


def test_a_task_that_ends_its_workers_is_lost(address: str) -> None:
    """A task that ends every worker which tries it fails alone; a worker that came in their place does the next."""
    with cluster(address, HERE, same) as executor:
        with pytest.raises(LostTask, match=r"^the workers that did it died, one after another$"):
            executor.submit(os._exit, 3).result(PATIENCE)
        assert executor.submit(double, 1).result(PATIENCE)[0] == 2


def test_a_refusal_can_travel() -> None:
    """The refusal comes from another machine, with its problem."""
    problem = Problem("B013", "error", "worker x: Pango 1, here 2")
    assert pickle.loads(pickle.dumps(RefusedWorkerError(problem))).problems == (problem,)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no answer longer than a test can."""
    monkeypatch.setattr("anthology.cluster._SECONDS_TO_ANSWER", 0.2)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", ["nobody", "silent", "nonsense"])
def test_an_address_where_no_scheduler_is(kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Nobody there, somebody else there, or no address at all: one problem says so, soon, and Dask says nothing."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        if kind == "silent":
            listening.listen()
        port = listening.getsockname()[1]
        where = "next-door" if kind == "nonsense" else f"tcp://127.0.0.1:{port}"
        with pytest.raises(MachineError) as caught, cluster(where, HERE, same):
            pytest.fail("a cluster was given")
    hint = "start one there with `dask scheduler`, and give its address as tcp://HOST:PORT"
    assert caught.value.problems == (
        Problem("B012", "error", f"no Dask scheduler answers at {where}", None, hint),
    )
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("impatient")
def test_a_scheduler_without_workers() -> None:
    """Where nobody works, nothing is waited for."""
    with LocalCluster(
        n_workers=0, processes=False, dashboard_address=":0", silence_logs="CRITICAL"
    ) as started:
        where = started.scheduler_address
        with pytest.raises(MachineError) as caught, cluster(where, HERE, same):
            pytest.fail("a cluster was given")
    hint = f"start workers on your machines with `dask worker {where} --nthreads 1`"
    message = f"the Dask scheduler at {where} has no worker that answers"
    assert caught.value.problems == (Problem("B012", "error", message, None, hint),)


def test_dask_is_not_needed_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, whoever asks for a cluster is told how to get it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MachineError) as caught, cluster("tcp://127.0.0.1:1", HERE, same):
        pytest.fail("a cluster was given")
    message = "Dask is not installed, which hands the work to other machines"
    assert caught.value.problems == (
        Problem("B011", "error", message, None, "pip install 'anthology[cluster]'"),
    )
