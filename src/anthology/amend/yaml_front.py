"""Entries for `related` in YAML front matter: where they go, and what is written there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anthology.amend.lines import CannotAmend, Insertion
from anthology.amend.marks import MARK, because, behind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def insertions(
    front: Sequence[str], proposals: Mapping[str, Sequence[str]], newline: str
) -> tuple[Insertion, ...]:
    """Say what to put in so that `related` lists the proposals too.

    Args:
        front: the lines between the fences.
        proposals: names, each with the words that were the reason.
        newline: the ending of a new line.

    Raises `CannotAmend` where `related` is written in a way that takes no more entries (YAML 1.2.2, 8.1 and 7.4).
    """
    root = root_of(front)
    if root is None:
        return (Insertion(len(front), 0, _block("", proposals, newline)),)
    if root.flow_style:
        raise CannotAmend("its front matter is a group in braces")
    key, value = next(((key, value) for key, value in root.value if key.value == "related"), (None, None))
    if key is None or value is None:
        return (Insertion(len(front), 0, _block(" " * root.start_mark.column, proposals, newline)),)
    if value.id == "sequence" and not value.flow_style:
        line = end_of_block(front, key, root)
        return (Insertion(line, 0, _items(" " * value.start_mark.column, proposals, newline)),)
    if value.id == "sequence":
        return _into_list(front, value, tuple(proposals))
    if value.id == "scalar" and not value.value and not value.style:
        items = _items(" " * (key.start_mark.column + 2), proposals, newline)
        return (Insertion(key.start_mark.line + 1, 0, items),)
    return _into_brackets(front, value, tuple(proposals))


def root_of(front: Sequence[str]) -> Any:
    """Parse the front matter into nodes with their places; None where it holds nothing.

    Raises `CannotAmend` where it cannot be read.
    """
    import yaml

    if any(mark in line for line in front for mark in "\x85\u2028\u2029"):
        # YAML 1.1 counts lines by these too, and its places would not be ours.
        raise CannotAmend("its front matter holds a line separator that no editor shows")
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root: Any = yaml.compose("".join(front), Loader=loader)
    except yaml.YAMLError:
        raise CannotAmend("its front matter cannot be read") from None
    return root if root is None or root.id == "mapping" else None


def _block(indent: str, proposals: Mapping[str, Sequence[str]], newline: str) -> str:
    return f"{indent}related:{MARK}{newline}" + _items(indent + "  ", proposals, newline)


def _items(indent: str, proposals: Mapping[str, Sequence[str]], newline: str) -> str:
    return "".join(f"{indent}- {name}{because(words)}{newline}" for name, words in proposals.items())


def end_of_block(front: Sequence[str], key: Any, root: Any) -> int:
    """Find the line behind the last entry: before the next key, and before the comments above that."""
    later = [other.start_mark.line for other, _ in root.value if other.start_mark.line > key.start_mark.line]
    line = min(later, default=len(front))
    while not front[line - 1].strip() or front[line - 1].lstrip().startswith("#"):
        line -= 1
    return line


def _into_list(front: Sequence[str], value: Any, names: tuple[str, ...]) -> tuple[Insertion, ...]:
    if value.value:
        end = value.value[-1].end_mark
        entries = Insertion(end.line, end.column, "".join(f", {name}" for name in names))
    else:
        end = value.start_mark
        entries = Insertion(end.line, end.column + 1, ", ".join(names))
    return entries, _mark(front, entries.line, names, brackets=False)


def _into_brackets(front: Sequence[str], value: Any, names: tuple[str, ...]) -> tuple[Insertion, ...]:
    start, end = value.start_mark, value.end_mark
    if value.id == "mapping" and not value.flow_style:
        raise CannotAmend("`related` is a single captured entry: put a hyphen in front of it")
    if start.line != end.line or (value.id == "scalar" and value.style in ("|", ">")):
        raise CannotAmend("`related` is a text of several lines: make it a list")
    return (
        Insertion(start.line, start.column, "["),
        Insertion(end.line, end.column, "".join(f", {name}" for name in names) + "]"),
        _mark(front, start.line, names, brackets=True),
    )


def _mark(front: Sequence[str], line: int, names: tuple[str, ...], *, brackets: bool) -> Insertion:
    return Insertion(line, len(front[line].rstrip("\r\n")), behind(names, brackets=brackets))
