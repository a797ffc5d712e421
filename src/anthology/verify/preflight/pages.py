"""Rules of pages and paper: how many, how large, how far they bleed, what stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.verify.preflight.inspection import EXACT
from anthology.verify.preflight.looks import MM_PER_DOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.problems import Problem
    from anthology.verify.preflight.inspection import Inspection, PageFacts

# A mark is a line: a tenth of this is usual.
_MARK_MM = 1.0


def size(inspection: Inspection) -> Iterator[Problem]:
    """V012: the file is not too large."""
    most = inspection.profile.largest
    if most and len(inspection.data) > most:
        yield inspection.problem(
            "V012",
            f"the file has {len(inspection.data) / 1e6:.0f} MB; {inspection.profile.title} takes {most / 1e6:.0f} MB",
            hint="make its pictures smaller",
        )


def count(inspection: Inspection) -> Iterator[Problem]:
    """V013: there are neither too few nor too many pages."""
    (least, most), there = inspection.profile.pages, len(inspection.pages)
    if there < least:
        message = f"the book has {there} pages; {inspection.profile.title} binds no fewer than {least}"
        yield inspection.problem("V013", message, hint="add pages")
    elif there > most:
        message = f"the book has {there} pages; {inspection.profile.title} binds no more than {most}"
        yield inspection.problem(
            "V013", message, hint="take a larger page or smaller type, or make two volumes"
        )


def signature(inspection: Inspection) -> Iterator[Problem]:
    """V014: the pages fill the last sheet."""
    there, sheet = len(inspection.pages), inspection.profile.signature
    if there % sheet:
        missing = sheet - there % sheet
        pages = "1 blank page" if missing == 1 else f"{missing} blank pages"
        yield inspection.problem(
            "V014",
            f"the book has {there} pages, which is no multiple of {sheet}",
            hint=f"add {pages} at the end",
        )


def last_blank(inspection: Inspection) -> Iterator[Problem]:
    """V015: the printer finds room for its own barcode."""
    last = inspection.pages[-1]
    if inspection.inked(last) is not None:
        message = f"this is the last page, and {inspection.profile.title} wants it blank"
        yield inspection.problem("V015", message, last, "add blank pages, an even number in all")


def boxes(inspection: Inspection) -> Iterator[Problem]:
    """V016: TrimBox within BleedBox within MediaBox (ISO 32000-1, 14.11.2)."""
    needed = any(standard.startswith("pdf/x") for standard in inspection.profile.standards)
    fold = "{count} pages have boxes that do not lie within one another, or lack one"
    for page in inspection.pages:
        if page.media.width <= 0 or page.media.height <= 0:
            yield inspection.problem("V016", "has no size (MediaBox)", page, fold=fold)
        elif needed and not page.states_trim:
            yield inspection.problem("V016", "does not tell where it is cut (TrimBox)", page, fold=fold)
        elif not page.media.holds(page.bleed):
            yield inspection.problem("V016", "its BleedBox is larger than its MediaBox", page, fold=fold)
        elif page.states_trim and not page.bleed.holds(page.trim):
            yield inspection.problem("V016", "its TrimBox is larger than its BleedBox", page, fold=fold)


def one_size(inspection: Inspection) -> Iterator[Problem]:
    """V017: all pages are cut to one size."""
    usual = inspection.usual_trim
    for page in inspection.pages:
        if abs(page.trim.width - usual.width) > EXACT or abs(page.trim.height - usual.height) > EXACT:
            said = f"is {_size(page.trim.width, page.trim.height)}, where others are {_size(usual.width, usual.height)}"
            yield inspection.problem("V017", said, page, fold="{count} pages have another size than most")


def trim(inspection: Inspection) -> Iterator[Problem]:
    """V018: the printer has this size."""
    profile, usual = inspection.profile, inspection.usual_trim
    if profile.takes_trim(usual.width, usual.height):
        return
    if near := profile.nearest_trim(usual.width, usual.height):
        hint = f"the nearest that it takes is {_size(*near)}"
    else:
        least, most = profile.smallest_trim or (0, 0), profile.largest_trim
        hint = f"it takes {_size(*least)}" + (f" to {_size(*most)}" if most else " and more")
    message = f"pages are {_size(usual.width, usual.height)}, a size that {profile.title} does not take"
    yield inspection.problem("V018", message, hint=hint)


def bleed(inspection: Inspection) -> Iterator[Problem]:
    """V019: pages reach beyond the cut exactly as far as asked, and not at all where nothing bleeds."""
    fold = "{count} pages do not bleed as they should"
    for page in inspection.pages:
        wanted = page.trim.larger(inspection.bleed, page.inside_left)
        if not page.bleed.holds(wanted):
            if not inspection.bleeds and inspection.part == "interior":
                continue  # the boxes are at fault, and told of
            yield inspection.problem(
                "V019",
                f"{_size(page.bleed.width, page.bleed.height)} with its bleed;"
                f" {_size(wanted.width, wanted.height)} are asked",
                page,
                "make pages larger than they are cut, and let what reaches the edge go on",
                fold,
            )
        elif (
            not inspection.profile.marks
            and not page.media.equals(wanted)
            and not _has_marks(inspection, page)
        ):
            yield inspection.problem(
                "V019",
                f"{_size(page.media.width, page.media.height)} in the file;"
                f" {_size(wanted.width, wanted.height)} are asked",
                page,
                "leave no paper round the pages",
                fold,
            )


def marks(inspection: Inspection) -> Iterator[Problem]:
    """V020: no marks where none may be; elsewhere, none within the bleed."""
    for page in inspection.pages:
        if "marks" in inspection.profile.forbids:
            if _has_marks(inspection, page):
                fold = "{count} pages have printer's marks"
                yield inspection.problem("V020", "has printer's marks", page, "save it without marks", fold)
        elif not page.media.equals(page.bleed) and _marks_within(inspection, page):
            fold = "{count} pages have printer's marks within the bleed"
            hint = "move the marks out, by as much as the bleed"
            yield inspection.problem("V020", "its printer's marks reach into the bleed", page, hint, fold)


def _has_marks(inspection: Inspection, page: PageFacts) -> bool:
    """Tell whether anything is printed outside the bleed."""
    box = page.bleed if page.states_trim or page.media != page.bleed else page.media
    wanted = page.trim.larger(inspection.bleed, page.inside_left)
    box = box if box.holds(wanted) and not page.media.equals(box) else wanted
    if page.media.equals(box) or not page.media.holds(box):
        return False
    inked = inspection.inked(page)
    if inked is None:
        return False
    return (
        inked.left < box.left - MM_PER_DOT
        or inked.bottom < box.bottom - MM_PER_DOT
        or inked.right > box.right + MM_PER_DOT
        or inked.top > box.top + MM_PER_DOT
    )


def _marks_within(inspection: Inspection, page: PageFacts) -> bool:
    """Tell whether a thin line begins outside the bleed and ends within it."""
    box = page.bleed
    for thing in inspection.looks.things(page.number):
        extent = thing.extent
        across, down = extent.right - extent.left, extent.top - extent.bottom
        if thing.kind != "line or shape" or min(across, down) > _MARK_MM:
            continue
        outside = extent.left < box.left or extent.right > box.right or extent.bottom < box.bottom
        outside = outside or extent.top > box.top
        overlap_across = min(extent.right, box.right) - max(extent.left, box.left)
        overlap_down = min(extent.top, box.top) - max(extent.bottom, box.bottom)
        # Half the thickness of a line that lies along the edge is no reaching in.
        if (
            outside
            and overlap_across >= 0
            and overlap_down >= 0
            and max(overlap_across, overlap_down) > EXACT
        ):
            return True
    return False


def _size(width: float, height: float) -> str:
    """Write a size in millimetres, to a tenth where it has one."""
    return f"{_number(width)} × {_number(height)} mm"


def _number(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")
