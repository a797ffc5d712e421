"""Tags of blocks that are opened and never closed: Python-Markdown takes all that follows them for raw HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anthology.read.code import blank_code

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>address|article|aside|blockquote|center|details|div|figure|footer|header|main|nav|p|section)"
    r"(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
# HTML lets a paragraph end by itself (HTML Living Standard, 13.1.2.4); only where Markdown goes on behind it, after an
# empty line of its own, is it in the way.
_AT_PARAGRAPH = re.compile(r"(?:\A|\n[ \t]*)\n {0,3}\Z|\A {0,3}\Z")


@dataclass(frozen=True, slots=True)
class Unclosed:
    """A tag that is never closed: its name, and how many characters of the text stand before it."""

    name: str
    at: int


def without_unclosed(text: str) -> tuple[str, tuple[Unclosed, ...]]:
    """Leave out the opening tags of blocks that are never closed, so that Markdown goes on behind them."""
    if "<" not in text:
        return text, ()
    masked = blank_code(text)
    open_tags: dict[str, list[re.Match[str]]] = {}
    for tag in _TAG.finditer(masked):
        name = tag["name"].lower()
        if not tag["end"]:
            open_tags.setdefault(name, []).append(tag)
        elif open_tags.get(name):
            open_tags[name].pop()
    wrong = sorted(
        (
            tag
            for name, tags in open_tags.items()
            for tag in tags
            if name != "p" or _is_in_the_way(masked, tag)
        ),
        key=re.Match.start,
    )
    out, at = [], 0
    for tag in wrong:
        out.append(text[at : tag.start()])
        at = tag.end()
    kept = "".join((*out, text[at:])) if wrong else text
    return kept, tuple(Unclosed(tag["name"].lower(), tag.start()) for tag in wrong)


def _is_in_the_way(masked: str, tag: re.Match[str]) -> bool:
    before = masked[max(0, tag.start() - 80) : tag.start()]
    return (
        bool(_AT_PARAGRAPH.search(before))
        if tag.start() > 80
        else bool(_AT_PARAGRAPH.search(before) or not before)
    )
