"""Progress lines: the stages' own names on a terminal, silence elsewhere."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from making import write_project

COMMAND = [sys.executable, "-m", "anthology", "build", "-e", "ebook"]
BOOK = {
    "anthology.toml": '[book]\ntitle = "A Book"\n[editions.ebook]\nformat = "epub"\n',
    "content/mind/one.md": "---\ntitle: One\n---\n\nSome words.\n",
}


def test_a_terminal_shows_the_stages(tmp_path: Path) -> None:
    """On a terminal each stage is a line, by the name that the README and the packages have, in their order."""
    write_project(tmp_path, BOOK)
    ours, theirs = pty.openpty()
    with subprocess.Popen([*COMMAND, str(tmp_path)], stderr=theirs, stdout=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while chunk := os.read(ours, 4096):
                shown += chunk
        except OSError:  # the other end has closed
            pass
    os.close(ours)
    assert process.returncode == 0
    stages = re.findall(r"✓ (\w+)", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode()))
    assert stages == ["read", "arrange", "relate", "link", "render", "pack", "verify", "write"]


def test_elsewhere_it_is_quiet(tmp_path: Path) -> None:
    """Without a terminal only what was made is told, in plain letters, and nothing on standard output."""
    write_project(tmp_path, BOOK)
    result = subprocess.run([*COMMAND, str(tmp_path)], capture_output=True, text=True, check=True)
    assert result.stdout == ""
    assert re.fullmatch(
        rf"{re.escape(str(tmp_path))}/dist/a-book\.epub: 1 article, \d+ kB\nbuilt in \d+\.\d s\n",
        result.stderr,
    ), result.stderr
