"""Locators in a rendered index, settled once the page of every place is known.

Which page a place stands on nobody knows before the book is set: only then is it seen that two places of an entry
share a page, or that a range begins and ends on one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.xhtml import remove

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
_PRIVATE = "anthology:"


def settle_locators(html: str, page_of: Mapping[str, int]) -> str:
    """Leave each page once in the locators of an entry, and write a range on one page as that page.

    Arguments: a rendered document of the kind `index`, whose locators stand in elements of the class `locators` as
    `a.locator`, or two of them in a `locator-range`; and the page of each place, by fragment or else by document,
    in figures that grow through the book. Returns the document with locators in the order of the pages. A locator
    whose place has no page is left out, and so is an entry to which nothing is left, with what refers to it.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(html.encode(), parser)
    for element in [found for found in root.iter("{*}span") if _is(found, "locators")]:
        _settle(element, page_of)
    while _take_away_what_leads_nowhere(root):
        pass
    for element in root.iter("{*}span", "{*}a"):
        if element.text is None and not len(element):
            # An end tag of its own: HTML knows no empty ones of these.
            element.text = ""
    return _HEAD + etree.tostring(root, encoding="unicode")


def _settle(locators: _Element, page_of: Mapping[str, int]) -> None:
    items = list(locators)
    separator = next((item.tail for item in items[:-1] if item.tail), ", ")
    spans: list[tuple[int, int, _Element]] = []
    for item in items:
        anchors = (
            [item] if _is(item, "locator") else [one for one in item.iter("{*}a") if _is(one, "locator")]
        )
        placed = [(page_of[place], one) for one in anchors if (place := _place(one)) in page_of]
        if not placed:
            continue
        (first, one), (last, _) = placed[0], placed[-1]
        spans.append((first, last, item if first < last else one))
    for item in items:
        locators.remove(item)
    kept = [item for _, _, item in _each_page_once(spans)]
    for item in kept:
        item.tail = separator
        locators.append(item)
    if kept:
        kept[-1].tail = None


def _each_page_once(spans: list[tuple[int, int, _Element]]) -> Iterator[tuple[int, int, _Element]]:
    """Give spans of pages in their order, without those that an earlier one holds."""
    reached = -1
    for first, last, item in sorted(spans, key=lambda span: (span[0], -span[1])):
        if max(first, last) > reached:
            reached = max(first, last)
            yield first, last, item


def _take_away_what_leads_nowhere(root: _Element) -> bool:
    """Take entries without locators, references to them and letters without entries away; tell whether there were any."""
    gone: set[str] = set()
    for locators in [found for found in root.iter("{*}span") if _is(found, "locators")]:
        if not len(locators):
            behind = locators.tail
            before = locators.getprevious()
            # The comma before the first locator goes with the last of them.
            if before is not None and not (behind or "").strip():
                before.tail = None
            remove(locators)
    for entry in [found for found in root.iter("{*}li") if _is(found, "index-entry")]:
        if not any(_leads(element) for element in entry.iterdescendants()):
            gone.add(str(entry.get("id")))
            remove(entry)
    for reference in [found for found in root.iter("{*}a") if _is(found, "index-reference")]:
        if _place(reference) in gone:
            _without_reference(reference)
    for listing in [found for found in root.iter("{*}ul") if not len(found)]:
        around = listing.getparent()
        if around is not None and _is(around, "index-group"):
            remove(around)
        else:
            remove(listing)
    return bool(gone)


def _leads(element: _Element) -> bool:
    return _is(element, "locator") or _is(element, "index-reference")


def _without_reference(reference: _Element) -> None:
    """Take a reference away, with the words "see" round it if it is the only one."""
    around = reference.getparent()
    if around is None:
        return
    others = [other for other in around if _is(other, "index-reference")]
    if len(others) > 1:
        at = others.index(reference)
        if at:
            # What parts it from the one before goes with it.
            others[at - 1].tail = reference.tail
        reference.tail = None
        remove(reference)
        return
    before = around.getprevious()
    if before is not None:
        before.tail = None
    remove(around)


def _place(anchor: _Element) -> str:
    document, _, fragment = str(anchor.get("href", "")).removeprefix(_PRIVATE).partition("#")
    return fragment or document


def _is(element: _Element, name: str) -> bool:
    return isinstance(element.tag, str) and name in str(element.get("class", "")).split()
