"""Books set in this process: no workers, and a note of everything that they would have been asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anthology.build import Options, prepare
from anthology.cache import Cache
from anthology.config import load_config
from anthology.editions.base import Made
from anthology.editions.pdf import make_pdf
from anthology.editions.workshop import Workshop
from anthology.leaves import FramesTask, LeafTask, Sheet
from anthology.model import Document
from anthology.project import CONFIG, Project


class ThisProcess(Executor):
    """Does every task at once, and remembers it."""

    def __init__(self) -> None:
        self.tasks: list[Any] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do what is asked for, before anything else."""
        self.tasks.extend(args)
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # it belongs to who asks for the result
            future.set_exception(error)
        return future

    @property
    def leaves(self) -> list[str]:
        """Name the documents that were set, in order, as often as they were."""
        return [task.document.name for task in self.tasks if isinstance(task, LeafTask)]

    @property
    def frames(self) -> int:
        """Count the frames that were set."""
        return sum(len(task.frames) for task in self.tasks if isinstance(task, FramesTask))


@dataclass(frozen=True, slots=True)
class PrintedBook:
    """A PDF edition, and what it was made from: documents in order, their sheet, their pictures by key.

    `set` names the documents that were set, as often as they were.
    """

    made: Made
    documents: tuple[Document, ...]
    sheet: Sheet
    pictures: Mapping[str, tuple[bytes, str]]
    set: tuple[str, ...]

    @property
    def pdf(self) -> bytes:
        """Give the file."""
        return self.made.data


def print_book(project: Path, edition: str = "print", cache: Cache | None = None) -> PrintedBook:
    """Make a PDF edition of a project; with a cache, `documents` are those alone that were not in it."""
    files = Project(project, None)
    config = load_config(files.config(), CONFIG)
    manuscript, problems = prepare(files, config, Options(jobs=1, cache=cache), lambda stage, detail: None)
    assert not [problem for problem in problems if problem.severity == "error"], problems
    executor = ThisProcess()
    settings = config.editions[edition]
    assert settings.format == "pdf"
    made = make_pdf(manuscript, edition, settings, Workshop(executor, 1, cache), lambda stage, detail: None)
    assert not [problem for problem in made.problems if problem.severity == "error"], made.problems
    tasks = [task for task in executor.tasks if isinstance(task, LeafTask)]
    documents = {task.document.name: task.document for task in tasks}
    pictures = {key: picture for task in tasks for key, picture in task.pictures.items()}
    return PrintedBook(
        made, tuple(documents.values()), tasks[0].sheet if tasks else Sheet(0, 0, (), "", "ltr"), pictures, tuple(executor.leaves)
    )
