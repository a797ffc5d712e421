"""Proofs: what was changed in an article against its capture, and whether it still is what was approved."""

from anthology.proofs.approval import check_approvals, digest_of_text
from anthology.proofs.compare import Compared, Piece, compare
from anthology.proofs.passages import Passage, passage_of, passages_of
from anthology.proofs.sheet import Counts, Proof, RowView, counts_of, row_of, stretches_of, told_of

__all__ = [
    "Compared",
    "Counts",
    "Passage",
    "Piece",
    "Proof",
    "RowView",
    "check_approvals",
    "compare",
    "counts_of",
    "digest_of_text",
    "passage_of",
    "passages_of",
    "row_of",
    "stretches_of",
    "told_of",
]
