"""Front matter: values by meaning, and problems with key and line."""

from __future__ import annotations

import datetime as dt
import json
import pickle

import pytest

from anthology.model import Article, Credit, Origin, Reference, Rights
from anthology.problems import Problem
from anthology.read import CODES, Reading, front_matter_schema, read_article


def read(text: str | bytes, path: str = "content/mind/two.md") -> Reading:
    """Read an article of a book in English that has no other file."""
    data = text if isinstance(text, bytes) else text.encode()
    return read_article(path, data, language="en", find=lambda _: None)


def article_with(front: str) -> Article:
    """Read an article with this front matter, of which nothing may be wrong."""
    reading = read(f"---\n{front}\n---\nText.\n")
    assert reading.problems == ()
    assert reading.article is not None
    return reading.article


def printed(problems: tuple[Problem, ...]) -> list[str]:
    """Write problems as an editor sees them."""
    return [
        f"{problem.origin.line if problem.origin else None}: {problem.severity} {problem.code}: {problem.message}"
        + (f" | {problem.hint}" if problem.hint else "")
        for problem in problems
    ]


@pytest.mark.parametrize(
    "written", ["1984", "no", "12:30", "12:30:45", "010", "1.10", "2024-02-01", "null", "0x1F", "on"]
)
def test_a_title_is_what_was_written(written: str) -> None:
    """No title turns into a number, a truth value, a time or a date."""
    assert article_with(f"title: {written}").title == written


@pytest.mark.parametrize(
    "written",
    [
        "2025-07-29",
        "2025-07-29 10:00:00 +0200",
        "2025-07-29T10:00Z",
        '"2025-07-29"',
        "July 29, 2025",
        "29 July 2025",
        "Jul 29 2025",
    ],
)
def test_dates_are_read_as_people_write_them(written: str) -> None:
    """A date may be ISO, with a time, or in English words."""
    assert article_with(f"title: A\ndate: {written}").date == dt.date(2025, 7, 29)


def test_yaml_and_toml_say_the_same() -> None:
    """Every key of the contract is read, from either syntax, under any of its names."""
    yaml = """---
title: Two
short-title: T
description: The standfirst
author: [Ann, {name: Bo, role: Translator, credited-as: B.}]
date: 2025-07-29
section: Mind
tags: a, b
related:
  - one
  - Sleep: a guide
  - {standfirst: Long ago, section: Past, date: 2020-01-02}
order: 010
lang: en_GB
aliases: [zwei]
rights: {status: cleared, holder: Ann, expires: 2030-01-01}
source: {url: "https://example.org", title: 12}
status: edited
approved: MC
layout: {wide: true, n: 3, v: 1.10}
---
Text."""
    toml = """+++
title = "Two"
short-title = "T"
summary = "The standfirst"
authors = ["Ann", {name = "Bo", role = "Translator", credited-as = "B."}]
date = 2025-07-29
section = "Mind"
tags = ["a", "b"]
related = [
  "one",
  "Sleep: a guide",
  {standfirst = "Long ago", section = "Past", date = 2020-01-02}
]
weight = 10
language = "en-GB"
aliases = ["zwei"]
status = "edited"
approved = "MC"
layout = {wide = true, n = 3, v = "1.10"}
[rights]
status = "cleared"
holder = "Ann"
expires = 2030-01-01
[source]
url = "https://example.org"
title = "12"
+++
Text."""
    one, other = read(yaml).article, read(toml).article
    assert one is not None
    assert other is not None
    assert one.credits == (Credit("Ann"), Credit("Bo", "translator", "B."))
    lines = [Origin("content/mind/two.md", line) for line in (10, 11, 12)]
    assert one.related == (
        Reference(lines[0], "one"),
        Reference(lines[1], "Sleep: a guide"),
        Reference(lines[2], "", "Long ago", "Past", dt.date(2020, 1, 2)),
    )
    assert one.rights == Rights("cleared", "Ann", expires=dt.date(2030, 1, 1))
    assert (one.weight, one.language, one.tags, one.standfirst) == (
        10.0,
        "en-GB",
        ("a", "b"),
        "The standfirst",
    )
    assert one.extra == {"layout": {"wide": True, "n": 3, "v": "1.10"}}
    for name in Article.__dataclass_fields__:
        if name != "related":
            assert getattr(one, name) == getattr(other, name), name
    assert pickle.loads(pickle.dumps(one)) == one


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "---\ntitle: A\n",
            '1: error F001: the front matter is never closed: "---" begins it | close it with a line "---"',
        ),
        (
            "---\ntitle: A: B\n---\n",
            '2: error F002: the front matter cannot be read: a second ": " on this line'
            ' | put the value in quotes: title: "Bread: a history"',
        ),
        (
            '---\nlang: en\ntitle: "A\n---\n',
            "3: error F002: the front matter cannot be read: a quotation mark that is never closed"
            " | close it, or take it away",
        ),
        (
            '---\ntitle: "A\nlang: en\nauthor: B\n---\n',
            "2: error F002: the front matter cannot be read: a quotation mark that is never closed"
            " | close it, or take it away",
        ),
        (
            "---\ntitle: [Draft] Open\nlang: en\n---\n",
            "2: error F002: the front matter cannot be read: more behind a bracket that is closed"
            ' | put the value in quotes: title: "[Draft] Open"',
        ),
        (
            "---\ntitle: A\n\tlang: en\n---\n",
            "3: error F002: the front matter cannot be read: a tab, where YAML wants spaces | indent with spaces",
        ),
        (
            "+++\ntitle = A\n+++\n",
            '2: error F002: the front matter cannot be read here: this is not TOML | write key = "value", texts in quotes',
        ),
        (
            "---\ntitle: A\ntags: &a [x]\nmore: *a\n---\n",
            '3: error F003: "a" is an anchor or alias of YAML | write the value out where it is needed',
        ),
        (
            "---\ntitle: A\ndate: 2024-01-01\ntitle: B\n---\n",
            '4: error F005: "title" is written twice, on lines 2 and 4 | keep one of them',
        ),
        (
            '+++\ntitle = "A"\ntitle = "B"\n+++\n',
            '3: error F005: "title" is written twice, on lines 2 and 3 | keep one of them',
        ),
        ("---\n- a\n---\n", '2: error F006: the front matter must be lines of "key: value", not a list'),
        ("---\ntitle: [A]\n---\n", '2: error F006: "title" must be a text, not a list'),
        (
            "---\ntitle: A\nrights: ours\n---\n",
            '3: error F006: "rights" must be a group of keys, not a text'
            " | its keys are status, holder, licence, credit, evidence, expires",
        ),
        (
            "---\ntitle: A\ndate: 2024-02-30\n---\n",
            '3: error F007: "date": there is no such day as 2024-02-30',
        ),
        (
            "---\ntitle: A\ndate: soon\n---\n",
            '3: error F007: "date" is not a date: "soon" | write it as 2025-07-29',
        ),
        (
            "---\ntitle: A\ndraft: perhaps\n---\n",
            '3: error F008: "draft" is neither yes nor no: "perhaps" | write true or false',
        ),
        (
            "---\ntitle: A\nlang: English\n---\n",
            '3: error F009: "lang" is not a language tag: "English" | write a tag such as "en", "pt-BR" or "zh-Hant"',
        ),
        (
            "---\ntitle: A\nauthor:\n  - Ann\n  - {name: Bo, role: translater}\n---\n",
            '5: error F010: "author.role" cannot be "translater" | did you mean "translator"?',
        ),
        (
            "---\ntitle: A\nrights:\n  status: cleard\n---\n",
            '4: error F010: "rights.status" cannot be "cleard" | did you mean "cleared"?',
        ),
        (
            "---\ntitle: A\nrights:\n  licens: MIT\n---\n",
            '4: warning F011: "rights" has no "licens"; it is left out | did you mean "licence"?',
        ),
        ("---\ntitle: A\norder: first\n---\n", '3: error F012: "order" is not a number: "first"'),
    ],
)
def test_what_is_wrong_is_said_with_key_and_line(written: str, expected: str) -> None:
    """A fault of the front matter is one message with its line in the file, in an editor's words."""
    assert printed(read(written + "Text.\n").problems) == [expected]


def test_all_faults_are_told_at_once() -> None:
    """An editor need not mend one fault to hear of the next; the article is there for the other stages."""
    reading = read("---\ntitle: A\ndate: soon\ndraft: 3\nlang: 5\n---\n")
    assert [problem.code for problem in reading.problems] == ["F007", "F009", "F008"]
    assert reading.article


def test_bombs_are_refused() -> None:
    """Front matter that is too long or too deep is a problem, at once."""
    deep = read("---\na: " + "[" * 30 + "]" * 30 + "\n---\n")
    long = read("---\na: " + "x" * 70_000 + "\n---\n")
    assert printed(deep.problems) == ["2: error F004: the front matter is nested more than 20 deep"]
    assert printed(long.problems) == ["1: error F004: the front matter is longer than 64 KiB"]


@pytest.mark.parametrize("word", ["true", "yes", "on", "True"])
def test_a_draft_is_no_article_and_no_problem(word: str) -> None:
    """A draft is left out without a word."""
    assert read(f"---\ndraft: {word}\n---\nText.\n") == Reading(None, ())


@pytest.mark.parametrize(
    ("path", "given", "name", "folder"),
    [
        ("content/mind/On Sleep.md", "", "on-sleep", "mind"),
        ("content/two.md", "", "two", ""),
        ("content/mind/deep/two.md", "", "two", "mind"),
        ("content/mind/_intro.md", "", "mind-intro", "mind"),
        ("content/mind/sleep/index.md", "", "sleep", "mind"),
        ("content/mind/two.md", "id: Der Schlaf", "der-schlaf", "mind"),
        ("content/mind/…….md", "", "xa7f878b8ced1", "mind"),
        ("content/mind/con.md", "", "x-con", "mind"),
    ],
)
def test_ids_are_safe_names(path: str, given: str, name: str, folder: str) -> None:
    """An id is `[a-z0-9-]`, from `id` or the file's name; a given one that had to change still finds the article."""
    article = read(f"---\ntitle: A\n{given}\n---\nText.\n", path).article
    assert article
    assert article.id == name
    assert article.folder == folder
    assert article.aliases == (("Der Schlaf",) if given else ())


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("# Fine *words*\n\nText.\n", "Fine words", "Text."),
        ("---\ntitle: Given\n---\n# Given\n\nText.\n", "Given", "Text."),
        ("---\ntitle: Given\n---\nText.\n\n# Given\n", "Given", "Text. Given"),
        ('---\ntitle: It\'s "so"\n---\nText.\n', "It’s “so”", "Text."),
    ],
)
def test_the_title_is_in_the_front_matter_or_else_the_first_heading(text: str, title: str, body: str) -> None:
    """The title never stands in the body as well."""
    from anthology.xhtml import fragment_to_text, parse_fragment

    article = read(text).article
    assert article
    assert article.title == title
    assert " ".join(fragment_to_text(parse_fragment(article.body)).split()) == body


def test_an_article_without_title_is_named_after_its_file() -> None:
    """Without any title the file's name serves, with a warning; an introduction needs none."""
    reading = read("Text.\n", "content/mind/on-good_sleep.md")
    assert reading.article
    assert reading.article.title == "On good sleep"
    assert printed(reading.problems) == [
        'None: warning T003: no title: the file name gives it one, "On good sleep"'
        ' | write "title: …" at the top, or begin the text with a heading: # …'
    ]
    assert read("Text.\n", "content/mind/_intro.md").problems == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(encoding: str) -> None:
    """Files from any editor are read; lines may end as on Windows."""
    reading = read("---\r\ntitle: Zoë\r\n---\r\nÉté.\r\n".encode(encoding))
    assert reading.problems == ()
    assert reading.article
    assert reading.article.title == "Zoë"
    assert "Été." in reading.article.body


def test_what_no_book_can_hold_is_taken_out_and_counted() -> None:
    """Windows-1252 is read with a warning; control characters, noncharacters and lone surrogates go, counted once."""
    old = read(b"# A\n\nna\xefve \x93quoted\x94\n")
    assert old.article
    assert "naïve “quoted”" in old.article.body
    assert printed(old.problems) == [
        "3: warning T001: not UTF-8: read as Windows-1252 | save the file as UTF-8"
    ]
    odd = read("# A\n\nx\x00y\x0bz\ufffe &#0; &#xFFFE;\n".encode())
    assert odd.article
    assert "xyz" in odd.article.body
    assert printed(odd.problems) == [
        "3: warning T002: 5 characters that no book can hold were taken out (control characters and the like)"
    ]


def test_halves_of_characters_do_not_make_a_file_windows_1252() -> None:
    """In a file that is UTF-8 otherwise, two halves are the character that they make, and one alone goes."""
    odd = read("# Zoë\n\né \ud83d\ude00 \ud800x\n".encode("utf-8", "surrogatepass"))
    assert odd.article
    assert odd.article.title == "Zoë"
    assert "é \N{GRINNING FACE} x" in odd.article.body
    assert printed(odd.problems) == [
        "3: warning T002: a character that no book can hold was taken out (control characters and the like)"
    ]


@pytest.mark.parametrize("key", ["title", "standfirst", "short-title", "section", "status"])
@pytest.mark.parametrize(
    "front",
    [
        '---\n{key}: "a\\x01\\0b\\uFFFE"\n---\n',
        '---\n{key}: "a\\uD800\\uDC00b\\uDC00\\uD800\\u0007"\n---\n',
        '+++\n{key} = "a\\u0001\\u0000b\\uFFFF"\n+++\n',
    ],
)
def test_escapes_write_nothing_that_no_book_can_hold(front: str, key: str) -> None:
    """A character that a quoted value has only by its number goes as well, and is counted."""
    reading = read(front.replace("{key}", key))
    assert reading.article
    said = getattr(reading.article, key.replace("-", "_"))
    assert said.replace("\U00010000", "") == "ab"
    assert [problem.message for problem in reading.problems if problem.code == "T002"] == [
        "3 characters that no book can hold were taken out (control characters and the like)"
    ]


def test_escapes_of_json_are_read_in_yaml() -> None:
    """A character written as two halves, as programs that write JSON do, is one; backslashes before it count."""
    reading = read('---\ntitle: "\\ud83d\\ude00 \\\\ud83d\\\\ude00"\n---\n')
    assert reading.article
    assert reading.article.title == "\N{GRINNING FACE} \\ud83d\\ude00"


@pytest.mark.parametrize(
    "text", ["\u200b", "\u00a0 \u2003", "\ufeff\u2060", "\u202e\u202c", "\u00ad", "\\x01"]
)
def test_a_text_that_shows_nothing_is_none(text: str) -> None:
    """Titles, names and tags of spaces and invisible marks count as not written."""
    reading = read(f'---\ntitle: "{text}"\nauthors: ["{text}", Zoë]\ntags: ["{text}"]\n---\n')
    assert reading.article
    assert (reading.article.title, reading.article.tags) == ("Two", ())
    assert [credit.name for credit in reading.article.credits] == ["Zoë"]
    assert {"T002", "T003"} & {problem.code for problem in reading.problems}


def test_the_schema_knows_every_key() -> None:
    """The JSON Schema can be written out and has every key and alias of the contract."""
    schema = json.loads(json.dumps(front_matter_schema()))
    assert {"title", "summary", "author", "order", "lang", "image", "draft", "source"} <= set(
        schema["properties"]
    )
    assert schema["properties"]["rights"]["properties"]["status"]["enum"][0] == "cleared"


def test_every_code_has_a_meaning() -> None:
    """The codes that the package raises are those that its table explains."""
    import re
    from pathlib import Path

    import anthology.read

    folder = Path(str(anthology.read.__file__)).parent
    raised = {
        code
        for file in folder.rglob("*.py")
        for code in re.findall(r'"([FTI]0\d\d)"', file.read_text("utf-8"))
    }
    assert raised == set(CODES)
