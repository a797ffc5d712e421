"""Index marks on a line of their own: they mark the text beside them, and a paragraph of nothing is not set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.read.xhtml.elements import PARAGRAPHS
from anthology.xhtml import fragment_to_text, remove

if TYPE_CHECKING:
    from lxml.etree import _Element


def settle_index_marks(root: _Element) -> None:
    """Move marks that stand alone in a paragraph to the beginning of the next one, or to the end of the one before."""
    for paragraph in [found for found in root.iter("p") if _holds_marks_alone(found)]:
        before, behind = paragraph.getprevious(), paragraph.getnext()
        marks = list(paragraph)
        for mark in marks:
            mark.tail = None
        closes = any("|)" in str(mark.get("data-index")) for mark in marks)
        if before is not None and before.tag in PARAGRAPHS and (closes or not _takes(behind)):
            before.extend(marks)
        elif behind is not None and _takes(behind):
            marks[-1].tail, behind.text = behind.text, None
            behind[0:0] = marks
        else:
            continue
        remove(paragraph)


def _takes(element: _Element | None) -> bool:
    return element is not None and element.tag in PARAGRAPHS


def _holds_marks_alone(paragraph: _Element) -> bool:
    return (
        len(paragraph) > 0
        and not fragment_to_text(paragraph).strip()
        and all(child.tag == "span" and child.get("data-index") and not len(child) for child in paragraph)
    )
