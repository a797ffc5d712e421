"""What the templates of a project make that no e-book may hold: nothing is fetched, run, missing or misplaced."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from anthology.problems import did_you_mean
from anthology.verify.blame import TWICE, Blame, Fault
from anthology.verify.vocabulary import (
    ATTRIBUTES,
    CHILDREN,
    FLOW_ONLY,
    PARENTS,
    PHRASING_ONLY,
    SCRIPT_TYPES,
    TRANSPARENT,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from anthology.model import Anthology, Document
    from anthology.problems import Problem

_XHTML = "{http://www.w3.org/1999/xhtml}"
_FOREIGN = ("{http://www.w3.org/2000/svg}", "{http://www.w3.org/1998/Math/MathML}")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# What a reading system fetches by itself, and what names elements of the same document.
_FETCHED = frozenset({"src", "srcset", "poster", "data"})
_NAMING = frozenset(
    {
        "aria-labelledby",
        "aria-describedby",
        "aria-controls",
        "aria-owns",
        "aria-flowto",
        "aria-details",
        "for",
    }
)
_WATCHED = _FETCHED | _NAMING | {"href", "id", "style", _XML_LANG}

_NONE: frozenset[str] = frozenset()

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ID = re.compile(r"""\sid\s*=\s*["']([^"']*)""")
_FETCHED_BY_STYLE = re.compile(r"""(?:\burl\(\s*|@import\s+)["']?([^"')\s]+)""", re.IGNORECASE)


def check_references(
    anthology: Anthology, documents: Sequence[Document], parts: Iterable[str], templates: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Tell what in the documents no e-book may hold (EPUB 3.3, 6.1, and HTML Living Standard, 3.2.5 and 4).

    Arguments: the anthology; the documents as they are packed; the names of all parts that are packed; and the text
    of those templates that are the project's own, by name. Each fault of a template is told once, whatever the
    number of documents that it made. A fault in a block of an article is told of the article.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    read = [document for document in documents if document.kind != "ncx"]
    targets = _Targets(read, frozenset(parts))
    blame = Blame(anthology, templates)
    for document in read:
        root = etree.fromstring(document.html.encode(), parser)
        for element, fault in _faults(root, f"{document.name}.xhtml", targets):
            blame.note(document, element, fault)
    return tuple(blame.problems())


class _Targets:
    """What addresses in the documents can lead to."""

    def __init__(self, documents: Sequence[Document], parts: frozenset[str]) -> None:
        self._documents = {f"{document.name}.xhtml": document for document in documents}
        self._parts = parts
        # Links go back and forth between few documents at a time; the ids of all would fill the memory.
        self._ids = lru_cache(maxsize=32)(self._read_ids)
        self.is_there = lru_cache(maxsize=4096)(self._is_there)

    def _read_ids(self, name: str) -> frozenset[str]:
        return frozenset(_ID.findall(self._documents[name].html))

    def is_packed(self, address: str) -> bool:
        path = address.partition("#")[0]
        return path in self._parts or posixpath.normpath(unquote(path)) in self._parts

    def is_document(self, name: str) -> bool:
        return name in self._documents

    def _is_there(self, name: str, fragment: str) -> bool:
        """Tell whether a document has an element of this id."""
        ids = self._ids(name)
        return not fragment or fragment in ids or unquote(fragment) in ids or "&" in fragment


def _faults(root: Any, name: str, targets: _Targets) -> Iterator[tuple[Any, Fault]]:
    """Give every fault of a document with the element that is to blame."""
    ids: set[str] = set()
    named: list[tuple[Any, str, str]] = []
    for element in root.iter("{*}*"):
        tag = element.tag
        allowed = ATTRIBUTES.get(tag, _NONE)
        if allowed is _NONE:
            if not tag.startswith(_FOREIGN):
                yield element, _unknown_element(element)
                continue
        elif tag in FLOW_ONLY or tag in PARENTS or tag in CHILDREN:
            yield from _misplaced(element, tag)
        if tag in _SPECIAL:
            yield from _special(element, tag)
        for key, value in element.items():
            if key in _WATCHED:
                if key == "id":
                    if value in ids or value.split() != [value]:
                        yield element, _unfit_id(value, stands_twice=value in ids)
                    ids.add(value)
                elif key in _NAMING:
                    named += [(element, key, word) for word in value.split()]
                else:
                    yield from (
                        (element, fault) for fault in _watched(element, tag, key, value, name, targets)
                    )
            elif key not in allowed:
                yield from (
                    (element, fault) for fault in _unknown_attribute(tag, key, value, allowed, targets)
                )
    for element, key, word in named:
        if word not in ids:
            hint = "give this id to the element that is meant, or take the attribute out"
            yield element, Fault(f'{key} names "{word}", which is not there', word, key, hint)


_SPECIAL = frozenset({f"{_XHTML}script", f"{_XHTML}a", f"{_XHTML}img", f"{_XHTML}style", f"{_XHTML}form"})


def _special(element: Any, tag: str) -> Iterator[tuple[Any, Fault]]:
    local = _local(tag)
    if local == "a":
        if element.get("href") and next(element.iterancestors(tag), None) is not None:
            yield element.getparent(), _nested("a", "a")
    elif local == "form" or (local == "script" and element.get("type", "").lower() in SCRIPT_TYPES):
        hint = "take it out: the documents of an e-book run no scripts and send nothing"
        yield element, Fault(f"<{local}>", f"<{local}", local, hint)
    elif local == "img" and not element.get("src"):
        yield element, Fault("<img> without src", "<img", "no src", "say which picture it shows")
    elif local == "style" and element.text:
        yield from ((element, fault) for fault in _in_style(element.text))


def _misplaced(element: Any, tag: str) -> Iterator[tuple[Any, Fault]]:
    """Hold an element against what is round it and in it."""
    local = _local(tag)
    if tag in FLOW_ONLY:
        # What is transparent may hold what its own parent may (HTML Living Standard, 3.2.5.3).
        around = element.getparent()
        while around is not None and around.tag in TRANSPARENT:
            around = around.getparent()
        if around is not None and around.tag in PHRASING_ONLY:
            yield around, _nested(local, _local(around.tag))
    if tag in PARENTS:
        around = element.getparent()
        if around is not None and around.tag not in PARENTS[tag]:
            yield around, _nested(local, _local(around.tag))
    if tag in CHILDREN:
        within = CHILDREN[tag]
        for child in element:
            if isinstance(child.tag, str) and child.tag not in within and child.tag not in PARENTS:
                yield element, _nested(_local(child.tag), local)
        if any(text and text.strip() for text in (element.text, *(child.tail for child in element))):
            hint = f"put the words into an element that <{local}> may hold"
            yield element, Fault(f"words in <{local}>", f"<{local}", f"words in {local}", hint)


def _nested(inner: str, outer: str) -> Fault:
    words = f"<{inner}> in <{outer}>"
    hint = "end the outer element before it, or take one that may hold the other"
    return Fault(words, f"<{inner}", words, hint)


def _unknown_element(element: Any) -> Fault:
    name = f"{element.prefix}:{_local(element.tag)}" if element.prefix else _local(element.tag)
    hint = "use an element of HTML, with a class, and say in a style sheet how it looks"
    return Fault(f"<{name}>", f"<{name}", name, hint)


def _unfit_id(value: str, *, stands_twice: bool) -> Fault:
    if stands_twice:
        hint = "use each id once in a document"
        return Fault(f'the id "{value}" stands twice', value, TWICE, hint)
    return Fault(f'the id "{value}"', value, "id", "an id has one character at least, and no spaces")


def _unknown_attribute(
    tag: str, key: str, value: str, allowed: Container[str], targets: _Targets
) -> Iterator[Fault]:
    """Judge an attribute that its element does not have in HTML; those of drawings and formulas are many."""
    if key.startswith("on"):
        hint = "take it out: the documents of an e-book run no scripts"
        yield Fault(f'the attribute "{key}"', f"{key}=", key, hint)
    elif tag.startswith(_FOREIGN):
        if key.endswith("}href") and _local(tag) != "a":
            yield from _fetches(tag, value, targets)
    elif not key.startswith(("data-", "aria-", "{")):
        local = _local(tag)
        near = did_you_mean(key, sorted(ATTRIBUTES[tag]))
        hint = near or "take it out, and say in a style sheet how the element looks"
        yield Fault(f'the attribute "{key}" of <{local}>', f"{key}=", f"{key} of {local}", hint)


def _watched(element: Any, tag: str, key: str, value: str, name: str, targets: _Targets) -> Iterator[Fault]:
    """Judge an attribute that leads somewhere, or says the language."""
    if key == "style":
        yield from _in_style(value)
    elif key == _XML_LANG:
        lang = element.get("lang", value)
        if lang.lower() != value.lower():
            words = f'lang="{lang}" beside xml:lang="{value}"'
            yield Fault(words, f'xml:lang="{value}"', "xml:lang", "write the same language in both")
    elif key == "srcset":
        for candidate in value.split(","):
            yield from _fetches(tag, (candidate.split() or [""])[0], targets)
    elif key in _FETCHED:
        if value or _local(tag) != "img":
            yield from _fetches(tag, value, targets)
    elif tag in (f"{_XHTML}a", f"{_XHTML}area", "{http://www.w3.org/2000/svg}a"):
        yield from _leads(value, name, targets)
    elif tag != f"{_XHTML}link" or "stylesheet" in element.get("rel", "").lower():
        yield from _fetches(tag, value, targets)


def _fetches(tag: str, address: str, targets: _Targets) -> Iterator[Fault]:
    """Judge the address of what is shown, played or used with a document."""
    if address.startswith(("data:", "#")) or targets.is_packed(address):
        return
    local = _local(tag)
    if _SCHEME.match(address):
        hint = "an e-book holds all that it shows, and fetches nothing: make it a link, <a href=…>"
        yield Fault(f"<{local}> fetches {address}", address, f"{local} fetches", hint)
        return
    hint = "only pictures of articles go into the book: draw it in the template, as <svg>, or take it out"
    if local == "link":
        hint = "put what the style sheet says into styles/house.css, which goes into the book"
    yield Fault(f"<{local}> needs {address}, which is not in the book", address, f"{local} needs", hint)


def _leads(address: str, name: str, targets: _Targets) -> Iterator[Fault]:
    """Judge the address of a link."""
    if _SCHEME.match(address):
        if address.lower().startswith(("file:", "data:")):
            hint = "lead to a document of the book, or to an address in the web"
            yield Fault(f"a link to {address}", address, "link", hint)
        return
    path, _, fragment = address.partition("#")
    target = path or name
    if not targets.is_document(target):
        target = posixpath.normpath(unquote(path))
    if not targets.is_document(target):
        hint = "lead to a document of the book, as {{ entry.address }} does, or to a full address in the web"
        yield Fault(f"a link to {address}, which is no document of the book", address, "link", hint)
    elif not targets.is_there(target, fragment):
        hint = "give this id to the element that is meant, or leave out what follows the #"
        yield Fault(f"a link to {address}, a place that is not there", address, "link to place", hint)


def _in_style(text: str) -> Iterator[Fault]:
    """Find what declarations fetch: only the style sheet of the book knows its typefaces."""
    for address in _FETCHED_BY_STYLE.findall(text):
        if not address.startswith(("data:", "#")):
            hint = "an e-book holds all that it shows: take it out"
            yield Fault(f"a style that fetches {address}", address, "style fetches", hint)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
