"""An approval into the front matter of an article, and out again; all else of the file stays, to the byte."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from anthology.amend.lines import CannotAmend, Lines, split
from anthology.amend.said import said
from anthology.amend.toml_front import HEADER, place_of, value_at
from anthology.amend.yaml_front import end_of_block, root_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anthology.model import Approval

_KEY = "approved"
_TOML_KEY = re.compile(rf"[ \t]*(?:{_KEY}|\"{_KEY}\"|'{_KEY}')[ \t]*(?P<dot>[.=])[ \t]*")
_TOML_TABLE = re.compile(rf"[ \t]*\[[ \t]*{_KEY}[ \t]*[.\]]")

# Lines from the first to before the last, and what takes their place.
_Edit = tuple[int, int, str]


def is_text(name: str) -> bool:
    """Tell whether a name can be written: one typed in a terminal that is not UTF-8 may have bytes that are no text."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def approve_in(data: bytes, approval: Approval) -> bytes:
    """Write an approval into an article's front matter, in the place of an earlier one.

    Returns the bytes to write. Raises `CannotAmend` where the front matter cannot take it, or would afterwards not
    say the same as before.
    """
    if not is_text(approval.by):
        raise CannotAmend("the name has bytes that are no UTF-8")
    lines = split(data)
    if not lines.fence:
        newline = lines.newline
        entry = f"{_KEY}: {_written(approval, ': ')}{newline}"
        amended = f"{lines.opening}---{newline}{entry}---{newline}{''.join(lines.rest)}".encode()
    else:
        amended = _edited(lines, _edit(lines, approval)).text.encode()
    _check(data, amended, approval)
    return amended


def withdraw_approval(data: bytes) -> bytes:
    """Take the approval out of an article's front matter; the same bytes where there is none.

    Front matter that holds nothing else goes with it. Raises `CannotAmend` where that cannot be done.
    """
    lines = split(data)
    if not lines.fence:
        return data
    first, last, _ = _edit(lines, None)
    if first == last:
        return data
    kept = _edited(lines, (first, last, ""))
    if not kept.front:
        mark = lines.opening[: lines.opening.startswith("\ufeff")]
        kept = replace(lines, opening=mark, front=(), rest=lines.rest[1:])
    amended = kept.text.encode()
    _check(data, amended, None)
    return amended


def _check(data: bytes, amended: bytes, approval: Approval | None) -> None:
    """Make sure that nothing is said otherwise but the approval."""
    wanted, made = said(data), said(amended)
    if made[1].pop(_KEY, None) != approval or (wanted[1].pop(_KEY, None), wanted)[1] != made:
        raise CannotAmend("the entry would not stand there as it is meant")


def _edited(lines: Lines, edit: _Edit) -> Lines:
    first, last, text = edit
    return replace(lines, front=(*lines.front[:first], *([text] if text else []), *lines.front[last:]))


def _edit(lines: Lines, approval: Approval | None) -> _Edit:
    """Say which lines of the front matter the approval takes, or took."""
    find = _place_in_toml if lines.fence == "+++" else _place_in_yaml
    first, last, indent, behind = find(lines.front)
    if approval is None:
        return first, last, ""
    equals = " = " if lines.fence == "+++" else ": "
    entry = f"{indent}{_KEY}{equals}{_written(approval, equals)}{behind}{lines.newline}"
    return first, last, entry


def _written(approval: Approval, equals: str) -> str:
    # A text of JSON is one of YAML and one of TOML as well.
    by, digest = (json.dumps(text, ensure_ascii=False) for text in (approval.by, approval.digest))
    date = f", date{equals}{approval.date}" if approval.date else ""
    return f"{{by{equals}{by}{date}, digest{equals}{digest}}}"


def _place_in_yaml(front: Sequence[str]) -> tuple[int, int, str, str]:
    """Find the lines of the key, none where it would stand; with its indent and the comment behind it."""
    root: Any = root_of(front)
    if root is None:
        return len(front), len(front), "", ""
    if root.flow_style:
        raise CannotAmend("its front matter is a group in braces")
    indent = " " * root.start_mark.column
    key, value = next(((key, value) for key, value in root.value if key.value == _KEY), (None, None))
    if key is None or value is None:
        return len(front), len(front), indent, ""
    first = key.start_mark.line
    last = end_of_block(front, key, root)
    behind = ""
    if value.end_mark.line == last - 1:
        behind = _comment(front[last - 1][value.end_mark.column :])
    return first, last, indent, behind


def _place_in_toml(front: Sequence[str]) -> tuple[int, int, str, str]:
    """Find the lines of the key, none where it would stand; with its indent and the comment behind it."""
    header = next((at for at, line in enumerate(front) if HEADER.fullmatch(line.rstrip("\r\n"))), len(front))
    if any(_TOML_TABLE.match(line) for line in front[header:]):
        raise CannotAmend(f"`{_KEY}` is a table: delete it, or write it as one line")
    for at, line in enumerate(front[:header]):
        key = _TOML_KEY.match(line)
        if key and key["dot"] == ".":
            raise CannotAmend(f"`{_KEY}` is in several lines: delete them, or write it as one")
        if key:
            last, column = place_of(front, value_at(front, at, key.end()).end - 1)
            return at, last + 1, "", _comment(front[last][column + 1 :])
    # Behind a table's header a key would be the table's: it goes before the first, and the comments above that.
    while (
        header < len(front)
        and header
        and (not front[header - 1].strip() or front[header - 1].lstrip()[:1] == "#")
    ):
        header -= 1
    return header, header, "", ""


def _comment(behind: str) -> str:
    return behind.rstrip("\r\n") if "#" in behind else ""
