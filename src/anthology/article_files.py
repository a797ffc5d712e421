"""The names of the files that articles lie in."""

from __future__ import annotations

import posixpath

# Markdown, by both names that its writers give it.
SUFFIXES = (".md", ".markdown")
_INTRODUCTION = "_intro"


def without_suffix(name: str) -> str:
    """Give a name or path without the suffix of Markdown files, if it has one."""
    stem, suffix = posixpath.splitext(name)
    return stem if suffix in SUFFIXES else name


def is_introduction(path: str) -> bool:
    """Tell whether the file at a path introduces its section."""
    return without_suffix(posixpath.basename(path)) == _INTRODUCTION
