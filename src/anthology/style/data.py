"""The lists of words that come with the house style, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words_of(name: str) -> dict[str, Any]:
    """Read a list by its name: "phrases", "doubles", "english", "counted"."""
    return tomllib.loads(files("anthology.style").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def listed(name: str, key: str) -> frozenset[str]:
    """Read the words of a key of a list."""
    return frozenset(words_of(name)[key].split())


def primary(language: str) -> str:
    """Give the language of a tag (BCP 47) without region and script."""
    return language.split("-")[0].lower()
