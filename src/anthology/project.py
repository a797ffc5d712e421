"""A project folder on disk: where `anthology.toml`, articles and pictures lie."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.article_files import SUFFIXES
from anthology.digests import digest_of_file
from anthology.model import Origin
from anthology.problems import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anthology.network import Web

CONFIG = "anthology.toml"
CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder; every path that leaves here is relative to it, with `/` between folders.

    With a `web`, addresses are found too; without one nothing is ever fetched. `looked_at` notes every file that was
    asked for: its path, and the digest of what it held.
    """

    root: Path
    web: Web | None = None
    looked_at: set[tuple[str, str]] = field(default_factory=set, compare=False, repr=False)

    def config(self) -> bytes:
        """Read `anthology.toml`.

        Raises ContentError where there is none, and says how to make one.
        """
        path = self.root / CONFIG
        if not path.is_file():
            hint = "`anthology new DIR` makes a small anthology to begin with"
            if not self.root.is_dir():
                raise ContentError(Problem("B001", "error", f"there is no folder {self.root}", None, hint))
            raise ContentError(Problem("B001", "error", f"{self.root} has no {CONFIG}", None, hint))
        return path.read_bytes()

    def articles(self) -> Iterator[str]:
        """Name the Markdown files of `content/`, sorted; files and folders whose names begin with a dot are not."""
        content = self.root / CONTENT
        if not content.is_dir():
            return
        for path in sorted(path for path in content.rglob("*") if path.suffix in SUFFIXES):
            below = path.relative_to(self.root)
            if path.is_file() and not any(part.startswith(".") for part in below.parts):
                yield below.as_posix()

    def find(self, path: str) -> bytes | None:
        """Read a file of the project; None where there is none, or where it lies outside the project."""
        data = self._read(path)
        self.looked_at.add((path, digest_of_file(data)))
        return data

    def find_profile(self, path: str) -> bytes | None:
        """Read a colour profile: a file of the project or, by its whole path, one of this machine; None for no profile."""
        if not Path(path).is_absolute():
            return self.find(path)
        try:
            data = Path(path).read_bytes() if Path(path).is_file() else b""
        except OSError:
            data = b""
        # The mark of every ICC profile (ICC.1:2022, 7.2.11): no other file of the machine is read.
        found = data if data[36:40] == b"acsp" else None
        self.looked_at.add((path, digest_of_file(found)))
        return found

    def check_unchanged(self, paths: Iterable[str]) -> None:
        """Hold files that are about to be written over against what was found when they were asked for.

        Raises ContentError where one was changed, made or removed meanwhile: by an editor, or by another command.
        """
        read: dict[str, set[str]] = defaultdict(set)
        for path, known in self.looked_at:
            read[path].add(known)
        changed = [
            path for path in paths if path in read and read[path] != {digest_of_file(self._read(path))}
        ]
        hint = "run the command again: it goes by what is there now"
        if changed:
            message = "the file was changed while the command ran; nothing was written"
            raise ContentError(*(Problem("B032", "error", message, Origin(path), hint) for path in changed))

    def _read(self, path: str) -> bytes | None:
        if "://" in path:
            return self.web.find(path) if self.web else None
        whole = self.root / path
        root = self.root.resolve()
        try:
            if not whole.is_file() or root not in whole.resolve().parents:
                return None
            return whole.read_bytes()
        except (OSError, ValueError):
            # A name too long for the disk, a loop of links, a file that may not be read.
            return None

    def origin(self, line: int | None = None) -> Origin:
        """Point at `anthology.toml`."""
        return Origin(CONFIG, line)
