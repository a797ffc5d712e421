"""Lints: what a copy editor would query in the text of a book before it is set.

Each is a pure function from the pieces of the linked anthology to problems, all of them warnings: the editor decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.verify.lints.headings import empty_parts
from anthology.verify.lints.languages import untagged_passages
from anthology.verify.lints.pieces import (
    future_dates,
    same_standfirsts,
    same_titles,
    standfirsts_again,
    without_text,
)
from anthology.verify.lints.pull_quotes import strange_pull_quotes
from anthology.verify.lints.reminders import reminders
from anthology.verify.lints.repeats import repeated_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from anthology.problems import Problem
    from anthology.verify.lints.passages import Copy


def lint(copies: Sequence[Copy], articles: frozenset[str], today: dt.date) -> tuple[Problem, ...]:
    """Look for all that needs nothing but the text.

    Arguments: the pieces in the order of the book; the ids of those that are articles, not front or back matter or
    introductions; and the day after which a date lies in the future.
    """
    problems: list[Problem] = []
    problems += repeated_text(copies, articles)
    for look in (same_titles, same_standfirsts, standfirsts_again, without_text):
        problems += look(copies)
    problems += future_dates(copies, today)
    for copy in copies:
        for look_at in (untagged_passages, strange_pull_quotes, empty_parts, reminders):
            problems += look_at(copy)
    return tuple(problems)
