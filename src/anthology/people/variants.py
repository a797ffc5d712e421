"""Variants: names that may be one person's, proposed and never merged by themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.config.slugs import slug_of
from anthology.people.kinds import kind_of
from anthology.people.names import folded, parse_name
from anthology.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from anthology.model import Origin

# A letter more or less is a slip in a long word and another name in a short one (Marie, Maria; Lee, Leo).
_LONG_ENOUGH = 6


@dataclass(frozen=True, slots=True)
class Merge:
    """Names that may be one person's: the one to keep first, and why each of the others may be that one."""

    names: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Compared:
    """A name prepared for comparison: folded words, and what it is written as without spaces."""

    text: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    person: bool

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.given, *self.family)

    @property
    def letters(self) -> str:
        return "".join(self.words)


def merges(names: Iterable[str], distinct: Collection[str] = ()) -> tuple[Merge, ...]:
    """Find the names that may be one person's or one organisation's.

    Args:
        names: all names, each as often as it is credited; their order does not matter.
        distinct: names that an editor has told apart (each has its own entry in `[contributors]`); no two of
            them are proposed as one.

    Returns:
        Proposals in the order of the name to keep. A name that fits two people is in both proposals.
    """
    counts = Counter(names)
    compared = [_prepare(name) for name in sorted(counts)]
    found: list[Merge] = []
    for block in _blocks(compared):
        for group in _groups(sorted(block, key=_fullness), frozenset(distinct)):
            first, *others = sorted(group, key=lambda name: (*_plainness(name), -counts[name.text]))
            why = tuple(_why(first, other) or "another form of the same name" for other in others)
            found.append(Merge((first.text, *(other.text for other in others)), why))
    return tuple(sorted(set(found), key=lambda merge: merge.names))


def merges_to_confirm(
    proposals: Iterable[Merge], labels: Mapping[str, str], origins: Mapping[str, Origin]
) -> tuple[Problem, ...]:
    """Ask an editor about each proposal, where the shorter name first stands.

    `labels` gives the keys in `[contributors]` of names that have one, `origins` where a name first stands.
    """
    problems = []
    for merge in proposals:
        first, *others = merge.names
        label = labels.get(first, "")
        for other, why in zip(others, merge.why, strict=True):
            problems.append(
                Problem(
                    "N001",
                    "warning",
                    f'"{other}" may be "{first}": {why}',
                    origins.get(other),
                    _how_to_answer(first, other, label),
                )
            )
    return tuple(problems)


def _how_to_answer(first: str, other: str, label: str) -> str:
    where = f"[contributors.{label or slug_of(first)}] in anthology.toml"
    if label:
        return f'if so, add "{other}" to `also` under {where}; if not, give "{other}" an entry of its own'
    return f'if so, write name = "{first}" and also = ["{other}"] under {where}; if not, give each an entry'


def _prepare(name: str) -> _Compared:
    if kind_of(name).kind == "organisation":
        words = tuple(word for word in folded(name).split() if word not in {"the", "and"})
        return _Compared(name, (), words, person=False)
    parsed = parse_name(name)
    # Initials written together ("J.R.R.") are as many words.
    given = " ".join((*parsed.given, *parsed.particles)).replace(".", " ")
    family = " ".join(parsed.family)
    if not folded(family).strip():  # a script or signs that have no letters of this kind
        return _Compared(name, (), (name,), person=True)
    return _Compared(name, tuple(folded(given).split()), tuple(folded(family).split()), person=True)


def _fullness(name: _Compared) -> tuple[int, int, str]:
    """Sort the fullest name first; of two that are as full, the one with more letters of its own (accents)."""
    return (-len(name.letters), -len(name.text.encode()), name.text)


def _plainness(name: _Compared) -> tuple[bool, bool, bool]:
    """Sort the name to keep first: no initial for the first name, no comma, not all in capitals."""
    initial = name.person and bool(name.given) and len(name.given[0]) == 1
    return (initial, "," in name.text, name.text.isupper())


def _blocks(names: Sequence[_Compared]) -> Iterable[list[_Compared]]:
    """Gather names that could be compatible at all: by family name, by their letters, by all letters but one."""
    by_key: dict[str, list[_Compared]] = defaultdict(list)
    for name in names:
        keys = {f"family {' '.join(name.family)}", f"letters {''.join(sorted(name.letters))}"}
        if name.person:
            keys |= {f"last {name.words[-1]}"}
        letters = name.letters
        keys |= {f"slip {letters[:place]}{letters[place + 1 :]}" for place in range(len(letters))}
        keys |= {f"slip {letters}"}
        for key in sorted(keys):
            by_key[key].append(name)
    return _united([block for block in by_key.values() if len(block) > 1])


def _united(blocks: Sequence[list[_Compared]]) -> Iterable[list[_Compared]]:
    """Unite blocks that share a name, so that a group is found once and whole."""
    parent: dict[str, str] = {}
    known: dict[str, _Compared] = {}

    def root(text: str) -> str:
        while parent.setdefault(text, text) != text:
            parent[text] = parent[parent[text]]
            text = parent[text]
        return text

    for block in blocks:
        for name in block:
            known[name.text] = name
            parent[root(name.text)] = root(block[0].text)
    united: dict[str, list[_Compared]] = defaultdict(list)
    for text in sorted(known):
        united[root(text)].append(known[text])
    return united.values()


def _groups(names: Sequence[_Compared], distinct: frozenset[str]) -> list[list[_Compared]]:
    """Group names of which all are compatible with one another; a name may stand in several groups.

    The names come fullest first, so that each group is led by its fullest name.
    """
    groups: list[list[_Compared]] = []
    for name in names:
        joined = False
        for group in groups:
            told_apart = name.text in distinct and any(other.text in distinct for other in group)
            if not told_apart and all(_why(other, name) for other in group):
                group.append(name)
                joined = True
        if not joined:
            groups.append([name])
    return [group for group in groups if len(group) > 1]


def _why(fuller: _Compared, other: _Compared) -> str:
    """Say why two names may be one person's; the empty string if nothing suggests it."""
    if fuller.letters == other.letters:
        return _difference_in_writing(fuller.text, other.text)
    if sorted(fuller.words) == sorted(other.words):
        return "the same words in another order"
    if fuller.person != other.person:
        return ""
    if fuller.person and fuller.family == other.family and fuller.given and other.given:
        return _given_names(fuller.given, other.given) or _slip(fuller.words, other.words)
    return _slip(fuller.words, other.words)


def _difference_in_writing(one: str, other: str) -> str:
    if one.casefold() == other.casefold():
        return "only capitals differ"
    if _letters(one) == _letters(other):
        return "only spaces and signs differ"
    if folded(one).split() == folded(other).split():
        return "only accents differ"
    return "the same words, written otherwise"


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _given_names(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Compare given names: initials stand for names, and middle names may be left out."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    if not _stands_for(longer[0], shorter[0]):
        return ""
    rest = list(longer[1:])
    for word in shorter[1:]:
        place = next((n for n, name in enumerate(rest) if _stands_for(name, word)), None)
        if place is None:
            return ""
        rest = rest[place + 1 :]
    initials = any(len(word) == 1 for word in (*one, *other))
    if len(longer) > len(shorter):
        return (
            "initials and a middle name"
            if initials and longer[0] != shorter[0]
            else "a middle name more or less"
        )
    return "initials stand for names" if initials else ""


def _stands_for(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _slip(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Tell whether two names differ by one letter in one long word."""
    if len(one) != len(other):
        return ""
    different = [(left, right) for left, right in zip(one, other, strict=True) if left != right]
    if len(different) != 1 or not _one_letter_apart(*different[0]):
        return ""
    return "one letter differs"


def _one_letter_apart(one: str, other: str) -> bool:
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    if len(longer) < _LONG_ENOUGH or len(longer) - len(shorter) > 1:
        return False
    if len(longer) == len(shorter):
        places = [n for n in range(len(longer)) if longer[n] != shorter[n]]
        swapped = (
            len(places) == 2
            and places[1] == places[0] + 1
            and longer[places[0]] == shorter[places[1]]
            and longer[places[1]] == shorter[places[0]]
        )
        return len(places) == 1 or swapped
    return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
