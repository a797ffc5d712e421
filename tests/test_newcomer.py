"""The handbook's first ten minutes, played from an empty folder: every command that it shows, every file, every answer."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from chromium import chromium
from screens import BROWSER

ROOT = Path(__file__).parent.parent
ARTICLE = ROOT / "content" / "planning" / "first-anthology.md"
# What a machine has is its own: the doctor is asked, and the answer shown nowhere.
MACHINE_DEPENDENT = ("anthology doctor",)
# So many characters stand in a line of a printed listing.
_MEASURE = 65
# A comment names the file that the listing below it is, or the one that its settings go into.
_LISTING = re.compile(r"(?:<!-- (file|in): (\S+) -->\n\n)?^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# What a machine is quick or slow at, how well it packs, and which port was free.
_BY_CHANCE = (
    (re.compile(r"\d+\.\d s\b"), "… s"),
    (re.compile(r"[\d,]+ kB\b"), "… kB"),
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:…"),
)


@dataclass(frozen=True)
class Step:
    """One thing that the article tells its reader to do, and what it says will come of it."""

    does: str
    what: str
    text: str
    typed: str = ""


def steps_of(article: str) -> list[Step]:
    """Read the steps: commands after `$` with the answers below them, files to write, settings to change."""
    steps = []
    for kind, path, language, text in _LISTING.findall(article):
        if kind:
            steps.append(Step(kind, path, text))
        elif language == "console":
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                # A command that goes on in the next line ends its line with a backslash.
                found = re.match(r"((?:.*\\\n)*.*)\n", part)
                assert found
                command = re.sub(r"\\\n *", "", found[1])
                steps.append(Step("run", command, part[found.end() :], found[1]))
    return steps


def rewritten(article: str, answers: Iterable[tuple[Step, str]]) -> str:
    """Put the answers into the article, long lines broken as its page wants them."""
    done = ""
    for step, answer in answers:
        if step.what in MACHINE_DEPENDENT:
            continue
        lines = [
            part
            for line in answer.splitlines()
            for part in textwrap.wrap(line, _MEASURE, subsequent_indent="    ", break_on_hyphens=False)
            or [""]
        ]
        new = "".join(f"{line.rstrip()}\n" for line in lines).strip("\n") + "\n"
        before, typed, article = article.partition(f"$ {step.typed}\n{step.text}")
        assert typed
        done += f"{before}$ {step.typed}\n{new}"
    return done + article


def told(text: str) -> list[str]:
    """Take what was said word by word: a page is narrower than a terminal, so lines are broken by hand."""
    for found, stands_for in _BY_CHANCE:
        text = found.sub(stands_for, text)
    return text.split()


class Newcomer:
    """Somebody who does what the article says, in a folder with six pages that were saved from the web."""

    def __init__(self, home: Path) -> None:
        self.home = home
        shutil.copytree(ROOT / "tests" / "newcomer" / "saved", home / "saved")
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        named = {"HOME": str(home), "GIT_AUTHOR_NAME": "Your Name", "COLUMNS": "65", "PATH": path}
        self.environment = {**os.environ, **named}

    def run(self, command: str) -> str:
        """Type a command, say yes to what it asks, and give all that is answered."""
        ran = subprocess.run(
            command,
            shell=True,
            cwd=self.home,
            env=self.environment,
            input="y\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert "Traceback" not in ran.stdout
        return ran.stdout

    def write(self, path: str, text: str) -> None:
        """Write a file as it is shown."""
        (self.home / path).write_text(text)

    def change(self, path: str, settings: str) -> None:
        """Give keys of a file the values that are shown; one that is not there yet comes to the end."""
        file = self.home / path
        written = file.read_text()
        for line in settings.splitlines():
            key, equals, _ = line.partition(" = ")
            pattern = re.compile(rf"^{re.escape(key)} = .*$", re.MULTILINE)
            if equals and pattern.search(written):
                written = pattern.sub(lambda _, line=line: line, written, count=1)  # type: ignore[misc]
            elif line not in written:
                written += f"{line}\n"
        file.write_text(written)

    def look(self, command: str) -> str:
        """Open the preview in a browser, see the book in it, and close it again."""
        words = [sys.executable, "-m", *command.split(), "--port", "0"]
        with subprocess.Popen(
            words, cwd=self.home, env=self.environment, stderr=subprocess.PIPE, text=True
        ) as preview:
            assert preview.stderr
            line = preview.stderr.readline()
            try:
                if BROWSER:
                    self.see(line.split()[0])
                preview.send_signal(signal.SIGINT)
                assert preview.wait(timeout=60) == 0
            finally:
                preview.kill()
        return line

    def see(self, address: str) -> None:
        """See the book in a browser: its running order, and an article."""
        with chromium(self.home / "browser") as window:
            window.open(address)
            window.wait("document.body.textContent.includes('The harbour in February')")
            window.wait("document.getElementById('screen').contentDocument?.body?.textContent.length > 99")
            window.picture(self.home / "preview.png")
            assert window.complaints == []


def test_ten_minutes(tmp_path: Path, update_expected: bool) -> None:
    """From an empty folder: each command of the article answers what the article says it does."""
    newcomer = Newcomer(tmp_path)
    answers = []
    for step in steps_of(ARTICLE.read_text()):
        if step.does == "file":
            newcomer.write(step.what, step.text)
        elif step.does == "in":
            newcomer.change(step.what, step.text)
        else:
            answer = newcomer.look(step.what) if "preview" in step.what else newcomer.run(step.what)
            answers.append((step, answer))
    commands = [step.what.split()[1] for step, _ in answers]
    wanted = ["new", "import", "plan", "relate", "preview", "check", "build", "approve"]
    assert [name for name in wanted if name not in commands] == []
    if update_expected:
        ARTICLE.write_text(rewritten(ARTICLE.read_text(), answers))
        return
    for step, answer in answers:
        if step.what not in MACHINE_DEPENDENT:
            assert told(answer) == told(step.text), f"{step.what}\n{answer}"


def test_a_step_that_is_told_wrongly_is_found() -> None:
    """An answer is compared word for word, whatever line it stands on."""
    article = "```console\n$ anthology plan\n10 articles,\n    1 error\n```\n"
    (step,) = steps_of(article)
    assert told("10 articles, 1 error\n") == told(step.text)
    assert told("10 articles, 2 errors\n") != told(step.text)
