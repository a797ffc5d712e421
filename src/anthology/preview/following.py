"""Following the edits: the project is read anew as soon as one of its files has changed."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.interruptions import deaf_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# How long the disk must be quiet, in milliseconds: programs save a file in several steps.
_QUIET = 30
# Told even while it is never quiet, as when a folder is copied in.
_AT_MOST = 400

# What lies in the output folder is not the book; but the record there has the page numbers.
_OUTPUT, _RECORD = "dist", ("dist", "build.json")


class Follower:
    """Follows what is edited in the folder `root`; folders `outside` the book are not looked at."""

    def __init__(self, root: Path, outside: Iterable[Path] = ()) -> None:
        self._root = root.resolve()
        self._outside = tuple(folder.resolve() for folder in outside)
        self._stopped = threading.Event()
        self._due = threading.Event()
        self._due.set()

    def follow(self, refresh: Callable[[], None]) -> None:
        """Call `refresh` once, and again after every change, until it raises something: KeyboardInterrupt, most likely."""
        with deaf_threads():
            threading.Thread(target=self._watch, name="watch", daemon=True).start()
        try:
            while True:
                self._due.wait()
                # What changes from here on is looked at in another round.
                self._due.clear()
                refresh()
        finally:
            self._stopped.set()

    def _watch(self) -> None:
        try:
            self._watch_by(polling=False)
        except OSError:
            # The system watches no more files for this user: then their times are looked at, again and again.
            self._watch_by(polling=True)

    def _watch_by(self, *, polling: bool) -> None:
        from watchfiles import watch

        for _ in watch(
            self._root,
            watch_filter=lambda _change, path: self.matters(Path(path)),
            debounce=_AT_MOST,
            step=_QUIET,
            stop_event=self._stopped,
            ignore_permission_denied=True,
            force_polling=polling or None,
        ):
            self._due.set()

    def matters(self, path: Path) -> bool:
        """Tell whether a change of this file can change what is shown."""
        if not path.is_relative_to(self._root) or any(path.is_relative_to(one) for one in self._outside):
            return False
        parts = path.relative_to(self._root).parts
        if parts[:1] == (_OUTPUT,):
            return parts == _RECORD
        # Editors put their own files beside ours; their names begin with a dot or end with a tilde.
        return not any(part.startswith(".") for part in parts) and not path.name.endswith("~")
