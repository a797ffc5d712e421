"""The main text of a page, as Trafilatura finds it; the only module that knows Trafilatura."""

from __future__ import annotations

import logging
from copy import deepcopy
from typing import TYPE_CHECKING

from anthology.importers.web.tree import TAG_NAME

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

# Beyond these many elements its comparison with other extractors would take most of a page's ten seconds.
_MANY_ELEMENTS = 30_000


# Trafilatura's names, in those of HTML.
_NAMES = {
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "row": "tr",
    "lb": "br",
    "graphic": "img",
    "ref": "a",
}
_RENDITIONS = {"#b": "strong", "#i": "em", "#u": "u", "#t": "code", "#sub": "sub", "#sup": "sup"}


def extracted(root: HtmlElement) -> HtmlElement | None:
    """Extract the main text of a page.

    Links, pictures and emphasis are not asked for: they cost words (F1 of 0.909 with them and of 0.927 without, on
    23 pages), and the page's own tree has them.

    Arguments: the page's tree, which stays as it is. Returns a tree of plain HTML elements; None where there is
    nothing, or where the extractor fails (it is given every page that there is).
    """
    # Imported here: it takes more than a second.
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    is_large = sum(1 for _ in root.iter()) > _MANY_ELEMENTS
    try:
        document = bare_extraction(
            deepcopy(root),
            include_comments=False,
            include_tables=True,
            with_metadata=False,
            fast=is_large,
        )
    except Exception:
        # Any fault of the extractor's on a strange page: the paragraphs of the page take its place.
        return None
    body = getattr(document, "body", None)
    return as_html(body) if body is not None and len(body) else None


def as_html(body: _Element) -> HtmlElement:
    """Turn Trafilatura's tree (after TEI) into HTML."""
    from lxml.html import Element

    root = Element("body")
    root.text = body.text
    stack: list[tuple[_Element, HtmlElement]] = [(body, root)]
    while stack:
        source, target = stack.pop()
        for child in source:
            if not isinstance(child.tag, str):
                continue
            made = Element(_tag_of(child))
            made.text, made.tail = child.text, child.tail
            for theirs, ours in (("target", "href"), ("src", "src"), ("alt", "alt"), ("title", "title")):
                if value := child.get(theirs):
                    made.set(ours, value)
            target.append(made)
            stack.append((child, made))
    return root


def _tag_of(element: _Element) -> str:
    rend = element.get("rend") or ""
    match element.tag:
        case "head":
            return rend if rend in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2"
        case "list":
            return rend if rend in ("ol", "ul", "dl") else "ul"
        case "cell":
            return "th" if element.get("role") == "head" else "td"
        case "hi":
            return _RENDITIONS.get(rend, "em")
        case "code":
            return "pre" if "\n" in "".join(map(str, element.itertext())) else "code"
        case _:
            name = _NAMES.get(str(element.tag), str(element.tag))
            return name if TAG_NAME.fullmatch(name) else "span"
