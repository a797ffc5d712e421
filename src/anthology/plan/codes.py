"""The codes of what the running order shows."""

from __future__ import annotations

CODES: dict[str, str] = {
    "G001": "warning: two articles running are by the same author",
    "G002": "warning: a section is much longer or shorter than the others",
    "G003": "warning: nothing in the book points to an article",
    "G004": "warning: an article has no related reading",
    "G005": "warning: two articles are captures of one piece",
}
