"""The check where others run it: a hook for pre-commit and an Action of GitHub; both say only what the command knows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from making import write_project

from anthology.cli.check import check

ROOT = Path(__file__).parent.parent
OPTIONS = {name for option in check.params for name in option.opts}


@pytest.fixture(scope="module")
def action() -> dict[str, Any]:
    """Read the Action."""
    read: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return read


def test_the_hook_runs_the_command() -> None:
    """The hook is a quick check of the project, for whatever in it has changed."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, command, *options = shlex.split(hook["entry"])
    assert (program, command) == ("anthology", "check")
    assert options == ["--quick"]
    assert set(options) <= OPTIONS
    assert (hook["language"], hook["pass_filenames"]) == ("python", False)
    files = re.compile(hook["files"])
    for path in ("anthology.toml", "content/rivers/ferry.md", "my-book/styles/house.css"):
        assert files.search(path)
    assert not files.search("README.md")


def test_the_action_has_what_its_steps_use(action: dict[str, Any]) -> None:
    """Every input is used by a step, and every one that a step uses is there."""
    said = str(action["runs"])
    assert set(re.findall(r"inputs\.(\w+)", said)) == set(action["inputs"])
    assert set(action["inputs"]) >= {"project", "strict", "version"}


@pytest.mark.parametrize(
    ("strict", "quick", "code"), [("false", "true", 0), ("true", "true", 1)], ids=["lenient", "strict"]
)
def test_the_action_runs_the_command(
    action: dict[str, Any], tmp_path: Path, strict: str, quick: str, code: int
) -> None:
    """Its last step runs as it stands, with options that the command has, and prints annotations."""
    step = action["runs"]["steps"][-1]
    assert set(re.findall(r"--[a-z]+", step["run"])) <= OPTIONS
    write_project(tmp_path / "my book", {"content/ferry.md": "# The ferry\n\n## Fares\n"})
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "anthology").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m anthology "$@"\n', encoding="utf-8"
    )
    (programs / "anthology").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "XDG_CACHE_HOME": str(tmp_path),
        "PROJECT": "my book",
        "STRICT": strict,
        "QUICK": quick,
    }
    assert set(step["env"]) == {"PROJECT", "STRICT", "QUICK"}
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "::warning file=my book/content/ferry.md,line=3,title=Q013::" in done.stdout


def test_the_formats_are_those_of_the_command() -> None:
    """The form that the Action asks for is one that the command has."""
    form = next(option for option in check.params if "--format" in option.opts)
    assert isinstance(form.type, click.Choice)
    assert list(form.type.choices) == ["text", "json", "github", "sarif"]
