"""What templates see: plain values with every word, date and address already in the book's language and format."""

from anthology.views.contributors import ContributorView
from anthology.views.credits import credit_note
from anthology.views.documents import (
    AUTHOR_INDEX,
    CONTENTS,
    CONTRIBUTORS,
    COVER,
    CREDITS,
    HALF_TITLE,
    IMPRINT,
    PAPER_ONLY,
    SUBJECT_INDEX,
    TITLE_PAGE,
    documents_of_introductions,
    section_name,
)
from anthology.views.entries import ROLES, EntryView, PageView
from anthology.views.indexes import GroupView, IndexView, LocatorView, ReferenceView, TermView
from anthology.views.pieces import ArticleView, SectionView
from anthology.views.views import Views

__all__ = [
    "AUTHOR_INDEX",
    "CONTENTS",
    "CONTRIBUTORS",
    "COVER",
    "CREDITS",
    "HALF_TITLE",
    "IMPRINT",
    "PAPER_ONLY",
    "ROLES",
    "SUBJECT_INDEX",
    "TITLE_PAGE",
    "ArticleView",
    "ContributorView",
    "EntryView",
    "GroupView",
    "IndexView",
    "LocatorView",
    "PageView",
    "ReferenceView",
    "SectionView",
    "TermView",
    "Views",
    "credit_note",
    "documents_of_introductions",
    "section_name",
]
