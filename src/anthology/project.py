"""A project folder on disk: where `anthology.toml`, articles and pictures lie."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.article_files import SUFFIXES
from anthology.digests import digest_of_file
from anthology.model import Origin
from anthology.problems import ContentError, Problem, RefusedFile, near_name
from anthology.regular_files import LARGEST_FILE, LARGEST_TEXT, paths_below, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anthology.network import Fetched, Web

CONFIG = "anthology.toml"
CONTENT = "content"
# What a book consists of, and where somebody stands who types a command in the wrong window.
_FOLDERS = frozenset({CONTENT, "captures", "templates", "styles", "dist"})


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder; every path that leaves here is relative to it, with `/` between folders.

    With a `web`, addresses are found too; without one nothing is ever fetched. `looked_at` notes every file that was
    asked for: its path, and the digest of what it held, or why it was refused.
    """

    root: Path
    web: Web | Fetched | None = None
    looked_at: set[tuple[str, str]] = field(default_factory=set, compare=False, repr=False)

    def config(self) -> bytes:
        """Read `anthology.toml`.

        Raises ContentError where there is none, and says how to make one, or where it is refused.
        """
        data = read_file(self.root / CONFIG, CONFIG, LARGEST_TEXT, self.root)
        if data is None:
            message = f"there is no folder {self.root}"
            if self.root.is_dir():
                message = f"{self.root} has no {CONFIG}"
            elif self.root.is_file():
                message = f"{self.root} is a file: a book is named by its folder"
            hint = self._nearby() or "`anthology new DIR` makes a small anthology to begin with"
            raise ContentError(Problem("B001", "error", message, None, hint))
        return data

    def _nearby(self) -> str:
        """Say where a book lies that was probably meant: in this folder, round it, or under a name like its own."""
        with suppress(OSError):
            if self.root.is_file():
                book = next((book for book in self.root.resolve().parents if (book / CONFIG).is_file()), None)
                return f"name the folder: {os.path.relpath(book)}" if book else ""
            if not self.root.is_dir():
                near = near_name(self.root.name, (book.name for book in _books_in(self.root.parent)))
                return f'did you mean "{self.root.parent / near}"?' if near else ""
            if book := next(_books_in(self.root), None):
                return f"there is a book in {book}: name it behind the command, or go there"
            here = self.root.resolve()
            for around in here.parents:
                if here.relative_to(around).parts[0] in _FOLDERS and (around / CONFIG).is_file():
                    return f"it is a part of the book in {os.path.relpath(around)}: go there"
        return ""

    def articles(self) -> Iterator[str]:
        """Name the Markdown files of `content/`, sorted; files and folders whose names begin with a dot are not.

        Raises RefusedFile where a folder is a link that leads out of the project.
        """
        for path in paths_below(self.root / CONTENT, self.root):
            if path.suffix in SUFFIXES:
                yield path.relative_to(self.root).as_posix()

    def find(self, path: str) -> bytes | None:
        """Read a file of the project; None where there is none.

        Raises RefusedFile for what lies outside the project, is no regular file, or is too large.
        """
        try:
            data = self._read(path)
        except RefusedFile as refused:
            self.looked_at.add((path, refused.why))
            raise
        self.looked_at.add((path, digest_of_file(data)))
        return data

    def find_profile(self, path: str) -> bytes | None:
        """Read a colour profile: a file of the project or, by its whole path, one of this machine; None for no profile.

        Raises RefusedFile as `find` does.
        """
        if not Path(path).is_absolute():
            return self.find(path)
        # The mark of every ICC profile (ICC.1:2022, 7.2.11): no other file of the machine is taken.
        try:
            data = read_file(Path(path), path) or b""
        except RefusedFile:
            data = b""
        found = data if data[36:40] == b"acsp" else None
        self.looked_at.add((path, digest_of_file(found)))
        return found

    def digest_at(self, path: str) -> str:
        """Tell what lies at a path now, as `looked_at` does: a digest, why it is refused, or nothing."""
        try:
            return digest_of_file(self.find_profile(path))
        except RefusedFile as refused:
            return refused.why

    def check_unchanged(self, paths: Iterable[str]) -> None:
        """Hold files that are about to be written over against what was found when they were asked for.

        Raises ContentError where one was changed, made or removed meanwhile: by an editor, or by another command.
        """
        read: dict[str, set[str]] = defaultdict(set)
        for path, known in self.looked_at:
            read[path].add(known)
        changed = [path for path in paths if path in read and read[path] != {self.digest_at(path)}]
        hint = "run the command again: it goes by what is there now"
        if changed:
            message = "the file was changed while the command ran; nothing was written"
            raise ContentError(*(Problem("B032", "error", message, Origin(path), hint) for path in changed))

    def _read(self, path: str) -> bytes | None:
        if "://" in path:
            return self.web.find(path) if self.web else None
        most = LARGEST_TEXT if path.endswith(SUFFIXES) else LARGEST_FILE
        return read_file(self.root / path, path, most, self.root)

    def origin(self, line: int | None = None) -> Origin:
        """Point at `anthology.toml`."""
        return Origin(CONFIG, line)


def _books_in(folder: Path) -> Iterator[Path]:
    """Give the folders in a folder that hold an anthology, sorted."""
    return (below for below in sorted(folder.iterdir()) if (below / CONFIG).is_file())
