"""Books set in this process: no workers, and a note of everything that they would have been asked for."""

from __future__ import annotations

import atexit
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any, Literal

from anthology.bind import Book, BoundLeaf, Metadata, bind
from anthology.build import Options
from anthology.cache import Cache
from anthology.config import load_config
from anthology.editions.base import Made
from anthology.editions.design import design_for
from anthology.editions.pdf import make_pdf
from anthology.editions.setting import Copy, Typeset, page_of_each_place, set_copy
from anthology.editions.workshop import Workshop
from anthology.leaves import FramesTask, Leaf, LeafTask, Sheet
from anthology.model import Document
from anthology.preparing import prepare
from anthology.project import CONFIG, Project
from anthology.typeset.press import press_for

# While Python still is what the engine expects when it lets go of its fonts.
atexit.register(press_for.cache_clear)

# A small page with a line of text or two, its number in the middle of the foot, and room for numbers at the edge.
STYLES = """
@page { margin: 8mm 6mm 14mm }
@page { @bottom-center { content: counter(page) } }
@page front { @bottom-center { content: counter(page, lower-roman) } }
@page :blank { @bottom-center { content: none } }
body { margin: 0 }
.document { break-before: page; font: 9pt/12pt var(--serif); page: text }
.part-front { page: front }
p, ul, li { margin: 0; padding: 0 }
a { color: inherit; text-decoration: none }
.entry { display: block; padding-inline-end: 3em; position: relative }
.entry-page { bottom: 0; inset-inline-end: 0; position: absolute }
.next { break-before: page }
"""


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


def print_book(project: Path, edition: str = "print") -> PrintedBook:
    """Make a PDF edition of a project, with nothing kept from before."""
    files = Project(project, None)
    config = load_config(files.config(), CONFIG)
    manuscript, problems = prepare(files, config, Options(jobs=1, cache=None), lambda stage, detail: None)
    assert not [problem for problem in problems if problem.severity == "error"], problems
    executor = ThisProcess()
    settings = config.editions[edition]
    assert settings.format == "pdf"
    manuscript = replace(manuscript, theme=design_for(settings, manuscript.theme, manuscript.find).theme)
    made = make_pdf(manuscript, edition, settings, Workshop(executor, 1), lambda stage, detail: None)
    assert not [problem for problem in made.problems if problem.severity == "error"], made.problems
    tasks = [task for task in executor.tasks if isinstance(task, LeafTask)]
    documents = {task.document.name: task.document for task in tasks}
    pictures = {key: picture for task in tasks for key, picture in task.pictures.items()}
    return PrintedBook(made, tuple(documents.values()), tasks[0].sheet, pictures, tuple(executor.leaves))


def sheet(styles: str = "", width: float = 70, height: float = 90, **values: Any) -> Sheet:
    """Describe small pages, in millimetres, with the styles of this module and others after them."""
    return Sheet(width, height, (STYLES, styles), **{"language": "en", "direction": "ltr", **values})


def document(
    name: str, body: str, part: Literal["front", "text", "back"] = "text", language: str = "en"
) -> Document:
    """Make a document with this body, an article unless it is of the front or back matter."""
    html = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>-</title></head>'
        f'<body class="document">{body}</body></html>'
    )
    kind = "article" if part == "text" else "matter"
    return Document(name, kind, f"The title of {name}", language, html, part, name if part == "text" else "")


def entry(target: str) -> str:
    """Write a line that leads to a document, or to an id in one (`document--id`), with its page number."""
    address = target if "--" not in target else f"{target.partition('--')[0]}#{target}"
    slot = f'<span class="slot" data-target="anthology:{escape(address)}"></span>'
    return (
        f'<p><a class="entry" href="anthology:{escape(address)}">To {escape(target)}'
        f' <span class="entry-page">{slot}</span></a></p>'
    )


@dataclass(frozen=True, slots=True)
class SetBook:
    """Documents that were set, with the workshop in which they were, and what its workers were asked for."""

    documents: tuple[Document, ...]
    sheet: Sheet
    typeset: Typeset
    faces: Mapping[str, bytes]
    asked: ThisProcess

    def bound(self, **values: Any) -> bytes:
        """Bind it, with other values of a `Book` than the usual ones."""
        return bind(
            Book(
                leaves=tuple(bound_leaf(one, self.typeset.leaves[one.name]) for one in self.documents),
                numbering=self.typeset.numbering,
                frames=self.typeset.frames,
                furniture=self.typeset.furniture,
                rules=self.typeset.rules,
                faces=self.faces,
                metadata=metadata(self.sheet),
                places=page_of_each_place(self.typeset.leaves, self.typeset.numbering),
                **values,
            )
        )


def set_documents(
    documents: Sequence[Document],
    sheet: Sheet,
    cache: Cache | None = None,
    start: Literal["any", "recto"] = "any",
    **values: Any,
) -> SetBook:
    """Set documents as a build does, with a cache if one is given; `values` are others of a `Copy`."""
    asked = ThisProcess()
    workshop = Workshop(asked, 1, cache)
    copy = Copy(tuple(documents), sheet, lambda key: (b"", ""), {}, start, **values)
    typeset = set_copy(copy, workshop, lambda told: None)
    assert not typeset.failures, typeset.failures
    assert typeset.settled
    return SetBook(tuple(documents), sheet, typeset, workshop.faces, asked)


def bound_leaf(document: Document, leaf: Leaf) -> BoundLeaf:
    """Say of a leaf what the book says of its document."""
    return BoundLeaf(leaf, document.title, document.language, "Art" if document.kind == "article" else "Sect")


def metadata(sheet: Sheet) -> Metadata:
    """Say of a book what every book must say."""
    return Metadata(
        "A Book",
        sheet.language,
        sheet.direction,
        dt.date(2026, 1, 31),
        standards=(sheet.variant or "pdf/ua-1",),
    )
