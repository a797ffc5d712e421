"""Walk a body and set its marks, paragraph by paragraph; code, addresses, drawings and formulas stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.read.body.quotes import Piece, set_paragraph, set_text
from anthology.read.xhtml.elements import INLINE

if TYPE_CHECKING:
    from lxml.etree import _Element

_VERBATIM = frozenset({"code", "kbd", "samp", "var"})
_WEB_ADDRESS = re.compile(r"\s*(?:https?://|www\.|mailto:)\S+\s*|\s*\S+@\S+\.\S+\s*")
# Shows the marks around it that something stands here.
_SOMETHING = Piece("\N{OBJECT REPLACEMENT CHARACTER}", "")


def set_body(block: _Element, language: str) -> None:
    """Set all text in an element; `lang` on an element inside counts there.

    Arguments: the element, changed in place, and the language of the text around it (BCP 47).
    """
    if block.tag == "pre":
        return
    language = block.get("lang") or language
    run = _Run()
    run.add(block, block.text, language, is_tail=False)
    for child in block:
        if _is_phrase(child):
            run.add_phrase(child, language)
        else:
            run.set()
            set_body(child, language)
        run.add(child, child.tail, language, is_tail=True)
    run.set()


class _Run:
    """The words between two blocks, and where each piece of them stands."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._places: list[tuple[_Element, bool] | None] = []

    def add(self, element: _Element, text: str | None, language: str, *, is_tail: bool) -> None:
        if text:
            self._pieces.append(Piece(text, language))
            self._places.append((element, is_tail))

    def add_phrase(self, element: _Element, language: str) -> None:
        language = element.get("lang") or language
        if element.tag == "br":
            self._neighbour(Piece("\n", ""))
        elif _is_verbatim(element):
            self._neighbour(_SOMETHING)
        else:
            if term := element.get("data-index"):
                # It is printed in the index.
                element.set("data-index", set_text(term, language))
            self.add(element, element.text, language, is_tail=False)
            for child in element:
                self.add_phrase(child, language)
                self.add(child, child.tail, language, is_tail=True)

    def set(self) -> None:
        for place, text in zip(self._places, set_paragraph(self._pieces), strict=True):
            if place:
                element, is_tail = place
                if is_tail:
                    element.tail = text
                else:
                    element.text = text
        self._pieces, self._places = [], []

    def _neighbour(self, piece: Piece) -> None:
        self._pieces.append(piece)
        self._places.append(None)


def _is_phrase(element: _Element) -> bool:
    return element.tag in INLINE or "}" in str(element.tag)


def _is_verbatim(element: _Element) -> bool:
    tag = str(element.tag)
    if tag in _VERBATIM or "}" in tag or tag == "img" or element.get("class") == "note-ref":
        return True
    return tag == "a" and not len(element) and _WEB_ADDRESS.fullmatch(element.text or "") is not None
