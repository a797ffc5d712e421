"""What a user can do wrong: one clear message each, the exit code, no traceback, and an old dist/ untouched."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import run
from making import BOOK, write_project

TEXT = "---\ntitle: One\n---\n\nSome words.\n"
GOOD = {"content/mind/one.md": TEXT}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {"anthology.toml": '[book]\ntitel = "A"\ntitle = "B"\n', **GOOD},
            'anthology.toml:2: error C002: unknown key "titel" in [book]\n    hint: did you mean "title"?\n1 error\n',
            id="unknown key",
        ),
        pytest.param(
            {"content/mind/one.md": TEXT + "\n![Stairs](stairs.png)\n"},
            "content/mind/one.md:7: error I002:",
            id="missing picture",
        ),
        pytest.param(
            {"content/mind/one.md": TEXT, "content/work/one.md": TEXT},
            'content/work/one.md: error A001: the id "one" is taken by content/mind/one.md\n'
            "    hint: give one of the two another `id` in its front matter, or rename the file\n1 error\n",
            id="one id twice",
        ),
        pytest.param(
            {"content/mind/one.md": "---\ntitle: [One\n---\n\nSome words.\n", "content/mind/two.md": TEXT},
            "content/mind/one.md:",
            id="broken YAML",
        ),
        pytest.param(
            {},
            "content: error A002: no articles to make a book of\n"
            "    hint: put Markdown files into content/<section>/\n1 error\n",
            id="no articles",
        ),
        pytest.param(
            {"templates/article.html": "{% block %}", **GOOD},
            "templates/article.html:1: error S001:",
            id="broken template",
        ),
    ],
)
def test_a_fault_is_one_message(tmp_path: Path, files: dict[str, str], message: str) -> None:
    """A fault of the project is told once, with its line; exit 1; the old dist/ stays as it was."""
    write_project(tmp_path, {"dist/a-book.epub": "old", **files})
    result = run("build", tmp_path)
    assert result.stderr.startswith(message), result.stderr
    assert result.stderr.endswith("\n1 error\n")
    assert "Traceback" not in result.stderr
    assert result.returncode == 1
    assert {path.name: path.read_text() for path in (tmp_path / "dist").iterdir()} == {"a-book.epub": "old"}


def test_a_folder_without_anthology_toml(tmp_path: Path) -> None:
    """A folder that is no project is told as such, with the command that makes one."""
    result = run("build", tmp_path)
    assert result.stderr == (
        f"error B001: {tmp_path} has no anthology.toml\n"
        "    hint: `anthology new DIR` makes a small anthology to begin with\n1 error\n"
    )
    assert result.returncode == 1


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """One article that cannot be read keeps no other from being read."""
    write_project(
        tmp_path,
        {
            "content/mind/a.md": "---\ntitle: [A\n---\n",
            "content/mind/b.md": "+++\ntitle = \n+++\n",
            "content/mind/c.md": TEXT + "\n![Stairs](stairs.png)\n",
        },
    )
    result = run("build", tmp_path)
    assert [line.split(": ")[0] for line in result.stderr.splitlines() if " error " in line] == [
        "content/mind/a.md:2",
        "content/mind/b.md:2",
        "content/mind/c.md:7",
    ]
    assert result.returncode == 1


def test_an_unknown_edition_or_article_is_a_usage_error(tmp_path: Path) -> None:
    """Editions and articles that do not exist are exit 2, with the near name."""
    write_project(tmp_path, GOOD)
    result = run("build", tmp_path, "-e", "pint")
    assert result.stderr.startswith(
        'anthology.toml:1: error B002: no edition "pint"\n    hint: did you mean "print"?'
    )
    assert result.returncode == 2
    result = run("build", tmp_path, "--article", "on")
    assert result.stderr.startswith('error B003: no article "on"\n    hint: did you mean "one"?')
    assert result.returncode == 2


def test_a_mistyped_command_is_a_usage_error() -> None:
    """A slip in a command's name is exit 2, with the near name."""
    result = run("biuld")
    assert 'no command "biuld": did you mean "build"?' in result.stderr
    assert result.returncode == 2


def test_an_empty_section_is_a_warning(tmp_path: Path) -> None:
    """An empty section does not stop the book; with --strict it does, and nothing is written."""
    sections = '[[sections]]\ntitle = "Mind"\n[[sections]]\ntitle = "Work"\n'
    write_project(tmp_path, {"anthology.toml": BOOK + sections, **GOOD})
    result = run("build", tmp_path, "-e", "ebook", "--strict")
    assert result.returncode == 1
    assert not (tmp_path / "dist").exists()
    result = run("build", tmp_path, "-e", "ebook")
    assert (
        'anthology.toml:5: warning A004: the section "Work" has no articles and is left out' in result.stderr
    )
    assert result.returncode == 0
    assert (tmp_path / "dist" / "a-book.epub").is_file()


def test_keep_going_builds_the_rest(tmp_path: Path) -> None:
    """With --keep-going the articles that can be read make a book, and the exit code still says that some could not."""
    write_project(tmp_path, {"content/mind/a.md": "---\ntitle: [A\n---\n", **GOOD})
    result = run("build", tmp_path, "-e", "ebook", "--keep-going")
    assert result.returncode == 1
    assert (tmp_path / "dist" / "a-book.epub").is_file()


def test_the_record_on_standard_output(tmp_path: Path) -> None:
    """--json prints the record on standard output and nothing else there."""
    import json

    write_project(tmp_path, GOOD)
    result = run("build", tmp_path, "-e", "ebook", "--json")
    assert json.loads(result.stdout)["editions"][0]["name"] == "ebook"
    assert json.loads((tmp_path / "dist" / "build.json").read_text()) == json.loads(result.stdout)


def test_one_article_alone(tmp_path: Path) -> None:
    """--article sets one article alone, beside the book, whose record stays as it is; its links are plain text."""
    from reading_back import read_pdf

    two = "---\ntitle: Two\nrelated: [one]\n---\n\nSee [one](one.md).\n"
    write_project(tmp_path, {"content/mind/two.md": two, **GOOD})
    result = run("build", tmp_path, "-e", "print", "--article", "two")
    assert result.returncode == 0
    assert "warning" not in result.stderr
    assert [path.name for path in (tmp_path / "dist").iterdir()] == ["a-book-print-two.pdf"]
    facts = read_pdf((tmp_path / "dist" / "a-book-print-two.pdf").read_bytes())
    assert len(facts.folios) == 1
    assert "One" in facts.texts[0]


def test_json_is_printed_when_a_build_fails(tmp_path: Path) -> None:
    """A failed build with --json prints the problems as JSON too."""
    import json

    write_project(tmp_path, {})
    result = run("build", tmp_path, "--json")
    assert json.loads(result.stdout)["problems"][0]["code"] == "A002"
    assert result.returncode == 1


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "templates/article.html",
            '{% extends "document.html" %}{% block body %}<p>{{ piece.title }}{% endblock %}',
            "templates/article.html: error S001: what it makes of one is not well-formed: "
            "Opening and ending tag mismatch: p line",
        ),
        (
            "templates/article.html",
            "<p>Nothing</p>",
            "templates/article.html: error S001: what it makes of one has no body",
        ),
        (
            "templates/article.html",
            '{% extends "document.html" %}{% block body %}{{ piece.titel }}{% endblock %}',
            'templates/article.html:1: error S001: an article has no "titel"\n    hint: did you mean "title"?',
        ),
        (
            "templates/article.html",
            '{% extends "document.html" %}\n{% block body %}\n<p>\n{{ piece.titel }}</p>{% endblock %}',
            'templates/article.html:4: error S001: an article has no "titel"\n    hint: did you mean "title"?',
        ),
        (
            "templates/document.html",
            "<html>\n{% block body %}{% endblock %}\n{{ titel }}",
            'templates/document.html:3: error S001: there is no "titel" here\n',
        ),
        (
            "templates/article.html",
            '{% extends "packaged/artcle.html" %}',
            'templates/article.html:1: error S001: it names a template that does not exist: "packaged/artcle.html"',
        ),
        (
            "styles/house.css",
            ".standfirst { color: black }\n.byline { font-size: }\n",
            'styles/house.css:2: error S002: the style sheet cannot be read here: "font-size" has no value',
        ),
        (
            "styles/house.css",
            ".a { color: red\n.b { color: blue }\n",
            'styles/house.css:1: error S002: the style sheet cannot be read here: this "{" is never closed\n'
            '    hint: write a "}" where it ends, or look in it for another that is missing\n1 error\n',
        ),
        (
            "styles/house.css",
            '/* { */\n.a::after { content: "{ \\"{"; background: url(data:,{) }\n}\n.b\\{ { color: blue }\n',
            'styles/house.css:3: error S002: the style sheet cannot be read here: this "}" closes nothing\n'
            "    hint: take it away, or look above it for what is not opened\n1 error\n",
        ),
        (
            "styles/house.css",
            ".a { color: red }\n.b { width: calc(1em + 2px }\n",
            'styles/house.css:2: error S002: the style sheet cannot be read here: this "(" is never closed\n'
            '    hint: write a ")" where it ends, or look in it for another that is missing\n1 error\n',
        ),
    ],
)
def test_faults_of_templates_and_styles(tmp_path: Path, name: str, text: str, message: str) -> None:
    """A template or style sheet of the project that cannot be used is named, with its line where there is one."""
    write_project(tmp_path, {name: text, **GOOD})
    result = run("build", tmp_path, "-e", "ebook")
    assert result.stderr.startswith(message), result.stderr
    assert "Traceback" not in result.stderr
    assert result.returncode == 1


def test_a_file_that_nothing_uses(tmp_path: Path) -> None:
    """A template or style sheet whose name nothing asks for is a warning with the near name."""
    write_project(tmp_path, {"styles/hause.css": "p { color: black }", **GOOD})
    result = run("build", tmp_path, "-e", "ebook")
    assert (
        'styles/hause.css: warning S003: nothing uses this file\n    hint: did you mean "house.css"?'
        in result.stderr
    )
    assert result.returncode == 0


def test_a_running_head_that_is_cut_says_what_it_shows(tmp_path: Path) -> None:
    """An ellipsis in the text of a page reads back as an ellipsis, also where a running head was cut."""
    from reading_back import read_pdf

    long = "A section about everything that lies on the moors above the town of Oberau and below it as well"
    text = "---\ntitle: One\n---\n\n" + "Some words, and *wait…* more of them. " * 200
    write_project(
        tmp_path,
        {
            "anthology.toml": BOOK + f'[[sections]]\ntitle = "{long}"\nslug = "mind"\n',
            "content/mind/one.md": text,
        },
    )
    assert run("build", tmp_path, "-e", "print").returncode == 0
    facts = read_pdf((tmp_path / "dist" / "a-book-print.pdf").read_bytes())
    assert any("A section about everything" in text and "…" in text for text in facts.texts)
    assert "and wait… more of them" in " ".join(facts.texts)
    assert "waitthe" not in " ".join(facts.texts).replace(" ", "")


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("templates/article.html", '{% extends "article.html" %}', "S001"),
        (
            "templates/article.html",
            '{% extends "document.html" %}{% block body %}{{ piece.title + 1 }}{% endblock %}',
            "S001",
        ),
        ("styles/house.css", ".article { display: none }", "P001"),
        ("styles/house.css", ".document { display: none }", "P001"),
        ("anthology.toml", BOOK + "[editions]\n", "B009"),
        ("content/mind/two.md", f"# Two\n\n![x]({'a' * 300}.png)\n", "I002"),
    ],
)
def test_no_traceback_for_what_a_user_can_cause(tmp_path: Path, name: str, text: str, code: str) -> None:
    """Slips in templates, styles, settings and names end as a problem with a code."""
    write_project(tmp_path, {**GOOD, name: text})
    result = run("build", tmp_path, "-e", "print") if code == "P001" else run("build", tmp_path)
    assert f"error {code}: " in result.stderr, result.stderr
    assert "Traceback" not in result.stderr
    assert result.returncode == 1


def test_a_style_sheet_that_is_no_utf_8(tmp_path: Path) -> None:
    """A style sheet in another encoding is named, with its line."""
    write_project(tmp_path, GOOD)
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "house.css").write_bytes(b"/* x */\n/* \xe9 */\n")
    result = run("build", tmp_path, "-e", "ebook")
    assert result.stderr.startswith("styles/house.css:2: error S004:"), result.stderr
    assert result.returncode == 1


def test_an_article_that_lies_outside_is_refused(tmp_path: Path) -> None:
    """A symbolic link out of the project is an error, not an empty article."""
    outside = tmp_path / "outside.md"
    outside.write_text(TEXT)
    write_project(tmp_path / "book", GOOD)
    (tmp_path / "book" / "content" / "mind" / "two.md").symlink_to(outside)
    result = run("build", tmp_path / "book", "-e", "ebook")
    assert result.stderr.startswith("content/mind/two.md: error B007:"), result.stderr
    assert result.returncode == 1


def test_nothing_is_written_where_a_file_cannot_be(tmp_path: Path) -> None:
    """Where a folder has the name of a file to be written, no other file is changed."""
    write_project(tmp_path, {**GOOD, "dist/a-book.epub": "old"})
    (tmp_path / "dist" / "build.json").mkdir()
    result = run("build", tmp_path, "-e", "ebook")
    assert result.returncode == 1
    assert "error B005: " in result.stderr
    assert (tmp_path / "dist" / "a-book.epub").read_text() == "old"
