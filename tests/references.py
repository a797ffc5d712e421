"""What the documents of an e-book point to: nothing that is not in it, and nothing that is fetched."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from lxml import etree

# Attributes that a reading system follows by itself, and elements that have no place in a book.
_FETCHED = frozenset(
    {"src", "srcset", "poster", "data", "background", "action", "formaction", "codebase", "manifest", "ping"}
)
_NEVER = frozenset(
    {"script", "iframe", "object", "embed", "form", "base", "applet", "frame", "audio", "video"}
)
_STYLED = re.compile(r"@import|expression\s*\(|url\(\s*['\"]?\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def unfit_references(files: Mapping[str, bytes]) -> list[str]:
    """Tell what is wrong with the references in an unpacked e-book: file and reference, or file and element."""
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    trees = {
        name: etree.fromstring(data, parser)
        for name, data in files.items()
        if name.endswith((".xhtml", ".ncx", ".opf", ".svg"))
    }
    ids = {name: [element.get("id") for element in tree.iter("{*}*")] for name, tree in trees.items()}
    wrong = [
        f"{name}: {element_id} stands twice"
        for name, all_ids in ids.items()
        for element_id in {one for one in all_ids if one and all_ids.count(one) > 1}
    ]
    for name, tree in trees.items():
        wrong += [f"{name}: {reference}" for reference in _unfit(name, tree, ids, files)]
    sheets = (name for name, data in files.items() if name.endswith(".css") and _STYLED.search(data.decode()))
    return wrong + [f"{name}: a style sheet fetches something" for name in sheets]


def _unfit(
    name: str, tree: etree._Element, ids: Mapping[str, list[str | None]], files: Mapping[str, bytes]
) -> Iterator[str]:
    for element in tree.iter("{*}*"):
        tag = etree.QName(element).localname
        if tag in _NEVER:
            yield f"<{tag}>"
        for key, value in element.attrib.items():
            attribute = etree.QName(key).localname
            if attribute.startswith("on") or (attribute == "style" and _STYLED.search(str(value))):
                yield f"{attribute}={value}"
            elif attribute in _FETCHED or attribute == "href":
                followed = attribute in _FETCHED or tag in ("link", "image", "use", "item")
                yield from _unfit_address(name, str(value), followed, ids, files)


def _unfit_address(
    name: str,
    address: str,
    followed: bool,
    ids: Mapping[str, list[str | None]],
    files: Mapping[str, bytes],
) -> Iterator[str]:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        if followed or parts.scheme not in ("http", "https", "mailto", "tel", "ftp"):
            yield address
        return
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
    target = target if parts.path else name
    if target not in files or (parts.fragment and unquote(parts.fragment) not in ids[target]):
        yield f"{address} leads nowhere"
