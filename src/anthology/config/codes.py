"""The codes of the problems that `anthology.toml` can have, and what each means; a code is stable."""

from __future__ import annotations

CODES: dict[str, str] = {
    "C001": "error: the file is not TOML, not UTF-8, or too large",
    "C002": "error: a key is not known",
    "C003": "error: a value is of the wrong kind (a number where a text belongs)",
    "C004": "error: a needed key is missing",
    "C005": "error: a value cannot be used",
    "C006": "error: an ISBN is illegal, or stands on two editions",
    "C007": "error: a key belongs to an edition of the other format",
    "C008": "error: two sections have one slug, or a section has that of front or back matter",
    "C009": "error: a label lacks a placeholder, or holds one that nothing fills",
    "C010": "warning: no catalogue has the words of the book's language",
}
