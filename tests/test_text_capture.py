"""Text captures: each pitfall of a captured page, and what becomes of every line of it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from anthology.importers.model import Imported
from anthology.importers.text_capture import import_text_capture, recognises

CAPTURES = Path(__file__).parent / "captures"
EXPECTED = CAPTURES / "expected.json"
NAMES = sorted(path.stem for path in CAPTURES.glob("*.txt"))


def imported(name: str) -> Imported:
    """Import a capture of the folder."""
    return import_text_capture(f"{name}.txt", (CAPTURES / f"{name}.txt").read_bytes())


def account(article: Imported) -> dict[str, Any]:
    """Put down all that came of a capture, to be held against what should."""
    reasons: dict[str, list[int]] = {}
    for dropped in article.dropped:
        reasons.setdefault(dropped.reason, []).append(dropped.line)
    return {
        "section": article.section,
        "title": article.title,
        "standfirst": article.standfirst,
        "byline": article.byline,
        "credits": [[credit.role, credit.name, credit.credited_as] for credit in article.credits],
        "date": str(article.date or ""),
        "reading_minutes": article.reading_minutes,
        "language": article.language,
        "text": article.body.split("\n\n"),
        "pull_quotes": [[quote.line, quote.in_text] for quote in article.pull_quotes],
        "lines": asdict(article.lines),
        "dropped": dict(sorted(reasons.items())),
        "related": [
            [stub.line, stub.section, stub.standfirst, str(stub.date or "")] for stub in article.related
        ],
        "unrecognised": [list(line) for line in article.unrecognised],
        "problems": [
            [problem.code, problem.origin.line if problem.origin else None, problem.message]
            for problem in article.problems
        ],
    }


@pytest.fixture(scope="session")
def expected(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Give what should come of each capture; rewritten first where that was asked for."""
    if request.config.getoption("--update-expected"):
        now = {name: account(imported(name)) for name in NAMES}
        EXPECTED.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    expectations: dict[str, Any] = json.loads(EXPECTED.read_text(encoding="utf-8"))
    return expectations


@pytest.mark.parametrize("name", NAMES)
def test_capture_becomes_what_it_should(name: str, expected: dict[str, Any]) -> None:
    """Each capture gives the article, the stubs, the problems and the account of lines that were read and approved."""
    assert json.loads(json.dumps(account(imported(name)))) == expected[name]


@pytest.mark.parametrize("name", NAMES)
def test_every_line_has_one_fate(name: str) -> None:
    """The counts add up to the lines of the file, and to what is listed."""
    article = imported(name)
    counts = asdict(article.lines)
    total = counts.pop("total")
    assert sum(counts.values()) == total
    assert len({dropped.line for dropped in article.dropped}) == len(article.dropped) == counts["dropped"]
    assert article.paragraphs + len(article.pull_quotes) == counts["kept"]


def test_captures_cover_one_another() -> None:
    """The folder has no expectation without its capture."""
    assert sorted(json.loads(EXPECTED.read_text(encoding="utf-8"))) == NAMES


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("nothing-doubled", []),
        ("three-copies", [8, 9, 11, 13, 14]),
        ("refrain", [8, 10, 12, 14]),
        ("copies-that-differ", [8, 10, 12]),
    ],
)
def test_doubled_lines(name: str, lines: list[int]) -> None:
    """Copies next to each other go, however many and with whatever quotes; a refrain that stands apart stays."""
    assert [dropped.line for dropped in imported(name).dropped if dropped.reason == "doubled"] == lines


@pytest.mark.parametrize(
    "name",
    ["utf-16", "utf-8-mark-and-crlf", "old-mac-lines", "three-copies", "no-share-bar", "nothing-doubled"],
)
def test_dress_of_a_capture_does_not_matter(name: str) -> None:
    """Encoding, line ends, copies and share bars leave the article as it is in its plainest capture."""
    plain, other = imported("nothing-doubled"), imported(name)
    for part in ("title", "standfirst", "section", "date", "credits", "body", "reading_minutes", "language"):
        assert getattr(other, part) == getattr(plain, part), part
    assert [(stub.section, stub.standfirst, stub.date) for stub in other.related] == [
        (stub.section, stub.standfirst, stub.date) for stub in plain.related
    ]


def test_words_of_a_heading_inside_the_text_begin_no_list() -> None:
    """The words "Related Articles" in a sentence, or over a paragraph, stay; only what entries follow is a list."""
    article = imported("related-inside-a-sentence")
    assert len(article.related) == 2
    assert "Related articles are what he calls the parcels that follow a letter." in article.body
    assert [line for line, _ in article.unrecognised] == [10, 12, 15]


def test_notices_of_correction_stay() -> None:
    """Corrections are kept in the text, before the list and behind it, and nobody is asked about them."""
    article = imported("corrections")
    for notice in ("Updated on May 9", "Correction: an earlier", "Amended on 3 May 2025", "Editor’s note"):
        assert notice in article.body
    assert article.unrecognised == ()


def test_uploader_is_doubted_once() -> None:
    """A byline with "Published by" is doubted once, with what to do."""
    (problem,) = [
        problem for problem in imported("magazine-salt-and-patience").problems if problem.code == "M008"
    ]
    assert (
        problem.message == '"Published by Quayside Desk" may name who put the page up, and not who wrote it'
    )
    assert problem.hint == "look at the original, and correct authors"


def test_pull_quote_that_nobody_said_warns() -> None:
    """A pull quote that is not in the text says so, with its line and the instruction that was taken off."""
    article = imported("magazine-harbour-clock")
    (problem,) = [problem for problem in article.problems if problem.code == "M009"]
    assert (problem.severity, problem.origin and problem.origin.line) == ("warning", 13)
    assert problem.message == (
        'the article does not say its pull quote in so many words: "A clock that is always wrong is never quite'
        ' mistaken." (the instruction "9–11 words" beside it was left out)'
    )


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"", "M001", "the file is empty"),
        (b"\n \n\t\n", "M001", "the file is empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "M002", "not a captured page: this is a PDF file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "M002", "not a captured page: this is a picture (PNG)"),
        (bytes(range(256)) * 4, "M002", "not a captured page: this is no text that can be read"),
        (b"ADVERTISEMENT\nSkip to content\n", "M001", "no article: all that the page holds is litter"),
        (b"x" * 10_000_001, "M002", "the file is longer than 10 MB"),
    ],
)
def test_what_is_no_article_is_an_error(data: bytes, code: str, message: str) -> None:
    """An empty file, a picture or a page of litter gives one error and no article."""
    article = import_text_capture("captures/page.txt", data)
    assert [(problem.severity, problem.code, problem.message) for problem in article.problems] == [
        ("error", code, message)
    ]
    assert (article.title, article.body) == ("", "")


@pytest.mark.parametrize(
    ("path", "data", "is_one"),
    [
        ("captures/000_e022ded5062f08b4.txt", b"Mind\nA title.\n", True),
        ("captures/page", "Tür\nEin Titel.".encode("utf-16"), True),
        ("captures/page.TXT", b"", True),
        ("captures/page.txt", b"<!DOCTYPE html><p>Hello", False),
        ("captures/page.txt", b"---\ntitle: A post\n---\n\nText.\n", False),
        ("captures/page.txt", b"---\nnot front matter\n", True),
        ("captures/page.md", b"# A post\n", False),
        ("captures/page", b"\x89PNG\r\n\x1a\n", False),
    ],
)
def test_text_captures_are_recognised(path: str, data: bytes, is_one: bool) -> None:
    """Text under `.txt` or no suffix is a capture; HTML, posts with front matter and pictures are not."""
    assert recognises(path, data) is is_one


def test_reasons_are_those_of_the_contract() -> None:
    """Each reason for which a line can go stands for a capture of the folder."""
    told = Counter(dropped.reason for name in NAMES for dropped in imported(name).dropped)
    assert set(told) == {
        "doubled",
        "advertisement",
        "share-bar",
        "newsletter",
        "navigation",
        "boilerplate",
        "instruction",
    }


def test_stray_bytes_do_not_make_another_encoding_of_a_text() -> None:
    """A text in UTF-8 stays in UTF-8 though a few of its bytes are not; the line of the first is told."""
    article = import_text_capture(
        "a.txt", "“Café” – said Zoë, and the door fell ".encode() + b"\x93shut\x94.\n"
    )
    assert "“Café” – said Zoë, and the door fell “shut”" in (article.title, article.body)
    assert [problem.origin.line for problem in article.problems if problem.code == "M004"] == [1]
