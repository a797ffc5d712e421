"""Three-way merge: what changed in a source since the last import goes into what a person has edited since."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged text; with `conflict`, it is the edited text as it was, and the new one is to be laid beside."""

    text: str
    conflict: bool = False


def merge(base: str | None, edited: str, new: str) -> Merged:
    """Merge a new import into an edited article.

    Arguments: the text of the last import (None where it is not known), the article as it is now, and the text
    of the new import. A line that was written by a person is in the result, whatever the source has become:
    where both changed the same lines nothing is merged at all.
    """
    if new in (base, edited):
        return Merged(edited)
    if edited == base:
        return Merged(new)
    if base is None:
        return Merged(edited, conflict=True)
    from merge3 import Merge3

    before, here, there = (text.splitlines(keepends=True) for text in (base, edited, new))
    merging = Merge3(before, here, there)
    pieces: list[str] = []
    for region in merging.merge_regions():
        kind, begin, end = region[:3]
        if kind == "conflict":
            return Merged(edited, conflict=True)
        lines = {"unchanged": merging.base, "same": merging.a, "a": merging.a, "b": merging.b}[kind]
        pieces += lines[begin:end]
    text = "".join(pieces)
    if _written(base, edited) - Counter(text.splitlines()):
        return Merged(edited, conflict=True)
    return Merged(text)


def _written(base: str, edited: str) -> Counter[str]:
    """Count the lines that a person wrote or changed."""
    return Counter(edited.splitlines()) - Counter(base.splitlines())
