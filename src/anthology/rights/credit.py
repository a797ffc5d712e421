"""The line that is printed for a right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anthology.model import Rights


def credit_of(rights: Rights) -> str:
    """Give the credit line as the book prints it: the holder's own words, else the holder's name; empty for neither."""
    if rights.credit:
        return rights.credit
    return f"© {rights.holder}" if rights.holder else ""
