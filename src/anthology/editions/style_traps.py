"""What house styles ask of paper that comes to nothing, because each document of a book is set by itself."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from anthology.model import Origin
from anthology.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Pages that are told apart by their place in the book, which a document does not know.
_PLACES = frozenset({"first", "nth"})
_COUNTING = frozenset({"counter-reset", "counter-set", "counter-increment"})
_COUNTED_FOR_ALL = frozenset({"page", "pages"})


def traps_in(sheets: Mapping[str, str]) -> Iterator[Problem]:
    """Tell of rules that do nothing in print; `sheets` are the project's own, by path within styles/."""
    for path, text in sheets.items():
        for line, message, hint in _traps(text):
            yield Problem("S008", "warning", message, Origin(f"styles/{path}", line), hint)


def _traps(text: str) -> Iterator[tuple[int, str, str]]:
    import tinycss2  # type: ignore[import-untyped]  # it ships no types

    for node, inside in _rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)):
        if inside == "page" and node.type == "at-rule":
            yield from _places(node)
        elif node.type == "declaration" and node.lower_name in _COUNTING:
            counted = {part.lower_value for part in node.value if part.type == "ident"} & _COUNTED_FOR_ALL
            for name in sorted(counted):
                message = f'"{node.lower_name}: {name}" does nothing in print: the binder numbers the pages'
                hint = "take it away: front matter has roman numbers, and the text begins with 1"
                yield node.source_line, message, hint


def _places(rule: Any) -> Iterator[tuple[int, str, str]]:
    """Find the pages of an `@page` rule that a book does not have (CSS Paged Media 3, 4.1.1)."""
    prelude = [part for part in rule.prelude if part.type != "whitespace"]
    named = bool(prelude) and prelude[0].type == "ident"
    for before, part in pairwise(prelude):
        name = getattr(part, "lower_name", "") or getattr(part, "lower_value", "")
        of_a_name = part.type == "function" and any(
            argument.type == "ident" and argument.lower_value == "of" for argument in part.arguments
        )
        if before == ":" and name in _PLACES and not named and not of_a_name:
            message = f'"@page :{name}" is told of each document by itself, not of the book'
            hint = "write @page text:nth(1 of text) for the first pages of articles"
            yield rule.source_line, message, hint


def _rules(nodes: list[Any], inside: str = "") -> Iterator[tuple[Any, str]]:
    """Walk rules and declarations: each with the kind of rule that it is, or stands in."""
    import tinycss2

    for node in nodes:
        kind = node.lower_at_keyword if node.type == "at-rule" else inside
        yield node, kind
        if getattr(node, "content", None):
            content = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(content, kind if kind == "page" else "")
