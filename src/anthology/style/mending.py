"""Mend a text: put in what findings have ready, and nothing but marks and spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anthology.style.finding import Finding


def mended(text: str, findings: Iterable[Finding]) -> str:
    """Put what mends the findings into the text that they were found in; where two want one place, the first has it."""
    edits: dict[int, tuple[int, str]] = {}
    taken: set[int] = set()
    for finding in findings:
        places = range(finding.start, finding.end)
        if finding.mended is None or not finding.passage.is_whole(finding.start, finding.end):
            continue
        first = finding.passage.places[places[0]]
        span = range(first, first + len(places))
        written = text[first : first + len(places)]
        if taken.isdisjoint(span) and _changes_marks_alone(written, finding.mended):
            taken.update(span)
            edits[first] = (len(places), finding.mended)
    pieces = []
    at = 0
    for first, (length, put) in sorted(edits.items()):
        pieces += [text[at:first], put]
        at = first + length
    return "".join((*pieces, text[at:]))


def _changes_marks_alone(written: str, put: str) -> bool:
    """Tell whether an edit leaves all letters, figures and ends of lines as they are."""

    def kept(text: str) -> list[str]:
        return [letter for letter in text if letter.isalnum() or letter in "\r\n"]

    return kept(written) == kept(put)
