"""Tables as Markdown writes them: one line a row, a header row, and no tables that only lay out a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

_WIDEST = 40
_LONGEST_CELL = 600


def table(element: HtmlElement, write: Callable[[HtmlElement], str]) -> str:
    """Write a table as Markdown.

    Arguments: the table, and what writes a cell in one line. Returns the empty string for a table of one column,
    or one that holds tables, code or long text: it only lays out a page.
    """
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
    rows = [row for row in rows if row]
    if _is_layout(element, rows):
        return ""
    written = [_spread(row, write) for row in rows]
    written = [row for row in written if any(row)]
    width = max((len(row) for row in written), default=0)
    if width < 2 or not written:
        return ""
    has_header = bool(rows[0]) and (
        all(cell.tag == "th" for cell in rows[0])
        or any(ancestor.tag == "thead" for ancestor in rows[0][0].iterancestors())
    )
    header = written[0] if has_header else [""] * width
    body = written[1:] if has_header else written
    lines = [_line(header, width), _line(["---"] * width, width), *(_line(row, width) for row in body)]
    caption = next((each for each in element.iterchildren("caption")), None)
    title = write(caption) if caption is not None else ""
    return (f"{title}\n\n" if title else "") + "\n".join(lines)


def _is_layout(element: HtmlElement, rows: list[list[HtmlElement]]) -> bool:
    if (
        not rows
        or max(map(len, rows)) < 2
        or max(map(len, rows)) > _WIDEST
        or element.get("role") == "presentation"
    ):
        return True
    if next(element.iterdescendants("table", "pre", "ul", "ol", "h2", "h3", "blockquote"), None) is not None:
        return True
    return any(len("".join(map(str, cell.itertext()))) > _LONGEST_CELL for row in rows for cell in row)


def _spread(row: list[HtmlElement], write: Callable[[HtmlElement], str]) -> list[str]:
    """Write the cells of a row; one that spans several columns leaves the further ones empty."""
    cells: list[str] = []
    for cell in row:
        text = re.sub(r"(?<!\\)\|", r"\\|", " ".join(write(cell).split()))
        span = cell.get("colspan") or "1"
        cells += [text, *[""] * (min(int(span), _WIDEST) - 1 if span.isdigit() and int(span) > 1 else 0)]
    return cells


def _line(cells: list[str], width: int) -> str:
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"
