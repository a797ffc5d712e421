"""What a viewer shows beside the pages: the outline, and the names of places that links lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anthology.bind.file import File, number, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Names to a leaf of the name tree.
_NAMES = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline: its level, words and destination (a page's number in the file, and a place on it)."""

    level: int
    title: str
    page: int
    x: float
    y: float
    open: bool


@dataclass(slots=True)
class _Line:
    number: int
    entry: Entry | None
    below: list[_Line] = field(default_factory=list)

    def shown(self) -> int:
        """Count the lines that are seen below this one while it is open."""
        return len(self.below) + sum(
            line.shown() for line in self.below if line.entry is None or line.entry.open
        )


def write_outline(file: File, entries: Sequence[Entry]) -> int | None:
    """Write the outline (ISO 32000-1, 12.3.3); a line is below the last one before it of a higher level."""
    if not entries:
        return None
    root = _Line(file.reserve(), None)
    above = [root]
    for entry in entries:
        while above[-1].entry is not None and above[-1].entry.level >= entry.level:
            above.pop()
        line = _Line(file.reserve(), entry)
        above[-1].below.append(line)
        above.append(line)
    _write(file, root)
    return root.number


def _write(file: File, line: _Line) -> None:
    for place, below in enumerate(line.below):
        assert below.entry is not None
        entry = below.entry
        parts = [
            b"<</Title%s/Parent %d 0 R/Dest%s" % (
                text(entry.title), line.number, destination(entry.page, entry.x, entry.y)
            )
        ]  # fmt: skip
        if place:
            parts.append(b"/Prev %d 0 R" % line.below[place - 1].number)
        if place + 1 < len(line.below):
            parts.append(b"/Next %d 0 R" % line.below[place + 1].number)
        if below.below:
            count = below.shown() if entry.open else -below.shown()
            parts.append(_ends(below) + b"/Count %d" % count)
        file.put(below.number, b"".join(parts) + b">>")
        _write(file, below)
    if line.entry is None:
        file.put(line.number, b"<</Type/Outlines%s/Count %d>>" % (_ends(line), line.shown()))


def _ends(line: _Line) -> bytes:
    return b"/First %d 0 R/Last %d 0 R" % (line.below[0].number, line.below[-1].number)


def destination(page: int, x: float, y: float) -> bytes:
    """Write a place on a page, to be shown at the size that the reader has chosen (ISO 32000-1, 12.3.2.2)."""
    return b"[%d 0 R/XYZ %s %s 0]" % (page, number(x), number(y))


def write_names(file: File, places: Mapping[str, bytes]) -> int | None:
    """Write destinations under their names, sorted (ISO 32000-1, 7.9.6)."""
    # As the strings are written: ASCII as it is, all others in UTF-16.
    names = sorted(
        places, key=lambda name: name.encode() if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")
    )
    if not names:
        return None
    leaves = []
    for start in range(0, len(names), _NAMES):
        some = names[start : start + _NAMES]
        pairs = b"".join(text(name) + places[name] for name in some)
        leaves.append(file.add(b"<</Limits[%s%s]/Names[%s]>>" % (text(some[0]), text(some[-1]), pairs)))
    return file.add(b"<</Kids[%s]>>" % b" ".join(b"%d 0 R" % leaf for leaf in leaves))
