"""The styles of a drawing: nothing in them is fetched, and old parsers understand them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Declarations without any of these are as simple as most are, and stay as they are.
_WORTH_A_LOOK = re.compile(r"[\\@{}]|url|src|image|cross-fade|direction|unicode-bidi|/\*", re.IGNORECASE)
# A sheet is rewritten as well for rules within rules, and for tricks that were meant for single browsers.
_ODD = re.compile(r"[{;]\s*\*|<!--|\{[^{}]*\{|\}\s*\}")
# What an address in a style may be: a part of the drawing, or a picture or typeface written into it.
_OWN = re.compile(r"#|data:(?:image/(?:png|jpe?g|gif)|(?:application|font)/[-\w.+]*)[;,]", re.IGNORECASE)
# Functions that fetch what they name (CSS Images 4, section 2; CSS Values 5, section 3).
_FETCHING = frozenset(
    {"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"}
)
# What a style sheet of a book must not have (EPUB 3.3, section 6.3.1.2).
_FORBIDDEN = frozenset({"direction", "unicode-bidi"})
# What an escape can spell and no XML can hold (XML 1.0, section 2.2).
_UNWRITABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What programs note for themselves.
_PROGRAMS = ("-inkscape-", "-sodipodi-")
_WITH_RULES = frozenset({"media", "supports", "keyframes", "-webkit-keyframes"})


def clean_declarations(style: str, lost: list[str]) -> str:
    """Clean the value of a `style` attribute; addresses of what it wanted to fetch are added to `lost`."""
    import tinycss2  # type: ignore[import-untyped]  # it ships no types

    if not _WORTH_A_LOOK.search(style):
        return style
    found = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return "; ".join(_declarations(found, lost))


def clean_value(value: str, lost: list[str]) -> str | None:
    """Give the value of an attribute that is read as CSS (SVG 2, section 6.6); None if it reaches out."""
    import tinycss2

    if "(" not in value and "\\" not in value:
        return value
    addresses = list(_addresses(tinycss2.parse_component_value_list(value)))
    lost += addresses
    return None if addresses else value


def clean_sheet(sheet: str, lost: list[str]) -> str:
    """Clean the text of a `style` element; the same text where nothing is odd about it."""
    import tinycss2

    if not _WORTH_A_LOOK.search(sheet.replace("{", "").replace("}", "")) and not _ODD.search(sheet):
        return sheet
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return "\n".join(_rules(rules, lost))


def _rules(rules: Iterable[Any], lost: list[str]) -> Iterator[str]:
    import tinycss2

    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            lost += [str(part.value) for part in rule.prelude if part.type in {"url", "string"}]
        if rule.type not in {"qualified-rule", "at-rule"} or rule.content is None:
            continue
        head = tinycss2.serialize(rule.prelude).strip()
        if _UNWRITABLE.search(head):
            continue
        if rule.type == "at-rule":
            head = f"@{rule.lower_at_keyword} {head}".strip()
            if rule.lower_at_keyword in _WITH_RULES:
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                yield f"{head} {{ {' '.join(_rules(inner, lost))} }}"
                continue
            if rule.lower_at_keyword != "font-face":
                continue
        found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        reached: list[str] = []
        declarations = list(_declarations(found, reached))
        if rule.type == "at-rule" and reached:
            # A typeface without its file is none.
            families = (each[13:].strip("\"' ") for each in declarations if each.startswith("font-family: "))
            lost += [f"the typeface {family}" for family in families] or reached
            continue
        lost += reached
        if declarations:
            yield f"{head} {{ {'; '.join(declarations)} }}"


def _declarations(found: Iterable[Any], lost: list[str]) -> Iterator[str]:
    import tinycss2

    for declaration in found:
        if declaration.type != "declaration" or declaration.lower_name in _FORBIDDEN:
            continue
        if declaration.lower_name.startswith(_PROGRAMS):
            continue
        addresses = list(_addresses(declaration.value))
        lost += addresses
        if not addresses and not any(part.type == "error" for part in declaration.value):
            value = tinycss2.serialize(declaration.value).strip()
            written = f"{declaration.name}: {value}{' !important' if declaration.important else ''}"
            if value and not _UNWRITABLE.search(written):
                yield written


def _addresses(parts: Iterable[Any]) -> Iterator[str]:
    """Give the addresses outside the drawing that these values would have fetched, escapes undone."""
    import tinycss2

    for part in parts:
        if part.type == "url" and not _OWN.match(part.value.strip()):
            yield part.value
        elif part.type == "error" and part.kind == "bad-url":
            # What it is taken for depends on who reads it.
            yield "an address that is not written as one"
        elif part.type == "function":
            if part.lower_name in _FETCHING:
                named = [inner.value for inner in part.arguments if inner.type in {"string", "url"}]
                # One that names nothing is written wrong: what it is taken for depends on who reads it.
                named = named or [tinycss2.serialize(part.arguments)]
                yield from (name for name in named if not _OWN.match(name.strip()))
            yield from _addresses(part.arguments)
        elif part.type in {"() block", "[] block", "{} block"}:
            yield from _addresses(part.content)
