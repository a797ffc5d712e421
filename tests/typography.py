"""The typography of a printed book, measured on the finished file: spaces, hyphens, lines that stand alone.

Letters and their places are read with PyMuPDF. What a PDF cannot tell (which lines are a heading, where a paragraph
runs over a page turn) is taken from the documents and the page map, when they are given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import pymupdf
from lxml import etree

from anthology.model import Document
from anthology.pages import PageStart
from anthology.wording import folded

# The typesetter's hyphen and the author's: the eye sees no difference.
HYPHENS = ("\N{HYPHEN}", "-")
# Word spaces as a share of the space in the face: below, words run together; above, rivers run through the page.
TIGHTEST, LOOSEST = 0.8, 2.2
# In points: places that are as good as one; the measure that a letter may leave by its side bearing or a serif.
_NEAR, _OVER = 0.6, 1.0
# A raised mark of a note is smaller than this share of the type that it stands in.
_RAISED = 0.75
# In type sizes: the indent of a paragraph.
_INDENT = 1.35
_XHTML = "{http://www.w3.org/1999/xhtml}"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page (from 0): where it stands, in points; its type size; its word spaces as ratios."""

    page: int
    left: float
    right: float
    baseline: float
    size: float
    text: str
    spaces: tuple[float, ...] = ()
    is_code: bool = False

    @property
    def is_divided(self) -> bool:
        """Tell whether it ends with a hyphen behind a word: the fence of front matter, shown in code, is none."""
        return self.text.endswith(HYPHENS) and any(map(str.isalnum, self.text))


class _Letter(NamedTuple):
    x: float
    width: float
    right: float
    size: float
    text: str
    is_code: bool


@dataclass(slots=True)
class Typography:
    """What was found: counts, and the words of what is wrong, each with its page (from 1)."""

    pages: int = 0
    justified: int = 0
    uneven: list[str] = field(default_factory=list)
    ladders: list[str] = field(default_factory=list)
    words_over_turns: list[str] = field(default_factory=list)
    widows: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    headings_at_foot: list[str] = field(default_factory=list)
    overfull: list[str] = field(default_factory=list)
    broken_quotes: list[str] = field(default_factory=list)
    runts: list[str] = field(default_factory=list)
    lines: int = 0
    off_grid: list[str] = field(default_factory=list)
    divided: int = 0

    @property
    def even(self) -> float:
        """Give the share of justified lines whose word spaces are neither too narrow nor too wide."""
        return 1 - len(self.uneven) / self.justified if self.justified else 1.0

    def account(self) -> str:
        """Write the findings as a line of figures."""
        return (
            f"{self.pages} pages, {self.justified} justified lines, {self.even:.2%} even, {self.divided} divided;"
            f" {len(self.ladders)} ladders, {len(self.words_over_turns)} words over a turn,"
            f" {len(self.widows)} widows, {len(self.orphans)} orphans, {len(self.headings_at_foot)} headings at a"
            f" foot, {len(self.overfull)} overfull, {len(self.broken_quotes)} broken pull quotes,"
            f" {len(self.runts)} runts, {len(self.off_grid)} of {self.lines} lines off the grid"
        )


def measure(pdf: bytes, documents: Sequence[Document] = (), starts: Sequence[PageStart] = ()) -> Typography:
    """Measure a book.

    Args:
        pdf: the file.
        documents: what it was set from, for its headings and pull quotes.
        starts: where in the text pages start, by their folios, for paragraphs that run over a page turn.
    """
    book = pymupdf.open(stream=pdf)
    by_folio = {start.folio: start for start in starts}
    found = Typography(pages=len(book))
    pages = [_body(page) for page in book]
    size = _most_common([line.size for lines in pages for line in lines])
    edges = [_edges(pages[side::2], size) for side in (0, 1)]
    leading = _leading(pages, size)
    for number, lines in enumerate(pages):
        left, right = edges[number % 2]
        _measure_lines(found, lines, left, right, size, leading)
    _measure_turns(found, pages, [by_folio.get(page.get_label()) for page in book], leading, size)
    headings, quotes = _known(documents)
    for lines in pages:
        # A section opener is all heading.
        foot = _text_lines(lines, size)[-1:] if any(line.size == size for line in lines) else []
        letters, text = folded(foot[0].text) if foot else "", _text(_text_lines(lines, size))
        # The letters of an index head columns, whose feet are not the page's.
        if len(letters) > 1 and any(
            heading.endswith(letters) and text.endswith(heading) for heading in headings
        ):
            found.headings_at_foot.append(_said(foot[0]))
    texts = [_text(lines) for lines in pages]
    found.broken_quotes += [quote for quote in quotes if not any(quote in text for text in texts)]
    return found


def _text(lines: Sequence[Line]) -> str:
    return folded("".join(line.text.removesuffix("\N{HYPHEN}") for line in lines))


def _said(line: Line, what: object = "") -> str:
    return f"page {line.page + 1}: {line.text}{f' ({what})' if what else ''}"


def _body(page: pymupdf.Page) -> list[Line]:
    """Read the lines of a page, from the top: without folios and running heads, which stand apart at head and foot."""
    spans: dict[float, list[list[_Letter]]] = {}
    read = page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_PRESERVE_LIGATURES)
    for block in read["blocks"]:
        for line in block.get("lines", ()):
            if line["dir"] != (1.0, 0.0):
                continue
            for span in line["spans"]:
                spans.setdefault(round(span["origin"][1], 1), []).append(
                    [
                        _Letter(
                            letter["origin"][0],
                            letter["bbox"][2] - letter["bbox"][0],
                            letter["bbox"][2],
                            span["size"],
                            letter["c"],
                            "mono" in span["font"].lower(),
                        )
                        for letter in span["chars"]
                    ]
                )
    lines = [
        line
        for baseline, row in sorted(spans.items())
        if (line := _line(page.number, baseline, row)) is not None
    ]
    # The mark of a note stands a little above its line: it is no line.
    lines = [
        line
        for place, line in enumerate(lines)
        if place + 1 == len(lines)
        or lines[place + 1].baseline - line.baseline > lines[place + 1].size / 2
        or line.size > lines[place + 1].size * _RAISED
    ]
    # The head of a running head stands in the upper ninth, a folio in the lower seventh of any page of ours.
    height = page.rect.height
    return [line for line in lines if height * 0.085 < line.baseline < height * 0.87]


def _line(page: int, baseline: float, spans: list[list[_Letter]]) -> Line | None:
    # Within a span letters have their order; the second one of a ligature may seem to stand behind the next.
    letters = [letter for span in sorted(spans, key=lambda span: span[0].x) for letter in span]
    size = _most_common([round(letter.size, 1) for letter in letters if letter.text.strip()])
    if not size:
        return None
    seen = [letter for letter in letters if letter.size > size * _RAISED]
    while seen and not seen[-1].text.strip():
        seen.pop()
    while seen and not seen[0].text.strip():
        seen.pop(0)
    spaces = tuple(
        (after.x - space.x) / space.width
        for space, after in pairwise(seen)
        if space.text in " \N{NO-BREAK SPACE}" and space.width > 0
    )
    return Line(
        page,
        seen[0].x,
        max(letter.right for letter in seen),
        baseline,
        size,
        "".join(letter.text for letter in seen),
        spaces,
        all(letter.is_code for letter in seen),
    )


def _most_common(values: Sequence[float]) -> float:
    return Counter(values).most_common(1)[0][0] if values else 0.0


def _edges(pages: Sequence[Sequence[Line]], size: float) -> tuple[float, float]:
    """Find the edges of the type area: where most lines of the text begin and end."""
    lines = [line for page in pages for line in page if line.size == size]
    left = _most_common([round(line.left * 2) / 2 for line in lines])
    right = _most_common([round(line.right * 2) / 2 for line in lines])
    return left, right


def _leading(pages: Sequence[Sequence[Line]], size: float) -> float:
    return _most_common(
        [
            round(below.baseline - above.baseline, 1)
            for page in pages
            for above, below in pairwise(page)
            if above.size == below.size == size
        ]
    )


def _text_lines(lines: Sequence[Line], size: float) -> list[Line]:
    """Leave out what stands below the text: the notes, which are smaller and come last."""
    kept = list(lines)
    while kept and kept[-1].size < size * 0.86 and not kept[-1].is_code:
        kept.pop()
    return kept


def _measure_lines(
    found: Typography, lines: Sequence[Line], left: float, right: float, size: float, leading: float
) -> None:
    ends = Counter(round(line.right * 2) / 2 for line in lines)
    full = [_is_full(line, ends, left, right) for line in lines]
    in_a_row = 0
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else None
        follows = (
            before is not None
            and line.baseline - before.baseline < leading * 1.1
            and line.size == before.size
        )
        if line.right > right + _OVER:
            found.overfull.append(_said(line, f"{line.right - right:.1f} pt"))
        found.divided += line.is_divided
        in_a_row = (in_a_row if follows else 0) + 1 if line.is_divided else 0
        if in_a_row > 2:
            found.ladders.append(_said(line))
        if full[place] and line.spaces:
            found.justified += 1
            # In one line all are the same; a raised mark or a change of face moves single ones.
            ratio = median(line.spaces)
            if not TIGHTEST <= ratio <= LOOSEST:
                found.uneven.append(_said(line, f"{ratio:.2f}"))
        elif (
            follows
            and line.size == size
            and before is not None
            and full[place - 1]
            and abs(line.left - left) < _NEAR
            and line.right - line.left < size * _INDENT
        ):
            found.runts.append(_said(line))
    level = [line for line in lines if line.size == size and leading]
    found.lines += len(level)
    for line in level:
        # Half lines are part of the grid.
        away = (line.baseline - level[0].baseline) % (leading / 2)
        if min(away, leading / 2 - away) > _NEAR:
            found.off_grid.append(_said(line))


def _is_full(line: Line, ends: Counter[float], left: float, right: float) -> bool:
    """Tell whether a line is set out to its measure: that of the page, or one that other lines share."""
    if abs(line.right - right) < _NEAR:
        return True
    own = round(line.right * 2) / 2
    shared = sum(ends[own + step] for step in (-0.5, 0.0, 0.5))
    return line.left > left + _NEAR and shared > 3


def _measure_turns(
    found: Typography,
    pages: Sequence[Sequence[Line]],
    starts: Sequence[PageStart | None],
    leading: float,
    size: float,
) -> None:
    for number in range(1, len(pages)):
        foot, head = _text_lines(pages[number - 1], size), _text_lines(pages[number], size)
        if not foot or not head:
            continue
        start = starts[number]
        if foot[-1].is_divided and (start is None or start.offset):
            found.words_over_turns.append(_said(foot[-1]))
        if start is None or not start.offset:
            continue
        if len(folded(foot[-1].text)) >= start.offset:
            found.orphans.append(_said(foot[-1]))
        # Pull quotes are larger than the text, and so is their leading.
        most = leading * max(1.0, head[0].size / size) * 1.1
        # What is below a blank line of code is of the same block.
        in_code = len(head) > 1 and head[0].is_code and head[1].is_code
        alone = len(head) == 1 or (
            not in_code
            and (abs(head[1].left - head[0].left) > _NEAR or head[1].baseline - head[0].baseline > most)
        )
        if alone:
            found.widows.append(_said(head[0]))


def _known(documents: Sequence[Document]) -> tuple[set[str], list[str]]:
    """Give the letters of all headings and labels, and of all pull quotes."""
    headings, quotes = set(), []
    for document in documents:
        if document.part == "front" or document.kind == "section":
            continue
        for element in etree.fromstring(document.html.encode()).iter():
            if not isinstance(element.tag, str):
                continue
            classes = str(element.get("class", "")).split()
            text = folded("".join(_texts(element)))
            if element.tag.removeprefix(_XHTML) in _HEADINGS or "label" in classes:
                headings.add(text)
            elif "pull-quote" in classes:
                quotes.append(text)
    return headings - {""}, quotes


def _texts(element: etree._Element) -> Iterator[str]:
    """Give the texts of an element, without notes and numbers that are written elsewhere."""
    if re.search(r"\b(footnote|slot|note-again|address-inline)\b", str(element.get("class", ""))):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
