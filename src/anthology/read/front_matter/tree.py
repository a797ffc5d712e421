"""Front matter as a tree of entries that know their lines, from YAML or TOML."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A value as it was written, with its line in the file (from 1).

    A scalar is the text it was written as; `plain` tells that it stood without quotes, so that its meaning is
    up to the field that it belongs to.
    """

    value: str | tuple[Entry, ...] | dict[str, Entry]
    line: int
    plain: bool = False

    @property
    def kind(self) -> str:
        """Name what this is in an editor's words."""
        if isinstance(self.value, dict):
            return "a group of keys"
        return "a list" if isinstance(self.value, tuple) else "a text"

    @property
    def is_nothing(self) -> bool:
        """Tell whether nothing was written: `key:` alone, or `~`."""
        return self.plain and self.value in ("", "~")


class Malformed(Exception):  # noqa: N818 (it is caught where it is raised for, and never leaves this package)
    """Front matter that cannot be read: code, message, line and hint of the problem."""

    def __init__(self, code: str, message: str, line: int, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line
        self.hint = hint


MAX_DEPTH = 20
MAX_BYTES = 64 * 1024


def too_deep(line: int) -> Malformed:
    """Make the problem of front matter that is nested too deep."""
    return Malformed("F004", f"the front matter is nested more than {MAX_DEPTH} deep", line)


def twice(key: str, first: int, second: int) -> Malformed:
    """Make the problem of a key that is written twice."""
    return Malformed(
        "F005", f'"{key}" is written twice, on lines {first} and {second}', second, "keep one of them"
    )
