"""A PDF file, written object by object (ISO 32000-1, 7.5): small objects share compressed streams."""

from __future__ import annotations

import hashlib
import sys
import zlib
from array import array
from typing import Literal

Version = Literal["1.4", "1.6", "1.7", "2.0"]

# Small objects that share a stream: more compress better, fewer are found faster by a viewer.
_TOGETHER = 200
# Fast enough for books of thousands of pages, and within two hundredths of the best.
_EFFORT = 6


class File:
    """Takes objects by number, in any order, and gives the file; the same objects give the same bytes."""

    def __init__(self, version: Version) -> None:
        self._version = version
        # Object streams came with PDF 1.5.
        self._packs = version != "1.4"
        self._parts: list[bytes] = [b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % version.encode()]
        self._position = len(self._parts[0])
        self._count = 1
        self._small: list[tuple[int, bytes]] = []
        # Of every object: the kind of its entry in the cross-reference stream (table 18), and two numbers.
        self._kinds = bytearray(b"\0")
        self._first = array("q", [0])
        self._second = array("q", [65535])

    def reserve(self, count: int = 1) -> int:
        """Give the first of so many numbers in a row for objects to come."""
        number = self._count
        self._count += count
        self._kinds += bytes(count)
        self._first.extend([0] * count)
        self._second.extend([0] * count)
        return number

    def put(self, number: int, data: bytes) -> None:
        """Write an object that is no stream."""
        if not self._packs:
            self._write(number, data)
            return
        self._small.append((number, data))
        if len(self._small) == _TOGETHER:
            self._pack()

    def add(self, data: bytes) -> int:
        """Write an object that is no stream, and give its number."""
        number = self.reserve()
        self.put(number, data)
        return number

    def put_stream(self, number: int, entries: bytes, data: bytes) -> None:
        """Write a stream: the entries of its dictionary without `Length`, and its data as they are."""
        self._write(number, b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data))

    def add_stream(self, entries: bytes, data: bytes, compress: bool = True) -> int:
        """Write a stream, and give its number; its data are compressed unless that is not wanted."""
        number = self.reserve()
        if compress:
            entries, data = entries + b"/Filter/FlateDecode", zlib.compress(data, _EFFORT)
        self.put_stream(number, entries, data)
        return number

    def finish(self, root: int, info: int | None) -> bytes:
        """Write what tells where everything lies, and give the file."""
        if self._small:
            self._pack()
        digest = hashlib.md5(usedforsecurity=False)  # a name for the file, not a seal (14.4)
        for part in self._parts:
            digest.update(part)
        name = digest.hexdigest().encode()
        trailer = b"/Root %d 0 R/ID[<%s><%s>]" % (root, name, name)
        if info is not None:
            trailer += b"/Info %d 0 R" % info
        if self._packs:
            self._write_reference_stream(trailer)
        else:
            self._write_reference_table(trailer)
        return b"".join(self._parts)

    def _pack(self) -> None:
        stream = self.reserve()
        heads, position = [], 0
        for place, (number, data) in enumerate(self._small):
            heads.append(b"%d %d" % (number, position))
            position += len(data) + 1
            self._kinds[number] = 2
            self._first[number], self._second[number] = stream, place
        head = b" ".join(heads) + b"\n"
        data = zlib.compress(head + b"\n".join(data for _, data in self._small), _EFFORT)
        entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(self._small), len(head))
        self._small = []
        self.put_stream(stream, entries, data)

    def _write(self, number: int, data: bytes) -> None:
        self._kinds[number] = 1
        self._first[number] = self._position
        self._append(b"%d 0 obj\n%s\nendobj\n" % (number, data))

    def _append(self, data: bytes) -> None:
        self._parts.append(data)
        self._position += len(data)

    def _write_reference_stream(self, trailer: bytes) -> None:
        number = self.reserve()
        self._kinds[number] = 1
        self._first[number] = start = self._position
        width = (max(start, self._count).bit_length() + 7) // 8
        rows = _columns((self._kinds, 1), (_big_endian(self._first), width), (_big_endian(self._second), 2))
        entries = b"/Type/XRef/Size %d/W[1 %d 2]%s/Filter/FlateDecode" % (self._count, width, trailer)
        self.put_stream(number, entries, zlib.compress(rows, _EFFORT))
        self._append(b"startxref\n%d\n%%%%EOF\n" % start)

    def _write_reference_table(self, trailer: bytes) -> None:
        start = self._position
        rows = [b"xref\n0 %d\n0000000000 65535 f \n" % self._count]
        for kind, first in zip(self._kinds[1:], self._first[1:], strict=True):
            rows.append(b"%010d 00000 n \n" % first if kind else b"0000000000 00000 f \n")
        self._append(b"".join(rows))
        self._append(b"trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (self._count, trailer, start))


def _big_endian(numbers: array[int]) -> bytes:
    numbers = numbers[:]
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers.tobytes()


def _columns(*columns: tuple[bytes | bytearray, int]) -> bytes:
    """Write numbers of several columns row by row; of each its last bytes, so many as stand beside its column."""
    count = len(columns[0][0])
    width = sum(kept for _, kept in columns)
    rows = bytearray(count * width)
    place = 0
    for data, kept in columns:
        size = len(data) // count
        for byte in range(size - kept, size):
            rows[place::width] = data[byte::size]
            place += 1
    return bytes(rows)


def text(value: str) -> bytes:
    """Write a text string (7.9.2.2): ASCII as it is, else UTF-16."""
    if value.isascii() and value.isprintable():
        escaped = value.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return b"(" + escaped.encode() + b")"
    return b"<FEFF" + value.encode("utf-16-be", "replace").hex().upper().encode() + b">"


def number(value: float) -> bytes:
    """Write a number with as many figures as a page can show."""
    return b"%d" % value if value == int(value) else (b"%.4f" % value).rstrip(b"0")
