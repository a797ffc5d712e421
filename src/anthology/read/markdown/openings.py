"""Let Markdown into the HTML blocks in which their writers expect it.

GitHub reads Markdown after an empty line inside `<details>` or `<div>` (CommonMark 0.31.2, section 4.6), and
kramdown inside `<p markdown="1">` in whatever it stands; Python-Markdown asks for `markdown="1"` on the outermost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.read.code import blank_code

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = re.compile(
    r"^ {0,3}<(?P<name>details|div|section|center|aside|article|figure|blockquote|header|footer|main|nav)"
    r"(?P<attributes>(?:\s[^<>]*)?)>",
    re.MULTILINE | re.IGNORECASE,
)
# The rest of the line and lines of tags (`<summary>…</summary>`), then an empty line.
_EMPTY_LINE_NEXT = re.compile(r"[ \t]*(?:<[^\n]*)?(?:\n[ \t]*<(?!/)[^\n]*)*\n[ \t]*\n")
_MARKDOWN_INSIDE = re.compile(r"^ {0,3}<\w[^<>]*\smarkdown=", re.MULTILINE)


# Comments and the like, by what opens and what closes them.
_COMMENT = re.compile(r"^ {0,3}<(!--|\?|!\[CDATA\[)", re.MULTILINE)
_CLOSING = {"!--": "-->", "?": "?>", "![CDATA[": "]]>"}
# With words behind it on the line: Python-Markdown then moves the first entity of these words to the end of the line.
_ENTITY_BEHIND = re.compile(r"[ \t]*[^\s&][^\n]*&|[ \t]*&")


def part_from_comments(text: str) -> str:
    """Set words apart from the comment before them on a line, where an entity stands in them; code is left alone."""
    if "<!" not in text and "<?" not in text:
        return text
    masked = blank_code(text)
    out: list[str] = []
    at = 0
    for end in _ends_of_comments(masked):
        if _ENTITY_BEHIND.match(masked, end):
            out += [text[at:end], "\n\n"]
            at = end
    return "".join((*out, text[at:]))


def _ends_of_comments(text: str) -> Iterator[int]:
    never_closed: set[str] = set()
    found = _COMMENT.search(text)
    while found:
        closing, at = _CLOSING[found.group(1)], found.end()
        end = -1 if closing in never_closed else text.find(closing, at)
        if end < 0:
            never_closed.add(closing)
        else:
            at = end + len(closing)
            yield at
        found = _COMMENT.search(text, at)


def open_to_markdown(text: str) -> str:
    """Write `markdown="1"` into the opening tags of HTML blocks that hold Markdown; code is left alone."""
    if "<" not in text:
        return text
    masked = blank_code(text)
    lowered = masked.lower()
    if len(lowered) != len(masked):
        lowered = masked
    out: list[str] = []
    at = 0
    for found in _OPENING.finditer(masked):
        if "markdown" in found["attributes"].lower() or not _holds_markdown(lowered, found):
            continue
        end = found.end() - 1
        out += [text[at:end].rstrip("/"), ' markdown="1"']
        at = end
    return "".join((*out, text[at:]))


def _holds_markdown(lowered: str, opening: re.Match[str]) -> bool:
    end = lowered.find(f"</{opening['name'].lower()}", opening.end())
    if end < 0:
        return False
    if _EMPTY_LINE_NEXT.match(lowered, opening.end(), end):
        return True
    return _MARKDOWN_INSIDE.search(lowered, opening.end(), end) is not None
