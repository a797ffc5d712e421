"""Code within a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.inlinepatterns import BacktickInlineProcessor
from markdown.util import AtomicString, code_escape

if TYPE_CHECKING:
    import re


class CodeSpans(BacktickInlineProcessor):
    """Leave a space at one end of code where it stands: it may part two words (CommonMark 0.31.2, 6.1)."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        """Give the element of a span, and where the span begins and ends."""
        element, start, end = super().handleMatch(m, data)
        if element is not None and not isinstance(element, str):
            element.text = AtomicString(code_escape(_code_in(data[start:end])))
        return element, start, end


def _code_in(span: str) -> str:
    """Give what stands between the backticks of a code span, without the space that both ends may have."""
    marks = min(len(span) - len(span.lstrip("`")), len(span) - len(span.rstrip("`")))
    code = span[marks : len(span) - marks].replace("\n", " ")
    if code.startswith(" ") and code.endswith(" ") and not code.isspace():
        return code[1:-1]
    return code
