"""The codes of what a look into an e-book finds, whoever made it, and what each means; a code is stable."""

from __future__ import annotations

CODES: dict[str, str] = {
    "E001": "error: the file is no e-book, or is damaged",
    "E002": "error: an e-book could do harm: names that lead out of it, or more than a book can hold",
    "E003": "error: an e-book does not begin with its media type",
    "E004": "error: an e-book does not tell where its package document is",
    "E005": "error: the package document of an e-book cannot be read, or lacks what every book has",
    "E006": "error: an e-book lists a file that is not in it",
    "E007": "error: a document of an e-book cannot be read",
    "E008": "error: a link in an e-book leads to nothing",
    "E009": "warning: a picture in an e-book has no alternative text",
    "E010": "error: the page list of an e-book leads astray, or names a page twice",
    "E013": "error: an e-book has no table of contents",
    "E014": "warning: an e-book holds a file that it does not list",
}
