"""The promises that several targets check: of problems, of articles, of the words in them, of imports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict

from soundness import assert_sound, body_of

from anthology.codes import CODES
from anthology.importers.article_file import write_article
from anthology.importers.model import Imported
from anthology.problems import Problem
from anthology.read import Reading, read_article
from anthology.read.source import ILLEGAL, decode

PATH = "content/mind/one.md"
WORD = re.compile(r"word\d+")


def check_problems(problems: Iterable[Problem], lines: int, path: str = PATH) -> None:
    """Each problem has a known code, says something on one line, and names the file and a line that is in it."""
    for problem in problems:
        assert problem.code in CODES, problem
        assert problem.severity in CODES[problem.code], problem
        for said in (problem.message, problem.hint):
            assert said == said.strip(), problem
            assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", said), problem
        assert problem.message, problem
        assert problem.origin is not None, problem
        assert problem.origin.path == path, problem
        assert problem.origin.line is None or 1 <= problem.origin.line <= lines, (problem, lines)


def lines_in(data: bytes) -> int:
    """Count the lines of a content file."""
    return decode("", data).text.count("\n") + 1


def read(data: bytes) -> Reading:
    """Read an article, and hold it against what is promised of every file of `content/`."""
    reading = read_article(PATH, data, language="en", find=lambda _: None)
    assert reading == read_article(PATH, data, language="en", find=lambda _: None)
    check_problems(reading.problems, lines_in(data))
    if reading.article is None:
        source = decode(PATH, data)
        is_draft = re.search(r"draft", source.text) is not None
        assert is_draft or any(problem.severity == "error" for problem in reading.problems)
        return reading
    assert_sound(reading)
    article = reading.article
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", article.id), article.id
    assert article.title.strip()
    assert not ILLEGAL.search(repr(article))
    return reading


def words_of(reading: Reading) -> Counter[str] | None:
    """Count the words that an article has, by its title and its text; None where an error says that it has none."""
    if reading.article is None:
        return None
    return Counter(WORD.findall(f"{reading.article.title} {' '.join(body_of(reading).itertext())}"))


def check_import(imported: Imported, lines: int | None = None) -> None:
    """An import accounts for every line, and what it makes can be read as an article without a fault of its writing.

    What it names is on one of the `lines` of its source, where these can be counted from outside.
    """
    counts = asdict(imported.lines)
    assert counts.pop("total") == sum(counts.values()), imported.lines
    assert min(counts.values()) >= 0, imported.lines
    assert len(imported.dropped) == imported.lines.dropped
    for problem in imported.problems:
        assert problem.code in CODES, problem
        assert problem.message, problem
        assert problem.origin is not None, problem
    named = [problem.origin.line for problem in imported.problems if problem.origin and problem.origin.line]
    named += [each.line for each in (*imported.dropped, *imported.related, *imported.pull_quotes)]
    assert all(1 <= line <= (lines or line) for line in named), (named, lines)
    if any(problem.severity == "error" for problem in imported.problems):
        return
    assert imported.title.strip()
    written = write_article(
        imported, article_id="one", capture="captures/one", sha256="0" * 64, section_written=True
    )
    reading = read(written.encode("utf-8", "surrogatepass"))
    faults = [
        problem for problem in reading.problems if problem.code[0] == "F" and problem.severity == "error"
    ]
    assert not faults, (faults, written)
    assert reading.article or imported.draft, reading.problems
