"""Drawings that show their own parts, which show theirs: a kilobyte of them can be a billion things to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.drawings.parsing import SVG, XLINK

if TYPE_CHECKING:
    from lxml.etree import _Element

# A map or a diagram has some thousands; ten times as many take what sets pages a minute.
MOST_SHOWN = 100_000
# Parts of parts of parts: programs that draw go no further either.
_DEEPEST = 50


class _TooMuch(Exception):  # noqa: N818 (it is an answer)
    """There is more to be drawn than anybody looks at."""


def repeats_too_often(root: _Element) -> bool:
    """Tell whether all that `<use>` shows of a drawing is more than MOST_SHOWN elements, or nested without end."""
    if root.find(f".//{{{SVG}}}use") is None:
        return False
    # A drawing may have as many elements of its own as it likes: each is drawn once.
    most = MOST_SHOWN + sum(1 for _ in root.iter())
    named = {name: element for element in root.iter() if (name := element.get("id"))}
    sizes: dict[str, int] = {}

    def shown(element: _Element, around: tuple[str, ...]) -> int:
        count = 0
        for part in element.iter():
            count += 1
            if part.tag == f"{{{SVG}}}use":
                target = (part.get("href") or part.get(f"{{{XLINK}}}href") or "").removeprefix("#")
                # One that shows itself is drawn by nobody.
                if target in named and target not in around:
                    if target not in sizes:
                        if len(around) > _DEEPEST:
                            raise _TooMuch
                        sizes[target] = shown(named[target], (*around, target))
                    count += sizes[target]
            if count > most:
                raise _TooMuch
        return count

    try:
        shown(root, ())
    except _TooMuch:
        return True
    return False
