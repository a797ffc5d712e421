"""Headings with nothing below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.problems import Problem, shortened
from anthology.wording import folded
from anthology.xhtml import fragment_to_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from anthology.verify.lints.passages import Copy

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# What stands at the end of a text and belongs to none of its parts.
_APPENDED = "notes"


def empty_parts(copy: Copy) -> Iterator[Problem]:
    """Look for headings that are followed by one of their own level, or a higher one, or by nothing."""
    elements = [element for element in copy.root if isinstance(element.tag, str) and not _is_nothing(element)]
    for place, element in enumerate(elements):
        level = _HEADINGS.get(element.tag)
        if level is None:
            continue
        behind = elements[place + 1] if place + 1 < len(elements) else None
        if behind is None or _HEADINGS.get(behind.tag, level + 1) <= level:
            text = " ".join(fragment_to_text(element).split())
            where = "the text ends" if behind is None else "the next heading follows"
            yield Problem(
                "Q013",
                "warning",
                f'below the heading "{shortened(text)}" there is nothing: {where}',
                copy.origin_of_heading(text),
                "write what belongs there, or take the heading out",
            )


def _is_nothing(element: Any) -> bool:
    """Tell whether an element shows nothing of the part that it stands in."""
    if _APPENDED in str(element.get("class", "")).split():
        return True
    return element.tag == "hr" or (
        not folded(fragment_to_text(element)) and not len(element) and element.tag not in {"img", "table"}
    )
