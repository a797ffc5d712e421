"""Articles of keys: those of anthology.toml and of front matter, from their JSON Schemas."""

from __future__ import annotations

import json
from typing import Any

from front import head, sentence

from anthology.config import config_schema
from anthology.read import front_matter_schema

Schema = dict[str, Any]

_KINDS = {"string": "text", "boolean": "`true` or `false`", "integer": "a number", "number": "a number"}
_FORMATS = {"date": "a day", "date-time": "a moment"}
_ROOM = 200  # characters of choices; more are for programs
_TEXT = ["string", "number", "boolean"]  # what front matter reads as text


def settings_article(article: Schema) -> str:
    """Write the reference of `anthology.toml`, a heading a table."""
    schema = config_schema()
    parts = [article["says"]]
    for name, table in schema["properties"].items():
        for heading, described in _tables(name, table, schema["$defs"]):
            parts += [f"## {heading}", described["description"], *_keys(described, schema["$defs"])]
    return head(article) + "\n\n".join(parts) + "\n"


def _tables(name: str, table: Schema, known: dict[str, Schema]) -> list[tuple[str, Schema]]:
    """Give the tables of a key of the file, each with the heading under which it is written in TOML.

    The book's own words have an article to themselves.
    """
    if name == "labels":
        return []
    if "items" in table:
        return [(f"`[[{name}]]`", _described(_found(table["items"], known), table))]
    inner = table.get("additionalProperties")
    if not inner:
        own = _found(table, known)
        below = [
            (f'`[{name}.{key}."…"]`', _found(value["additionalProperties"], known))
            for key, value in own["properties"].items()
            if "$ref" in str(value.get("additionalProperties"))
        ]
        return [(f"`[{name}]`", _described(own, table)), *below]
    kinds = inner.get("oneOf", [inner])
    made = [_found(each, known) for each in kinds]
    if len(made) == 1:
        return [(f"`[{name}.…]`", made[0])]
    formats = [each["properties"]["format"]["const"] for each in made]
    return [
        (f'`[{name}.…]`, `format = "{format}"`', each) for format, each in zip(formats, made, strict=True)
    ]


def _found(node: Schema, known: dict[str, Schema]) -> Schema:
    return known[node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def _described(own: Schema, table: Schema) -> Schema:
    return {**own, "description": table.get("description") or own["description"]}


def _keys(table: Schema, known: dict[str, Schema]) -> list[str]:
    needed = table.get("required", ())
    in_order = sorted(table["properties"].items(), key=lambda named: named[0] not in needed)
    return [
        _entry(key, value, "needed" if key in needed else _otherwise(value), known) for key, value in in_order
    ]


def labels_article(article: Schema) -> str:
    """Write the reference of the book's own words; all of them are texts, which need not be said of each."""
    words = config_schema()["properties"]["labels"]["properties"]
    entries = [f"`{key}`\n:   {_as_typed(label['description'])}" for key, label in words.items()]
    return head(article) + "\n\n".join((article["says"], *entries)) + "\n"


def _as_typed(description: str) -> str:
    """Set apart what the catalogue says in English."""
    where, said, english = description.partition(" In English: ")
    return f"{where}{said}`{english}`" if said else where


def front_matter_article(article: Schema) -> str:
    """Write the reference of front matter; other names of a field stand with the field."""
    fields = front_matter_schema()["properties"]
    others: dict[str, list[str]] = {}
    for name, field in fields.items():
        before, _, of = field["description"].rstrip(".").partition("Another name for ")
        if not before and of:
            others.setdefault(of, []).append(name)
    also = {name for names in others.values() for name in names}
    parts = [article["says"]]
    parts += [
        _entry(" or ".join((name, *others.get(name, ()))), field, "", {})
        for name, field in fields.items()
        if name not in also
    ]
    return head(article) + "\n\n".join(parts) + "\n"


def _entry(name: str, value: Schema, otherwise: str, known: dict[str, Schema]) -> str:
    """Write a key, what may stand in it and without it, and what it says."""
    facts = "; ".join(filter(None, (_kind(value, known), otherwise)))
    names = " or ".join(f"`{each}`" for each in name.split(" or "))
    return f"{names}\n:   {value['description']} *{sentence(facts)}.*"


def _kind(value: Schema, known: dict[str, Schema]) -> str:
    """Say in words what may stand in a key."""
    value = _found(value, known)
    if "const" in value:
        return f'`"{value["const"]}"`'
    if "enum" in value:
        words = [f'`"{each}"`' for each in value["enum"] if each]
        return _one_of(words) if sum(map(len, words)) < _ROOM else "one of those that the schema lists"
    if "anyOf" in value:
        alone = [each for each in value["anyOf"] if each.get("type") != "array"]
        kinds = list(dict.fromkeys(_kind(each, known) for each in alone))
        return ", or ".join((*kinds, "a list of them") if len(alone) < len(value["anyOf"]) else kinds)
    if value.get("type") == _TEXT:
        return "text"
    if value.get("type") == "array":
        kind = _kind(value["items"], known)
        return "a list of texts" if kind == "text" else f"a list: each {kind}"
    if value.get("type") == "object":
        keys = value.get("properties")
        if "'string'" in str(value.get("additionalProperties")):
            return "a list of pairs, each a key and a text"
        return "a group with " + _one_of([f"`{key}`" for key in keys], "and") if keys else "groups"
    if "format" in value:
        return _FORMATS[value["format"]]
    return _KINDS[value["type"]]


def _one_of(words: list[str], last: str = "or") -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else words[0]


def _otherwise(value: Schema) -> str:
    """Say what holds where a key is left out, if it says more than nothing."""
    default = value.get("default")
    if default in ("", [], {}, None) or isinstance(default, dict):
        return ""
    return f"otherwise `{json.dumps(default, ensure_ascii=False)}`"
