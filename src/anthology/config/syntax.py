"""Bytes of `anthology.toml` -> its data and the line of every key, or one problem in an editor's words."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from anthology.config.positions import KeyPath, UnfinishedError, key_positions
from anthology.model import Origin
from anthology.problems import ContentError, Problem

# Far above any real book; a longer file is a mistake, and some of its shapes take quadratic time to read.
_MOST_BYTES = 1024 * 1024

_QUOTE_TEXT = 'text stands between straight quotation marks: title = "My book"'
_ONE_A_LINE = "give every key a line of its own, and put text between straight quotation marks"
_DOUBLE_BACKSLASH = r'write a backslash twice ("\\"), or put the text between single quotation marks'

_DAY = re.compile(r"=\s*\d{4}-\d\d?-\d\d?\s*(?:#.*)?$")
# What tomllib says (a pattern) -> what we say, and what to do. The first that matches counts.
_IN_OUR_WORDS = (
    (
        r"Invalid value|Invalid date",
        "a value is missing or is not written as TOML wants it",
        _QUOTE_TEXT,
    ),
    (r"Expected '=' after a key", 'there is no "=" after a key', _QUOTE_TEXT),
    (r"Expected newline or end", "something stands behind a value on the same line", _ONE_A_LINE),
    (r"Illegal character '\\n'|Expected \"'\"", "a quotation mark is not closed on its line", _QUOTE_TEXT),
    (r"Unterminated string|Expected \"'''\"", "a quotation mark is not closed", _QUOTE_TEXT),
    (
        r"Unclosed array",
        'a list is not closed, or lacks a comma between two entries: "["',
        'close it with "]"',
    ),
    (r"Unclosed inline table", 'a table is not closed, or lacks a comma: "{"', 'close it with "}"'),
    (r"Expected ']", "a heading is not closed", "write [book], or [[sections]] for each section"),
    (
        r"Cannot declare \('sections',\)",
        "[sections] is given twice",
        "write [[sections]], in two pairs of brackets, for each section",
    ),
    (r"Cannot declare|Cannot redefine", "a heading is given twice", "put all its keys under one heading"),
    (
        r"Cannot overwrite|Cannot mutate|Duplicate inline",
        "a key is given twice",
        "keep one of the two",
    ),
    (
        r"Unescaped '\\'|hex value|scalar value",
        "a backslash stands before something it cannot",
        _DOUBLE_BACKSLASH,
    ),
    (
        r"Invalid initial character|Invalid statement",
        "a line begins neither with a key nor with a heading",
        "",
    ),
    (r"Illegal character|Found invalid", "there is an invisible control character", "delete it"),
)


def read_toml(data: bytes, path: str) -> tuple[dict[str, Any], dict[KeyPath, int]]:
    """Parse a TOML file.

    Args:
        data: the file; UTF-8, with or without a byte order mark, any line ends.
        path: its path relative to the project, for problems.

    Returns:
        The data as `tomllib` gives it, and the line of every key path.

    Raises:
        ContentError: the file is not TOML; one problem, C001.
    """
    if len(data) > _MOST_BYTES:
        raise _refused(
            path, None, "the file is larger than a mebibyte", "keep articles in content/, not here"
        )
    text = _decoded(data, path)
    try:
        return tomllib.loads(text), key_positions(text)
    except (ValueError, RecursionError) as error:
        raise _translated(error, text, path) from None


def _decoded(data: bytes, path: str) -> str:
    hint = "save the file as UTF-8 in your editor"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(path, 1, "this file is written in UTF-16", hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(path, line, "this line has a character that is not UTF-8", hint) from None
    return text.replace("\r\n", "\n")


def _translated(error: ValueError | RecursionError, text: str, path: str) -> ContentError:
    if isinstance(error, RecursionError):
        return _refused(path, None, "lists stand inside lists too deep to read", "use fewer square brackets")
    said = str(error)
    found = re.search(r"\(at line (\d+), column \d+\)", said)
    line = int(found.group(1)) if found else _unfinished_line(text)
    if _DAY.search(text.split("\n")[line - 1]):
        return _refused(
            path,
            line,
            "there is no such day, or it is not written as TOML wants it",
            "write it as 2026-03-09",
        )
    for pattern, message, hint in _IN_OUR_WORDS:
        if re.search(pattern, said):
            return _refused(path, line, message, hint)
    return _refused(path, line, "this is not TOML", "")


def _unfinished_line(text: str) -> int:
    """Find where the thing begins that the end of the document left open."""
    try:
        key_positions(text)
    except UnfinishedError as unfinished:
        return unfinished.line
    except (ValueError, RecursionError):
        pass
    return text.rstrip("\n").count("\n") + 1


def _refused(path: str, line: int | None, message: str, hint: str) -> ContentError:
    return ContentError(Problem("C001", "error", message, Origin(path, line), hint))
