"""Text set on a cover: measured, fitted to the room there is, and drawn."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from anthology.cover.line_breaking import broken_lines, is_calm, joined, letters_of, with_ellipsis, words_of
from anthology.cover.page import MARGIN, MEASURE, WIDTH
from anthology.cover.text import LONGEST, settable_text
from anthology.installed_fonts import Cut, can_shape, parts_by_cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import ImageDraw

    from anthology.cover.line_breaking import Word
    from anthology.cover.text import CoverText

_REFERENCE = 200  # the size in which words are measured once, for all sizes
_SMALLER = (60, 56, 52, 48, 44, 40, 36, 32)  # sizes for a single word that is wider than the page
_ASCENT = 0.86  # from the top of a block to its first baseline, in ems


class Block(NamedTuple):
    """Lines of text in one size; `size` and `pitch`, from baseline to baseline, in pixels.

    What is not `whole` did not fit, and ends with an ellipsis.
    """

    lines: tuple[str, ...]
    size: int
    pitch: float
    whole: bool = True

    @property
    def height(self) -> float:
        """The height that the block takes up."""
        if not self.lines:
            return 0.0
        return self.size * (_ASCENT + 0.35) + (len(self.lines) - 1) * self.pitch


class Typesetter:
    """Breaks, measures and draws text in the faces of one style."""

    def __init__(self, pen: ImageDraw.ImageDraw, book: CoverText, cuts: tuple[Cut, ...]) -> None:
        self.pen = pen
        self.cuts = cuts
        self.direction = book.direction
        # Texts are tried in many sizes, and each word of them is measured once.
        self._widths: dict[tuple[str, int, float], float] = {}
        # Without libraqm Pillow refuses to be told a direction or a language.
        self.script: dict[str, Any] = (
            {"direction": book.direction, "language": book.language.split("-")[0] or None}
            if can_shape()
            else {}
        )

    def fit(
        self,
        text: str,
        sizes: Sequence[int],
        height: float,
        measure: float = MEASURE,
        *,
        tracking: float = 0.0,
        longest: int = LONGEST,
    ) -> Block:
        """Choose the largest size in which text fits, with calm lines where a little less size gives them.

        Args:
            text: one paragraph.
            sizes: from the largest to the smallest, in pixels.
            height: what the block may take up, in pixels.
            measure: the longest line, in pixels.
            tracking: space between letters, in ems.
            longest: how many characters of the text are looked at.

        Returns:
            The lines; those that do not fit in the smallest size are cut at a word with an ellipsis.
        """
        text = settable_text(text, self.cuts, longest)
        if not text:
            return Block((), 0, 0)
        words = words_of(text)
        widths = [self._width(word.text, _REFERENCE, tracking) / _REFERENCE for word in words]
        space = self._width(" ", _REFERENCE, tracking) / _REFERENCE
        measure *= 0.985  # glyphs are fitted to whole pixels: widths are not quite in proportion
        largest: Block | None = None
        for size in (*sizes, *_SMALLER) if max(widths) * sizes[-1] > measure else sizes:
            lines = broken_lines(words, [width * size for width in widths], space * size, measure)
            pitch = size * self._leading(text, size)
            if lines is None or len(lines) * pitch > height:
                continue
            block = Block(tuple(joined(words[line.start : line.stop]) for line in lines), size, pitch)
            largest = largest or block
            if size < 0.72 * largest.size:
                break
            if is_calm(lines, words, widths):
                return block
        return largest or self._cut(text, sizes[-1], height, measure, tracking)

    def width_of(self, text: str, size: int, tracking: float = 0.0) -> float:
        """Measure a line of text in pixels."""
        text = settable_text(text, self.cuts)
        return self._width(text, size, tracking) if text else 0.0

    def _cut(self, text: str, size: int, height: float, measure: float, tracking: float) -> Block:
        words = words_of(text)
        if any(self._width(word.text, size, tracking) > measure for word in words):
            words = letters_of(words)
        pitch = size * self._leading(text, size)
        lines: list[list[Word]] = [[]]
        for word in words:
            if lines[-1] and self._width(joined([*lines[-1], word]), size, tracking) > measure:
                lines.append([])
            lines[-1].append(word)
        last = max(0, int(height // pitch) - 1)
        texts = [joined(line) for line in lines[: last + 1]]
        whole = len(lines) <= last + 1
        if not whole:
            kept = lines[last]
            while len(kept) > 1 and self._width(with_ellipsis(kept), size, tracking) > measure:
                kept.pop()
            texts[last] = with_ellipsis(kept)
        return Block(tuple(texts), size, pitch, whole)

    def draw(self, block: Block, top: float, tracking: float = 0.0) -> float:
        """Draw a block from `top` downwards, its ink flush with the margin where reading begins; give its foot."""
        baseline = top + block.size * _ASCENT
        for line in block.lines:
            pieces = self._in_order(line)
            widths = [self._piece_width(text, cut, block.size, tracking) for text, cut in pieces]
            x: float = MARGIN if self.direction == "ltr" else WIDTH - MARGIN - sum(widths)
            x += self._bearing(pieces, block.size)
            for (text, cut), width in zip(pieces, widths, strict=True):
                self._draw_piece(x, baseline, text, cut, block.size, tracking)
                x += width
            baseline += block.pitch
        return top + block.height

    def _draw_piece(self, x: float, baseline: float, text: str, cut: Cut, size: int, tracking: float) -> None:
        font = cut.at(size)
        if not tracking or not _trackable(text):
            self.pen.text((x, baseline), text, 255, font, anchor="ls", **self.script)
            return
        for character in text:
            self.pen.text((x, baseline), character, 255, font, anchor="ls", **self.script)
            x += font.getlength(character, **self.script) + tracking * size

    def _bearing(self, pieces: Sequence[tuple[str, Cut]], size: int) -> float:
        """Measure how far to move a line so that its first letter's ink, not its white, meets the margin."""
        text, cut = pieces[0] if self.direction == "ltr" else pieces[-1]
        font = cut.at(size)
        ink, (offset, _) = font.getmask2(text, "L", anchor="ls", **self.script)
        box = ink.getbbox()
        if box is None:
            return 0.0
        left, right = float(offset + box[0]), float(offset + box[2])
        return -left if self.direction == "ltr" else font.getlength(text, **self.script) - right

    def _width(self, text: str, size: int, tracking: float) -> float:
        key = text, size, tracking
        if key not in self._widths:
            pieces = self._in_order(text)
            self._widths[key] = sum(self._piece_width(piece, cut, size, tracking) for piece, cut in pieces)
        return self._widths[key]

    def _piece_width(self, text: str, cut: Cut, size: int, tracking: float) -> float:
        width = cut.at(size).getlength(text, **self.script)
        return width + (len(text) * tracking * size if tracking and _trackable(text) else 0.0)

    def _leading(self, text: str, size: int) -> float:
        """Give the space from baseline to baseline in ems: as much as the tallest face in the text needs."""
        tallest = max(sum(cut.at(_REFERENCE).getmetrics()) for _, cut in parts_by_cut(text, self.cuts))
        return tallest / _REFERENCE * (0.82 if size >= 120 else 0.9)  # large letters want less white

    def _in_order(self, text: str) -> list[tuple[str, Cut]]:
        """Give the pieces of a line from left to right.

        Inside a piece libraqm sees to the order; neighbours that run against the line keep their own order.
        """
        if not can_shape():
            return parts_by_cut(text, self.cuts)
        groups: list[list[tuple[str, Cut]]] = []
        against = False
        for piece in parts_by_cut(text, self.cuts):
            before, against = against, _runs(piece[0], self.direction) != self.direction
            if against and before:
                groups[-1].append(piece)
            else:
                groups.append([piece])
        if self.direction == "rtl":
            return [piece for group in reversed(groups) for piece in group]
        return [piece for group in groups for piece in reversed(group)]


def _runs(text: str, default: Literal["ltr", "rtl"]) -> Literal["ltr", "rtl"]:
    kinds = {unicodedata.bidirectional(character) for character in text}
    if kinds & {"R", "AL"}:
        return "rtl"
    return "ltr" if "L" in kinds else default


def _trackable(text: str) -> bool:
    return not any(
        unicodedata.bidirectional(c) in {"R", "AL", "AN", "NSM"} or unicodedata.category(c)[0] == "M"
        for c in text
    )
