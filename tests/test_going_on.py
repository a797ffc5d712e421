"""Going on after errors: a book without the articles that fail, at whatever stage, and no link that leads to one."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from making import BOOK, write_project
from PIL import Image

import anthology.editions.epub.pictures
import anthology.editions.setting
from anthology.build import Options, Outcome, build
from anthology.leaves import LeafTask
from anthology.problems import ContentError

ASKING = "---\ntitle: Ebb\nrelated: [flow]\n---\n\nThe sea [goes](flow.md) out.\n"
FLOW = "---\ntitle: Flow\n{}---\n\nThe sea comes in.{}\n"
RIGHTS = BOOK + "[rights]\nrequired = true\n"
CLEARED = "rights: {status: own}\n"
LEFT_OUT = "B019: it is not in the book, because of its errors"


def told(outcome: Outcome, path: str) -> list[str]:
    """Give what is said of a file."""
    return [f"{p.code}: {p.message}" for p in outcome.problems if p.origin and p.origin.path == path]


def going_on(root: Path, files: dict[str, str], *editions: str) -> Outcome:
    """Build a book of two articles, of which the second has something wrong with it, and go on after errors."""
    write_project(root, files)
    return build(root, Options(editions, jobs=1, keep_going=True), lambda *_: None)


def documents(outcome: Outcome) -> dict[str, str]:
    """Give the documents of the e-book."""
    (path,) = outcome.folder.glob("*.epub")
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")}


def set_or_fail(task: LeafTask) -> Any:
    """Set a leaf, but not that of one article."""
    if task.document.name == "flow":
        raise ValueError("it has no end")
    return SET_LEAF(task)


SET_LEAF = anthology.editions.setting.set_leaf


def test_one_that_cannot_be_set_is_in_neither_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is left out of the e-book as well, and what refers to it is told and leads nowhere."""
    monkeypatch.setattr("anthology.editions.setting.set_leaf", set_or_fail)
    files = {"content/sea/ebb.md": ASKING, "content/sea/flow.md": FLOW.format("", "")}
    outcome = going_on(tmp_path, files)
    assert (outcome.written, outcome.exit_code) == (True, 1)
    assert told(outcome, "content/sea/flow.md") == [
        LEFT_OUT,
        'P006: in the edition "print" it cannot be set: it has no end',
    ]
    assert told(outcome, "content/sea/ebb.md") == [
        'L002: no article "flow" to refer to',
        'L005: "goes" links to flow.md, which is not in this book',
    ]
    assert [dict(edition.start_pages or {}).keys() for edition in outcome.record.editions][1] == {"ebb"}
    assert "EPUB/flow.xhtml" not in documents(outcome)
    assert 'href="flow' not in "".join(documents(outcome).values())


def test_one_that_is_made_alone_and_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left to be made: its error is told, and not that there is no such article."""
    monkeypatch.setattr("anthology.editions.setting.set_leaf", set_or_fail)
    files = {"content/sea/ebb.md": ASKING, "content/sea/flow.md": FLOW.format("", "")}
    write_project(tmp_path, files)
    with pytest.raises(ContentError) as caught:
        build(tmp_path, Options(("print",), jobs=1, keep_going=True, article="flow"), lambda *_: None)
    assert [problem.code for problem in caught.value.problems] == ["B019", "P006"]


def test_what_needs_a_character_that_no_typeface_has_is_left_out(tmp_path: Path) -> None:
    """It is found only where the finished pages are examined."""
    files = {"content/sea/ebb.md": ASKING, "content/sea/flow.md": FLOW.format("", " \ue123")}
    outcome = going_on(tmp_path, files)
    assert outcome.written
    assert told(outcome, "content/sea/flow.md")[0] == LEFT_OUT
    assert [line[:4] for line in told(outcome, "content/sea/flow.md")] == ["B019", "P002"]
    assert "EPUB/flow.xhtml" not in documents(outcome)


def test_what_is_not_cleared_is_left_out(tmp_path: Path) -> None:
    """An article whose rights are wanting is found where the book is put together."""
    files = {
        "anthology.toml": RIGHTS,
        "content/sea/ebb.md": ASKING.replace("---\n\n", CLEARED + "---\n\n"),
        "content/sea/flow.md": FLOW.format("", ""),
    }
    outcome = going_on(tmp_path, files, "ebook")
    assert [line[:4] for line in told(outcome, "content/sea/flow.md")] == ["B019", "R001"]
    assert "EPUB/flow.xhtml" not in documents(outcome)


def test_what_shows_a_picture_that_cannot_be_made_fit_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is the picture's; the articles that show it go."""

    def fail(_: object) -> None:
        raise ValueError("the file is damaged")

    monkeypatch.setattr("anthology.editions.epub.pictures.make_fit", fail)
    files = {"content/sea/ebb.md": ASKING, "content/sea/flow.md": FLOW.format("", "\n\n![Waves](waves.png)")}
    write_project(tmp_path, files)
    Image.new("RGB", (9, 9), "teal").save(tmp_path / "content" / "sea" / "waves.png")
    outcome = going_on(tmp_path, files, "ebook")
    assert told(outcome, "content/sea/flow.md") == [LEFT_OUT]
    assert told(outcome, "content/sea/waves.png") == [
        "P009: the picture cannot be made fit for the e-book: the file is damaged"
    ]
    assert "EPUB/flow.xhtml" not in documents(outcome)


def test_an_error_that_is_no_article_s_ends_the_build(tmp_path: Path) -> None:
    """A template at fault fails every article: nothing is written, and all that was found is told."""
    files = {
        "content/sea/ebb.md": ASKING,
        "content/sea/flow.md": "---\ntitle: [Flow\n---\n",
        "templates/article.html": "{{",
    }
    write_project(tmp_path, files)
    with pytest.raises(ContentError) as caught:
        build(tmp_path, Options(("ebook",), jobs=1, keep_going=True), lambda *_: None)
    codes = {problem.code for problem in caught.value.problems}
    assert {"S001", "B019"} <= codes
    assert not (tmp_path / "dist").exists()


def test_without_the_option_nothing_is_left_out(tmp_path: Path) -> None:
    """The first errors end a build that is not to go on, as ever."""
    files = {"content/sea/ebb.md": ASKING, "content/sea/flow.md": "---\ntitle: [Flow\n---\n"}
    write_project(tmp_path, files)
    outcome = build(tmp_path, Options(("ebook",), jobs=1), lambda *_: None)
    assert not outcome.written
    assert "B019" not in {problem.code for problem in outcome.problems}
