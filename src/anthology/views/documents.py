"""The documents that the book makes itself, and those in which introductions stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anthology.model import Anthology, Section

# Ids of articles never begin with an underscore.
COVER, HALF_TITLE, TITLE_PAGE, IMPRINT = "_cover", "_half-title", "_title-page", "_imprint"
CONTENTS, CONTRIBUTORS, CREDITS = "_contents", "_contributors", "_credits"
AUTHOR_INDEX, SUBJECT_INDEX = "_author-index", "_subject-index"

# Those that have pages in print and none of their text in an e-book, whose contents are its navigation.
PAPER_ONLY = frozenset({HALF_TITLE, CONTENTS})


def section_name(section: Section) -> str:
    """Name the document that opens a section."""
    return f"_section-{section.slug}"


def documents_of_introductions(anthology: Anthology) -> dict[str, str]:
    """Tell in which document each introduction stands: those of sections share their opener's."""
    return {
        section.introduction.id: section_name(section)
        for section in anthology.sections
        if section.introduction and section.title
    }
