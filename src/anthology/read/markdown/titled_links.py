"""Links and pictures with titles, where Python-Markdown ends a title at the first `')` in it."""

from __future__ import annotations

import re

from markdown.inlinepatterns import InlineProcessor

from anthology.read.markdown.brackets import ClosedBrackets

# A destination and a title between quotation marks that it does not hold itself (CommonMark 0.31.2, 6.3).
_TITLED = re.compile(
    r"""\(\s*(<[^<>\n]*>|[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)\s+(?:"([^"]*)"|'([^']*)')\s*\)"""
)


# Phrases in phrases: nobody writes more, and each may stand for the next.
_DEEPEST = 20


class WholeTexts(InlineProcessor):
    """Reads titles and descriptions as they were written, where Python-Markdown has put marks for phrases in phrases."""

    def unescape(self, text: str) -> str:
        """Give a text with what its marks stand for."""
        for _ in range(_DEEPEST):
            before, text = text, super().unescape(text)
            if text == before:
                break
        return text


class TitledLinks(WholeTexts, ClosedBrackets):
    """Reads what stands between the brackets of a link; also that of a picture, in a class that has both."""

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        """Give address and title, where they end, and whether there is a link at all."""
        found = _TITLED.match(data, index)
        if not found:
            return super().getLink(data, index)
        address, double, single = found.groups()
        title = " ".join((single if double is None else double).split())
        return self.unescape(address.strip("<>")).strip(), self.unescape(title), found.end(), True
