"""The lines of an article's file, with the front matter found; what is put together again is the same bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_CLOSING = {"---": re.compile(r"(?:---|\.\.\.)[ \t]*"), "+++": re.compile(r"\+\+\+[ \t]*")}


class CannotAmend(Exception):  # noqa: N818 (it becomes a problem at once)
    """Front matter that proposals cannot be written into; the message says why, in an editor's words."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """A text put in before a place: a line (from 0) of the front matter and a column (from 0)."""

    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A file in four parts, each line with its own ending: a byte order mark or a fence, front matter, the rest.

    `fence` is empty where there is no front matter; then all lines are in `rest`.
    """

    opening: str
    fence: str
    front: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def newline(self) -> str:
        """Give the ending that the lines of this file have."""
        first = next(iter((self.opening, *self.rest)), "") if self.fence else next(iter(self.rest), "")
        for ending in ("\r\n", "\n", "\r"):
            if first.endswith(ending):
                return ending
        return "\n"

    @property
    def text(self) -> str:
        """Put the file together again."""
        return self.opening + "".join(self.front) + "".join(self.rest)


def split(data: bytes) -> Lines:
    """Split a file into its lines and find its front matter.

    Raises `CannotAmend` where the file is not UTF-8, or its front matter is never closed.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise CannotAmend("the file is not UTF-8") from None
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = tuple(_LINE.findall(text[len(mark) :]))
    fence = lines[0].rstrip() if lines else ""
    if fence not in _CLOSING:
        return Lines(mark, "", (), lines)
    for at, line in enumerate(lines[1:], 1):
        if _CLOSING[fence].fullmatch(line.rstrip("\r\n")):
            return Lines(mark + lines[0], fence, lines[1:at], lines[at:])
    raise CannotAmend("its front matter is never closed")


def inserted(front: tuple[str, ...], insertions: tuple[Insertion, ...]) -> tuple[str, ...]:
    """Put texts into lines; where two go to one place, the first given stands first."""
    lines = [*front, ""]
    placed = [(put.line, put.column, number, put.text) for number, put in enumerate(insertions)]
    for at, column, _, text in sorted(placed, reverse=True):
        lines[at] = lines[at][:column] + text + lines[at][column:]
    return tuple(line for line in lines if line)
