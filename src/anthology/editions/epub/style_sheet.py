"""The e-book's style sheet: the layers in one file, written so that engines of 2013 read it too.

Adobe's engine, in which Kobo readers and many others show EPUB files, gives up a whole style sheet, and on some
devices the whole book, over a single function that it does not know, such as `var()` or `calc()`; a fallback before
it does not help. Over a unit of the screen's size it shows nothing, and over an empty `@media` it crashes. It does
skip `@supports` (CSS Conditional Rules 3), whatever is in there: so that is where all of this goes, the packaged
layers' and the project's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from anthology.fonts import SANS, SERIF, face_rules
from anthology.nesting import without_nesting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# The families that layers name by `var(--serif)` and so on: written out, since old engines read them too.
_OURS = {"serif": f'"{SERIF}", serif', "sans": f'"{SANS}", sans-serif'}
_FAMILY = re.compile(r"var\(\s*--(serif|sans|mono)\s*(?:,\s*([^()]*))?\)")
_DEFINED = re.compile(r"--(serif|sans|mono)\s*:\s*([^;{}]+)")

# Functions of CSS 2.1, by which no engine is troubled.
_OLD_FUNCTIONS = frozenset({"attr", "counter", "counters", "format", "lang", "local", "rect", "rgb", "url"})
_UNITS_OF_THE_SCREEN = re.compile(r"d?s?l?v(?:w|h|min|max|i|b)", re.IGNORECASE)
_READ_BY_ALL = frozenset({"charset", "import", "namespace", "font-face", "page", "supports"})

# True of every engine that has custom properties, and with them all that is put aside here.
_IF_RECENT = "@supports (--recent: engine)"


def style_sheet(layers: Sequence[str], *, with_faces: bool) -> str:
    """Write the style sheet of an e-book.

    Arguments: the layers in the order of the cascade; whether the theme's faces are in the book, beside the
    style sheet's folder. Rules that old engines choke on come out in `@supports`, in their place.
    """
    families = dict(_OURS) if with_faces else {}
    for sheet in layers:
        families |= {name: value.strip() for name, value in _DEFINED.findall(sheet)}
    sheets = list(layers)
    if with_faces:
        # The text is set in them until the reader chooses another.
        sheets.insert(0, f"{face_rules('../fonts/')}\nbody {{ font-family: {families['serif']} }}")

    def family(found: re.Match[str]) -> str:
        return families.get(found[1]) or (found[2] or "inherit").strip()

    # Nor do old engines know rules within rules, nor EPUBCheck.
    return "\n".join(_for_old_engines(without_nesting(_FAMILY.sub(family, sheet))) for sheet in sheets)


def _for_old_engines(sheet: str) -> str:
    import tinycss2  # type: ignore[import-untyped]  # it ships no types

    written = []
    for rule in tinycss2.parse_stylesheet(sheet, skip_whitespace=True):
        text = rule.serialize()
        if rule.type == "at-rule" and rule.content is not None and not _holds_anything(rule.content):
            continue
        if rule.type != "comment" and not _is_read_by_all(rule):
            text = f"{_IF_RECENT} {{ {text} }}"
        written.append(text)
    return "\n".join(written)


def _is_read_by_all(rule: Any) -> bool:
    if rule.type == "at-rule":
        return rule.lower_at_keyword in _READ_BY_ALL
    nodes = (*rule.prelude, *rule.content) if rule.type == "qualified-rule" else ()
    return not any(_is_recent(node) for node in _all(nodes))


def _all(nodes: Sequence[Any]) -> Iterator[Any]:
    for node in nodes:
        yield node
        yield from _all(getattr(node, "content", None) or getattr(node, "arguments", None) or ())


def _is_recent(node: Any) -> bool:
    return (
        (node.type == "function" and node.lower_name not in _OLD_FUNCTIONS)
        or (node.type == "dimension" and _UNITS_OF_THE_SCREEN.fullmatch(node.unit) is not None)
        or (node.type == "ident" and node.value.startswith("--"))
    )


def _holds_anything(nodes: Sequence[Any]) -> bool:
    return any(node.type not in {"whitespace", "comment"} for node in nodes)
