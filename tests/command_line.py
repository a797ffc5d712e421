"""The command as it is typed, in this process: another one for each would take longer than what it does."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from unittest.mock import patch

from anthology.cli import main


def run(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a command, and give its exit code and its words; what would be a traceback is raised."""
    typed = list(map(str, words))
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    code: object = 0
    with patch.object(sys, "argv", ["anthology", *typed]), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as left:
            code = left.code
    assert isinstance(code, int)
    said, complained = (_written(stream) for stream in (out, err))
    return subprocess.CompletedProcess(typed, code, said, complained)


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
