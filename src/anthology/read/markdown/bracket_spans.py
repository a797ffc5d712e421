"""Words in brackets with attributes behind them: `[words]{.class}`, `[term]{index="entry"}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pymdownx.bracketspan import BracketSpanProcessor

from anthology.read.markdown.attribute_lists import ATTRIBUTES

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class BracketSpans(BracketSpanProcessor):  # type: ignore[misc]  # it publishes no types
    """Read the attributes of words in brackets as everywhere, with what was escaped in their values."""

    ATTR_RE = re.compile(rf"{ATTRIBUTES}|\{{\s*\}}")

    def build_element(self, data: str, end: int, current: Any, attributes: str) -> tuple[Element, int]:
        """Make the element of a span; give it with the length of what is not of its attributes."""
        span, rest = super().build_element(data, end, current, attributes)
        for key, value in span.items():
            # A bar of a table's row is written `\|`, and what has a backslash is laid aside until the end.
            span.set(key, self.unescape(value))
        return span, rest
