"""The style sheet of a drawing that stands in the text: in a book it would be everybody's, so each part gets its own."""

from __future__ import annotations

import re
from typing import Any

# Selectors that drawing programs write: an element, a class, an id, or some of them together.
_SIMPLE = re.compile(r"(?P<element>[a-zA-Z]+|\*)?(?P<id>#[\w-]+)?(?P<classes>(?:\.[\w-]+)*)")


class Rules:
    """The rules of a drawing's style sheets, by what they apply to; those with other selectors are left out."""

    def __init__(self, sheets: list[str]) -> None:
        self._rules: list[tuple[int, str, str, frozenset[str], str]] = []
        understood = [self._read(sheet) for sheet in sheets]
        self.understood = all(understood)
        # The more particular come later and win; among equals, those that were written later (Selectors 4, 17).
        self._rules.sort(key=lambda rule: rule[0])

    def _read(self, sheet: str) -> bool:
        import tinycss2  # type: ignore[import-untyped]  # it ships no types

        understood = True
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                understood = False
                continue
            declarations = tinycss2.serialize(rule.content).strip().strip(";")
            for selector in tinycss2.serialize(rule.prelude).split(","):
                found = _SIMPLE.fullmatch(selector.strip())
                if not found or not found[0]:
                    understood = False
                    continue
                name, element = (found["id"] or "")[1:], found["element"] or "*"
                classes = frozenset(found["classes"].split(".")[1:])
                weight = 10_000 * bool(name) + 100 * len(classes) + (element != "*")
                self._rules.append((weight, element, name, classes, declarations))
        return understood

    def style_of(self, element: Any, name: str) -> str:
        """Give the declarations for an element of this name, its own `style` last; empty where there are none."""
        classes = set((element.get("class") or "").split())
        declarations = [
            rule[4]
            for rule in self._rules
            if rule[1] in ("*", name) and rule[2] in ("", element.get("id")) and rule[3] <= classes
        ]
        return "; ".join(part for part in (*declarations, element.get("style") or "") if part)
