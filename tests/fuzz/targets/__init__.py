"""The targets, by name: each module has `check`, which takes any bytes, and fails where a promise does not hold."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

TARGETS = (
    "amend",
    "config",
    "drawing",
    "front_matter",
    "hiding",
    "html",
    "import_again",
    "labels",
    "markdown",
    "markdown_post",
    "merge",
    "page_marks",
    "picture",
    "preflight",
    "style",
    "text_capture",
    "web_page",
)


def target(name: str) -> Callable[[bytes], None]:
    """Give the check of a target."""
    return cast("Callable[[bytes], None]", import_module(f"fuzz.targets.{name}").check)
