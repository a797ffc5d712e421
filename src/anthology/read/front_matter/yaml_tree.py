"""YAML front matter as entries: every scalar as it was written, nothing guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from anthology.read.front_matter.tree import MAX_DEPTH, Entry, Malformed, too_deep, twice

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNCLOSED = "unexpected end of stream"
# A value that begins like a list or a group, and goes on behind it.
_BRACKETED = re.compile(r"""^\s*([\w-]+):\s*([\[{][^"\n]*[\]}][^"\n,\]}]+)$""")
# What libyaml and PyYAML say, by a piece of it, and what we say instead.
_SAYINGS = (
    (
        "mapping values are not allowed",
        'a second ": " on this line',
        'put the value in quotes: title: "Bread: a history"',
    ),
    ("found character '\\t'", "a tab, where YAML wants spaces", "indent with spaces"),
    ("tab character", "a tab, where YAML wants spaces", "indent with spaces"),
    (
        "cannot start any token",
        "a character that cannot begin a value (a tab, @, ` or %)",
        "put the value in quotes, and indent with spaces",
    ),
    (_UNCLOSED, "a quotation mark that is never closed", "close it, or take it away"),
    ("expected <document start>", "something behind the end of the front matter", ""),
    ("could not find expected ':'", 'a line without "key: value"', "begin the line with a key, or indent it"),
    ("expected ',' or ']'", "a list that is never closed", 'close it with "]"'),
    ("expected ',' or '}'", "a group that is never closed", 'close it with "}"'),
    (
        "expected key",
        "a line that does not fit those above it",
        "check its indent, and put values with quotes in quotes",
    ),
    (
        "expected <block end>",
        "a line that does not fit those above it",
        "check its indent, and put values with quotes in quotes",
    ),
    (
        "unknown escape",
        "an unknown escape in a quoted value",
        "write \\\\ for a backslash, or use single quotes",
    ),
    (
        "block sequence entries are not allowed",
        "a list on the line of its key",
        'begin "- " on a line of its own',
    ),
)


# What libyaml says of an escape for half a character, and such escapes: an odd number of backslashes begins one.
_NO_CHARACTER = "invalid Unicode character escape"
_HALVES = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u(?:([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|([dD][89a-fA-F][0-9a-fA-F]{2}))"
)


def read_yaml(text: str, first_line: int) -> Entry:
    """Read YAML into entries.

    Arguments: the text between the fences, and the line of the file in which it begins. Returns the mapping
    (an empty one for empty text). Raises `Malformed`: not YAML, an anchor or alias, a key written twice,
    nested too deep. YAML 1.2.2, sections 3.2.1 and 7.1.
    """
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _compose(yaml.parse(text, Loader=loader), first_line)
    except yaml.MarkedYAMLError as error:
        if _NO_CHARACTER in str(error.problem) and (joined := _joined(text)) != text:
            return read_yaml(joined, first_line)
        mark = error.problem_mark or error.context_mark
        if _UNCLOSED in str(error.problem) and error.context_mark:
            # It is noticed at the end; what is to be closed stands where it begins.
            mark = error.context_mark
        raise _malformed(
            str(error.problem or error.context or ""), text, first_line, mark.line if mark else 0
        ) from None
    except yaml.YAMLError as error:
        raise _malformed(str(error), text, first_line, 0) from None


def _joined(text: str) -> str:
    r"""Write escapes of halves of a character as JSON has them (`"\ud83d\ude00"`) as YAML wants them, whole.

    A half that stands alone becomes a noncharacter, which is taken out with all others.
    """

    def whole(found: re.Match[str]) -> str:
        before, high, low, _alone = found.groups()
        code = 0x10000 + (int(high, 16) - 0xD800) * 0x400 + int(low, 16) - 0xDC00 if high else 0xFFFE
        return f"{before}\\U{code:08X}"

    return _HALVES.sub(whole, text)


def _compose(events: Iterator[Any], first_line: int) -> Entry:
    import yaml

    open_entries: list[tuple[int, list[Entry], bool]] = []
    root: Entry | None = None
    for event in events:
        line = first_line + event.start_mark.line if event.start_mark else first_line
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Malformed(
                "F003",
                f'"{event.anchor}" is an anchor or alias of YAML',
                line,
                "write the value out where it is needed",
            )
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise Malformed("F002", "the front matter holds a second document", line)
        if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            if len(open_entries) >= MAX_DEPTH:
                raise too_deep(line)
            open_entries.append((line, [], isinstance(event, yaml.MappingStartEvent)))
            continue
        if isinstance(event, yaml.ScalarEvent):
            made = Entry(event.value, line, plain=not event.style)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            began, held, is_mapping = open_entries.pop()
            made = Entry(_mapping(held) if is_mapping else tuple(held), began)
        else:
            continue
        if open_entries:
            open_entries[-1][1].append(made)
        else:
            root = made
    if root is None or root.is_nothing:
        return Entry({}, first_line)
    return root


def _mapping(held: list[Entry]) -> dict[str, Entry]:
    mapping: dict[str, Entry] = {}
    lines: dict[str, int] = {}
    for key, value in zip(held[::2], held[1::2], strict=True):
        if not isinstance(key.value, str):
            raise Malformed(
                "F002", f"{key.kind} where a key belongs", key.line, "write the key as a plain word"
            )
        if key.value in mapping:
            raise twice(key.value, lines[key.value], key.line)
        # What a group or list belongs to is its key: that is the line to send an editor to.
        mapping[key.value] = value if isinstance(value.value, str) else Entry(value.value, key.line)
        lines[key.value] = key.line
    return mapping


def _malformed(said: str, text: str, first_line: int, line: int) -> Malformed:
    lines = text.split("\n")
    line = min(line, max(len(lines) - 1, 0))
    # The parser stops at the end of an unclosed value; the line that an editor looks for is the last with text.
    while line and not lines[line].strip():
        line -= 1
    if "expected key" in said and (bracketed := _BRACKETED.match(lines[line])):
        key, value = bracketed.groups()
        what, hint = (
            "more behind a bracket that is closed",
            f'put the value in quotes: {key}: "{value.strip()}"',
        )
        return Malformed("F002", f"the front matter cannot be read: {what}", first_line + line, hint)
    for piece, what, hint in _SAYINGS:
        if piece in said:
            return Malformed("F002", f"the front matter cannot be read: {what}", first_line + line, hint)
    return Malformed("F002", "the front matter cannot be read here: this is not YAML", first_line + line)
