"""What the editor has looked at and accepts: `[check] ignore`, held against what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.problems import Problem, did_you_mean, without_ignored

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from anthology.config import Config

# Families of codes that come from editions alone: without them nobody knows what they would have told.
_OF_EDITIONS = ("E", "K", "P", "V")


def ignore(
    problems: tuple[Problem, ...], config: Config, known: Collection[str], *, with_editions: bool
) -> tuple[Problem, ...]:
    """Leave out what is accepted, and tell of entries that fit nothing, or that name an error.

    Arguments: all that was found; the settings; the codes that there are; and whether all editions were looked at, by all programs.
    """
    kept = without_ignored(problems, config.check.ignored)
    return (*kept, *_idle(problems, config, known, _judged(with_editions)))


def _judged(with_editions: bool) -> Callable[[str], bool]:
    return lambda code: with_editions or not code.startswith(_OF_EDITIONS)


def _idle(
    problems: tuple[Problem, ...], config: Config, known: Collection[str], judged: Callable[[str], bool]
) -> Iterator[Problem]:
    found = {(p.code, p.origin.path if p.origin else ""): p.severity for p in problems}
    for number, entry in enumerate(config.check.ignore):
        origin = config.origin("check", "ignore", number)
        severity = found.get((entry.code, entry.path))
        if severity == "error":
            message = f"{entry.code} in {entry.path} is an error, and errors are never ignored"
            yield Problem("C012", "warning", message, origin, "mend it, and delete the entry")
        elif entry.code not in known:
            message = f"there is no code {entry.code}"
            yield Problem("C011", "warning", message, origin, did_you_mean(entry.code, known))
        elif severity is None and judged(entry.code):
            paths = sorted(path for code, path in found if code == entry.code and path)
            message = f"nothing in {entry.path} has the code {entry.code}"
            yield Problem(
                "C011", "warning", message, origin, did_you_mean(entry.path, paths) or "delete the entry"
            )
