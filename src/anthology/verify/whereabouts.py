"""Where in a file of Markdown a text was written: what comes out of the reader no longer knows its lines."""

from __future__ import annotations

import re

# So many words find a place; where marks or entities stand between them, fewer may.
_WORDS = (8, 4, 2)


def line_of(text: str, source: str, start: int = 0) -> int | None:
    """Tell the line of the first place where a text begins as far as its first words tell; None where none does.

    Arguments: the text, the file, and how many characters of that are not looked at.
    """
    words = re.findall(r"\w+", text)
    for count in _WORDS:
        # Marks of Markdown and tags may stand between words.
        wanted = r"(?:[\W_]|<[^>]*>)+".join(map(re.escape, words[:count]))
        found = re.compile(wanted).search(source, start) if wanted else None
        if found:
            return source.count("\n", 0, found.start()) + 1
    return None


def decoded(data: bytes | None) -> str:
    """Read a file as text, with one sort of line ends; where there is none, as the empty text."""
    return (data or b"").decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
