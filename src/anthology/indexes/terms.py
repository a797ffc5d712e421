"""What an editor writes into an index mark: terms with sub-entries, sort keys, references and ranges.

The marks are those of makeindex: `entry!sub-entry`, `sort key@entry`, `entry|see other entry`, `entry|seealso other
entry`, `entry|(` and `entry|)`; between several terms stands a semicolon. One that is written twice is itself a part
of the term.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["place", "open", "close", "see", "seealso"]

# An entry, its sub-entry, and one below that: nobody finds more.
DEEPEST = 3

# What a mark becomes that is written twice, until the terms are parted: noncharacters, which no text holds.
_TWICE = {"!": "\ufdd4", "@": "\ufdd5", "|": "\ufdd6", ";": "\ufdd7"}
_RANGES: dict[str, Kind] = {"(": "open", ")": "close"}


@dataclass(frozen=True, slots=True)
class Word:
    """The name of an entry as it is printed, and what it is sorted by, if that is something else."""

    name: str
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A term that was marked: the entry by the names from the top, and what the mark says of it.

    `refers_to` is the entry that a reader is sent to instead (`see`) or besides (`seealso`).
    """

    path: tuple[Word, ...]
    kind: Kind = "place"
    refers_to: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names of the entry and of those above it, from the top."""
        return tuple(word.name for word in self.path)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a term: the code of the problem, what is wrong, and what to do."""

    code: str
    message: str
    hint: str


def read_terms(text: str) -> tuple[tuple[Term, ...], tuple[Fault, ...]]:
    """Read what stands in an index mark.

    Returns the terms that can be used and what is wrong with the others, or with these.
    """
    for mark, kept in _TWICE.items():
        text = text.replace(mark * 2, kept)
    terms: list[Term] = []
    faults: list[Fault] = []
    for written in text.split(";"):
        name, bar, behind = written.partition("|")
        words = tuple(_words(name))
        if not words or not all(word.name for word in words):
            hint = "write a word between the quotation marks, or take the mark away"
            faults.append(Fault("X004", "an index term is empty", hint))
            continue
        if len(words) > DEEPEST:
            hint = f'two levels below an entry are printed; what stands behind "{words[2].name}" is left out'
            faults.append(Fault("X005", f'the index term "{_plain(name)}" has too many levels', hint))
            words = words[:DEEPEST]
        kind, refers_to = _kind_of(behind)
        if bar and kind == "place":
            hint = "write |see, |seealso, |( or |) behind a term; || is a bar in the term itself"
            message = f'nothing is known of "|{_plain(behind)}" behind the index term "{_plain(name)}"'
            faults.append(Fault("X006", message, hint))
        terms.append(Term(words, kind, refers_to))
    return tuple(terms), tuple(faults)


def _words(written: str) -> Iterator[Word]:
    for part in written.split("!"):
        sort, at, name = part.partition("@")
        yield Word(_plain(name), _plain(sort)) if at else Word(_plain(part))


def _kind_of(behind: str) -> tuple[Kind, tuple[str, ...]]:
    behind = behind.strip()
    if behind in _RANGES:
        return _RANGES[behind], ()
    kinds: tuple[Kind, ...] = ("see", "seealso")
    for kind in kinds:
        if behind.startswith(f"{kind} ") and (target := behind.removeprefix(kind)).strip(" !"):
            return kind, tuple(_plain(part) for part in target.split("!"))
    return "place", ()


def _plain(text: str) -> str:
    """Give a name with single spaces, and the marks in it that were written twice."""
    for mark, kept in _TWICE.items():
        text = text.replace(kept, mark)
    return " ".join(text.split())
