"""Margins: what comes nearer to the cut or the spine than the printer allows, seen on the drawn page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.printers import Sides
from anthology.problems import shortened
from anthology.verify.preflight.inspection import EXACT
from anthology.verify.preflight.looks import MM_PER_DOT, Extent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.problems import Problem
    from anthology.verify.preflight.inspection import Box, Inspection, PageFacts
    from anthology.verify.preflight.looks import Thing

_FOLD = "in {count} places something comes too near to the edge or to the spine"


def safe_margins(inspection: Inspection) -> Sides:
    """Give the least margins of the pages; that inside grows with their number."""
    profile = inspection.profile
    least = profile.margins_with_bleed if inspection.bleeds else profile.margins
    inside = max(least.inside, profile.gutter(len(inspection.pages)))
    return Sides(least.top, least.outside, least.bottom, inside)


def margins(inspection: Inspection) -> Iterator[Problem]:
    """V036: what is printed keeps away from the edges and the spine, folios and running heads too.

    On pages that bleed, pictures and shapes may reach beyond the cut; what stops short of it may not come near.
    """
    least = safe_margins(inspection)
    for page in inspection.pages:
        try:
            # What stands beside the page is no business of its margins.
            within = page.trim.larger(inspection.bleed, page.inside_left)
            inked = inspection.looks.inked(
                page.number, Extent(within.left, within.bottom, within.right, within.top)
            )
        except ValueError as error:
            yield inspection.problem("V037", str(error), page, fold="{count} pages cannot be read")
            continue
        if inked is None:
            continue
        safe = page.trim.smaller(least, page.inside_left)
        near = [
            side for side in ("left", "right", "top", "bottom") if _beyond(inked, safe, side) > MM_PER_DOT
        ]
        if near:
            yield from _told(inspection, page, near, inked, least)


def _told(
    inspection: Inspection, page: PageFacts, near: list[str], inked: Extent, least: Sides
) -> Iterator[Problem]:
    """Name the farthest thing on each side; on pages that bleed, only what was not meant to bleed."""
    safe = page.trim.smaller(least, page.inside_left)
    things = [thing for thing in inspection.looks.things(page.number) if _on_page(thing.extent, page.trim)]
    for side in near:
        beyond = [thing for thing in things if _beyond(thing.extent, safe, side) > EXACT]
        if inspection.bleeds:
            beyond = [thing for thing in beyond if not _bleeds(thing, page, side)]
            if not beyond:
                continue
        culprit = max(beyond, key=lambda thing: _beyond(thing.extent, safe, side), default=None)
        extent = culprit.extent if culprit and inspection.bleeds else inked
        room, asked = -_beyond(extent, page.trim, side), _asked(least, side, page.inside_left)
        spine = side == ("left" if page.inside_left else "right")
        place = "the spine" if spine else {"left": "the edge", "right": "the edge"}.get(side, f"the {side}")
        said = f"{max(0.0, room):.1f} mm from {place}" if room > 0 else f"beyond {place}"
        message = f"{_named(culprit)} stands {said}; {asked:.1f} mm are asked"
        hint = "give the page a wider inside margin" if spine else "give the page a wider margin"
        yield inspection.problem("V036", message, page, hint, _FOLD)


def _beyond(extent: Extent | Box, limit: Box, side: str) -> float:
    """Tell how far something goes beyond a limit on a side, in millimetres."""
    return {
        "left": limit.left - extent.left,
        "right": extent.right - limit.right,
        "top": extent.top - limit.top,
        "bottom": limit.bottom - extent.bottom,
    }[side]


def _on_page(extent: Extent, trim: Box) -> bool:
    """Tell whether anything of it is left after cutting."""
    return (
        extent.left < trim.right
        and extent.right > trim.left
        and extent.bottom < trim.top
        and extent.top > trim.bottom
    )


def _bleeds(thing: Thing, page: PageFacts, side: str) -> bool:
    """Tell whether something is meant to be cut on a side; text never is."""
    return thing.kind != "text" and _beyond(thing.extent, page.trim, side) > -EXACT


def _asked(least: Sides, side: str, inside_left: bool) -> float:
    if side in ("top", "bottom"):
        return least.top if side == "top" else least.bottom
    return least.inside if (side == "left") == inside_left else least.outside


def _named(thing: Thing | None) -> str:
    if thing is None:
        return "something"
    if thing.kind == "text":
        return f"the text “{shortened(thing.named, 40)}”"
    return f"a {thing.kind}"
