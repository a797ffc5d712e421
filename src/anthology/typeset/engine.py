"""The typesetting engine, brought into this process."""

from __future__ import annotations

import ctypes.util
import importlib
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from anthology import environment
from anthology.problems import MachineError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_PANGO = "Pango"


def load_engine() -> None:
    """Import WeasyPrint.

    Raises MachineError where Pango is missing.
    """
    try:
        with _no_search():
            importlib.import_module("weasyprint")
    except OSError:
        _search_and_import()


def _search_and_import() -> None:
    try:
        importlib.import_module("weasyprint")
    except OSError as error:
        raise MachineError(_missing()) from error


def _missing() -> Problem:
    """Name the library that is missing, and the command that brings it; Pango, where nobody can tell which it is."""
    found = [environment.shared_library(library) for library in environment.LIBRARIES]
    missing = [finding.name for finding in found if not finding.found]
    name = missing[0] if missing and _PANGO not in missing else _PANGO
    commands = " && ".join(environment.mend(found))
    rest = "`anthology doctor` tells all that is missing"
    hint = f"`{commands}` brings it; {rest}" if commands else rest
    return Problem("B006", "error", f"the library {name} is missing: no page can be set", None, hint)


@contextmanager
def _no_search() -> Iterator[None]:
    """Let libraries be found by the names of their files alone.

    WeasyPrint asks for each by the names it has on other systems first, and on Linux Python looks for every one of
    those with the help of a compiler: that was half of what loading WeasyPrint took.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search
