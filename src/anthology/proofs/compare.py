"""What was changed between two versions of a text: passages found again, and then compared word by word."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, NamedTuple

from anthology.proofs.passages import Passage, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Change = Literal["same", "out", "in"]
Fate = Literal["same", "edited", "new", "gone", "moved-here", "moved-away"]

# Those of the head have one fellow each, however little the two have in common.
HEAD = ("title", "short-title", "standfirst", "byline", "date")

# Two passages are one that was edited if they share at least so much of their words.
_ALIKE = 0.4
# And one that was moved if they share so much, and have at least so many words to share.
_MOVED, _WORDS_TO_MOVE = 0.75, 6
# A half of a divided passage has most of its words from the whole.
_HALF = 0.6
# Passages that share so much were not divided.
_WHOLE = 0.75
# Passages that were changed are looked for so far from where they stood among those: more would take long.
_REACH = 30
# So few words that stayed between two changes may be given up, for a change that can be read.
_WORDS_BETWEEN = 2
# Passages of so many words, times words, are compared at once: for longer ones that would take minutes.
_AT_ONCE = 250_000
# So often what lies between the words that stand once is cut again.
_DEEP = 8
# The end of a paragraph in the middle of a passage that was divided, or joined.
BREAK = Word("¶", ("break",))


class Piece(NamedTuple):
    """Words that stayed, were taken out or were put in."""

    change: Change
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of a passage. `was` is its kind before, where that was another."""

    fate: Fate
    kind: str
    pieces: tuple[Piece, ...]
    was: str = ""

    @property
    def queries(self) -> tuple[int, ...]:
        """Give the numbers of the queries that stand in it."""
        return tuple(
            number
            for piece in self.pieces
            if piece.change != "out"
            for word in piece.words
            for number in word.queries
        )


class _Step(NamedTuple):
    """So many passages of the old text that became so many of the new, and how much speaks for it."""

    old: int
    new: int
    gain: float


def compare(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[Compared, ...]:
    """Compare two versions of a text, passage by passage, in the order of the new one.

    What was taken out stands where it stood; what stands elsewhere now is told in both places.
    """
    heads = {passage.kind: passage for passage in old if passage.kind in HEAD}
    made = [_pair(heads.pop(passage.kind, None), passage) for passage in new if passage.kind in HEAD]
    made += [_pair(passage, None) for passage in heads.values()]
    before = [passage for passage in old if passage.kind not in HEAD]
    after = [passage for passage in new if passage.kind not in HEAD]
    for tag, i, i2, j, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            made += [_pair(one, other) for one, other in zip(before[i:i2], after[j:j2], strict=True)]
        else:
            made += _aligned(before[i:i2], after[j:j2])
    return tuple(_with_moves(made))


def compare_words(old: Sequence[Word], new: Sequence[Word]) -> tuple[Piece, ...]:
    """Compare two passages word by word.

    Without what was taken out the pieces are the new passage; without what was put in, the old.
    """
    return _readable(_gathered([*_pieces(old, new)]))


def _pieces(old: Sequence[Word], new: Sequence[Word], deep: int = 0) -> Iterator[Piece]:
    """Compare words; long passages are cut at the words that stand once in both, and compared between those."""
    if len(old) * len(new) <= _AT_ONCE:
        yield from _compared_at_once(old, new)
        return
    anchors = _anchors(old, new) if deep < _DEEP else []
    if not anchors:
        # Nothing to hold on to, and too much to try everything: one was written for the other.
        yield Piece("out", tuple(old))
        yield Piece("in", tuple(new))
        return
    i = j = 0
    for at, there in anchors:
        yield from _pieces(old[i:at], new[j:there], deep + 1)
        yield Piece("same", (new[there],))
        i, j = at + 1, there + 1
    yield from _pieces(old[i:], new[j:], deep + 1)


def _compared_at_once(old: Sequence[Word], new: Sequence[Word]) -> Iterator[Piece]:
    for tag, i, i2, j, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", tuple(new[j:j2]))
            continue
        if i < i2:
            yield Piece("out", tuple(old[i:i2]))
        if j < j2:
            yield Piece("in", tuple(new[j:j2]))


def _anchors(old: Sequence[Word], new: Sequence[Word]) -> list[tuple[int, int]]:
    """Find the words that stand once in both, and of those the most that stand in one order: where in each."""
    counted = Counter(old), Counter(new)
    places = {word: at for at, word in enumerate(new) if counted[1][word] == 1}
    pairs = [(at, places[word]) for at, word in enumerate(old) if counted[0][word] == 1 and word in places]
    ends: list[int] = []  # the least place in which a row of so many can end
    rows: list[int] = []  # how many the longest row has that ends with each pair
    for _, there in pairs:
        length = bisect_left(ends, there)
        ends[length : length + 1] = [there]
        rows.append(length)
    chosen: list[tuple[int, int]] = []
    wanted = len(ends) - 1
    for pair, length in zip(reversed(pairs), reversed(rows), strict=True):
        if length == wanted and (not chosen or pair[1] < chosen[-1][1]):
            chosen.append(pair)
            wanted -= 1
    return chosen[::-1]


def _pair(old: Passage | None, new: Passage | None) -> Compared:
    if old is None:
        assert new is not None
        return Compared("new", new.kind, (Piece("in", new.words),))
    if new is None:
        return Compared("gone", old.kind, (Piece("out", old.words),))
    was = old.kind if old.kind != new.kind else ""
    if old.words == new.words:
        return Compared("edited" if was else "same", new.kind, (Piece("same", new.words),), was)
    return Compared("edited", new.kind, compare_words(old.words, new.words), was)


def _aligned(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Compared]:
    """Find the passages again that were edited, divided or joined; the others are gone, or new."""
    i = j = 0
    for step in _steps(old, new):
        before, after = _joined(old[i : i + step.old]), _joined(new[j : j + step.new])
        yield _pair(before, after)
        i, j = i + step.old, j + step.new


def _joined(passages: Sequence[Passage]) -> Passage | None:
    if not passages:
        return None
    words = list(passages[0].words)
    for passage in passages[1:]:
        first, *others = passage.words
        words += [BREAK, replace(first, before=" "), *others]
    return Passage(passages[0].kind, tuple(words))


def _steps(old: Sequence[Passage], new: Sequence[Passage]) -> list[_Step]:
    """Choose the steps from the first passages to the last that keep most of the words."""
    if not (old and new):
        return [*(_Step(1, 0, 0.0) for _ in old), *(_Step(0, 1, 0.0) for _ in new)]
    likeness = _Likeness(old, new)
    # So far that each row of the old text meets the next: else there is no way from the first to the last.
    reach = len(new) // len(old) + _REACH
    best: dict[tuple[int, int], tuple[float, _Step | None]] = {(0, 0): (0.0, None)}
    for i in range(len(old) + 1):
        centre = i * len(new) // len(old)
        for j in range(max(0, centre - reach), min(len(new), centre + reach) + 1):
            for step in likeness.steps_to(i, j):
                came = best.get((i - step.old, j - step.new))
                if came and ((i, j) not in best or came[0] + step.gain > best[i, j][0]):
                    best[i, j] = came[0] + step.gain, step
    at, steps = (len(old), len(new)), list[_Step]()
    while (last := best[at][1]) is not None:
        steps.append(last)
        at = at[0] - last.old, at[1] - last.new
    return steps[::-1]


class _Likeness:
    """What passages of two texts have in common, counted once for each pair that is asked for."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage]) -> None:
        self._old, self._new = ([_bag(passage.words) for passage in text] for text in (old, new))
        self._shared: dict[tuple[int, int], int] = {}

    def steps_to(self, i: int, j: int) -> Iterator[_Step]:
        """Give the steps that end behind so many passages of the old text, and so many of the new."""
        if i:
            yield _Step(1, 0, 0.0)
        if j:
            yield _Step(0, 1, 0.0)
        if not (i and j):
            return
        one, other = self._old[i - 1], self._new[j - 1]
        shared = self._share(i - 1, j - 1)
        if (gain := _gain(shared, one, other)) > 0:
            yield _Step(1, 1, gain)
        if shared >= _WHOLE * max(one.total(), other.total()):
            return
        if (
            j > 1
            and self._is_most_of(i - 1, j - 1, other)
            and self._is_most_of(i - 1, j - 2, self._new[j - 2])
        ):
            both = self._new[j - 2] + other
            yield _Step(1, 2, _gain((one & both).total(), one, both))
        if i > 1 and self._is_most_of(i - 1, j - 1, one) and self._is_most_of(i - 2, j - 1, self._old[i - 2]):
            both = self._old[i - 2] + one
            yield _Step(2, 1, _gain((both & other).total(), both, other))

    def _share(self, i: int, j: int) -> int:
        if (i, j) not in self._shared:
            self._shared[i, j] = (self._old[i] & self._new[j]).total()
        return self._shared[i, j]

    def _is_most_of(self, i: int, j: int, half: Counter[str]) -> bool:
        """Tell whether most words of a half are in the whole: else it is something new, or gone, beside the other."""
        return self._share(i, j) >= _HALF * half.total()


def _bag(words: Sequence[Word]) -> Counter[str]:
    return Counter(word.text for word in words)


def _gain(shared: int, one: Counter[str], other: Counter[str]) -> float:
    return 2 * shared - _ALIKE * (one.total() + other.total())


def _readable(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Give up a word or two that stayed between long changes: nobody can read such a patchwork."""
    found = list(pieces)
    at = 1
    while at < len(found) - 1:
        piece = found[at]
        least = min(_around(found, at, -1), _around(found, at, 1))
        if piece.change == "same" and len(piece.words) <= _WORDS_BETWEEN and 2 * _length(piece) <= least:
            found[at : at + 1] = [Piece("out", piece.words), Piece("in", piece.words)]
        at += 1
    return tuple(_gathered(found))


def _length(piece: Piece) -> int:
    return sum(len(word.text) for word in piece.words)


def _around(pieces: Sequence[Piece], at: int, way: int) -> int:
    """Give the length of what was changed next to a piece: of what was taken out, or put in, whichever is longer."""
    lengths = {"out": 0, "in": 0}
    at += way
    while 0 <= at < len(pieces) and pieces[at].change != "same":
        lengths[pieces[at].change] += _length(pieces[at])
        at += way
    return max(lengths.values())


def _gathered(pieces: Sequence[Piece]) -> list[Piece]:
    """Put neighbours together: between two pieces that stayed, first all that was taken out, then all that was put in."""
    made: list[Piece] = []
    held: dict[Change, list[Word]] = {"out": [], "in": []}

    def flush() -> None:
        for change, words in held.items():
            if words:
                made.append(Piece(change, tuple(words)))
                held[change] = []

    for piece in pieces:
        if piece.change != "same":
            held[piece.change] += piece.words
            continue
        flush()
        if made and made[-1].change == "same":
            made[-1] = Piece("same", (*made[-1].words, *piece.words))
        else:
            made.append(piece)
    flush()
    return made


def _with_moves(made: Sequence[Compared]) -> Iterator[Compared]:
    """Tell passages that are gone here and new there as moved, with what was changed in them on the way."""
    gone = {at: _bag(one.pieces[0].words) for at, one in enumerate(made) if one.fate == "gone"}
    moved: dict[int, Compared] = {}
    for at, one in enumerate(made):
        if one.fate != "new" or one.kind in HEAD:
            continue
        words = one.pieces[0].words
        bag = _bag(words)
        origin = max(gone, key=lambda place: _likeness(gone[place], bag), default=None)
        if origin is None or _likeness(gone[origin], bag) < _MOVED or len(words) < _WORDS_TO_MOVE:
            continue
        moved[at] = replace(one, fate="moved-here", pieces=compare_words(made[origin].pieces[0].words, words))
        moved[origin] = replace(made[origin], fate="moved-away")
        del gone[origin]
    return (moved.get(at, one) for at, one in enumerate(made))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Give the share of their words that two passages have in common, from 0 to 1."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())
