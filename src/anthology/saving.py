"""Save what a command has made of a project's own files: nothing that somebody else changed meanwhile is written over."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.project import CONTENT
from anthology.writing import write_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anthology.project import Project

# Where commands write: articles with their pictures, captures, and what is kept of imports.
_WRITTEN_INTO = (CONTENT, "captures", ".anthology")


def save(project: Project, files: Mapping[str, bytes]) -> None:
    """Write files into a project, by their paths in it, in the order given: all or none.

    What an earlier command left half written in the project's folders when it was killed is removed. Raises
    ContentError where the disk refuses, or where a file is no longer as it was when the project was asked for it.
    """
    folders = [Path(folder) for top in _WRITTEN_INTO for folder, _, _ in os.walk(project.root / top)]
    write_files(project.root, files, partial(project.check_unchanged, files), tidied=folders)
