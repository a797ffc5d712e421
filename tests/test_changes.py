"""What an editor changed in an article since it was imported: found, told, and made into proofs."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pymupdf
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from making import write_project

from anthology.cli import anthology as command
from anthology.cli import main
from anthology.editions import proof_sheet
from anthology.editions.setting import Failure
from anthology.importing.known import BASES, last_import
from anthology.problems import ContentError, RefusedFile
from anthology.project import Project
from anthology.proofs import Compared, compare, passages_of
from anthology.proofs.compare import BREAK, compare_words
from anthology.proofs.passages import Word

POST = """---
title: The harbour in February
description: Ice in the pilings.
author: Ada Lindqvist
date: 2026-02-14
---
The harbour was quiet in the morning, and nobody came down to it.

The pilots kept to their hut.

They had a stove there, and cards.

Somebody had left a newspaper.

The tide went out at four.

This paragraph will go to the very end, where an ending belongs.

- rope
- tar

The last ferry left at noon. Nobody was on it but the dog. Then the lamps were lit one by one.
"""
ID = "the-harbour-in-february"
PATH = f"content/articles/{ID}.md"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import a post and edit it as editors do; a second article was written in the project itself."""
    folder = tmp_path_factory.mktemp("changes")
    (folder / "post.md").write_text(POST)
    book = write_project(
        folder / "book",
        {
            "anthology.toml": '[book]\ntitle = "Tideline"\nlanguage = "en-GB"\n'
            '[contributors.ada]\nname = "Ada Lindqvist"\nbio = "Lives by the harbour."\n',
            "content/articles/own.md": "---\ntitle: Own\n---\nText.",
        },
    )
    assert (
        CliRunner().invoke(command, ["import", str(folder / "post.md"), "--into", str(book)]).exit_code == 0
    )
    text = (book / PATH).read_text()
    moved = "This paragraph will go to the very end, where an ending belongs.\n\n"
    for old, new in (
        ("title: The harbour in February", "title: The harbour in winter\nrights: {holder: Ada Lindqvist}"),
        ("quiet in the morning, and nobody", "*still* in the morning; nobody"),
        ("down to it.", "down to it. <!-- ? Which year? -->"),
        (moved, ""),
        ("- tar\n", "- tar\n- paint\n"),
        ("but the dog. Then", "but the dog.\n\nThen"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    (book / PATH).write_text(f"{text}\n{moved.replace('will go', 'went')}")
    return book


def test_the_terminal_shows_it_word_by_word(project: Path) -> None:
    """What was taken out and put in, moved and divided, stands in its place; what stayed is folded; nothing is written."""
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    result = CliRunner().invoke(command, ["changes", ID, str(project), "--no-cache"])
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        f"{PATH}: The harbour in winter\n"
        "\n(title)\nThe harbour in [-February-] {+winter+}\n"
        "\n(standfirst)\nIce in the pilings.\n"
        "\n(byline)\nBy Ada Lindqvist\n"
        "\n(date)\n14 February 2026\n"
        "\nThe harbour was [-quiet-] {+still+} in the morning[-, and-]{+;+} nobody came down to it. ?1\n"
        "    ?1 line 20: Which year?\n"
        "\nThe pilots kept to their hut.\n"
        "\n    … 2 passages unchanged …\n"
        "\nThe tide went out at four.\n"
        "\n(moved from here)\n[-This paragraph will go to the very end, where an ending belongs.-]\n"
        "\n(list)\nrope\n"
        "\n(list)\ntar\n"
        "\n(list, put in)\n{+paint+}\n"
        "\nThe last ferry left at noon. Nobody was on it but the dog.{+¶+} Then the lamps were lit one by one.\n"
        "\n(moved to here)\nThis paragraph [-will go-] {+went+} to the very end, where an ending belongs.\n"
        "\n"
        "passages: 3 edited, 1 new, 1 moved; 4 words put in, 5 taken out; 1 query open; not approved\n"
    )
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def words_in(root: Any, tag: str) -> list[str]:
    """Give the texts of the elements of a name below the passages."""
    passages = root.find(".//{*}div[@class='passages']")
    return [" ".join("".join(found.itertext()).split()) for found in passages.iter(f"{{*}}{tag}")]


def test_the_page_is_whole_in_itself(project: Path, tmp_path: Path) -> None:
    """The HTML names no other file and runs no script; `ins` and `del` are in it, the bio, the credit and the query."""
    file = tmp_path / "proof.html"
    result = CliRunner().invoke(command, ["changes", ID, str(project), "--no-cache", "-o", str(file)])
    assert result.exit_code == 0
    assert f"{file}: " in result.stderr
    assert f"{PATH}:20: warning T023: a query is open: Which year?\n" in result.stderr
    page = file.read_text()
    assert (
        re.findall(r"<(?:script|link|img|iframe)|https?://(?!www\.w3\.org/1999/xhtml)|url\(|@import", page)
        == []
    )
    root = etree.fromstring(page.encode())
    assert root.get("lang") == "en-GB"
    assert words_in(root, "del") == ["February", "quiet", ", and", moved_line("will go"), "will go"]
    assert words_in(root, "ins") == ["winter", "still", ";", "paint", "¶", "went"]
    assert [heading.text for heading in root.iter("{*}h2")] == ["The text", "What prints with it", "Queries"]
    text = " ".join("".join(root.itertext()).split())
    for told in (
        "Lives by the harbour.",
        "© Ada Lindqvist",
        "Query 1 Which year? line 20",
        "2 passages unchanged",
    ):
        assert told in text


def moved_line(verb: str) -> str:
    """Write the paragraph that was moved."""
    return f"This paragraph {verb} to the very end, where an ending belongs."


def test_the_pdf_is_set_as_the_book_is(project: Path, tmp_path: Path) -> None:
    """The PDF is tagged, on A4, in the faces of the book, and its words are those of the proof."""
    file = tmp_path / "proof.pdf"
    result = CliRunner().invoke(command, ["changes", PATH, str(project), "--no-cache", "-o", str(file)])
    assert result.exit_code == 0
    document = pymupdf.open(file)
    text = " ".join("".join(page.get_text() for page in document).split())
    for told in (
        "The harbour in February winter",
        "The harbour was quiet still in the morning, and; nobody came down to it.",
        "Query 1 Which year? line 20",
        "2 passages unchanged",
        "Lives by the harbour.",
        "© Ada Lindqvist",
    ):
        assert told in text
    assert "They had a stove there" not in text
    assert [round(side) for side in document[0].rect[2:]] == [595, 842]
    assert document.metadata["title"] == "Proof: The harbour in winter"
    assert document.xref_get_key(document.pdf_catalog(), "MarkInfo")[0] != "null"
    faces = {font[3].partition("+")[2] for page in document for font in page.get_fonts()}
    assert any(face.startswith(("Anthology-Serif", "Source-Serif", "SourceSerif")) for face in faces), faces


def test_a_proof_that_cannot_be_set_is_told(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the setting of a proof comes to no end, one problem names the article and why; no file is made."""
    failed = SimpleNamespace(failures=(Failure("changes", "it took more than 60 s and was given up"),))
    monkeypatch.setattr(proof_sheet, "set_copy", lambda *_: failed)
    file = tmp_path / "proof.pdf"
    result = CliRunner().invoke(command, ["changes", PATH, str(project), "--no-cache", "-o", str(file)])
    assert isinstance(result.exception, ContentError)
    (problem,) = result.exception.problems
    assert (problem.code, problem.origin and problem.origin.path) == ("D005", PATH)
    assert problem.message == "its proof cannot be set: it took more than 60 s and was given up"
    assert not file.exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (
            ("own",),
            1,
            "content/articles/own.md: error D003: it was written here, and not imported: there is no capture to compare"
            " it with\n    hint: articles that `anthology import` made can be compared with what it made of them\n",
        ),
        (
            (ID, "-o", "proof.docx"),
            2,
            "error D006: proof.docx: a proof is made as HTML or as PDF\n    hint: call it proof.html or proof.pdf\n",
        ),
        (("ownn",), 2, 'error B003: no article "ownn"\n    hint: did you mean "own"?\n'),
    ],
)
def test_what_cannot_be_compared_is_told(
    project: Path,
    words: tuple[str, ...],
    code: int,
    told: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An article without a capture, a file of another kind, an id that is not there: each says what to do."""
    monkeypatch.setattr(
        "sys.argv", ["anthology", "changes", words[0], str(project), "--no-cache", *words[1:]]
    )
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
    assert capsys.readouterr().err == f"{told}1 error\n"


def test_an_import_that_is_lost_can_be_had_again(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the last import is not kept, the capture that it was made from is named, and the command that keeps it."""
    base = project / f".anthology/imports/{ID}.md"
    kept = base.read_bytes()
    base.unlink()
    monkeypatch.setattr("sys.argv", ["anthology", "changes", ID, str(project), "--no-cache"])
    try:
        with pytest.raises(SystemExit):
            main()
    finally:
        base.write_bytes(kept)
    assert (
        "error D003: its last import is not kept: there is nothing to compare it with but its capture, post.md\n"
        in capsys.readouterr().err
    )


def test_the_last_import_is_read_as_all_of_a_project_is(tmp_path: Path) -> None:
    """It is found by its id, or else by its capture; a pipe is not waited for, and no link leads out of the project."""
    text = "---\ntitle: A\nsource:\n  capture: post.md\n---\nText.\n"
    book = write_project(tmp_path / "book", {f"{BASES}/one.md": text})
    project = Project(book)
    assert last_import(project, "one", "") == last_import(project, "renamed", "post.md") == text.encode()
    assert last_import(project, "other", "") is last_import(project, "other", "other.md") is None
    (tmp_path / "secret.md").write_text(text)
    (book / BASES / "out.md").symlink_to(tmp_path / "secret.md")
    os.mkfifo(book / BASES / "pipe.md")
    for name, why in (("out", "it lies outside the project"), ("pipe", "it is a pipe, not a file")):
        for article_id, capture in ((name, ""), ("renamed", "other.md")):
            with pytest.raises(RefusedFile) as refused:
                last_import(project, article_id, capture)
            assert refused.value.why == why
        (book / BASES / f"{name}.md").unlink()


quick = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORD = st.sampled_from(["the", "tide", "went", "out", ",", "at", "four", "ice"])
TEXT = st.lists(WORD, max_size=30)


@quick
@given(TEXT, TEXT)
def test_applied_to_the_old_words_it_gives_the_new(old: list[str], new: list[str]) -> None:
    """Without what was taken out there are the new words in order, without what was put in the old ones."""
    pieces = compare_words([Word(word) for word in old], [Word(word) for word in new])
    assert [word.text for piece in pieces if piece.change != "out" for word in piece.words] == new
    assert [word.text for piece in pieces if piece.change != "in" for word in piece.words] == old
    assert all(one.change != other.change for one, other in pairwise(pieces))


@pytest.mark.parametrize("own", [3, 10_000])
def test_a_very_long_passage_is_compared_in_seconds(own: int) -> None:
    """10,000 words with many changes take no minute, whether words of their own stand among them; none is lost."""
    old = [("the", "of", f"word{n % own}", "and")[n % 4] for n in range(10_000)]
    new = [f"new{n % 7}" if n % 5 == 0 else word for n, word in enumerate(old)]
    started = time.process_time()
    pieces = compare_words([Word(word) for word in old], [Word(word) for word in new])
    assert time.process_time() - started < 10
    assert [word.text for piece in pieces if piece.change != "out" for word in piece.words] == new
    assert [word.text for piece in pieces if piece.change != "in" for word in piece.words] == old
    if own > 3:
        assert any(piece.change == "same" for piece in pieces)


BODY = st.lists(st.lists(WORD, min_size=1, max_size=14), max_size=9).map(
    lambda paragraphs: "".join(f"<p>{' '.join(words)}</p>" for words in paragraphs)
)


@quick
@given(BODY, BODY)
def test_no_word_of_either_text_is_lost(old: str, new: str) -> None:
    """Divided, joined and moved as they may be, the passages hold every word of both texts, the new ones in order."""
    found = compare(passages_of(old), passages_of(new))
    assert words_of(found, "out", "moved-away") == re.findall(r"\w+|,", re.sub("<[^>]*>", " ", new))
    assert Counter(words_of(found, "in", "moved-here")) == Counter(
        re.findall(r"\w+|,", re.sub("<[^>]*>", " ", old))
    )


def words_of(found: tuple[Compared, ...], without: str, elsewhere: str) -> list[str]:
    """Give the words of one of two texts, from what was found of both."""
    return [
        word.text
        for one in found
        if one.fate != elsewhere
        for piece in one.pieces
        if piece.change != without
        for word in piece.words
        if word != BREAK
    ]


def test_many_paragraphs_are_found_again() -> None:
    """Of 150 paragraphs, each with a word changed, every one is found to be edited."""
    old = "".join(
        f"<p>Paragraph {n} of many, with words{n} of its own and others{n}.</p>" for n in range(150)
    )
    found = compare(passages_of(old), passages_of(old.replace("many", "several")))
    assert Counter(one.fate for one in found) == {"edited": 150}


@pytest.mark.parametrize(
    ("old", "new", "fates"),
    [
        (0, 40, {"new": 40}),
        (40, 0, {"gone": 40}),
        (1, 100, {"edited": 1, "new": 99}),
        (100, 1, {"edited": 1, "gone": 99}),
        (3, 400, {"edited": 3, "new": 397}),
    ],
)
def test_many_passages_in_a_row_are_put_in_or_taken_out(old: int, new: int, fates: dict[str, int]) -> None:
    """However many passages follow one that stays, or stand where there were a few, each is told, and none is lost."""
    before = [f"<p>Of {n} and others{n}, before.</p>" for n in range(old)]
    after = [f"<p>Of {n} and others{n}, after.</p>" for n in range(new)]
    found = compare(
        passages_of(f"<p>First.</p>{''.join(before)}"), passages_of(f"<p>First.</p>{''.join(after)}")
    )
    assert Counter(one.fate for one in found) == {"same": 1, **fates}


def test_what_is_told_of_other_passages() -> None:
    """Code is compared by its lines, a table by its rows, a note by its words and not by its number."""
    old = (
        "<pre><code>a = 1\n  b = 2\n</code></pre><table><tbody><tr><td>x</td><td>y</td></tr></tbody></table>"
        '<p>Text<a class="note-ref" href="#n">1</a> and <img src="anthology-image:k" alt="A buoy"/>.</p><p>Once a line.</p>'
    )
    new = (
        "<pre><code>a = 1\n  b = 3\n</code></pre><table><tbody><tr><td>x</td><td>z</td></tr></tbody></table>"
        '<p>Text<a class="note-ref" href="#n">2</a> and <img src="anthology-image:k" alt="A boat"/>.</p><h2>Once a line.</h2>'
    )
    assert [
        (one.fate, one.kind, one.was, changed(one)) for one in compare(passages_of(old), passages_of(new))
    ] == [
        ("edited", "code", "", [("out", "b = 2"), ("in", "b = 3")]),
        ("edited", "row", "", [("out", "y"), ("in", "z")]),
        ("edited", "paragraph", "", [("out", "A buoy"), ("in", "A boat")]),
        ("edited", "heading", "paragraph", []),
    ]


def test_queries_are_found_at_their_words() -> None:
    """In a sentence, on a line of its own, before all words or in a description: each is noted, and is no change."""
    marks = "\U0010f000\U0010f001\U0010f002\U0010f003"
    old = '<p>One two.</p><p><img src="k" alt="A buoy"/></p>'
    new = f'<p>{marks[0]}</p><p>One{marks[1]} two.</p><p>{marks[2]}</p><p><img src="k" alt="A buoy {marks[3]}"/></p>'
    found = compare(passages_of(old), passages_of(new, marks))
    assert [(one.fate, one.queries) for one in found] == [("same", (0, 1, 2)), ("same", (3,))]
    # Nobody's mark: a letter that somebody wrote.
    assert passages_of(f"<p>a {marks[0]}</p>")[0].text == f"a {marks[0]}"


def changed(one: Compared) -> list[tuple[str, str]]:
    """Give what was changed in a passage."""
    return [
        (piece.change, " ".join(word.text for word in piece.words).strip())
        for piece in one.pieces
        if piece.change != "same"
    ]
