"""Queries of the editor: marked comments, told with file and line, which stand in no edition."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import write_project
from reading_back import unzip

from anthology.cli import anthology as command
from anthology.model import Article, Origin
from anthology.read import read_article
from anthology.read.queries import FIRST_MARK, with_marks

PATH = "content/mind/one.md"


def read(text: str) -> tuple[Article, list[str]]:
    """Read an article; give its problems as lines."""
    reading = read_article(PATH, text.encode(), language="en", find=lambda _: None)
    assert reading.article is not None
    told = [
        f"{problem.origin.line if problem.origin else ''}: {problem.severity} {problem.code}: {problem.message}"
        for problem in reading.problems
        if problem.code != "T003"  # no title
    ]
    return reading.article, told


@pytest.mark.parametrize(
    ("asked", "unasked"),
    [
        ("In 1911 <!-- ? Really? --> it burnt.", "In 1911 it burnt."),
        ("In 1911 <!-- Query: Really? -->, it burnt.", "In 1911, it burnt."),
        ("It burnt <!--? Really? -->", "It burnt"),
        ("It <!-- query is this right --> burnt <!-- Query, Ada? -->.", "It burnt."),
        ("*It <!-- ? Really? -->* burnt.", "*It* burnt."),
        ("One line,\n<!-- ? Really? -->\nand one.", "One line,\nand one."),
        ("One <!-- ? Really?\n\nAsk Ada. --> line.", "One line."),
        ("- one\n<!-- ? Really? -->\n- two", "- one\n- two"),
        ("<!-- ? Really? -->\nBread &amp; butter.", "Bread &amp; butter."),
        ("| a | b |\n|---|---|\n| x <!-- ? a | b --> | y |", "| a | b |\n|---|---|\n| x | y |"),
        ("# Head <!-- ? Really? -->\n\nText.", "# Head\n\nText."),
        ("Head <!-- ? Really? -->\n---\n\nText.", "Head\n---\n\nText."),
        ("> quoted <!-- ? Really? --> words", "> quoted words"),
        ("A note.[^1]\n\n[^1]: Of <!-- ? Really? --> old.", "A note.[^1]\n\n[^1]: Of old."),
        ("<div>\nRaw <!-- ? <b>Really?</b> --> words.\n</div>", "<div>\nRaw words.\n</div>"),
        ("<table><tr><td>x <!-- ? Really? --></td></tr></table>", "<table><tr><td>x </td></tr></table>"),
        (
            '[link <!-- ? Really? -->](https://example.org "by <!-- ? Who? -->")',
            '[link](https://example.org "by")',
        ),
        ("1. one\n\n    more <!-- ? Really? --> of it", "1. one\n\n    more of it"),
        ("A `tick <!-- ? it`s odd --> and `code`.", "A `tick <!-- ? it`s odd --> and `code`."),
    ],
)
def test_a_text_reads_as_if_nobody_had_asked(asked: str, unasked: str) -> None:
    """Wherever a query stands, the body is that of the text without it."""
    assert read(asked)[0].body == read(unasked)[0].body


@pytest.mark.parametrize(
    "code",
    [
        "`<!-- ? Really? -->`",
        "```\n<!-- ? Really? -->\n```",
        "Text.\n\n    <!-- ? Really? -->",
        "~~~\n<!-- query: x -->\n~~~",
    ],
)
def test_in_code_it_is_code(code: str) -> None:
    """What looks like a query in code is printed as it is, and asks nothing."""
    article, told = read(code)
    assert (article.queries, told) == ((), [])
    assert "&lt;!--" in article.body


def test_a_query_knows_its_line() -> None:
    """Each query is a warning with its line, and lists of them are folded; other comments are nobody's business."""
    article, told = read(
        "---\ntitle: One\n---\nText. <!-- ? Is this\ndate right? -->\n\n<!-- no query -->\n\n<!-- ? -->\n"
    )
    assert [(query.text, query.origin.line) for query in article.queries] == [
        ("Is this date right?", 4),
        ("", 9),
    ]
    assert told == [
        "4: warning T023: a query is open: Is this date right?",
        "9: warning T023: a query is open: (it asks nothing)",
    ]


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: High <!-- ? Low? --> water\nstandfirst: >\n  It comes.\n  <!-- query: When? -->\n"
        "authors:\n  - Ada Marsh <!-- ? Who? -->\nnote: <!-- ? Mine? -->\n---\n",
        '+++\ntitle = "High <!-- ? Low? --> water"\nstandfirst = """It comes.\n<!-- query: When? -->"""\n'
        'authors = [\n  "Ada Marsh <!-- ? Who? -->"]\nnote = "<!-- ? Mine? -->"\n+++\n',
    ],
)
def test_a_query_in_front_matter_is_a_query(front: str) -> None:
    """It is told with its line like those of the text, stands behind them, and no field shows it."""
    article, told = read(f"{front}\nWords <!-- ? Which? -->.\n")
    assert (article.title, article.standfirst, article.credits[0].name) == (
        "High water",
        "It comes.",
        "Ada Marsh",
    )
    assert not article.extra["note"]
    assert [query.text for query in article.queries] == ["Which?", "Low?", "When?", "Who?", "Mine?"]
    lines = {one.partition(": a query is open: ")[2]: one.partition(":")[0] for one in told}
    assert lines["Low?"] == "2"
    assert lines["Who?"] == "7" if front.startswith("---") else "6"


def test_what_only_begins_like_a_query_is_a_comment() -> None:
    """`query-string` is no word of ours, neither in a text nor in a title."""
    article, told = read("---\ntitle: A <!-- query-string --> b\n---\n\nA <!-- queryless --> b.\n")
    assert (article.title, article.queries, told) == ("A <!-- query-string --> b", (), [])


def test_a_query_that_never_ends_stops_the_book() -> None:
    """Without its end a query would be printed, or swallow the text: no article is read, and the line is told."""
    for text in (
        "Text.\n\nMore <!-- ? Is this right?\n\nAnd more.",
        "---\nauthor: A\ntitle: High <!-- ? Low?\n---\n\nWords.",
    ):
        reading = read_article(PATH, text.encode(), language="en", find=lambda _: None)
        assert reading.article is None
        (problem,) = reading.problems
        assert (problem.code, problem.severity, problem.origin) == ("T024", "error", Origin(PATH, 3))
        assert problem.message == "a query begins here and never ends"


def test_what_only_looks_unfinished_hides_no_query() -> None:
    """Behind an arrow that no comment comes of, a query is a query all the same."""
    article, told = read("a <!-- b\n\nText <!-- ? Really? --> here.")
    assert [query.text for query in article.queries] == ["Really?"]
    assert told == ["3: warning T023: a query is open: Really?"]


def test_queries_can_be_shown_where_they_stand() -> None:
    """A mark stands in the body at the place of each query, for whoever shows them; code stays as it is."""
    data = b"---\ntitle: One\n---\nIn 1911 <!-- ? Really? --> it `<!-- ? -->` burnt. <!-- query: Who? -->\n"
    body, _ = read(with_marks(data).decode())
    one, two = chr(FIRST_MARK), chr(FIRST_MARK + 1)
    assert f"In 1911 {one} it <code>&lt;!-- ? --&gt;</code> burnt. {two}" in body.body


WORDS = st.lists(
    st.sampled_from(["low", "water", "*ice*", "1911,", "(and", "so)", "“on”", "end."]),
    min_size=2,
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
def test_a_query_between_any_two_words_changes_nothing(
    paragraphs: list[list[str]], data: st.DataObject
) -> None:
    """Between any words of any paragraph, a query leaves the body as it was."""
    number = data.draw(st.integers(0, len(paragraphs) - 1))
    at = data.draw(st.integers(1, len(paragraphs[number])))
    asked = [list(words) for words in paragraphs]
    asked[number].insert(
        at, data.draw(st.sampled_from(["<!-- ? a -->", "<!-- query: `b\n\nc -->", "\n<!--? d -->\n"]))
    )
    texts = ["\n\n".join(" ".join(words) for words in some) for some in (paragraphs, asked)]
    # Where a line ends makes no difference to anybody.
    one, other = (" ".join(read(text)[0].body.split()) for text in texts)
    assert one == other


def test_no_edition_has_a_query_and_a_build_tells_of_it(tmp_path: Path) -> None:
    """Neither the e-book nor the PDF holds a word of a query; code in them does; `--strict` fails for open queries."""
    text = (
        "---\ntitle: One\n---\n<!-- ? asked1 -->\nWords <!-- ? asked2 --> here.\n\n"
        "<div>raw <!-- query: asked3\n\nasked4 --></div>\n\n| a |\n|---|\n| b <!-- ? asked5 --> |\n\n`<!-- ? shown -->`\n"
    )
    editions = '[book]\ntitle = "A"\n[editions.ebook]\nformat = "epub"\n[editions.print]\nformat = "pdf"\n'
    project = write_project(tmp_path / "book", {PATH: text, "anthology.toml": editions})
    result = CliRunner().invoke(command, ["build", str(project), "--no-cache"])
    assert result.exit_code == 0
    assert (
        "warning T023: 4 queries are open: `anthology plan` lists them\n    content/mind/one.md:4, 5, 7, 13\n"
        in result.stderr
    )
    strict = ["build", str(project), "--no-cache", "-e", "ebook", "--strict"]
    assert CliRunner().invoke(command, strict).exit_code == 1
    (epub,) = (project / "dist").glob("*.epub")
    (pdf,) = (project / "dist").glob("*.pdf")
    pages = "".join(page.get_text() for page in pymupdf.open(pdf)).encode()
    for made in (b"".join(unzip(epub.read_bytes()).values()), pages):
        assert b"asked" not in made
        assert b"shown" in made
