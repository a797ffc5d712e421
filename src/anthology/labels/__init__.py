"""The words that the book itself says, dates and lists of names, and quotation marks, in the book's language."""

from anthology.labels.keys import KEYS, check_labels, labels_schema
from anthology.labels.labels import Labels, labels_for
from anthology.labels.quotation import quotation_marks

__all__ = ["KEYS", "Labels", "check_labels", "labels_for", "labels_schema", "quotation_marks"]
