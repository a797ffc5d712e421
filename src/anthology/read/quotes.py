"""Quotation marks, apostrophes, dashes, ellipses and French spaces, as printers set them.

Python-Markdown's own `smarty` sets each text node by itself and takes the closing single mark for the
apostrophe: „Schuld hat er‘s“ in German. Here a whole block is seen at once, and the apostrophe is its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

from anthology.labels import quotation_marks
from anthology.read.elements import INLINE

_APOSTROPHE = "’"
_NARROW = "\N{NARROW NO-BREAK SPACE}"
_WIDE = "\N{NO-BREAK SPACE}"
_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"

_TYPED = re.compile(r"[\"']|(?<!-)-{2,3}(?!-)|(?<!\.)\.{3}(?!\.)")
_FRENCH = re.compile(r"([^\S\n]|\n)?([;:!?»])|(«)([^\S\n]|\n)?")
_NEEDS_WORK = re.compile(r"[\"']|--|\.\.\.")
_NEEDS_FRENCH = re.compile(r"[;:!?«»]")
# Words that begin with an apostrophe in English.
_ELIDED = re.compile(r"(?:tis|twas|twere|twill|em|til|till|cause|bout|round|n)\b", re.IGNORECASE)
_DECADE = re.compile(r"\d\ds?\b")
_WEB_ADDRESS = re.compile(r"\s*(?:https?://|www\.|mailto:)\S+\s*|\s*\S+@\S+\.\S+\s*")

_OPENING = frozenset("([{«‹„‚“‘¿¡—–-/=")
_CLOSING = frozenset(")]}»›”’.,;:!?…—–-/")

# What is typed is what is meant there.
_VERBATIM = frozenset({"code", "pre", "kbd", "samp", "var", "svg", "math"})


def set_text(text: str, language: str) -> str:
    """Set a text without markup: a title, a standfirst; `language` is a tag (BCP 47)."""
    return "".join(_set([(text, language)]))


def set_body(root: _Element, language: str) -> None:
    """Set all text of a body but code, addresses, drawings and formulas; `lang` on an element counts inside it."""
    _set_block(root, language)


_Place = tuple["_Element", bool]  # an element, and whether its tail is meant and not its text


def _set_block(block: _Element, language: str) -> None:
    pieces: list[tuple[str, str]] = []
    places: list[_Place] = []

    def set_run() -> None:
        if pieces:
            for (element, is_tail), changed in zip(places, _set(pieces), strict=True):
                if is_tail:
                    element.tail = changed
                elif element.tag not in _VERBATIM:
                    element.text = changed
            pieces.clear()
            places.clear()

    language = block.get("lang") or language
    if block.tag in _VERBATIM:
        return
    if block.text:
        pieces.append((block.text, language))
        places.append((block, False))
    for child in block:
        if child.tag in INLINE or not isinstance(child.tag, str) or "}" in child.tag:
            for place, piece in _inline_pieces(child, language):
                pieces.append(piece)
                places.append(place)
        else:
            set_run()
            _set_block(child, language)
        if child.tail:
            pieces.append((child.tail, language))
            places.append((child, True))
    set_run()


def _inline_pieces(element: _Element, language: str) -> Iterator[tuple[_Place, tuple[str, str]]]:
    """Give the pieces of text in a phrase; what is verbatim stands as one piece that is not to be written back."""
    language = element.get("lang") or language
    text = element.text or ""
    is_address = element.tag == "a" and not len(element) and _WEB_ADDRESS.fullmatch(text)
    if "}" in str(element.tag) or element.tag in _VERBATIM or is_address or element.get("class") == "note-ref":
        # A piece without text shows the marks around it that something stands here.
        yield (element, False), (f"{_OBJECT}{text}", "")
        return
    if element.tag == "br":
        yield (element, False), (" ", "")
        return
    if text:
        yield (element, False), (text, language)
    for child in element:
        yield from _inline_pieces(child, language)
        if child.tail:
            yield (child, True), (child.tail, language)
