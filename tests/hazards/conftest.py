"""Hazards: how much of them a run tries, and the table of what came of it.

`make test` tries a share of each; `make hazards` tries all, and writes the table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pytest
from results import Results, Row

PROPERTY = "hazard"


class Tell(Protocol):
    """What a test calls to have a line in the table."""

    def __call__(self, hazard: str, tried: int, held: int, what: str = "inputs") -> None:
        """Say that `held` of `tried` inputs, builds or the like (`what`) kept the promise about a hazard."""


@pytest.fixture
def share(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """Choose between a share, for every run of the tests, and all, for `make hazards`."""
    everything = request.config.getoption("--hazards") == "all"
    return lambda some, all: all if everything else some


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Have what a test found put into the table; told before it is asserted, so that a failure stands there too."""

    def note(hazard: str, tried: int, held: int, what: str = "inputs") -> None:
        name = request.node.nodeid.removeprefix("tests/hazards/")
        row = Row(hazard, name, f"{tried:,} {what}", f"{held:,} of {tried:,}")
        request.node.user_properties.append((PROPERTY, tuple(row)))

    return note


class Table:
    """Takes what tests tell, from all processes that run them, into the table: each line at once, for a run is long."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write the lines of a test that has ended."""
        told = [value for name, value in report.user_properties if name == PROPERTY]
        if report.when == "call" and told:
            # Another run may have written since.
            results = Results.load()
            for value in told:
                results.note(Row(*value))  # type: ignore[misc]  # it is what `tell` put there
            results.write()


def pytest_configure(config: pytest.Config) -> None:
    """Write the table only where everything is tried, and once, whatever the number of processes."""
    if config.getoption("--hazards") == "all" and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Table(), "hazards-table")
