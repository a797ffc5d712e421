"""The indexes at the back of the book: of the subjects that articles mark, and of those who wrote them."""

from anthology.indexes.authors import author_index
from anthology.indexes.model import Author, CrossReference, Entry, Locator
from anthology.indexes.settling import settle_locators
from anthology.indexes.subjects import check_subjects, subject_index

__all__ = [
    "Author",
    "CrossReference",
    "Entry",
    "Locator",
    "author_index",
    "check_subjects",
    "settle_locators",
    "subject_index",
]
