"""The codes of proofs and approvals."""

from __future__ import annotations

CODES: dict[str, str] = {
    "D001": "warning: an article was edited after it was approved",
    "D002": "error: an approval cannot be written into an article's front matter",
    "D003": "error: an article was not imported: there is nothing to compare it with",
    "D004": "error: an article cannot be read, or is a draft",
    "D005": "error: the proof of an article cannot be set",
    "D006": "error: a proof is to be written as something else than HTML or PDF",
}
