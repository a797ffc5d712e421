"""Proposals into the front matter of an article, read back before anybody sees it, and out again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from anthology.amend import toml_front, yaml_front
from anthology.amend.lines import CannotAmend, Lines, inserted, split
from anthology.amend.marks import CREATED, MARK, own_part, refused_name, without_inline
from anthology.amend.said import said
from anthology.model import Origin, Reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def propose_in(data: bytes, proposals: Mapping[str, Sequence[str]]) -> bytes:
    """Put proposals into the `related` of an article's front matter; all else stays as it is, to the byte.

    Args:
        data: the bytes of the file.
        proposals: ids, each with the words that were the reason.

    Returns the bytes to write; the same bytes where there is nothing to propose. Raises `CannotAmend` where
    the front matter cannot take them, or would afterwards not say the same as before.
    """
    if not proposals:
        return data
    lines = split(data)
    if lines.fence:
        write = toml_front.insertions if lines.fence == "+++" else yaml_front.insertions
        amended = replace(
            lines, front=inserted(lines.front, write(lines.front, proposals, lines.newline))
        ).text.encode()
    else:
        amended = _with_front_matter(lines, proposals).encode()
    if said(amended) != _with_entries(said(data), tuple(proposals)):
        raise CannotAmend("the entry would not stand there as it is meant")
    return amended


def without_proposals(data: bytes) -> bytes:
    """Take out of an article's front matter what is still marked as proposed.

    Raises `CannotAmend` where the file cannot be read.
    """
    lines = split(data)
    quote = '"' if lines.fence == "+++" else ""
    front = tuple(without_inline(line, quote) for line in _without_own_lines(lines.front))
    if front == (f"{CREATED}{lines.newline}",):
        mark = lines.opening[: lines.opening.startswith("\ufeff")]
        return replace(lines, opening=mark, front=(), rest=lines.rest[1:]).text.encode()
    return replace(lines, front=front).text.encode()


def refused_in(data: bytes) -> frozenset[str]:
    """Give the names that an editor refused: a proposed line made a comment by a `#` in front of it."""
    try:
        front = split(data).front
    except CannotAmend:
        return frozenset()
    return frozenset(name for line in front if (name := refused_name(line)))


def _with_front_matter(lines: Lines, proposals: Mapping[str, Sequence[str]]) -> str:
    newline = lines.newline
    made = "".join(put.text for put in yaml_front.insertions((), proposals, newline))
    return f"{lines.opening}---{newline}{CREATED}{newline}{made}---{newline}{''.join(lines.rest)}"


def _without_own_lines(front: Sequence[str]) -> list[str]:
    """Leave out the lines that are marked; a list that holds entries of others as well keeps its own lines, unmarked."""
    kept: list[str] = []
    for at, line in enumerate(front):
        own = own_part(line)
        if own in ("related:", "related = [", "]", "[[related]]") and _holds_others(front, at, own):
            kept.append(line.replace(MARK, "", 1))
        elif not own:
            kept.append(line)
    return kept


def _holds_others(front: Sequence[str], at: int, own: str) -> bool:
    """Tell whether a list whose first or last line stands here holds an entry that is not marked."""
    if own == "[[related]]":
        return at + 1 < len(front) and not own_part(front[at + 1])
    step = -1 if own == "]" else 1
    around = at + step
    while 0 <= around < len(front):
        line = front[around].strip()
        entry = own_part(front[around])
        is_entry = line.startswith("- ") if own == "related:" else line.startswith(('"', "'", "{"))
        if is_entry and not entry:
            return True
        if not is_entry and line and not line.startswith("#"):
            return False
        around += step
    return False


def _with_entries(before: tuple[Any, ...], names: tuple[str, ...]) -> tuple[Any, ...]:
    related, *others = before
    return ((*related, *(Reference(Origin(""), name) for name in names)), *others)
