"""Set furniture: running heads and folios, apart from the pages that they will stand on.

The styles order furniture as CSS does: margin boxes of `@page` rules. So it is set on pages of its own, which have
nothing but a name, a side and strings; each kind of page comes once for each text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, Any

from anthology.leaves import Frame, FrameRules, FramesSet, Furniture
from anthology.typeset.boxes import (
    frame_kind,
    is_plain,
    margin_strings,
    margin_texts,
    type_area,
)
from anthology.typeset.content import Slot, open_content_of, operators
from anthology.typeset.faces import widths_by_key
from anthology.typeset.objects import Collector
from anthology.typeset.press import complaints, press_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from anthology.leaves import FrameKind, FramesTask, RulesTask, Sheet

# CSS pixels to points.
_POINTS = 0.75
# Numbers that have every figure once, to take the glyphs from: arabic, and roman as it is written.
_ARABIC, _ROMAN = "1234567890", "mdclxvi"
_ROMAN_VALUE = 1666

# Names in content streams that mean the same in every document of the engine's: opacities.
_SHARED_NAME = re.compile(rb"[aA][\d.]+")
_NAMES = re.compile(rb"/([A-Za-z][\w.-]*)(?= (?:gs|Do|sh|scn|SCN|cs|CS)$)")

# The grounds and borders of pages belong to leaves.
_NOTHING_ELSE = "@page, html, body { background: none !important; border: none !important }"


def read_frames(task: RulesTask) -> dict[FrameKind, FrameRules]:
    """Read from the styles what pages of each kind print in their margins, and where their type area lies."""
    frames = tuple(Frame(kind, tuple((name, "x", "x") for name in task.strings)) for kind in task.kinds)
    sheet = task.sheet
    press = press_for(sheet)
    html, rules = _page_of(frames, sheet)
    with complaints():
        laid_out, _ = press.lay_out(html, _no_picture, furniture=rules)
    return {
        frame.kind: FrameRules(
            tuple(sorted(margin_strings(page))),
            tuple(value * _POINTS for value in type_area(page)),  # type: ignore[arg-type]  # four of them
            is_plain(page),
        )
        for frame, page in zip(frames, _pages_of(frames, laid_out), strict=True)
    }


def set_frames(task: FramesTask) -> FramesSet:
    """Set the furniture of frames, with open places for the folio."""
    press = press_for(task.sheet)
    html, rules = _page_of(task.frames, task.sheet)
    roman = any(frame.roman for frame in task.frames)
    made = _set(press, task.frames, html, rules, str(_ROMAN_VALUE) if roman else _ARABIC)
    if made is None:
        # The styles number these pages in arabic figures all the same.
        made = _set(press, task.frames, html, rules, _ARABIC)
    assert made is not None
    needed = {font.face for furniture in made for font in furniture.fonts} - task.known_faces
    return FramesSet(made, {digest: press.faces.files[digest] for digest in sorted(needed)})


def _set(
    press: Any, frames: Sequence[Frame], html: str, rules: str, number: str
) -> tuple[Furniture, ...] | None:
    """Set frames on pages that all have this number; None if it is to be roman and is printed in arabic figures."""
    numbered = f"{rules}\n{_NOTHING_ELSE}\n@page {{ counter-reset: page {number} }}"
    with complaints():
        laid_out, _ = press.lay_out(html, _no_picture, furniture=numbered)
        pdf = press.draw(laid_out, tags=False)
    pages = list(_pages_of(frames, laid_out))
    slots = [list(_folios(page, number)) for page in pages]
    if number != _ARABIC and any(slot.held == number for found in slots for slot in found):
        return None
    fonts, widths = press.faces.fonts_of(laid_out), widths_by_key(laid_out)
    numbers = {id(page): int(at) for page, at in zip(laid_out.pages, pdf.pages["Kids"][::3], strict=True)}
    made = []
    for frame, page, found in zip(frames, pages, slots, strict=True):
        dictionary = pdf.objects[numbers[id(page)]]
        items = operators(pdf.objects[int(dictionary["Contents"].split(b" ")[0])])
        made.append(_furniture(frame, items, found, pdf, laid_out, fonts, widths))
    return tuple(made)


def _furniture(
    frame: Frame,
    items: list[bytes],
    slots: Sequence[Slot],
    pdf: Any,
    laid_out: Any,
    fonts: Sequence[Any],
    widths: Mapping[str, Mapping[int, float]],
) -> Furniture:
    if not any(item.endswith((b"TJ", b"Do", b"f", b"S", b"f*", b"sh")) for item in items):
        return Furniture(open_content_of([], (), {}))
    used = {found[1] for item in items for found in _NAMES.finditer(item)}
    shown = {name.decode() for name in used} | {
        found[1].decode() for item in items if (found := re.match(rb"/(\S+) \S+ Tf", item))
    }
    collector = Collector(pdf, "")
    resources = collector.resources(laid_out.fonts.values(), shown)
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
    content = open_content_of(items, slots, widths)
    return Furniture(content, objects, streams, resources, tuple(font for font in fonts if font.key in shown))


def hash_of(frame: Frame) -> int:
    """Make a number of a frame, the same in every process."""
    import zlib

    return zlib.crc32(repr(frame).encode())


def _folios(page: Any, number: str) -> Iterator[Slot]:
    for text, x, baseline, part in margin_texts(page):
        for held in (_ARABIC, _ROMAN, _ROMAN.upper(), number):
            if held in text:
                yield Slot("", text, held, x, baseline, part, has_figures=True)
                break


def _page_of(frames: Sequence[Frame], sheet: Sheet) -> tuple[str, str]:
    """Write a page of HTML that makes one page for each frame, and the rules that make it do so.

    Pages of one name that are not the first of theirs stand in one section behind a page that is.
    """
    names = sorted({name for frame in frames for name, _, _ in frame.strings})
    rules, later = [], defaultdict[str, list[int]](list)
    body = ["<p></p>"]
    for index, frame in enumerate(frames):
        kind = frame.kind
        if kind.blank:
            # Two pages of the other side have a blank one between them.
            other = "left" if kind.side == "right" else "right"
            rules.append(f".before-{index} {{ break-before: {other} }}")
            body.append(f'<div class="before-{index}"></div><div class="before-{index}"></div>')
        elif kind.first:
            rules.append(f".first-{index} {{ {_page(kind)}break-before: {kind.side} }}")
            body.append(f'<section class="first-{index}">{_strings(index, frame, names)}</section>')
        else:
            later[kind.name].append(index)
    for number, (name, indices) in enumerate(later.items()):
        rules.append(f".later-{number} {{ page: {name or 'auto'}; break-before: page }}")
        body.append(f'<section class="later-{number}"><div></div>')
        for index in _alternating(indices, frames):
            rules.append(f".frame-{index} {{ break-before: {frames[index].kind.side} }}")
            body.append(_strings(index, frames[index], names))
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


def _strings(index: int, frame: Frame, names: Sequence[str]) -> str:
    """Write the element that stands on a frame's page: it sets the first and the last value of each string."""
    values = {name: (first, last) for name, first, last in frame.strings}
    written = []
    for which, place in (("first", 0), ("last", 1)):
        data = " ".join(
            f'data-{number}="{escape(values.get(name, ("", ""))[place])}"'
            for number, name in enumerate(names)
        )
        written.append(f'<div class="{which}-value" {data}></div>')
    return f'<div class="frame-{index}" id="frame-{index}">{"".join(written)}</div>'


def _pages_of(frames: Sequence[Frame], laid_out: Any) -> Iterator[Any]:
    """Give the page of each frame."""
    by_name = {name: page for page in laid_out.pages for name in page.anchors}
    blanks = {
        kind.side: page for page in laid_out.pages if (kind := frame_kind(page)).blank and not kind.name
    }
    for index, frame in enumerate(frames):
        yield blanks[frame.kind.side] if frame.kind.blank else by_name[f"frame-{index}"]


def _no_picture(key: str) -> tuple[bytes, str]:
    raise ValueError(f"furniture shows no pictures of the book: {key}")
