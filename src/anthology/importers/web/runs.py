"""Runs of text: what stands between two block boundaries of a page, in order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anthology.importers.web.tree import BLOCKS, UNREAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Run:
    """A stretch of text in one block.

    `slots` are the places in the tree where its text is kept: an element, and whether it is the text in it or
    the text behind it. `letters` is the text without space and punctuation, for comparison.
    """

    block: HtmlElement
    slots: list[tuple[HtmlElement, bool]] = field(default_factory=list)
    text: str = ""
    letters: str = ""

    @property
    def line(self) -> int:
        """The line of the source where its block begins, from 1; 0 where nobody knows."""
        return int(self.block.sourceline or 0)


def runs_of(root: HtmlElement) -> list[Run]:
    """Give the runs of text in an element, in order; those without any letter or figure too."""
    runs: list[Run] = []
    current = Run(root)
    for block, slot in _slots(root):
        if slot is None or block is not current.block:
            if current.slots:
                runs.append(current)
            current = Run(block)
        if slot is not None:
            current.slots.append(slot)
    if current.slots:
        runs.append(current)
    for run in runs:
        run.text = " ".join("".join(_text(slot) for slot in run.slots).split())
        run.letters = letters_of(run.text)
    return [run for run in runs if run.text]


def letters_of(text: str) -> str:
    """Give the letters and figures of a text, composed, without anything between them."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFC", text))


def empty(run: Run) -> None:
    """Take a run's text out of the tree."""
    for element, is_inner in run.slots:
        if is_inner:
            element.text = None
        else:
            element.tail = None


def _text(slot: tuple[HtmlElement, bool]) -> str:
    element, is_inner = slot
    text = str((element.text if is_inner else element.tail) or "")
    return f" {text}" if element.tag == "br" else text


def _slots(root: HtmlElement) -> Iterator[tuple[HtmlElement, tuple[HtmlElement, bool] | None]]:
    """Walk over all texts with the block they stand in; None at each boundary. Without recursion: pages are deep."""
    stack: list[tuple[HtmlElement, HtmlElement, bool]] = [(root, root, False)]
    while stack:
        element, block, is_left = stack.pop()
        is_block = element.tag in BLOCKS
        if is_left:
            if is_block or _parts(element):
                yield block, None
            if element.tail and element is not root:
                yield block, (element, False)
            continue
        stack.append((element, block, True))
        if not isinstance(element.tag, str) or element.tag in UNREAD:
            continue
        inner = element if is_block else block
        if is_block:
            yield inner, None
        if element.text:
            yield inner, (element, True)
        stack.extend((child, inner, False) for child in reversed(element))


def _parts(element: HtmlElement) -> bool:
    """Tell whether an element is the second of two line breaks, which part paragraphs."""
    if element.tag != "br":
        return False
    before = element.getprevious()
    return before is not None and before.tag == "br" and not (before.tail or "").strip()
