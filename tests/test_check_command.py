"""`anthology check`: what editors and programs see of a preflight, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pikepdf import Dictionary, Name
from printed import as_screen, draws, make_pdf

from anthology.cli.check import check
from anthology.problems import AnthologyError, UsageError


def run(*arguments: str | Path) -> Result:
    """Run the command; what it raises is raised."""
    return CliRunner().invoke(check, [str(each) for each in arguments], catch_exceptions=False)


def refused(*arguments: str | Path) -> tuple[str, int]:
    """Run a command that cannot be done: what it says, and its exit code."""
    with pytest.raises(AnthologyError) as caught:
        run(*arguments)
    problem = caught.value.problems[0]
    return f"{problem.code} {problem.message} | {problem.hint}", caught.value.exit_code


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a small book for print into a folder, and go there."""
    monkeypatch.chdir(tmp_path)
    Path("book.pdf").write_bytes(make_pdf())
    return Path("book.pdf")


def test_a_good_file_passes_in_one_line(book: Path) -> None:
    """The closing line says what was checked; the exit code is 0."""
    result = run(book, "--profile", "kdp")
    assert (result.stdout, result.exit_code) == ("", 0)
    assert result.stderr == "checked 24 rules of kdp, 32 pages: nothing to mend\n"


def test_what_is_wrong_is_told_with_page_and_counted(book: Path) -> None:
    """Errors leave with 1; the place is the file and the page in it."""
    grey = b"0.4 g BT /F1 9 Tf 1 0 0 1 90 300 Tm (Grey) Tj ET"
    book.write_bytes(
        make_pdf(draws(grey), draws(b"/G1 gs", 4, ExtGState={"/G1": Dictionary(BM=Name.Screen)}))
    )
    result = run(book, "--profile", "kdp")
    assert result.exit_code == 1
    assert result.stderr == (
        "book.pdf:3: error V025: page 3: text in 60 % black\n"
        "    hint: print text in black alone, at 100 %\n"
        "book.pdf:4: error V027: page 4: has the blend mode Screen\n"
        "    hint: flatten what is transparent\n"
        "checked 24 rules of kdp, 32 pages: 2 errors\n"
    )


def test_warnings_fail_only_where_asked(book: Path) -> None:
    """A coarse picture prints: exit code 0, and 1 with --strict."""
    image = b"q 144 0 0 144 100 200 cm BI /W 9 /H 9 /CS /G /BPC 8 ID " + bytes(81) + b" EI Q"
    book.write_bytes(make_pdf(draws(image)))
    assert run(book, "--profile", "kdp").exit_code == 0
    result = run(book, "--profile", "kdp", "--strict")
    assert result.exit_code == 1
    assert result.stderr.endswith("checked 24 rules of kdp, 32 pages: 1 warning\n")


def test_programs_get_json(book: Path) -> None:
    """--format json prints problems as build.json has them, and what was checked."""
    result = run(book, "--profile", "screen", "--format", "json")
    told = json.loads(result.stdout)
    assert (told["file"], told["profile"], told["pages"], told["rules"]) == ("book.pdf", "screen", 32, 9)
    assert told["problems"][0] == {
        "code": "V034",
        "severity": "error",
        "message": "the file does not claim to keep PDF/UA-1 (it claims none)",
        "path": "book.pdf",
        "line": None,
        "hint": "save the PDF as PDF/UA-1",
    }


def test_github_gets_annotations(book: Path) -> None:
    """--format github prints one workflow command a problem; a per cent sign is escaped."""
    book.write_bytes(make_pdf(draws(b"0.4 g BT /F1 9 Tf 1 0 0 1 90 300 Tm (Grey) Tj ET")))
    assert run(book, "--profile", "kdp", "--format", "github").stdout == (
        "::error file=book.pdf,title=V025::page 3: text in 60 %25 black (print text in black alone, at 100 %25)\n"
    )


def test_a_cover_and_a_screen_file_can_be_checked(book: Path) -> None:
    """--cover leaves out what is asked of pages."""
    book.write_bytes(make_pdf(as_screen))
    assert run(book, "--profile", "screen").exit_code == 0
    book.write_bytes(make_pdf(pages=1, size=(12.7, 9.25)))
    assert run(book, "--profile", "kdp", "--cover").exit_code == 0
    assert run(book, "--profile", "kdp").exit_code == 1


def test_the_profiles_of_the_project_round_the_file_are_known(tmp_path: Path, book: Path) -> None:
    """A project's own profile is found from the file on, from this folder, or where --project says."""
    project = tmp_path / "project"
    (project / "printers").mkdir(parents=True)
    (project / "dist").mkdir()
    (project / "anthology.toml").write_text('[book]\ntitle = "A Book"\n', encoding="utf-8")
    (project / "printers" / "house.toml").write_text('extends = "kdp"\nleast-pages = 64\n', encoding="utf-8")
    inside = project / "dist" / "book.pdf"
    inside.write_bytes(book.read_bytes())
    assert run(inside, "--profile", "house").stderr.endswith("32 pages: 1 error\n")
    assert run(book, "--profile", "house", "--project", project).exit_code == 1
    assert refused(book, "--profile", "hose")[1] == 2
    (project / "printers" / "house.toml").write_text("extends = 1\n", encoding="utf-8")
    with pytest.raises(AnthologyError) as caught:
        run(inside, "--profile", "house")
    assert caught.value.exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("book.pdf",), "V004 a PDF is checked for a printer, and none is named | add --profile and one of: screen, archive, kdp, ingram, lulu, press"),
        (("book.pdf", "--profile", "kpd"), 'V001 no profile of a printer is called "kpd" | did you mean "kdp"?'),
        (("boook.pdf", "--profile", "kdp"), "V003 there is no file boook.pdf | look at its name"),
        (("book.epub", "--profile", "kdp"), "V003 an e-book cannot be checked yet, only a PDF | name a PDF and its printer: anthology check my-book-kdp.pdf --profile kdp"),
        ((), "V003 a project cannot be checked yet, only a PDF | name a PDF and its printer: anthology check my-book-kdp.pdf --profile kdp"),
    ],
    ids=["no profile", "unknown profile", "no file", "e-book", "project"],
)  # fmt: skip
def test_a_slip_in_the_command_is_told_with_what_to_do(
    book: Path, arguments: tuple[str, ...], message: str
) -> None:
    """Such a slip leaves with 2."""
    assert refused(*arguments) == (message, UsageError.exit_code)


def test_a_file_that_cannot_be_opened_is_the_machine_s_fault(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk refuses: exit code 3, and no traceback."""

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", refuse)
    message = "V005 book.pdf cannot be checked: its permissions forbid to read it"
    assert refused(book, "--profile", "kdp") == (f"{message} | change its permissions, or take it away", 3)
