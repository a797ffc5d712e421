"""What stands in the way of a newcomer: each is one message that says what to do, and no traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from making import BOOK, write_project

from anthology import environment
from anthology.cli import anthology
from anthology.problems import AnthologyError, ContentError, MachineError
from anthology.project import Project
from anthology.typeset import engine

SENTENCE = "The pilots had gone home to their suppers, and nobody was left on the quay to see it."
POST = f"---\ntitle: The ferry\ndate: 2026-02-14\n---\n\n{SENTENCE}\n"
# A machine without Pango, as WeasyPrint and `anthology doctor` find it: neither can load a library.
WITHOUT_PANGO = """
import ctypes

import cffi


def without_pango(load):
    def loaded(self, name, *others, **options):
        if any(part in str(name) for part in ("pango", "gobject", "harfbuzz", "fontconfig")):
            raise OSError(f"cannot load library {name!r}")
        return load(self, name, *others, **options)

    return loaded


cffi.FFI.dlopen = without_pango(cffi.FFI.dlopen)
ctypes.CDLL.__init__ = without_pango(ctypes.CDLL.__init__)
"""
APT = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def started(*words: object, before: tuple[str, ...] = (), **variables: str) -> subprocess.Popen[str]:
    """Start the command as a user does."""
    return subprocess.Popen(
        [*before, sys.executable, "-m", "anthology", *map(str, words)],
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def told(command: subprocess.Popen[str]) -> tuple[str, int]:
    """Wait for a command; give what it said, and its exit code."""
    said = command.communicate(timeout=120)[1]
    assert "Traceback" not in said, said
    return said, command.returncode


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give the variables with which a command finds itself on a machine without Pango."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "sitecustomize.py").write_text(WITHOUT_PANGO, encoding="utf-8")
    (folder / "apt-get").touch(mode=0o755)
    paths = [str(folder), os.environ.get("PYTHONPATH", "")]
    return {
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PATH": os.pathsep.join([str(folder), os.environ["PATH"]]),
    }


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import a small book."""
    folder = tmp_path_factory.mktemp("newcomer")
    (folder / "posts").mkdir()
    (folder / "posts" / "ferry.md").write_text(POST, encoding="utf-8")
    words = ["import", str(folder / "posts"), "--into", str(folder / "book"), "-j", "1"]
    assert CliRunner().invoke(anthology, words).exit_code == 0
    return folder / "book"


def without_pango() -> str:
    """Give what is told on a machine without Pango: the command for its packages, and who knows the rest."""
    sudo = "sudo " if os.geteuid() else ""
    return (
        "the library Pango is missing: no page can be set\n"
        f"    hint: `{sudo}apt-get install {APT}` brings it; `anthology doctor` tells all that is missing\n"
    )


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the packages and the leaves of Linux")


@on_linux
@pytest.mark.parametrize(
    "words",
    [("build", "BOOK"), ("check", "BOOK", "-e", "print"), ("changes", "the-ferry", "BOOK", "-o", "PROOF")],
    ids=lambda words: words[0],
)
def test_without_pango_one_message_names_doctor_and_the_packages(
    book: Path, bare: dict[str, str], tmp_path: Path, words: tuple[str, ...]
) -> None:
    """What needs Pango ends with 3, with one problem; nothing is written."""
    places = {"BOOK": book, "PROOF": tmp_path / "proof.pdf"}
    said, code = told(started(*(places.get(word, word) for word in words), "--no-cache", **bare))
    assert said == f"error B006: {without_pango()}1 error\n"
    assert code == MachineError.exit_code
    assert not (book / "dist").exists()
    assert list(tmp_path.iterdir()) == []


@on_linux
def test_without_pango_a_book_can_be_previewed_on_screen(book: Path, bare: dict[str, str]) -> None:
    """The preview shows the article as an e-reader does, and in the place of the pages says what is missing."""
    with previewing(book, bare) as address:
        with urlopen(f"{address}events") as events:
            # The book has been read.
            assert next(line for line in events if line.startswith(b"data: ") and line != b"data: 0\n")
        on_paper = json.loads(urlopen(f"{address}paper/print/the-ferry").read())
        on_screen = json.loads(urlopen(f"{address}screen/the-ferry").read())
    (problem,) = on_paper["problems"]
    message, hint = without_pango().rstrip("\n").split("\n    hint: ")
    assert (problem["code"], problem["message"], problem["hint"]) == ("B006", message, hint)
    assert "nobody was left on the quay" in on_screen["html"]


@contextmanager
def previewing(book: Path, variables: dict[str, str]) -> Iterator[str]:
    """Show a book, and give the address."""
    command = started("preview", book, "--no-open", "--no-cache", "-j", "1", **variables)
    try:
        assert command.stderr
        yield command.stderr.readline().split()[0]
    finally:
        command.terminate()
        command.communicate(timeout=60)


def test_a_library_that_is_not_pango_is_called_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Pango is there and another library is not, it is that one which is named, and its package alone."""

    def refuse(name: str) -> None:
        raise OSError("cannot load library")

    lacking = {"HarfBuzz subsetter"}
    there = SimpleNamespace(pango_version_string=lambda: b"1", hb_version_string=lambda: b"1")
    monkeypatch.setattr(engine.importlib, "import_module", refuse)
    monkeypatch.setattr(environment, "load", lambda one: None if one.title in lacking else there)
    monkeypatch.setattr(environment, "package_manager", lambda: "brew")
    rest = "`anthology doctor` tells all that is missing"
    for told_first, hint in (
        ("HarfBuzz subsetter", f"`brew install harfbuzz` brings it; {rest}"),
        ("Pango", rest),
    ):
        with pytest.raises(MachineError) as caught:
            engine.load_engine()
        (problem,) = caught.value.problems
        assert problem.message == f"the library {told_first} is missing: no page can be set"
        assert problem.hint == hint
        # All of them load, and WeasyPrint fails none the less: nobody can tell which it is.
        lacking.clear()


@on_linux
@pytest.mark.parametrize(
    ("words", "into"),
    [
        (("new", "CLOSED/new"), "CLOSED/new"),
        (("import", "POST", "--into", "CLOSED"), "CLOSED"),
        (("build", "CLOSED", "-e", "ebook", "--no-cache"), "CLOSED/dist"),
        (("approve", "the-ferry", "CLOSED", "--by", "Marta Heller"), "CLOSED"),
    ],
    ids=["new", "import", "build", "approve"],
)
def test_where_nothing_may_be_written_that_is_said(
    book: Path, tmp_path: Path, words: tuple[str, ...], into: str
) -> None:
    """A folder that belongs to somebody else: exit 1, one message, and nothing in it has changed."""
    closed = Path(shutil.copytree(book, tmp_path / "closed"))
    post = tmp_path / "weir.md"
    post.write_text(POST.replace("ferry", "weir"), encoding="utf-8")
    for folder in (closed, *(path for path in closed.rglob("*") if path.is_dir())):
        folder.chmod(0o555)
    before = sorted(closed.rglob("*"))
    try:
        places = [word.replace("CLOSED", str(closed)).replace("POST", str(post)) for word in words]
        said, code = told(started(*places, before=as_anybody()))
    finally:
        for folder in (closed, *(path for path in closed.rglob("*") if path.is_dir())):
            folder.chmod(0o755)
    assert said == (
        f"error B005: cannot write to {into.replace('CLOSED', str(closed))}: permission denied\n"
        "    hint: choose a folder that you may write into, or let yourself write into this one\n1 error\n"
    )
    assert code == ContentError.exit_code
    assert sorted(closed.rglob("*")) == before


@pytest.mark.skipif(os.name != "posix", reason="permissions of folders are those of POSIX")
def test_a_folder_that_may_not_be_read_is_not_taken_for_an_empty_one(book: Path, tmp_path: Path) -> None:
    """A book without half of its articles is not made, and an import says what it has not seen."""
    mine = Path(shutil.copytree(book, tmp_path / "mine"))
    posts = tmp_path / "posts"
    (posts / "open").mkdir(parents=True)
    (posts / "open" / "weir.md").write_text(POST.replace("ferry", "weir"), encoding="utf-8")
    closed = [next(path for path in (mine / "content").iterdir() if path.is_dir()), posts / "closed"]
    closed[1].mkdir()
    for folder in closed:
        folder.chmod(0)
    try:
        built = told(started("build", mine, "-e", "ebook", before=as_anybody()))
        imported = told(started("import", posts, "--into", tmp_path / "new", "-j", "1", before=as_anybody()))
    finally:
        for folder in closed:
            folder.chmod(0o755)
    assert built == (
        f"content/{closed[0].name}: error B007: its permissions forbid to read it\n"
        "    hint: change its permissions, or take it away\n1 error\n",
        ContentError.exit_code,
    )
    assert (
        "posts/closed: error M080: this folder may not be read: nothing in it is imported\n"
        "    hint: change its permissions, or take it away\n" in imported[0]
    )
    assert imported[1] == ContentError.exit_code


def as_anybody() -> tuple[str, ...]:
    """Give the words that take from an administrator the leave to write everywhere."""
    if os.geteuid():
        return ()
    if not shutil.which("setpriv"):
        pytest.skip("whoever may write everywhere needs setpriv to try this")
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


OF_WORDS = "open it in a word processor, save it as a web page (.html), and import that"
OF_THE_WEB = 'open it in a browser, save it as "Webpage, complete" (.html), and import that'


@pytest.mark.parametrize(
    ("name", "data", "message", "hint"),
    [
        ("ferry.docx", b"PK\3\4\0\0", "a Word document", OF_WORDS),
        ("FERRY.DOC", b"\xd0\xcf\x11\xe0\0", "a Word document", OF_WORDS),
        ("ferry.odt", b"PK\3\4\0\0", "a document of LibreOffice", OF_WORDS),
        ("ferry.rtf", b"{\\rtf1 The ferry.}", "a document in RTF", OF_WORDS),
        ("ferry.pages", b"PK\3\4\0\0", "a document of Pages", OF_WORDS),
        (
            "ferry.pdf",
            # More than is read of any file: to divide it would help nobody.
            b"%PDF-1.7\n" + bytes(11 << 20),
            "a PDF",
            "import the page or the file that it was made from; or copy its text into a .txt file",
        ),
        ("ferry.epub", b"PK\3\4\0\0", "an e-book", "unpack it as you would a .zip, and import the .xhtml files in it"),
        ("ferry.zip", b"PK\3\4\0\0", "a packed folder", "unpack it, and import the folder"),
        ("ferry.webarchive", b"bplist00\0", "a web archive", OF_THE_WEB),
        ("ferry.mhtml", b"MIME-Version: 1.0\n", "a web archive", OF_THE_WEB),
    ],
    ids=lambda value: value if isinstance(value, str) and value.lower().startswith("ferry.") else "",
)  # fmt: skip
def test_a_file_of_another_program_is_called_by_its_kind(
    tmp_path: Path, name: str, data: bytes, message: str, hint: str
) -> None:
    """One line says what it is, and one how to come by something that can be imported; nothing is made."""
    (tmp_path / name).write_bytes(data)
    result = CliRunner().invoke(anthology, ["import", str(tmp_path / name), "--into", str(tmp_path / "book")])
    assert result.stderr.startswith(
        f"{name}: error M084: {message} cannot be imported\n    hint: {hint}\n1 error\n"
    )
    assert result.exit_code == 1
    assert not (tmp_path / "book").exists()


def test_a_page_under_the_name_of_a_document_is_imported(tmp_path: Path) -> None:
    """What old systems saved as .doc is often a web page: the text decides, not the name."""
    (tmp_path / "ferry.doc").write_text(
        f"<html><head><title>The ferry</title></head><body><p>{SENTENCE * 3}</p></body></html>"
    )
    result = CliRunner().invoke(
        anthology, ["import", str(tmp_path / "ferry.doc"), "--into", str(tmp_path / "book")]
    )
    assert "error" not in result.stderr
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("place", "message", "hint"),
    [
        ("my-bok", "there is no folder my-bok", 'did you mean "my-book"?'),
        ("elsewhere/../my-bok", "there is no folder elsewhere/../my-bok", 'did you mean "elsewhere/../my-book"?'),
        (".", ". has no anthology.toml", "there is a book in my-book: name it behind the command, or go there"),
        ("my-book/content", "my-book/content has no anthology.toml", "it is a part of the book in my-book: go there"),
        ("elsewhere", "elsewhere has no anthology.toml", "`anthology new DIR` makes a small anthology to begin with"),
        (
            "my-book/anthology.toml",
            "my-book/anthology.toml is a file: a book is named by its folder",
            "name the folder: my-book",
        ),
        ("gone/away", "there is no folder gone/away", "`anthology new DIR` makes a small anthology to begin with"),
    ],
    ids=["mistyped", "mistyped elsewhere", "above it", "within it", "elsewhere", "its settings", "nowhere"],
)  # fmt: skip
def test_the_wrong_folder_is_told_which_one_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, message: str, hint: str
) -> None:
    """A book that lies near is named; where there is none, the command that makes one."""
    monkeypatch.chdir(tmp_path)
    write_project(Path("my-book"), {"content/mind/one.md": POST})
    Path("elsewhere").mkdir()
    with pytest.raises(ContentError) as caught:
        Project(Path(place)).config()
    (problem,) = caught.value.problems
    assert (problem.code, problem.message, problem.hint) == ("B001", message, hint)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: [One\n---\n\nWords.\n", "content/mind/one.md:2: error F002: "),
        (
            "---\ntitle: One\ndraft: true\n---\n\nWords.\n",
            "content: error A002: no articles to make a book of\n"
            "    hint: they are all drafts: take `draft` out of the front matter of one\n",
        ),
    ],
    ids=["unreadable", "draft"],
)
def test_a_book_whose_only_article_is_not_in_it_is_told_why(tmp_path: Path, text: str, line: str) -> None:
    """An article that cannot be read, or is a draft, is no folder that wants articles."""
    write_project(tmp_path, {"anthology.toml": BOOK, "content/mind/one.md": text})
    result = CliRunner().invoke(anthology, ["check", "--quick", "--no-cache", "-j", "1", str(tmp_path)])
    assert result.stderr.startswith(line), result.stderr
    assert result.stderr.endswith("checked the text of 0 articles: 1 error\n")


def test_an_article_that_is_not_there_is_looked_up(tmp_path: Path) -> None:
    """Where no id comes near, the command that lists them is named."""
    write_project(tmp_path, {"content/mind/one.md": POST})
    result = CliRunner().invoke(anthology, ["build", "--article", "harbour", "--no-cache", str(tmp_path)])
    assert isinstance(result.exception, AnthologyError)
    (problem,) = result.exception.problems
    assert (problem.message, problem.hint) == (
        'no article "harbour"',
        "`anthology plan --json` lists the ids",
    )
