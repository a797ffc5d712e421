"""Where in a file of Markdown a text was written: what comes out of the reader no longer knows its lines."""

from __future__ import annotations

import re

# So many words find a place; where marks or entities stand between them, fewer may.
_WORDS = (8, 4, 2)


def lines_of(text: str, source: str, start: int = 0) -> tuple[int, ...]:
    """Tell the lines in which a text begins, as far as its first words tell.

    Arguments: the text, the file, and how many characters of that are not looked at.
    """
    words = re.findall(r"\w+", text)
    for count in _WORDS:
        # Marks of Markdown and tags may stand between words.
        wanted = r"(?:[\W_]|<[^>]*>)+".join(map(re.escape, words[:count]))
        places = [found.start() for found in re.compile(wanted).finditer(source, start)] if wanted else []
        if places:
            return tuple(source.count("\n", 0, place) + 1 for place in places)
    return ()


def decoded(data: bytes | None) -> str:
    """Read a file as text, with one sort of line ends; where there is none, as the empty text."""
    return (data or b"").decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
