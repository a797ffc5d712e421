"""The running order: what stands where, how long it is, what leads to what, and what is out of balance."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from making import make_anthology, make_article, make_config, write_project

from anthology.cli import anthology as command
from anthology.cli.report import problem_lines
from anthology.link import link
from anthology.model import Anthology, Approval, Article, Credit, Origin, Query, Section
from anthology.plan import RunningOrder, doubles, running_order
from anthology.plan.record import plan_schema, record_of
from anthology.problems import Problem
from anthology.record import BookRecord, BuildRecord, EditionRecord, Versions
from anthology.relate import relate

ADA, PIET, DESK = Credit("Ada Lindqvist"), Credit("Piet Nolan"), Credit("The Copy Desk")


def plan_of(anthology: Anthology, text: str = "", **values: Any) -> RunningOrder:
    """Draw up the running order of articles made by hand."""
    config = make_config(text)
    related, _ = relate(anthology, config)
    linked, _ = link(anthology, related, config.book.language)
    return running_order(linked, config, **values)


def told(order: RunningOrder, code: str) -> list[tuple[str, str]]:
    """Give the paths and messages of the problems with a code."""
    return [
        (problem.origin.path if problem.origin else "", problem.message)
        for problem in order.problems
        if problem.code == code
    ]


def circle(*articles: Article) -> tuple[Article, ...]:
    """Let each article name the next one, so that nothing is amiss with the related reading."""
    ids = [article.id for article in articles]
    following = [*ids[1:], *ids[:1]]
    return tuple(
        make_article(
            article.id,
            title=article.title,
            credits=article.credits,
            words=article.words,
            body=article.body,
            folder=article.folder,
            related=[name],
        )
        for article, name in zip(articles, following, strict=True)
    )


def words(count: int, start: int = 0) -> str:
    """Write a text of different words."""
    return " ".join(f"word{number}" for number in range(start, start + count))


def test_what_leads_to_what() -> None:
    """Each piece knows its related reading and everything that leads to it, from related reading and from text."""
    one = make_article("one", related=["two", "elsewhere"], body='<p>See <a href="three">this</a>.</p>')
    two = make_article("two", related=["one"])
    foreword = make_article("foreword", folder="front", related=["two"])
    anthology = Anthology((Section("Mind", "mind", (one, two, make_article("three"))),), front=(foreword,))
    first, second, third = plan_of(anthology).articles
    assert [(entry.article, entry.why) for entry in first.related] == [("two", "given"), ("", "outside")]
    assert (first.referred_by, first.linked_from) == (("two",), ())
    assert (second.referred_by, second.linked_from) == (("foreword", "one"), ())
    assert (third.referred_by, third.linked_from) == ((), ("one",))


@pytest.mark.parametrize(
    ("count", "body", "minutes"),
    [
        (0, "", 0),
        (20, "<p>Few.</p>", 1),
        (1000, "<p>Many.</p>", 5),
        (1000, f"<p>{'海' * 1000}</p>", 2),
        (1200, f"<p>{'海' * 1000} and words</p>", 3),
    ],
)
def test_reading_time(count: int, body: str, minutes: int) -> None:
    """Words are read at 200 a minute, Chinese and Japanese characters at 500, and no article takes no time."""
    (planned,) = plan_of(make_anthology(make_article("one", words=count, body=body))).articles
    assert planned.minutes == minutes


def test_sums_of_a_section() -> None:
    """A section has the words and minutes of its articles, not of its introduction."""
    articles = tuple(make_article(name, words=240) for name in ("one", "two", "three"))
    introduction = make_article("mind-introduction", words=999)
    (section,) = plan_of(Anthology((Section("Mind", "mind", articles, introduction),))).sections
    assert (section.words, section.minutes) == (720, 4)
    assert section.introduction is not None


def test_the_same_author_twice_running() -> None:
    """Two articles running by one person are told, by whatever form of the name; organisations are not."""
    credits = [ADA, Credit("A. Lindqvist"), PIET, DESK, DESK]
    articles = circle(
        *(make_article(f"a{number}", credits=(credit,)) for number, credit in enumerate(credits))
    )
    order = plan_of(
        make_anthology(*articles), '[contributors.a]\nname = "Ada Lindqvist"\nalso = ["A. Lindqvist"]\n'
    )
    assert told(order, "G001") == [("content/mind/a1.md", '"A1" follows "A0", and both are by Ada Lindqvist')]


def test_a_section_by_one_author() -> None:
    """Where one person wrote the whole section, nothing follows from it."""
    articles = circle(*(make_article(name, credits=(ADA,)) for name in ("one", "two", "three")))
    assert told(plan_of(make_anthology(*articles)), "G001") == []


def test_sections_of_a_minute_are_not_lopsided() -> None:
    """Where the minutes that would be told are the same, there is nothing to tell."""
    sections = tuple(
        Section(title, title.lower(), (make_article(f"in-{title.lower()}", words=count),))
        for title, count in {"Tiny": 5, "Small": 60, "Brief": 90}.items()
    )
    assert told(plan_of(Anthology(sections)), "G002") == []


def test_lopsided_sections() -> None:
    """A section three times as long or short as the one in the middle is told at its place in `anthology.toml`."""
    lengths = {"Short": 200, "Middling": 1000, "Middle": 1000, "Usual": 2900, "Long": 9000}
    sections = tuple(
        Section(title, title.lower(), (make_article(f"in-{title.lower()}", words=count),))
        for title, count in lengths.items()
    )
    listed = "".join(f'[[sections]]\ntitle = "{title}"\n' for title in lengths)
    order = plan_of(Anthology(sections), listed)
    assert told(order, "G002") == [
        (
            "anthology.toml",
            "Short is much shorter than the other sections: 1 minute of reading, "
            "where the one in the middle has 5 minutes",
        ),
        (
            "anthology.toml",
            "Long is much longer than the other sections: 45 minutes of reading, "
            "where the one in the middle has 5 minutes",
        ),
    ]
    assert [
        problem.origin.line for problem in order.problems if problem.code == "G002" and problem.origin
    ] == [3, 11]


def test_of_two_sections_none_is_lopsided() -> None:
    """Of two sections, neither is the odd one out."""
    sections = tuple(
        Section(name, name, (make_article(name, words=count),)) for name, count in (("a", 100), ("b", 9000))
    )
    assert told(plan_of(Anthology(sections)), "G002") == []


def test_articles_without_threads() -> None:
    """An article that nothing leads to, and one that leads nowhere, are told; a link in a text is a thread too."""
    one = make_article("one", related=["two"], body='<p>See <a href="three">this</a>.</p>')
    order = plan_of(make_anthology(one, make_article("two", related=["three"]), make_article("three")))
    assert told(order, "G003") == [("content/mind/one.md", "nothing in the book points to this article")]
    assert told(order, "G004") == [("content/mind/three.md", "the article has no related reading")]


def test_a_book_without_related_reading() -> None:
    """With `limit = 0` the editor has decided against related reading, and nothing is told of it."""
    order = plan_of(make_anthology(make_article("one"), make_article("two")), "[related]\nlimit = 0\n")
    assert told(order, "G003") + told(order, "G004") == []


def test_what_is_to_be_done_stands_before_the_places_that_it_is_for() -> None:
    """A fold with a colon tells each hint once, and where it holds; else an editor would not know which word is meant."""
    fold = "{count} words are not as `spelling` in [style] has them:"
    written = [("b.md", 7, "colour"), ("a.md", 3, "centre"), ("a.md", 5, "colour"), ("a.md", 9, "colour")]
    told = [
        Problem("H013", "warning", "it is not", Origin(path, line), f'write "{word}"', fold)
        for path, line, word in written
    ]
    assert list(problem_lines(told)) == [
        "warning H013: 4 words are not as `spelling` in [style] has them:",
        '    write "centre": a.md:3',
        '    write "colour": a.md:5, 9; b.md:7',
        "4 warnings",
    ]


def test_problems_of_one_kind_are_folded() -> None:
    """A book in which nothing is related says so in one line for each kind."""
    order = plan_of(make_anthology(*(make_article(f"a{number}") for number in range(5))))
    lines = list(problem_lines(order.problems))
    assert "warning G003: nothing in the book points to 5 articles" in lines
    assert "warning G004: 5 articles have no related reading; `anthology relate` makes proposals" in lines


def test_doubled_articles() -> None:
    """A second capture of a piece is told, also a third, a shortened one and one with other signs; once each."""
    text = words(300)
    bodies = {
        "one": f"<p>{text}</p>",
        "two": f"<p>{words(300, 1000)}</p>",
        "again": f"<p>{text.upper().replace(' ', ', ')}</p>",
        "third": f"<p>{text}</p><p>{words(20, 5000)}</p>",
        "teaser": f"<p>{words(60)}</p><p>{words(10, 6000)}</p>",
    }
    articles = circle(*(make_article(name, body=body) for name, body in bodies.items()))
    assert told(plan_of(make_anthology(*articles)), "G005") == [
        (
            "content/mind/again.md",
            '"Again" and "One" (content/mind/one.md) are doubles: all of the shorter text stands in the other',
        ),
        (
            "content/mind/teaser.md",
            '"Teaser" and "One" (content/mind/one.md) are doubles: 84 % of the shorter text stands in the other',
        ),
        (
            "content/mind/third.md",
            '"Third" and "One" (content/mind/one.md) are doubles: all of the shorter text stands in the other',
        ),
    ]


def test_what_is_no_double() -> None:
    """Half a text in common, a notice that every page carries, and short texts make no doubles."""
    notice = words(60, 9000)
    texts = {f"a{number}": f"{words(300, 1000 * number)} {notice}" for number in range(30)}
    texts |= {
        "half": f"{words(150)} {words(150, 50000)}",
        "short": "A few words.",
        "as short": "A few words.",
    }
    assert doubles(texts) == ()


def test_doubles_in_chinese() -> None:
    """Where no spaces are written, characters count as words."""
    text = "".join(chr(0x4E00 + 7 * number) for number in range(80))
    found = doubles({"one": text, "two": text[:60] + "。" + text[60:], "other": text[::-1]})
    assert [(double.first, double.second, double.shared) for double in found] == [("one", "two", 1.0)]


def test_names_are_asked_about() -> None:
    """Names that may be one person's are told where the shorter one stands, unless each has an entry."""
    articles = circle(
        make_article("one", credits=(ADA,)), make_article("two", credits=(Credit("A. Lindqvist"),))
    )
    order = plan_of(make_anthology(*articles))
    assert told(order, "N001") == [
        ("content/mind/two.md", '"A. Lindqvist" may be "Ada Lindqvist": initials stand for names')
    ]
    assert [merge.names for merge in order.merges] == [("Ada Lindqvist", "A. Lindqvist")]
    apart = '[contributors.a]\nname = "Ada Lindqvist"\n[contributors.b]\nname = "A. Lindqvist"\n'
    assert plan_of(make_anthology(*articles), apart).merges == ()
    same = '[contributors.a]\nname = "Ada Lindqvist"\nalso = ["A. Lindqvist"]\n'
    assert plan_of(make_anthology(*articles), same).merges == ()


def test_accepted_problems_are_not_told() -> None:
    """What the editor accepts under `[check] ignore` is told neither of the book nor of the article."""
    ignore = (
        '[check]\nignore = [{code = "G003", path = "content/mind/one.md", reason = "It opens the book."}]\n'
    )
    order = plan_of(make_anthology(make_article("one", related=["two"]), make_article("two")), ignore)
    assert told(order, "G003") == []
    assert order.articles[0].problems == ()


def test_each_piece_has_the_problems_of_its_file() -> None:
    """Problems stand with the piece they were found in."""
    order = plan_of(make_anthology(make_article("one", related=["two"]), make_article("two")))
    assert [[problem.code for problem in piece.problems] for piece in order.articles] == [["G003"], ["G004"]]


def test_the_record_fits_its_schema() -> None:
    """The JSON has every piece with its facts, under the names that the schema explains."""
    one = make_article(
        "one",
        credits=(ADA, Credit("Piet Nolan", "photographer")),
        date=dt.date(2026, 3, 30),
        words=400,
        related=["two", "elsewhere"],
        status="edited",
        approved=Approval("Ada Lindqvist", dt.date(2026, 4, 1)),
        queries=(Query(Origin("content/mind/one.md", 7), "Which year?"),),
    )
    order = plan_of(
        make_anthology(one, make_article("two", related=["one"], language="fr")),
        start_pages={"print": {"one": "9"}},
    )
    record = json.loads(record_of(order, make_config()).to_json())
    first, second = record["sections"][0]["articles"]
    assert first == {
        "id": "one",
        "title": "One",
        "path": "content/mind/one.md",
        "authors": ["Ada Lindqvist"],
        "words": 400,
        "minutes": 2,
        "date": "2026-03-30",
        "language": "en",
        "related": [
            {"article": "two", "title": "Two", "why": "given"},
            {"article": None, "title": "elsewhere", "why": "outside"},
        ],
        "referred_by": ["two"],
        "linked_from": [],
        "start_pages": {"print": "9"},
        "status": "edited",
        "approved": "Ada Lindqvist, 2026-04-01",
        "queries": [{"text": "Which year?", "line": 7}],
        "problems": [],
    }
    assert (second["language"], second["start_pages"]) == ("fr", {})
    schema = plan_schema()
    assert set(record) == set(schema["properties"])
    assert set(first) == set(schema["$defs"]["PieceRecord"]["properties"])
    assert all(field.get("description") for field in schema["$defs"]["PieceRecord"]["properties"].values())


FILES = {
    "anthology.toml": '[book]\ntitle = "Low Season"\n\n[[sections]]\ntitle = "Low water"\n',
    "content/low-water/harbour.md": "---\ntitle: The [old] harbour\nauthors: Piet Nolan\nrelated: [pilots]\n---\n\nIt waits.\n",
    "content/low-water/pilots.md": "---\ntitle: Pilots\nauthors: P. Nolan\n---\n\nThey [wait](harbour.md), too.\n",
}


def run(*arguments: str) -> Result:
    """Run a command as from a shell."""
    return CliRunner().invoke(command, arguments)


def test_the_table_and_the_problems(tmp_path: Path) -> None:
    """The table and the problems go to standard error, titles with brackets whole, and nothing is written."""
    root = write_project(tmp_path, FILES)
    result = run("plan", str(root), "--no-cache")
    assert (result.exit_code, result.stdout) == (0, "")
    lines = [" ".join(line.split()) for line in result.stderr.splitlines()]
    assert "Article Authors Words Min Date Out In Problems" in lines
    assert "1 The [old] harbour Piet Nolan 2 1 1 1" in lines
    assert "2 Pilots P. Nolan 3 1 1 G004 N001" in lines
    assert "2 articles, 5 words, 1 min of reading" in lines
    assert (
        'content/low-water/pilots.md: warning N001: "P. Nolan" may be "Piet Nolan": initials stand for names'
        in lines
    )
    assert lines[-1] == "2 warnings"
    assert not (root / "dist").exists()


def test_entries_outside_the_book_are_listed(tmp_path: Path) -> None:
    """Related entries that are not in the book are listed one by one, where a build counts them."""
    related = "".join(f"  - piece-{number}\n" for number in range(6))
    harbour = f"---\ntitle: Harbour\nrelated:\n{related}---\n\nIt waits.\n"
    root = write_project(tmp_path, {**FILES, "content/low-water/harbour.md": harbour})
    lines = run("plan", str(root), "--no-cache").stderr.splitlines()
    assert sum("L002: no article" in line for line in lines) == 6


def test_json_goes_to_standard_output(tmp_path: Path) -> None:
    """With `--json` standard output has the record alone."""
    root = write_project(tmp_path, FILES)
    record = json.loads(run("plan", str(root), "--no-cache", "--json").stdout)
    assert record["book"]["title"] == "Low Season"
    assert [article["id"] for article in record["sections"][0]["articles"]] == ["harbour", "pilots"]


def test_errors_exit_with_one(tmp_path: Path) -> None:
    """An article with an error leaves a plan of the others and exit code 1; so does a book without any."""
    root = write_project(tmp_path, {**FILES, "content/low-water/bad.md": "---\ntitle: [\n---\n\nLost.\n"})
    result = run("plan", str(root), "--no-cache", "--json")
    assert result.exit_code == 1
    record = json.loads(result.stdout)
    assert len(record["sections"][0]["articles"]) == 2
    assert "content/low-water/bad.md" in {problem["path"] for problem in record["problems"]}


def test_an_empty_book_still_prints_json(tmp_path: Path) -> None:
    """Where there is nothing to put in order, the JSON says why."""
    root = write_project(tmp_path, {})
    result = run("plan", str(root), "--no-cache", "--json")
    record = json.loads(result.stdout)
    assert record["sections"] == []
    assert [problem["code"] for problem in record["problems"]] == ["A002"]


def test_pages_of_the_last_build(tmp_path: Path) -> None:
    """Pages are those of the last build, until something the book is made from is newer."""
    root = write_project(tmp_path, FILES)
    edition = {
        "name": "print",
        "format": "pdf",
        "path": "x.pdf",
        "bytes": 1,
        "sha256": "",
        "articles": 2,
        "seconds": 1,
    }
    blocks = {"source": 2, "placed": 2}
    pages = {"harbour": "1", "pilots": "3"}
    built = BuildRecord(
        book=BookRecord(title="Low Season", identifier=make_config_of(root)),
        editions=(
            EditionRecord(**edition, blocks=blocks, start_pages=pages, section_pages={"low-water": (1, 7)}),  # type: ignore[arg-type]
        ),
        versions=Versions(anthology="", weasyprint="", ebooklib="", python=""),
    )
    (root / "dist").mkdir()
    (root / "dist" / "build.json").write_text(built.to_json(), encoding="utf-8")
    result = run("plan", str(root), "--no-cache", "--json")
    section = json.loads(result.stdout)["sections"][0]
    assert section["pages"] == {"print": [1, 7]}
    assert [article["start_pages"] for article in section["articles"]] == [{"print": "1"}, {"print": "3"}]
    assert " Page " in run("plan", str(root), "--no-cache").stderr
    run("plan", str(root), "--no-cache", "--html", str(tmp_path / "order.html"))
    assert '<td class="number">7 (1–7)</td>' in (tmp_path / "order.html").read_text(encoding="utf-8")
    later = (root / "dist" / "build.json").stat().st_mtime + 10
    os.utime(root / "content" / "low-water" / "pilots.md", (later, later))
    result = run("plan", str(root), "--no-cache")
    assert "No pages: content/low-water/pilots.md has changed since the last build." in result.stderr
    (root / "dist" / "build.json").write_text("{}", encoding="utf-8")
    assert run("plan", str(root), "--no-cache").exit_code == 0


def make_config_of(root: Path) -> str:
    """Give the identifier of a project's book."""
    from anthology.config import load_config

    return load_config((root / "anthology.toml").read_bytes()).book.unique_identifier


def test_the_schema_can_be_asked_for() -> None:
    """`anthology schema plan` prints the schema of the plan."""
    assert json.loads(run("schema", "plan").stdout)["title"] == "Running order"
