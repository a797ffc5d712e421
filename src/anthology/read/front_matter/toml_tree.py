"""TOML front matter as entries, with the lines that a TOML parser forgets."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import Any

from anthology.read.front_matter.tree import MAX_DEPTH, Entry, Malformed, too_deep, twice

_TABLE = re.compile(r"^\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_OVERWRITE = re.compile(r"overwrite|already|twice|declare", re.IGNORECASE)

_Path = tuple[str | int, ...]


def read_toml(text: str, first_line: int) -> Entry:
    """Read TOML into entries.

    Arguments: the text between the fences, and the line of the file in which it begins. Raises `Malformed`:
    not TOML (1.0), a key written twice, nested too deep.
    """
    lines = _lines_of(text, first_line)
    try:
        tree = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _malformed(str(error), text, first_line) from None
    return _entry(tree, (), first_line, lines, 0)


def _entry(value: Any, path: _Path, line: int, lines: dict[_Path, int], depth: int) -> Entry:
    if depth > MAX_DEPTH:
        raise too_deep(line)
    line = lines.get(path, line)
    if isinstance(value, dict):
        return Entry(
            {key: _entry(held, (*path, key), line, lines, depth + 1) for key, held in value.items()}, line
        )
    if isinstance(value, list):
        return Entry(
            tuple(_entry(held, (*path, at), line, lines, depth + 1) for at, held in enumerate(value)), line
        )
    if isinstance(value, bool):
        return Entry("true" if value else "false", line, plain=True)
    if isinstance(value, (dt.date, dt.time)):
        return Entry(value.isoformat(), line, plain=True)
    return Entry(str(value), line, plain=not isinstance(value, str))


def _lines_of(text: str, first_line: int) -> dict[_Path, int]:
    """Find the line of each key by the shape of TOML: a table's header or `key =` begins a line."""
    found: dict[_Path, int] = {}
    table: _Path = ()
    counts: dict[_Path, int] = {}
    for line, written in enumerate(text.split("\n"), first_line):
        header = _TABLE.match(written)
        if header:
            table = _words(header.group(1))
            if written.lstrip().startswith("[["):
                counts[table] = counts.get(table, -1) + 1
                found.setdefault(table, line)
                table = (*table, counts[table])
            found.setdefault(table, line)
            continue
        key = _KEY.match(written)
        if key:
            path = (*table, *_words(key.group(1)))
            found.setdefault(path, line)
            for length in range(len(table) + 1, len(path)):
                found.setdefault(path[:length], line)
    return found


def _words(dotted: str) -> tuple[str, ...]:
    return tuple(word.strip().strip("\"'") for word in dotted.split("."))


def _malformed(said: str, text: str, first_line: int) -> Malformed:
    place = _PLACE.search(said)
    lines = text.split("\n")
    at = int(place.group(1)) if place and place.group(1) else len(lines)
    at = min(max(at, 1), len(lines))
    while at > 1 and not lines[at - 1].strip():
        at -= 1
    line = first_line + at - 1
    if _OVERWRITE.search(said):
        key = _KEY.match(lines[at - 1])
        if key:
            name = key.group(1)
            earlier = [
                number
                for number, written in enumerate(lines[: at - 1], first_line)
                if (other := _KEY.match(written)) and other.group(1) == name
            ]
            if earlier:
                return twice(name, earlier[-1], line)
    hint = 'write key = "value", texts in quotes'
    return Malformed("F002", "the front matter cannot be read here: this is not TOML", line, hint)
