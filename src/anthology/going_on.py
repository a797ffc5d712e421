"""Going on after errors: the articles that fail are left out, and the book is made anew without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from anthology.model import Origin
from anthology.problems import ContentError, Problem, UsageError, has_errors, sorted_problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from anthology.editions.base import Made, Manuscript
    from anthology.gather import Gathered

    # The linked book, its editions by name with the seconds each took, and the problems of both.
    Done = tuple[Manuscript, Mapping[str, tuple[Made, float]], tuple[Problem, ...]]

# Articles can fail when they are read, linked, made fit for the e-book, set, and examined in either edition. All that
# fail at one of these are found at once, so that more rounds would mean that each brings out faults in the next.
_MOST_ROUNDS = 8


class Prepare(Protocol):
    """What links a book without the articles at some paths."""

    def __call__(self, left_out: Collection[str] = ...) -> tuple[Manuscript, tuple[Problem, ...]]:
        """Give the linked book and its problems; raises ContentError where there is nothing to make a book of."""


class Make(Protocol):
    """What makes the editions of a linked book."""

    def __call__(self, manuscript: Manuscript) -> Mapping[str, tuple[Made, float]]:
        """Give the editions by name, with the seconds that each took; raises ContentError."""


def at_once(prepare: Prepare, make: Make, _: Gathered) -> Done:
    """Prepare and make editions; none are made where the book has errors, and what keeps one from being made is raised."""
    manuscript, problems = prepare()
    if has_errors(problems):
        return manuscript, {}, problems
    results = make(manuscript)
    return manuscript, results, (*problems, *_told_of(results))


def without_failing(prepare: Prepare, make: Make, gathered: Gathered) -> Done:
    """Prepare and make editions without the articles that have errors, and say which are left out.

    Each round begins at the links, so that nothing leads to what is not there. Raises ContentError for errors that
    are no article's, with all that has been found.
    """
    told = [problem for reading in gathered.readings for problem in reading.problems]
    unread = _paths_of(told)
    left_out = set(unread)
    articles = {reading.article.origin.path for reading in gathered.readings if reading.article}
    for _ in range(_MOST_ROUNDS):
        results: Mapping[str, tuple[Made, float]] = {}
        try:
            manuscript, problems = prepare(left_out=left_out)
        except ContentError as error:
            raise _with(told, error, left_out) from None
        except UsageError:
            # The one article that was to be made alone has failed: it is there, but not any more.
            if not left_out - unread:
                raise
            raise ContentError(*sorted_problems((*told, *_said_of(left_out)))) from None
        failing = _failing(problems, manuscript)
        if not failing:
            try:
                results = make(manuscript)
            except ContentError as error:
                problems = (*problems, *error.problems)
                if not _failing(problems, manuscript):
                    raise _with((*told, *problems), error, left_out) from None
            problems = (*problems, *_told_of(results))
            failing = _failing(problems, manuscript)
            if not failing:
                # Of two with one id the second is not in the book, and has an error as well.
                left_out |= _paths_of(problems) & articles
                return manuscript, results, (*told, *problems, *_said_of(left_out))
        # What is said of an article that stays is said again, if it is still so.
        told += [problem for problem in problems if _paths_of([problem]) - (articles - failing)]
        left_out |= failing
    raise ContentError(*sorted_problems((*told, *_said_of(left_out))))


def _told_of(results: Mapping[str, tuple[Made, float]]) -> list[Problem]:
    return [problem for made, _ in results.values() for problem in made.problems]


def _paths_of(problems: Iterable[Problem]) -> set[str]:
    return {problem.origin.path for problem in problems if problem.severity == "error" and problem.origin}


def _failing(problems: Iterable[Problem], manuscript: Manuscript) -> set[str]:
    """Give the paths of the articles in a book that have an error, or show a picture that has one."""
    wrong = _paths_of(problems)
    return {
        piece.origin.path
        for piece in manuscript.linked.anthology.pieces
        if piece.origin.path in wrong or any(picture.path in wrong for picture in piece.pictures)
    }


def _with(told: Iterable[Problem], error: ContentError, left_out: Iterable[str]) -> ContentError:
    return ContentError(*sorted_problems((*told, *error.problems, *_said_of(left_out))))


def _said_of(left_out: Iterable[str]) -> list[Problem]:
    return [
        Problem(
            "B019",
            "warning",
            "it is not in the book, because of its errors",
            Origin(path),
            "mend them, or take the article out with `draft: true`",
            "{count} articles are not in the book, because of their errors",
        )
        for path in sorted(left_out)
    ]
