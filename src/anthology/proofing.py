"""Proofs of single articles of a project: what was changed since their import, and who approved what there is now."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.amend import CannotAmend, approve_in, withdraw_approval
from anthology.build import Options
from anthology.config import load_config
from anthology.importing.known import last_import
from anthology.model import Approval, Origin
from anthology.people.contributors import Contributors
from anthology.preparing import no_such_article, prepare
from anthology.problems import (
    ContentError,
    Problem,
    sorted_problems,
    without_ignored,
)
from anthology.project import CONFIG, Project
from anthology.proofs import Passage, Proof, compare, digest_of_text, passage_of, passages_of
from anthology.read import read_article
from anthology.read.queries import FIRST_MARK, with_marks
from anthology.views import ROLES, credit_note
from anthology.writing import write_files

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from anthology.editions.base import Manuscript
    from anthology.labels import Labels
    from anthology.model import Article


@dataclass(frozen=True, slots=True)
class Proofed:
    """A proof, the book that its article is in, and the problems of that article."""

    proof: Proof
    manuscript: Manuscript
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Approved:
    """What was recorded of an article: its approval, none where that was withdrawn, and its problems."""

    article: Article
    approval: Approval
    changed: bool
    problems: tuple[Problem, ...]


def proof_of(root: Path, name: str, options: Options, progress: Callable[[str, str], None]) -> Proofed:
    """Compare an article of the project in `root`, named by its id or path, with its last import.

    Raises ContentError where it was not imported or cannot be read, UsageError where there is none of the name.
    """
    project = Project(root)
    config = load_config(project.config(), CONFIG)
    manuscript, found = prepare(project, config, options, progress)
    known = _article(project, manuscript, found, name)
    path = known.origin.path
    base = last_import(project, known.id, known.source.capture)
    if base is None:
        raise ContentError(_not_imported(known))
    progress("compare", path)
    data = project.find(path) or b""
    old, new = (_read(project, manuscript, path, text) for text in (base, with_marks(data)))
    article = _read(project, manuscript, path, data)
    marks = "".join(chr(FIRST_MARK + number) for number, _ in enumerate(article.queries))
    people = Contributors.of(config)
    names = dict.fromkeys(people.known_as(credit.name) for credit in article.credits)
    proof = Proof(
        article,
        article.language or config.book.language,
        article.source.capture,
        compare(_passages(old, manuscript.labels), _passages(new, manuscript.labels, marks)),
        tuple((person, people.bio(person)) for person in names),
        credit_note(article, manuscript.labels),
        edited=bool(article.approved.digest) and article.approved.digest != digest_of_text(article),
    )
    return Proofed(proof, manuscript, _problems_of(path, found, manuscript))


def approve(
    root: Path,
    name: str,
    by: str,
    date: dt.date | None,
    options: Options,
    progress: Callable[[str, str], None],
) -> Approved:
    """Record in an article's front matter who approved it as it is now, and when; with neither, take that back.

    Raises ContentError where it cannot be written there, UsageError where there is no article of the name. Then
    nothing has changed.
    """
    project = Project(root)
    config = load_config(project.config(), CONFIG)
    manuscript, found = prepare(project, config, options, progress)
    path = _article(project, manuscript, found, name).origin.path
    data = project.find(path) or b""
    article = _read(project, manuscript, path, data)
    approval = Approval(by, date, digest_of_text(article)) if by else Approval()
    try:
        amended = approve_in(data, approval) if by else withdraw_approval(data)
    except CannotAmend as error:
        hint = "mend its front matter, or write `approved` there by hand"
        message = f"the approval cannot be written: {error}"
        raise ContentError(Problem("D002", "error", message, Origin(path), hint)) from None
    if amended != data:
        write_files(root, {path: amended})
    problems = tuple(problem for problem in _problems_of(path, found, manuscript) if problem.code != "D001")
    return Approved(article, approval, amended != data, problems)


def _article(project: Project, manuscript: Manuscript, found: tuple[Problem, ...], name: str) -> Article:
    """Find an article by its id, or by its path: in the project, or from the current folder as the shell completes it."""
    with suppress(OSError, ValueError):
        if (file := Path(name)).is_file():
            name = file.resolve().relative_to(project.root.resolve()).as_posix()
    pieces = manuscript.linked.anthology.pieces
    for piece in pieces:
        if name in (piece.id, piece.origin.path):
            return piece
    paths = [
        path for path in project.articles() if name in (path, path.rpartition("/")[2].rpartition(".")[0])
    ]
    if paths:
        errors = [problem for problem in found if problem.severity == "error" and problem.origin]
        errors = [problem for problem in errors if problem.origin and problem.origin.path == paths[0]]
        hint = "take `draft` out of its front matter" if not errors else "mend what is told of it"
        message = "it is a draft, or in no section of the book" if not errors else "it cannot be read"
        raise ContentError(*errors, Problem("D004", "error", message, Origin(paths[0]), hint))
    raise no_such_article(name, [piece.id for piece in pieces])


def _read(project: Project, manuscript: Manuscript, path: str, data: bytes) -> Article:
    language = manuscript.config.book.language
    reading = read_article(path, data, language=language, find=project.find)
    if reading.article is None:
        raise ContentError(*reading.problems, Problem("D004", "error", "it cannot be read", Origin(path)))
    return reading.article


def _passages(article: Article, labels: Labels, marks: str = "") -> tuple[Passage, ...]:
    """Give the passages of an article, those of its head first."""
    roles = [(role, [one.printed for one in article.credits if one.role == role]) for role in ROLES]
    bylines = [labels.credit(role, names) for role, names in roles if names]
    head = (
        ("title", article.title),
        ("short-title", article.short_title),
        ("standfirst", article.standfirst),
        ("byline", " · ".join(bylines)),
        ("date", labels.date(article.date) if article.date else ""),
    )
    return (*(passage_of(kind, text) for kind, text in head if text), *passages_of(article.body, marks))


def _problems_of(path: str, found: tuple[Problem, ...], manuscript: Manuscript) -> tuple[Problem, ...]:
    problems = (problem for problem in found if problem.origin and problem.origin.path == path)
    return without_ignored(sorted_problems(problems), manuscript.config.check.ignored)


def _not_imported(article: Article) -> Problem:
    capture = article.source.capture
    if capture:
        message = (
            f"its last import is not kept: there is nothing to compare it with but its capture, {capture}"
        )
        hint = f"`anthology import {capture} --into .` keeps it; the article stays as it is"
    else:
        message = "it was written here, and not imported: there is no capture to compare it with"
        hint = "articles that `anthology import` made can be compared with what it made of them"
    return Problem("D003", "error", message, article.origin, hint)
