"""Rules of colour: which are taken, text in black alone, how much ink, pictures fine enough, nothing transparent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.verify.preflight.drawn import sizes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.printers import Colour
    from anthology.problems import Problem
    from anthology.verify.preflight.inspection import Inspection

_NAMES: dict[Colour, str] = {"gray": "grey", "rgb": "RGB", "cmyk": "CMYK"}
# A pixel or two, drawn large, are a colour and no picture.
_A_COLOUR = 2
# Pixels are counted, so that a picture made for exactly this resolution passes.
_ROUNDING = 0.99


def readable(inspection: Inspection) -> Iterator[Problem]:
    """V037: the content of pages can be read."""
    for page, content in zip(inspection.pages, inspection.contents, strict=True):
        if content.fault:
            message = f"what it draws cannot be read ({content.fault})"
            yield inspection.problem(
                "V037", message, page, "save the PDF anew", "{count} pages cannot be read"
            )


def painted(inspection: Inspection) -> Iterator[Problem]:
    """V024: type, lines and shapes have colours that the printer takes."""
    for page, content in zip(inspection.pages, inspection.contents, strict=True):
        for process in sorted(set(content.painted) - set(inspection.colours)):
            by = ", ".join(sorted(content.painted[process]))
            yield inspection.problem(
                "V024",
                f"is painted in {_NAMES[process]} ({by}); {_taken(inspection)}",
                page,
                "convert its colours",
                f"{{count}} pages are painted in {_NAMES[process]}; {_taken(inspection)}",
            )


def pictures(inspection: Inspection) -> Iterator[Problem]:
    """V038: pictures have colours that the printer takes."""
    for page, content in zip(inspection.pages, inspection.contents, strict=True):
        for picture in content.pictures:
            if picture.process and picture.process not in inspection.colours:
                across, down = picture.pixels
                yield inspection.problem(
                    "V038",
                    f'the picture "{picture.name}" ({across} × {down} px) is in {_NAMES[picture.process]};'
                    f" {_taken(inspection)}",
                    page,
                    "convert the picture",
                    f"{{count}} pictures are in {_NAMES[picture.process]}; {_taken(inspection)}",
                )


def black_text(inspection: Inspection) -> Iterator[Problem]:
    """V025: text is black alone at full strength, so that no other plate and no screen blurs it."""
    for page, content in zip(inspection.pages, inspection.contents, strict=True):
        if content.text:
            yield inspection.problem(
                "V025",
                f"text in {', '.join(sorted(content.text))}",
                page,
                "print text in black alone, at 100 %",
                "{count} pages have text that is not in black alone",
            )


def ink(inspection: Inspection) -> Iterator[Problem]:
    """V026: no colour lays on more ink than paper takes; what is within pictures is not looked at."""
    most = inspection.profile.ink
    for page, content in zip(inspection.pages, inspection.contents, strict=True):
        # Four plates at 100 % are registration colour, which marks have, outside the page.
        if most < content.ink < 400 or (content.ink >= 400 and not inspection.profile.marks):
            yield inspection.problem(
                "V026",
                f"a colour has {content.ink:.0f} % of ink; {inspection.profile.title} takes {most} %",
                page,
                "mix it of less",
                "{count} pages have colours with too much ink",
            )


def resolution(inspection: Inspection) -> Iterator[Problem]:
    """V023: pictures have pixels enough for the size in which they are printed."""
    asked = inspection.profile.resolution
    for page, content in zip(inspection.pages, inspection.contents, strict=True):
        for picture, found in sizes(content.pictures):
            if found >= asked * _ROUNDING or min(picture.pixels) <= _A_COLOUR:
                continue
            across, down = picture.pixels
            wide = picture.inches[0]
            yield inspection.problem(
                "V023",
                f'the picture "{picture.name}" ({across} × {down} px) prints {wide:.1f} in wide at {found:.0f} ppi;'
                f" at the {asked} ppi that {inspection.profile.title} asks for it needs {wide * asked:.0f} px,"
                f" has {across}",
                page,
                "take a larger picture, or print it smaller",
                f"{{count}} pictures have less than {asked} ppi",
            )


def transparent(inspection: Inspection) -> Iterator[Problem]:
    """V027: nothing shows through."""
    for page, content in zip(inspection.pages, inspection.contents, strict=True):
        if content.transparent:
            yield inspection.problem(
                "V027",
                f"has {', '.join(sorted(content.transparent))}",
                page,
                "flatten what is transparent",
                "{count} pages have something transparent",
            )


def _taken(inspection: Inspection) -> str:
    return f"{inspection.profile.title} takes {' or '.join(_NAMES[colour] for colour in inspection.colours)}"
