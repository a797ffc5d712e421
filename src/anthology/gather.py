"""Gather the articles of a project: from the cache, or read here, or in several processes where there are many."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from anthology.digests import digest
from anthology.model import Origin
from anthology.problems import Problem, RefusedFile, has_errors
from anthology.project import Project
from anthology.versions import code

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from anthology.cache import Cache
    from anthology.read import Reading
    from anthology.workers import LostTask, Workers

    # The articles at some paths, and the language of the book.
    _Batch = tuple[Project, Sequence[str], str]

# Where our own code lies that makes an article of a file, and says what an article is.
_OURS = (
    *("read", "labels", "drawings", "images", "alternative_text.py", "article_files.py", "config/slugs.py"),
    *("gather.py", "lazy_pictures.py", "model.py", "problems.py", "project.py", "regular_files.py"),
    *("wording.py", "xhtml.py"),
)

# Below this, starting processes costs more than reading the articles here.
_WORTH_PROCESSES = 60

# So few that one which cannot be read costs little: the others of its batch are then read again.
_LARGEST_BATCH = 32

# Many times what the largest batch takes: an article of 300 KB takes a fraction of a second.
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Gathered:
    """The readings in the order asked for, the paths of drafts, and how many readings came from the cache."""

    readings: tuple[Reading, ...]
    drafts: tuple[str, ...]
    reused: int


@dataclass(frozen=True, slots=True)
class _Kept:
    """A reading with the files it looked at: their paths and digests, empty for those that were not there.

    One that came to no end is no fact about the article, and is not `lasting`.
    """

    reading: Reading
    looked_at: tuple[tuple[str, str], ...] = ()
    lasting: bool = True


def gather(
    project: Project, paths: Sequence[str], language: str, jobs: int, kept_in: Cache | None
) -> Gathered:
    """Read the articles at `paths`, each once for as long as neither it nor a picture it shows changes.

    The project notes the files that were looked at, wherever that was done, and those that kept readings depend on.
    """

    @cache
    def digest_at(path: str) -> str:
        return project.digest_at(path)

    keys = {path: _key(path, digest_at(path), language) for path in paths} if kept_in else {}
    kept = {path: _from_cache(keys[path], digest_at, kept_in) for path in paths} if kept_in else {}
    missing = [path for path in paths if kept.get(path) is None]
    read = dict(zip(missing, _read_all(project, missing, language, jobs), strict=True))
    for path, made in read.items():
        project.looked_at.update(made.looked_at)
        if kept_in and made.lasting:
            kept_in.put(keys[path], pickle.dumps(made))
    readings = tuple((kept.get(path) or read[path]).reading for path in paths)
    drafts = tuple(
        path
        for path, reading in zip(paths, readings, strict=True)
        if reading.article is None and not has_errors(reading.problems)
    )
    return Gathered(readings, drafts, len(paths) - len(missing))


def _read_all(project: Project, paths: Sequence[str], language: str, jobs: int) -> list[_Kept]:
    # What one process has fetched, another would fetch again.
    if jobs == 1 or len(paths) < _WORTH_PROCESSES or project.web:
        return _read((project, paths, language))
    from anthology.workers import LostTask, Workers

    size = min(max(1, len(paths) // (jobs * 8)), _LARGEST_BATCH)
    bare = Project(project.root)
    batches = [(bare, paths[at : at + size], language) for at in range(0, len(paths), size)]
    read: list[_Kept] = []
    with Workers(jobs, _SECONDS) as workers:
        for batch, reading in [(batch, workers.submit(_read, batch)) for batch in batches]:
            try:
                read += reading.result()
            except LostTask:
                read += _read_one_by_one(workers, batch)
    return read


def _read_one_by_one(workers: Workers, batch: _Batch) -> list[_Kept]:
    """Read what can be read of a batch, and find out what cannot."""
    from anthology.workers import LostTask

    project, paths, language = batch
    read: list[_Kept] = []
    for path, reading in [(path, workers.submit(_read, (project, (path,), language))) for path in paths]:
        try:
            read += reading.result()
        except LostTask as lost:
            read.append(_Kept(_given_up(path, lost), lasting=False))
    return read


def _read(batch: _Batch) -> list[_Kept]:
    project, paths, language = batch
    return [_read_one(project, path, language) for path in paths]


def _read_one(project: Project, path: str, language: str) -> _Kept:
    from anthology.read import Reading, read_article

    # It notes what this article alone looks at.
    own = Project(project.root, project.web)
    try:
        data = own.find(path)
        reading = _gone(path) if data is None else read_article(path, data, language=language, find=own.find)
    except RefusedFile as refused:
        # It, or a file that it names.
        reading = Reading(None, refused.problems)
    return _Kept(reading, tuple(sorted(own.looked_at)))


def _gone(path: str) -> Reading:
    from anthology.read import Reading

    message, hint = "there is nothing at the end of this link", "put the file itself in its place"
    return Reading(None, (Problem("B007", "error", message, Origin(path), hint),))


def _given_up(path: str, lost: LostTask) -> Reading:
    from anthology.read import Reading

    message = f"the article cannot be read: {lost}"
    hint = "take parts of it out until it can be read: the last of them is at fault"
    return Reading(None, (Problem("B010", "error", message, Origin(path), hint),))


def _from_cache(key: str, digest_at: Callable[[str], str], kept_in: Cache) -> _Kept | None:
    data = kept_in.get(key)
    if data is None:
        return None
    kept = pickle.loads(data)  # the user's own file, and checked against its digest
    assert isinstance(kept, _Kept)
    return kept if all(digest_at(path) == known for path, known in kept.looked_at) else None


def _key(path: str, content: str, language: str) -> str:
    return digest("reading", *_versions(), path, language, content)


@cache
def _versions() -> tuple[str, ...]:
    """Name what turns a file into an article: a new version of any of them may do it otherwise.

    Our own code goes in by its bytes: it changes between two releases as well.
    """
    from importlib.metadata import version

    names = (
        "Markdown",
        "pymdown-extensions",
        "Pygments",
        "lxml",
        "Pillow",
        "PyYAML",
        "python-slugify",
        "tinycss2",
        "tinyhtml5",
    )
    return (*(f"{name} {version(name)}" for name in names), code(*_OURS))
