"""Problems that seldom come up: each is brought about once, and told in whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from making import write_project

from anthology.build import Options, build
from anthology.cli.import_ import import_
from anthology.editions.complaints import complaints_told, failures_told
from anthology.editions.setting import Failure, Typeset
from anthology.importers.text_capture import import_text_capture
from anthology.importers.web import extraction
from anthology.importers.web_page import import_web_page
from anthology.problems import AnthologyError, Problem
from anthology.read import read_article
from anthology.read.markdown import converter

BOOK = '[book]\ntitle = "A Book"\n'
ARTICLE = "---\ntitle: One\n---\n\nSome words.\n"
SENTENCE = "The pilots had gone home to their suppers, and nobody was left on the quay to see it. "


def printed(problem: Problem) -> str:
    """Write a problem on one line, with its hint behind it."""
    where = ""
    if problem.origin:
        where = problem.origin.path + (f":{problem.origin.line}: " if problem.origin.line else ": ")
    return f"{where}{problem.severity} {problem.code}: {problem.message} ({problem.hint})"


def told(root: Path, edition: str, files: dict[str, str]) -> list[str]:
    """Build an edition of a project; give its problems, whether or not they end the build."""
    write_project(root, {"content/mind/one.md": ARTICLE, **files})
    try:
        problems = build(root, Options((edition,)), lambda *_: None).problems
    except AnthologyError as error:
        problems = error.problems
    return [printed(problem) for problem in problems]


def test_a_day_that_no_calendar_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A SOURCE_DATE_EPOCH beyond all calendars ends the build."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9" * 20)
    assert told(tmp_path, "ebook", {}) == [
        f"error B008: SOURCE_DATE_EPOCH is {'9' * 20}, which is no day that a calendar has "
        "(give it in seconds since 1970)"
    ]


def test_a_cover_picture_that_is_not_there(tmp_path: Path) -> None:
    """An e-book is not made without the cover that was chosen for it."""
    config = BOOK + 'cover = "front.png"\n[editions.ebook]\nformat = "epub"\n'
    assert told(tmp_path, "ebook", {"anthology.toml": config}) == [
        'anthology.toml:3: error I008: there is no cover picture "front.png" ()'
    ]


def test_a_title_that_no_typeface_can_set_on_the_cover(tmp_path: Path) -> None:
    """Characters that the cover would lack are named, and the e-book is made."""
    config = '[book]\ntitle = "The reed \U00013197"\n[editions.ebook]\nformat = "epub"\n'
    assert told(tmp_path, "ebook", {"anthology.toml": config}) == [
        "anthology.toml:2: warning I009: no typeface for the cover has these characters: \U00013197 "
        "(name a family that has them under [fonts] fallback, or give a `cover` picture)"
    ]
    assert (tmp_path / "dist" / "build.json").is_file()


def test_a_letter_and_a_rule_that_paper_does_not_have(tmp_path: Path) -> None:
    """A character that no face has stops a printed book; a property that print does not know is only told."""
    files = {
        "content/mind/one.md": "# One\n\nA \U000f0000 of its own.\n",
        "styles/house.css": "p { colour: red; }\n",
    }
    assert told(tmp_path, "print", files) == [
        'content/mind/one.md: error P002: no typeface of the book has the character "\U000f0000" (U+F0000) '
        "(install a face that has it (`anthology doctor` names some), name it under [fonts] fallback, or write it another way)",
        "styles/house.css: warning P003: the typesetter says of the style sheets: "
        "Ignored `colour: red` at 1:5, unknown property. (compare it with what WeasyPrint knows of CSS)",
    ]


def test_a_picture_that_cannot_be_made_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library fails on a picture, the picture is named, and there is no e-book."""

    def failing(task: Any) -> None:
        raise ValueError("broken data stream")

    monkeypatch.setattr("anthology.editions.epub.pictures.make_fit", failing)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'
    files = {
        "anthology.toml": BOOK + '[editions.ebook]\nformat = "epub"\n',
        "content/mind/one.md": "# One\n\n![A ring](ring.svg)\n",
        "content/mind/ring.svg": drawing,
    }
    assert told(tmp_path, "ebook", files) == [
        "content/mind/ring.svg: error P009: the picture cannot be made fit for the e-book: broken data stream "
        "(open it in an image editor and save it again, as JPEG or PNG)"
    ]


class Nothing:
    """A manuscript without articles, styles and pictures: no problem has a place in it."""

    def __getattr__(self, name: str) -> Any:
        return () if name in ("pieces", "sections") else {} if name == "pictures" else self

    def __bool__(self) -> bool:
        return False


class LeafThatComplains:
    """A leaf with one complaint of the engine."""

    name = "one"
    complaints = ("Failed to load image at 'anthology-image:ring.png': cannot identify image file",)


def test_what_the_typesetter_cannot_do() -> None:
    """Articles that fail, numbers that never settle and pictures that cannot be printed are errors of an edition."""
    manuscript: Any = Nothing()
    failed = Typeset(
        {}, *[{}] * 4, failures=(Failure("one", "it takes more than 60 s"), Failure("_contents", "x"))
    )  # type: ignore[arg-type]
    hint = "take parts of it out until it can be set: the last of them is at fault"
    assert [printed(problem) for problem in failures_told(failed, manuscript, "print")] == [
        f'error P006: in the edition "print" it cannot be set: it takes more than 60 s ({hint})',
        f'error P006: in the edition "print" the page of the book\'s own (contents) cannot be set: x ({hint})',
    ]
    unsettled = Typeset({"one": LeafThatComplains()}, *[{}] * 4, settled=False)  # type: ignore[arg-type,dict-item]
    assert [printed(problem) for problem in complaints_told(unsettled, manuscript, "print")] == [
        'error P004: the page numbers of the edition "print" do not settle '
        "(another trim size, or a word more or less in the contents, makes them)",
        "error P007: in the edition \"print\" a picture cannot be printed: Failed to load image at 'ring.png': "
        "cannot identify image file (open it in an image editor and save it again)",
    ]


def test_a_drawing_that_would_run_something() -> None:
    """What is left out of a drawing is told at the line that shows it."""
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><script>x()</script><circle r="1"/></svg>'
    files = {"content/mind/ring.svg": drawing}
    reading = read_article(
        "content/mind/one.md", b"# One\n\n![A ring](ring.svg)\n", language="en", find=files.get
    )
    assert [printed(problem) for problem in reading.problems] == [
        "content/mind/one.md:3: warning I011: ring.svg: a script was left out "
        "(export the drawing again with everything inside, and text as text or outlines)"
    ]


def test_a_text_that_brings_out_a_fault_of_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever fails on the text of an article is a problem of that article, and no traceback."""

    def failing(text: str) -> tuple[str, bool]:
        raise KeyError("stash")

    monkeypatch.setattr(converter, "convert", failing)
    reading = read_article("content/mind/one.md", b"# One\n\nWords.\n", language="en", find={}.get)
    assert [printed(problem) for problem in reading.problems] == [
        "content/mind/one.md: error T005: the text cannot be read (KeyError: 'stash') (simplify its markup)"
    ]


def test_captures_without_a_title_or_a_text() -> None:
    """A capture of mere text is called after its file; one that is all head is told."""
    untitled = import_text_capture("low-water.txt", f"{SENTENCE * 6}\n\n{SENTENCE * 5}\n".encode())
    assert untitled.title == "Low water"
    assert printed(untitled.problems[-1]) == (
        'low-water.txt:1: warning M003: no title: the file name gives it one, "Low water" ()'
    )
    head = import_text_capture("low-water.txt", b"Low water\n\nTides\nBy Ada Lindqvist\n29 July 2025\n")
    assert printed(head.problems[-1]) == (
        "low-water.txt: warning M006: the page has a title and no text (capture it again)"
    )


def test_a_page_that_says_neither_title_nor_article(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is called after its file, and keeps all paragraphs where none can be told from the others."""
    page = f"<html><body><p>{SENTENCE * 6}</p></body></html>".encode()
    untitled = (
        "low-water.html: warning M046: this page does not say what its title is; it was made of the file's name "
        "(write `title` into the article's front matter)"
    )
    found = import_web_page("low-water.html", page)
    assert (found.title, [printed(problem) for problem in found.problems]) == ("Low water", [untitled])
    monkeypatch.setattr(extraction, "extracted", lambda root: None)
    unsure = import_web_page("low-water.html", page)
    assert (unsure.body, [printed(problem) for problem in unsure.problems]) == (
        found.body,
        [
            "low-water.html: warning M047: its article could not be told from what stands around it; "
            "all paragraphs were kept (delete what is not the article's)",
            untitled,
        ],
    )


def test_a_file_that_nothing_imports(tmp_path: Path) -> None:
    """A file of a kind that no importer knows is named, and what they know."""
    (tmp_path / "tides.csv").write_text("day,height\n", encoding="utf-8")
    result = CliRunner().invoke(import_, [str(tmp_path / "tides.csv"), "--into", str(tmp_path / "book")])
    assert result.exit_code == 1
    assert "error M084: nothing here knows how to import this\n" in result.stderr
    hint = "importers know captured text (.txt), saved pages (.html) and Markdown posts (.md)"
    assert f"    hint: {hint}\n" in result.stderr
