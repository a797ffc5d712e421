"""Rights: with `[rights] required`, nothing goes out that is not cleared, one's own, or in the public domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.problems import Problem

if TYPE_CHECKING:
    import datetime as dt

    from anthology.model import Anthology, Article

_FREE = frozenset({"cleared", "own", "public-domain"})


def check_rights(anthology: Anthology, day: dt.date | None) -> tuple[Problem, ...]:
    """Name each article that may not be printed on `day`, the book's date; without one, expiry is not judged."""
    problems = []
    for article in anthology.articles:
        reason = _reason(article, day)
        if reason:
            hint = "clear it and say so in `rights`, or leave the article out with `draft: true`"
            problems.append(Problem("R001", "error", reason, article.origin, hint))
    return tuple(problems)


def _reason(article: Article, day: dt.date | None) -> str:
    rights = article.rights
    if not rights.status:
        return "nothing is said of the rights to this article"
    if rights.status not in _FREE:
        return f'the rights to this article are "{rights.status}"'
    if day and rights.expires and rights.expires < day:
        return f"the permission for this article expired on {rights.expires.isoformat()}"
    return ""
