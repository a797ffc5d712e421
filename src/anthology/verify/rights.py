"""Rights: with `[rights] required`, nothing goes out that is not cleared, one's own, or in the public domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.problems import Problem

if TYPE_CHECKING:
    import datetime as dt

    from anthology.model import Anthology, Article

_FREE = frozenset({"cleared", "own", "public-domain"})


def check_rights(anthology: Anthology, day: dt.date) -> tuple[Problem, ...]:
    """Name each piece that may not be printed on `day`, the book's date: articles, introductions, front and back matter."""
    problems = []
    for article in anthology.pieces:
        reason = _reason(article, day)
        if reason:
            hint = "clear it and say so in `rights`, or leave the article out with `draft: true`"
            problems.append(Problem("R001", "error", reason, article.origin, hint))
    return tuple(problems)


def _reason(article: Article, day: dt.date) -> str:
    rights = article.rights
    if not rights.status:
        return "nothing is said of the rights to this article"
    if rights.status not in _FREE:
        return f'the rights to this article are "{rights.status}"'
    if rights.expires and rights.expires < day:
        return f"the permission for this article expired on {rights.expires.isoformat()}"
    return ""
