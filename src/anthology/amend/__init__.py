"""Amend: proposals and approvals put into the front matter of an article, and out again; nothing else changes."""

from anthology.amend.approval import approve_in, is_text, withdraw_approval
from anthology.amend.article import propose_in, refused_in, without_proposals
from anthology.amend.lines import CannotAmend

__all__ = [
    "CannotAmend",
    "approve_in",
    "is_text",
    "propose_in",
    "refused_in",
    "withdraw_approval",
    "without_proposals",
]
