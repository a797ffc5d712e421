"""Propose related reading for a project: read, arrange, resolve, compare; and write it down where asked to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from anthology.amend import CannotAmend, propose_in, refused_in, without_proposals
from anthology.arrange import arrange
from anthology.config import load_config
from anthology.gather import gather
from anthology.model import Origin
from anthology.offline import offline
from anthology.problems import ContentError, Problem, sorted_problems, without_ignored
from anthology.project import CONFIG, Project
from anthology.relate import OutsidePiece, outside_pieces, propose, resolve_all
from anthology.saving import save

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from anthology.cache import Cache
    from anthology.model import Article
    from anthology.relate import Resolution, Similar

Change = Literal["", "write", "withdraw"]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was proposed for the articles of a project, in the order of the book.

    `articles` are those of the sections; `proposals` go by id. `near` are captured entries that come close to
    an article; `outside` are pieces that the book does not have; `changed` are the paths of files written.
    """

    articles: tuple[Article, ...]
    proposals: Mapping[str, tuple[Similar, ...]]
    near: tuple[tuple[str, Resolution], ...]
    outside: tuple[OutsidePiece, ...]
    changed: tuple[str, ...]
    problems: tuple[Problem, ...]


@offline()
def propose_related(
    root: Path, change: Change, jobs: int, cache: Cache | None, progress: Callable[[str, str], None]
) -> Proposed:
    """Propose similar articles for each article of the project in `root`.

    With `change`, the proposals are written into front matter, or those that still are marked there are taken
    out again. Raises ContentError where the book cannot be read; then nothing has changed.
    """
    project = Project(root)
    if change == "withdraw":
        return _withdrawn(project)
    config = load_config(project.config(), CONFIG)
    paths = list(project.articles())
    progress("read", f"{len(paths)} files")
    gathered = gather(project, paths, config.book.language, jobs, cache)
    readings = gathered.readings
    errors = [problem for reading in readings for problem in reading.problems if problem.severity == "error"]
    anthology, arranged = arrange([reading.article for reading in readings if reading.article], config)
    errors += [problem for problem in arranged if problem.severity == "error"]
    if errors:
        raise ContentError(*sorted_problems(errors))
    progress("relate", f"{len(anthology.articles)} articles")
    resolved = resolve_all(anthology, config, gathered.drafts)
    refused = {
        article.id: refused_in(project.find(article.origin.path) or b"") for article in anthology.articles
    }
    proposals = propose(anthology, config, resolved.by_article, refused)
    changed, problems = _written(project, anthology.articles, proposals) if change else ((), ())
    pointing = [(article_id, found) for article_id, held in resolved.by_article.items() for found in held]
    return Proposed(
        anthology.articles,
        proposals,
        tuple((article_id, found) for article_id, found in pointing if found.near),
        outside_pieces((article_id, found.reference) for article_id, found in pointing if found.is_outside),
        changed,
        without_ignored(sorted_problems((*resolved.problems, *problems)), config.check.ignored),
    )


def _written(
    project: Project, articles: tuple[Article, ...], proposals: Mapping[str, tuple[Similar, ...]]
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Write the proposals into the files of the articles they are for."""
    files: dict[str, bytes] = {}
    problems = []
    for article in articles:
        path = article.origin.path
        entries = {found.article: found.words for found in proposals.get(article.id, ())}
        data = project.find(path) or b""
        try:
            amended = propose_in(data, entries)
        except CannotAmend as error:
            problems.append(_cannot(path, str(error), tuple(entries)))
            continue
        if amended != data:
            files[path] = amended
    if files:
        save(project, files)
    return tuple(files), tuple(problems)


def _withdrawn(project: Project) -> Proposed:
    project.config()
    files: dict[str, bytes] = {}
    for path in project.articles():
        data = project.find(path) or b""
        try:
            kept = without_proposals(data)
        except CannotAmend:
            continue
        if kept != data:
            files[path] = kept
    if files:
        save(project, files)
    return Proposed((), {}, (), (), tuple(files), ())


def _cannot(path: str, why: str, names: tuple[str, ...]) -> Problem:
    message = f"the proposals cannot be written into `related`: {why}"
    return Problem("L010", "warning", message, Origin(path), f"add by hand what fits: {', '.join(names)}")
