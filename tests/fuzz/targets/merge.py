"""Three-way merge: what a person wrote is there afterwards, or nothing was merged."""

from __future__ import annotations

from collections import Counter

from anthology.importers.merge import merge
from fuzz.choices import Choices

_LINES = (
    "one\n",
    "two\n",
    "three\n",
    "four\n",
    "\n",
    "---\n",
    "five",
    "six\r\n",
    "seven\x85eight\n",
    "<<<<<<<\n",
)


def check(data: bytes) -> None:
    """Merge any three texts: edited lines stay, and where sides agree, nothing is to be settled."""
    choices = Choices(data)
    base = [choices.one_of(_LINES) for _ in range(choices.number(12))]
    edited, new = ("".join(_changed(choices, base)) for _ in range(2))
    before = "".join(base)
    merged = merge(before, edited, new)
    assert merge(before, edited, before).text == edited
    assert merge(before, before, new).text == new
    assert merge(before, edited, edited).text == edited
    assert merge(None, edited, new).text == edited
    written = Counter(edited.splitlines()) - Counter(before.splitlines())
    assert not written - Counter(merged.text.splitlines())
    if merged.conflict:
        assert merged.text == edited
    else:
        known = {*before.splitlines(), *edited.splitlines(), *new.splitlines()}
        assert set(merged.text.splitlines()) <= known


def _changed(choices: Choices, lines: list[str]) -> list[str]:
    made = [*lines]
    for _ in range(choices.number(4)):
        place = choices.number(max(1, len(made)))
        if choices.number(1):
            made.insert(place, choices.one_of((*_LINES, "mine\n")))
        else:
            del made[place : place + 1 + choices.number(2)]
    return made
