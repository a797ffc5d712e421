"""The front matter of an article: its fences, its fields, its schema."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from anthology.read.front_matter.fields import (
    APPROVAL_KEYS,
    CREDIT_KEYS,
    PICTURE_RIGHTS_KEYS,
    REFERENCE_KEYS,
    RIGHTS_KEYS,
    RIGHTS_STATUSES,
    ROLES,
    SOURCE_KEYS,
    FieldReader,
)
from anthology.read.front_matter.scalars import plain_value
from anthology.read.front_matter.tree import MAX_BYTES, Entry, Malformed
from anthology.read.queries import take_queries

if TYPE_CHECKING:
    from anthology.model import Query
    from anthology.read.source import Source

_Schema = dict[str, Any]

_EMPTY_LINES = re.compile(r"(?:[ \t]*\n)*")
_KEY = re.compile(r"""(?:#.*\n)*["']?[\w-]+["']?[ \t]*[:=]""")

_TEXT: _Schema = {"type": ["string", "number", "boolean"]}
_DATE: _Schema = {"type": "string", "format": "date"}
_TEXTS: _Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}


def _group(keys: tuple[str, ...], **special: _Schema) -> _Schema:
    return {
        "type": "object",
        "properties": {key: special.get(key, _TEXT) for key in keys},
        "additionalProperties": False,
    }


def _one_or_many(schema: _Schema) -> _Schema:
    either = {"anyOf": [_TEXT, schema]}
    return {"anyOf": [_TEXT, schema, {"type": "array", "items": either}]}


_CREDIT = _group(CREDIT_KEYS, role={"enum": list(ROLES)}) | {"required": ["name"]}
_STUB = _group(REFERENCE_KEYS, date=_DATE)
_RIGHTS = _group(RIGHTS_KEYS, status={"enum": list(RIGHTS_STATUSES)}, expires=_DATE)
_PICTURE_RIGHTS = _group(PICTURE_RIGHTS_KEYS, status={"enum": list(RIGHTS_STATUSES)}, expires=_DATE) | {
    "required": ["file"]
}
_SOURCE = _group(SOURCE_KEYS, date=_DATE)
_APPROVAL = _group(APPROVAL_KEYS, date=_DATE)


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the front matter: other names for it, how it is read, its schema, and what it is for."""

    name: str
    read: Callable[[FieldReader, str, Entry], Any]
    schema: _Schema
    about: str
    aliases: tuple[str, ...] = ()


FIELDS: tuple[Field, ...] = (
    Field("title", FieldReader.text, _TEXT, "The title; without it, the first heading of the text."),
    Field("short-title", FieldReader.text, _TEXT, "A shorter title for running heads."),
    Field(
        "standfirst",
        FieldReader.text,
        _TEXT,
        "The sentence or two between title and byline.",
        ("description", "summary"),
    ),
    Field(
        "authors",
        FieldReader.credits,
        _one_or_many(_CREDIT),
        "Who made it: names, or names with roles.",
        ("author",),
    ),
    Field("date", FieldReader.date, _DATE, "The day on which it was first published."),
    Field("section", FieldReader.text, _TEXT, "A section's slug or title; it wins over the folder."),
    Field("tags", FieldReader.tags, _TEXTS, "What it is about, a word or two each."),
    Field(
        "related",
        FieldReader.references,
        _one_or_many(_STUB),
        "Articles to read on: ids, aliases, paths, titles, or stubs of captured ones.",
    ),
    Field(
        "weight",
        FieldReader.number,
        {"type": "number"},
        "Its place in a section that is ordered by weight; the lightest comes first.",
        ("order",),
    ),
    Field(
        "language",
        FieldReader.language,
        {"type": "string"},
        "Its language as a BCP 47 tag, where that is not the book's.",
        ("lang",),
    ),
    Field("id", FieldReader.text, _TEXT, "Its name in the book; else the slug of the file name."),
    Field("aliases", FieldReader.texts, _TEXTS, "Other names that references may use."),
    Field(
        "image",
        FieldReader.text,
        {"type": "string"},
        "The picture that stands for it: a path from the file or from the project.",
    ),
    Field("rights", FieldReader.rights, _RIGHTS, "What is known of the right to print it."),
    Field(
        "picture-rights",
        FieldReader.picture_rights,
        {"anyOf": [_PICTURE_RIGHTS, {"type": "array", "items": _PICTURE_RIGHTS}]},
        "What is known of the rights to its pictures, each named by its file.",
    ),
    Field(
        "source",
        FieldReader.source,
        {"anyOf": [{"type": "string"}, _SOURCE]},
        "Where it was first published: the address, or what importing noted of it.",
    ),
    Field("status", FieldReader.text, _TEXT, "How far it is, in the editor's own words."),
    Field(
        "approved",
        FieldReader.approval,
        {"anyOf": [_TEXT, _APPROVAL]},
        "Who approved it, or when; `anthology approve` writes both, with a digest of the text.",
    ),
    Field(
        "draft",
        FieldReader.flag,
        {"type": "boolean"},
        "Whether it is a draft, which is left out of the book.",
    ),
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says: the values of `FIELDS` by name, their lines, all other keys, and what is asked in it.

    `extra` is a plain dict of JSON-like values, so that an article can be sent from process to process.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    queries: tuple[Query, ...] = ()


def front_matter_schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of an article's front matter."""
    properties: dict[str, Any] = {}
    for known in FIELDS:
        properties[known.name] = {**known.schema, "description": known.about}
        for alias in known.aliases:
            properties[alias] = {**known.schema, "description": f"Another name for {known.name}."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of an article",
        "type": "object",
        "properties": properties,
    }


def read_front_matter(source: Source) -> FrontMatter | None:
    """Read the front matter and set `source.body_at` to where the text begins.

    Problems go to the source, all at once where the syntax allows; None where it does not.
    """
    try:
        tree = _tree(source)
    except Malformed as problem:
        source.error(problem.code, problem.message, problem.line, problem.hint)
        return None
    queries: list[Query] = []
    tree = {key: _answered(entry, source, queries) for key, entry in tree.items()}
    reader = FieldReader(source)
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    taken: set[str] = set()
    for known in FIELDS:
        key = next((name for name in (known.name, *known.aliases) if name in tree), None)
        if key is None:
            continue
        taken.add(key)
        lines[known.name] = tree[key].line
        values[known.name] = known.read(reader, key, tree[key])
    extra = {key: plain_value(entry) for key, entry in tree.items() if key not in taken}
    return FrontMatter(values, lines, extra, tuple(queries))


def front_matter_at(text: str) -> int | None:
    """Find the fence that opens the front matter; None where there is none.

    Empty lines may stand before it, as Hugo has it; but then a line of hyphens may be a rule as well.
    """
    empty = _EMPTY_LINES.match(text)
    before = empty.end() if empty else 0
    first, _, rest = text[before:].partition("\n")
    if first.rstrip() not in ("---", "+++") or (before and not _KEY.match(rest)):
        return None
    return before


def text_begins_at(text: str) -> int | None:
    """Tell where the text behind the front matter begins; None where the front matter is never closed."""
    before = front_matter_at(text)
    if before is None:
        return 0
    first, _, rest = text[before:].partition("\n")
    end = _closing(first[:3]).search(rest)
    return before + len(first) + 1 + end.end() if end else None


def _closing(fence: str) -> re.Pattern[str]:
    # YAML may also end a document with three full stops.
    return re.compile(r"^(?:---|\.\.\.)[ \t]*$" if fence == "---" else r"^\+\+\+[ \t]*$", re.MULTILINE)


def _tree(source: Source) -> dict[str, Entry]:
    before = front_matter_at(source.text)
    if before is None:
        return {}
    fence = source.text[before : before + 3]
    first, _, rest = source.text[before:].partition("\n")
    line = source.line_at(before)
    end = _closing(fence).search(rest)
    if end is None:
        raise Malformed(
            "F001",
            f'the front matter is never closed: "{fence}" begins it',
            line,
            f'close it with a line "{fence}"',
        )
    source.body_at = before + len(first) + 1 + end.end()
    written = rest[: end.start()]
    if len(written.encode()) > MAX_BYTES:
        raise Malformed("F004", f"the front matter is longer than {MAX_BYTES // 1024} KiB", line)
    if fence == "---":
        from anthology.read.front_matter.yaml_tree import read_yaml

        tree = read_yaml(written, line + 1)
    else:
        from anthology.read.front_matter.toml_tree import read_toml

        tree = read_toml(written, line + 1)
    if not isinstance(tree.value, dict):
        raise Malformed("F006", f'the front matter must be lines of "key: value", not {tree.kind}', line + 1)
    return {source.clean(key): _clean(entry, source) for key, entry in tree.value.items()}


def _clean(entry: Entry, source: Source) -> Entry:
    r"""Take out what no book can hold and an escape in quotes may yet have written (`"\x01"`)."""
    value = entry.value
    if isinstance(value, str):
        return Entry(source.clean(value, entry.line), entry.line, entry.plain)
    if isinstance(value, tuple):
        return Entry(tuple(_clean(held, source) for held in value), entry.line)
    return Entry({source.clean(key): _clean(held, source) for key, held in value.items()}, entry.line)


def _answered(entry: Entry, source: Source, queries: list[Query]) -> Entry:
    """Take the editor's queries out of the values of an entry, and add them to `queries`."""
    value = entry.value
    if isinstance(value, str):
        if "<!--" not in value:
            return entry
        text, found = take_queries(value, entry.line, source)
        queries += found
        return Entry(text, entry.line, entry.plain)
    if isinstance(value, tuple):
        return Entry(tuple(_answered(held, source, queries) for held in value), entry.line)
    return Entry({key: _answered(held, source, queries) for key, held in value.items()}, entry.line)
