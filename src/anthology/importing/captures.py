"""Captures: kept in the project as they came, each under a name of its own, never altered."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anthology.importing.reading import Read
    from anthology.project import Project

FOLDER = "captures"

_UNSAFE = re.compile(r"[^\w.-]+")


class Captures:
    """The captures of a project, with those of the import that runs."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._taken: dict[str, str] = {}

    def path_of(self, read: Read) -> str:
        """Give the path by which a source is known.

        That is where it lies, if in the project, or a post, which its site keeps; else a file of `captures/` with
        its name, and with a part of its digest where other bytes have that name already.
        """
        if read.found.in_project or read.kind == "markdown-post":
            return read.found.label
        pure = PurePosixPath(_UNSAFE.sub("-", read.found.path.name).strip("-") or "capture")
        path = f"{FOLDER}/{pure.name}"
        if not self._is_free(path, read):
            path = f"{FOLDER}/{pure.stem}-{read.sha256[:8]}{pure.suffix}"
        self._taken[path.casefold()] = read.sha256
        return path

    def copy_of(self, read: Read, path: str) -> dict[str, bytes]:
        """Give the copy to write of a capture, by its path; none of what stays where it lies, or is kept already."""
        stays = read.found.in_project or read.kind == "markdown-post"
        return {} if stays or self._project.find(path) is not None else {path: read.data}

    def _is_free(self, path: str, read: Read) -> bool:
        if self._taken.get(path.casefold(), read.sha256) != read.sha256:
            return False
        there = self._project.find(path)
        return there is None or there == read.data
