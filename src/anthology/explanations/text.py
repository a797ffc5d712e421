"""An explanation as the command line prints it."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anthology.explanations.register import Explanation

_MARGIN = "    "


def explained(told: Explanation, width: int = 80) -> str:
    """Write an explanation as text: the code with its meaning, why it is told, what to do.

    Arguments: the explanation, and how many columns a line may have; a word that is longer stays whole. Returns
    lines without one that is empty at the end.
    """
    head = fill(
        f"{told.severity} {told.code}: {told.meaning}",
        width,
        subsequent_indent=_MARGIN,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n\n".join((head, _paragraph(told.why, width), _paragraph(f"What to do: {told.remedy}", width)))


def _paragraph(words: str, width: int) -> str:
    return fill(
        words,
        width,
        initial_indent=_MARGIN,
        subsequent_indent=_MARGIN,
        break_long_words=False,
        break_on_hyphens=False,
    )
