"""Fixtures that several tests share."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from anthology.editions.workshop import setting_workers


def pytest_configure() -> None:
    """Let programs that tests start hear Ctrl-C, though a shell that runs the tests in the background forbids it."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let expected output be rewritten from what is made now, to be read as a diff before it is committed."""
    parser.addoption(
        "--update-expected", action="store_true", help="rewrite tests/books/*/expected, tests/rasters"
    )
    parser.addoption(
        "--hazards", choices=("share", "all"), default="share", help="how much of tests/hazards is tried"
    )


@pytest.fixture
def update_expected(request: pytest.FixtureRequest) -> bool:
    """Tell whether expected output is to be rewritten."""
    return bool(request.config.getoption("--update-expected"))


@pytest.fixture(autouse=True, scope="session")
def workers_at_once() -> None:
    """Have the workers of all tests in this process forked from one that can read and set articles."""
    with setting_workers(1):
        pass


@pytest.fixture(autouse=True)
def no_cache_of_the_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the caches of the person who runs the tests out of them, and theirs free of the tests'."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return folder
