"""Gather the articles of a project: from the cache, or read in processes that can be ended."""

from __future__ import annotations

import pickle
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from anthology.digests import digest
from anthology.model import Origin
from anthology.problems import AnthologyError, Problem, RefusedFile, has_errors
from anthology.project import Project
from anthology.versions import code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor

    from anthology.cache import Cache
    from anthology.network import Fetched, Web
    from anthology.read import Reading

# Where our own code lies that makes an article of a file, and says what an article is.
_OURS = (
    *("read", "labels", "drawings", "images", "alternative_text.py", "article_files.py", "config/slugs.py"),
    *("gather.py", "lazy_pictures.py", "model.py", "problems.py", "project.py", "regular_files.py"),
    *("wording.py", "xhtml.py"),
)

# Below this, starting another process costs more than to read the articles in one.
_WORTH_PROCESSES = 60
# Articles that are with the processes at once, for each of them: enough that none waits for the next.
_AHEAD = 3

# Many times what any article takes, on a machine that has other things to do: one of 300 KB takes a second. The
# processes that set pages give it as long.
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Gathered:
    """The readings in the order asked for, the paths of drafts, and how many readings came from the cache."""

    readings: tuple[Reading, ...]
    drafts: tuple[str, ...]
    reused: int


@dataclass(frozen=True, slots=True)
class ReadTask:
    """An article to be read: the project, which notes what is looked at, its path in it, and the book's language."""

    project: Project
    path: str
    language: str


@dataclass(frozen=True, slots=True)
class _Kept:
    """A reading with the files it looked at: their paths and digests, empty for those that were not there.

    One that came to no end is no fact about the article, and is not `lasting`.
    """

    reading: Reading
    looked_at: tuple[tuple[str, str], ...] = ()
    lasting: bool = True


def gather(
    project: Project,
    paths: Sequence[str],
    language: str,
    jobs: int,
    kept_in: Cache | None,
    executor: Executor | None = None,
) -> Gathered:
    """Read the articles at `paths`, each once for as long as neither it nor a picture it shows changes.

    They are read by the `jobs` processes of `executor`, or of its own if there is none. The project notes the files
    that were looked at, wherever that was done, and those that kept readings depend on.
    """

    @cache
    def digest_at(path: str) -> str:
        return project.digest_at(path)

    keys = {path: _key(path, digest_at(path), language) for path in paths} if kept_in else {}
    kept = {path: _from_cache(keys[path], digest_at, kept_in) for path in paths} if kept_in else {}
    missing = [path for path in paths if kept.get(path) is None]
    read = dict(zip(missing, _read_all(project, missing, language, jobs, executor), strict=True))
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


def _read_all(
    project: Project, paths: Sequence[str], language: str, jobs: int, executor: Executor | None
) -> list[_Kept]:
    """Read articles in processes that can be ended, never in this one: any text may be the one without end."""
    if not paths:
        return []
    from anthology.workers import Workers, import_ahead

    if executor is None:
        import_ahead((__name__, "anthology.read.ahead"))
    with nullcontext(executor) if executor else Workers(jobs, _SECONDS) as workers:
        read = _read_in(workers, [ReadTask(Project(project.root), path, language) for path in paths], jobs)
        if project.web:
            again = _with_pictures_from(project.web, project, language, read)
            read |= _read_in(workers, list(again), jobs)
    return [read[path] for path in paths]


def _read_in(workers: Executor, tasks: Sequence[ReadTask], jobs: int) -> dict[str, _Kept]:
    """Have articles read, each by itself, so that one which comes to no end costs no other."""
    from anthology.workers import in_order_of_completion

    ahead = jobs * _AHEAD if len(tasks) >= _WORTH_PROCESSES else 1
    read: dict[str, _Kept] = {}
    for task, future in in_order_of_completion(workers, _read, tasks, ahead):
        try:
            read[task.path] = future.result()
        except AnthologyError:
            raise
        except Exception as error:  # a lost task, or whatever a library fails with where nobody expects it
            read[task.path] = _Kept(_given_up(task.path, error), lasting=False)
    return read


def _with_pictures_from(
    web: Web | Fetched, project: Project, language: str, read: Mapping[str, _Kept]
) -> Iterator[ReadTask]:
    """Fetch what articles show from the web, here and once, and have those read again that show any of it.

    So no article spends its time on waiting for the web.
    """
    from anthology.network import Fetched

    for path, kept in read.items():
        addresses = [name for name, known in kept.looked_at if "://" in name and not known]
        found = {address: data for address in addresses if (data := web.find(address)) is not None}
        if found:
            yield ReadTask(Project(project.root, Fetched(found)), path, language)


def _read(task: ReadTask) -> _Kept:
    from anthology.read import Reading, read_article

    project, path = task.project, task.path
    try:
        data = project.find(path)
        if data is None:
            reading = _gone(path)
        else:
            reading = read_article(path, data, language=task.language, find=project.find)
    except RefusedFile as refused:
        # It, or a file that it names.
        reading = Reading(None, refused.problems)
    return _Kept(reading, tuple(sorted(project.looked_at)))


def _gone(path: str) -> Reading:
    from anthology.read import Reading

    message, hint = "there is nothing at the end of this link", "put the file itself in its place"
    return Reading(None, (Problem("B007", "error", message, Origin(path), hint),))


def _given_up(path: str, error: Exception) -> Reading:
    from anthology.read import Reading
    from anthology.workers import LostTask

    why = str(error) if isinstance(error, LostTask) else f"{type(error).__name__}: {error}"
    message = f"the article cannot be read: {why}"
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
