"""The blocks of a text of Markdown: which lines belong together, and what stands before their words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from anthology.style.markup import BORDER, MARKUP, PROSE, SOMETHING, VERBATIM, kinds_of, quoted_in

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["text", "heading"]

_ITEM = r"(?:[-+*]|\d{1,9}[.)])[ \t]+"
_NOTE = r"\[\^[^\[\]\s]+\]:[ \t]*"
_PREFIX = re.compile(
    rf"[ \t]*(?P<quote>(?:>[ \t]?)*)(?P<marks>[ \t]*(?:{_ITEM}|:[ \t]+|{_NOTE}))*(?P<heading>[ \t]*\#{{1,6}}[ \t]+)?"
    r"(?P<inner>(?:[ \t]*>)*)[ \t]*(?:\[[ xX]\][ \t]+)?"
)
_DEFINITION = re.compile(r" {0,3}(?:\[(?!\^)[^\[\]]+\]|\*\[[^\[\]]+\]):")
_TITLE_OF_DEFINITION = re.compile(r"[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\))[ \t]*")
_RULE = re.compile(r"[ \t>]*(?:=+|-+|(?:[-*_][ \t]*){3,})[ \t]*")
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t]*")
_DELIMITERS = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_ALERT = re.compile(r"[ \t]*\[![A-Za-z]{2,20}\]")
# So far in, a text behind an empty line is code: at the margin, and from the mark of the item that it belongs to.
_CODE_INDENT = 4
_CODE_INDENT_IN_ITEM = 8


@dataclass(slots=True)
class Block:
    """A text that is read in one go: from where to where its lines go, without what stands before their words."""

    kind: Kind
    quoted: bool
    lines: list[tuple[int, int]] = field(default_factory=list)


def blocks_of(text: str, start: int) -> tuple[list[Block], bytearray]:
    """Find the blocks of a text whose words begin at `start`, and the kind of each of its letters."""
    kinds = kinds_of(text, start)
    shown = _shown(text, kinds)
    reader = _Reader(shown, kinds)
    for begin, end, in_table in _lines(shown, start):
        reader.read(begin, end, in_table=in_table)
    reader.close()
    quoted = quoted_in(text, start)
    for block in reader.blocks:
        block.quoted = block.quoted or any(
            begin < place[1] and place[0] < end for begin, end in quoted for place in block.lines
        )
    return reader.blocks, kinds


def _shown(text: str, kinds: bytearray) -> str:
    """Blank out what nothing of the structure of blocks may be read from."""
    return "".join(
        letter if kind in (PROSE, MARKUP) or letter == "\n" else SOMETHING
        for letter, kind in zip(text, kinds, strict=True)
    )


def _lines(text: str, start: int) -> Iterator[tuple[int, int, bool]]:
    """Give the lines, each with whether it is a row of a table."""
    places = []
    at = start
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        places.append((at, end))
        at = end + 1
    in_table = False
    for number, (begin, end) in enumerate(places):
        following = places[number + 1] if number + 1 < len(places) else (end, end)
        if "|" not in text[begin:end]:
            in_table = False
        elif "|" in text[slice(*following)] and _DELIMITERS.fullmatch(text, *following):
            in_table = True
        yield begin, end, in_table


class _Reader:
    """Reads line by line, knowing which lists are open and whether a line goes on with a text."""

    def __init__(self, text: str, kinds: bytearray) -> None:
        self.blocks: list[Block] = []
        self._text = text
        self._kinds = kinds
        self._block: Block | None = None
        self._items: list[int] = []
        self._after_blank = True
        self._in_alert = False
        self._in_definition = False

    def read(self, begin: int, end: int, *, in_table: bool) -> None:
        """Read the line from `begin` to `end`."""
        line = self._text[begin:end]
        if not line.strip(f" \t>{SOMETHING}"):
            self.close()
            self._after_blank = True
            self._in_alert = self._in_alert and ">" in line
            return
        if self._is_verbatim(line):
            if self._block and _UNDERLINE.fullmatch(line):
                self._block.kind = "heading"
            self.close()
            self._kinds[begin:end] = bytes([VERBATIM]) * (end - begin)
            return
        found = _PREFIX.match(self._text, begin, end)
        assert found
        is_item = bool(found["marks"])
        if self._is_code(line, is_item=is_item):
            self._kinds[begin:end] = bytes([VERBATIM]) * (end - begin)
            return
        self._after_blank = False
        self._open(found, line, is_item=is_item, in_table=in_table)
        assert self._block
        self._block.lines.append((found.end(), end))
        if in_table:
            self._part_cells(begin, end)
        if found["heading"]:
            self.close()

    def close(self) -> None:
        """End the text that is being read."""
        if self._block:
            self.blocks.append(self._block)
        self._block = None

    def _open(self, found: re.Match[str], line: str, *, is_item: bool, in_table: bool) -> None:
        """Begin a new text where this line does not go on with the last one."""
        has_mark = ">" in found.group()
        # An alert is written like a quotation, and nobody is quoted.
        self._in_alert = has_mark and (self._in_alert or _ALERT.match(self._text, found.end()) is not None)
        is_quoted = has_mark and not self._in_alert
        if is_item:
            del self._items[self._level(line) :]
            self._items.append(_indent(line))
        goes_on = self._block and not (is_item or found["heading"] or in_table)
        if self._block and goes_on and (self._block.quoted or not is_quoted):
            return
        self.close()
        kind: Kind = "heading" if found["heading"] else "text"
        self._block = Block(kind, is_quoted)

    def _is_verbatim(self, line: str) -> bool:
        """Tell a rule, the line below a heading or between the head of a table and its rows, and definitions of links."""
        is_title = self._in_definition and _TITLE_OF_DEFINITION.fullmatch(line) is not None
        self._in_definition = _DEFINITION.match(line) is not None
        return (
            self._in_definition
            or is_title
            or _RULE.fullmatch(line) is not None
            or ("|" in line and _DELIMITERS.fullmatch(line) is not None)
        )

    def _is_code(self, line: str, *, is_item: bool) -> bool:
        """Tell whether a line is moved in so far that it is code."""
        if not self._after_blank:
            return False
        indent = _indent(line)
        if not is_item:
            del self._items[self._level(line) :]
        return indent >= (self._items[-1] + _CODE_INDENT_IN_ITEM if self._items else _CODE_INDENT)

    def _level(self, line: str) -> int:
        """Count the items that a line is inside of."""
        indent = _indent(line)
        return sum(item + 1 < indent for item in self._items)

    def _part_cells(self, begin: int, end: int) -> None:
        for at in range(begin, end):
            if self._text[at] == "|":
                self._kinds[at] = BORDER


def _indent(line: str) -> int:
    written = line.expandtabs(4)
    return len(written) - len(written.lstrip(" "))
