"""What is wrong with a project's own templates and styles before anything is made with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from anthology.model import Origin
from anthology.problems import Problem, did_you_mean
from anthology.theme import LAYERS, REPORTS, THEMES, theme_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anthology.config import Config
    from anthology.theme import Theme

# What braces may stand in and mean nothing (CSS Syntax 3, section 4): comments, strings, addresses, escapes.
_TOKEN = re.compile(
    r"""/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?"""
    r"""|\burl\(\s*(?!["'\s])(?:\\.|[^)\\])*\)?|\\.|(?P<bracket>[][(){}])""",
    re.DOTALL | re.IGNORECASE,
)
_CLOSING = {"{": "}", "(": ")", "[": "]"}

_NAMED = re.compile(r"""["']([\w./-]+\.(?:html|xhtml|ncx))["']""")


def check_theme(theme: Theme, config: Config) -> tuple[Problem, ...]:
    """Find style sheets that cannot be read and themes that are not there (errors), and files that nothing uses.

    Of the files of a design those count whose design an edition in `config` names.
    """
    return (*_unknown(theme, config), *_unused(theme, config), *_broken_styles(theme))


def _unknown(theme: Theme, config: Config) -> Iterator[Problem]:
    for name, edition in config.editions.items():
        if edition.theme and edition.theme not in theme.names:
            hint = did_you_mean(edition.theme, theme.names) or (
                f"there are: {', '.join(theme.names)}; one of your own lies in styles/{THEMES}NAME/"
            )
            message = f'the edition "{name}" asks for a theme that is not there: "{edition.theme}"'
            yield Problem("S009", "error", message, config.origin("editions", name, "theme"), hint)


def _unused(theme: Theme, config: Config) -> Iterator[Problem]:
    layers = {*REPORTS, *(name for names in LAYERS.values() for name in names)}
    used = {name for text in theme.templates.values() for name in _NAMED.findall(text)}
    chosen = {edition.theme for edition in config.editions.values()}
    for name in theme.own:
        is_style = name.endswith(".css")
        design = theme_of(name)
        file = name.removeprefix(f"{THEMES}{design}/") if design else name
        known = layers if is_style else {path for path in theme.packaged if not theme_of(path)}
        origin = Origin(f"{'styles' if is_style else 'templates'}/{name}")
        if design and design not in chosen:
            hint = f'write theme = "{design}" under an edition'
            yield Problem("S003", "warning", "nothing uses this file", origin, hint)
        elif file not in known and file not in used and name not in used:
            hint = did_you_mean(file, known) or f"the names that count are: {', '.join(sorted(known))}"
            yield Problem("S003", "warning", "nothing uses this file", origin, hint)


def _broken_styles(theme: Theme) -> Iterator[Problem]:
    import tinycss2  # type: ignore[import-untyped]  # it ships no types

    for name in theme.own:
        if not name.endswith(".css"):
            continue
        sheet = theme.styles[name]
        # What else cannot be read follows from these.
        faults = [*_unbalanced(sheet)] or [*_unfinished(tinycss2.parse_component_value_list(sheet))]
        for line, fault, hint in faults:
            yield _unreadable(name, line, fault, hint)
        if faults:
            continue
        rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
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


def _unfinished(nodes: Iterable[Any]) -> Iterator[tuple[int, str, str]]:
    """Find texts and addresses that do not end where they should: line, what is wrong, what to do (CSS Syntax 3, 4.3)."""
    for node in nodes:
        if node.type == "error":
            is_address = "url" in node.kind
            fault = f"{'an address' if is_address else 'a text in quotation marks'} is never closed, or not on its line"
            hint = 'write url("…")' if is_address else "close it on the line on which it begins"
            yield node.source_line, fault, hint
        for part in ("content", "arguments"):
            yield from _unfinished(getattr(node, part, None) or ())


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
