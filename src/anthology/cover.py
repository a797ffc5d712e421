"""The cover of the e-book: set from the metadata, or a given picture made fit."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from anthology.fonts import SANS, SERIF
from anthology.installed_fonts import Cut, can_shape, cuts_in_order, parts_by_cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 2560  # pixels: what the shops ask for
MARGIN = 160
MEASURE = WIDTH - 2 * MARGIN
RULE = 250  # the short rule above the title, from the top edge
MOST_PIXELS = 50_000_000

PAPER = "#f7f2e8"
# Grounds on which paper white has a contrast of at least 8 to 1, each with the colour of its one bright leaf.
GROUNDS = (
    ("#7a1f1f", "#d9a55b"),
    ("#1f3a52", "#d9a55b"),
    ("#22463a", "#e0b568"),
    ("#4a2745", "#d99a7c"),
    ("#2c3640", "#c8664f"),
    ("#5a3a1c", "#e0b568"),
)
# The longest text that is looked at; no cover holds more, even in its smallest size.
_LONGEST = 1200
_REFERENCE = 200  # the size in which words are measured once, for all sizes
_NO_BREAK = dict.fromkeys((0x202F, 0x2007), "\u00a0") | {0x2011: "-"}
_BAD = 0.5  # the cost of a line end that a little less size should avoid
_SMALLER = (60, 56, 52, 48, 44, 40, 36, 32)  # sizes for a single word that is wider than the page
_ASCENT = 0.86  # from the top of a block to its first baseline, in ems
_JOINERS = "\u200c\u200d"
_NO_LINE_BEGINS_WITH = "、。，．・：；？！）」』】〕〉》ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々…‥〜"


@dataclass(frozen=True, slots=True)
class CoverText:
    """What a cover says.

    `editors` is one line in the book's language; `language` a BCP 47 tag. All but `title` may be empty.
    """

    title: str
    subtitle: str = ""
    editors: str = ""
    publisher: str = ""
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"


class Word(NamedTuple):
    """A piece of text that stays on one line; `gap` is what follows it on the same line, a space or nothing.

    `cost` of ending a line after it is a share of the measure.
    """

    text: str
    gap: str
    cost: float = 0.0


class Block(NamedTuple):
    """Lines of text in one size; `size` and `pitch`, from baseline to baseline, in pixels."""

    lines: tuple[str, ...]
    size: int
    pitch: float

    @property
    def height(self) -> float:
        """The height that the block takes up."""
        if not self.lines:
            return 0.0
        return self.size * (_ASCENT + 0.35) + (len(self.lines) - 1) * self.pitch


def draw_cover(book: CoverText, fallback: tuple[str, ...] = ()) -> bytes:
    """Set a cover from the metadata.

    Words with letters that no face has are left out whole; `uncovered` lists those letters.

    Args:
        book: what the cover says.
        fallback: families, in order, for characters that the theme's faces lack.

    Returns:
        A JPEG of 1600 × 2560 pixels; the same text and faces give the same bytes.
    """
    from PIL import Image, ImageDraw

    digest = hashlib.sha256(_clean(book.title).encode()).digest()
    ground, bright = GROUNDS[digest[0] % len(GROUNDS)]
    # The text is set first: the leaves take the room that it leaves them.
    text = Image.new("L", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(text)
    serif = Typesetter(pen, book, cuts_in_order(SERIF, 400, "normal", fallback))
    slope: Literal["normal", "italic"] = "italic" if book.direction == "ltr" else "normal"  # Arabic has none
    italic = Typesetter(pen, book, cuts_in_order(SERIF, 400, slope, fallback))
    sans = Typesetter(pen, book, cuts_in_order(SANS, 600, "normal", fallback))

    title = serif.fit(book.title, range(236, 63, -4), height=980)
    foot = serif.draw(title, RULE + 90)
    small = max(60, min(76, title.size * 2 // 5)) if title.lines else 76
    foot = italic.draw(italic.fit(book.subtitle, (small,), height=330), foot + 40)
    foot = serif.draw(serif.fit(book.editors, (54, 48), height=250), foot + 70)
    publisher = sans.fit(
        _capitals(book.publisher, book.language), (38, 32), 110, MEASURE * 0.55, tracking=0.16
    )
    sans.draw(publisher, HEIGHT - RULE + 60 - publisher.height, tracking=0.16)

    picture = _leaves(ground, bright, digest, top=foot + 90)
    if book.direction == "rtl":
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    left = MARGIN if book.direction == "ltr" else WIDTH - MARGIN - 150
    ImageDraw.Draw(picture).rectangle((left, RULE, left + 149, RULE + 11), fill=bright)
    picture.paste(PAPER, mask=text)
    return _jpeg(picture)


def uncovered(text: str, fallback: tuple[str, ...] = ()) -> str:
    """List the characters that a cover cannot set, each once, in their order in the text."""
    cuts = cuts_in_order(SERIF, 400, "normal", fallback)
    return "".join(dict.fromkeys(c for c in _clean(text) if not _settable(c, cuts)))


def fit_cover(picture: bytes) -> bytes:
    """Make a given picture fit for a cover.

    Args:
        picture: a file's bytes: JPEG, PNG, WebP, GIF, TIFF or BMP.

    Returns:
        An upright JPEG in sRGB within 1600 × 2560 pixels, never enlarged, without metadata.

    Raises:
        ValueError: this is no picture, it is damaged, or it has more than 50 million pixels.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # Pillow's own limit is higher than ours and only warns.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            source = Image.open(BytesIO(picture), formats=("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"))
    except Image.DecompressionBombError as error:
        raise ValueError("the picture has more than 50 million pixels: save a smaller one") from error
    except UnidentifiedImageError as error:
        raise ValueError("this is no JPEG, PNG, WebP, GIF, TIFF or BMP picture") from error
    with source:
        width, height = source.size
        if width * height > MOST_PIXELS:
            raise ValueError(
                f"the picture has {width} × {height} pixels, more than 50 million: save a smaller one"
            )
        try:
            upright = ImageOps.exif_transpose(source)
            fitted = _in_srgb(upright)
        except Exception as error:  # the readers of the formats fail in ways of their own on damaged files
            raise ValueError(
                "the picture is damaged: open it in an image editor and save it again"
            ) from error
    fitted.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    return _jpeg(fitted)


def _in_srgb(picture: Image.Image) -> Image.Image:
    from PIL import Image, ImageCms

    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):  # greys of 16 bits: Pillow's own conversion would clip them
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    elif profile and picture.mode in {"RGB", "CMYK"}:
        try:
            srgb = ImageCms.createProfile("sRGB")
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(picture, source, srgb, outputMode="RGB") or picture
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that is damaged or of another kind of colour says nothing about these colours
    return picture.convert("RGB")


def _jpeg(picture: Image.Image) -> bytes:
    from PIL import Image

    bare = Image.new("RGB", picture.size)  # Pillow writes a comment that it has read back
    bare.paste(picture)
    target = BytesIO()
    bare.save(target, "JPEG", quality=90, subsampling=0, optimize=True)
    return target.getvalue()


def _leaves(ground: str, bright: str, digest: bytes, top: float) -> Image.Image:
    """Draw a fan of overlapping leaves that rises from the foot of the page as far as `top`.

    The digest chooses their number, their angles and the one that is bright; every choice looks well.
    """
    from PIL import Image, ImageDraw

    count = 6 + digest[1] % 4
    step = 7 + digest[2] % 5
    first = -14 - digest[3] % 14
    marked = 1 + digest[4] % 3
    scale = 2  # drawn larger, for smooth edges
    picture = Image.new("RGB", (WIDTH * scale, HEIGHT * scale), ground)
    pen = ImageDraw.Draw(picture, "RGBA")
    spine_y = HEIGHT * 1.02
    reach = max(500.0, min(1680.0, spine_y - top))  # from the spine to a leaf's far corner
    spine_x = WIDTH - 0.43 * reach
    for number in range(count):
        corners = _leaf(reach, first + number * step)
        outline = [((spine_x + x) * scale, (spine_y + y) * scale) for x, y in corners]
        pen.polygon(outline, fill=(*_rgb(PAPER), 14))
        colour = (*_rgb(bright), 255) if number == marked else (*_rgb(PAPER), 90)
        pen.line([*outline, outline[0]], fill=colour, width=(5 if number == marked else 2) * scale)
    return picture.reduce(scale)


def _leaf(diagonal: float, degrees: float) -> list[tuple[float, float]]:
    """Give the corners of a page of two to three, turned about its lower inner one."""
    width, height = diagonal * 2 / math.sqrt(13), diagonal * 3 / math.sqrt(13)
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    corners = ((0.0, 0.0), (0.0, -height), (width, -height), (width, 0.0))
    return [(x * cosine - y * sine, x * sine + y * cosine) for x, y in corners]


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _clean(text: str) -> str:
    """Keep what is printed: one space between words, no control characters, letters composed."""
    text = unicodedata.normalize("NFC", re.sub(r"[^\S\u00a0\u202f\u2007]+", " ", text))
    text = re.sub(r"(?<=[«‹]) | (?=[»›:;!?–—])", "\u00a0", text.translate(_NO_BREAK))
    kept = (c for c in text if c in _JOINERS or unicodedata.category(c)[0] != "C")
    return re.sub(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]", "", "".join(kept)).strip()


def _settable(character: str, cuts: Sequence[Cut]) -> bool:
    if character in _JOINERS:
        return True  # these only say how their neighbours look
    if not can_shape() and (
        unicodedata.bidirectional(character) in {"R", "AL", "AN"} or unicodedata.category(character)[0] == "M"
    ):
        return False
    return any(cut.draws(character) for cut in cuts)


def _settable_text(text: str, cuts: Sequence[Cut]) -> str:
    """Leave out words with letters, and single symbols, that cannot be set; nothing where no letter is left."""
    text = _clean(text)[:_LONGEST]
    missing = {c for c in text if not _settable(c, cuts)}
    if not can_shape():
        text = text.translate(dict.fromkeys(map(ord, _JOINERS)))
    if not missing:
        return text
    unreadable = {c for c in missing if unicodedata.category(c)[0] in "LMN"}
    words = (
        "".join(c for c in word if c not in missing)
        for word in text.split(" ")
        if not unreadable.intersection(word)
    )
    kept = " ".join(word for word in words if word.strip(_JOINERS))
    return kept if any(c.isalnum() for c in kept) else ""


def _capitals(text: str, language: str) -> str:
    if language.split("-")[0] in {"tr", "az"}:
        text = text.replace("i", "İ")
    return text.upper()


def _words(text: str) -> list[Word]:
    """Part text where a line may end."""
    words: list[Word] = []
    for chunk in text.split(" "):
        parts = [part for part in re.split(r"(?<=[-‐–—/])(?=\w)", chunk) if part]
        pieces = [piece for part in parts for piece in _parted_ideographs(part)]
        for number, piece in enumerate(pieces):
            last = number == len(pieces) - 1
            words.append(piece._replace(gap=" " if last else ""))
    return [
        # A short word at a line's end belongs with the next: "of", "the", "und".
        word._replace(cost=0.25)
        if word.gap and len(word.text) <= 3 and not _ideograph(word.text[-1])
        else word
        for word in words
    ]


def _parted_ideographs(text: str) -> list[Word]:
    pieces: list[Word] = []
    start = 0
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        if not (_ideograph(before) or _ideograph(after)) or after in _NO_LINE_BEGINS_WITH:
            continue
        if unicodedata.category(before) in {"Ps", "Pi"} or unicodedata.category(after) in {"Pe", "Pf", "Mn"}:
            continue
        # In Japanese a phrase mostly ends in hiragana, and the next begins with something else.
        phrase = not _hiragana(after) and (_hiragana(before) or unicodedata.category(before)[0] == "P")
        pieces.append(Word(text[start:place], "", 0.0 if phrase else 0.8 if _hiragana(after) else _BAD))
        start = place
    return [*pieces, Word(text[start:], "")]


def _hiragana(character: str) -> bool:
    return "\u3041" <= character <= "\u309f"


def _ideograph(character: str) -> bool:
    """Tell whether lines may be broken beside a character: ideographs and kana, but no hangul."""
    return unicodedata.east_asian_width(character) in "WF" and not "\uac00" <= character <= "\ud7a3"


def _broken_lines(
    words: Sequence[Word], widths: Sequence[float], space: float, measure: float
) -> list[range] | None:
    """Part words into lines of like length; None where a word is wider than the measure."""
    count = len(words)
    costs = [0.0] + [math.inf] * count
    starts = [0] * (count + 1)
    for end in range(1, count + 1):
        width = 0.0
        for start in range(end - 1, -1, -1):
            width += widths[start] + (space if start < end - 1 and words[start].gap else 0.0)
            if width > measure:
                break
            slack = 1 - width / measure
            ending = words[end - 1].cost if end < count else 0.0
            cost = costs[start] + slack * slack + ending * ending
            if cost < costs[end]:
                costs[end], starts[end] = cost, start
    if math.isinf(costs[count]):
        return None
    lines: list[range] = []
    end = count
    while end:
        lines.insert(0, range(starts[end], end))
        end = starts[end]
    return lines


def _letters(words: Iterable[Word]) -> list[Word]:
    """Part words wherever no mark is torn from its letter: the last resort for a word wider than any cover."""
    letters: list[Word] = []
    for word in words:
        clusters = re.findall(r"(?s).[\u200c\u200d\ufe0f]*", word.text)
        joined: list[str] = []
        for cluster in clusters:
            if joined and unicodedata.category(cluster[0])[0] == "M":
                joined[-1] += cluster
            else:
                joined.append(cluster)
        letters.extend(Word(cluster, "", 1.0) for cluster in joined[:-1])
        letters.append(Word(joined[-1], word.gap, word.cost))
    return letters


def _is_calm(lines: Sequence[range], words: Sequence[Word], widths: Sequence[float]) -> bool:
    """Tell whether lines are few, of like length, and end where a reader would pause."""
    lengths = [sum(widths[line.start : line.stop]) for line in lines]
    ends = (words[line.stop - 1].cost for line in lines[:-1])
    return len(lines) <= 4 and min(lengths) >= 0.45 * max(lengths) and all(cost < _BAD for cost in ends)


class Typesetter:
    """Breaks, measures and draws text in the faces of one style."""

    def __init__(self, pen: ImageDraw.ImageDraw, book: CoverText, cuts: tuple[Cut, ...]) -> None:
        self.pen = pen
        self.cuts = cuts
        self.direction = book.direction
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
    ) -> Block:
        """Choose the largest size in which text fits, with calm lines where a little less size gives them.

        Args:
            text: one paragraph.
            sizes: from the largest to the smallest, in pixels.
            height: what the block may take up, in pixels.
            measure: the longest line, in pixels.
            tracking: space between letters, in ems.

        Returns:
            The lines; those that do not fit in the smallest size are cut at a word with an ellipsis.
        """
        text = _settable_text(text, self.cuts)
        if not text:
            return Block((), 0, 0)
        words = _words(text)
        widths = [self._width(word.text, _REFERENCE, tracking) / _REFERENCE for word in words]
        space = self._width(" ", _REFERENCE, tracking) / _REFERENCE
        measure *= 0.985  # glyphs are fitted to whole pixels: widths are not quite in proportion
        largest: Block | None = None
        for size in (*sizes, *_SMALLER) if max(widths) * sizes[-1] > measure else sizes:
            lines = _broken_lines(words, [width * size for width in widths], space * size, measure)
            pitch = size * self._leading(text, size)
            if lines is None or len(lines) * pitch > height:
                continue
            block = Block(tuple(_joined(words[line.start : line.stop]) for line in lines), size, pitch)
            largest = largest or block
            if size < 0.72 * largest.size:
                break
            if _is_calm(lines, words, widths):
                return block
        return largest or self._cut(text, sizes[-1], height, measure, tracking)

    def _cut(self, text: str, size: int, height: float, measure: float, tracking: float) -> Block:
        words = _words(text)
        if any(self._width(word.text, size, tracking) > measure for word in words):
            words = _letters(words)
        pitch = size * self._leading(text, size)
        lines: list[list[Word]] = [[]]
        for word in words:
            if lines[-1] and self._width(_joined([*lines[-1], word]), size, tracking) > measure:
                lines.append([])
            lines[-1].append(word)
        last = max(0, int(height // pitch) - 1)
        texts = [_joined(line) for line in lines[: last + 1]]
        if len(lines) > last + 1:
            kept = lines[last]
            while len(kept) > 1 and self._width(_ellipsis(kept), size, tracking) > measure:
                kept.pop()
            texts[last] = _ellipsis(kept)
        return Block(tuple(texts), size, pitch)

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
        return sum(self._piece_width(piece, cut, size, tracking) for piece, cut in self._in_order(text))

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


def _joined(words: Sequence[Word]) -> str:
    return "".join(word.text + word.gap for word in words).strip()


def _ellipsis(words: Sequence[Word]) -> str:
    return _joined(words).rstrip(" ,;:.–—-") + "…"
