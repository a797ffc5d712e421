"""Reads `anthology.toml`: syntax, then the model, then what its parts have to do with one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from anthology.config.checks import findings
from anthology.config.model import Config, nearest_origin
from anthology.config.positions import KeyPath
from anthology.config.syntax import read_toml
from anthology.config.translate import Finding, found_by_model, with_guessed_formats
from anthology.problems import ContentError, Problem, sorted_problems


def load_config(data: bytes, path: str = "anthology.toml") -> Config:
    """Read the configuration of an anthology.

    Args:
        data: the file as it lies on the disk.
        path: its path relative to the project, for problems.

    Raises:
        ContentError: the file cannot be used; all that is wrong with it, each with its line.
    """
    raw, lines = read_toml(data, path)
    config, found = _validated(raw)
    found += findings(raw)
    if found or config is None:
        raise ContentError(
            *sorted_problems(
                Problem(
                    finding.code,
                    "error",
                    _said(finding, path, lines),
                    nearest_origin(path, lines, finding.key),
                    finding.hint,
                )
                for finding in found
            )
        )
    return config.located(path, lines)


def _said(finding: Finding, path: str, lines: Mapping[KeyPath, int]) -> str:
    """Say what is wrong, with the line of what it does not go with."""
    if not finding.other:
        return finding.message
    return f"{finding.message} (see line {nearest_origin(path, lines, finding.other).line})"


def _validated(raw: dict[str, Any]) -> tuple[Config | None, list[Finding]]:
    try:
        return Config.model_validate(raw, by_alias=True, by_name=False), []
    except ValidationError as error:
        errors = error.errors()
    # A wrong format hides what else is wrong with an edition: look again, with the likelier format.
    guessed, names = with_guessed_formats(raw)
    if names:
        try:
            Config.model_validate(guessed, by_alias=True, by_name=False)
        except ValidationError as error:
            errors += [again for again in error.errors() if again["loc"][:1] == ("editions",)]
    found = [finding for each in errors for finding in found_by_model(each, raw, names)]
    return None, list(dict.fromkeys(found))
