"""Give lists the indents that Python-Markdown asks for, whatever indents their writer chose.

CommonMark nests a list under the text of its item (two or three spaces) and lets one follow a line of text;
Python-Markdown wants four spaces and an empty line, and else flattens the list or takes it for text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from anthology.read.markdown.fences import plain_fence

_ITEM = re.compile(r"(?P<marker>[-+*]|\d{1,9}[.)])(?P<space> +)(?P<content>\S.*)", re.DOTALL)
_ANY_ITEM = re.compile(r"^[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]+\S", re.MULTILINE)
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_THEMATIC_BREAK = re.compile(r"([-*_])[ ]*(?:\1[ ]*){2,}")
_FENCE = re.compile(r"(`{3,})[^`]*|(~{3,}).*")
_QUOTE = re.compile(r" {0,3}> ?")
_RAW = re.compile(r"<(pre|script|style|textarea)\b|<!--", re.IGNORECASE)

_STEP = 4


@dataclass(frozen=True, slots=True)
class _Item:
    """An open list item.

    The columns in which its marker and its content begin, as written, and the line of the output.
    """

    marker_at: int
    content_at: int
    is_ordered: bool
    line: int


class _Reindenter:
    """Walks the lines once; `out` holds those written so far."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.items: list[_Item] = []
        self.in_text = False
        self.fence = ""
        self.fence_at = 0
        self.raw_end = ""

    def walk(self, lines: list[str]) -> list[str]:
        at = 0
        while at < len(lines):
            if not self.fence and not self.raw_end and _QUOTE.match(self._inside(lines[at])):
                at = self._quotation(lines, at)
            else:
                self._line(lines[at])
                at += 1
        if self.fence:
            # Code that is never closed goes on to the end of what it stands in (CommonMark 0.31.2, section 4.5).
            self.out.append(" " * (_STEP * len(self.items)) + self.fence)
            self.fence = ""
        return self.out

    def _line(self, line: str) -> None:
        if self.raw_end:
            self.out.append(line)
            if self.raw_end in line.lower():
                self.raw_end = ""
            return
        expanded = line.expandtabs(_STEP)
        content = expanded.lstrip(" ")
        indent = len(expanded) - len(content)
        if self.fence:
            self._fenced(expanded, content, indent)
        elif not content:
            self.out.append("")
            self.in_text = False
        else:
            self._text(line, content, indent)

    def _fenced(self, expanded: str, content: str, indent: int) -> None:
        lead = " " * (_STEP * len(self.items))
        if content.startswith(self.fence) and not content.strip().strip(self.fence[0]):
            self.out.append(lead + self.fence)
            self.fence = ""
            self.in_text = False
            return
        shifted = expanded[min(indent, self.fence_at) :]
        self.out.append(lead + shifted if shifted else "")

    def _text(self, line: str, content: str, indent: int) -> None:
        item = None if _THEMATIC_BREAK.fullmatch(content.rstrip()) else _ITEM.fullmatch(content)
        depth = self._depth(indent, item)
        rest = indent - self.items[depth - 1].content_at if depth else indent
        if item and (rest < _STEP or (self.items and self.in_text)) and self._may_begin(item, depth):
            self._begin_item(item, depth, indent)
            return
        fence = _FENCE.fullmatch(content.rstrip()) if rest < _STEP else None
        ends_text = (
            bool(fence) or content.startswith(("#", "<", ">")) or _THEMATIC_BREAK.fullmatch(content.rstrip())
        )
        if self.in_text and depth < len(self.items) and not ends_text:
            # A lazy line goes on with the paragraph of the innermost item (CommonMark 0.31.2, section 5.2).
            self.out.append(" " * (_STEP * len(self.items)) + content)
            return
        if depth < len(self.items):
            if self.in_text and not depth:
                self.out.append("")
            del self.items[depth:]
        if fence:
            self.fence = (fence.group(1) or fence.group(2)) or ""
            self.fence_at = indent
            self.out.append(" " * (_STEP * depth) + plain_fence(content, self.fence))
        else:
            self._plain(line, content, depth, rest)
            self.in_text = not content.startswith("#")

    def _plain(self, line: str, content: str, depth: int, rest: int) -> None:
        if not depth:
            self._mind_table(line)
            self.out.append(line)
            raw = _RAW.match(content)
            if raw:
                end = f"</{raw.group(1).lower()}" if raw.group(1) else "-->"
                self.raw_end = "" if end in line.lower() else end
        else:
            is_code = rest >= _STEP and not self.in_text
            self._mind_table(content)
            self.out.append(" " * (_STEP * depth + (rest if is_code else 0)) + content)

    def _mind_table(self, line: str) -> None:
        """Put an empty line before a table that follows a line of text."""
        if "|" in line and "-" in line and len(self.out) > 1 and _TABLE_RULE.fullmatch(line):
            head, before = self.out[-1], self.out[-2]
            if "|" in head and before.strip() and "|" not in before:
                self.out.insert(-1, "")

    def _depth(self, indent: int, item: re.Match[str] | None) -> int:
        """Count the open items that a line with this indent belongs to."""
        depth = 0
        for opened in self.items:
            # Four spaces are what Python-Markdown's own writers indent by, however wide the marker is.
            if indent < opened.content_at and indent - opened.marker_at < _STEP:
                other_kind = item is not None and item["marker"][0].isdigit() != opened.is_ordered
                if not (other_kind and indent >= opened.marker_at + 2):
                    break
            depth += 1
        return depth

    def _may_begin(self, item: re.Match[str], depth: int) -> bool:
        """Tell whether an item may stand here: in mid-paragraph only one that clearly begins a list."""
        begins_list = depth == len(self.items)
        return not (
            begins_list and self.in_text and item["marker"][0].isdigit() and item["marker"][:-1] != "1"
        )

    def _begin_item(self, item: re.Match[str], depth: int, indent: int) -> None:
        is_ordered = item["marker"][0].isdigit()
        other_kind = depth < len(self.items) and self.items[depth].is_ordered != is_ordered
        follows = bool(self.out) and bool(self.out[-1].strip())
        if follows and (self._is_broken(depth) or other_kind or not self.items or not self.in_text):
            self.out.append("")
        del self.items[depth:]
        marker = item["marker"].replace(")", ".")
        space = len(item["space"]) if len(item["space"]) <= _STEP else 1
        self.items.append(_Item(indent, indent + len(marker) + space, is_ordered, len(self.out)))
        fence = _FENCE.fullmatch(item["content"].rstrip())
        lead = " " * (_STEP * depth) + marker + " "
        if fence:
            # Python-Markdown finds a fence at the beginning of a line only; the item begins empty.
            self.fence = (fence.group(1) or fence.group(2)) or ""
            self.fence_at = indent + len(marker) + space
            opening = plain_fence(item["content"], self.fence)
            self.out += [lead, "", " " * (_STEP * (depth + 1)) + opening]
        else:
            self.out.append(lead + item["content"])
            self.in_text = True

    def _is_broken(self, depth: int) -> bool:
        """Tell whether an empty line stands in the item before, or around, the one that begins at this depth."""
        if not self.items:
            return False
        before = self.items[min(depth, len(self.items) - 1)]
        return not all(self.out[before.line :])

    def _inside(self, line: str) -> str:
        """Give a line without the indent of the items it belongs to."""
        expanded = line.expandtabs(_STEP)
        indent = len(expanded) - len(expanded.lstrip(" "))
        depth = self._depth(indent, None)
        return expanded[self.items[depth - 1].content_at :] if depth else expanded

    def _quotation(self, lines: list[str], at: int) -> int:
        """Treat what a quotation holds by itself; give the place of the first line behind it."""
        expanded = lines[at].expandtabs(_STEP)
        depth = self._depth(len(expanded) - len(expanded.lstrip(" ")), None)
        if depth < len(self.items):
            if self.in_text and not depth:
                self.out.append("")
            del self.items[depth:]
        if depth and self.in_text:
            self.out.append("")
        held: list[str] = []
        while at < len(lines) and (mark := _QUOTE.match(self._inside(lines[at]))):
            held.append(self._inside(lines[at])[mark.end() :])
            at += 1
        lead = " " * (_STEP * depth) + "> "
        self.out += [(lead + line).rstrip() if not line else lead + line for line in _Reindenter().walk(held)]
        self.in_text = True
        return at


def reindent_lists(text: str) -> str:
    """Indent lists by four spaces a level and set them off from the text before them; code is left alone.

    Tables are set off from the text before them, too, and fences written so that they are taken for fences. Returns
    `text` with lines added, none taken away.
    """
    if not _ANY_ITEM.search(text) and not any(mark in text for mark in ("|", "```", "~~~")):
        return text
    return "\n".join(_Reindenter().walk(text.split("\n")))
