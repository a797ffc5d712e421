"""A cache of bytes by content: checked when read, bounded in size, safe for several builds at once.

What is kept are pickles, which can run any program when they are unpacked, and their digests tell of damage and not of
malice. The folder is therefore private when it is made, and `distrust` tells of one that others could write into.

It knows nothing of books. A key is a digest of everything that the value depends on, so that an entry is
never out of date; at worst nobody asks for it again, and it goes when room is needed.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Enough for a few books of a thousand articles.
LIMIT = 2 * 1024**3
# A file that was not finished by then never will be; and one that is would only not be kept.
_SECONDS_TO_WRITE = 3600
# What we put into the folder, whoever else uses it: entries, and files that a build left half written.
_OURS = re.compile(r"[0-9a-f]{64}|tmp.*\.part")
# Not through a symbolic link, and without waiting for whoever writes into a pipe.
_READ = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
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
        data = self._read(self._path(key))
        check, value = data[:_DIGEST_SIZE], data[_DIGEST_SIZE:]
        return value if _check(key, value) == check else None

    def put(self, key: str, value: bytes) -> None:
        """Keep a value; another build that reads at this moment finds it whole or not at all."""
        path = self._path(key)
        try:
            self._make(path.parent)
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
        long_ago = time.time() - _SECONDS_TO_WRITE
        for path, size, used in entries:
            total += size
            if total > self._limit or (path.suffix and used < long_ago):
                _remove(path)

    def distrust(self) -> str:
        """Say why the folder must not be used, which is made here if it is absent; empty where it may be."""
        try:
            self._make(self.folder)
            status = self.folder.stat()
        except OSError:
            # Nothing can be kept there, nor read.
            return ""
        return _exposure(status)

    def _make(self, folder: Path) -> None:
        """Make a folder of the cache for this user alone; those that the cache lies in, for whom the system will."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        for each in dict.fromkeys((self.folder, folder)):
            each.mkdir(mode=0o700, exist_ok=True)

    def _read(self, path: Path) -> bytes:
        """Read a plain file; of anything else (a pipe would have us wait forever) as much as of none."""
        try:
            handle = os.open(path, _READ)
            try:
                status = os.fstat(handle)
                # The shelves below a folder that once was open to others may still be theirs.
                if not stat.S_ISREG(status.st_mode) or _exposure(status) or status.st_size > self._limit:
                    return b""
                with open(handle, "rb", closefd=False) as file:
                    data = file.read()
            finally:
                os.close(handle)
        except OSError:
            return b""
        # Where nothing may be written, what is kept is good all the same.
        with suppress(OSError):
            os.utime(path)
        return data

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _entries(self) -> Iterator[tuple[Path, int, float]]:
        """Give path, size in bytes and time of last use of every entry, left-over temporary files included."""
        for path in _paths_in(self.folder):
            try:
                status = path.lstat()
            except OSError:
                continue
            yield path, status.st_size, status.st_mtime


def _paths_in(folder: Path) -> list[Path]:
    """List what is ours in the folder of a cache; nothing of what somebody removes at this moment."""
    found: list[Path] = []
    with suppress(OSError):
        for shelf in folder.glob("[0-9a-f][0-9a-f]"):
            with suppress(OSError):
                found += [path for path in shelf.iterdir() if _OURS.fullmatch(path.name)]
    return found


def _exposure(status: os.stat_result) -> str:
    """Say why others could put into a file or folder what they like; empty where they could not.

    On Windows, where nobody else may write into a user's folders by default, nothing is asked.
    """
    if sys.platform == "win32":
        return ""
    if status.st_uid != os.geteuid():
        return "it belongs to somebody else"
    return "others may write into it" if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH) else ""


def _check(key: str, value: bytes) -> bytes:
    """Digest a value with its key: the value of another key is as wrong as a damaged one."""
    total = hashlib.sha256(key.encode())
    total.update(value)
    return total.digest()


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
