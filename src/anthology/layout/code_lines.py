"""The lines of a listing, each an element of its own: one that is too long for the page hangs, and bears a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

# What names an element, of which there is one: the first piece of a divided element keeps it.
_NAMES = ("id", "data-ref")


def mark_code_lines(body: _Element) -> None:
    """Put each line of every listing into a span (`code-line`), its line feed at its end; `body` is changed in place.

    What runs over several lines (a comment, a string) is divided, and goes on in each of them.
    """
    for listing in list(body.iter("pre")):
        _divide(_holder(listing))


def _holder(listing: _Element) -> _Element:
    """Find what holds the text of a listing: the `code` in it, if there is nothing else."""
    if len(listing) == 1 and listing[0].tag == "code" and not (listing.text or listing[0].tail or "").strip():
        listing.text = listing[0].tail = None
        return listing[0]
    return listing


def _divide(holder: _Element) -> None:
    from lxml import etree

    lines = [line for line in _lines_of(holder) if line.text or len(line)]
    holder.text = None
    for child in list(holder):
        holder.remove(child)
    for line in lines:
        line.tag = "span"
        for name in list(line.attrib):
            del line.attrib[name]
        line.set("class", "code-line")
        holder.append(line)
    if not lines:
        # A listing of nothing still has a line.
        etree.SubElement(holder, "span", {"class": "code-line"})


def _lines_of(element: _Element) -> Iterator[_Element]:
    """Give an element line by line: as itself and then as others like it, each with what stands in its line."""
    line = _another(element, first=True)
    for text, child in _pieces(element):
        if child is not None:
            first, *others = _lines_of(child)
            line.append(first)
            for other in others:
                yield line
                line = _another(element)
                if other.text or len(other):
                    line.append(other)
            continue
        first_words, *lines = text.split("\n")
        _say(line, first_words)
        for words in lines:
            _end(line)
            yield line
            line = _another(element)
            _say(line, words)
    yield line


def _pieces(element: _Element) -> Iterator[tuple[str, _Element | None]]:
    """Give the texts and the children of an element in order."""
    yield element.text or "", None
    for child in element:
        yield "", child
        yield child.tail or "", None


def _another(element: _Element, first: bool = False) -> _Element:
    """Make an element like another, without what is in it; only the first has its name."""
    from lxml import etree

    other = etree.Element(element.tag)
    for name, value in element.attrib.items():
        if first or name not in _NAMES:
            other.set(name, value)
    return other


def _say(element: _Element, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _end(line: _Element) -> None:
    """Put the line feed at the end of a line."""
    _say(line, "\n")
