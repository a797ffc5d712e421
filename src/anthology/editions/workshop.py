"""Where leaves come from: the cache that keeps them, or the workers that set them."""

from __future__ import annotations

import pickle
import zlib
from concurrent.futures import wait
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from anthology.cache import Cache
from anthology.digests import digest
from anthology.leaves import FramesTask, LeafTask
from anthology.typeset import warm_up
from anthology.versions import engine_versions
from anthology.workers import Workers, import_ahead, in_order_of_completion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor, Future

    from anthology.leaves import Sheet

T = TypeVar("T")

# Tasks that are with the workers at once, for each of them: enough that none waits for the next.
_AHEAD = 3
# Leaves that a worker sets in the time that another takes to get ready.
_SOONER_THAN_STARTED = 6
# Any leaf gets so many seconds, and one more for so many bytes: an article of 900 words, 6 kB, takes a quarter of one.
_SECONDS, _BYTES_A_SECOND = 60, 5000
# But none gets more than ten minutes: so long takes a novel of two million words.
_MOST_SECONDS = 600


# What articles are read with, and what leaves are set with.
_IMPORTED_AHEAD = ("anthology.gather", "anthology.read.ahead", "anthology.typeset.ahead")


def setting_workers(jobs: int) -> Workers:
    """Make so many processes that set leaves, each within the time that it may take; they read articles as well."""
    import_ahead(_IMPORTED_AHEAD)
    return Workers(jobs, _seconds_for)


def _seconds_for(task: Any) -> float:
    """Tell how many seconds a task may take: many times what it needs, so that only one without end is given up."""
    size = len(task.document.html) if isinstance(task, LeafTask) else 0
    size += 2000 * len(task.frames) if isinstance(task, FramesTask) else 0
    return min(_SECONDS + size / _BYTES_A_SECOND, float(_MOST_SECONDS))


@dataclass(frozen=True, slots=True)
class Workshop:
    """Executor and cache for the typesetting of editions.

    `faces` collects font files by digest as they are met, `_warm` what tells of the workers that they are ready.
    """

    executor: Executor
    jobs: int
    cache: Cache | None = None
    faces: dict[str, bytes] = field(default_factory=dict)
    _warm: list[Future[None]] = field(default_factory=list)

    def kept(self, key: str) -> Any:
        """Give what is kept under a key, unpacked; None if there is nothing, or the faces it needs are gone."""
        data = self.cache.get(key) if self.cache else None
        if data is None:
            return None
        value, faces = pickle.loads(zlib.decompress(data))  # our own, and checked against its digest
        return value if all(self._find_face(face) for face in faces) else None

    def keep(self, key: str, value: Any, faces: Iterable[str]) -> None:
        """Keep a value, and the faces that it needs with it."""
        if self.cache:
            self.cache.put(key, zlib.compress(pickle.dumps((value, tuple(sorted(faces)))), 1))

    def add_faces(self, files: dict[str, bytes]) -> None:
        """Take in font files that a worker sent along."""
        for name, data in files.items():
            if name not in self.faces:
                self.faces[name] = data
                if self.cache:
                    self.cache.put(digest("face", name), data)

    def warm_up(self, sheet: Sheet, leaves: int) -> None:
        """Let the workers get ready for so many leaves at least, while it is not known yet which.

        To start a process and load what sets pages takes it a second.
        """
        while len(self._warm) < min(self.jobs, leaves):
            self._warm.append(self.executor.submit(warm_up, sheet))

    def perform(self, fn: Callable[[T], Any], tasks: Iterable[T]) -> Iterator[tuple[T, Future[Any]]]:
        """Have tasks done by the workers, a few at a time; give each with its finished future."""
        coming = iter(tasks)
        most = len(self._warm) * _SOONER_THAN_STARTED
        first = list(islice(coming, most + 1))
        if len(first) <= most:
            # Those that get ready do them all: before they are, a task would have another worker started.
            wait(self._warm)
            return in_order_of_completion(self.executor, fn, first, len(self._warm))
        return in_order_of_completion(self.executor, fn, chain(first, coming), self.jobs * _AHEAD)

    def _find_face(self, name: str) -> bool:
        if name not in self.faces and self.cache:
            data = self.cache.get(digest("face", name))
            if data is not None:
                self.faces[name] = data
        return name in self.faces


def sheet_digest(sheet: Sheet) -> str:
    """Digest a sheet with the versions of all that sets it: the ground of every key."""
    versions = engine_versions(sheet.fallback)
    return digest(
        repr(sheet),
        sheet.icc,
        repr(sheet.resources),
        *(f"{name} {version}" for name, version in sorted(versions.items())),
    )
