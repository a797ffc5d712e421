"""Workers get ready while there is nothing to set yet, and are not kept waiting by what they load."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import pytest
from making import write_project
from pressroom import ThisProcess

import anthology.typeset.engine
from anthology.build import Options, build
from anthology.cache import Cache
from anthology.editions.workshop import Workshop
from anthology.leaves import LeafTask, Sheet
from anthology.problems import MachineError
from anthology.typeset.engine import load_engine


def test_no_more_workers_get_ready_than_there_is_work_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many get ready as leaves will surely be set, each once at most, and none for nothing."""
    monkeypatch.setattr("anthology.editions.workshop.warm_up", lambda sheet: None)
    counts = []
    for leaves in (0, 1, 2, 90):
        executor = ThisProcess()
        Workshop(executor, jobs=2).warm_up(Sheet(100, 150, (), "en", "ltr"), leaves)
        counts.append(len(executor.tasks))
    assert counts == [0, 1, 2, 2]


def threads_at_work(warm: int, tasks: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Have tasks done by a workshop of four of whom some get ready; count those who did any."""
    monkeypatch.setattr("anthology.editions.workshop.warm_up", lambda sheet: time.sleep(0.05))

    def do(task: int) -> int:
        time.sleep(0.01)
        return threading.get_ident()

    with ThreadPoolExecutor(4) as executor:
        workshop = Workshop(executor, jobs=4)
        workshop.warm_up(Sheet(100, 150, (), "en", "ltr"), warm)
        done = [(task, future.result()) for task, future in workshop.perform(do, iter(range(tasks)))]
    assert sorted(task for task, _ in done) == list(range(tasks))
    return len({thread for _, thread in done})


def test_no_worker_is_started_for_a_few_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those who got ready do the few tasks that there are; for many, and where nobody got ready, all are at work."""
    assert threads_at_work(1, 1, monkeypatch) == 1
    assert threads_at_work(1, 5, monkeypatch) == 1
    assert threads_at_work(2, 9, monkeypatch) == 2
    assert threads_at_work(1, 30, monkeypatch) > 1
    assert threads_at_work(0, 5, monkeypatch) > 1
    assert threads_at_work(0, 0, monkeypatch) == 0


def test_a_worker_gets_ready_before_it_is_known_what_it_will_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first task of a book with a new article is to get ready; a book of which all was read before has none."""
    config = '[book]\ntitle = "Tides"\n[editions.print]\nformat = "pdf"\n'
    files = {"anthology.toml": config, "content/sea/ebb.md": "---\ntitle: Ebb\n---\n\nThe water goes.\n"}
    write_project(tmp_path, files)
    cache = Cache(tmp_path / "cache")
    workers = ThisProcess()
    monkeypatch.setattr("anthology.build._executor", lambda *_: nullcontext(workers))
    build(tmp_path, Options(out=tmp_path / "dist", cache=cache), lambda stage, detail: None)
    assert isinstance(workers.tasks[0], Sheet)
    assert isinstance(workers.tasks[1], LeafTask)
    assert workers.tasks[1].sheet == workers.tasks[0]
    workers.tasks.clear()
    write_project(tmp_path, {"anthology.toml": config.replace("Tides", "Low tides")})
    build(tmp_path, Options(out=tmp_path / "dist", cache=cache), lambda stage, detail: None)
    assert not [task for task in workers.tasks if isinstance(task, Sheet)]


def test_a_worker_gets_ready_for_the_printer_of_an_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For an article of a book that was built before, what gets ready is the very sheet that it is set on."""
    config = (
        '[book]\ntitle = "Tides"\n[editions.print]\nformat = "pdf"\nprinter = "archive"\ncolour = "gray"\n'
    )
    files = {"anthology.toml": config, "content/sea/ebb.md": "---\ntitle: Ebb\n---\n\nThe water goes.\n"}
    write_project(tmp_path, files)
    workers = ThisProcess()
    monkeypatch.setattr("anthology.build._executor", lambda *_: nullcontext(workers))
    build(tmp_path, Options(), lambda stage, detail: None)
    workers.tasks.clear()
    build(tmp_path, Options(article="ebb"), lambda stage, detail: None)
    assert isinstance(workers.tasks[0], Sheet)
    (leaf,) = [task for task in workers.tasks if isinstance(task, LeafTask)]
    assert workers.tasks[0] == leaf.sheet


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere a search costs nothing, and finds what is needed"
)
def test_the_engine_is_loaded_without_a_search() -> None:
    """No compiler is started to look for libraries that lie where they always do; later searches work as ever."""
    program = """
import ctypes.util
asked = []
ctypes.util.find_library = asked.append
from anthology.typeset.engine import load_engine
load_engine()
import weasyprint
print(asked, ctypes.util.find_library == asked.append)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[] True\n"


def test_a_machine_without_the_engine_s_libraries_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where they are not found by their names, they are searched for; where that fails, the message says what to do."""
    tried = []

    def fail(name: str) -> None:
        tried.append(name)
        raise OSError("cannot load library")

    monkeypatch.setattr(anthology.typeset.engine.importlib, "import_module", fail)
    with pytest.raises(MachineError) as caught:
        load_engine()
    assert tried == ["weasyprint", "weasyprint"]
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("B006", "the library Pango is missing: no page can be set")
    assert problem.hint == "`anthology doctor` tells all that is missing"
