"""Where pandoc is, which others make books with."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

# What it is called by those who have to install it.
PANDOC = "pandoc (pypandoc_binary)"


def pandoc() -> str | None:
    """Find pandoc: in its wheel, else on the machine."""
    spec = find_spec("pypandoc")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (program := Path(folder) / "files" / "pandoc").exists():
            return str(program)
    return shutil.which("pandoc")
