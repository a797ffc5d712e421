"""An e-book opened with care: a zip file of known size whose names stay within it; nothing is put on the disk."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Many times what a large book has: a thousand articles with pictures are 3,000 files and some hundred megabytes.
MOST_FILES = 20_000
MOST_BYTES = 2_000_000_000
# The largest that is read whole: a document, a style sheet.
MOST_READ = 20_000_000
# Text is packed to a twentieth at best, and repetition to a thousandth: a bomb.
_MOST_PACKED = 200
# Below this, much repetition does nobody harm.
_SMALL = 1_000_000
_DRIVE = re.compile(r"[A-Za-z]:")
_FLAG_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class Unsafe(ValueError):  # noqa: N818 (it becomes a problem at once)
    """A file that is better not opened; the message says why."""


class Damaged(ValueError):  # noqa: N818 (it becomes a problem at once)
    """A file that is no e-book, or cannot be read; the message says why."""


class EBook:
    """The files of an e-book by their names, read when they are asked for."""

    def __init__(self, data: bytes) -> None:
        """Open it; raises Damaged or Unsafe."""
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
            entries = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, LookupError) as error:
            said = "is damaged" if data[:2] == b"PK" else "is no e-book"
            raise Damaged(f"the file {said}, and cannot be opened") from error
        _refuse_unsafe(entries)
        self.entries = {entry.filename: entry for entry in entries if not entry.is_dir()}
        self.first = entries[0] if entries else None

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def read(self, name: str) -> bytes:
        """Read a file, of the size that it says it has and no byte more; raises Damaged."""
        entry = self.entries[name]
        if entry.file_size > MOST_READ:
            raise Damaged(f"{name} has {entry.file_size / 1e6:,.0f} MB: more than is looked at")
        try:
            with self._archive.open(entry) as file:
                data = file.read(entry.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            NotImplementedError,
            EOFError,
            OSError,
            RuntimeError,
        ) as error:
            raise Damaged(f"{name} is damaged, and cannot be unpacked") from error
        if len(data) != entry.file_size:
            raise Damaged(f"{name} has not the size that it says it has")
        return data


def _refuse_unsafe(entries: Iterable[zipfile.ZipInfo]) -> None:
    entries = list(entries)
    if len(entries) > MOST_FILES:
        raise Unsafe(f"it holds {len(entries):,} files; {MOST_FILES:,} is the most")
    whole = sum(entry.file_size for entry in entries)
    if whole > MOST_BYTES:
        raise Unsafe(f"unpacked it has {whole / 1e9:,.1f} GB; {MOST_BYTES / 1e9:,.0f} GB is the most")
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or _DRIVE.match(name) or "\0" in entry.orig_filename:
            raise Unsafe(f'the name "{_shown(name)}" leads out of it')
        if name in seen:
            raise Unsafe(f'two of its files are called "{_shown(name)}"')
        seen.add(name)
        if entry.flag_bits & _FLAG_ENCRYPTED or entry.compress_type not in _METHODS:
            raise Damaged(f'"{_shown(name)}" is packed in a way that no e-book is, or encrypted')
        if entry.file_size > _SMALL and entry.file_size > entry.compress_size * _MOST_PACKED:
            raise Unsafe(f'"{_shown(name)}" unpacks to {entry.file_size / 1e6:,.0f} MB from next to nothing')


def _shown(name: str) -> str:
    printable = "".join(letter if letter.isprintable() else "·" for letter in name)
    return printable if len(printable) <= 80 else f"{printable[:79]}…"
