"""Drawings (SVG) as strangers send them: what runs, listens, or reaches out of the file is taken away."""

from __future__ import annotations

import re

_SVG = "{http://www.w3.org/2000/svg}"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_ACTIVE = frozenset({"script", "foreignObject", "iframe", "audio", "video", "handler", "listener"})

# What an address in a drawing may be: a part of itself, or a picture written into it.
_OWN = re.compile(r"#|data:image/(?:png|jpeg|gif)[;,]", re.IGNORECASE)
# Styles that spell a name with escapes, or choose among pictures, hide where they reach: they go whole.
_HIDING = re.compile(r"\\|image-set\(|\bsrc\(", re.IGNORECASE)
_REACHING = re.compile(r"@import[^;]*;?|url\(\s*['\"]?(?!#|data:)[^)]*\)", re.IGNORECASE)


def clean_drawing(data: bytes) -> bytes:
    """Take scripts, event handlers and everything remote out of a drawing; the same bytes where there was none.

    Raises ValueError where the drawing is not well-formed.
    """
    from lxml import etree

    # Names that the drawing gives to texts of its own are written out; nothing else is ever opened.
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False)  # type: ignore[arg-type]  # the stubs know true and false alone
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    # What stands in front of the drawing can name style sheets: it is not written again.
    changed = root.getprevious() is not None
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            # Processing instructions can name style sheets; comments say nothing to readers.
            changed = _remove(element) or changed
        elif etree.QName(element).localname in _ACTIVE:
            changed = _remove(element) or changed
        else:
            changed = _clean(element) or changed
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) if changed else data


def _remove(element: object) -> bool:
    parent = element.getparent()  # type: ignore[attr-defined]  # lxml's stubs do not know comments as elements
    if parent is None:
        return False
    tail, before = element.tail or "", element.getprevious()  # type: ignore[attr-defined]
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
    return True


def _clean(element: object) -> bool:
    attributes = element.attrib  # type: ignore[attr-defined]
    wrong = [
        name
        for name, value in attributes.items()
        if name.lower().startswith("on")
        or (name in _HREFS and not _OWN.match(value.strip()))
        or _REACHING.search(value)
        or (name == "style" and _HIDING.search(value))
    ]
    for name in wrong:
        del attributes[name]
    text = element.text or ""  # type: ignore[attr-defined]
    if str(element.tag) == f"{_SVG}style" and (_REACHING.search(text) or _HIDING.search(text)):  # type: ignore[attr-defined]
        element.text = "" if _HIDING.search(text) else _REACHING.sub("", text)  # type: ignore[attr-defined]
        return True
    return bool(wrong)
