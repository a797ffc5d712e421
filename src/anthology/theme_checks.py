"""What is wrong with a project's own templates and styles before anything is made with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from anthology.model import Origin
from anthology.problems import Problem, did_you_mean
from anthology.theme import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anthology.theme import Theme

_NAMED = re.compile(r"""["']([\w./-]+\.(?:html|xhtml|ncx))["']""")


def check_theme(theme: Theme) -> tuple[Problem, ...]:
    """Find style sheets that cannot be read (errors), and files that nothing uses (warnings)."""
    return (*_unused(theme), *_broken_styles(theme))


def _unused(theme: Theme) -> Iterator[Problem]:
    layers = {name for names in LAYERS.values() for name in names}
    used = {name for text in theme.templates.values() for name in _NAMED.findall(text)}
    for name in theme.own:
        is_style = name.endswith(".css")
        known = layers if is_style else set(theme.packaged)
        if name in known or name in used:
            continue
        folder = "styles" if is_style else "templates"
        hint = did_you_mean(name, known) or f"the names that count are: {', '.join(sorted(known))}"
        yield Problem("S003", "warning", "nothing uses this file", Origin(f"{folder}/{name}"), hint)


def _broken_styles(theme: Theme) -> Iterator[Problem]:
    import tinycss2  # type: ignore[import-untyped]  # it ships no types

    for name in theme.own:
        if name.endswith(".css"):
            rules = tinycss2.parse_stylesheet(theme.styles[name], skip_comments=True, skip_whitespace=True)
            for error in _errors(rules):
                yield Problem(
                    "S002",
                    "error",
                    f"the style sheet cannot be read here: {error.message}",
                    Origin(f"styles/{name}", error.source_line),
                    "look for a brace, a colon or a semicolon too many or too few",
                )


def _errors(nodes: Iterable[Any]) -> Iterator[Any]:
    """Walk rules and declarations (CSS Syntax 3), and give what is neither."""
    import tinycss2

    for node in nodes:
        if node.type == "error":
            yield node
        elif node.type == "declaration" and not [part for part in node.value if part.type != "whitespace"]:
            if not node.name.startswith("--"):
                yield tinycss2.ast.ParseError(
                    node.source_line, node.source_column, "empty", f'"{node.name}" has no value'
                )
        elif getattr(node, "content", None) is not None:
            yield from _errors(
                tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            )
