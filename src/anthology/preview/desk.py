"""The desk: the book that lies on it, kept up to date, and all who wait for it to change."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from anthology.plan.order import running_order
from anthology.preview.book import Book, read_book

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path

    from anthology.cache import Cache
    from anthology.plan.order import RunningOrder


class Desk:
    """Keeps the book of the project in `root`, read by the `jobs` processes of `executor` and kept in `cache`."""

    def __init__(self, root: Path, jobs: int, cache: Cache, executor: Executor | None = None) -> None:
        self.root = root
        self._jobs = jobs
        self._cache = cache
        self._executor = executor
        self._book = Book()
        self._changed = threading.Condition()
        self._drawing_up = threading.Lock()
        self._order: tuple[int, RunningOrder] | None = None

    @property
    def book(self) -> Book:
        """Give the book as it was last read."""
        return self._book

    def refresh(self) -> None:
        """Read the project anew, and wake all who wait."""
        book = read_book(self.root, self._book, self._jobs, self._cache, self._executor)
        with self._changed:
            self._book = book
            self._changed.notify_all()

    def wait(self, number: int, seconds: float) -> Book:
        """Wait until the book is another than the one of this number, or so many seconds; give what there is then."""
        with self._changed:
            self._changed.wait_for(lambda: self._book.number != number, seconds)
            return self._book

    def order(self, book: Book) -> RunningOrder:
        """Draw up the running order of a book, once; it must have been read."""
        assert book.manuscript
        with self._drawing_up:
            if self._order is None or self._order[0] != book.number:
                made = running_order(
                    book.manuscript.linked, book.manuscript.config, book.problems, book.folios
                )
                self._order = book.number, made
            return self._order[1]
