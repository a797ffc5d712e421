"""What the commands say of themselves: their examples, and what the shell completes."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from anthology.cli import COMMANDS, anthology

ROOT = Path(__file__).parent.parent
CAPTURE = """Shores
Low water
What the tide leaves lying is what the town lives on.
By Ada Lindqvist
March 6, 2025 - 3 min Read
Twice a day the sea goes out and leaves the keys on the table.
Nobody has ever locked anything here, because the water comes back and knocks.
"""
PAGE = """<!doctype html><html lang="en"><head><title>The last ferry</title></head><body><article>
<h1>The last ferry</h1><p>It leaves at nine, or when the cook has found her other shoe, and nobody has complained.</p>
<p>Those who miss it sleep in the waiting room, where a stove burns that belongs to no one.</p></article></body></html>
"""
POST = "---\ntitle: A post\ndate: 2025-02-01\n---\n\nSomething that was put on a site, and is to be kept.\n"
# A printer binds no thin books.
LONG = (
    "---\ntitle: Counting\n---\n\n"
    + "One, two, three waves, and then one that counts for all of them.\n\n" * 150
)
EDITIONS = '\n[editions.ebook]\nformat = "epub"\n\n[editions.print]\nformat = "pdf"\n\n[editions.kdp]\nformat = "pdf"\nprinter = "kdp"\n'


def commands(group: click.Group = anthology, before: str = "") -> dict[str, click.Command]:
    """Give every command by what is typed to call it."""
    found: dict[str, click.Command] = {}
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        found[f"{before}{name}"] = command
        if isinstance(command, click.Group):
            found |= commands(command, f"{before}{name} ")
    return found


def examples(command: click.Command) -> list[str]:
    """Take the examples out of a command's help, without what is said of them."""
    lines = re.findall(r"^anthology .*", inspect.cleandoc(command.help or ""), re.MULTILINE)
    return [re.split(r" {2,}", line)[0] for line in lines]


EXAMPLES = [example for command in commands().values() for example in examples(command)]


def run(words: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Have the shell run a line, as somebody at home in `home` would."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}
    return subprocess.run(
        words, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a home, and in it a desk with all that the examples speak of."""
    home = tmp_path_factory.mktemp("home")
    (home / "blog" / "_posts").mkdir(parents=True)
    (home / "blog" / "_posts" / "2025-02-01-a-post.md").write_text(POST)
    (home / ".config" / "fish" / "completions").mkdir(parents=True)
    made = run('anthology new desk --title "My book" && anthology new desk/my-book', home, home)
    assert made.returncode == 0, made.stderr
    folder = home / "desk"
    (folder / "captures").mkdir()
    (folder / "captures" / "low-water.txt").write_text(CAPTURE)
    (folder / "page.html").write_text(PAGE)
    (folder / "content" / "rivers" / "counting.md").write_text(LONG)
    with (folder / "anthology.toml").open("a") as settings:
        settings.write(EDITIONS)
    made = run("anthology import captures --into . && anthology build", folder, home)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.mark.parametrize("name", commands())
def test_every_command_has_two_examples(name: str) -> None:
    """The help of each command shows at least two ways to call it, and they call it."""
    found = examples(commands()[name])
    assert len(found) >= 2
    assert [example for example in found if not example.startswith(f"anthology {name}")] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs(example: str, desk: Path, tmp_path: Path) -> None:
    """What the help tells people to type does what it says, without a problem."""
    home = tmp_path / "home"
    shutil.copytree(desk.parent, home, symlinks=True)
    folder = tmp_path if example.startswith("anthology new") else home / "desk"
    if example.startswith("anthology preview"):
        assert shown_by(example, folder, home).startswith("http://127.0.0.1:")
        return
    ran = run(example, folder, home)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "error" not in ran.stderr


def shown_by(example: str, folder: Path, home: Path) -> str:
    """Run a command until it says that it is ready, and end it as Ctrl-C does."""
    words = [sys.executable, "-m", *example.split(), "--port", "0"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(home / ".cache")}
    with subprocess.Popen(words, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as preview:
        assert preview.stderr
        line = preview.stderr.readline()
        preview.send_signal(signal.SIGINT)
        try:
            assert preview.wait(timeout=60) == 0
        finally:
            preview.kill()
    return line


def test_help_waits_for_nothing() -> None:
    """The list of commands is there at once: nothing that makes a book is loaded for it."""
    heavy = {"weasyprint", "ebooklib", "jinja2", "markdown", "lxml", "pydantic", "PIL", "rich", "werkzeug"}
    program = (
        "import sys; from anthology.cli import main\n"
        "try: main()\nexcept SystemExit: print(*sorted(sys.modules), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, "--help"], capture_output=True, text=True, check=True
    )
    assert all(f"  {name} " in ran.stdout for name in COMMANDS)
    assert heavy & set(ran.stderr.split()) == set()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("anthology ch", ["changes", "check"]),
        ("anthology approve low", ["low-water"]),
        ("anthology changes re", ["reading-a-river"]),
        ("anthology build --article the", ["the-ferry-that-waits"]),
        ("anthology build my-book --article low", []),
        ("anthology build -e k", ["kdp"]),
        ("anthology build my-book -e p", ["print"]),
        ("anthology check --explain m07", ["M070", "M071", "M072"]),
        ("anthology build --str", ["--strict"]),
    ],
)
def test_the_shell_completes(typed: str, offered: list[str], desk: Path) -> None:
    """Commands and options, and what is the project's own: its articles and editions; and codes."""
    words = typed.split()
    asked = {"_ANTHOLOGY_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
    ran = subprocess.run(
        [Path(sys.executable).with_name("anthology")],
        env={**os.environ, **asked},
        cwd=desk,
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line.partition(",")[2] for line in ran.stdout.splitlines() if line] == offered


def test_a_shell_that_is_unknown_is_asked_for(tmp_path: Path) -> None:
    """Where the environment does not say which shell it is, or one that nobody completes for, that is told."""
    environment = {**os.environ, "SHELL": "/bin/tcsh"}
    ran = subprocess.run(
        [sys.executable, "-m", "anthology", "completion"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr.endswith('Error: which shell? say it: bash, zsh, fish ("tcsh" is none of these)\n')
