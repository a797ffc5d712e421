"""What the model refuses, in an editor's words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anthology.config import model
from anthology.config.book import Book, Imprint
from anthology.config.style import HouseStyle
from anthology.config.table import Table, hyphenated
from anthology.problems import did_you_mean, near_name, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core import ErrorDetails

    from anthology.config.positions import KeyPath

_FORMATS: Mapping[str, type[model.BaseEdition]] = {"epub": model.EpubEdition, "pdf": model.PdfEdition}
_FORMAT_NAMES = {"epub": "an EPUB", "pdf": "a PDF"}

_TABLES: Mapping[str, type[Table]] = {
    "book": Book,
    "imprint": Imprint,
    "sections": model.SectionEntry,
    "related": model.RelatedReading,
    "contributors": model.Contributor,
    "rights": model.RightsPolicy,
    "index": model.Index,
    "cover": model.Cover,
    "style": HouseStyle,
    "fonts": model.Fonts,
    "accessibility": model.Accessibility,
    "check": model.Check,
}

# Tables within tables.
_INNER: Mapping[tuple[str | int, ...], type[Table]] = {
    ("check", "ignore"): model.Ignore,
    ("rights", "pictures"): model.PictureRights,
}

# What a value must be, by the kind of pydantic's error.
_WANTED = {
    "string_type": "text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "tuple_type": "a list",
    "date_type": "a date",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}

_EXAMPLES = {
    "book": 'add [book] and below it title = "…"',
    "title": 'add title = "…"',
    "format": 'add format = "epub" or format = "pdf"',
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem whose line is not looked up yet.

    `key` is the path to the key that is at fault, `other` to one that it does not go with.
    """

    key: KeyPath
    code: str
    message: str
    hint: str = ""
    other: KeyPath = ()


def table_name(path: KeyPath) -> str:
    """Write the heading of a table as an editor writes it: `[book]`, `[[sections]]`."""
    inner = ".".join(str(part) for part in path if isinstance(part, str))
    return f"[[{inner}]]" if isinstance(path[-1], int) else f"[{inner}]"


def subject(path: KeyPath) -> str:
    """Name a key and its table: `"title" in [book]`."""
    *table, name = path
    if isinstance(name, int):
        return f"entry {name + 1} of {subject(tuple(table))}"
    return f'"{name}" in {table_name(tuple(table))}' if table else f'"{name}"'


def shown(value: object) -> str:
    """Show a value as TOML writes it, shortened."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{shortened(value)}"'
    return kind_of(value) if isinstance(value, (list, dict)) else str(value)


def kind_of(value: object) -> str:
    """Name the kind of a TOML value."""
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (str, "text"),
        (bool, "true or false"),
        (int, "a number"),
        (float, "a number"),
        (dt.date, "a date"),
        (dt.time, "a time of day"),
        (list, "a list"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), "a table")


def found_by_model(error: ErrorDetails, raw: Mapping[str, Any], guessed: frozenset[str]) -> Iterator[Finding]:
    """Translate one of pydantic's errors.

    Args:
        error: as pydantic gives it.
        raw: the data of the whole file.
        guessed: the editions whose format is wrong, so that no key of theirs belongs to the other format.
    """
    path = tuple(error["loc"])
    if path[0] == "editions" and len(path) > 2:
        path = (*path[:2], *path[3:])  # The third part is pydantic's: the format that it chose.
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "extra_forbidden":
        yield from _unknown_key(path, raw, guessed)
    elif kind in _WANTED:
        yield _wrong_kind(path, _WANTED[kind], value)
    elif kind == "missing":
        yield _missing(path)
    elif kind == "union_tag_not_found":
        yield _missing((*path, "format"))
    elif kind == "union_tag_invalid":
        yield _not_a_choice((*path, "format"), value["format"], list(_FORMATS))
    elif kind == "literal_error":
        yield _not_a_choice(path, value, re.findall(r"'([^']*)'", context["expected"]))
    elif kind == "greater_than_equal":
        yield Finding(path, "C005", f"{subject(path)} is {value}, but the least is {context['ge']}")
    elif kind == "refusal":
        yield _refused(path, value, context)
    elif kind != "default_factory_not_called":  # A slug is not made of a title that is wrong itself.
        yield Finding(path, "C005", f"{subject(path)} is {shown(value)}, which cannot be used")


def _unknown_key(path: KeyPath, raw: Mapping[str, Any], guessed: frozenset[str]) -> Iterator[Finding]:
    *table, name = path
    place = f" in {table_name(tuple(table))}" if table else ""
    if table and table[0] == "editions":
        own = "pdf" if raw["editions"][table[1]].get("format") == "pdf" else "epub"
        other = "epub" if own == "pdf" else "pdf"
        if name in keys_of(_FORMATS[other]):
            if table[1] not in guessed:
                message = (
                    f'"{name}" belongs to {_FORMAT_NAMES[other]} edition, '
                    f"but {table_name(tuple(table))} is {_FORMAT_NAMES[own]}"
                )
                yield Finding(path, "C007", message, "delete the line")
            return
        known = keys_of(*_FORMATS.values()) if table[1] in guessed else keys_of(_FORMATS[own])
    elif not table:
        known = keys_of(model.Config)
    else:
        known = keys_of(_INNER.get(tuple(table[:2])) or _TABLES[str(table[0])])
    hint = did_you_mean(str(name), known) or f"the keys here are: {', '.join(dict.fromkeys(known))}"
    if not table and (of_book := near_name(str(name), keys_of(Book), cutoff=0.8)):
        hint = f'did you mean "{of_book}", below [book]?'
    yield Finding(path, "C002", f'unknown key "{name}"{place}', hint)


def keys_of(*tables: type[Table]) -> list[str]:
    """Give the keys of a table, as TOML spells them, in the order of the documentation."""
    return [hyphenated(name) for table in tables for name in table.model_fields]


def _wrong_kind(path: KeyPath, wanted: str, value: object) -> Finding:
    message = f"{subject(path)} must be {wanted}, but is {kind_of(value)}"
    return Finding(path, "C003", message, _kind_hint(path, wanted, value))


def _kind_hint(path: KeyPath, wanted: str, value: object) -> str:
    name = path[-1]
    written = f"{name} = " if isinstance(name, str) else ""
    if isinstance(value, (list, dict)):
        if path == ("sections",) and isinstance(value, dict):
            return "write [[sections]] in double square brackets, once for each section"
        if wanted == "a table" and isinstance(name, str):
            return f"write {table_name(path)} in single square brackets"
        return ""
    if wanted == "text":
        return f'put it between quotation marks: {written}"{_plain(value)}"'
    if wanted == "a list":
        return f"put it between square brackets: {written}[{shown(value)}]"
    if wanted == "a table":
        return f"write {table_name(path)} on a line of its own"
    if wanted == "a date":
        return f"write year, month and day: {written}2026-01-31"
    if wanted == "true or false":
        return f"write {written}true or {written}false, without quotation marks"
    return "write the figures alone, without quotation marks"


def _plain(value: object) -> str:
    return shown(value).strip('"')


def _missing(path: KeyPath) -> Finding:
    *table, name = path
    hint = _EXAMPLES.get(str(name)) or f'add {name} = "…"'
    if not table:
        return Finding(path, "C004", f"there is no [{name}]", hint)
    return Finding(path, "C004", f'{table_name(tuple(table))} has no "{name}"', hint)


def _not_a_choice(path: KeyPath, value: object, choices: list[str]) -> Finding:
    if not isinstance(value, str):
        return _wrong_kind(path, "text", value)
    message = f"{subject(path)} is {shown(value)}, which is not one of: {', '.join(choices)}"
    return Finding(path, "C005", message, did_you_mean(value, choices))


def _refused(path: KeyPath, value: object, context: Mapping[str, Any]) -> Finding:
    which = context["which"]
    said = which if which == "is empty" else f"is {shown(value)}, which {which}"
    return Finding(path, context["code"], f"{subject(path)} {said}", context["hint"])


def with_guessed_formats(raw: Mapping[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """Give every edition without a valid format the one that more of its keys belong to, and name them."""
    editions = raw.get("editions")
    if not isinstance(editions, dict):
        return dict(raw), frozenset()
    wrong = {
        name: table
        for name, table in editions.items()
        if isinstance(table, dict) and table.get("format") not in ("epub", "pdf")
    }
    guessed = {
        name: {
            **table,
            "format": max(_FORMATS, key=lambda each: len(set(keys_of(_FORMATS[each])) & set(table))),
        }
        for name, table in wrong.items()
    }
    return {**raw, "editions": {**editions, **guessed}}, frozenset(wrong)
