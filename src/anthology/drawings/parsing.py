"""Drawings parsed: nothing is fetched, no entity grows without end, and what is easily mended is mended."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

# Byte order marks of UTF-8 and UTF-16, or none.
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"")
_PREFIXES = {"xlink": XLINK, "svg": SVG}
_UNDECLARED = re.compile(r"Namespace prefix ([\w.-]+) ")
# More than any editor's own prefixes: each is one more try.
_MOST_PREFIXES = 20
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
_XML_NAMES = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_WEB_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)


def is_drawing(data: bytes) -> bool:
    """Tell whether a file is taken for a drawing: it is text in angle brackets, whatever its name says."""
    return any(
        data.startswith(mark) and data[len(mark) :].lstrip(b" \t\r\n\0")[:1] == b"<" for mark in _MARKS
    )


def is_web_page(data: bytes) -> bool:
    """Tell whether a file is a web page, as websites send it instead of a picture that is not there."""
    return _WEB_PAGE.match(data.removeprefix(b"\xef\xbb\xbf")) is not None


def parse_drawing(data: bytes) -> tuple[_Element, bool]:
    """Parse a drawing; tell as well whether it had to be mended to be parsed at all.

    Names of characters that only HTML knows, prefixes that nobody declared, and a namespace that is missing are what
    programs forget when they cut a drawing out of a page. Raises ValueError for what is no drawing, or is not
    well-formed.
    """
    from lxml import etree

    if is_web_page(data):
        raise ValueError("it is a web page")
    given = data
    if b"<!ENTITY" not in data:
        data = _NAMED.sub(_character, data)
    root = None
    for _ in range(_MOST_PREFIXES):
        try:
            root = etree.fromstring(data, _parser(data))
            break
        except (etree.XMLSyntaxError, ValueError) as error:
            undeclared = _UNDECLARED.search(str(error))
            mended = _with_prefix(data, undeclared[1]) if undeclared else data
            if mended == data:
                raise ValueError(
                    f"the drawing is not well-formed ({str(error).split(',')[0].lower()})"
                ) from error
            data = mended
    if root is None:
        raise ValueError("the drawing is not well-formed (it has too many prefixes that nobody declared)")
    if root.tag == "svg":
        text = etree.tostring(root, encoding="unicode")
        namespaced = re.sub(r"<svg\b", f'<svg xmlns="{SVG}"', text, count=1)
        return etree.fromstring(namespaced.encode(), _parser(b"")), True
    if root.tag != f"{{{SVG}}}svg":
        raise ValueError("it is not a drawing (SVG)")
    return root, data is not given and data != given


def _parser(data: bytes) -> XMLParser:
    from lxml import etree

    # Entities of the drawing's own are written out, within the bounds that libxml2 sets; nothing else is ever opened.
    # Where there are none, its bounds only keep out drawings with large photographs in them.
    spelled = ("<!ENTITY".encode(encoding) in data for encoding in ("ascii", "utf-16-le", "utf-16-be"))
    return etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type]  # the stubs know true and false alone
        no_network=True,
        load_dtd=False,
        huge_tree=not any(spelled),
    )


def _character(found: re.Match[bytes]) -> bytes:
    name = found[1]
    character = html5.get(f"{name.decode()};") if name not in _XML_NAMES else None
    return "".join(f"&#{ord(each)};" for each in character).encode() if character else found[0]


def _with_prefix(data: bytes, prefix: str) -> bytes:
    address = _PREFIXES.get(prefix, f"urn:undeclared:{prefix}")
    declaration = f' xmlns:{prefix}="{address}"'.encode()
    return re.sub(rb"<((?:[\w.-]+:)?svg)\b", lambda found: found[0] + declaration, data, count=1)
