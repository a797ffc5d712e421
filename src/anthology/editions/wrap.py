"""The cover of a printed book in one piece: back, spine and front on one page, beside the book's own file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from anthology.bind import Book, BoundLeaf, Intent, Metadata, Trimming, bind
from anthology.cover import WHOLE_PAGE, spine_width, wrap_geometry
from anthology.editions.complaints import complaints_told, failures_told
from anthology.editions.printing import printing_of
from anthology.editions.setting import Copy, set_copy
from anthology.editions.wrap_copy import wrap_copy
from anthology.leaves import Sheet
from anthology.model import direction_of
from anthology.problems import ContentError, Problem
from anthology.render import render_wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.config import PdfEdition
    from anthology.cover import WrapGeometry
    from anthology.editions.base import Manuscript
    from anthology.editions.printing import Printing
    from anthology.editions.setting import Typeset
    from anthology.editions.workshop import Workshop
    from anthology.editions.wrap_copy import WrapCopy
    from anthology.leaves import Leaf
    from anthology.model import Document
    from anthology.printers import Colour, CoverRules, Profile

_POINTS = 72 / 25.4


@dataclass(frozen=True, slots=True)
class MadeWrap:
    """A cover as a PDF of one page, empty where there can be none; `spine` is its width in millimetres, if known."""

    data: bytes
    problems: tuple[Problem, ...] = ()
    spine: float | None = None


def make_wrap(
    manuscript: Manuscript, name: str, edition: PdfEdition, pages: int, workshop: Workshop
) -> MadeWrap | None:
    """Make the cover of an edition.

    Args:
        manuscript: the book.
        name: the edition's.
        edition: its settings.
        pages: how many pages it has as it is printed, blank ones at its end and all.
        workshop: where pages are set.

    Returns:
        The cover; None where none is wanted. Where one is made only because the printer takes one, what keeps it from
        being made is a warning.

    Raises:
        ContentError: a template of the project is at fault, or the cover cannot be set.
        MachineError: Pango is missing.
    """
    if edition.wrap is False or manuscript.only:
        return None
    printing = printing_of(manuscript.config, name, edition, manuscript.find_profile)
    profile = printing.profile
    if profile is None or profile.cover is None:
        return MadeWrap(b"", (_no_rules(manuscript, name, edition),)) if edition.wrap else None
    spine = spine_width(profile, edition.paper, edition.spine, pages)
    if spine is None:
        return _without(edition, _no_spine(manuscript, name, profile), spine)
    geometry = wrap_geometry(
        (edition.trim.width, edition.trim.height),
        spine,
        profile.cover,
        direction_of(manuscript.config.book.language),
    )
    colour = _colour(manuscript, name, edition, printing, profile.cover)
    if isinstance(colour, Problem):
        return _without(edition, colour, spine)
    copy = wrap_copy(manuscript, edition, geometry, profile.cover, profile.resolution, pages)
    if isinstance(copy, Problem):
        return _without(edition, copy, spine)
    typeset, document = _set(manuscript, copy, geometry, printing, colour, workshop)
    if typeset.failures:
        raise ContentError(*failures_told(typeset, manuscript, name))
    metadata = _metadata(manuscript, edition, printing, colour)
    data = bind(_book(document, typeset, geometry, profile, workshop, metadata))
    problems = (*copy.problems, *complaints_told(typeset, manuscript, name))
    return MadeWrap(data, (*problems, *_refused_by_printer(data, profile, manuscript, name)), spine)


def _refused_by_printer(
    data: bytes, profile: Profile, manuscript: Manuscript, name: str
) -> Iterator[Problem]:
    """Tell what the printer would refuse of the cover; of a proof nobody prints a book."""
    if manuscript.proof:
        return
    from anthology.verify.preflight import preflight

    origin = manuscript.config.origin("editions", name, "printer")
    for problem in preflight(data, profile, part="cover"):
        message = f'in the cover of the edition "{name}": {problem.message}'
        yield replace(problem, message=message, origin=origin)


def _without(edition: PdfEdition, problem: Problem, spine: float | None) -> MadeWrap:
    """Give no cover, and tell why: as an error where one was asked for."""
    severity = problem.severity if edition.wrap else "warning"
    return MadeWrap(b"", (replace(problem, severity=severity),), spine)


def _no_rules(manuscript: Manuscript, name: str, edition: PdfEdition) -> Problem:
    asked = f'the printer "{edition.printer}"' if edition.printer else "no printer"
    message = f'the edition "{name}" asks for a cover, and {asked} tells what it must be like'
    hint = 'name a printer that takes covers: printer = "kdp"; or delete `wrap`'
    return Problem("K002", "error", message, manuscript.config.origin("editions", name, "wrap"), hint)


def _no_spine(manuscript: Manuscript, name: str, profile: Profile) -> Problem:
    papers = " or ".join(f'paper = "{paper.name}"' for paper in profile.papers)
    stated = 'spine = "12.4mm", as the printer tells it'
    hint = f"add {papers}, or {stated}" if papers else f"add {stated}"
    message = f'the spine\'s width is not known: the edition "{name}" has no cover'
    return Problem("K001", "error", message, manuscript.config.origin("editions", name, "printer"), hint)


def _colour(
    manuscript: Manuscript, name: str, edition: PdfEdition, printing: Printing, rules: CoverRules
) -> Colour | Problem:
    """Choose what the cover is printed with: in colour, whatever the pages are, and as the edition says if it can be."""
    wanted = (
        edition.colour if edition.colour in rules.colours and edition.colour != "gray" else rules.colours[0]
    )
    if wanted != "cmyk" or _press(printing):
        return wanted or "rgb"
    if "rgb" in rules.colours and edition.colour != "cmyk":
        return "rgb"
    message = (
        f'the cover of the edition "{name}" is printed in CMYK, and no colour profile of the press is named'
    )
    hint = 'add icc = "profiles/….icc": the printer tells which, and where it is to be had'
    return Problem("K008", "error", message, manuscript.config.origin("editions", name, "icc"), hint)


def _press(printing: Printing) -> Intent | None:
    """Give the printing that colours can be separated for, if it is known: one of four inks."""
    return printing.intent if printing.intent and printing.intent.inks == 4 else None


def _set(
    manuscript: Manuscript,
    copy: WrapCopy,
    geometry: WrapGeometry,
    printing: Printing,
    colour: Colour,
    workshop: Workshop,
) -> tuple[Typeset, Document]:
    config, theme = manuscript.config, manuscript.theme
    press = _press(printing)
    sheet = Sheet(
        # The whole page, bleed and all: what reaches over the cut is drawn as everything else is.
        width=geometry.width,
        height=geometry.height,
        styles=(copy.styles, *theme.layers("wrap"), WHOLE_PAGE),
        resources=theme.files,
        language=config.book.language,
        direction=direction_of(config.book.language),
        fallback=config.fonts.fallback,
        colour=colour,
        icc=press.profile if press and colour == "cmyk" else b"",
        flat=True,
        tagged=False,
    )
    document = render_wrap(theme, config, copy.view)
    return set_copy(
        Copy((document,), sheet, copy.pictures.__getitem__, {}), workshop, lambda told: None
    ), document


def _metadata(manuscript: Manuscript, edition: PdfEdition, printing: Printing, colour: Colour) -> Metadata:
    book = manuscript.config.book
    return Metadata(
        title=f"{book.title}: {manuscript.labels['cover']}",
        language=book.language,
        direction=direction_of(book.language),
        day=manuscript.day,
        authors=book.editors,
        standards=tuple(name for name in printing.standards if name.startswith("pdf/x")),
        intent=_press(printing) if colour == "cmyk" else None,
        identifier=f"urn:isbn:{edition.isbn13}" if edition.isbn13 else book.unique_identifier,
    )


def _book(
    document: Document,
    typeset: Typeset,
    geometry: WrapGeometry,
    profile: Profile,
    workshop: Workshop,
    metadata: Metadata,
) -> Book:
    leaf = _trimmed(typeset.leaves[document.name], geometry)
    trim = geometry.trim
    bleed = (trim.top, geometry.width - trim.right, geometry.height - trim.foot, trim.left)
    top, outside, foot, inside = (side * _POINTS for side in bleed)
    return Book(
        leaves=(BoundLeaf(leaf, document.title, document.language),),
        numbering=typeset.numbering,
        frames=typeset.frames,
        furniture=typeset.furniture,
        rules=typeset.rules,
        faces=workshop.faces,
        metadata=metadata,
        places={},
        trimming=Trimming((top, outside, foot, inside), profile.marks),
        tagged=False,
    )


def _trimmed(leaf: Leaf, geometry: WrapGeometry) -> Leaf:
    """Tell of a leaf that its page is cut to the trim: it was set as one that nothing is cut from."""
    body = leaf.open()
    trim = geometry.trim
    box = tuple(
        side * _POINTS
        for side in (trim.left, geometry.height - trim.foot, trim.right, geometry.height - trim.top)
    )
    left, bottom, right, top = box
    pages = tuple(
        replace(page, boxes={**page.boxes, "TrimBox": (left, bottom, right, top)}) for page in body.pages
    )
    return replace(leaf, body=replace(body, pages=pages).packed())
