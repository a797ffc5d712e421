"""Mark in the documents of an e-book the places where printed pages start.

Marks are written into the text of a document as it is; nothing else in it changes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from anthology.pages import PICTURE, UNCOUNTED, PageStart, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Where the page turns in front of these, the mark stands before them rather than in them: a drawing or a formula
# takes no text, and the name of a link, a heading or a column would be read out with the page number in it.
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q"}
    | {"ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"}
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "hgroup"}
_ENTERED_LATE = _INLINE | _HEADINGS | {"img", "math", "picture", "svg", "table"}
_FOREIGN = frozenset({"math", "svg"})

# In front of blocks a mark is one too, which the e-reader's style keeps on one screen with what follows it. A mark
# within a line would be a line of its own: left at the foot of the screen before, or as high as a line in reading
# systems that give each line the height of its letters.
_BLOCK = re.compile(rb"<(h[1-6]|hgroup|table|section|nav|header|figure|p|ul|ol|dl|pre|blockquote|aside)\b")

_BEGINNING = PageStart("", "")


def mark_pages(html: str, starts: Sequence[PageStart], label: Callable[[str], str]) -> str:
    """Mark in a document the places where pages start (EPUB Structural Semantics 1.1: `pagebreak`).

    Args:
        html: a well-formed XHTML document.
        starts: the pages that start in it, in order.
        label: writes a reference to a page by its folio ("page 12"), which is what is read out there.
    """
    data = html.encode()
    places = _Places((_BEGINNING, *starts)).read(data)
    made, end = [], 0
    latest = places[_BEGINNING]
    for start in starts:
        # A place that a template gives to print alone cannot be marked: the page before is the nearest.
        latest = max(latest, places.get(start, latest))
        tag = "div" if _BLOCK.match(data, latest) else "span"
        made += [data[end:latest], _mark(tag, start, label(start.folio))]
        end = latest
    return b"".join([*made, data[end:]]).decode()


def _mark(tag: str, start: PageStart, reference: str) -> bytes:
    return (
        f'<{tag} epub:type="pagebreak" role="doc-pagebreak" id="{start.fragment}"'
        f" aria-label={quoteattr(f' {reference}. ')}></{tag}>"
    ).encode()


@dataclass(slots=True)
class _Open:
    """An element that has begun: where (in bytes), whose text it holds, and whether it has shown any so far."""

    name: str
    at: int
    anchor: str = ""
    counts: bool = False
    foreign: bool = False
    says: bool = False


class _Places:
    """Finds the places of page starts in a document, in bytes from its beginning."""

    def __init__(self, starts: Sequence[PageStart]) -> None:
        self.found: dict[PageStart, int] = {}
        self._wanted: dict[str, list[PageStart]] = defaultdict(list)
        for start in starts:
            self._wanted[start.anchor].append(start)
        self._said: dict[str, int] = defaultdict(int)
        self._open = [_Open("", 0)]
        # Page starts that lie behind the tag that was read last.
        self._waiting: list[PageStart] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        # What is marked as text alone (`<![CDATA[`) takes no mark: those that lie in it go in front of it.
        self._parser.StartCdataSectionHandler = self._start_text_alone
        self._parser.EndCdataSectionHandler = self._end_text_alone
        self._text_alone: int | None = None

    def read(self, data: bytes) -> dict[PageStart, int]:
        """Read the document."""
        self._parser.Parse(data, True)
        return self.found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._place_waiting()
        around = self._open[-1]
        element = _Open(name, self._parser.CurrentByteIndex, attributes.get("id") or around.anchor)
        element.foreign = around.foreign or name in _FOREIGN
        classes = attributes.get("class", "").split()
        element.counts = name == "body" or (around.counts and UNCOUNTED.isdisjoint(classes))
        self._open.append(element)
        if around.counts:
            # The document begins.
            self.found.update(dict.fromkeys(self._wanted.pop("", []), element.at))
        if element.counts and name in ("img", "svg") and not around.foreign:
            self._see(element, PICTURE, element.at)
            element.counts = False

    def _end(self, name: str) -> None:
        self._place_waiting()
        element = self._open.pop()
        if name == "body":
            # It shows nothing that a page could start with.
            self.found.update(dict.fromkeys(self._wanted.pop("", []), self._parser.CurrentByteIndex))
        if element.anchor != self._open[-1].anchor:
            # What print has behind the element and the e-book has not.
            left = self._wanted.pop(element.anchor, [])
            if name in _ENTERED_LATE or name == "figure":
                self._waiting += left
            else:
                self.found.update(dict.fromkeys(left, self._parser.CurrentByteIndex))

    def _text(self, text: str) -> None:
        self._place_waiting()
        if self._open[-1].counts:
            self._see(self._open[-1], text, self._parser.CurrentByteIndex)

    def _start_text_alone(self) -> None:
        self._place_waiting()
        self._text_alone = self._parser.CurrentByteIndex

    def _end_text_alone(self) -> None:
        self._text_alone = None

    def _place_waiting(self) -> None:
        self.found.update(dict.fromkeys(self._waiting, self._parser.CurrentByteIndex))
        self._waiting = []

    def _see(self, element: _Open, text: str, at: int) -> None:
        """Count what is visible, and find the page starts in it."""
        shown = visible(text)
        if not shown:
            return
        wanted, said = self._wanted[element.anchor], self._said[element.anchor]
        if wanted and wanted[0].offset < said + len(shown):
            letters = set(shown)
            places = [place for place, letter in enumerate(text) if letter in letters]
            before = 0
            while wanted and wanted[0].offset < said + len(shown):
                before = max(before, wanted[0].offset - said)
                if before:
                    self._have_said()
                inside = at + len(text[: places[before]].encode())
                alone = self._text_alone
                self.found[wanted.pop(0)] = self._in_front(inside if alone is None else alone)
        self._said[element.anchor] = said + len(shown)
        self._have_said()

    def _have_said(self) -> None:
        for element in self._open:
            element.says = True

    def _in_front(self, at: int) -> int:
        """Step out of what begins with the thing at a place, and of formulas in any case."""
        for element in self._open:
            if element.foreign or (element.name in _ENTERED_LATE and not element.says):
                return element.at
        return at
