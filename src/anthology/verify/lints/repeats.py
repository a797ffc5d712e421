"""Text that stands in a book more than once: whole pieces, large parts of them, and single paragraphs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from anthology.plan.doubles import SHARED, doubles
from anthology.plan.length import plain_text
from anthology.problems import Problem, shortened
from anthology.wording import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from anthology.verify.lints.passages import Copy, Passage

# Of two articles that have less in common, one quotes the other, or both have the same notice.
_MUCH = 0.3
# Fewer words may well be said twice. Scripts without spaces between words have some letters a word.
_LONG_WORDS = 40
_LONG_LETTERS = 200
_SAID = frozenset({"paragraph", "item", "quotation", "note", "cell"})
# More names than this help nobody; the count says the rest.
_MOST_NAMED = 3


class _Place(NamedTuple):
    copy: Copy
    passage: Passage


def repeated_text(copies: Sequence[Copy], articles: frozenset[str]) -> Iterator[Problem]:
    """Look for text that stands twice, told once, as the largest thing that is the same.

    Arguments: the pieces, and the ids of those that are articles: of two of these that are captures of one piece the
    running order tells (G005).
    """
    texts = {copy.piece.id: plain_text(copy.piece.body) for copy in copies}
    by_id = {copy.piece.id: copy for copy in copies}
    related = _Related()
    for double in doubles(texts, _MUCH):
        is_told = double.shared >= SHARED and articles.issuperset((double.first, double.second))
        first, second = by_id[double.first], by_id[double.second]
        is_new = related.join(double.first, double.second)
        if is_new and not is_told:
            yield _near(first, second, double.shared)
    yield from _whole(copies, texts, related)
    yield from _paragraphs(copies, related)


class _Related(dict[str, str]):
    """Which pieces have been told to be of one text: each knows the first of them."""

    def first(self, piece: str) -> str:
        while piece in self:
            piece = self[piece]
        return piece

    def join(self, one: str, other: str) -> bool:
        """Note that two are; tell whether that is news."""
        first, second = self.first(one), self.first(other)
        if first != second:
            self[second] = first
        return first != second


def _near(first: Copy, second: Copy, shared: float) -> Problem:
    if shared == 1 and digest(plain_text(first.piece.body)) == digest(plain_text(second.piece.body)):
        return _same(first, second)
    part = "all" if shared == 1 else f"{int(shared * 100)} %"
    return Problem(
        "Q003",
        "warning",
        f'"{second.piece.title}" shares much of its text with "{first.piece.title}" ({first.piece.origin.path}):'
        f" {part} of the shorter one stands in the other",
        second.piece.origin,
        "say it in one of them, and refer to that in the other",
    )


def _same(first: Copy, second: Copy) -> Problem:
    message = f"the text is that of {first.piece.origin.path}, word for word"
    return Problem("Q002", "warning", message, second.piece.origin, "keep one of them")


def _whole(copies: Sequence[Copy], texts: Mapping[str, str], related: _Related) -> Iterator[Problem]:
    """Find pieces that say the same, too short to have been compared."""
    first: dict[str, Copy] = {}
    for copy in copies:
        words = digest(texts[copy.piece.id])
        if words and words in first and related.join(first[words].piece.id, copy.piece.id):
            yield _same(first[words], copy)
        first.setdefault(words, copy)


def _paragraphs(copies: Sequence[Copy], related: _Related) -> Iterator[Problem]:
    """Find long paragraphs that are the same; one in many pieces is one problem, at the second of them."""
    by_words: dict[str, list[_Place]] = defaultdict(list)
    for copy in copies:
        for passage in copy.passages:
            if passage.kind in _SAID and _is_long(passage.text):
                by_words[digest(passage.text)].append(_Place(copy, passage))
    for places in by_words.values():
        groups = {related.first(place.copy.piece.id) for place in places}
        pieces = {place.copy.piece.id for place in places}
        # Twice in one piece is a slip of its own; what doubles have in common has been told.
        if len(groups) > 1 or (len(places) > 1 and len(pieces) == 1):
            yield _repeated(places)


def _repeated(places: Sequence[_Place]) -> Problem:
    first, second, *_ = places
    paths = list(dict.fromkeys(place.copy.piece.origin.path for place in places))
    others = [path for path in paths if path != second.copy.piece.origin.path]
    origin = second.copy.origin_of(second.passage.text)
    quoted = f'"{shortened(first.passage.text)}"'
    if not others:
        message = f"{quoted} stands in this article {'twice' if len(places) == 2 else f'{len(places)} times'}"
        origin = second.copy.origin_of(second.passage.text, -1)
    else:
        named = ", ".join(others[:_MOST_NAMED])
        more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
        message = f"{quoted} stands in {named}{more} too, word for word"
    return Problem("Q004", "warning", message, origin, "keep it where it says most")


def _is_long(text: str) -> bool:
    return len(text.split()) >= _LONG_WORDS or (
        len(text) >= _LONG_WORDS * 2 and sum(letter > "\u2e80" for letter in text) >= _LONG_LETTERS
    )
