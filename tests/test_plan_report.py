"""The running order as a page: what it says, what it draws, and that it needs nothing but itself."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree
from making import make_anthology, make_article, make_config, write_project
from screens import BROWSER, dom_of

from anthology.cli import anthology as command
from anthology.link import link
from anthology.model import Anthology, Section
from anthology.plan import running_order
from anthology.plan.dates import draw_dates
from anthology.plan.network import draw_network
from anthology.plan.report import plan_report
from anthology.problems import Problem
from anthology.relate import relate

FILES = {
    "anthology.toml": '[book]\ntitle = "Tideline & after"\nsubtitle = "Sea pieces"\nlanguage = "en-GB"\neditors = ["Piet Nolan"]\n'
    'publisher = "Low Press"\n[[sections]]\ntitle = "Low water"\nslug = "low"\n[[sections]]\ntitle = "Stayed"\n',
    "content/front/foreword.md": "---\ntitle: Foreword\n---\nSee [ice](../low/ice.md).",
    "content/low/_intro.md": "What the ebb leaves.",
    "content/low/ice.md": "---\ntitle: Ice\nauthors: [Ada Lindqvist, Piet Nolan]\ndate: 2024-02-14\nrelated: [rope]\n---\n"
    "One two three. <!-- ? Which year? -->",
    "content/low/rope.md": "---\ntitle: <Rope>\nauthors: Ada Lindqvist\ndate: 2026-03-01\nrelated: [ice]\nstatus: edited\n---\nFour five.",
    "content/stayed/tar.md": "---\ntitle: Tar\nlanguage: nl\nrelated: [gone]\napproved: {by: Piet Nolan, date: 2026-05-01}\n---\nZes.",
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make the report of a small book."""
    project = write_project(tmp_path_factory.mktemp("report"), FILES)
    file = project / "reports" / "order.html"
    result = CliRunner().invoke(command, ["plan", str(project), "--no-cache", "--html", str(file)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(f"{file}: ")
    assert "warning T023: a query is open: Which year?" in result.stderr
    assert "───" not in result.stderr
    return file.read_text()


def test_it_says_all_of_this(page: str) -> None:
    """The whole text of the page, in its order, is that of the book."""
    root = etree.fromstring(page.encode())
    body = root.find("{*}body")
    assert body is not None
    said = [" ".join(text.split()) for text in body.itertext()]
    assert " ".join(text for text in said if text) == (
        "Running order Tideline & after Sea pieces Edited by Piet Nolan · Low Press"
        " articles 3 words 6 of reading 2 min people credited 2 approved 1 of 3 query open 1"
        " Sections Authors Dates Running order Related reading Problems"
        " Sections Section Words Number of words Articles Minutes Low water 5 2 1 Stayed 1 1 1"
        " No pages: the book has not been built."
        " Authors Author Words Number of words Articles"
        " Ada Lindqvist 5 2 Piet Nolan 3 1 No author named 1 1"
        " An article by several counts in full for each of them."
        " Dates First published from 2024-02-14 to 2026-03-01 ; each square is an article."
        " 1 article has no date. 2024-02: 1 2026-03: 1"
        " 2024-04 2024-07 2024-10 2025-01 2025-04 2025-07 2025-10 2026-01 The figures Year Articles 2024 1 2026 1"
        " Running order “Out” counts what an article’s related reading offers, “In” the articles and matter that lead to it."
        " Number Article Authors Words Min Date Out In Status Problems"
        " Front matter 2 1 Foreword 2 1"
        " Low water 5 1 Introduction 4 1"
        " 1 Ice 1 query Ada Lindqvist, Piet Nolan 3 1 2024-02-14 1 2 T023"
        " 2 <Rope> Ada Lindqvist 2 1 2026-03-01 1 1 edited G001"
        " Stayed 1 1 3 Tar nl 1 1 1 approved Piet Nolan, 2026-05-01 G003 L002"
        " Related reading 1 pair of articles is connected, through related reading or a link in a sentence."
        " A full line leads on in the book, a dashed one back, a thick one both ways."
        " 1 article leads nowhere and nothing leads to it: its dot is hollow."
        " Ice ↔ <Rope> Low water 1 Ice 2 <Rope> Stayed 3 Tar"
        " What leads to what, in words Foreword (Front matter) leads to Ice Ice leads to <Rope> <Rope> leads to Ice"
        " Alone: Tar ."
        " Problems 4 warnings."
        " warning T023 a query is open: Which year? content/low/ice.md:7 answer it, then delete it; no edition shows it"
        ' warning G001 "<Rope>" follows "Ice", and both are by Ada Lindqvist content/low/rope.md'
        " put a piece by somebody else between them"
        " warning G003 nothing in the book points to this article content/stayed/tar.md"
        ' name "tar" under related in an article that leads to it'
        ' warning L002 no article "gone" to refer to content/stayed/tar.md:4'
    )


def test_it_needs_nothing_but_itself(page: str) -> None:
    """No script runs and no file is named; the language is that of the book, headings go down step by step, ids are one each."""
    assert re.findall(r"<(?:script|link|img|iframe|object)|url\(|@import|\son\w+=", page) == []
    assert set(re.findall(r"https?://[^\"' ]+", page)) == {"http://www.w3.org/1999/xhtml"}
    root = etree.fromstring(page.encode())
    assert root.get("lang") == "en-GB"
    assert [found.tag.rpartition("}")[2] for found in root.iter("{*}h1", "{*}h2", "{*}h3")] == [
        "h1",
        *["h2"] * 6,
    ]
    ids = [found.get("id") for found in root.iter() if found.get("id")]
    assert len(ids) == len(set(ids))
    assert {found.get("href") for found in root.iter("{*}a")} <= {f"#{name}" for name in ids}
    (dutch,) = root.findall(".//{*}tr[@id='piece-tar']/{*}th")
    assert dutch.get("lang") == "nl"
    # What a picture shows stands in a table or a list as well.
    assert all(found.get("aria-label") for found in root.iter() if found.get("role") == "img")


def bars(page: str, table: int) -> list[str]:
    """Give the lengths of the bars of a table."""
    tables = re.findall(r'<table class="bars[^"]*">.*?</table>', page, re.DOTALL)
    return re.findall(r"width: ([\d.]+)%", tables[table])


def test_bars_are_as_long_as_their_words(page: str) -> None:
    """The longest bar is as long as can be, the others in proportion."""
    assert bars(page, 0) == ["100.0", "20.0"]
    assert bars(page, 1) == ["100.0", "60.0", "20.0"]


# Tells how wide a page is where that is too wide, and of text that does not stand out from its ground (WCAG 2.2, 1.4.3).
LOOK = """
addEventListener("load", () => {
  const frame = document.querySelector("iframe"), page = frame.contentDocument, faults = [];
  if (page.documentElement.scrollWidth > frame.clientWidth) faults.push(`${page.documentElement.scrollWidth} px wide`);
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map((n) => (n /= 255) <= .04045 ? n / 12.92 : ((n + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b + .05;
  };
  for (const element of page.body.querySelectorAll("*")) {
    if (element.localName === "title" || ![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const style = getComputedStyle(element);
    let around = element;
    while (around.parentElement && /, 0\\)$/.test(getComputedStyle(around).backgroundColor)) around = around.parentElement;
    const [ink, ground] = [light(element.closest("svg") ? style.fill : style.color), light(getComputedStyle(around).backgroundColor)];
    const contrast = Math.max(ink, ground) / Math.min(ink, ground);
    if (contrast < 4.5) faults.push(`${element.localName}.${element.className}: ${contrast}`);
  }
  const sections = page.querySelectorAll("section").length;
  document.getElementById("result").textContent = `looked at ${sections} sections: ${faults.join("; ")}`;
});
"""


@pytest.mark.skipif(not BROWSER, reason="no Chromium here")
def test_it_can_be_read_on_any_screen(page: str, tmp_path: Path) -> None:
    """At 360 and 1,280 pixels nothing is wider than the screen, and all text has contrast enough."""
    for width in (360, 1280):
        file = tmp_path / f"{width}.html"
        # A window of Chromium has a least width, a frame has none.
        frame = f'<iframe src="page.html" style="width: {width}px; height: 900px; border: 0"></iframe>'
        (tmp_path / "page.html").write_text(page)
        file.write_text(f'<!DOCTYPE html>{frame}<pre id="result"></pre><script>{LOOK}</script>')
        found = re.search(r'<pre id="result">(.*?)</pre>', dom_of(file, tmp_path), re.DOTALL)
        assert found
        assert found[1] == "looked at 6 sections: "


def order_of(anthology: Anthology, **values: Any) -> Any:
    """Draw up a running order."""
    config = make_config()
    related, _ = relate(anthology, config)
    linked, _ = link(anthology, related, "en")
    return running_order(linked, config, **values)


def test_arcs_join_what_leads_to_one_another() -> None:
    """Each pair has one arc, which says which way it leads; it passes through every part of the picture between its ends."""
    articles = [
        make_article(f"a{n}", title=f"A{n}", related=[f"a{n + 29}"] if n == 0 else []) for n in range(30)
    ]
    articles[5] = make_article("a5", title="A5", related=["a2"])
    network = draw_network(order_of(make_anthology(*articles)))
    assert (network.ties, len(network.alone), len(network.parts)) == (2, 26, 3)
    assert [[arc.told for arc in part.arcs] for part in network.parts] == [
        ["A0 → A29", "A5 → A2"],
        ["A0 → A29"],
        ["A0 → A29"],
    ]
    rows = [row for part in network.parts for row in part.rows]
    assert [(row.label, row.alone) for row in rows[:4]] == [
        ("Mind", False),
        ("A0", False),
        ("A1", True),
        ("A2", False),
    ]
    for part, after in pairwise(network.parts):
        assert part.top + part.height == after.top
    assert all(
        part.top < row.y - 4 and row.y + 4 < part.top + part.height
        for part in network.parts
        for row in part.rows
    )


def test_a_long_title_is_cut_at_a_word() -> None:
    """A label has the room beside the line, whatever script it is in."""
    long = make_article(
        "long", title="A title that says rather more than anybody could want to know of it", related=["wide"]
    )
    wide = make_article("wide", title="海" * 40)
    (part,) = draw_network(order_of(make_anthology(long, wide))).parts
    labels = [row.label for row in part.rows]
    assert labels[1] == "A title that says rather more than anybody could …"
    assert labels[2] == "海" * 26 + " …"


@pytest.mark.parametrize(
    ("dates", "told", "labels"),
    [
        ([], [], []),
        (["2026-03-09"], ["2026-03-09: 1"], ["2026-03", "8", "15", "22"]),
        (
            ["2025-12-31", "2026-01-01", "2026-01-30"],
            ["2025-12-31: 1", "2026-01-01: 1", "2026-01-30: 1"],
            ["2025-12", "8", "15", "22", "2026-01", "8", "15", "22"],
        ),
        (
            ["2026-01-14", "2026-02-03", "2026-02-05", "2026-03-31"],
            [
                "2026-01-08 to 2026-01-14: 1",
                "2026-02-01 to 2026-02-07: 2",
                "2026-03-22 to 2026-03-31: 1",
            ],
            ["2026-01", "2026-02", "2026-03"],
        ),
        (
            ["2024-02-14", "2026-03-01"],
            ["2024-02: 1", "2026-03: 1"],
            ["2024-04", "2024-07", "2024-10", "2025-01", "2025-04", "2025-07", "2025-10", "2026-01"],
        ),
        (
            ["2001-05-05", "2012-02-02"],
            ["2001-04 to 2001-06: 1", "2012-01 to 2012-03: 1"],
            [*(str(n) for n in range(2002, 2012)), ""],
        ),
        (
            ["0001-01-01", "9999-12-31"],
            ["0 to 99: 1", "9900 to 9999: 1"],
            [str(n) for n in range(0, 10000, 500)],
        ),
    ],
)
def test_dates_are_a_strip(dates: list[str], told: list[str], labels: list[str]) -> None:
    """Columns are days, weeks, months, quarters or years, as many as can be told apart, and labels have room."""
    strip = draw_dates([*map(dt.date.fromisoformat, dates), None])
    assert strip.undated == 1
    assert [column.told for column in strip.columns] == told
    assert [label for _, label in strip.labels] == labels
    assert all(0 <= x < strip.width - 35 for x, label in strip.labels if label)
    assert sum(count for _, count in strip.figures) == len(dates)


def days(first: str, *after: int) -> list[dt.date]:
    """Give dates so many days after another."""
    return [dt.date.fromisoformat(first) + dt.timedelta(number) for number in after]


@pytest.mark.parametrize(
    ("dates", "least"),
    [
        (days("2026-01-14", 0, 20, 65), 9),
        (days("2026-02-02", *(number * 37 % 57 for number in range(100))), 9),
        (days("2026-02-01", *[0] * 50, *[28] * 50), 4),
        (days("2006-03-01", *(number * 73 for number in range(100))), 6),
        (days("2026-03-09", *[0] * 1000), 1.2),
    ],
    ids=["three", "in two months", "in two issues", "in 20 years", "in one day"],
)
def test_the_strip_is_as_wide_as_the_time(dates: list[dt.date], least: float) -> None:
    """Its ends are the months of the first and the last date; squares can be seen, lie within it and never on another."""
    strip = draw_dates(dates)
    squares = [square for column in strip.columns for square in column.squares]
    assert len(set(squares)) == len(dates)
    assert strip.side >= least
    assert all(0 <= x <= strip.width - strip.side and 0 <= y <= strip.base - strip.side for x, y in squares)
    assert strip.height <= 150
    places = sorted(x for x, _ in squares)
    if strip.first != strip.last:
        assert places[-1] - places[0] > 0.45 * strip.width
    assert all(
        abs(one[0] - other[0]) > strip.side or abs(one[1] - other[1]) > strip.side
        for at, one in enumerate(squares[:300])
        for other in squares[:at]
    )


def test_pages_of_sections() -> None:
    """Where the record of a build has them, a section tells how many it has, and which; where not, nothing."""
    sections = tuple(
        Section(name, name.lower(), (make_article(name.lower()),)) for name in ("One", "Two", "Three")
    )
    starts = {"print": {"one": "3", "two": "19", "three": "40"}, "large": {"one": "3"}}
    pages = {"print": {"one": (1, 16), "two": (17, 39), "three": (40, 40)}}
    report = plan_report(
        order_of(Anthology(sections), start_pages=starts, section_pages=pages), make_config()
    )
    assert report.editions == ("print", "large")
    assert [bar.pages for bar in report.sections] == [("16 (1–16)", ""), ("23 (17–39)", ""), ("1 (40)", "")]


def test_problems_are_folded_as_elsewhere() -> None:
    """Many of a kind are one line with their places; what stands between backticks is code."""
    many = [Problem("X001", "warning", f"no {n}", None, "", "{count} are <not>") for n in range(5)]
    one = Problem("X002", "error", "odd `x < y` here", None, "do `z`")
    report = plan_report(order_of(make_anthology(make_article("a")), problems=[*many, one]), make_config())
    found = {(view.code, view.message, view.hint) for view in report.problems if view.code.startswith("X")}
    assert found == {
        ("X001", "5 are &lt;not&gt;", ""),
        ("X002", "odd <code>x &lt; y</code> here", "do <code>z</code>"),
    }


def test_a_template_of_the_project_at_fault_is_told(tmp_path: Path) -> None:
    """A project may have a page of its own; what is wrong with it is told by file and line."""
    project = write_project(
        tmp_path, {**FILES, "templates/reports/plan.html": "<html>\n{{ report.pagez }}</html>"}
    )
    result = CliRunner().invoke(
        command, ["plan", str(project), "--no-cache", "--html", str(tmp_path / "a.html")]
    )
    (problem,) = result.exception.problems  # type: ignore[union-attr]
    assert (problem.code, problem.origin.path, problem.origin.line) == (
        "S001",
        "templates/reports/plan.html",
        2,
    )
    assert not (tmp_path / "a.html").exists()
