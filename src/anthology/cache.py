"""A cache of bytes by content: checked when read, bounded in size, safe for several builds at once.

It knows nothing of books. A key is a digest of everything that the value depends on, so that an entry is
never out of date; at worst nobody asks for it again, and it goes when room is needed.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Enough for a few books of a thousand articles.
LIMIT = 2 * 1024**3
# What we put into the folder, whoever else uses it: entries, and files that a build left half written.
_OURS = re.compile(r"[0-9a-f]{64}|tmp.*\.part")
_DIGEST_SIZE = hashlib.sha256().digest_size


def default_folder() -> Path:
    """Give the folder in which this user's caches lie."""
    from platformdirs import user_cache_path

    return user_cache_path("anthology", appauthor=False)


@dataclass(frozen=True, slots=True)
class Usage:
    """How many entries a cache has, and their size in bytes."""

    entries: int
    bytes: int


class Cache:
    """Entries in a folder, which is made when the first is kept; a disk that refuses costs speed, never a book."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder = folder
        self._limit = limit

    def get(self, key: str) -> bytes | None:
        """Give the value of a key; None if it is not kept, or what is kept is damaged."""
        path = self._path(key)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        check, value = data[:_DIGEST_SIZE], data[_DIGEST_SIZE:]
        return value if _check(key, value) == check else None

    def put(self, key: str, value: bytes) -> None:
        """Keep a value; another build that reads at this moment finds it whole or not at all."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_check(key, value))
                    file.write(value)
                Path(temporary).replace(path)
            except BaseException:
                # Ctrl-C as well: nothing half written stays.
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError:
            return

    def usage(self) -> Usage:
        """Count what is kept."""
        sizes = [size for _, size, _ in self._entries()]
        return Usage(len(sizes), sum(sizes))

    def clear(self) -> Usage:
        """Remove everything that is kept, and say how much it was."""
        usage = self.usage()
        for path, _, _ in self._entries():
            _remove(path)
        return usage

    def prune(self) -> None:
        """Remove what was not used for longest, until the rest is below the limit."""
        entries = sorted(self._entries(), key=lambda entry: entry[2], reverse=True)
        total = 0
        for path, size, _ in entries:
            total += size
            if total > self._limit:
                _remove(path)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _entries(self) -> Iterator[tuple[Path, int, float]]:
        """Give path, size in bytes and time of last use of every entry, left-over temporary files included."""
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            if not _OURS.fullmatch(path.name):
                continue
            try:
                status = path.stat()
            except OSError:
                continue
            yield path, status.st_size, status.st_mtime


def _check(key: str, value: bytes) -> bytes:
    """Digest a value with its key: the value of another key is as wrong as a damaged one."""
    total = hashlib.sha256(key.encode())
    total.update(value)
    return total.digest()


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
