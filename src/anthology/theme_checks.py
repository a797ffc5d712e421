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

# What braces may stand in and mean nothing (CSS Syntax 3, section 4): comments, strings, addresses, escapes.
_TOKEN = re.compile(
    r"""/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?"""
    r"""|\burl\(\s*(?!["'\s])(?:\\.|[^)\\])*\)?|\\.|(?P<bracket>[][(){}])""",
    re.DOTALL | re.IGNORECASE,
)
_CLOSING = {"{": "}", "(": ")", "[": "]"}

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
        if not name.endswith(".css"):
            continue
        brackets = list(_unbalanced(theme.styles[name]))
        if brackets:
            # What else cannot be read follows from them.
            for line, fault, hint in brackets:
                yield _unreadable(name, line, fault, hint)
            continue
        rules = tinycss2.parse_stylesheet(theme.styles[name], skip_comments=True, skip_whitespace=True)
        for error in _errors(rules):
            hint = "look for a brace, a colon or a semicolon too many or too few"
            yield _unreadable(name, error.source_line, error.message, hint)


def _unreadable(name: str, line: int, fault: str, hint: str) -> Problem:
    message = f"the style sheet cannot be read here: {fault}"
    return Problem("S002", "error", message, Origin(f"styles/{name}", line), hint)


def _unbalanced(sheet: str) -> Iterator[tuple[int, str, str]]:
    """Find brackets that are never closed, and such as close nothing: line, what is wrong, what to do.

    tinycss2 closes the former in silence where the sheet ends, and takes the latter for a part of the next selector.
    """
    opened: list[tuple[str, int]] = []
    line, counted = 1, 0
    for token in _TOKEN.finditer(sheet):
        bracket = token["bracket"]
        if bracket is None:
            continue
        line, counted = line + sheet.count("\n", counted, token.start()), token.start()
        if bracket in _CLOSING:
            opened.append((bracket, line))
            continue
        # A brace ends what is open in it.
        while bracket == "}" and opened and opened[-1][0] != "{" and ("{" in dict(opened)):
            yield _never_closed(*opened.pop())
        if opened and _CLOSING[opened[-1][0]] == bracket:
            opened.pop()
        else:
            yield (
                line,
                f'this "{bracket}" closes nothing',
                "take it away, or look above it for what is not opened",
            )
    for bracket, begun in opened:
        yield _never_closed(bracket, begun)


def _never_closed(bracket: str, line: int) -> tuple[int, str, str]:
    hint = f'write a "{_CLOSING[bracket]}" where it ends, or look in it for another that is missing'
    return line, f'this "{bracket}" is never closed', hint


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
