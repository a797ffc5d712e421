"""Where each key of a TOML document stands; `tomllib` reads the values but forgets their lines."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right

KeyPath = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_KEY_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*'""")
# A multi-line string may end in up to two quotation marks of its own before the closing three.
_STRING = re.compile(
    r'''"""(?:\\.|[^\\])*?""""{0,2}|\'\'\'.*?\'\'\''{0,2}|"(?:\\.|[^"\\\n])*"|'[^'\n]*\'''', re.DOTALL
)
_PLAIN_VALUE = re.compile(r"[^,\]}\n#]+")


class UnfinishedError(ValueError):
    """The text stopped being TOML; `line` is where the unfinished thing begins."""

    def __init__(self, line: int) -> None:
        super().__init__(f"unfinished at line {line}")
        self.line = line


def key_positions(text: str) -> dict[KeyPath, int]:
    r"""Find the line of every key, table and list entry of a TOML document.

    Args:
        text: a document that `tomllib` accepts, with `\n` between lines.

    Returns:
        Line numbers from 1 by path: `("book", "title")`, `("sections", 1, "slug")`. A table that is only
        implied stands where it is first implied.

    Raises:
        UnfinishedError: the text is not TOML.
    """
    return _Scanner(text).scan()


class _Scanner:
    """Walks over a document once; knows just enough of TOML 1.0 to tell keys from values."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.lines: dict[KeyPath, int] = {}
        self.entries: dict[KeyPath, int] = {}
        """How many `[[…]]` headers each array of tables has had so far."""

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            table = self.header() if self.next_is("[") else self.pair(table)
            self.skip(_BLANK)
        return self.lines

    def header(self) -> KeyPath:
        start = self.at
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        parts = self.key()
        for _ in range(brackets):
            self.expect("]", start)
        table: KeyPath = ()
        for depth, part in enumerate(parts, start=1):
            table = (*table, part)
            self.note(table, start)
            if depth < len(parts) and table in self.entries:
                table = (*table, self.entries[table] - 1)
        if brackets == 2:
            index = self.entries.get(table, 0)
            self.entries[table] = index + 1
            table = (*table, index)
            self.note(table, start)
        return table

    def pair(self, table: KeyPath) -> KeyPath:
        """Read `key = value`; give `table` back, which the pair does not change."""
        start = self.at
        path = table
        for part in self.key():
            path = (*path, part)
            self.note(path, start)
        self.skip(_SPACE)
        self.expect("=", start)
        self.skip(_SPACE)
        self.value(path)
        return table

    def key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self.skip(_SPACE)
            written = self.take(_KEY_PART)
            quoted = written[0] in "\"'"
            parts.append(tomllib.loads(f"key = {written}")["key"] if quoted else written)
            self.skip(_SPACE)
            if not self.next_is("."):
                return parts
            self.at += 1

    def value(self, path: KeyPath) -> None:
        if self.next_is("["):
            self.array(path)
        elif self.next_is("{"):
            self.inline_table(path)
        elif self.next_is('"') or self.next_is("'"):
            self.take(_STRING)
        else:
            self.take(_PLAIN_VALUE)

    def array(self, path: KeyPath) -> None:
        start = self.at
        self.at += 1
        index = 0
        self.skip(_BLANK)
        while not self.next_is("]"):
            entry = (*path, index)
            self.note(entry, self.at)
            self.value(entry)
            index += 1
            self.separator("]", start)
        self.at += 1

    def inline_table(self, path: KeyPath) -> None:
        start = self.at
        self.at += 1
        self.skip(_BLANK)
        while not self.next_is("}"):
            self.pair(path)
            self.separator("}", start)
        self.at += 1

    def separator(self, end: str, start: int) -> None:
        """Pass the comma between two entries; the end of the list needs none."""
        self.skip(_BLANK)
        if not self.next_is(end):
            self.expect(",", start)
            self.skip(_BLANK)
            if self.at >= len(self.text):
                raise UnfinishedError(self.line(start))

    def note(self, path: KeyPath, offset: int) -> None:
        self.lines.setdefault(path, self.line(offset))

    def line(self, offset: int) -> int:
        return bisect_right(self.line_starts, offset)

    def next_is(self, character: str) -> bool:
        return self.text.startswith(character, self.at)

    def expect(self, character: str, start: int) -> None:
        """Pass `character`, or say that what began at `start` is unfinished."""
        if not self.next_is(character):
            raise UnfinishedError(self.line(start))
        self.at += 1

    def skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()

    def take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if not match:
            raise UnfinishedError(self.line(self.at))
        self.at = match.end()
        return match.group()
