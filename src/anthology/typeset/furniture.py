"""Set furniture: running heads and folios, apart from the pages that they will stand on.

The styles order furniture as CSS does: margin boxes of `@page` rules. So it is set on pages of its own, which have
nothing but a name, a side and strings; each kind of page comes once for each text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

from anthology.leaves import Frame, FrameRules, FramesSet, Furniture, RulesRead
from anthology.pages import roman
from anthology.problems import ContentError, Problem
from anthology.typeset.content import Slot, figures_of, open_content_of, operators
from anthology.typeset.faces import glyphs_by_key
from anthology.typeset.margins import (
    is_plain,
    margin_strings,
    numbered_margins,
    take_ground_away,
    type_area,
    unknown_in_margins,
)
from anthology.typeset.objects import Collector
from anthology.typeset.press import MARGINS, complaints, press_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from anthology.leaves import FrameKind, FramesTask, Glyph, LeafFont, RulesTask, Sheet
    from anthology.typeset.faces import Drawn

# CSS pixels to points.
_POINTS = 0.75
# Numbers that have every figure once: arabic, and roman (mdclxvi), which go up to four thousand.
_ARABIC, _ROMAN = 1234567890, 1666
_MOST_ROMAN = 4000
# Numbers of three arabic and of two or three roman figures, as most page numbers are long.
_SAMPLES = (110, 150, 160, 111, 151, 161)

# A number that has every figure is longer than the margins are made for.
_IN_ONE_LINE = "@page { %s }" % " ".join(  # noqa: UP031  # braces are the style sheet's
    f"@{margin} {{ white-space: nowrap !important; hyphens: manual !important }}" for margin in MARGINS
)

# Names in content streams that mean the same in every document of the engine's: opacities.
_SHARED_NAME = re.compile(rb"[aA][\d.]+")
_NAMES = re.compile(rb"/(?!Pattern |Device)([A-Za-z][\w.-]*)(?= (?:gs|Do|sh|scn|SCN|cs|CS)$)")

# Grounds, borders and crop marks of pages belong to leaves.
_NOTHING_ELSE = """
@page { background: none !important; border: none !important; marks: none !important }
html, body { background: none !important; border: none !important }
"""


def read_frames(task: RulesTask) -> RulesRead:
    """Read from the styles what pages of each kind print in their margins, and where their type area lies.

    What the engine has to say of the style sheets comes with it.
    """
    frames = tuple(Frame(kind, tuple((name, "x", "x") for name in task.strings)) for kind in task.kinds)
    sheet = task.sheet
    press = press_for(sheet)
    html, rules = _page_of(frames, sheet)
    with complaints() as told:
        laid_out, _ = press.lay_out(html, _no_picture, furniture=rules)
    read = {
        frame.kind: FrameRules(
            tuple(sorted(margin_strings(page))),
            tuple(value * _POINTS for value in type_area(page)),  # type: ignore[arg-type]  # four of them
            is_plain(page),
        )
        for frame, page in zip(frames, _pages_of(frames, laid_out), strict=True)
    }
    return RulesRead(read, tuple(dict.fromkeys((*press.complaints, *told))))


def set_frames(task: FramesTask) -> FramesSet:
    """Set the furniture of frames, with open places for the folio.

    Raises ContentError where the styles print page numbers in a way in which they cannot be written.
    """
    press = press_for(task.sheet)
    made: dict[Frame, Furniture] = {}
    for blank in (False, True):
        if some := tuple(frame for frame in task.frames if frame.kind.blank is blank):
            made |= _set(press, some, task.sheet)
    furniture = tuple(made[frame] for frame in task.frames)
    needed = {font.face for one in furniture for font in one.fonts} - task.known_faces
    return FramesSet(furniture, {digest: press.faces.files[digest] for digest in sorted(needed)})


def _set(press: Any, frames: Sequence[Frame], sheet: Sheet) -> dict[Frame, Furniture]:
    """Set frames with a page number of common length, of which the place is taken; its glyphs are taken elsewhere."""
    sample = _sample(frames)
    # A blank page has nothing but its furniture: its ground is part of it.
    drawing = _draw(press, frames, sheet, sample, "" if frames[0].kind.blank else _NOTHING_ELSE)
    with _told():
        folios = [list(_folios(page, sample)) for page in drawing.pages]
    held = {text.held for found in folios for _, text in found}
    figures: dict[tuple[FrameKind, str, bool], Mapping[str, Glyph]] = {}
    if held:
        figures |= _figures(press, frames, sheet, _ARABIC)
    if not all(map(str.isdecimal, held)):
        figures |= _figures(press, frames, sheet, _ROMAN)
    fonts = press.faces.fonts_of(drawing.laid_out)
    made = {}
    for index, frame in enumerate(frames):
        slots = [
            replace(slot, figures=figures[frame.kind, margin, slot.held.isdecimal()])
            for margin, slot in folios[index]
        ]
        made[frame] = _furniture(frame, drawing, index, slots, fonts)
    return made


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Frames as they were drawn: the engine's document and PDF, and the page of each frame."""

    laid_out: Any
    pdf: Any
    pages: Sequence[Any]
    glyphs: Mapping[str, Drawn]

    def number(self, index: int) -> int:
        """Give the number of a frame's page in the PDF."""
        kids = self.pdf.pages["Kids"][::3]
        return int(kids[self.laid_out.pages.index(self.pages[index])])

    def items(self, index: int) -> list[bytes]:
        """List the operators of a frame's page."""
        contents = self.pdf.objects[self.number(index)]["Contents"]
        return operators(self.pdf.objects[int(contents.split(b" ")[0])])


def _draw(press: Any, frames: Sequence[Frame], sheet: Sheet, number: int, rules: str) -> _Drawing:
    """Draw the pages of frames, which all have this number."""
    html, order = _page_of(frames, sheet)
    numbered = f"{order}\n{rules}\n@page {{ counter-reset: page {number} }}"
    with complaints():
        laid_out, _ = press.lay_out(html, _no_picture, furniture=numbered)
        if rules == _NOTHING_ELSE:
            for page in laid_out.pages:
                take_ground_away(page)
        pdf = press.draw(laid_out, tags=False)
    return _Drawing(laid_out, pdf, tuple(_pages_of(frames, laid_out)), glyphs_by_key(laid_out))


def _sample(frames: Sequence[Frame]) -> int:
    """Find a number of three figures, and short in roman ones, that nothing in the margins says by itself."""
    said = " ".join(value for frame in frames for string in frame.strings for value in string[1:]).casefold()
    numbers: list[int] = [*_SAMPLES, *range(100, 1000)]
    return next(number for number in numbers if str(number) not in said and roman(number) not in said)


def _figures(
    press: Any, frames: Sequence[Frame], sheet: Sheet, number: int
) -> dict[tuple[FrameKind, str, bool], Mapping[str, Glyph]]:
    """Take the glyphs of page numbers from one that has every figure: by kind of page, margin, and whether it is arabic."""
    kinds = tuple(Frame(kind) for kind in dict.fromkeys(frame.kind for frame in frames))
    drawing = _draw(press, kinds, sheet, number, _IN_ONE_LINE)
    with _told():
        return {
            (frame.kind, margin, slot.held.isdecimal()): figures_of(
                drawing.items(index), slot, drawing.glyphs
            )
            for index, frame in enumerate(kinds)
            for margin, slot in _folios(drawing.pages[index], number)
            if slot.held.isdecimal() is (number == _ARABIC)
        }


def _folios(page: Any, number: int) -> Iterator[tuple[str, Slot]]:
    """Find the page numbers in the margins of a page, each with the name of its margin.

    Raises ValueError where one is written in a way that we do not know, or beside what only a whole book knows.
    """
    for margin, unknown in unknown_in_margins(page):
        raise ValueError(f"{margin} has {unknown}, which no article knows by itself")
    written = [str(number)]
    if number < _MOST_ROMAN:
        written += [roman(number), roman(number).upper()]
    texts = list(numbered_margins(page))
    found = {
        text: Slot("", held, text.x, text.baseline, text.part)
        for text in texts
        for held in written[::-1]
        if held in text.text
    }
    for margin in sorted({text.margin for text in texts} - {text.margin for text in found}):
        raise ValueError(f"the page number in {margin} is neither in arabic nor in roman figures")
    yield from ((text.margin, slot) for text, slot in found.items())


def _furniture(
    frame: Frame, drawing: _Drawing, index: int, slots: Sequence[Slot], fonts: Sequence[LeafFont]
) -> Furniture:
    items = drawing.items(index)
    if not any(item.endswith((b"TJ", b"Do", b"f", b"S", b"f*", b"sh")) for item in items):
        return Furniture(open_content_of([], (), {}))
    used = {found[1] for item in items for found in _NAMES.finditer(item)}
    shown = {name.decode() for name in used} | {
        found[1].decode() for item in items if (found := re.match(rb"/(\S+) \S+ Tf", item))
    }
    collector = Collector(drawing.pdf, "", [drawing.number(index)])
    resources = collector.resources(drawing.laid_out.fonts.values(), shown)
    objects, streams = collector.write()
    own = {name for name in used if not _SHARED_NAME.fullmatch(name)}
    if own:
        # Other documents give these names to other things.
        mark = f"-{abs(hash_of(frame)):x}".encode()
        items = [
            _NAMES.sub(lambda found: b"/" + found[1] + (mark if found[1] in own else b""), item)
            for item in items
        ]
        resources = {
            kind: {
                name + mark.decode() if name.encode() in own else name: value for name, value in named.items()
            }
            for kind, named in resources.items()
        }
    with _told():
        content = open_content_of(items, slots, drawing.glyphs)
    return Furniture(content, objects, streams, resources, tuple(font for font in fonts if font.key in shown))


@contextmanager
def _told() -> Iterator[None]:
    """Tell of page numbers that cannot be written as the styles have them."""
    try:
        yield
    except ValueError as error:
        message = f"the styles print in a margin what cannot be written there: {error}"
        hint = (
            "counter(page) and counter(page, lower-roman), in one typeface and without opacity, are what can be written,"
            " and string() with first or last"
        )
        raise ContentError(Problem("S005", "error", message, None, hint)) from error


def hash_of(frame: Frame) -> int:
    """Make a number of a frame, the same in every process."""
    import zlib

    return zlib.crc32(repr(frame).encode())


def _page_of(frames: Sequence[Frame], sheet: Sheet) -> tuple[str, str]:
    """Write a page of HTML that makes one page for each frame, and the rules that make it do so.

    Pages of one name that are not the first of theirs stand in one section behind a page that is; a blank page stands
    between two pages of the other side.
    """
    names = sorted({name for frame in frames for name, _, _ in frame.strings})
    rules, later = [], defaultdict[str, list[int]](list)
    body = ["<p></p>"]
    for index, frame in enumerate(frames):
        kind, values = frame.kind, _strings(frame, names)
        if kind.blank:
            other = "left" if kind.side == "right" else "right"
            rules.append(f".named-{index} {{ {_page(kind)}}} .beside-{index} {{ break-before: {other} }}")
            body.append(
                f'<section class="named-{index}"><div class="beside-{index}">{values}</div>'
                f'<div class="beside-{index}" id="frame-{index}"></div></section>'
            )
        elif kind.first:
            rules.append(f".first-{index} {{ {_page(kind)}break-before: {kind.side} }}")
            body.append(f'<section class="first-{index}" id="frame-{index}">{values}</section>')
        else:
            later[kind.name].append(index)
    for number, (name, indices) in enumerate(later.items()):
        rules.append(f".later-{number} {{ page: {name or 'auto'}; break-before: page }}")
        body.append(f'<section class="later-{number}"><div></div>')
        for index in _alternating(indices, frames):
            rules.append(f".frame-{index} {{ break-before: {frames[index].kind.side} }}")
            values = _strings(frames[index], names)
            body.append(f'<div class="frame-{index}" id="frame-{index}">{values}</div>')
        body.append("</section>")
    if names:
        for which in ("first", "last"):
            values = ", ".join(f"{name} attr(data-{place})" for place, name in enumerate(names))
            rules.append(f".{which}-value {{ string-set: {values} }}")
    html = (
        f'<!DOCTYPE html><html lang="{escape(sheet.language)}"><head><meta charset="utf-8"><title>-</title></head>'
        f'<body class="book" dir="{sheet.direction}">{"".join(body)}</body></html>'
    )
    return html, "\n".join(rules)


def _page(kind: FrameKind) -> str:
    return f"page: {kind.name}; " if kind.name else ""


def _alternating(indices: Sequence[int], frames: Sequence[Frame]) -> Iterator[int]:
    """Take left and right pages in turn, so that few blank ones come between them."""
    left = [index for index in indices if frames[index].kind.side == "left"]
    right = [index for index in indices if frames[index].kind.side == "right"]
    for place in range(max(len(left), len(right))):
        yield from left[place : place + 1]
        yield from right[place : place + 1]


def _strings(frame: Frame, names: Sequence[str]) -> str:
    """Write the elements that set the first and the last value of each string."""
    values = {name: (first, last) for name, first, last in frame.strings}
    written = []
    for which, place in (("first", 0), ("last", 1)):
        data = " ".join(
            f'data-{number}="{escape(values.get(name, ("", ""))[place])}"'
            for number, name in enumerate(names)
        )
        written.append(f'<div class="{which}-value" {data}></div>')
    return "".join(written)


def _pages_of(frames: Sequence[Frame], laid_out: Any) -> Iterator[Any]:
    """Give the page of each frame; that of a blank one is the page before the element that bears its name."""
    places = {name: place for place, page in enumerate(laid_out.pages) for name in page.anchors}
    for index, frame in enumerate(frames):
        yield laid_out.pages[places[f"frame-{index}"] - frame.kind.blank]


def _no_picture(key: str) -> tuple[bytes, str]:
    raise ValueError(f"furniture shows no pictures of the book: {key}")
