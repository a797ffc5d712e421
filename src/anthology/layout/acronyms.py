"""Acronyms: words in capitals, which shout from a page of small letters unless they are set smaller."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.xhtml import fragment_to_text

if TYPE_CHECKING:
    from lxml.etree import _Element

# Two capitals or more (a plural's s may follow), and what is joined to them: NATO, PDFs, PDF/X.
_CAPITALS = "A-ZÀ-ÖØ-ÞŒŠŽŸΑ-ΩА-Я"
_ACRONYM = re.compile(rf"(?<![\w-])[{_CAPITALS}]{{2,}}(?:[/&][{_CAPITALS}]+)*(?=s?(?!\w))")
# Titles stand alone, code is quoted, labels are capitals already; italics are quiet enough.
_LEFT_ALONE = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "kbd", "samp", "tt", "svg", "math", "th"}
)
_LEFT_ALONE_CLASSES = frozenset(
    {"label", "lead-words", "address", "address-inline", "slot", "entry", "pull-quote"}
)
_BLOCKS = frozenset({"p", "li", "dd", "td", "dt", "figcaption", "caption", "blockquote"})


def mark_acronyms(body: _Element) -> None:
    """Put each acronym of a body into a span (`acronym`); `body` is changed in place.

    Paragraphs that are all in capitals are left alone.
    """
    for element in list(body):
        _mark(element)


def _mark(element: _Element) -> None:
    if not isinstance(element.tag, str) or element.tag in _LEFT_ALONE:
        return
    if _LEFT_ALONE_CLASSES.intersection(str(element.get("class", "")).split()):
        return
    if element.tag in _BLOCKS and fragment_to_text(element).isupper():
        return
    children = list(element)
    for child in children:
        _mark(child)
        _mark_text(element, child)
    _mark_text(element, None)


def _mark_text(parent: _Element, before: _Element | None) -> None:
    """Mark the acronyms in the text behind a child, or before all of them."""
    from lxml import etree

    text = (parent.text if before is None else before.tail) or ""
    found = list(_ACRONYM.finditer(text))
    place = 0 if before is None else parent.index(before) + 1
    for number, acronym in enumerate(found):
        span = etree.Element("span", {"class": "acronym"})
        span.text = acronym.group()
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        span.tail = text[acronym.end() : end]
        parent.insert(place + number, span)
    if found:
        head = text[: found[0].start()]
        if before is None:
            parent.text = head
        else:
            before.tail = head
