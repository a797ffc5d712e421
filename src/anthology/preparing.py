"""Prepare: from the files of a project to the linked anthology that editions are made from."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from anthology.arrange import alone, arrange
from anthology.article_files import is_introduction
from anthology.editions.base import Manuscript
from anthology.gather import gather
from anthology.indexes import check_subjects
from anthology.labels import labels_for
from anthology.link import link
from anthology.problems import (
    ContentError,
    Problem,
    UsageError,
    did_you_mean,
    has_errors,
    sorted_problems,
)
from anthology.proofs import check_approvals
from anthology.relate import relate
from anthology.theme import load_theme
from anthology.theme_checks import check_theme
from anthology.verify.rights import check_picture_records, check_rights

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from concurrent.futures import Executor

    from anthology.build import Options
    from anthology.config import Config
    from anthology.gather import Gathered
    from anthology.model import Anthology, Article
    from anthology.project import Project

# The day a book without any date is stamped with: the zip format knows none before it.
_NO_DAY = dt.date(1980, 1, 1)


def gather_articles(
    project: Project,
    config: Config,
    options: Options,
    progress: Callable[[str, str], None],
    executor: Executor | None = None,
) -> Gathered:
    """Read the articles of a project, by the processes of `executor` or of its own."""
    paths = list(project.articles())
    progress("read", _counted(len(paths), "file"))
    return gather(project, paths, config.book.language, options.jobs, options.cache, executor)


def prepare(
    project: Project,
    config: Config,
    options: Options,
    progress: Callable[[str, str], None],
    folios: Mapping[str, Mapping[str, str]] | None = None,
    gathered: Gathered | None = None,
    left_out: Collection[str] = (),
) -> tuple[Manuscript, tuple[Problem, ...]]:
    """Walk from the files to the linked anthology, gathering problems on the way.

    With `folios`, page numbers by edition and id, an article that is made alone stays in its book. What was
    `gathered` already is not read again; the articles at the paths `left_out` are not in the book.
    Raises ContentError where there is no article to make a book of, UsageError for an article to be made
    alone that does not exist.
    """
    labels = labels_for(config.book.language, config.labels, origin=config.origin("book", "language"))
    problems = list(labels.problems)
    gathered = gathered or gather_articles(project, config, options, progress)
    problems += [problem for reading in gathered.readings for problem in reading.problems]
    articles = [
        reading.article
        for reading in gathered.readings
        if reading.article and reading.article.origin.path not in left_out
    ]
    # Before links are settled: where other articles stand is nothing that anybody approved.
    problems += check_approvals(articles)
    progress("arrange", _counted(len(articles), "piece"))
    anthology, found = arrange(articles, config)
    problems += found
    if not anthology.sections:
        raise ContentError(*sorted_problems(_why_empty(problems, gathered)))
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
    problems += [] if options.article else [*unrelated, *unlinked, *check_subjects(linked.anthology, config)]
    day = _day(config, anthology)
    if config.rights.required:
        problems += check_rights(anthology, config, day, project.find, proof=options.proof)
    if not options.article:
        # Other articles may show what this one does not.
        problems += check_picture_records(anthology, config, project.find)
    theme = load_theme(project.root)
    problems += check_theme(theme, config)
    manuscript = Manuscript(
        linked,
        config,
        theme,
        labels,
        day,
        project.find,
        linked.anthology.pictures,
        project.find_profile,
        reused=gathered.reused,
        anew=len(gathered.readings) - gathered.reused,
        only=options.article,
        folios=folios or {},
        proof=options.proof,
    )
    return manuscript, tuple(problems)


def _why_empty(problems: Iterable[Problem], gathered: Gathered) -> Iterable[Problem]:
    """Tell of a book without articles why there are none: nobody needs to hear it where they could not be read."""
    readings = gathered.readings
    if any(reading.article is None and has_errors(reading.problems) for reading in readings):
        return (problem for problem in problems if problem.code != "A002")
    if gathered.drafts and not any(reading.article for reading in readings):
        hint = "they are all drafts: take `draft` out of the front matter of one"
        return (replace(each, hint=hint) if each.code == "A002" else each for each in problems)
    return problems


def _check_article(anthology: Anthology, article_id: str) -> None:
    known = [article.id for article in anthology.articles]
    if article_id not in known:
        raise no_such_article(article_id, known)


def no_such_article(name: str, known: Iterable[str]) -> UsageError:
    """Refuse the name of an article that is none of those known, and suggest the closest."""
    hint = did_you_mean(name, known) or "`anthology plan --json` lists the ids"
    return UsageError(Problem("B003", "error", f'no article "{name}"', None, hint))


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


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
