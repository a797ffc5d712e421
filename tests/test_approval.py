"""Approvals: written into front matter with a digest of what prints, and told when that has changed since."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from making import make_article, write_project

from anthology.amend import CannotAmend, approve_in, withdraw_approval
from anthology.cli import anthology as command
from anthology.model import Approval
from anthology.proofs import check_approvals, digest_of_text
from anthology.read import read_article

PATH = "content/mind/one.md"
APPROVAL = Approval('Ada "A." Lindqvist', dt.date(2026, 11, 30), "0123456789012345")
YAML = 'approved: {by: "Ada \\"A.\\" Lindqvist", date: 2026-11-30, digest: "0123456789012345"}'
TOML = 'approved = {by = "Ada \\"A.\\" Lindqvist", date = 2026-11-30, digest = "0123456789012345"}'


@pytest.mark.parametrize(
    ("before", "after", "withdrawn"),
    [
        ("Text.\n", f"---\n{YAML}\n---\nText.\n", "Text.\n"),
        ("---\ntitle: A\n---\nText.", f"---\ntitle: A\n{YAML}\n---\nText.", "---\ntitle: A\n---\nText."),
        (
            "---\r\n# of the\r\ntitle: A\r\n---\r\nText.",
            f"---\r\n# of the\r\ntitle: A\r\n{YAML}\r\n---\r\nText.",
            "---\r\n# of the\r\ntitle: A\r\n---\r\nText.",
        ),
        (
            "---\napproved: MC  # by post\ntitle: A\n---\n",
            f"---\n{YAML}  # by post\ntitle: A\n---\n",
            "---\ntitle: A\n---\n",
        ),
        (
            "---\napproved:\n  by: MC\n  date: 2026-01-01\n\n# The head.\ntitle: A\n---\n",
            f"---\n{YAML}\n\n# The head.\ntitle: A\n---\n",
            "---\n\n# The head.\ntitle: A\n---\n",
        ),
        (
            "+++\ntitle = 'A'\n\n# Whose it is.\n[rights]\nholder = 'B'\n+++\nText.",
            f"+++\ntitle = 'A'\n{TOML}\n\n# Whose it is.\n[rights]\nholder = 'B'\n+++\nText.",
            "+++\ntitle = 'A'\n\n# Whose it is.\n[rights]\nholder = 'B'\n+++\nText.",
        ),
        (
            "\ufeff+++\napproved = 'MC' # by post\ntitle = 'A'\n+++\n",
            f"\ufeff+++\n{TOML} # by post\ntitle = 'A'\n+++\n",
            "\ufeff+++\ntitle = 'A'\n+++\n",
        ),
    ],
)
def test_an_approval_is_written_and_taken_back(before: str, after: str, withdrawn: str) -> None:
    """It is one line, in the place of an earlier one; comments, order, line ends and all else stay to the byte."""
    assert approve_in(before.encode(), APPROVAL).decode() == after
    assert approve_in(after.encode(), APPROVAL).decode() == after
    assert withdraw_approval(after.encode()).decode() == withdrawn
    assert withdraw_approval(withdrawn.encode()).decode() == withdrawn


def test_a_name_that_is_no_text_is_refused() -> None:
    """Bytes that a terminal in Latin-1 handed on cannot be written into a file of UTF-8."""
    with pytest.raises(CannotAmend) as refused:
        approve_in(b"Text.\n", Approval("Ren\udce9"))
    assert str(refused.value) == "the name has bytes that are no UTF-8"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("---\n{title: A}\n---\n", "its front matter is a group in braces"),
        ("---\ntitle: A\n", "its front matter is never closed"),
        ("+++\n[approved]\nby = 'MC'\n+++\n", "`approved` is a table: delete it, or write it as one line"),
        ("+++\napproved.by = 'MC'\n+++\n", "`approved` is in several lines: delete them, or write it as one"),
    ],
)
def test_what_cannot_take_an_approval_says_why(written: str, why: str) -> None:
    """Front matter that cannot take the line is left alone, with a reason."""
    with pytest.raises(CannotAmend) as refused:
        approve_in(written.encode(), APPROVAL)
    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("written", "approval", "told"),
    [
        ("approved: MC", Approval("MC"), "MC"),
        ("approved: 1 December 2026", Approval(date=dt.date(2026, 12, 1)), "2026-12-01"),
        ("approved: no", Approval("no"), "no"),
        ("approved: {by: MC, date: 2026-12-01}", Approval("MC", dt.date(2026, 12, 1)), "MC, 2026-12-01"),
        (YAML, APPROVAL, 'Ada "A." Lindqvist, 2026-11-30'),
        ("approved:", Approval(), ""),
    ],
)
def test_an_approval_is_read_as_people_write_it(written: str, approval: Approval, told: str) -> None:
    """A name, a day, or a group of both with a digest; nothing is nobody's approval."""
    reading = read_article(
        PATH, f"---\ntitle: A\n{written}\n---\n".encode(), language="en", find=lambda _: None
    )
    assert reading.article is not None
    assert (reading.article.approved, str(approval), reading.problems) == (approval, told, ())


ARTICLE = """---
title: Low water
authors: Ada Lindqvist
status: edited
---
The *harbour* was quiet: "dead", she wrote -- and cold. See [two](two.md).

It froze in 1911.

- a list
- of two
"""


def digest_after(old: str = "", new: str = "", text: str = ARTICLE) -> str:
    """Give the digest of the article with one thing changed."""
    assert old in text
    reading = read_article(PATH, text.replace(old, new, 1).encode(), language="en", find=lambda _: None)
    assert reading.article is not None
    return digest_of_text(reading.article)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("quiet: ", "quiet:\n"),
        ("\n\nIt froze", "  \n\n\n\nIt froze"),
        ("\n", "\r\n"),
        ('"dead"', "“dead”"),
        (" -- ", " – "),
        ("two.md", "three.md"),
        ("1911.", "1911. <!-- ? Really? -->"),
        ("1911.", "1911. <!-- a note to ourselves -->"),
        ("status: edited", "status: final\ntags: [ice]\nrelated: [two]\napproved: MC\nsection: Elsewhere"),
        ("The *harbour*", "The [*harbour*]{index=ports}"),
    ],
)
def test_what_is_no_edit(old: str, new: str) -> None:
    """White space, typographic characters, comments, names of files and front matter that no page shows do not count."""
    assert digest_after(old, new) == digest_after()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1911", "1912"),
        ("quiet", "Quiet"),
        ("*harbour*", "harbour"),
        ("cold. See", "cold. Do see"),
        ("\n\nIt froze", " It froze"),
        ("- of two\n", "- of two\n- or three\n"),
        ("Low water", "High water"),
        ("status: edited", "standfirst: Ice."),
        ("Ada Lindqvist", "Piet Nolan"),
        ("status: edited", "rights: {holder: Ada Lindqvist}"),
        ("(two.md)", "(https://example.org)"),
        ("- a list", "- a list: ![A buoy](buoy.png)"),
    ],
)
def test_what_is_an_edit(old: str, new: str) -> None:
    """A word, a letter, an emphasis, a paragraph, an address, a picture, the head and the credit line count."""
    assert digest_after(old, new) != digest_after()


def test_an_approval_without_a_digest_is_never_broken() -> None:
    """An editor's own note of who approved is taken at its word."""
    article = make_article("one", body="<p>Text.</p>", approved=Approval("MC"))
    assert list(check_approvals([article])) == []


def run(project: Path, *words: str) -> Result:
    """Run a command in a project."""
    return CliRunner().invoke(command, [words[0], words[1], str(project), "--no-cache", *words[2:]])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project with one article and a draft."""
    files = {
        "anthology.toml": '[book]\ntitle = "A"\n[editions.ebook]\nformat = "epub"\n',
        PATH: ARTICLE.replace(" See [two](two.md).", ""),
        "content/mind/two.md": "---\ndraft: true\n---\nText.",
    }
    return write_project(tmp_path, files)


def test_an_article_edited_after_its_approval_is_told(project: Path) -> None:
    """Approving records name, date and digest; plan shows them; an edit is a warning until it is approved again."""
    made = run(project, "approve", "one", "--by", "Ada  Lindqvist", "--date", "2026-11-30")
    written = (project / PATH).read_text()
    digest = digest_after(text=written)
    assert (made.exit_code, made.stdout) == (0, "")
    assert made.stderr == f"{PATH}: approved: Ada Lindqvist, 2026-11-30 ({digest})\n"
    assert (
        f'status: edited\napproved: {{by: "Ada Lindqvist", date: 2026-11-30, digest: "{digest}"}}\n---\n'
        in written
    )
    plan = CliRunner().invoke(command, ["plan", str(project), "--no-cache"])
    assert "D001" not in plan.stderr
    assert (
        '"approved": "Ada Lindqvist, 2026-11-30"'
        in CliRunner().invoke(command, ["plan", str(project), "--no-cache", "--json"]).stdout
    )
    (project / PATH).write_text(written.replace("1911", "1912"))
    warning = (
        f"{PATH}: warning D001: edited since it was approved (Ada Lindqvist, 2026-11-30)\n"
        "    hint: `anthology approve one --by NAME` when it is approved again; --withdraw takes it back\n"
    )
    assert warning in CliRunner().invoke(command, ["plan", str(project), "--no-cache"]).stderr
    assert (
        warning
        in CliRunner()
        .invoke(command, ["build", str(project), "--no-cache", "-e", "ebook", "--strict"])
        .stderr
    )
    again = run(project, "approve", PATH, "--by", "Ada Lindqvist", "--date", "2026-12-01")
    assert again.stderr.startswith(f"{PATH}: approved: Ada Lindqvist, 2026-12-01 (")


def test_a_path_may_be_the_one_that_the_shell_completes(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An article is found by its path from the current folder too, wherever the book is."""
    monkeypatch.chdir(project.parent)
    for name in (f"{project.name}/{PATH}", str(project / PATH)):
        made = run(project, "approve", name, "--by", "Ada Lindqvist", "--date", "2026-11-30")
        assert made.stderr.startswith(f"{PATH}: approved: "), made


def test_an_approval_is_taken_back(project: Path) -> None:
    """Withdrawing leaves the file as it was before; where nothing was approved it says so."""
    before = (project / PATH).read_bytes()
    run(project, "approve", "one", "--by", "Ada")
    assert run(project, "approve", "one", "--withdraw").stderr == f"{PATH}: not approved any more\n"
    assert (project / PATH).read_bytes() == before
    assert run(project, "approve", "one", "--withdraw").stderr == f"{PATH}: nobody had approved it\n"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("one",), 2, 'Error: who approved it is missing: add --by "NAME", or --withdraw\n'),
        (
            ("one", "--by", "A", "--withdraw"),
            2,
            "Error: --withdraw takes an approval back: leave out --by and --date\n",
        ),
        (
            ("one", "--by", "Ren\udce9"),
            2,
            "Error: the name behind --by has bytes that are no UTF-8: type it in a terminal that is set to UTF-8, or"
            " write `approved: NAME` into the article by hand\n",
        ),
        (("onn", "--by", "A"), 2, 'error B003: no article "onn"\n    hint: did you mean "one"?\n1 error\n'),
        (
            ("two", "--by", "A"),
            1,
            "content/mind/two.md: error D004: it is a draft, or in no section of the book\n"
            "    hint: take `draft` out of its front matter\n1 error\n",
        ),
    ],
)
def test_slips_are_told(
    project: Path,
    words: tuple[str, ...],
    code: int,
    told: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody named, both asked for, an id that is not there, a draft: each says what to do."""
    from anthology.cli import main

    monkeypatch.setattr(
        "sys.argv", ["anthology", "approve", words[0], str(project), "--no-cache", *words[1:]]
    )
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
    assert capsys.readouterr().err.endswith(told)


def test_front_matter_that_cannot_take_it_stays(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An approval that cannot be written is an error that says why, and the file stays as it was."""
    from anthology.cli import main

    (project / PATH).write_text("---\n{title: Low water}\n---\nText.\n")
    monkeypatch.setattr("sys.argv", ["anthology", "approve", "one", str(project), "--no-cache", "--by", "A"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert capsys.readouterr().err == (
        f"{PATH}: error D002: the approval cannot be written: its front matter is a group in braces\n"
        "    hint: mend its front matter, or write `approved` there by hand\n1 error\n"
    )
    assert (project / PATH).read_text() == "---\n{title: Low water}\n---\nText.\n"
