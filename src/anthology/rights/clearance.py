"""Whether a piece or a picture may be printed on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from anthology.model import Rights

_FREE = frozenset({"cleared", "own", "public-domain"})


def bars_from_print(rights: Rights, what: str, day: dt.date) -> str:
    """Say in a sentence why something may not be printed; empty where it may.

    `what` names it ("article", "picture"), and `day` is the book's date.
    """
    if not rights.status:
        return f"nothing is said of the rights to this {what}"
    if rights.status not in _FREE:
        return f'the rights to this {what} are "{rights.status}"'
    if rights.expires and rights.expires < day:
        return f"the permission for this {what} expired on {rights.expires.isoformat()}"
    return ""
