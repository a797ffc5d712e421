"""Set one document as a leaf."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from anthology.leaves import Bookmark, Leaf, LeafBody, LeafPage, Setting
from anthology.typeset.boxes import (
    Shown,
    drop_unseen_backgrounds,
    frame_kind,
    shown,
    side_breaks,
    strings_set,
)
from anthology.typeset.content import Slot, content_of, operators
from anthology.typeset.faces import glyphs_by_key
from anthology.typeset.line_breaking import hyphenation_limits
from anthology.typeset.markup import markup
from anthology.typeset.objects import Collector
from anthology.typeset.page_map import Walk, places_in
from anthology.typeset.press import complaints, press_for
from anthology.wording import Fault, digest, folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from anthology.leaves import LeafTask
    from anthology.pages import PageStart

# CSS pixels to points.
_POINTS = 0.75
_BOXES = ("MediaBox", "TrimBox", "BleedBox")


def set_leaf(task: LeafTask) -> Setting:
    """Set a document as a leaf: its pages, what stands on them, and what is wrong with them.

    Raises MachineError where Pango is missing, ValueError where a page number could not be written into a slot.
    """
    press = press_for(task.sheet)
    with complaints() as told, hyphenation_limits():
        laid_out, html = press.lay_out(
            markup(task.document, task.sheet, task.widths), task.pictures.__getitem__, side=task.side
        )
        laid_out = _without_first_blank(laid_out)
        _keep_whole_links(laid_out)
        for page in laid_out.pages:
            drop_unseen_backgrounds(page)
        pdf = press.draw(laid_out, tags=True)
    walk, starts, slots = _read_pages(laid_out, html, task)
    objects = Collector(pdf, task.document.name, linked=task.sheet.tagged).collect(laid_out.fonts.values())
    fonts = press.faces.fonts_of(laid_out)
    body = LeafBody(
        pages=tuple(_pages(laid_out, pdf, objects.annotations, slots)),
        objects=objects.objects,
        streams=objects.streams,
        tops=objects.tops,
        parents=objects.parents,
        keys=objects.keys,
        resources=objects.resources,
        fonts=fonts,
        bookmarks=tuple(_bookmarks(laid_out)),
        intents=objects.intents,
    )
    leaf = Leaf(
        name=task.document.name,
        frames=tuple(map(frame_kind, laid_out.pages)),
        strings=tuple(_strings(laid_out)),
        anchors=_anchors(laid_out),
        starts=starts,
        titles=objects.titles,
        slots=tuple(dict.fromkeys(slot.target for found in slots for slot in found)),
        breaks=side_breaks(laid_out.pages),
        body=body.packed(),
        faces=frozenset(font.face for font in fonts),
        faults=tuple(_faults(walk, task.blocks)),
        complaints=tuple(dict.fromkeys((*told, *_unseen(task, slots)))),
    )
    return Setting(
        leaf, {digest: press.faces.files[digest] for digest in sorted(leaf.faces - task.known_faces)}
    )


def _unseen(task: LeafTask, slots: Sequence[Sequence[Slot]]) -> Iterator[str]:
    """Tell of page numbers that the styles hide."""
    seen = {slot.target for found in slots for slot in found}
    for target in sorted(task.widths.keys() - seen):
        yield f'the page number of "{target}" is not printed, for the styles hide it'


def _without_first_blank(laid_out: Any) -> Any:
    """Drop the blank page before a document that the styles want to begin on the other side: the binder knows better."""
    pages = laid_out.pages
    return laid_out.copy(pages[1:]) if len(pages) > 1 and frame_kind(pages[0]).blank else laid_out


def _keep_whole_links(laid_out: Any) -> None:
    """Keep one annotation for each piece of a link: the engine makes one for every element within as well."""
    for page in laid_out.pages:
        page.links[:] = [link for link in page.links if not _is_inside_another(link, page.links)]


def _is_inside_another(link: Any, links: Sequence[Any]) -> bool:
    _, target, rectangle, box = link
    if (box.element_tag or "").partition("::")[0] == "a":
        return False
    return any(
        other is not link
        and other[1] == target
        and (other[3].element_tag or "").partition("::")[0] == "a"
        and _holds(other[2], rectangle)
        for other in links
    )


def _holds(outer: Sequence[float], inner: Sequence[float]) -> bool:
    """Tell whether a rectangle lies within another, or at least in the same line of text."""
    return (
        outer[0] - 1 <= inner[2]
        and inner[0] <= outer[2] + 1
        and outer[1] - 20 <= inner[3]
        and inner[1] <= outer[3] + 20
    )


def _read_pages(
    laid_out: Any, html: Element, task: LeafTask
) -> tuple[Walk, tuple[PageStart | None, ...], list[list[Slot]]]:
    walk = Walk(task.document.name, places_in(html, task.blocks))
    starts, slots = [], []
    for page in laid_out.pages:
        pieces = tuple(shown(page))
        starts.append(walk.page(pieces))
        slots.append(list(_slots(pieces)))
    return walk, tuple(starts), slots


def _slots(pieces: Sequence[Shown]) -> Iterator[Slot]:
    lines: dict[int, list[Shown]] = defaultdict(list)
    for piece in pieces:
        if piece.element is not None:
            lines[piece.line].append(piece)
    for piece in pieces:
        if piece.element is None or piece.element.get("class") != "slot":
            continue
        # In a line read from the left, what a narrow number leaves goes before it; from the right, behind it.
        own, others = (0.0, -1.0) if piece.right_to_left else (1.0, 1.0)
        moving = [other for other in lines[piece.line] if other is not piece] if piece.moves else []
        yield Slot(
            target=piece.element.get("data-target", ""),
            held=piece.text,
            x=piece.x,
            baseline=piece.baseline,
            part=own if piece.moves else 0.0,
            others=tuple((other.x, other.baseline, others) for other in moving),
        )


def _pages(
    laid_out: Any, pdf: Any, annotations: Sequence[tuple[int, ...]], slots: Sequence[Sequence[Slot]]
) -> Iterator[LeafPage]:
    fonts = glyphs_by_key(laid_out)
    numbers = [int(number) for number in pdf.pages["Kids"][::3]]
    for place, number in enumerate(numbers):
        dictionary = pdf.objects[number]
        stream = pdf.objects[int(dictionary["Contents"].split(b" ")[0])]
        yield LeafPage(
            boxes={name: tuple(dictionary[name]) for name in _BOXES},
            content=content_of(operators(stream), slots[place], fonts),
            annotations=annotations[place],
        )


def _strings(laid_out: Any) -> Iterator[Mapping[str, tuple[str, str]]]:
    """Give the strings in force on each page: the first and the last value that it sets, else the one before."""
    said: dict[str, str] = {}
    for page in laid_out.pages:
        before, firsts = dict(said), dict[str, str]()
        for name, value in strings_set(page):
            firsts.setdefault(name, value)
            said[name] = value
        yield {name: (firsts.get(name, before.get(name, "")), last) for name, last in said.items()}


def _anchors(laid_out: Any) -> dict[str, tuple[int, float, float]]:
    anchors: dict[str, tuple[int, float, float]] = {}
    for number, page in enumerate(laid_out.pages):
        for name, (x, y, *_) in page.anchors.items():
            anchors.setdefault(name, (number, x * _POINTS, (page.height - y) * _POINTS))
    return anchors


def _bookmarks(laid_out: Any) -> Iterator[Bookmark]:
    for number, page in enumerate(laid_out.pages):
        for level, title, (x, y), state in page.bookmarks:
            yield Bookmark(
                level, title, number, x * _POINTS, (page.height - y) * _POINTS, open=state != "closed"
            )


def _faults(walk: Walk, blocks: Mapping[str, tuple[str, int]]) -> Iterator[Fault]:
    """Compare the words of each block with what the pages show of it."""
    for block, (expected, letters) in blocks.items():
        for flaw, hidden in walk.flaws[block].items():
            yield Fault(block, flaw, hidden)
        words = "".join(walk.words[block])
        if digest(words) != expected:
            yield Fault(block, "words", letters - len(folded(words)))
