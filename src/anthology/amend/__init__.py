"""Amend: proposals put into the front matter of an article, and out again; nothing else of the file changes."""

from anthology.amend.article import propose_in, refused_in, without_proposals
from anthology.amend.lines import CannotAmend

__all__ = ["CannotAmend", "propose_in", "refused_in", "without_proposals"]
