"""Build: the stages composed, with the disk, the clock and the processes around them."""

from __future__ import annotations

import datetime as dt
import os
import time
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from anthology.arrange import alone, arrange
from anthology.article_files import is_introduction
from anthology.cluster import ClusterExecutor, cluster
from anthology.config import Config, load_config
from anthology.editions.account import file_name, record_of
from anthology.editions.base import Made, Manuscript
from anthology.editions.making import make_editions, warm_up_for
from anthology.editions.workshop import Workshop, seconds_for
from anthology.gather import gather
from anthology.labels import labels_for
from anthology.link import link
from anthology.plan.pages import recorded_pages
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
from anthology.unchanged import Memory, Product
from anthology.verify.rights import check_rights
from anthology.versions import engine_versions
from anthology.workers import Workers
from anthology.writing import write_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager
    from pathlib import Path

    from anthology.cache import Cache
    from anthology.config import Edition
    from anthology.model import Anthology, Article
    from anthology.network import Web
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
    started = time.perf_counter()
    project = Project(root, options.web)
    settings = project.config()
    config = load_config(settings, CONFIG)
    names = _chosen_editions(config, options.editions)
    memory = _memory(root, settings, config, names, options)
    product = memory.recall() if memory else None
    if product:
        progress("read", "nothing has changed")
        product = replace(product, record=product.record.again(time.perf_counter() - started))
    else:
        product = _make_product(project, config, names, options, progress)
        if memory:
            memory.keep(product, project.looked_at)
    failed = has_errors(product.problems) or (options.strict and bool(product.problems))
    folder = options.out or root / "dist"
    written = bool(product.files) and (not failed or (options.keep_going and product.complete))
    if written:
        record = {} if options.article else {"build.json": product.record.to_json().encode()}
        progress("write", str(folder))
        write_files(folder, {**product.files, **record})
    return Outcome(product.record, written, product.problems, 1 if failed else 0, folder)


def _memory(
    root: Path, settings: bytes, config: Config, names: tuple[str, ...], options: Options
) -> Memory | None:
    """Give what remembers such builds; None for those that depend on more than a project and this machine.

    An article alone has the page numbers of the last build, and the web is another every day.
    """
    if not options.cache or options.article or options.web:
        return None
    return Memory(options.cache, root, settings, names, config.fonts.fallback)


def _make_product(
    project: Project,
    config: Config,
    names: tuple[str, ...],
    options: Options,
    progress: Callable[[str, str], None],
) -> Product:
    problems: list[Problem] = []
    made: list[tuple[str, Edition, Made, float]] = []
    files: dict[str, bytes] = {}
    with _executor(config, options) as executor:
        jobs = executor.size if isinstance(executor, ClusterExecutor) else options.jobs
        workshop = Workshop(executor, jobs, options.cache)
        for some, folios in _parts(project, config, names, options):
            if folios:
                # The article will be set: a proof is looked at many times, and each time after an edit.
                warm_up_for(workshop, project.root, config, some)
            manuscript, found = prepare(project, config, options, progress, folios)
            problems += found
            if has_errors(problems) and not options.keep_going:
                continue
            results = make_editions(manuscript, some, workshop, progress)
            made += [(name, config.editions[name], *results[name]) for name in some]
            problems += [problem for result, _ in results.values() for problem in result.problems]
    told = without_ignored(sorted_problems(problems), config.check.ignored)
    for name, edition, result, _ in made:
        files[file_name(config, name, edition, options.article)] = result.data
    complete = not any(result.placement.missing for _, _, result, _ in made)
    return Product(record_of(config, made, told, options.article), told, files, complete)


def _parts(
    project: Project, config: Config, names: tuple[str, ...], options: Options
) -> Iterator[tuple[tuple[str, ...], Mapping[str, Mapping[str, str]]]]:
    """Part the editions by whether an article made alone has its page numbers from the last build of the book."""
    folios = recorded_pages(options.out or project.root / "dist", config) if options.article else {}
    in_book = tuple(name for name in names if folios.get(name, {}).get(options.article, "").isdecimal())
    for some, known in ((in_book, folios), (tuple(name for name in names if name not in in_book), {})):
        if some:
            yield some, known


def _executor(config: Config, options: Options) -> AbstractContextManager[Executor]:
    """Give who sets leaves: the processes of this machine, or a cluster's."""
    if options.cluster:
        fallback = config.fonts.fallback
        return cluster(options.cluster, engine_versions(fallback), partial(engine_versions, fallback))
    return Workers(options.jobs, seconds_for)


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
    project: Project,
    config: Config,
    options: Options,
    progress: Callable[[str, str], None],
    folios: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[Manuscript, tuple[Problem, ...]]:
    """Walk from the files to the linked anthology, gathering problems on the way.

    With `folios`, page numbers by edition and id, an article that is made alone stays in its book.
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
        _check_article(anthology, options.article)
        anthology = anthology if folios else alone(anthology, options.article, config.book.language)
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
        anew=len(paths) - gathered.reused,
        only=options.article,
        folios=folios or {},
    )
    return manuscript, tuple(problems)


def _check_article(anthology: Anthology, article_id: str) -> None:
    known = [article.id for article in anthology.articles]
    if article_id not in known:
        hint = did_you_mean(article_id, known)
        raise UsageError(Problem("B003", "error", f'no article "{article_id}"', None, hint))


def _first_of_each_id(articles: Iterable[Article]) -> list[Article]:
    first: dict[str, Article] = {}
    for article in sorted(articles, key=lambda article: article.origin.path):
        first.setdefault(article.origin.path if is_introduction(article.origin.path) else article.id, article)
    return list(first.values())


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


def failed_record(error: AnthologyError) -> BuildRecord:
    """Make the record of a build that ended before there was a book."""
    from anthology.record import BookRecord, BuildRecord, ProblemRecord, Versions

    problems = tuple(ProblemRecord.of(problem) for problem in error.problems)
    return BuildRecord(
        book=BookRecord(title="", identifier=""), problems=problems, versions=Versions.installed()
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
