"""Links that lead out of the book, on paper: their addresses printed, as notes or as a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from anthology.xhtml import fragment_to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

# What an address begins with that leads somewhere from paper too; `//` is the web.
_OUTSIDE = ("http://", "https://", "//", "mailto:", "tel:", "ftp://", "doi:", "urn:", "xmpp:")
# What nobody writes who writes an address down: the web is understood, and a mailbox or a number is known for one.
_UNDERSTOOD = re.compile(r"(?:https?:)?//|mailto:|tel:", re.IGNORECASE)
_XHTML = "{http://www.w3.org/1999/xhtml}"


def note_addresses(body: _Element) -> None:
    """Print each address as a note; within a note, where notes cannot stand, in parentheses behind the link."""
    from lxml import etree

    for anchor in list(_outside_links(body.iter("a"))):
        # An address runs from left to right in every language.
        address = etree.Element("span", {"dir": "ltr"})
        address.text = breakable(str(anchor.get("href")))
        if any("footnote" in str(above.get("class", "")) for above in anchor.iterancestors()):
            address.set("class", "address-inline")
            address.text = f" ({address.text})"
        else:
            address.set("class", "footnote address")
        address.tail, anchor.tail = anchor.tail, None
        anchor.addnext(address)


def list_addresses(body: _Element, title: str) -> None:
    """Print the addresses as a list at the end of the article, each once, with the words that link there."""
    from lxml import etree

    found: dict[str, str] = {}
    for anchor in _outside_links(body.iter("a")):
        found.setdefault(str(anchor.get("href")), " ".join(fragment_to_text(anchor).split()))
    if not found:
        return
    section = etree.SubElement(body, "section", {"class": "links"})
    etree.SubElement(section, "p", {"class": "label"}).text = title
    listing = etree.SubElement(section, "ul")
    for address, text in found.items():
        item = etree.SubElement(listing, "li")
        etree.SubElement(item, "span", {"class": "link-text"}).text = text
        etree.SubElement(item, "span", {"class": "address", "dir": "ltr"}).text = breakable(address)


def addresses_in(html: str) -> frozenset[str]:
    """Give the addresses outside the book that a document (XHTML) links to, without those that it says itself."""
    from lxml import etree

    root = etree.fromstring(html.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    return frozenset(str(anchor.get("href")) for anchor in _outside_links(root.iter("a", f"{_XHTML}a")))


def breakable(address: str) -> str:
    """Let an address break after its slashes and before its other marks, where a reader expects it."""
    shown = _written(address)
    for mark in ("/", "&", "="):
        shown = shown.replace(mark, mark + "\u200b")
    for mark in (".", "?", "#", "-", "_", "%"):
        shown = shown.replace(mark, "\u200b" + mark)
    return shown


def _outside_links(anchors: Iterable[_Element]) -> Iterator[_Element]:
    for anchor in anchors:
        href = str(anchor.get("href", ""))
        text = fragment_to_text(anchor).strip()
        if href.lower().startswith(_OUTSIDE) and _bare(text) != _bare(href):
            yield anchor


def _written(address: str) -> str:
    """Write an address as on paper: without a scheme that is understood, and of a letter the mailbox alone."""
    begin = _UNDERSTOOD.match(address)
    shown = address[begin.end() :] if begin else address
    # What the letter is to say stands behind the mailbox (RFC 6068).
    return unquote(shown.partition("?")[0]) if address.lower().startswith("mailto:") else shown


def _bare(address: str) -> str:
    """Give an address without what makes no other of it, so that a text that says it is known for that."""
    return _written(address).strip("/").removeprefix("www.")
