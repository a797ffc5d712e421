"""Parse the HTML that writers put into Markdown as browsers do, or as XML where it is certain to be well-formed."""

from __future__ import annotations

import re
from html.entities import html5 as _ENTITIES  # noqa: N812
from typing import TYPE_CHECKING, Any

from anthology.read.xhtml.elements import KNOWN, SWALLOWING
from anthology.read.xhtml.misnested import keep_misnested

if TYPE_CHECKING:
    from anthology.read.source import Source

_TAG = re.compile(r"<!--|<(?P<declaration>[!?])|<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*)")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*;)")
_MARKUP_ENTITIES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_CHARACTER = re.compile(r"&#(?:[xX]([0-9A-Fa-f]+)|([0-9]+));?")

# Their tags say nothing about an article; `frameset` would throw its text away.
_PAGE_TAGS = frozenset({"html", "head", "body", "frameset", "frame", "noframes"})
# Elements of other vocabularies are told apart by the parser.
_FOREIGN = re.compile(r"<(?:svg|math)[\s>/]", re.IGNORECASE)


def parse_xhtml(markup: str) -> Any | None:
    """Parse what Python-Markdown wrote by itself; None where it is not well-formed after all."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_pis=True)
    try:
        return etree.fromstring(f"<body>{_ENTITY.sub(_character, markup)}</body>", parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def parse_html(markup: str, source: Source) -> Any:
    """Parse HTML with a writer's own tags, as the HTML Living Standard does (13.2).

    Returns the `body` element (ElementTree, names in their namespaces). tinyhtml5 is WeasyPrint's own parser:
    kept up by the same people, in every installation, and its tree tells SVG and MathML from HTML.
    """
    import io

    from tinyhtml5 import parse  # type: ignore[import-untyped]  # it publishes no types

    keep_misnested()
    tamed = _tamed(markup, source)
    root = parse(
        io.StringIO(f"<!DOCTYPE html><html><head></head><body>{tamed}"), namespace_html_elements=True
    )
    return root.find("{http://www.w3.org/1999/xhtml}body")


def legal(markup: str, source: Source) -> str:
    """Take out references to characters that no book can hold (`&#0;`), and count them."""
    if "&#" not in markup:
        return markup
    removed = []

    def read(found: re.Match[str]) -> str:
        made = _legal_character(found)
        if not made:
            removed.append(found.group())
        return made

    made = _CHARACTER.sub(read, markup)
    source.count_removed(len(removed), source.next_line_of(*removed) if removed else None)
    return made


def _legal_character(found: re.Match[str]) -> str:
    digits, base = (found.group(1), 16) if found.group(1) else (found.group(2), 10)
    code = int(digits[:12], base)
    legal = code in (9, 10, 13) or 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or 0xE000 <= code < 0xFDD0
    legal = legal or 0xFDF0 <= code < 0xFEFF or 0xFF00 <= code < 0xFFFE
    legal = legal or (0x10000 <= code < 0x110000 and code & 0xFFFE != 0xFFFE)
    if 0x80 <= code < 0xA0:
        # Windows-1252 by number (`&#146;`) is read as browsers read it.
        return bytes([code]).decode("cp1252", "ignore")
    return found.group() if legal else ""


def _character(found: re.Match[str]) -> str:
    name = found.group(1)
    return found.group() if name in _MARKUP_ENTITIES else _ENTITIES.get(name, found.group())


def _tamed(markup: str, source: Source) -> str:
    """Turn tags that would swallow text, or that are none, into text.

    An unknown name that is closed somewhere is an element of somebody's own (its content is kept); one that
    is never closed is a writer's `<placeholder>` or `List<String>`.
    """
    if "<" not in markup:
        return markup
    lowered = markup.lower()
    closed = {name.lower() for name in re.findall(r"</([A-Za-z][^\s/>]*)", markup)}
    has_foreign = bool(_FOREIGN.search(markup))

    def tame(found: re.Match[str]) -> str:
        if found.group() == "<!--":
            if lowered.find("-->", found.end()) >= 0:
                return found.group()
            return _as_text(found, "T016", "<!--", "is never closed, and is set as text", source)
        if found["declaration"]:
            if lowered.startswith("<!doctype", found.start()):
                return found.group()
            return "&lt;" + found["declaration"]
        name = found["name"].lower()
        if name in _PAGE_TAGS:
            return f"<{found['end']}x-page"
        if name in SWALLOWING:
            if not found["end"] and name != "plaintext" and lowered.find(f"</{name}", found.end()) >= 0:
                return found.group()
            if found["end"] and name != "plaintext":
                return found.group()
            return _as_text(
                found, "T016", f"<{found['name']}>", "is never closed, and is set as text", source
            )
        if name in KNOWN or name in closed or found["end"] or has_foreign:
            return found.group()
        return _as_text(found, "T014", f"<{found['name']}>", "is not HTML, and is set as text", source)

    return _TAG.sub(tame, markup)


def _as_text(found: re.Match[str], code: str, tag: str, what: str, source: Source) -> str:
    line = source.next_line_of(found.group())
    hint = "put it between backticks if it is meant to be read" if tag != "<!--" else "close it with -->"
    source.warn(code, f"{tag} {what}", line, hint, fold=f"{{count}} tags {_FOLDS[code]}")
    return "&lt;" + found.group()[1:]


_FOLDS = {"T014": "that HTML does not know are set as text", "T016": "that are never closed are set as text"}
