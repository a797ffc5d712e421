"""Gathering: an article is read once, for as long as it and its pictures stay the same."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from making import write_project

import anthology.gather
from anthology.cache import Cache
from anthology.gather import ReadTask, gather
from anthology.model import Origin
from anthology.problems import Problem
from anthology.project import Project

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="10"><title>x</title></svg>'


def project_of(root: Path, count: int = 3) -> Project:
    """Write a project of short articles, the first of them with a picture."""
    files = {
        f"content/mind/a{number}.md": f"---\ntitle: A {number}\n---\n\nText.\n" for number in range(count)
    }
    files["content/mind/a0.md"] += "\n![A bar.](bar.svg)\n"
    files["content/mind/bar.svg"] = PICTURE.format(10)
    return Project(write_project(root, files))


def test_what_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    """A second gathering reuses everything; after an edit it reads the edited article alone."""
    project, cache = project_of(tmp_path), Cache(tmp_path / "cache")
    paths = list(project.articles())
    first = gather(project, paths, "en", 1, cache)
    again = gather(project, paths, "en", 1, cache)
    assert (first.reused, again.reused) == (0, 3)
    assert first.readings == again.readings
    (tmp_path / paths[1]).write_text("---\ntitle: New\n---\n\nText.\n")
    edited = gather(project, paths, "en", 1, cache)
    assert edited.reused == 2
    assert edited.readings[1].article is not None
    assert edited.readings[1].article.title == "New"


def test_an_article_is_read_again_when_its_picture_changes(tmp_path: Path) -> None:
    """A picture is part of what an article depends on: changed, taken away, or brought back."""
    project, cache = project_of(tmp_path), Cache(tmp_path / "cache")
    paths = list(project.articles())
    gather(project, paths, "en", 1, cache)
    picture = tmp_path / "content" / "mind" / "bar.svg"
    picture.write_text(PICTURE.format(20))
    changed = gather(project, paths, "en", 1, cache)
    assert changed.reused == 2
    assert changed.readings[0].article is not None
    assert changed.readings[0].article.pictures[0].width == 20
    picture.unlink()
    assert [problem.code for problem in gather(project, paths, "en", 1, cache).readings[0].problems] == [
        "I002"
    ]


def test_the_language_of_the_book_is_part_of_the_key(tmp_path: Path) -> None:
    """Quotation marks follow the book's language, so that a reading of one language never serves another."""
    project, cache = project_of(tmp_path), Cache(tmp_path / "cache")
    paths = list(project.articles())
    gather(project, paths, "en", 1, cache)
    assert gather(project, paths, "de", 1, cache).reused == 0


def test_processes_read_what_one_process_reads(tmp_path: Path) -> None:
    """Many articles are read in several processes, to the same end and in the same order."""
    project = project_of(tmp_path, count=70)
    paths = list(project.articles())
    assert gather(project, paths, "en", 2, None).readings == gather(project, paths, "en", 1, None).readings


def test_the_project_knows_what_was_looked_at(tmp_path: Path) -> None:
    """What articles depend on is noted whoever looked at it: this process, another, or the one that kept a reading."""
    project_of(tmp_path, count=70)
    article = tmp_path / "content" / "mind" / "a1.md"
    article.write_text(f"{article.read_text()}\n![A post.](/post.svg)\n")
    noted = []
    for jobs, cache in ((1, None), (2, None), (2, Cache(tmp_path / "cache")), (1, Cache(tmp_path / "cache"))):
        project = Project(tmp_path)
        gather(project, list(project.articles()), "en", jobs, cache)
        noted.append(project.looked_at)
    assert noted[0] == noted[1] == noted[2] == noted[3]
    digests = dict(noted[0])
    assert len(digests) == len(noted[0]) == 73
    assert digests["content/mind/bar.svg"] == hashlib.sha256(PICTURE.format(10).encode()).hexdigest()
    assert digests["content/post.svg"] == digests["post.svg"] == ""


# What reads, before a test puts something else into its place.
READ = anthology.gather._read


def read_or_die(task: ReadTask) -> object:
    """Read an article, but end the process where it is the seventh."""
    if task.path == "content/mind/a7.md":
        os._exit(9)
    return READ(task)


def test_an_article_that_ends_its_process_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One article that cannot be read costs no other: it is named, and tried again by the next build."""
    project, cache = project_of(tmp_path, count=70), Cache(tmp_path / "cache")
    paths = list(project.articles())
    monkeypatch.setattr("anthology.gather._read", read_or_die)
    gathered = gather(project, paths, "en", 2, cache)
    message = "the article cannot be read: its process ended by itself, with exit code 9"
    hint = "take parts of it out until it can be read: the last of them is at fault"
    origin = Origin("content/mind/a7.md")
    assert [problem for reading in gathered.readings for problem in reading.problems] == [
        Problem("B010", "error", message, origin, hint)
    ]
    assert [path for path, reading in zip(paths, gathered.readings, strict=True) if not reading.article] == [
        "content/mind/a7.md"
    ]
    monkeypatch.undo()
    again = gather(project, paths, "en", 2, cache)
    assert again.reused == 69
    assert all(reading.article for reading in again.readings)


def test_articles_are_markdown_by_both_its_names(tmp_path: Path) -> None:
    """What writers call `.markdown` is Markdown too; other files and hidden folders are no articles."""
    names = ("one.md", "two.markdown", "three.txt", ".kept/four.md", "five.md.bak")
    project = Project(write_project(tmp_path, {f"content/mind/{name}": "Text." for name in names}))
    assert list(project.articles()) == ["content/mind/one.md", "content/mind/two.markdown"]
