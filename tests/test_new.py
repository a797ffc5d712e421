"""`anthology new`: the first book of an editor."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from command_line import run
from reading_back import read_pdf


def test_a_new_book_builds_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `new` makes builds without a problem, into an EPUB and a PDF with its title."""
    monkeypatch.chdir(tmp_path)
    made = run("new", "lower-river")
    assert made.returncode == 0
    assert made.stdout == ""
    assert "anthology build lower-river" in made.stderr
    built = run("build", "lower-river", "--strict")
    assert built.returncode == 0, built.stderr
    folder = tmp_path / "lower-river" / "dist"
    assert sorted(path.name for path in folder.iterdir()) == [
        "build.json",
        "lower-river-print.pdf",
        "lower-river.epub",
    ]
    facts = read_pdf((folder / "lower-river-print.pdf").read_bytes())
    assert "Lower river" in facts.texts[0]


def test_every_new_book_has_its_own_identifier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two new books are told apart, and keep their identifier when the title changes."""
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        assert run("new", name, "--title", 'A "title" & more').returncode == 0
    books = [
        tomllib.loads((tmp_path / name / "anthology.toml").read_text())["book"] for name in ("one", "two")
    ]
    assert books[0]["title"] == books[1]["title"] == 'A "title" & more'
    assert books[0]["identifier"] != books[1]["identifier"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    """`new` never writes into a folder that has something in it."""
    (tmp_path / "letter.txt").write_text("mine")
    result = run("new", tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith(f"error B004: {tmp_path} is not empty; nothing was changed\n")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
