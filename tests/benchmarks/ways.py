"""The ways of making a book that are measured, each as a command in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import edits
from benchmarks.costs import CommandError, Cost, measured
from benchmarks.pandoc import pandoc
from benchmarks.synthetic import Article, Magazine, place_of

# Ours, in the order in which they are measured, each on what the one before it left in the cache.
COLD, UNCHANGED, EDITED, LONGER, INSERTED = "cold", "unchanged", "edited", "longer", "inserted"
E_BOOK, E_BOOK_UNCHANGED, E_BOOK_EDITED = "e-book", "e-book-unchanged", "e-book-edited"
# The others'.
APART, WHOLE, TYPST, TYPST_PLAIN = "apart", "whole", "typst", "typst-plain"
PANDOC_E_BOOK = "pandoc-e-book"

NAMES = {
    COLD: "anthology, from nothing",
    UNCHANGED: "anthology, nothing changed",
    EDITED: "anthology, one article's words edited",
    LONGER: "anthology, one article a page longer",
    INSERTED: "anthology, one article inserted",
    APART: "WeasyPrint, article by article, not joined",
    WHOLE: "WeasyPrint, the whole book at once",
    TYPST: "pandoc → Typst",
    TYPST_PLAIN: "pandoc → Typst, no heads, no page references",
    E_BOOK: "anthology, an e-book from nothing",
    E_BOOK_UNCHANGED: "anthology, an e-book, nothing changed",
    E_BOOK_EDITED: "anthology, an e-book, one article edited",
    PANDOC_E_BOOK: "pandoc → EPUB",
}

JOBS = 2


@dataclass(frozen=True, slots=True)
class Measurement:
    """One book made once: `pages` and `bytes` are those of its file, `pages` 0 where none were counted."""

    way: str
    size: int
    cost: Cost
    pages: int
    bytes: int

    def __str__(self) -> str:
        cost = self.cost
        return (
            f"{self.size:>6,}  {NAMES[self.way]:<46} {cost.cpu:>8.1f} s CPU {cost.wall:>8.1f} s"
            f" {cost.memory / 1e6:>7,.0f} MB"
        )

    def to_json(self) -> dict[str, Any]:
        """Write it down."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Measurement:
        """Read it again."""
        return cls(**{**kept, "cost": Cost(**kept["cost"])})


class Bench:
    """The books of one size in a folder: a project, the same text for pandoc, the documents for WeasyPrint."""

    def __init__(self, size: int, folder: Path, *, prints: bool) -> None:
        self.size = size
        self.magazine = Magazine(size)
        self._prints = prints
        self._folder = folder / str(size)
        self._project = self._folder / "project"
        self._prepared = self._folder / "documents"
        self._pandoc = self._folder / "book.md"
        self._pandoc_e_book = self._folder / "e-book.md"
        tests = str(Path(__file__).parent.parent)
        kept = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
        self._environment = {
            **kept,
            "PYTHONPATH": os.pathsep.join(filter(None, (tests, kept.get("PYTHONPATH")))),
        }

    def prepare(self) -> None:
        """Write the books; nothing of this is measured."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        self._run("benchmarks.synthetic", str(self.size), self._project)
        self._run("benchmarks.pandoc_book", str(self.size), self._pandoc_e_book, "e-book")
        if not self._prints:
            return
        self._run("benchmarks.pandoc_book", str(self.size), self._pandoc)
        self._run("benchmarks.weasyprint_alone", "prepare", self._project, self._prepared)

    def anthology(self) -> Iterator[Measurement]:
        """Build from an empty cache, then again after each thing that an editor does, and undo it all."""
        cache = self._folder / "cache"
        shutil.rmtree(cache, ignore_errors=True)
        cold, record = self._build(COLD, cache)
        yield cold
        yield self._build(UNCHANGED, cache)[0]
        article, edited = self._edit(cache, record)
        path = place_of(article, self._project)
        text = path.read_text(encoding="utf-8")
        try:
            yield edited
            yield self._lengthen(cache, record, article)
            other, words = edits.another_article(self.magazine, article, self._project)
            other.write_text(words, encoding="utf-8")
            yield self._build(INSERTED, cache)[0]
            other.unlink()
        finally:
            path.write_text(text, encoding="utf-8")

    def e_book(self) -> Iterator[Measurement]:
        """Make an e-book from an empty cache, again, and after an edit, which is undone."""
        cache = self._folder / "cache-of-e-books"
        shutil.rmtree(cache, ignore_errors=True)
        for way in (E_BOOK, E_BOOK_UNCHANGED):
            yield self._build(way, cache, "ebook")[0]
        path = place_of(edits.candidates(self.magazine)[0], self._project)
        text = path.read_text(encoding="utf-8")
        try:
            path.write_text(edits.with_a_word_changed(text), encoding="utf-8")
            yield self._build(E_BOOK_EDITED, cache, "ebook")[0]
        finally:
            path.write_text(text, encoding="utf-8")

    def pandoc_e_book(self) -> Iterator[Measurement]:
        """Make an e-book of the same text by pandoc, with a file an article and contents of two levels."""
        made = self._folder / "pandoc.epub"
        options = ("-t", "epub3", "--toc", "--toc-depth=2", "--split-level=2", "-o", made)
        command = [pandoc() or "pandoc", str(self._pandoc_e_book), *map(str, options)]
        cost = measured(command, self._folder / "said.out", self._environment)
        yield Measurement(PANDOC_E_BOOK, self.size, cost, 0, made.stat().st_size)

    def apart(self) -> Iterator[Measurement]:
        """Set every document by WeasyPrint alone; nothing is joined."""
        cost = self._measure("benchmarks.weasyprint_alone", "apart", self._prepared)
        made = [path.stat().st_size for path in (self._prepared / "apart").iterdir()]
        yield Measurement(APART, self.size, cost, 0, sum(made))

    def whole(self) -> Iterator[Measurement]:
        """Set the whole book as one document by WeasyPrint alone."""
        cost = self._measure("benchmarks.weasyprint_alone", "whole", self._prepared)
        yield self._of(WHOLE, cost, self._prepared / "whole.pdf")

    def typst(self, variant: str = "") -> Iterator[Measurement]:
        """Set the same text by pandoc and Typst."""
        way = f"{TYPST}-{variant}" if variant else TYPST
        pdf = self._folder / f"{way}.pdf"
        cost = self._measure("benchmarks.pandoc_typst", self._pandoc, pdf, *filter(None, (variant,)))
        yield self._of(way, cost, pdf)

    def _edit(self, cache: Path, before: Any) -> tuple[Article, Measurement]:
        """Change a word in the first article that keeps its number of pages, and leave it changed."""
        for article in edits.candidates(self.magazine):
            path = place_of(article, self._project)
            text = path.read_text(encoding="utf-8")
            path.write_text(edits.with_a_word_changed(text), encoding="utf-8")
            made, after = self._build(EDITED, cache)
            if _pages_of(article, after) == _pages_of(article, before):
                return article, made
            path.write_text(text, encoding="utf-8")
        raise CommandError("no article keeps its number of pages when a word is changed")

    def _lengthen(self, cache: Path, before: Any, article: Article) -> Measurement:
        """Make an article longer by a page, and leave it so."""
        path = place_of(article, self._project)
        text = path.read_text(encoding="utf-8")
        for count in edits.A_PAGE_MORE:
            path.write_text(edits.with_paragraphs_more(text, count), encoding="utf-8")
            made, after = self._build(LONGER, cache)
            if _pages_of(article, after) == _pages_of(article, before) + 1:
                return made
        raise CommandError(f"{article.id} does not grow by one page, however many paragraphs it gets")

    def _build(self, way: str, cache: Path, wanted: str = "print") -> tuple[Measurement, Any]:
        out = self._folder / "dist"
        options = ("-e", wanted, "--cache-dir", cache, "-j", JOBS, "-o", out, "--json")
        cost = self._measure("anthology", "build", self._project, *options)
        record = json.loads((self._folder / "said.out").read_text(encoding="utf-8"))
        edition = record["editions"][0]
        return Measurement(way, self.size, cost, edition["pages"], edition["bytes"]), record

    def _of(self, way: str, cost: Cost, pdf: Path) -> Measurement:
        count = "import pikepdf, sys; print(len(pikepdf.open(sys.argv[1]).pages))"
        done = subprocess.run([sys.executable, "-c", count, pdf], capture_output=True, check=True)
        return Measurement(way, self.size, cost, int(done.stdout), pdf.stat().st_size)

    def _measure(self, module: str, *arguments: object) -> Cost:
        return measured(_command(module, arguments), self._folder / "said.out", self._environment)

    def _run(self, module: str, *arguments: object) -> None:
        subprocess.run(_command(module, arguments), env=self._environment, check=True)


def _command(module: str, arguments: Sequence[object]) -> list[str]:
    return [sys.executable, "-m", module, *map(str, arguments)]


def _pages_of(article: Article, record: Any) -> int:
    """Count the pages of an article that is not the last of its section."""
    starts = record["editions"][0]["start_pages"]
    following = f"a{article.number + 2:05d}"
    return int(starts[following]) - int(starts[article.id])
