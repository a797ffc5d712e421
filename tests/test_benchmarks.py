"""The synthetic anthologies of the benchmarks; the benchmarks themselves are run by `make bench` alone."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from benchmarks import edits, plot, report
from benchmarks.bars import Results
from benchmarks.costs import Cost
from benchmarks.pandoc_book import pandoc_book
from benchmarks.synthetic import Article, Magazine, markdown, write_project
from benchmarks.ways import NAMES, Measurement
from lxml import etree

from anthology.build import Options
from anthology.config import load_config
from anthology.preparing import prepare
from anthology.project import CONFIG, Project

WORDS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write an anthology of twelve articles."""
    folder = tmp_path_factory.mktemp("synthetic")
    write_project(Magazine(12), folder)
    return folder


def body_of(article: Article) -> str:
    """Give the Markdown of an article without its front matter."""
    return markdown(article).split("---\n", 2)[2]


def test_a_synthetic_anthology_is_the_same_everywhere(project: Path) -> None:
    """Whatever the machine and the Python, the text is the same to the letter: results can be compared."""
    files = sorted(path for path in project.rglob("*") if path.is_file())
    texts = [f"{path.relative_to(project).as_posix()}\n{path.read_text('utf-8')}" for path in files]
    texts += [*pandoc_book(Magazine(12)), *pandoc_book(Magazine(12), typst=False)]
    assert hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16] == "6ef7ab6df09cb435"


def test_a_synthetic_anthology_has_no_problem(project: Path) -> None:
    """It is read, arranged and linked without an error or a warning: nothing but the setting is measured."""
    files = Project(project, None)
    manuscript, problems = prepare(
        files, load_config(files.config(), CONFIG), Options(), lambda stage, detail: None
    )
    assert problems == ()
    anthology = manuscript.linked.anthology
    assert len(anthology.articles) == 12
    assert len(anthology.sections) == 3
    assert {len(manuscript.linked.related.by_article[piece.id].entries) for piece in anthology.articles} == {
        8
    }


def test_articles_are_what_the_results_say_of_them() -> None:
    """About 900 words, 8 or 9 paragraphs, 4 pull quotes, a list, two headings; a table or a note in some."""
    articles = [Magazine(60).article(number) for number in range(60)]
    kinds = [[block.kind for block in article.body] for article in articles]
    assert {found.count("paragraph") for found in kinds} == {8, 9}
    for kind, count in (("pull-quote", 4), ("list", 1), ("heading", 2)):
        assert {found.count(kind) for found in kinds} == {count}
    for kind in ("table", "note"):
        assert {found.count(kind) for found in kinds} == {0, 1}
    lengths = [len(WORDS.findall(re.sub(r"\(https[^)]*\)", "", body_of(article)))) for article in articles]
    assert sum(lengths) / 60 == pytest.approx(900, rel=0.05)


def test_an_article_does_not_depend_on_the_size_of_the_book() -> None:
    """Books of all sizes are made of the same articles; only their related reading differs."""
    small, large = Magazine(20).article(7), Magazine(2000).article(7)
    assert small.body == large.body
    assert small.related != large.related


@pytest.mark.parametrize("typst", [True, False])
def test_pandoc_gets_the_same_words(typst: bool) -> None:
    """All that an article says stands in the document for pandoc, be it for Typst or for an e-book."""
    magazine = Magazine(12)
    book = " ".join(WORDS.findall("\n".join(pandoc_book(magazine, typst=typst))))
    for article in magazine.articles():
        for block in article.body:
            if block.kind not in {"table", "note"} and "](" not in block.lines[0]:
                assert " ".join(WORDS.findall("\n".join(block.lines))) in book, article.id


def test_edits_change_what_they_say() -> None:
    """A word for another of the same length; paragraphs more; and the rest of the article as it was."""
    text = markdown(Magazine(12).article(3))
    edited = edits.with_a_word_changed(text)
    changed = [(one, other) for one, other in zip(text.split(), edited.split(), strict=True) if one != other]
    assert len(changed) == 1
    assert len(edited) == len(text)
    longer = edits.with_paragraphs_more(text, 2)
    assert longer.count("\n\n") == text.count("\n\n") + 2
    assert edits.with_paragraphs_more(text, 0) == text


def test_results_are_written_whatever_was_measured() -> None:
    """Tables and picture come of a run that was cut short, too; a bar that was not measured says so."""
    results = Results(
        Measurement(way, size, Cost(size / 10, size / 20 + at, 10**8), 7 * size, 40_000 * size)
        for at, way in enumerate(NAMES)
        for size in (10, 100)
    )
    text = report.for_file(results, ["something: because"], "2026-11-22", {"processor": "any"})
    assert "| cold, 1,000: peak memory of any process | ≤ 900 MB | not measured | – |" in text
    assert "| file size against a whole-book tagged WeasyPrint render, 100 | ≤ 1.1 | 1.00 | yes |" in text
    assert "- something: because" in text
    root = etree.fromstring(plot.drawing(results).encode())
    assert root.findtext("{*}title") == "Wall time of a build against the number of articles"
