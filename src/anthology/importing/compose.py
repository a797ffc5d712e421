"""Import sources into a project: find, read, recognise, place, settle, write."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from anthology.importers.model import Dropped
from anthology.importers.report import Account
from anthology.importing.articles import Place, Settled, settle
from anthology.importing.captures import Captures
from anthology.importing.known import BASES, Holdings, Known, Sought, read_holdings, recognise, same_capture
from anthology.importing.placing import Names, Placement, Shelf, Shelves
from anthology.importing.reading import SECONDS_A_FILE, Read, read_sources
from anthology.importing.sections import commonest_language, known_shelves, listing, new_config
from anthology.importing.sources import find_sources
from anthology.importing.stubs import article_of_import, article_of_known, match_stubs
from anthology.model import Origin
from anthology.offline import offline
from anthology.problems import Problem, has_errors
from anthology.project import CONFIG, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from anthology.config import Config
    from anthology.importers.model import Imported
    from anthology.model import Article
    from anthology.network import Web

PullQuotes = Literal["all", "verbatim", "none"]


@dataclass(frozen=True, slots=True)
class Options:
    """How to import: `jobs` processes, `seconds` for a page; with `force`, over what was edited or deleted.

    With a `web`, pictures that a page shows from there are fetched.
    """

    force: bool = False
    dry_run: bool = False
    pull_quotes: PullQuotes = "all"
    jobs: int = 1
    seconds: float = SECONDS_A_FILE
    web: Web | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import came to; `sections` are the titles of the project's sections, in order."""

    accounts: tuple[Account, ...]
    problems: tuple[Problem, ...]
    sections: tuple[str, ...]
    made_project: bool = False

    @property
    def exit_code(self) -> int:
        """Give 1 where a file could not be imported."""
        return 1 if has_errors(self.problems) else 0


@dataclass(slots=True)
class _Batch:
    """One import while it runs."""

    project: Project
    options: Options
    holdings: Holdings
    shelves: Shelves
    names: Names
    captures: Captures
    language: str
    files: dict[str, bytes] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)
    articles: dict[str, Article] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    new_shelves: dict[str, Shelf] = field(default_factory=dict)
    # The files of the articles that sources of this import are, or become.
    given: set[str] = field(default_factory=set)


def import_sources(
    arguments: Sequence[Path],
    into: Path,
    options: Options,
    told: Callable[[str, int], None] = lambda *_: None,
) -> Outcome:
    """Import files and folders into a project.

    Arguments: the files and folders; the project's folder, made if absent; the options; and `told`, which hears
    the label of each file as it is done, and how many there are. Raises ContentError where the project's own
    `anthology.toml` cannot be read; a source that fails is a problem in what is returned.
    """
    with offline(unless=options.web):
        return _import(arguments, into, options, told)


def _import(
    arguments: Sequence[Path], into: Path, options: Options, told: Callable[[str, int], None]
) -> Outcome:
    project = Project(into, options.web)
    config = _config(project)
    found, problems = find_sources(arguments, into)
    reads = read_sources(
        found, jobs=options.jobs, seconds=options.seconds, told=lambda label: told(label, len(found))
    )
    holdings = read_holdings(project)
    batch = _Batch(
        project,
        options,
        holdings,
        Shelves(known_shelves(project, config), _section_pages(reads)),
        Names([*(known.id for known in holdings.articles.values()), *holdings.bases], holdings.articles),
        Captures(project),
        config.book.language if config else commonest_language(read.imported for read in reads),
        problems=[*problems, *(problem for read in reads for problem in read.problems)],
    )
    _settle_all(batch, reads)
    if not reads and not problems:
        batch.problems += [_nothing(argument) for argument in arguments]
    # Of nothing no project is made.
    begins = config is None and any(account.article for account in batch.accounts)
    if not options.dry_run and (config or begins):
        _write(batch, config)
    fetched = options.web.fetched if options.web else ()
    return Outcome(
        _with_matches(batch),
        tuple(problem for problem in batch.problems if not _was_fetched(problem, fetched)),
        tuple(shelf.title for shelf in batch.shelves),
        made_project=begins,
    )


def _was_fetched(problem: Problem, fetched: Iterable[str]) -> bool:
    """Tell whether a picture that a page is said to lack has come after all."""
    return problem.code == "M048" and any(f" {address} " in problem.message for address in fetched)


def _config(project: Project) -> Config | None:
    from anthology.config import load_config

    # Noted as it is, or as absent: what others make of it meanwhile is not written over.
    project.find(CONFIG)
    # Nor is what has this name and is no file; that is told.
    there = os.path.lexists(project.root / CONFIG)
    return load_config(project.config()) if there else None


def _nothing(folder: Path) -> Problem:
    return Problem(
        "M093",
        "warning",
        "nothing in this folder could be an article",
        Origin(folder.as_posix()),
        "importers know captured text (.txt), saved pages (.html) and Markdown posts (.md)",
    )


def _section_pages(reads: Sequence[Read]) -> dict[str, str]:
    """Take the titles of sections from their own pages, by folder."""
    return {
        read.found.folder: read.imported.title
        for read in reads
        if read.imported and read.found.is_section_page and read.found.folder
    }


def _settle_all(batch: _Batch, reads: Sequence[Read]) -> None:
    made = [
        (read, _with_pull_quotes(read.imported, batch.options.pull_quotes))
        for read in _without_superseded(batch, reads)
        if read.imported
    ]
    captures = [batch.captures.path_of(read) for read, _ in made]
    sought = [
        Sought(imported, capture, read.sha256, stays=read.found.in_project)
        for (read, imported), capture in zip(made, captures, strict=True)
    ]
    found = recognise(sought, batch.holdings)
    batch.given |= {known.path for known in found if known and known.path in batch.holdings.articles}
    first: dict[str, Account] = {}
    for (read, imported), capture, known in zip(made, captures, found, strict=True):
        if read.sha256 in first and not read.found.is_section_page:
            account = replace(first[read.sha256], source=capture, became="doubled")
        else:
            account = _settle_one(batch, read, imported, capture, known)
            first[read.sha256] = account
        batch.accounts.append(account)


def _without_superseded(batch: _Batch, reads: Sequence[Read]) -> Iterator[Read]:
    """Leave out captures that newer ones have followed; with `force` one may come back, if the newer is not there too."""
    superseded = batch.holdings.superseded()
    digests = {read.sha256 for read in reads}
    for read in reads:
        article_id, last = superseded.get(read.sha256, ("", ""))
        if not article_id or (batch.options.force and last not in digests):
            yield read
        elif read.imported:
            known = next((each for each in batch.holdings.articles.values() if each.id == article_id), None)
            path = known.path if known else ""
            batch.accounts.append(
                Account(batch.captures.path_of(read), path, read.imported, "earlier", read.imported.section)
            )


def _with_pull_quotes(imported: Imported, which: PullQuotes) -> Imported:
    """Leave out the pull quotes that are not wanted, and account for their lines."""
    from anthology.importers.markdown_text import pull_quote

    if which == "all":
        return imported
    blocks = imported.body.split("\n\n")
    left_out = [
        quote
        for quote in imported.pull_quotes
        if (which == "none" or not quote.in_text) and pull_quote(quote.text) in blocks
    ]
    for quote in left_out:
        blocks.remove(pull_quote(quote.text))
    dropped = [*imported.dropped, *(Dropped(quote.line, "instruction", quote.text) for quote in left_out)]
    lines = imported.lines
    return replace(
        imported,
        body="\n\n".join(blocks),
        lines=replace(lines, kept=lines.kept - len(left_out), dropped=lines.dropped + len(left_out)),
        dropped=tuple(sorted(dropped, key=lambda each: each.line)),
    )


def _settle_one(batch: _Batch, read: Read, imported: Imported, capture: str, known: Known | None) -> Account:
    if read.found.is_section_page and not imported.body:
        shelf = batch.shelves.shelf_of(imported, read.found.folder)
        return Account(capture, "", imported, "", shelf.title)
    article = known if known and known.path in batch.holdings.articles else None
    if known and not article and not batch.options.force:
        batch.problems.append(_deleted(capture))
        return Account(capture, "", imported, "deleted", imported.section)
    if known:
        capture = same_capture(read, capture, known, batch.holdings.base_of(known))
    place, section = _place(batch, read, imported, known, article)
    if not article and place.path in batch.given:
        batch.problems.append(_second(capture, place.path))
        return Account(capture, "", imported, "", section)
    batch.given.add(place.path)
    settled: Settled = settle(
        read,
        imported,
        capture,
        place,
        batch.project,
        batch.holdings,
        language=batch.language,
        force=batch.options.force,
    )
    if settled.files:
        batch.files |= batch.captures.copy_of(read, capture)
    batch.files |= settled.files
    batch.problems += settled.problems
    if not article:
        batch.articles[settled.path] = article_of_import(imported, place.id, settled.path)
    return Account(capture, settled.path, imported, settled.became, section)


def _place(
    batch: _Batch, read: Read, imported: Imported, known: Known | None, article: Known | None
) -> tuple[Place, str]:
    """Find the place of a source's article; a new one gets its place now, with the title of its section."""
    if article:
        base = batch.holdings.base_of(article)
        folder = PurePosixPath(article.path).parts[1:-1]
        titles = {shelf.slug: shelf.title for shelf in batch.shelves}
        section = titles.get(folder[0], folder[0]) if folder else imported.section
        return Place(
            PurePosixPath(base.path).stem if base else article.id, article.path, article, base
        ), section
    placement = _place_before(batch, known) if known else None
    if placement is None:
        shelf = batch.shelves.shelf_of(imported, read.found.folder)
        placement = batch.names.place(imported, shelf, introduction=read.found.is_section_page)
    batch.new_shelves.setdefault(placement.shelf.slug, placement.shelf)
    article_id = PurePosixPath(known.path).stem if known else placement.id
    return Place(article_id, placement.path), placement.shelf.title


def _place_before(batch: _Batch, known: Known) -> Placement | None:
    """Give an article that was deleted the place that it had when it was last imported, where that is free."""
    article_id = PurePosixPath(known.path).stem
    path = batch.holdings.file_of(article_id)
    shelf = batch.shelves.shelf_at(path) if path else None
    return batch.names.place_again(path, article_id, shelf) if shelf else None


def _second(capture: str, path: str) -> Problem:
    return Problem(
        "M085",
        "warning",
        f"passed over: another page of this section is {path}, and a section has one introduction",
        Origin(capture),
        "put what is to be read of it there, or give the file another name to make it an article",
    )


def _deleted(capture: str) -> Problem:
    return Problem(
        "M091",
        "warning",
        "its article was deleted since it was imported; it is left out",
        Origin(capture),
        "--force brings it back",
        fold="{count} sources are left out, for their articles were deleted since they were imported",
    )


def _with_matches(batch: _Batch) -> tuple[Account, ...]:
    known = {path: article_of_known(each) for path, each in batch.holdings.articles.items()}
    articles = known | batch.articles
    made = [account for account in batch.accounts if account.article in articles]
    matches = match_stubs(
        [(account.imported, articles[account.article]) for account in made], [*articles.values()]
    )
    matched = dict(zip(map(id, made), matches, strict=True))
    return tuple(replace(account, matches=matched.get(id(account), ())) for account in batch.accounts)


def _write(batch: _Batch, config: Config | None) -> None:
    """Write what changed: the sections first, for an article whose section is not listed would not be in the book.

    What was imported comes last: beside an article that is not there yet, or is still the old one, it would look as
    if an editor had deleted or changed that.
    """
    from anthology.saving import save

    shelves = tuple(batch.new_shelves.values())
    text = (
        new_config(batch.project, shelves, batch.language)
        if config is None
        else listing(batch.project, config, shelves)
    )
    files = ({CONFIG: text.encode()} if text else {}) | batch.files
    in_order = sorted(files, key=lambda path: path.startswith(BASES))
    changed = {path: files[path] for path in in_order if batch.project.find(path) != files[path]}
    save(batch.project, changed)
