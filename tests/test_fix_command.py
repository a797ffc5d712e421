"""`anthology check --fix`: a diff first, then the files, with nothing else of them changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from making import BOOK, write_project

from anthology.checking import mending as mending_of_projects
from anthology.cli import mending
from anthology.cli.check import check
from anthology.problems import UsageError

STYLE = '[style]\nquotes = "double"\ndashes = "spaced-en"\nellipsis = "character"\nranges = "en-dash"\n'
ARTICLE = '---\ntitle: "It\'s ..."\n---\n\nIt\'s "so" -- 8-12 times...\n'
MENDED = '---\ntitle: "It\'s ..."\n---\n\nIt’s “so” – 8–12 times…\n'
DIFF = (
    "--- a/content/tides/one.md\n"
    "+++ b/content/tides/one.md\n"
    "@@ -2,4 +2,4 @@\n"
    ' title: "It\'s ..."\n'
    " ---\n"
    " \n"
    '-It\'s "so" -- 8-12 times...\n'
    "+It’s “so” – 8–12 times…\n"
)


def run(*arguments: str | Path, answer: str = "") -> Result:
    """Run the command; what it raises is raised."""
    return CliRunner().invoke(check, [str(each) for each in arguments], input=answer, catch_exceptions=False)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Write a book with an article to be mended and one that is as it should be."""
    files = {"anthology.toml": BOOK + STYLE, "content/tides/one.md": ARTICLE, "content/tides/two.md": MENDED}
    return write_project(tmp_path, files)


def article(book: Path) -> str:
    """Read the article."""
    return (book / "content/tides/one.md").read_text(encoding="utf-8")


def test_without_anybody_to_ask_the_diff_is_all(book: Path) -> None:
    """The diff goes to standard output; nothing is written, and the exit code is 1."""
    result = run("--fix", book)
    assert (result.stdout, result.exit_code) == (DIFF, 1)
    assert result.stderr == "nothing was written; --yes mends 1 file\n"
    assert article(book) == ARTICLE


def test_who_agrees_beforehand_is_not_asked(book: Path) -> None:
    """--yes shows the diff and writes; a second time there is nothing to do."""
    result = run("--fix", "--yes", book)
    assert (result.stdout, result.stderr, result.exit_code) == (DIFF, "mended 1 file\n", 0)
    assert article(book) == MENDED
    again = run("--fix", "--yes", book)
    assert (again.stdout, again.stderr, again.exit_code) == ("", "nothing to mend\n", 0)


@pytest.mark.parametrize(
    ("answer", "code", "text"), [("y\n", 0, MENDED), ("n\n", 1, ARTICLE), ("\n", 1, ARTICLE)]
)
def test_on_a_terminal_the_editor_is_asked(
    book: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, text: str
) -> None:
    """Only a yes has the files written."""
    monkeypatch.setattr(mending, "_on_terminal", lambda: True)
    result = run("--fix", book, answer=answer)
    assert result.exit_code == code
    assert "Mend 1 file? [y/N]: " in result.stderr
    assert article(book) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_file_is_otherwise_the_same(book: Path, encoding: str) -> None:
    """Encoding, byte order mark and the ends of lines, mixed as they may be, stay."""
    path = book / "content/tides/one.md"
    path.write_bytes(ARTICLE.replace("---\n", "---\r\n").encode(encoding))
    assert run("--fix", "--yes", book).exit_code == 0
    assert path.read_bytes() == MENDED.replace("---\n", "---\r\n").encode(encoding)


def test_what_cannot_be_read_for_certain_is_left(book: Path) -> None:
    """A file in no encoding of Unicode, a draft, broken front matter, and a quotation without an end stay."""
    path = book / "content/tides/one.md"
    for data in (
        "Caf\xe9, it's".encode("cp1252"),
        b"---\ntitle: x\n\nIt's",
        b"---\na: \"\n---\nIt's",
        b"\"It's so",
    ):
        path.write_bytes(data)
        assert run("--fix", "--yes", book).stderr == "nothing to mend\n"
        assert path.read_bytes() == data


def test_what_is_accepted_is_not_mended(book: Path) -> None:
    """A code that [check] ignores in a file is left alone there."""
    ignored = (
        '[check]\nignore = [{code = "H002", path = "content/tides/one.md", reason = "typed by a poet"}]\n'
    )
    (book / "anthology.toml").write_text(BOOK + STYLE + ignored, encoding="utf-8")
    run("--fix", "--yes", book)
    assert article(book).endswith('It\'s "so" – 8–12 times…\n')


def test_a_language_of_its_own(book: Path) -> None:
    """Marks are those of the article's language; its dashes are its own affair, where that is not the book's."""
    (book / "content/tides/one.md").write_text('---\nlang: de\n---\nEr sagt -- "nein".\n', encoding="utf-8")
    run("--fix", "--yes", book)
    assert article(book) == "---\nlang: de\n---\nEr sagt -- „nein“.\n"


def test_what_would_be_read_otherwise_is_left_and_told(book: Path) -> None:
    """Without its space, a number would begin a list: the file stays, and a problem says so."""
    (book / "content/tides/one.md").write_text("Text.\n\n1 . One.\n", encoding="utf-8")
    result = run("--fix", "--yes", book)
    assert result.stderr == (
        "content/tides/one.md: warning H022: mending it would change more than marks and spaces, so it stays as it is\n"
        "    hint: mend by hand what `anthology check` tells of it\n"
        "1 warning\n"
        "nothing was written\n"
    )
    assert (result.stdout, result.exit_code) == ("", 1)
    assert article(book) == "Text.\n\n1 . One.\n"


def test_headings_keep_their_names(book: Path) -> None:
    """Links find a heading by its words: where a space would come or go between them, it is left to the editor."""
    text = "# One\n\n## Two—three,four -- it's five\n\nSetext—six\n------\n"
    (book / "content/tides/one.md").write_text(text, encoding="utf-8")
    run("--fix", "--yes", book)
    assert article(book) == "# One\n\n## Two—three,four – it’s five\n\nSetext—six\n------\n"


def test_who_saves_in_the_meantime_loses_nothing(book: Path) -> None:
    """A file that has changed since it was shown is not written over."""
    changes, _ = mending_of_projects.mend_project(book)
    (book / "content/tides/one.md").write_text("It's new.\n", encoding="utf-8")
    assert mending_of_projects.write_changes(book, changes) == ("content/tides/one.md",)
    assert article(book) == "It's new.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--yes",), "--yes means nothing for what is checked here"),
        (("--fix", "--strict"), "--strict means nothing for what is checked here"),
        (("--fix", "--format", "json"), "--format means nothing for what is checked here"),
    ],
)
def test_options_that_mean_nothing(book: Path, arguments: tuple[str, ...], message: str) -> None:
    """--yes goes with --fix, which mends a project and makes no report."""
    with pytest.raises(UsageError) as caught:
        run(*arguments, book)
    assert caught.value.problems[0].message == message


def test_an_e_book_is_not_mended(tmp_path: Path) -> None:
    """--fix is for the text of a project."""
    (tmp_path / "book.epub").write_bytes(b"")
    with pytest.raises(UsageError):
        run("--fix", tmp_path / "book.epub")
