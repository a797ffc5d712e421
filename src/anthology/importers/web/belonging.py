"""What belongs to a part of an article and is left out by extractors: captions, sources of quotations, boxes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.importers.litter import reason_of
from anthology.importers.related_list import is_related_heading
from anthology.importers.web.places import LITTER_NAMES, homes_of, is_litter_place
from anthology.importers.web.runs import letters_of
from anthology.importers.web.tree import names_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

    from anthology.importers.web.runs import Run

_LONGEST_SOURCE = 300
_SENTENCE = re.compile(r"[.!?…。！？]")
# Boxes of the author's are few and short beside the article, and have little that leads elsewhere.
_MOST = 0.3
_FEWEST_LETTERS = 30


def what_belongs(runs: Sequence[Run], chosen: set[int]) -> set[int]:
    """Find the runs that belong to what was chosen.

    These are the captions of tables, code and of what cannot be shown, the sources of quotations, and boxes of
    prose in the midst of the text. Captions of pictures go with their pictures.
    """
    if not chosen:
        return set()
    blocks = {element for number in chosen for element in _lineage(runs[number].block)}
    homes = homes_of(runs, chosen)
    shown = {
        figure
        for image in runs[0].block.getroottree().iter("img")
        for figure in image.iterancestors("figure")
    }
    found: set[int] = set()
    boxes: dict[HtmlElement, list[int]] = {}
    for number, run in enumerate(runs):
        if number in chosen or not run.letters:
            continue
        if (caption := _nearest(run.block, "figcaption")) is not None:
            figure = _nearest(caption, "figure")
            if (
                figure is not None
                and figure not in shown
                and (figure in blocks or _is_amidst(figure, number, homes))
                and not is_litter_place(caption)
            ):
                found.add(number)
        elif _is_source(run, blocks):
            found.add(number)
        elif (box := _nearest(run.block, "aside")) is not None and _is_amidst(box, number, homes):
            boxes.setdefault(box, []).append(number)
    said = "".join(runs[number].letters for number in sorted(chosen))
    prose: set[int] = set()
    for box, numbers in boxes.items():
        inner = [runs[number] for number in numbers]
        if _is_prose(box, inner) and inner[0].letters not in said:
            prose |= set(numbers)
    # Much that was left out was left out on purpose.
    if _length([runs[number] for number in prose]) <= _MOST * len(said):
        found |= prose
    return found


def _lineage(element: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    yield from element.iterancestors()


def _nearest(element: HtmlElement, tag: str) -> HtmlElement | None:
    return next((each for each in _lineage(element) if each.tag == tag), None)


def _is_amidst(element: HtmlElement, number: int, homes: Mapping[int, tuple[int, int]]) -> bool:
    """Tell whether an element stands between chosen paragraphs, by itself or in a wrapping of its own."""
    for parent in list(element.iterancestors())[:2]:
        if id(parent) in homes:
            begin, end = homes[id(parent)]
            return begin < number < end
    return False


def _is_source(run: Run, chosen: set[HtmlElement]) -> bool:
    """Tell whether a run says whose the chosen quotation is that it stands in: it is its foot."""
    quotation = _nearest(run.block, "blockquote")
    if quotation is None or quotation not in chosen or len(run.text) > _LONGEST_SOURCE:
        return False
    inner = [each for each in _lineage(run.block) if quotation in each.iterancestors()]
    return (
        any(each.tag == "footer" or "footer" in names_of(each) for each in inner)
        and not any(LITTER_NAMES.search(names_of(each).replace("footer", "")) for each in inner)
        and not is_litter_place(quotation)
    )


def _is_prose(box: HtmlElement, inner: Sequence[Run]) -> bool:
    """Tell whether a box says something itself, and does not promote, ask for, or lead to something else."""
    elements = [each for each in box.iter() if isinstance(each.tag, str)]
    if any(each.tag in ("form", "nav") or LITTER_NAMES.search(names_of(each)) for each in elements):
        return False
    parent = box.getparent()
    if parent is None or is_litter_place(parent):
        return False
    if any(is_related_heading(run.text) or reason_of(run.text) for run in inner):
        return False
    linked = sum(len(letters_of(text_of(link))) for link in box.iter("a"))
    total = _length(inner)
    return (
        total >= _FEWEST_LETTERS
        and linked <= _MOST * total
        and any(run.block.tag in ("p", "aside", "div") and _SENTENCE.search(run.text) for run in inner)
    )


def _length(runs: Sequence[Run]) -> int:
    return sum(len(run.letters) for run in runs)
