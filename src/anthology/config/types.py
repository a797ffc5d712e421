"""The kinds of value that a key of `anthology.toml` can have."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from anthology.config import values
from anthology.config.slugs import SLUG

Text: TypeAlias = Annotated[str, AfterValidator(values.read_text)]
NeededText: TypeAlias = Annotated[
    str, AfterValidator(values.read_needed_text), Field(json_schema_extra={"minLength": 1})
]
Slug: TypeAlias = Annotated[
    str, AfterValidator(values.read_slug), Field(json_schema_extra={"pattern": f"^{SLUG.pattern}$"})
]
Language: TypeAlias = Annotated[str, AfterValidator(values.read_language)]
Identifier: TypeAlias = Annotated[str, AfterValidator(values.read_identifier)]
Isbn: TypeAlias = Annotated[str, AfterValidator(values.read_isbn)]
ProjectPath: TypeAlias = Annotated[str, AfterValidator(values.read_inside_path)]
Code: TypeAlias = Annotated[
    str, AfterValidator(values.read_code), Field(json_schema_extra={"pattern": "^[A-Z][0-9]{3}$"})
]
Day: TypeAlias = Annotated[
    dt.date | None,
    BeforeValidator(values.read_date),
    WithJsonSchema({"type": "string", "format": "date"}),
]
TrimSize: TypeAlias = Annotated[
    values.Trim,
    BeforeValidator(values.read_trim),
    WithJsonSchema({"type": "string", "examples": ["6x9in", "148x210mm", *values.TRIM_NAMES]}),
]

Order = Literal["listed", "date", "title", "weight"]
# What WeasyPrint can claim and keep.
Standard: TypeAlias = Literal[
    "pdf/ua-1",
    "pdf/ua-2",
    "pdf/a-1a",
    "pdf/a-1b",
    "pdf/a-2a",
    "pdf/a-2b",
    "pdf/a-2u",
    "pdf/a-3a",
    "pdf/a-3b",
    "pdf/a-3u",
    "pdf/a-4e",
    "pdf/a-4f",
    "pdf/a-4u",
]
