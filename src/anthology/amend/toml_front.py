"""Entries for `related` in TOML front matter: where they go, and what is written there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.amend.lines import CannotAmend, Insertion
from anthology.amend.marks import MARK, because, behind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEADER = re.compile(r"[ \t]*\[{1,2}[^\[\],]+\]{1,2}[ \t]*(?:#.*)?")
_STUBS = re.compile(r"[ \t]*\[\[[ \t]*related[ \t]*\]\]")
_KEY = re.compile(r"[ \t]*(?:related|\"related\"|'related')[ \t]*=[ \t]*")
_DOTTED = re.compile(r"[ \t]*related[ \t]*\.")
_TABLE = re.compile(r"[ \t]*\[[ \t]*related[ \t.\]]")

# What a value is made of (TOML 1.0): comments, white space, strings of four kinds, brackets, all else.
_PIECE = re.compile(
    r"(?P<blank>#[^\r\n]*|\s+)"
    r"|(?P<text>\"\"\"(?:\\.|[^\\])*?\"{3,5}|'''.*?'{3,5}|\"(?:\\.|[^\"\\\r\n])*\"|'[^'\r\n]*')"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)|(?P<other>[^\s#\"'\[\]{},]+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Value:
    """Where a value stands in the front matter: its first character, what is behind it, and behind its last entry."""

    start: int
    end: int
    entries_end: int
    is_list: bool
    is_empty: bool


def insertions(
    front: Sequence[str], proposals: Mapping[str, Sequence[str]], newline: str
) -> tuple[Insertion, ...]:
    """Say what to put in so that `related` lists the proposals too.

    Args:
        front: the lines between the fences.
        proposals: names, each with the words that were the reason.
        newline: the ending of a new line.

    Raises `CannotAmend` where `related` is a single table.
    """
    if any(_STUBS.match(line) for line in front):
        tables = "".join(
            f'[[related]]{MARK}{newline}name = "{name}"{because(words)}{newline}'
            for name, words in proposals.items()
        )
        return (Insertion(len(front), 0, tables),)
    headers = (at for at, line in enumerate(front) if HEADER.fullmatch(line.rstrip("\r\n")))
    first_header = next(headers, None)
    if any(_TABLE.match(line) for line in front) or any(_DOTTED.match(line) for line in front[:first_header]):
        raise CannotAmend("`related` is a single captured entry: write its header as [[related]]")
    for at, line in enumerate(front[:first_header]):
        key = _KEY.match(line)
        if key:
            return _into_value(front, value_at(front, at, key.end()), tuple(proposals))
    # Behind a table's header a key would be the table's: before the first of them is the top.
    line_of_new = len(front) if first_header is None else 0
    entries = "".join(f'  "{name}",{because(words)}{newline}' for name, words in proposals.items())
    return (Insertion(line_of_new, 0, f"related = [{MARK}{newline}{entries}]{MARK}{newline}"),)


def _into_value(front: Sequence[str], value: Value, names: tuple[str, ...]) -> tuple[Insertion, ...]:
    written = ", ".join(f'"{name}"' for name in names)
    line, column = place_of(front, value.entries_end)
    mark = Insertion(line, len(front[line].rstrip("\r\n")), behind(names, brackets=not value.is_list))
    if value.is_list:
        return Insertion(line, column, written if value.is_empty else f", {written}"), mark
    start_line, start_column = place_of(front, value.start)
    if start_line != line:
        raise CannotAmend("`related` is a text of several lines: make it a list")
    return Insertion(line, start_column, "["), Insertion(line, column, f", {written}]"), mark


def value_at(front: Sequence[str], line: int, column: int) -> Value:
    """Find the value that begins at a line and column (from 0).

    Raises `CannotAmend` where it never ends.
    """
    text = "".join(front)
    start = sum(len(before) for before in front[:line]) + column
    depth, at, entries_end, is_empty = 0, start, start, True
    while (piece := _PIECE.match(text, at)) is not None:
        at = piece.end()
        if piece["blank"] or piece["comma"]:
            continue
        depth += 1 if piece["open"] else -1 if piece["close"] else 0
        if depth == 0:
            is_list = text[start] == "["
            return Value(start, at, entries_end if is_list else at, is_list, is_empty)
        if at > start + 1:
            is_empty = False
        entries_end = at
    raise CannotAmend("its front matter cannot be read")


def place_of(front: Sequence[str], offset: int) -> tuple[int, int]:
    """Give the line and column (from 0) of a character of the front matter, counted from its beginning."""
    for number, line in enumerate(front):
        if offset < len(line):
            return number, offset
        offset -= len(line)
    raise CannotAmend("its front matter cannot be read")
