"""Texts as strangers write them, in every place where anybody can write: they come out as they are, as text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from making import make_anthology, make_article, write_project
from PIL import Image
from reading_back import unzip
from references import unfit_references

from anthology.build import Options, Outcome, build
from anthology.model import Document, Origin
from anthology.read.source import ILLEGAL
from anthology.verify.file_sizes import check_file_sizes
from anthology.wording import visible

NAUGHTY = {
    "script": "<script>alert('1')</script> & \"q\"",
    "markup": "]]> <![CDATA[x]]> <!-- c --> <?pi x?> &amp;amp; &lt;b&gt; &unknown; &#1;",
    "template": "{{ 7*7 }} {% raw %} {# c #} {names} %(x)s \\1 $1",
    "directions": "\u202eevil \u2066isolated \u200f\u061c שלום — العربية",
    "emoji": "👩\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈 👍🏽 🇩🇪",
    "towers": "Z" + "\u0300\u0334\u0489" * 40 + "algo \u0301first",
    "spaces": "a\u00a0b\u2003c\u2007d\u200be\u2060f\u00adg\u3000h",
    "odd": "\ue000 \uf8ff \ufffd 𝔘𝔫𝔦 𠮷 ﬃ Å \ufe0f\u20e3",
    "marks": "*a* _b_ `c` [d](e) [^1] # h | i ~~j~~ <k> {: .l #m } \\ -- ... '' “”",
    "yaml": "no: - yes, [1, 2] {a: b} & *c !d % @e",
    "long": "The harbour that moved twice. " * 80,
}


def quoted(text: str) -> str:
    """Write a text as YAML and TOML have it between quotation marks, all but ASCII by its number."""
    made = json.dumps(text)
    pairs = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})")
    whole = pairs.sub(
        lambda found: f"\\U{0x10000 + (int(found[1], 16) - 0xD800) * 0x400 + int(found[2], 16) - 0xDC00:08x}",
        made,
    )
    return whole.replace("\x7f", "\\u007f")


def book_of(text: str, body: str = "Plain text.") -> dict[str, str]:
    """Write a project that says a text wherever one may say something."""
    said = quoted(text)
    label = quoted(re.sub(r"[{}]", "", text))
    article = f"""---
title: {said}
short-title: {said}
standfirst: {said}
authors:
  - {said}
  - {{name: {quoted(text + " T")}, role: translator, credited-as: {said}}}
tags: [{said}]
related:
  - {{standfirst: {said}, section: {said}, date: 2024-01-02}}
  - {{title: {quoted(text + " elsewhere")}}}
rights: {{status: cleared, holder: {said}, licence: {said}, credit: {said}, evidence: {said}}}
source: {{publication: {said}, title: {said}, standfirst: {said}, section: {said}, byline: {said}}}
aliases: [{said}]
key: {said}
---

"""
    return {
        "anthology.toml": f"""[book]
title = {said}
subtitle = {said}
editors = [{said}]
publisher = {said}
description = {said}
keywords = [{said}]
rights = {said}

[imprint]
publisher-address = {said}
publisher-email = {said}
copyright = [{said}]
printer = {said}
notice = {said}

[labels]
contents = {label}
related = {label}
notes = {label}
imprint = {label}

[contributors.one]
name = {said}
bio = {said}

[editions.ebook]
format = "epub"
fonts = false

[[sections]]
title = {said}
slug = "mind"
""",
        "content/mind/one.md": f"{article}{body}\n",
        "content/mind/two.md": f"---\ntitle: Two\nrelated: [one]\n---\n\n## {' '.join(text.split())}\n\nMore.\n",
    }


def marked(text: str) -> str:
    """Give what a text shows, without the marks that typesetting changes: quotation marks, dashes, full stops."""
    return re.sub(r"[-'\"`.,‘’‚“”„«»‹›–—…′″]", "", visible(text))


def built(root: Path, files: dict[str, str]) -> Outcome:
    """Build a project, and hold that there is a book."""
    write_project(root, files)
    outcome = build(root, Options(out=root / "dist"), lambda stage, detail: None)
    assert outcome.written, outcome.problems
    return outcome


def packed(root: Path, outcome: Outcome) -> dict[str, bytes]:
    """Unpack the e-book of a build."""
    return unzip((root / "dist" / outcome.record.editions[0].path).read_bytes())


def said_in(document: bytes, path: str) -> list[str]:
    """Give the text of the elements that a path leads to, white space as one space."""
    found = etree.fromstring(document).iterfind(path)
    return [" ".join("".join(element.itertext()).split()) for element in found]


@pytest.mark.parametrize("name", NAUGHTY)
def test_a_text_comes_out_as_text_wherever_it_is_written(name: str, tmp_path: Path) -> None:
    """In some thirty places of a book a naughty text is valid, whole, and nothing but text."""
    text = " ".join(NAUGHTY[name].split())
    outcome = built(tmp_path, book_of(NAUGHTY[name]))
    files = packed(tmp_path, outcome)
    assert unfit_references(files) == []
    package, article = files["EPUB/content.opf"], files["EPUB/one.xhtml"]
    for field in ("title", "creator", "publisher", "description", "rights"):
        assert text in said_in(package, f".//{{*}}{field}"), field
    for place in ("h1", "p[@class='standfirst']", "p[@class='label']"):
        assert marked(text) in [marked(said) for said in said_in(article, f".//{{*}}{place}")], place
    assert text in said_in(files["EPUB/toc.ncx"], ".//{*}text")
    assert any(text in said for said in said_in(files["EPUB/_contents.xhtml"], ".//{*}a"))
    assert any(text in said for said in said_in(files["EPUB/_imprint.xhtml"], ".//{*}p"))
    assert any(text in said for said in said_in(files["EPUB/_contributors.xhtml"], ".//{*}h2"))
    with pymupdf.open(tmp_path / "dist" / outcome.record.editions[0].path) as book:
        assert " ".join(book.metadata["title"].split()) == text


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            st.sampled_from([text for name, text in NAUGHTY.items() if name != "long"]), st.text(max_size=20)
        ),
        min_size=1,
        max_size=4,
    ).map("".join)
)
def test_any_text_makes_a_sound_book(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever characters there are, files are well-formed, links lead somewhere, and the title is the title."""
    root = tmp_path_factory.mktemp("book")
    files = book_of("Sound")
    article = book_of(text)["content/mind/one.md"]
    files["content/mind/one.md"] = f"{article}\n{text}\n\n| {text} |\n| --- |\n\n`{text}`\n"
    outcome = built(root, files)
    book = packed(root, outcome)
    assert unfit_references(book) == []
    title = " ".join(ILLEGAL.sub("", text).split())
    if visible(title):
        assert marked(title) in [marked(said) for said in said_in(book["EPUB/toc.ncx"], ".//{*}text")]


@pytest.mark.parametrize(
    ("language", "title", "direction"),
    [
        ("en", "שלום: העולם", "auto"),
        ("en", "Turned \u202eround", "auto"),
        ("en", "Plain — 你好", None),
        ("he", "Of Haifa", "auto"),
        ("he", "שלום: העולם", None),
    ],
)
def test_a_title_that_runs_the_other_way_turns_nothing_round_it(
    language: str, title: str, direction: str | None, tmp_path: Path
) -> None:
    """In the contents and in related reading, such a title is an isolate with a direction of its own."""
    files = {
        "anthology.toml": f'[book]\ntitle = "Ways"\nlanguage = "{language}"\n'
        "[editions.ebook]\nformat = 'epub'\nfonts = false\n",
        "content/mind/one.md": f'---\ntitle: "{title}"\nauthors: A\n---\n\nText.\n',
        "content/mind/two.md": f'---\ntitle: "2"\nrelated: [one, {{title: "{title}!", date: 2024-01-02}}]\n---\n\nText.\n',
    }
    book = packed(tmp_path, built(tmp_path, files))
    for name in ("_contents", "two"):
        found = etree.fromstring(book[f"EPUB/{name}.xhtml"]).iterfind(".//{*}span[@class='entry-title']")
        titles = [element.get("dir") for element in found if title in "".join(element.itertext())]
        assert set(titles) == {direction}, name


def test_what_no_book_can_hold_is_counted_wherever_it_stands(tmp_path: Path) -> None:
    """Control characters and their like go from fields, text and references alike, and one warning counts them."""
    files = book_of("Sound")
    files["content/mind/one.md"] = (
        '---\ntitle: "a\\x01b\\uFFFEc"\nauthors: ["d\\u0007"]\n---\n\ne\x02f &#3; \ufdd0 \U0001ffff `g\x1b`\n'
    )
    outcome = built(tmp_path, files)
    assert [problem.message for problem in outcome.problems if problem.code == "T002"] == [
        "8 characters that no book can hold were taken out (control characters and the like)"
    ]
    assert said_in(packed(tmp_path, outcome)["EPUB/one.xhtml"], ".//{*}h1") == ["abc"]


def test_names_are_safe_and_unique(tmp_path: Path) -> None:
    """Names of files are of `[a-z0-9-]` whatever ids and paths are called, none like ours, none a device's."""
    names = [
        "con",
        "aux",
        "nul",
        "com1",
        "nav",
        "ncx",
        "cover",
        "contents",
        "toc",
        "style",
        "styles",
        "images",
        "fonts",
        "content",
        "package",
        "x-2",
        "x",
    ]
    files = {f"content/mind/{name}.md": f"---\ntitle: {name}\n---\n\n[a](x.md)\n" for name in names}
    files |= {
        "content/mind/日本 語.md": "# Same\n\na",
        "content/mind/🎉.md": "# Same\n\nb",
        f"content/mind/{'l' * 200}.md": "# Same\n\nc",
        "content/mind/a%2F..?.md": "# Same\n\nd",
        "content/mind/given.md": '---\nid: "../../etc/passwd"\n---\n\n# Same\n\ne',
        "content/CON/LPT1.md": "# Same\n\nf",
    }
    toml = '[book]\ntitle = "Names"\n[editions.ebook]\nformat = "epub"\nfonts = false\n'
    book = packed(tmp_path, built(tmp_path, files | {"anthology.toml": toml}))
    assert unfit_references(book) == []
    documents = [
        name.removeprefix("EPUB/").removesuffix(".xhtml") for name in book if name.endswith(".xhtml")
    ]
    assert all(re.fullmatch(r"_?[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= 90 for name in documents)
    assert {"x-con", "x-aux", "x-nul", "x-com1", "x-lpt1", "etc-passwd", "ri-ben-yu"} <= set(documents)
    assert len({name.casefold() for name in book}) == len(book) == len(set(book))


def test_equal_titles_stay_apart(tmp_path: Path) -> None:
    """A hundred articles of one title by one author are a hundred entries that lead to a hundred documents."""
    files = {
        f"content/mind/{n}.md": "---\ntitle: Same\nauthors: Same\n---\n\n## Same\n\nSame.\n"
        for n in range(100)
    }
    toml = '[book]\ntitle = "Same"\n[editions.ebook]\nformat = "epub"\nfonts = false\n'
    book = packed(tmp_path, built(tmp_path, files | {"anthology.toml": toml}))
    assert unfit_references(book) == []
    contents = etree.fromstring(book["EPUB/_contents.xhtml"])
    leads = [link.get("href") for link in contents.iter("{*}a") if "Same" in "".join(link.itertext())]
    assert len(set(leads)) == len(leads) == 100


def test_a_title_of_ten_thousand_letters_stays_whole(tmp_path: Path) -> None:
    """However long a title is, of words or of one word, both editions print all of it."""
    for title in ("The harbour moved twice " * 416 + "again", "w" * 400):
        files = {
            "anthology.toml": f'[book]\ntitle = "{title}"\n[editions.ebook]\nformat = "epub"\nfonts = false\n'
            "[editions.print]\nformat = 'pdf'\n",
            "content/mind/one.md": f"---\ntitle: {title}\n---\n\n## {title}\n\nText.\n",
        }
        root = tmp_path / title[:3].strip()
        root.mkdir()
        outcome = built(root, files)
        assert said_in(packed(root, outcome)["EPUB/one.xhtml"], ".//{*}h1") == [title]
        with pymupdf.open(root / "dist" / outcome.record.editions[1].path) as pdf:
            assert title in [entry[1] for entry in pdf.get_toc()]


FETCHING = """
<img src="https://c.example/1.png" srcset="https://c.example/2.png 2x" alt="a">
<picture><source srcset="https://c.example/3.png"><img src="//c.example/4.png" alt="b"></picture>
<video src="https://c.example/5.mp4" poster="https://c.example/6.png"><track src="https://c.example/7.vtt"></video>
<audio controls><source src="https://c.example/8.mp3"></audio>
<iframe src="https://c.example/9" srcdoc="<script src='https://c.example/10'></script>"></iframe>
<object data="https://c.example/11.swf"><param name="movie" value="https://c.example/12"></object>
<embed src="https://c.example/13.swf"><applet codebase="https://c.example/14" code="x"></applet>
<link rel="stylesheet" href="https://c.example/15.css"><base href="https://c.example/16/">
<style>@import "https://c.example/17.css"; p { background: url(https://c.example/18.png) }</style>
<p style="background: url(//c.example/19.png)" background="https://c.example/20.png">Styled.</p>
<form action="https://c.example/21"><input type="image" src="https://c.example/22.png"><button formaction="https://c.example/23">Go</button></form>
<svg viewBox="0 0 9 9"><image href="https://c.example/24.png"/><use xlink:href="https://c.example/25.svg#a"/><style>@import url(https://c.example/26.css);</style><script href="https://c.example/27.js"/><a href="javascript:x()"><text>t</text></a><rect fill="url(https://c.example/28.svg#g)" onclick="x()" width="1" height="1"/></svg>
<math><mglyph src="https://c.example/29.png"/><mi href="https://c.example/30">x</mi></math>
<meta http-equiv="refresh" content="0;url=https://c.example/31"><a href="/x" ping="https://c.example/32" onclick="x()">Ping</a>
<table background="https://c.example/33.png"><tr><td background="https://c.example/34.png">c</td></tr></table>
<q cite="https://c.example/35">q</q> <a href="data:text/html,x">d</a> <a href="file:///etc/passwd">f</a>
"""


def test_nothing_in_an_e_book_is_fetched(tmp_path: Path) -> None:
    """No way of naming something on the web makes a reading system fetch it, or run or open anything."""
    files = book_of("Sound", body=FETCHING.replace("\n", "\n\n"))
    book = packed(tmp_path, built(tmp_path, files))
    assert unfit_references(book) == []
    assert b"remote-resources" not in book["EPUB/content.opf"]
    assert b"scripted" not in book["EPUB/content.opf"]


ODD = {
    "nothing": "",
    "a-rule": "---",
    "a-comment": "<!-- nothing -->",
    "a-script": "<script>x</script><style>p {}</style>",
    "empty-elements": "<div></div><ul></ul><table></table><figure></figure><dl></dl><pre></pre><h2></h2><p></p>",
    "empty-marks": "## \n\n- \n\n> \n\n1.\n\n```\n```\n\n| |\n|-|\n| |",
    "a-picture": "![A dot](dot.png)",
    "a-table": "| a | b |\n| --- | --- |\n| c | d |",
    "a-heading": "## Alone",
    "code": "```\nx\n```",
    "a-note": "[^1]: Nobody refers to this.",
    "notes": "\n\n".join(f"Text.[^{n}]\n\n[^{n}]: Note {n}." for n in range(300)),
    "paragraphs": "\n\n".join(f"Paragraph {n}." for n in range(3_000)),
    "a-paragraph": "The harbour moved twice. " * 10_000,
}


def test_articles_of_odd_shapes_are_articles(tmp_path: Path) -> None:
    """Articles of nothing, of one thing, and of very much stand in the book, in order, with all their words."""
    files = {
        f"content/mind/{name}.md": f"---\ntitle: Of {name}\n---\n\n{body}\n" for name, body in ODD.items()
    }
    write_project(tmp_path, files)
    Image.new("RGB", (9, 9)).save(tmp_path / "content/mind/dot.png")
    toml = '[book]\ntitle = "Odd"\n[editions.ebook]\nformat = "epub"\nfonts = false\n'
    book = packed(tmp_path, built(tmp_path, {"anthology.toml": toml}))
    assert unfit_references(book) == []
    for name in ODD:
        assert said_in(book[f"EPUB/{name}.xhtml"], ".//{*}h1") == [f"Of {name}"]
    numbers = re.findall(r"Paragraph (\d+)\.", book["EPUB/paragraphs.xhtml"].decode())
    assert numbers == [str(number) for number in range(3_000)]
    assert re.findall(r"Note (\d+)\.", book["EPUB/notes.xhtml"].decode()) == [str(n) for n in range(300)]


def test_an_article_longer_than_e_readers_open_is_told() -> None:
    """More than 10 MB in one file is more than a Kobo opens: the editor hears of it."""
    anthology = make_anthology(make_article("long"), make_article("short"))
    documents = [
        Document("long", "article", "Long", "en", "é" * 5_250_000, article="long"),
        Document("short", "article", "Short", "en", "e" * 9_999_999, article="short"),
    ]
    (problem,) = check_file_sizes(anthology, documents, "ebook")
    assert (problem.code, problem.origin, problem.hint) == (
        "P010",
        Origin("content/mind/long.md"),
        "make several articles of it",
    )
    assert problem.message == (
        '"Long" takes 10.5 MB in the edition "ebook"; some e-readers open no more than 10 MB'
    )


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("\"say ('now')\"", "say (‘now’)"),
        ("\"a ('b') c (d\"", "a (‘b’) c (d"),
        ("'say (\"now\") so'", "say (“now”) so"),
        ("\"<i>it</i> ('x')\"", "<i>it</i> (‘x’)"),
    ],
)
def test_a_caption_ends_where_its_quotation_mark_does(written: str, title: str, tmp_path: Path) -> None:
    """Marks of the other kind and brackets in a title belong to it (CommonMark 0.31.2, 6.3)."""
    write_project(tmp_path, {"content/mind/one.md": f"# One\n\n![A dot](dot.png {written})\n\nEnd.\n"})
    Image.new("RGB", (9, 9)).save(tmp_path / "content/mind/dot.png")
    toml = '[book]\ntitle = "One"\n[editions.ebook]\nformat = "epub"\nfonts = false\n'
    book = packed(tmp_path, built(tmp_path, {"anthology.toml": toml}))
    assert said_in(book["EPUB/one.xhtml"], ".//{*}figcaption") == [title]
