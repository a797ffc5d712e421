"""Rules of style within rules (CSS Nesting 1), written so that each can stand alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ONE_COMPOUND = re.compile(r"[\w.#-]+")
# At-rules that hold rules, and hold declarations where they stand in a rule.
_GROUPS = frozenset({"media", "supports", "layer", "container"})


def selector_within(parent: str, selector: str) -> str:
    """Write the selector of a rule that stands in another one so that it can stand alone (CSS Nesting 1, 3)."""
    if not parent:
        return selector
    around = parent if _ONE_COMPOUND.fullmatch(parent) else f":is({parent})"
    parts = selector.split(",") if "(" not in selector else [selector]
    return ", ".join(
        part.strip().replace("&", around) if "&" in part else f"{around} {part.strip()}" for part in parts
    )


def without_nesting(sheet: str) -> str:
    """Write a style sheet with every rule by itself, in an order that keeps the cascade; the same if it has none."""
    import tinycss2  # type: ignore[import-untyped]  # it ships no types

    rules = tinycss2.parse_stylesheet(sheet)
    if not any(_nests(rule) for rule in rules):
        return sheet
    # What cannot be read means nothing, nested or not.
    return "".join(
        "\n".join(_alone(rule, "")) if _nests(rule) else rule.serialize()
        for rule in rules
        if rule.type != "error"
    )


def _nests(rule: Any) -> bool:
    """Tell whether a rule has another in it, or an at-rule one that has."""
    if rule.type == "qualified-rule":
        return any(node.type == "{} block" for node in rule.content)
    return rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS and any(map(_nests, _inside(rule)))


def _inside(rule: Any) -> Sequence[Any]:
    import tinycss2

    found: Sequence[Any] = tinycss2.parse_blocks_contents(
        rule.content or (), skip_comments=True, skip_whitespace=True
    )
    return found


def _alone(rule: Any, parent: str) -> Iterator[str]:
    """Write a rule, and after it those within it; `parent` is the selector of the rule that it stands in."""
    import tinycss2

    prelude = " ".join(tinycss2.serialize(rule.prelude).split())
    selector = parent
    if rule.type == "qualified-rule":
        selector = selector_within(parent, prelude)
    declarations: list[str] = []
    written: list[str] = []
    for node in _inside(rule):
        if node.type == "declaration":
            declarations.append(node.serialize())
        elif node.type == "qualified-rule" or (node.type == "at-rule" and node.content is not None):
            if declarations:
                written.append(f"{selector} {{ {'; '.join(declarations)} }}")
                declarations = []
            written += _alone(node, selector)
    if declarations:
        written.append(f"{selector} {{ {'; '.join(declarations)} }}")
    if rule.type == "qualified-rule":
        yield from written
    else:
        yield f"@{rule.at_keyword} {prelude} {{ {' '.join(written)} }}"
