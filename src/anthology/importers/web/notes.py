"""Footnotes of a page: marks in the text that lead to a note, made into Markdown's footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.importers.web.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[*†‡§]{1,3}|[a-z])\s*[\])]?")
_BACK = re.compile(
    r"^[\s↩↑^⤴︎️\[\]]*(?:back|return|\d{1,3}[.)]?|[a-z](?:\s[a-z])*)?[\s↩↑^⤴︎️\[\]]*$", re.IGNORECASE
)
_SHORTEST = 2


def take_notes(body: HtmlElement) -> list[tuple[str, HtmlElement]]:
    """Find the footnotes, mark where they are called, and take the notes out of the text; all in place.

    Returns each note's label and its element, in the order of the calls. Only a plain mark (a figure, letter or
    sign that leads to an item or paragraph on the same page) is taken for a call.
    """
    notes: dict[HtmlElement, str] = {}
    for link, note in _calls(body):
        label = notes.setdefault(note, str(len(notes) + 1))
        link.set("data-note", label)
        _alone(link)
    for note in notes:
        _drop_back_links(note)
        parent = note.getparent()
        if parent is not None:
            note.drop_tree()
    return [(label, note) for note, label in notes.items()]


def notes_called_in(body: HtmlElement, blocks: Iterable[HtmlElement]) -> list[HtmlElement]:
    """Find the footnotes of a page that are called in some of its blocks."""
    callers = set(blocks)
    return [
        note for link, note in _calls(body) if any(each in callers for each in (link, *link.iterancestors()))
    ]


def _calls(body: HtmlElement) -> list[tuple[HtmlElement, HtmlElement]]:
    """Find the calls of footnotes, each with its note, which stands behind it."""
    by_id = {
        name: element
        for element in body.iter()
        if isinstance(element.tag, str) and (name := element.get("id") or element.get("name"))
    }
    order = {element: number for number, element in enumerate(body.iter())}
    calls = []
    for link in body.iter("a"):
        address = link.get("href") or ""
        target = by_id.get(address[1:]) if address.startswith("#") else None
        if target is None or not _MARK.fullmatch(text_of(link) or "-"):
            continue
        note = _note_of(target)
        if note is None or note in link.iterancestors() or order[note] < order[link]:
            continue
        calls.append((link, note))
    return calls


def _note_of(target: HtmlElement) -> HtmlElement | None:
    """Give the item or paragraph that a call leads to, or into."""
    for each in (target, *target.iterancestors()):
        if each.tag in ("li", "p", "div", "dd", "aside"):
            text = text_of(each)
            return each if _SHORTEST < len(text) < 3_000 else None
        if each.tag in ("body", "article", "section", "h1", "h2", "h3", "h4", "td"):
            return None
    return None


def _alone(link: HtmlElement) -> None:
    """Take the raised type and brackets from around a call: the book sets its own."""
    parent = link.getparent()
    if parent is not None and parent.tag == "sup" and len(parent) == 1:
        parent.text, link.tail = None, None
        parent.tag = "span"


def _drop_back_links(note: HtmlElement) -> None:
    for link in list(note.iter("a")):
        if (link.get("href") or "").startswith("#") and _BACK.match(text_of(link)):
            link.drop_tree()
    for mark in list(note.iter("sup")):
        if not text_of(mark):
            mark.drop_tree()
