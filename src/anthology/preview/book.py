"""The book as it is on the disk now, or as it was when it could last be read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from anthology.build import Options
from anthology.config import load_config
from anthology.gather import gather
from anthology.plan.pages import recorded_pages
from anthology.preparing import prepare
from anthology.problems import AnthologyError, ContentError, Problem, has_errors
from anthology.project import CONFIG, Project

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from anthology.cache import Cache
    from anthology.editions import Manuscript
    from anthology.gather import Gathered
    from anthology.model import Article


@dataclass(frozen=True, slots=True)
class Book:
    """A book that is looked at.

    `number` counts how often the project was read; 0 is a book of which nothing is known yet. `problems` are those of
    the reading. With `failures` the project cannot be read as a whole, and the rest is what was read before. `good`
    are the articles by path as they could last be read, and `stale` the paths of those that cannot be read now.
    `folios` are the page numbers of the last build by edition and id.
    """

    number: int = 0
    manuscript: Manuscript | None = None
    problems: tuple[Problem, ...] = ()
    failures: tuple[Problem, ...] = ()
    good: Mapping[str, Article] = field(default_factory=dict, repr=False)
    stale: frozenset[str] = frozenset()
    folios: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)


def read_book(root: Path, before: Book, jobs: int, cache: Cache, executor: Executor | None = None) -> Book:
    """Read the project in `root` anew, by the `jobs` processes of `executor`, or of its own if there is none.

    What has not changed since comes from the cache.

    An article that cannot be read stands in the book as it did `before`, and so does all of it where there is no
    book to be read.
    """
    number = before.number + 1
    try:
        return _read(Project(root), number, before, jobs, cache, executor)
    except AnthologyError as error:
        return replace(before, number=number, failures=error.problems)
    except OSError as error:
        # A file or folder that went away, or may not be read, between two looks at it.
        message = f"the project cannot be read: {error.strerror or error}"
        return replace(before, number=number, failures=(Problem("B001", "error", message),))


def _read(
    project: Project, number: int, before: Book, jobs: int, cache: Cache, executor: Executor | None
) -> Book:
    config = load_config(project.config(), CONFIG)
    paths = list(project.articles())
    gathered = gather(project, paths, config.book.language, jobs, cache, executor)
    gathered, good, stale = _with_what_was_good(paths, gathered, before.good)
    options = Options(jobs=jobs, cache=cache)
    manuscript, problems = prepare(project, config, options, lambda stage, detail: None, gathered=gathered)
    folios = recorded_pages(project.root / "dist", config)
    return Book(number, manuscript, problems, (), good, stale, folios)


def _with_what_was_good(
    paths: Sequence[str], gathered: Gathered, before: Mapping[str, Article]
) -> tuple[Gathered, dict[str, Article], frozenset[str]]:
    """Put articles as they were into readings that have none because of an error; `paths` are those of all readings."""
    readings, good, stale = [], {}, set()
    for path, reading in zip(paths, gathered.readings, strict=True):
        article = reading.article
        if article is None and path in before and has_errors(reading.problems):
            article = before[path]
            stale.add(path)
        if article:
            good[path] = article
        readings.append(replace(reading, article=article))
    return replace(gathered, readings=tuple(readings)), good, frozenset(stale)


def alone(book: Book, piece_id: str) -> Manuscript:
    """Give the manuscript of one piece, with the page numbers of the last build for what it leads to.

    Raises ContentError while there is no book, KeyError where there is no such piece.
    """
    if book.manuscript is None:
        raise ContentError(*book.failures)
    anthology = book.manuscript.linked.anthology
    if all(piece.id != piece_id for piece in anthology.pieces):
        raise KeyError(piece_id)
    # Front matter is numbered by itself, in roman figures: there the pages of the text are not what they were.
    front = any(piece.id == piece_id for piece in anthology.front)
    return replace(book.manuscript, only=piece_id, folios={} if front else book.folios)
