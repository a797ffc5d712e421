"""Gathering: an article is read once, for as long as it and its pictures stay the same."""

from __future__ import annotations

from pathlib import Path

from making import write_project

from anthology.cache import Cache
from anthology.gather import gather
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
