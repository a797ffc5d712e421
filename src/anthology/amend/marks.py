"""Marks: the comments by which an editor, and we, know what was proposed.

A line that is ours from end to end ends in `# proposed`, with the words that were the reason in brackets. Where
a list stands on one line, the comment behind it names what was put in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MARK = "  # proposed"

# The first line of front matter that an article without any was given.
CREATED = "# front matter for what is proposed"

_WHOLE = re.compile(
    r"[ \t]*(?P<own>- (?P<item>\S+)|related:|related = \[|\"(?P<entry>[^\"]+)\",|\]|\[\[related\]\]"
    r"|name = \"(?P<name>[^\"]+)\")  # proposed(?: \([^()]*\))?"
)
_INLINE = re.compile(r"  # proposed(?P<brackets>, with the brackets)?: (?P<names>[^#]+)$")
# What is wrapped may stand on the line below its key.
_WRAPPED = re.compile(r"(?P<key>[ \t]*(?:[\"']?related[\"']?\s*[:=]\s*)?)\[")


def because(words: Sequence[str]) -> str:
    """Write the mark of a proposed entry with the words that were the reason."""
    return f"{MARK} ({', '.join(words)})" if words else MARK


def behind(names: Sequence[str], *, brackets: bool) -> str:
    """Write the mark behind a line into which entries were put, and brackets around its value if it had none."""
    return f"{MARK}{', with the brackets' if brackets else ''}: {', '.join(names)}"


def own_part(line: str) -> str:
    """Give what stands before the mark on a line that is ours from end to end; empty where it is not ours."""
    found = _WHOLE.fullmatch(line.rstrip("\r\n"))
    return found["own"] if found else ""


def refused_name(line: str) -> str:
    """Give the name that an editor refused by making a proposed line a comment; empty on any other line."""
    text = line.strip()
    found = _WHOLE.fullmatch(text.lstrip("# \t")) if text.startswith("#") else None
    return (found["item"] or found["entry"] or found["name"] or "") if found else ""


def without_inline(line: str, quote: str) -> str:
    """Take out of a line what marks behind it say was put in; `quote` is what its names stand in."""
    text = line.rstrip("\r\n")
    ending = line[len(text) :]
    while (found := _INLINE.search(text)) is not None:
        put_in = ", ".join(quote + name + quote for name in found["names"].split(", "))
        kept = text[: found.start()]
        wrapped = _WRAPPED.match(kept)
        if found["brackets"]:
            at = kept.rfind(f", {put_in}]")
            if at < 0 or not wrapped:
                break
            text = wrapped["key"] + kept[wrapped.end() : at] + kept[at + len(put_in) + 3 :]
            continue
        behind_others = kept.rfind(f", {put_in}")
        alone = kept.rfind(f"[{put_in}")
        if max(behind_others, alone) < 0:
            break
        start, end = (behind_others, 2) if behind_others >= 0 else (alone + 1, 0)
        text = kept[:start] + kept[start + end + len(put_in) :]
    return text + ending
