"""A table of `anthology.toml`: what the models of all of them have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

_TITLES = {"isbn": "ISBN"}


def hyphenated(name: str) -> str:
    """Spell the name of an attribute as the key of a TOML file."""
    return name.replace("_", "-")


class Table(BaseModel):
    """A table of `anthology.toml`; attributes have underscores where keys have hyphens."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=hyphenated,
        validate_by_name=True,
        field_title_generator=lambda name, _field: _TITLES.get(name, name.replace("_", " ").capitalize()),
    )
