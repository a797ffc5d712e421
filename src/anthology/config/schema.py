"""The JSON Schema of `anthology.toml`, for editors' tools and for the handbook."""

from __future__ import annotations

from typing import Any

from anthology.config.model import Config
from anthology.labels import labels_schema


def config_schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of `anthology.toml`."""
    schema = Config.model_json_schema(by_alias=True)
    schema["properties"]["labels"] = labels_schema()
    for name, table in schema["properties"].items():
        table.setdefault("title", name.capitalize())
        # Pydantic leaves a description out that the table itself has.
        if "description" not in table:
            table["description"] = schema["$defs"][table["$ref"].rpartition("/")[2]]["description"]
    _drop_nulls(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "anthology.toml",
    }


def _drop_nulls(node: Any) -> None:
    """TOML has no null: take it out of defaults and alternatives."""
    if isinstance(node, list):
        for entry in node:
            _drop_nulls(entry)
    if not isinstance(node, dict):
        return
    if node.get("default", "") is None:
        del node["default"]
    choices = [choice for choice in node.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        del node["anyOf"]
        node.update(choices[0])
    for entry in node.values():
        _drop_nulls(entry)
