"""Inputs that nobody would write: every promise of every target in tests/fuzz holds for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pytest
from fuzz.targets import TARGETS
from fuzz.trying import broken_by, inputs

# What an input costs differs: each target has a second or so of a run of all tests, and some minutes of `make hazards`.
_SHARES = {
    "amend": (400, 20_000),
    "config": (800, 20_000),
    "drawing": (800, 20_000),
    "front_matter": (200, 2_000),
    "hiding": (300, 3_000),
    "html": (80, 1_500),
    "import_again": (25, 600),
    "labels": (800, 20_000),
    "markdown": (80, 1_000),
    "markdown_post": (100, 1_000),
    "merge": (2_000, 20_000),
    "page_marks": (2_000, 20_000),
    "picture": (800, 20_000),
    "preflight": (150, 1_000),
    "style": (400, 3_000),
    "text_capture": (60, 1_000),
    "web_page": (60, 1_000),
}


class _Tell(Protocol):
    def __call__(self, hazard: str, tried: int, held: int, what: str = "inputs") -> None: ...


@pytest.mark.parametrize("name", TARGETS)
def test_promises_hold_for_inputs_by_chance(name: str, share: Callable[[int, int], int], tell: _Tell) -> None:
    """Files damaged, and put together of what is special in their format: no traceback, no loss, no promise broken."""
    tried = share(*_SHARES[name])
    broken = [(data.hex(), found) for data in inputs(name, tried) if (found := broken_by(name, data))]
    tell(f"fuzzing: {name.replace('_', ' ')}", tried, tried - len(broken))
    shortest = min(broken, key=lambda each: len(each[0]), default=None)
    assert shortest is None, f"{len(broken)} of {tried} broke; the shortest is {shortest}"
