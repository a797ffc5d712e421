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
    or one that holds code or long text, or lists and tables without order: it only lays out a page.
    """
    rows = _rows(element)
    if _is_layout(element, rows):
        return ""
    written = [row for row in _spread(rows, write) if any(row)]
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
    caption = _caption(element)
    title = write(caption) if caption is not None else ""
    return (f"{title}\n\n" if title else "") + "\n".join(lines)


def holds_data(element: HtmlElement) -> bool:
    """Tell whether a table sets out data, whatever is in its cells: its heads or its title say so, or its rows alike."""
    if element.get("role") == "presentation":
        return False
    rows = _rows(element)
    if not rows or not 2 <= max(map(len, rows)) <= _WIDEST:
        return False
    if any(cell.tag == "th" for row in rows for cell in row) or _caption(element) is not None:
        return True
    return len(rows) > 1 and len(set(map(len, rows))) == 1 and not _is_long(rows)


def _rows(element: HtmlElement) -> list[list[HtmlElement]]:
    """Give the cells of a table's own rows, and not those of tables within it."""
    rows = (
        [cell for cell in row if cell.tag in ("td", "th")]
        for row in element.iter("tr")
        if next(row.iterancestors("table"), None) is element
    )
    return [row for row in rows if row]


def _caption(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterchildren("caption"), None)


def _is_layout(element: HtmlElement, rows: list[list[HtmlElement]]) -> bool:
    if (
        not rows
        or max(map(len, rows)) < 2
        or max(map(len, rows)) > _WIDEST
        or element.get("role") == "presentation"
    ):
        return True
    if next(element.iterdescendants("pre", "h2", "h3", "blockquote"), None) is not None:
        return True
    if next(element.iterdescendants("table", "ul", "ol"), None) is not None and not holds_data(element):
        return True
    return _is_long(rows)


def _is_long(rows: list[list[HtmlElement]]) -> bool:
    return any(len("".join(map(str, cell.itertext()))) > _LONGEST_CELL for row in rows for cell in row)


def _spread(rows: list[list[HtmlElement]], write: Callable[[HtmlElement], str]) -> list[list[str]]:
    """Write the cells of all rows, each in its column: what a cell spans beside and below itself is left empty."""
    written: list[list[str]] = []
    # For how many rows more a column is taken by a cell from above; no cell reaches out of its part of the table.
    taken: dict[int, int] = {}
    part: HtmlElement | None = None
    for row in rows:
        if (parent := row[0].getparent()) is None or parent.getparent() is not part:
            taken, part = {}, None if parent is None else parent.getparent()
        cells: list[str] = []
        below = {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in row:
            while len(cells) in taken:
                cells.append("")
            first = len(cells)
            width = max(1, min(_span(cell, "colspan"), _WIDEST - first))
            cells += [re.sub(r"(?<!\\)\|", r"\\|", " ".join(write(cell).split())), *[""] * (width - 1)]
            if (height := _span(cell, "rowspan")) > 1:
                below |= dict.fromkeys(range(first, min(first + width, _WIDEST)), height - 1)
        taken = below
        written.append(cells)
    return written


def _span(cell: HtmlElement, direction: str) -> int:
    """Say how many columns or rows a cell spans."""
    found = re.fullmatch(r"\s*(\d{1,6})\s*", cell.get(direction) or "", re.ASCII)
    return max(1, int(found[1])) if found else 1


def _line(cells: list[str], width: int) -> str:
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"
