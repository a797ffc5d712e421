"""The tree of a web page: parsed without loss, then without what nobody reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from anthology.importers.web.limits import flattened, is_too_deep, too_deep

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from anthology.problems import Problem

# The names of elements that can be made; damaged pages have others too.
TAG_NAME = re.compile(r"[a-z][a-z0-9-]*", re.IGNORECASE)
# Soft hyphen, zero-width space, word joiner, byte order mark; joiners stay, since some scripts need them. Controls
# come in by numeric references.
_UNSEEN = re.compile(
    "[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]"
)

_CLOSED_AT_ONCE = re.compile(r"(<(?:!DOCTYPE|html|body)\b[^<>]{0,1000}?)\s*/>", re.IGNORECASE)

_UNREAD_NAMES = (
    "script style template noscript svg math iframe object embed applet canvas audio video map "
    "button select option textarea input datalist dialog head title meta link base"
)
UNREAD = frozenset(_UNREAD_NAMES.split())

_BLOCK_NAMES = (
    "html body address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody td "
    "tfoot th thead tr caption ul"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())


def parse(path: str, html: str) -> tuple[HtmlElement | None, Problem | None]:
    """Parse a page.

    Returns its root, None where there is nothing in it, and a problem where it is nested so deep that its
    structure had to be given up.
    """
    root = _parsed(html)
    if root is None or not is_too_deep(root):
        return root, None
    return _parsed(flattened(html)), too_deep(path)


def _parsed(html: str) -> HtmlElement | None:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # A page that closes <html> where it opens it (XML's habit) would end there.
    html = _CLOSED_AT_ONCE.sub(r"\1>", html, count=2)
    parser = HTMLParser(  # type: ignore[call-arg] # the stubs do not know `default_doctype`
        encoding="utf-8",
        collect_ids=False,
        default_doctype=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    try:
        # As bytes: a text that declares another encoding would be refused or read in it.
        root = document_fromstring(html.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root if root.tag == "html" else None


def drop_unread(root: HtmlElement) -> None:
    """Take out, in place, what is in the tree and not on the page: scripts, controls, hidden elements, soft hyphens."""
    for element in list(root.iter()):
        if element.text and _UNSEEN.search(element.text):
            element.text = _UNSEEN.sub("", element.text)
        if element.tail and _UNSEEN.search(element.tail):
            element.tail = _UNSEEN.sub("", element.tail)
        if not isinstance(element.tag, str) or element.tag in UNREAD or _is_hidden(element):
            if element.tag not in ("html", "body"):
                element.drop_tree()
        elif element.tag not in BLOCKS and ":" in element.tag:
            # Office and XHTML name prefixes.
            name = element.tag.rpartition(":")[2]
            element.tag = name if TAG_NAME.fullmatch(name) else "span"


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in ("html", "body"):
        return False
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or ("hidden" in element.attrib and element.get("hidden") != "until-found")


def names_of(element: HtmlElement) -> str:
    """Give an element's class and id in small letters: what its makers call it."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def text_of(element: HtmlElement) -> str:
    """Give the text in an element, white space folded."""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def base_of(root: HtmlElement, url: str) -> str:
    """Give the address that the page's links count from: its `<base>`, seen from its own address."""
    base = next((element.get("href") for element in root.iter("base") if element.get("href")), None)
    return absolute(base, url) if base else url


def absolute(address: str, base: str) -> str:
    """Make an address absolute, as far as the base allows; one that is no address at all comes back as written."""
    written = "".join(address.split("\n")).strip()
    try:
        return urljoin(base, written) if base else written
    except ValueError:
        return written


def is_remote(address: str) -> bool:
    """Tell whether an address names another machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") or (not parts.scheme and bool(parts.netloc))
