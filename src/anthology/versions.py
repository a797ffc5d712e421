"""What pages are made with: versions of packages and libraries, and our own code, as cache keys need them."""

from __future__ import annotations

import sys
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.digests import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

# What turns a document into pages; a new version of any of them may do it otherwise.
_ENGINE = (
    "cssselect2",
    "font-source-sans-pro",
    "font-source-serif-pro",
    "fonttools",
    "lxml",
    "Pillow",
    "pydyf",
    "pyphen",
    "tinycss2",
    "tinyhtml5",
    "weasyprint",
)
# Our own code that does; it changes between two releases as well, so it goes in by its bytes.
_TYPESETTING = ("typeset", "drawings", "images", "leaves.py", "wording.py", "pages.py", "fonts.py")


@cache
def code(*places: str) -> str:
    """Digest modules and packages of ours, named by their place below this one."""
    here = Path(__file__).parent
    files = sorted(
        path for place in places for path in (here / place, *(here / place).rglob("*")) if path.is_file()
    )
    return digest(*(path.read_bytes() for path in files if path.suffix in {".py", ".toml"}))


@cache
def engine_versions(fallback: tuple[str, ...]) -> Mapping[str, str]:
    """Name the versions of all that sets pages, without loading the engine itself, which takes seconds.

    `fallback` are the families that a book names for scripts that its own faces lack.
    """
    from importlib.metadata import version

    from anthology.environment import LIBRARIES, load, version_of
    from anthology.fonts import FIXED_WIDTH, SCRIPTS, SYMBOLS
    from anthology.installed_fonts import files_of

    found = {name: version(name) for name in _ENGINE}
    for library in LIBRARIES:
        if library.version_function and (loaded := load(library)):
            found[library.title] = version_of(loaded, library.version_function)
    found["installed fonts"] = digest(*files_of((*fallback, *SCRIPTS, *FIXED_WIDTH, *SYMBOLS)))[:16]
    found["anthology"] = code(*_TYPESETTING)[:16]
    return found


def installed(fallback: tuple[str, ...]) -> tuple[str, ...]:
    """Name everything on this machine that a book may depend on: more than any one book does.

    `fallback` as for `engine_versions`.
    """
    from anthology.installed_fonts import can_shape

    names = [name for folder in sys.path for name in _names_in(Path(folder))]
    return (
        sys.version,
        sys.platform,
        f"zlib {zlib.ZLIB_RUNTIME_VERSION}",
        f"FriBiDi {can_shape()}",
        *(name for name in names if name.endswith((".dist-info", ".egg-info"))),
        *(f"{name} {version}" for name, version in sorted(engine_versions(fallback).items())),
        code("."),
    )


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        # Nothing there, a file (a zipped library), or a folder that may not be read.
        return []
