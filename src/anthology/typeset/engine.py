"""The typesetting engine, brought into this process."""

from __future__ import annotations

import ctypes.util
import importlib
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from anthology.problems import MachineError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator


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
        hint = "`anthology doctor` says how to get it"
        raise MachineError(Problem("B006", "error", "the library Pango is missing", None, hint)) from error


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
