"""Problems as workflow commands of GitHub Actions, which show them at the lines that they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anthology.problems import Problem


def workflow_commands(problems: Iterable[Problem], folder: str = "", *, lines: bool = True) -> Iterator[str]:
    """Write a command for each problem; what would end one is written in the escapes of workflow commands.

    Arguments: the problems; the project's folder in the repository, for those whose paths are relative to it; and
    whether the numbers behind paths are lines: those of a PDF are pages.
    """
    for problem in problems:
        message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
        where = ""
        if problem.origin:
            path = "/".join(part for part in (folder, problem.origin.path) if part)
            line = f",line={problem.origin.line}" if lines and problem.origin.line else ""
            where = f"file={_property(path)}{line},"
        yield f"::{problem.severity} {where}title={problem.code}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
