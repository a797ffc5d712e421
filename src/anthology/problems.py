"""Problems as data, and the few exceptions that end a command."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from anthology.model import Origin

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an editor should know.

    `code` is stable (`L002`); `message` says what is wrong in an editor's words; `hint` says what to do,
    and may be empty. `fold` is the sentence that stands for many problems of this kind, with `{count}` in it;
    without it, problems of one code are never folded. One that ends with a colon announces the hints.
    """

    code: str
    severity: Severity
    message: str
    origin: Origin | None = None
    hint: str = ""
    fold: str = ""

    def __post_init__(self) -> None:
        """Put what is said on one line, whatever stands in the names and addresses that it quotes.

        Line ends would break it, and other control characters would speak to the terminal.
        """
        for name, said in (("message", self.message), ("hint", self.hint)):
            if _CONTROL.search(said):
                object.__setattr__(self, name, " ".join(_CONTROL.sub(" ", said).split()))


class AnthologyError(Exception):
    """What ends a command, with the problems to print and the exit code to leave with."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[AnthologyError], tuple[Problem, ...]]:
        """Come out of a worker process with the problems."""
        return type(self), self.problems


class ContentError(AnthologyError, ValueError):
    """The project's own files are at fault."""


class RefusedFile(ContentError):  # noqa: N818  # it is its problem that says what is wrong
    """A file of the project that is not read: a link that leads out of it, a pipe, a device, or too large."""

    @property
    def why(self) -> str:
        """Say what is wrong with it, in words that go on after its name."""
        return self.problems[0].message

    @property
    def hint(self) -> str:
        """Say what to do."""
        return self.problems[0].hint


class UsageError(AnthologyError, ValueError):
    """The command was asked for something that does not exist."""

    exit_code = 2


class MachineError(AnthologyError, OSError):
    """Something is missing on this machine, or the disk refuses."""

    exit_code = 3


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by file, line, code and message, each told once."""
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda problem: (
                problem.origin.path if problem.origin else "",
                (problem.origin.line if problem.origin else None) or 0,
                problem.code,
                problem.message,
                problem.severity,
                problem.hint,
            ),
        )
    )


# So many problems of one kind are still told one by one.
_MOST_UNFOLDED = 3


def gathered_problems(problems: Iterable[Problem]) -> Iterator[tuple[Problem, ...]]:
    """Sort problems, and put those together that are told in one line: of one kind that folds, more than three."""
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for problem in sorted_problems(problems):
        kinds.setdefault((problem.code, problem.fold), []).append(problem)
    folded: set[tuple[str, str]] = set()
    for problem in sorted_problems(problems):
        kind = (problem.code, problem.fold)
        if not problem.fold or len(kinds[kind]) <= _MOST_UNFOLDED:
            yield (problem,)
        elif kind not in folded:
            folded.add(kind)
            yield tuple(kinds[kind])


def without_ignored(
    problems: tuple[Problem, ...], ignored: Container[tuple[str, str]]
) -> tuple[Problem, ...]:
    """Leave out the warnings that the editor has accepted: pairs of a code and a path. Errors always stay."""
    return tuple(
        problem
        for problem in problems
        if problem.severity == "error"
        or (problem.code, problem.origin.path if problem.origin else "") not in ignored
    )


# Fewer letters begin too many names.
_BEGINNING = 4


def near_name(name: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Find the known name closest to `name`, or the one that it begins; the empty string where there is none."""
    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(candidate.casefold(), candidate)
    found = get_close_matches(name.casefold(), folded, n=1, cutoff=cutoff)
    begun = [full for full in folded if full.startswith(name.casefold())] if len(name) >= _BEGINNING else []
    # A beginning that several share says nothing.
    return folded[(found or begun)[0]] if found or len(begun) == 1 else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Write the hint that suggests the known name closest to `name`; empty where none is close."""
    near = near_name(name, known)
    return f'did you mean "{near}"?' if near else ""


def shortened(text: str, most: int = 60) -> str:
    """Write a text that a message quotes on one line, of at most so many characters; a long one is cut at a word."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    words, space, _ = flat[: most - 1].rpartition(" ")
    return f"{words} …" if space else f"{flat[: most - 1]}…"


def has_errors(problems: Sequence[Problem]) -> bool:
    """Tell whether any of the problems stops a book."""
    return any(problem.severity == "error" for problem in problems)
