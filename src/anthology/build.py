"""Build: the stages composed, with the disk, the clock and the processes around them."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from anthology.arrange import alone, arrange
from anthology.config import Config, load_config
from anthology.editions.base import Made, Manuscript
from anthology.editions.workshop import Workshop, seconds_for
from anthology.gather import gather
from anthology.labels import labels_for
from anthology.link import link
from anthology.problems import (
    AnthologyError,
    ContentError,
    Problem,
    UsageError,
    did_you_mean,
    has_errors,
    sorted_problems,
    without_ignored,
)
from anthology.project import CONFIG, Project
from anthology.relate import relate
from anthology.theme import load_theme
from anthology.theme_checks import check_theme
from anthology.verify.rights import check_rights
from anthology.workers import Workers
from anthology.writing import write_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager
    from pathlib import Path

    from anthology.cache import Cache
    from anthology.config import Edition
    from anthology.model import Anthology, Article
    from anthology.network import Web
    from anthology.pages import PageStart
    from anthology.record import BuildRecord

# The day a book without any date is stamped with: the zip format knows none before it.
_NO_DAY = dt.date(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: which editions (all, if none is named), where to, with how many processes, how strictly.

    With a `web`, pictures are fetched from it. With `article`, only the article with this id is built, alone, and the record of the book stays as it is.
    With `cluster`, the address of a Dask scheduler, articles are set by its workers.
    """

    editions: tuple[str, ...] = ()
    out: Path | None = None
    jobs: int = 1
    strict: bool = False
    keep_going: bool = False
    article: str = ""
    cache: Cache | None = None
    web: Web | None = None
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build: its record, whether it was written, the problems, and the exit code to leave with."""

    record: BuildRecord
    written: bool
    problems: tuple[Problem, ...]
    exit_code: int
    folder: Path


def build(root: Path, options: Options, progress: Callable[[str, str], None]) -> Outcome:
    """Build the editions of the project in `root`; on failure nothing in the output folder changes.

    `progress` is told each stage as it begins, and what it works on. Raises ContentError for what keeps the
    book from being read at all, UsageError for an edition that does not exist, MachineError for what is
    missing on this machine.
    """
    project = Project(root, options.web)
    config = load_config(project.config(), CONFIG)
    names = _chosen_editions(config, options.editions)
    manuscript, found = prepare(project, config, options, progress)
    problems = list(found)
    made: list[tuple[str, Edition, Made, float]] = []
    if options.keep_going or not has_errors(problems):
        with _executor(config, options) as executor:
            workshop = Workshop(executor, options.jobs, options.cache)
            results = _make_all(manuscript, names, workshop, progress)
        made = [(name, config.editions[name], *results[name]) for name in names]
        problems += [problem for result, _ in results.values() for problem in result.problems]
    told = without_ignored(sorted_problems(problems), config.check.ignored)
    failed = has_errors(told) or (options.strict and bool(told))
    folder = options.out or root / "dist"
    record = _record(manuscript, made, told)
    kept = bool(made) and (not failed or (options.keep_going and not _is_incomplete(made)))
    if kept:
        files = {_file_name(manuscript, name, edition): result.data for name, edition, result, _ in made}
        if not options.article:
            files["build.json"] = record.to_json().encode()
        progress("write", str(folder))
        write_files(folder, files)
    return Outcome(record, kept, told, 1 if failed else 0, folder)


def _executor(config: Config, options: Options) -> AbstractContextManager[Executor]:
    """Give who sets leaves: the processes of this machine, or a cluster's."""
    return Workers(options.jobs, seconds_for)


def _is_incomplete(made: Iterable[tuple[str, Edition, Made, float]]) -> bool:
    """Tell whether an edition lost blocks: such a one is never written, whatever the options."""
    return any(result.placement.missing for _, _, result, _ in made)


def _chosen_editions(config: Config, wanted: tuple[str, ...]) -> tuple[str, ...]:
    for name in wanted:
        if name not in config.editions:
            hint = did_you_mean(name, config.editions) or f"there are: {', '.join(config.editions)}"
            raise UsageError(
                Problem("B002", "error", f'no edition "{name}"', config.origin("editions"), hint)
            )
    if not config.editions:
        hint = "delete the heading for an e-book and a PDF, or add [editions.print]"
        raise ContentError(
            Problem("B009", "error", "[editions] lists no edition", config.origin("editions"), hint)
        )
    return wanted or tuple(config.editions)


def prepare(
    project: Project, config: Config, options: Options, progress: Callable[[str, str], None]
) -> tuple[Manuscript, tuple[Problem, ...]]:
    """Walk from the files to the linked anthology, gathering problems on the way.

    Raises ContentError where there is no article to make a book of, UsageError for an article to be made
    alone that does not exist.
    """
    labels = labels_for(config.book.language, config.labels, origin=config.origin("book", "language"))
    problems = list(labels.problems)
    paths = list(project.articles())
    progress("read", _counted(len(paths), "file"))
    gathered = gather(project, paths, config.book.language, options.jobs, options.cache)
    problems += [problem for reading in gathered.readings for problem in reading.problems]
    failed = {problem.origin.path for problem in problems if problem.severity == "error" and problem.origin}
    articles = [reading.article for reading in gathered.readings if reading.article]
    if options.keep_going:
        articles = [article for article in articles if article.origin.path not in failed]
    progress("arrange", _counted(len(articles), "piece"))
    anthology, found = arrange(articles, config)
    problems += found
    if not anthology.sections:
        raise ContentError(*sorted_problems(problems))
    if has_errors(found):
        anthology, _ = arrange(_first_of_each_id(articles), config)
    if options.article:
        anthology = _alone(anthology, options.article, config)
    progress("relate", "")
    related, unrelated = relate(anthology, config, gathered.drafts)
    progress("link", "")
    linked, unlinked = link(anthology, related, config.book.language)
    # An article alone leads nowhere, and that is no fault of its own.
    problems += [] if options.article else [*unrelated, *unlinked]
    day = _day(config, anthology)
    if config.rights.required:
        problems += check_rights(anthology, day)
    theme = load_theme(project.root)
    problems += check_theme(theme)
    manuscript = Manuscript(
        linked,
        config,
        theme,
        labels,
        day,
        project.find,
        linked.anthology.pictures,
        reused=gathered.reused,
        only=options.article,
    )
    return manuscript, tuple(problems)


def _alone(anthology: Anthology, article_id: str, config: Config) -> Anthology:
    known = [article.id for article in anthology.articles]
    if article_id not in known:
        hint = did_you_mean(article_id, known)
        raise UsageError(Problem("B003", "error", f'no article "{article_id}"', None, hint))
    return alone(anthology, article_id, config.book.language)


def _first_of_each_id(articles: Iterable[Article]) -> list[Article]:
    first: dict[str, Article] = {}
    for article in sorted(articles, key=lambda article: article.origin.path):
        first.setdefault(
            article.id if not article.origin.path.endswith("/_intro.md") else article.origin.path, article
        )
    return list(first.values())


def _announce(progress: Callable[[str, str], None], name: str, stage: str, detail: str) -> None:
    progress(stage, f"{name}: {detail}" if detail else name)


def _make_all(
    manuscript: Manuscript, names: Iterable[str], workshop: Workshop, progress: Callable[[str, str], None]
) -> dict[str, tuple[Made, float]]:
    """Make editions, each once and with the seconds it took; one whose pages another lists comes before it."""
    results: dict[str, tuple[Made, float]] = {}
    for wanted in names:
        for name in (_page_source(manuscript, wanted), wanted):
            if name and name not in results:
                started = time.perf_counter()
                source = _page_source(manuscript, name)
                starts = results[source][0].starts if source else ()
                made = _make(manuscript, name, workshop, partial(_announce, progress, name), starts)
                results[name] = made, time.perf_counter() - started
    return results


def _page_source(manuscript: Manuscript, name: str) -> str:
    """Name the edition whose pages an edition lists; an article alone does not know its pages."""
    edition = manuscript.config.editions[name]
    return edition.pages_from if edition.format == "epub" and not manuscript.only else ""


def _make(
    manuscript: Manuscript,
    name: str,
    workshop: Workshop,
    stage: Callable[[str, str], None],
    starts: tuple[PageStart, ...],
) -> Made:
    edition = manuscript.config.editions[name]
    if edition.format == "epub":
        from anthology.editions.epub import make_epub

        return make_epub(manuscript, name, edition, stage, starts)
    from anthology.editions.pdf import make_pdf

    return make_pdf(manuscript, name, edition, workshop, stage)


def _day(config: Config, anthology: Anthology) -> dt.date:
    """Take the date of the edition from `SOURCE_DATE_EPOCH`, else the book, else the newest article."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stamp.isdecimal():
        try:
            return dt.datetime.fromtimestamp(int(stamp), dt.UTC).date()
        except (OverflowError, OSError, ValueError):
            message = f"SOURCE_DATE_EPOCH is {stamp}, which is no day that a calendar has"
            raise UsageError(
                Problem("B008", "error", message, None, "give it in seconds since 1970")
            ) from None
    newest = [article.date for article in anthology.pieces if article.date]
    return config.book.date or max(newest, default=_NO_DAY)


def _file_name(manuscript: Manuscript, name: str, edition: Edition) -> str:
    parts = [manuscript.config.book.slug, "" if edition.format == "epub" and name == "ebook" else name]
    parts.append(manuscript.only)
    return "-".join(part for part in parts if part) + f".{edition.format}"


def _record(
    manuscript: Manuscript, made: Iterable[tuple[str, Edition, Made, float]], problems: tuple[Problem, ...]
) -> BuildRecord:
    from anthology.record import BlockRecord, BookRecord, BuildRecord, EditionRecord, ProblemRecord

    book = manuscript.config.book
    return BuildRecord(
        book=BookRecord(title=book.title, identifier=book.unique_identifier),
        editions=tuple(
            EditionRecord(
                name=name,
                format=edition.format,
                path=_file_name(manuscript, name, edition),
                bytes=len(result.data),
                sha256=hashlib.sha256(result.data).hexdigest(),
                articles=len(manuscript.linked.anthology.articles),
                pages=result.pages or None,
                seconds=round(seconds, 2),
                reused=result.reused,
                blocks=BlockRecord(
                    source=result.placement.source,
                    placed=result.placement.placed,
                    missing=result.placement.missing,
                ),
                start_pages=result.start_pages,
            )
            for name, edition, result, seconds in made
        ),
        problems=tuple(ProblemRecord.of(problem) for problem in problems),
        versions=_versions(),
    )


def failed_record(error: AnthologyError) -> BuildRecord:
    """Make the record of a build that ended before there was a book."""
    from anthology.record import BookRecord, BuildRecord, ProblemRecord

    problems = tuple(ProblemRecord.of(problem) for problem in error.problems)
    return BuildRecord(book=BookRecord(title="", identifier=""), problems=problems, versions=_versions())


def _versions() -> Any:
    import platform
    from importlib.metadata import version

    from anthology.record import Versions

    return Versions(
        anthology=version("anthology"),
        weasyprint=version("weasyprint"),
        ebooklib=version("EbookLib"),
        python=platform.python_version(),
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
