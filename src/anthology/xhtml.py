"""Fragments of XHTML as trees, and back: the little that several stages need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# Declared once by every document, so that fragments write `epub:type` and nothing more.
EPUB = "http://www.idpf.org/2007/ops"


def parse_fragment(body: str) -> _Element:
    """Parse a well-formed fragment into a `div` that holds it; nothing is fetched and no entity expanded."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)
    return etree.fromstring(f'<div xmlns:epub="{EPUB}">{body}</div>'.encode(), parser)


def serialise_fragment(root: _Element) -> str:
    """Write the inside of `root` as XHTML: empty elements that HTML allows no end tag for are closed in place."""
    from lxml import etree

    for element in root.iter():
        if element.text is None and not len(element) and _local_name(element) not in _VOID:
            element.text = ""
    inside = etree.tostring(root, encoding="unicode", with_tail=False)
    return inside[inside.index(">") + 1 : inside.rindex("</")]


def fragment_to_text(element: _Element) -> str:
    """Give all text in an element, in order."""
    return "".join(str(text) for text in element.itertext())


def add_class(element: _Element, name: str) -> None:
    """Add a class, or several with spaces between them, to those that an element has."""
    element.set("class", f"{element.get('class', '')} {name}".strip())


def remove(element: _Element) -> None:
    """Take an element away with all that is in it, and leave the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        raise ValueError("the root cannot be removed")
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def unwrap(element: _Element) -> None:
    """Take an element away and leave its text and children where it stood."""
    parent = element.getparent()
    if parent is None:
        raise ValueError("the root cannot be unwrapped")
    before = element.getprevious()
    children = list(element)
    if children:
        children[-1].tail = (children[-1].tail or "") + (element.tail or "")
        leading = element.text or ""
    else:
        leading = (element.text or "") + (element.tail or "")
    element.tail = None
    # One by one beside each other: to be counted off from the first would take the longer, the more there are.
    for child in children:
        element.addprevious(child)
    parent.remove(element)
    if before is None:
        parent.text = (parent.text or "") + leading
    else:
        before.tail = (before.tail or "") + leading


# Elements that HTML writes without an end tag (HTML Living Standard, 13.1.2), and those of SVG that hold nothing.
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
    | {"path", "line", "circle", "ellipse", "rect", "polygon", "polyline", "use", "stop", "image"}
)


def _local_name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]
