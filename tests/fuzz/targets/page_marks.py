"""Page marks in e-books: each page once, in order, in a document that is otherwise as it was."""

from __future__ import annotations

import re

from lxml import etree

from anthology.editions.epub.page_marks import mark_pages
from anthology.pages import PageStart
from fuzz.choices import Choices

_OPEN = (
    *("p", "p", "div", "section", "h2", "ul", "li", "a", "em", "table", "tr", "td", "figure", "svg", "g", "math", "mi", "pre", "ruby", "rt"),
)  # fmt: skip
_TEXTS = (
    "a",
    "word ",
    " ",
    "\n",
    "é",
    "日本",
    "\U0001f600",
    "\xad",
    "\u200b",
    "&amp;",
    "e\u0301",
    "<img src='a' alt=''/>",
    "<br/>",
    "<!-- c -->",
    "<![CDATA[x]]>",
)
_MARK = re.compile(r'<(div|span) epub:type="pagebreak"[^>]*></\1>')


def _document(choices: Choices) -> tuple[str, list[str]]:
    made, opened, ids = list[str](), list[str](), list[str]()
    for number in range(choices.number(40)):
        match choices.number(3):
            case 0:
                name = choices.one_of(_OPEN)
                made.append(f"<{name}")
                if choices.number(1):
                    ids.append(f"i{number}")
                    made.append(f' id="i{number}"')
                if not choices.number(7):
                    made.append(' class="note-ref"')
                made.append(">")
                opened.append(name)
            case 1:
                made.append(f"</{opened.pop()}>" if opened else "")
            case _:
                made.append(choices.one_of(_TEXTS))
    made += [f"</{name}>" for name in reversed(opened)]
    head = "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><head><title>T</title></head>"
    return f"{head}<body>{''.join(made)}</body></html>", ids


def check(data: bytes) -> None:
    """Mark pages in a document: without the marks it is the same, and the marks are all there, in order."""
    choices = Choices(data)
    html, ids = _document(choices)
    starts = tuple(
        PageStart(str(number), "one.xhtml", choices.one_of(("", "gone", *ids)), choices.number(9))
        for number in range(1, 2 + choices.number(6))
    )
    marked = mark_pages(html, starts, lambda folio: f'page "{folio}" & <more>')
    root = etree.fromstring(marked)
    assert _MARK.sub("", marked) == html
    marks = [element.get("id") for element in root.iter() if element.get("role") == "doc-pagebreak"]
    assert marks == [start.fragment for start in starts], (html, starts, marked)
