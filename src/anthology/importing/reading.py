"""Read the sources: each by its importer, those that may take long in processes that can be ended."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anthology.importers import BUILT_IN, importer_of, importers
from anthology.importing.other_formats import other_format
from anthology.model import Origin
from anthology.problems import AnthologyError, Problem, RefusedFile, has_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from anthology.importers.model import Imported
    from anthology.importing.sources import Found

# A page that takes longer is no page: whole books of pages take a tenth of it.
SECONDS_A_FILE = 10

# No article is so long, in bytes: what is may be made to be slow, whatever its kind. Below it, what takes a program
# longest of all that tests/hazards tries takes captures and posts a second.
_LARGE = 128 * 1024
# Below this, starting processes costs more than reading captures and posts here.
_WORTH_PROCESSES = 200
_TEXT_KINDS = frozenset(importer.kind for importer in BUILT_IN)
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Read:
    """A source with what its importer made of it; nothing where it could not be imported, and a problem why."""

    found: Found
    data: bytes
    kind: str = ""
    imported: Imported | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def sha256(self) -> str:
        """Give the digest of the source as it lies on the disk."""
        return hashlib.sha256(self.data).hexdigest()


def read_sources(
    sources: Iterable[Found],
    *,
    jobs: int,
    seconds: float = SECONDS_A_FILE,
    told: Callable[[str], None] = lambda _: None,
) -> tuple[Read, ...]:
    """Read the sources, in their order.

    Arguments: the files; how many processes may work; how many seconds a page gets; and `told`, which hears the
    label of each file that is done. A file that fails is a problem of its own and never stops the rest.
    """
    recognised = [_recognised(found) for found in sources]
    many = jobs > 1 and len(recognised) >= _WORTH_PROCESSES
    slow = [at for at, read in enumerate(recognised) if read.kind and (many or _may_be_slow(read))]
    results = dict(
        zip(slow, _in_processes([recognised[at] for at in slow], jobs, seconds, told), strict=True)
    )
    done = []
    for at, read in enumerate(recognised):
        if at in results:
            read = results[at]
        elif read.kind:
            read = _finished(read, *_import(read.kind, read.found, read.data))
            told(read.found.label)
        done.append(read)
    return tuple(done)


def _may_be_slow(read: Read) -> bool:
    return importers()[read.kind].budgeted or len(read.data) > _LARGE


def _recognised(found: Found) -> Read:
    origin = Origin(found.label)
    try:
        data = found.read()
    except RefusedFile as refused:
        return Read(found, b"", problems=refused.problems)
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        hint = "capture the page again"
        return Read(found, data, problems=(Problem("M088", "error", "the file is empty", origin, hint),))
    importer = importer_of(found.label, data)
    if importer is None and (problem := other_format(origin)):
        return Read(found, data, problems=(problem,))
    is_text = b"\0" not in data[:8192] or data.startswith(_BYTE_ORDER_MARKS)
    if not is_text and (importer is None or importer.kind in _TEXT_KINDS):
        hint = "save the page as text or HTML, and import that"
        return Read(
            found, data, problems=(Problem("M083", "error", "a binary file, not text", origin, hint),)
        )
    if importer is None:
        hint = "importers know captured text (.txt), saved pages (.html) and Markdown posts (.md)"
        problem = Problem("M084", "error", "nothing here knows how to import this", origin, hint)
        return Read(found, data, problems=(problem,))
    return Read(found, data, importer.kind)


def _import(kind: str, found: Found, data: bytes) -> tuple[Imported | None, tuple[Problem, ...]]:
    try:
        imported = importers()[kind].read(found.label, data, found.beside)
    except AnthologyError as error:
        return None, error.problems
    except Exception as error:  # a fault of an importer, or of its library, that a page brings out
        return None, (_failed(found, f"{type(error).__name__}: {error}"),)
    return (None if has_errors(imported.problems) else imported), imported.problems


def _finished(read: Read, imported: Imported | None, problems: tuple[Problem, ...]) -> Read:
    return replace(read, imported=imported, problems=problems)


def _failed(found: Found, why: str) -> Problem:
    message = f"it cannot be imported ({' '.join(why.split())[:200]})"
    return Problem("M087", "error", message, Origin(found.label), "save it as plain text, and import that")


def _in_processes(
    reads: list[Read], jobs: int, seconds: float, told: Callable[[str], None]
) -> Iterator[Read]:
    if not reads:
        return
    from anthology.workers import LostTask, OverMemory, OverTime, Workers

    hint = "save the page as plain text, and import that"
    with Workers(min(jobs, len(reads)), seconds) as workers:
        futures = [workers.submit(_import_file, _Task(read.kind, read.found)) for read in reads]
        for read, future in zip(reads, futures, strict=True):
            try:
                yield _finished(read, *future.result())
            except (OverTime, OverMemory) as lost:
                problem = Problem("M086", "error", str(lost), Origin(read.found.label), hint)
                yield _finished(read, None, (problem,))
            except LostTask as lost:
                yield _finished(read, None, (_failed(read.found, str(lost)),))
            except Exception as error:  # what could not be sent from process to process
                yield _finished(read, None, (_failed(read.found, f"{type(error).__name__}: {error}"),))
            told(read.found.label)


@dataclass(frozen=True, slots=True)
class _Task:
    """A file to be imported, and the kind of its importer, which is got ready where the task comes out of its pickle.

    The clock runs only from then on: to load what reads web pages takes longer than to read one.
    """

    kind: str
    found: Found

    def __reduce__(self) -> tuple[Any, ...]:
        return _task_made_ready, (self.kind, self.found)


def _task_made_ready(kind: str, found: Found) -> _Task:
    _make_ready(kind)
    return _Task(kind, found)


@cache
def _make_ready(kind: str) -> None:
    """Have an importer load what it needs."""
    from anthology.importing.sources import Found

    page = b"<!doctype html><title>A page</title><article><p>A sentence to begin with.</p></article>"
    with suppress(Exception):
        importers()[kind].read("page.html", page, Found(Path("page.html"), "page.html", Path()).beside)


def _import_file(task: _Task) -> tuple[Imported | None, tuple[Problem, ...]]:
    return _import(task.kind, task.found, task.found.read())
