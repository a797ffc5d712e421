"""The kinds of value that a key of `anthology.toml` can have."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from anthology.config import identifiers, subjects, values
from anthology.config.slugs import SLUG

Text: TypeAlias = Annotated[str, AfterValidator(values.read_text)]
Words: TypeAlias = Annotated[str, AfterValidator(values.read_words)]
NeededText: TypeAlias = Annotated[
    str, AfterValidator(values.read_needed_text), Field(json_schema_extra={"minLength": 1})
]
Slug: TypeAlias = Annotated[
    str, AfterValidator(values.read_slug), Field(json_schema_extra={"pattern": f"^{SLUG.pattern}$"})
]
Language: TypeAlias = Annotated[str, AfterValidator(values.read_language)]
Identifier: TypeAlias = Annotated[str, AfterValidator(identifiers.read_identifier)]
Conformance: TypeAlias = Annotated[
    str, AfterValidator(values.read_conformance), Field(json_schema_extra={"enum": ["", *values.CONFORMANCE]})
]
WebAddress: TypeAlias = Annotated[str, AfterValidator(values.read_web_address)]
Isbn: TypeAlias = Annotated[str, AfterValidator(identifiers.read_isbn)]
ProjectPath: TypeAlias = Annotated[str, AfterValidator(values.read_inside_path)]
Code: TypeAlias = Annotated[
    str, AfterValidator(values.read_code), Field(json_schema_extra={"pattern": "^[A-Z][0-9]{3}$"})
]
Day: TypeAlias = Annotated[
    dt.date | None,
    BeforeValidator(values.read_date),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Moment: TypeAlias = Annotated[
    dt.datetime | dt.date | None,
    BeforeValidator(values.read_moment),
    WithJsonSchema({"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}),
]
Position: TypeAlias = Annotated[
    str,
    BeforeValidator(values.read_position),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0},
                {"type": "string", "pattern": "^([0-9]+([.][0-9]+)*)?$"},
            ]
        }
    ),
]
SubjectText: TypeAlias = Annotated[
    str, AfterValidator(subjects.read_subject), Field(json_schema_extra={"minLength": 1})
]
TrimSize: TypeAlias = Annotated[
    values.Trim,
    BeforeValidator(values.read_trim),
    WithJsonSchema({"type": "string", "examples": ["6x9in", "148x210mm", *values.TRIM_NAMES]}),
]

Order = Literal["listed", "date", "title", "weight"]
Standards: TypeAlias = Annotated[
    tuple[str, ...],
    BeforeValidator(values.read_standards),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": list(values.STANDARDS)},
                {"type": "array", "items": {"enum": list(values.STANDARDS)}},
            ]
        }
    ),
]
Length: TypeAlias = Annotated[
    float | None,
    BeforeValidator(values.read_length),
    WithJsonSchema({"type": "string", "examples": ["12.4mm", "0.125in"]}),
]
