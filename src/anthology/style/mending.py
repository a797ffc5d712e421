"""Mend a text: put in what findings have ready, marks and spaces and no word, and see that quotations are whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.style.desk import faults_in, findings_of, uses_in
from anthology.style.passages import passages_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from anthology.config.style import HouseStyle
    from anthology.style.finding import Finding
    from anthology.style.passages import Passage

# What one change brings about, the next round sees; more rounds than this no text has needed.
_ROUNDS = 5


def mend_text(
    text: str, start: int, language: str, style: HouseStyle, accepted: frozenset[str] = frozenset()
) -> str:
    """Mend a text whose words begin at `start`, until there is nothing left to mend.

    Arguments: the language of the text, the style, and the codes of what its editor accepts as it is.
    """
    for _ in range(_ROUNDS):
        after = _mended_once(text, start, language, style, accepted)
        if after == text:
            break
        text = after
    return text


def _mended_once(text: str, start: int, language: str, style: HouseStyle, accepted: frozenset[str]) -> str:
    passages = passages_of(text, start, language)
    found = [*findings_of(uses_in(passages, style), style), *faults_in(passages, style)]
    wanted = [each for each in found if each.is_mendable and each.code not in accepted]
    left: set[int] = set()
    while True:
        after = _put_in(text, (each for each in wanted if id(each.passage) not in left))
        torn = _torn(passages, passages_of(after, start, language)) - left
        if not torn:
            return after
        left |= torn


def _torn(before: Sequence[Passage], after: Sequence[Passage]) -> set[int]:
    """Name the passages of which something quoted would not be the same, or would no longer be known to be quoted."""
    if len(before) != len(after):
        return {id(passage) for passage in before}
    return {
        id(old) for old, new in zip(before, after, strict=True) if _quoted_words(old) != _quoted_words(new)
    }


def _quoted_words(passage: Passage) -> list[str]:
    return [passage.text[begin:end] for begin, end in passage.quotations]


def _put_in(text: str, findings: Iterable[Finding]) -> str:
    """Put in what mends the findings; where two want one place, the first has it."""
    edits: dict[int, tuple[int, str]] = {}
    taken: set[int] = set()
    for finding in findings:
        first = finding.passage.places[finding.start]
        end = first + finding.end - finding.start
        put = finding.mended or ""
        if taken.isdisjoint(range(first, end)) and _changes_marks_alone(text[first:end], put):
            taken.update(range(first, end))
            edits[first] = (end, put)
    pieces = []
    at = 0
    for first, (end, put) in sorted(edits.items()):
        pieces += [text[at:first], put]
        at = end
    return "".join((*pieces, text[at:]))


def _changes_marks_alone(written: str, put: str) -> bool:
    """Tell whether an edit leaves all letters, figures and ends of lines as they are."""

    def kept(text: str) -> list[str]:
        return [letter for letter in text if letter.isalnum() or letter in "\r\n"]

    return kept(written) == kept(put)
