"""The register of explanations: one entry a code, in a file for each letter beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from anthology.codes import CODES
from anthology.problems import Problem, Severity, UsageError, did_you_mean


@dataclass(frozen=True, slots=True)
class Explanation:
    """What there is to know of a code.

    `meaning` is the register's own sentence for it; `why` tells what it means for a book and its readers, and
    `remedy` what to do. Both are in the words of an editor, with what is typed between backticks.
    """

    code: str
    severity: Severity
    meaning: str
    why: str
    remedy: str


@cache
def explanations() -> tuple[Explanation, ...]:
    """Give the explanations of all codes, sorted by code."""
    written = _written()
    return tuple(_joined(code, written[code]) for code in sorted(CODES) if code in written)


def explanation(code: str) -> Explanation:
    """Explain a code, in capitals or not.

    Raises:
        UsageError: there is no such code; the hint names the closest.
    """
    wanted = code.strip().upper()
    for found in explanations():
        if found.code == wanted:
            return found
    hint = (
        did_you_mean(wanted, CODES)
        or "a code is a letter and three figures, like L002, in front of a message"
    )
    raise UsageError(Problem("B018", "error", f'no problem has the code "{code}"', None, hint))


def _written() -> dict[str, dict[str, str]]:
    """Read what stands in the files: code → why and remedy."""
    written: dict[str, dict[str, str]] = {}
    for file in sorted(files("anthology.explanations").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            written |= tomllib.loads(file.read_text(encoding="utf-8"))
    return written


def _joined(code: str, written: dict[str, str]) -> Explanation:
    severity, _, meaning = CODES[code].partition(": ")
    return Explanation(code, "error" if severity == "error" else "warning", meaning, **written)
