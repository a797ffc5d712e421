"""Programs that others wrote, in which a reader may open our books; what is missing is skipped, by name."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from reader import Browser
from screens import BROWSER

from anthology.build import Options, build

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Give the folder of the programs that npm brings: ANTHOLOGY_NODE_MODULES, else beside this file."""
    folder = Path(os.environ.get("ANTHOLOGY_NODE_MODULES") or HERE / "node_modules").absolute()
    needs("node", "apt-get install nodejs npm")
    if not folder.is_dir():
        pytest.skip("the reading systems in JavaScript are missing: make reading-systems brings them")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of Chromium: CHROMIUM, else the one of the system."""
    return BROWSER or needs("chromium", "apt-get install chromium")


def needs(program: str, command: str) -> str:
    """Give the path of a program; without it the test is skipped, and says which command brings it."""
    path = shutil.which(program)
    if not path:
        pytest.skip(f"{program} is missing: {command}")
    return path


@pytest.fixture(scope="session")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the handbook, both editions; give the folder in which they lie."""
    out = tmp_path_factory.mktemp("handbook")
    assert build(ROOT, Options(out=out), lambda stage, detail: None).exit_code == 0
    return out


@pytest.fixture(scope="session")
def browser(node_modules: Path, chromium: str) -> Browser:
    """Give epub.js in Chromium, ready to open books."""
    return Browser(node_modules, chromium)
