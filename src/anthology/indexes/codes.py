"""The codes of the problems that index terms can raise, and what each means."""

from __future__ import annotations

CODES: dict[str, str] = {
    "X001": "warning: a range of pages is opened for the index and never closed",
    "X002": "warning: a range of pages is closed for the index and was never opened",
    "X003": "warning: the index would refer to an entry that it does not have",
    "X004": "warning: an index term is empty",
    "X005": "warning: an index term has more than two levels below its entry",
    "X006": "warning: what stands behind an index term is none of the known marks",
}
