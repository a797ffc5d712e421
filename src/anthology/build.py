"""Build: the stages composed, with the disk, the clock and the processes around them."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from anthology.cluster import ClusterExecutor, cluster
from anthology.config import Config, load_config
from anthology.editions.account import files_of, record_of
from anthology.editions.making import make_editions, warm_up_for
from anthology.editions.workshop import Workshop, setting_workers
from anthology.going_on import at_once, without_failing
from anthology.handover import Release, hand_over
from anthology.offline import offline
from anthology.plan.pages import recorded_pages
from anthology.preparing import gather_articles, prepare
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
from anthology.rights import permissions_csv, permissions_of
from anthology.unchanged import Memory, Product
from anthology.versions import engine_versions
from anthology.workers import Workers
from anthology.writing import write_files, write_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager
    from pathlib import Path

    from anthology.cache import Cache
    from anthology.config import Edition
    from anthology.editions.base import Made, Manuscript
    from anthology.network import Web
    from anthology.record import BuildRecord

PERMISSIONS = "permissions.csv"


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: which editions (all, if none is named), where to, with how many processes, how strictly.

    With a `web`, pictures are fetched from it. With `article`, only the article with this id is built, alone, and the
    record of the book stays as it is. With `cluster`, the address of a Dask scheduler, articles are set by its workers.
    A `proof` may hold what is not cleared, and says on every page that it is one. With `handover`, what a printer and
    the shops are sent is put into a folder of its own, and nothing else is written.
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
    proof: bool = False
    handover: bool = False


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
    _check_options(options)
    project = Project(root, options.web)
    settings = project.config()
    config = load_config(settings, CONFIG)
    names = chosen_editions(config, options.editions)
    memory = _memory(root, settings, config, names, options)
    product = memory.recall() if memory else None
    if product:
        progress("read", "nothing has changed")
        product = replace(product, record=product.record.again(time.perf_counter() - started))
    else:
        with offline(unless=options.web or options.cluster):
            product = _make_product(project, config, names, options, progress)
        if memory:
            memory.keep(product, project.looked_at)
    failed = has_errors(product.problems) or (options.strict and bool(product.problems))
    folder = options.out or root / "dist"
    if product.folder and not options.out:
        folder = folder / product.folder
    spared = options.keep_going and product.complete and not options.handover
    written = bool(product.files) and (not failed or spared)
    if written:
        progress("write", str(folder))
        _write(folder, product, options)
    return Outcome(product.record, written, product.problems, 1 if failed else 0, folder)


def _write(folder: Path, product: Product, options: Options) -> None:
    if product.folder:
        write_folder(folder, product.files)
        return
    record = {} if options.article else {"build.json": product.record.to_json().encode()}
    write_files(folder, {**product.files, **record})


def _check_options(options: Options) -> None:
    """Refuse to hand over what is not for sale."""
    for given, what in ((options.proof, "a proof"), (options.article, "an article alone")):
        if options.handover and given:
            message = f"{what} is not handed over"
            hint = "leave out --handover, or the option that asks for the other"
            raise UsageError(Problem("B015", "error", message, None, hint))


def _memory(
    root: Path, settings: bytes, config: Config, names: tuple[str, ...], options: Options
) -> Memory | None:
    """Give what remembers such builds; None for those that depend on more than a project and this machine.

    An article alone has the page numbers of the last build, and the web is another every day. What is handed over is
    examined each time.
    """
    if not options.cache or options.article or options.web or options.handover:
        return None
    return Memory(options.cache, root, settings, names, config.fonts.fallback, proof=options.proof)


def _make_product(
    project: Project,
    config: Config,
    names: tuple[str, ...],
    options: Options,
    progress: Callable[[str, str], None],
) -> Product:
    problems: list[Problem] = []
    made: list[tuple[str, Edition, Made, float]] = []
    manuscript = None
    with _executor(config, options) as executor:
        jobs = executor.size if isinstance(executor, ClusterExecutor) else options.jobs
        # The files of the project are on this machine.
        readers = executor if isinstance(executor, Workers) else None
        workshop = Workshop(executor, jobs, options.cache)
        for some, folios in _parts(project, config, names, options):
            if folios:
                # The article will be set: a proof is looked at many times, and each time after an edit.
                warm_up_for(workshop, project.root, config, some)
            gathered = gather_articles(project, config, options, progress, readers)
            prepared = partial(prepare, project, config, options, progress, folios, gathered)
            make = partial(make_editions, names=some, workshop=workshop, progress=progress)
            going = without_failing if options.keep_going else at_once
            manuscript, results, found = going(prepared, make, gathered)
            problems += found
            made += [(name, config.editions[name], *results[name]) for name in some if name in results]
    files = files_of(config, made, options.article, proof=options.proof)
    if made and manuscript and not options.article:
        files |= _permissions(manuscript, made)
    folder = ""
    if options.handover and made and manuscript and not has_errors(problems):
        progress("verify", "what is handed over")
        release = Release(manuscript, tuple(made), files)
        handed = hand_over(release)
        files, folder = dict(handed.files), handed.folder
        problems += handed.problems
    told = without_ignored(sorted_problems(problems), config.check.ignored)
    complete = not any(result.placement.missing for _, _, result, _ in made)
    record = record_of(config, made, told, options.article, proof=options.proof)
    return Product(record, told, files, complete, folder)


def _permissions(manuscript: Manuscript, made: list[tuple[str, Edition, Made, float]]) -> dict[str, bytes]:
    """Give the list of permissions, where there is anything to list."""
    folios = {name: result.start_pages for name, _, result, _ in made}
    covered = [name for name, _, result, _ in made if result.cover]
    permissions = permissions_of(manuscript.linked.anthology, manuscript.config, folios, covered)
    return {PERMISSIONS: permissions_csv(permissions)} if permissions else {}


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
    return setting_workers(options.jobs)


def chosen_editions(config: Config, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Give the editions that are wanted, or all.

    Raises UsageError for one that does not exist, ContentError where there is none at all.
    """
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


def failed_record(error: AnthologyError) -> BuildRecord:
    """Make the record of a build that ended before there was a book."""
    from anthology.record import BookRecord, BuildRecord, ProblemRecord, Versions

    problems = tuple(ProblemRecord.of(problem) for problem in error.problems)
    return BuildRecord(
        book=BookRecord(title="", identifier=""), problems=problems, versions=Versions.installed()
    )
