"""A build of which nothing has changed is not done again; whatever changes a book is noticed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from making import write_project
from PIL import Image
from pressroom import ThisProcess

import anthology.build
from anthology.build import Options, Outcome, build
from anthology.cache import Cache
from anthology.network import Web

CONFIG = """
[book]
title = "Tides"
language = "en-GB"
cover = "cover.png"
[labels]
contents = "In this book"
[editions.ebook]
format = "epub"
fonts = false
[editions.web]
format = "epub"
fonts = false
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="10"><title>x</title></svg>'
FILES = {
    "anthology.toml": CONFIG,
    "content/sea/ebb.md": "---\ntitle: Ebb\nrelated: [flood]\n---\n\nThe water goes.\n\n![A line.](line.svg)\n",
    "content/sea/flood.md": "---\ntitle: Flood\nstandfirst: Up.\n---\n\nIt comes.\n\n![A boat.](/images/boat.svg)\n",
    "content/sea/slack.md": "---\ntitle: Slack water\ndraft: true\n---\n\nIt stands.\n",
    "content/sea/line.svg": DRAWING.format(10),
    "styles/house.css": "p { color: black }\n",
    "templates/imprint.html": '{% extends "packaged/imprint.html" %}\n',
}


def picture_of(colour: str) -> bytes:
    """Draw a small picture in one colour."""
    made = BytesIO()
    Image.new("RGB", (8, 8), colour).save(made, "PNG")
    return made.getvalue()


@dataclass
class Desk:
    """A project with a cache, and a count of the builds of it that began to read."""

    root: Path
    cache: Cache
    begun: int = 0

    def build(self, **options: Any) -> Outcome:
        """Build its e-book, unless other editions are asked for."""
        given = Options(("ebook",), self.root.parent / "dist", cache=self.cache)
        return build(self.root, replace(given, **options), lambda stage, detail: None)

    def is_done_again(self, **options: Any) -> bool:
        """Build, and tell whether that was done or remembered."""
        before = self.begun
        self.build(**options)
        return self.begun > before


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Write a project of two articles, with all that a project can have, and build it."""
    made = Desk(write_project(tmp_path / "project", FILES), Cache(tmp_path / "cache"))
    (made.root / "cover.png").write_bytes(picture_of("teal"))

    def counted(*arguments: Any, **options: Any) -> Any:
        made.begun += 1
        return prepare(*arguments, **options)

    prepare = anthology.build.prepare
    monkeypatch.setattr("anthology.build.prepare", counted)
    made.build()
    return made


def files_in(folder: Path) -> dict[str, bytes]:
    """Read every file in a folder but the record."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "build.json"}


def told(outcome: Outcome) -> tuple[object, ...]:
    """Take from an outcome all but the time that it took, and what it has from the cache."""
    editions = [edition.model_copy(update={"seconds": 0, "reused": 0}) for edition in outcome.record.editions]
    record = outcome.record.model_copy(update={"editions": tuple(editions)})
    return record, outcome.written, outcome.problems, outcome.exit_code, outcome.folder


def write(name: str, text: str | bytes) -> Callable[[Desk], None]:
    """Make the change that writes a file of the project."""
    data = text.encode() if isinstance(text, str) else text

    def change(desk: Desk) -> None:
        (desk.root / name).parent.mkdir(parents=True, exist_ok=True)
        (desk.root / name).write_bytes(data)

    return change


def in_file(name: str, old: str, new: str) -> Callable[[Desk], None]:
    """Make the change that writes something else into a file."""

    def change(desk: Desk) -> None:
        text = (desk.root / name).read_text()
        assert old in text
        (desk.root / name).write_text(text.replace(old, new))

    return change


CHANGES = {
    "words of an article": in_file("content/sea/ebb.md", "goes", "went"),
    "front matter": in_file("content/sea/flood.md", "Up.", "Up again."),
    "bytes of a picture": write("content/sea/line.svg", DRAWING.format(20)),
    "a picture that was missing": write("content/images/boat.svg", DRAWING.format(30)),
    "a picture gone": lambda desk: (desk.root / "content/sea/line.svg").unlink(),
    "the book's title": in_file("anthology.toml", "Tides", "Low tides"),
    "a label": in_file("anthology.toml", "In this book", "Herein"),
    "an override of a template": in_file("templates/imprint.html", "\n", "\n{# nothing #}\n"),
    "another template": write("templates/half-title.html", '{% extends "packaged/half-title.html" %}'),
    "a style sheet": in_file("styles/house.css", "black", "navy"),
    "a style sheet that nothing uses": write("styles/hose.css", "p { color: navy }\n"),
    "a style sheet gone": lambda desk: (desk.root / "styles/house.css").unlink(),
    "a new article": write("content/sea/neap.md", "---\ntitle: Neap\n---\n\nLittle water.\n"),
    "an article renamed": lambda desk: (desk.root / "content/sea/flood.md").rename(
        desk.root / "content/sea/spring.md"
    ),
    "an article deleted": lambda desk: (desk.root / "content/sea/flood.md").unlink(),
    "an article become a draft": in_file("content/sea/flood.md", "---\ntitle", "---\ndraft: true\ntitle"),
    "a draft become an article": in_file("content/sea/slack.md", "draft: true\n", ""),
    "a draft referred to": in_file("content/sea/ebb.md", "[flood]", "[flood, slack]"),
    "the cover": write("cover.png", picture_of("navy")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changes_a_project_is_noticed(desk: Desk, change: Callable[[Desk], None]) -> None:
    """After any change to a project the book is made anew, and comes out as it does without a cache."""
    change(desk)
    shutil.rmtree(desk.root.parent / "dist")
    outcome = desk.build()
    assert desk.begun == 2
    fresh = desk.build(cache=None, out=desk.root / "fresh")
    assert told(outcome) == told(replace(fresh, folder=outcome.folder))
    assert not outcome.written or files_in(outcome.folder) == files_in(fresh.folder)


def install_a_package(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Python find a package more."""
    (desk.root.parent / "packages" / "quill-1.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(desk.root.parent / "packages")])


AROUND: dict[str, Callable[[Desk, pytest.MonkeyPatch], None]] = {
    "the day": lambda desk, machine: machine.setenv("SOURCE_DATE_EPOCH", "1700000000"),
    "a package": install_a_package,
    "a font": lambda desk, machine: machine.setattr(
        "anthology.versions.engine_versions", lambda fallback: {"installed fonts": "another"}
    ),
    "our own code": lambda desk, machine: machine.setattr("anthology.versions.code", lambda *places: "new"),
    "a packaged template": lambda desk, machine: machine.setattr(
        "anthology.theme.packaged_folder", lambda name: changed_defaults(desk) / name
    ),
    "another Python": lambda desk, machine: machine.setattr(sys, "version", f"{sys.version} [new]"),
}


def changed_defaults(desk: Desk) -> Path:
    """Copy the packaged templates and styles, and change one of them."""
    copy = desk.root.parent / "defaults"
    if not copy.exists():
        top = Path(anthology.__file__).parent
        defaults = top / "_defaults" if (top / "_defaults").exists() else top.parent.parent
        for name in ("templates", "styles"):
            shutil.copytree(defaults / name, copy / name)
        # The project has one of its own, which extends it.
        (copy / "templates" / "imprint.html").open("a").write("{# new #}")
    return copy


@pytest.mark.parametrize("change", AROUND.values(), ids=AROUND)
def test_what_changes_around_a_project_is_noticed(
    desk: Desk, change: Callable[[Desk, pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A book is made anew when anything changes that makes it: the day, a package, a font, our own code."""
    change(desk, monkeypatch)
    assert desk.is_done_again()
    assert not desk.is_done_again()


def test_what_did_not_change_is_not_done_again(desk: Desk) -> None:
    """A second build reads, renders and packs nothing; it gives and writes the same, and says that all is reused."""
    first, made = desk.build(), files_in(desk.root.parent / "dist")
    shutil.rmtree(desk.root.parent / "dist")
    for path in desk.root.rglob("*"):
        os.utime(path, (1, 1))
    again = desk.build()
    assert desk.begun == 1
    assert told(again) == told(first)
    assert files_in(again.folder) == made
    assert again.problems
    assert [edition.reused for edition in again.record.editions] == [2]
    assert (again.folder / "build.json").read_text() == again.record.to_json()


def test_where_a_book_is_written_to_and_how_strictly_it_is_built_changes_nothing_in_it(desk: Desk) -> None:
    """Another folder, --strict, --keep-going and -j need no new build; warnings fail a strict one all the same."""
    folder = desk.root.parent / "elsewhere"
    strict = desk.build(strict=True, out=folder)
    assert (strict.exit_code, strict.written, folder.exists()) == (1, False, False)
    assert desk.build(out=folder, keep_going=True, jobs=2).exit_code == 0
    assert files_in(folder) == files_in(desk.root.parent / "dist")
    assert desk.begun == 1


def test_other_editions_are_another_build(desk: Desk) -> None:
    """Each choice of editions is remembered for itself."""
    assert desk.is_done_again(editions=())
    assert not desk.is_done_again(editions=())
    assert not desk.is_done_again()
    assert desk.is_done_again(editions=("web",))


def test_a_copy_of_a_project_is_another_project(desk: Desk, tmp_path: Path) -> None:
    """What was made of one folder is not taken for another, even where the two are alike."""
    shutil.copytree(desk.root, tmp_path / "copy")
    assert replace(desk, root=tmp_path / "copy").build().written
    assert desk.begun == 2


def test_a_damaged_memory_is_made_again(desk: Desk) -> None:
    """What was kept and damaged is as good as nothing kept."""
    made = files_in(desk.root.parent / "dist")
    for path in desk.cache.folder.glob("*/*"):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    assert desk.is_done_again()
    assert files_in(desk.root.parent / "dist") == made
    assert not desk.is_done_again()


def test_a_memory_takes_the_room_of_the_one_before(desk: Desk) -> None:
    """However often a text is changed, one build of it is kept: its files, and what it was made from."""
    files = {path.name for path in desk.cache.folder.glob("*/*")}
    for words in ("goes", "went", "has gone"):
        write("content/sea/ebb.md", f"---\ntitle: Ebb\n---\n\nThe water {words}.\n")(desk)
        assert desk.is_done_again()
    # One more is kept of each reading.
    assert len({path.name for path in desk.cache.folder.glob("*/*")} - files) == 3


def test_what_failed_is_tried_again(desk: Desk) -> None:
    """A build with errors is never remembered, nor one that went on without what failed."""
    (desk.root / "content/sea/neap.md").write_text("---\ntitle: Neap\n---\n\n![A buoy.](buoy.svg)\n")
    for _ in range(2):
        assert desk.is_done_again()
        assert desk.is_done_again(keep_going=True)
    (desk.root / "content/sea/neap.md").unlink()
    assert not desk.is_done_again()


def test_what_depends_on_more_than_the_project_is_not_remembered(desk: Desk) -> None:
    """The web is another every day, and an article alone has the page numbers of the last build."""
    for _ in range(2):
        assert desk.is_done_again(web=Web(lambda address, result: None))
        assert desk.is_done_again(article="ebb")
        assert desk.is_done_again(cache=None)


@pytest.mark.parametrize(
    "name", ["a style sheet", "words of an article", "bytes of a picture", "a new article"]
)
def test_what_changes_while_a_book_is_made_is_not_remembered(
    desk: Desk, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A book that was made in the middle of a change is not taken for that of the time before the change."""
    before = desk.root.parent / "before"
    (desk.root / "anthology.toml").open("a").write("# Another build.\n")
    shutil.copytree(desk.root, before)
    gather = anthology.build.gather_articles

    def change_and_gather(*arguments: Any) -> Any:
        CHANGES[name](desk)
        return gather(*arguments)

    monkeypatch.setattr("anthology.build.gather_articles", change_and_gather)
    desk.build()
    monkeypatch.setattr("anthology.build.gather_articles", gather)
    shutil.rmtree(desk.root)
    shutil.copytree(before, desk.root)
    assert desk.is_done_again()
    assert not desk.is_done_again()


def test_a_printed_book_that_did_not_change_needs_no_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither pages nor page numbers are set again, and the record has them all the same."""
    files = FILES | {"anthology.toml": '[book]\ntitle = "Tides"\n[editions.print]\nformat = "pdf"\n'}
    root, cache = write_project(tmp_path / "project", files), Cache(tmp_path / "cache")
    workers = ThisProcess()
    monkeypatch.setattr("anthology.build._executor", lambda *_: nullcontext(workers))
    options = Options(out=tmp_path / "dist", cache=cache)
    first = build(root, options, lambda stage, detail: None)
    made, tasks = files_in(tmp_path / "dist"), len(workers.tasks)
    again = build(root, options, lambda stage, detail: None)
    assert len(workers.tasks) == tasks > 0
    assert told(again) == told(first)
    assert files_in(tmp_path / "dist") == made
    assert again.record.editions[0].start_pages.keys() == {"ebb", "flood"}
    assert again.record.editions[0].reused == 2
