"""The cover of the e-book: set from the metadata, or a given picture made fit."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
import warnings
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from anthology.fonts import SANS, SERIF, theme_faces
from anthology.installed_fonts import drawable_characters, find_face

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1600, 2560  # pixels: what the shops ask for
MARGIN = 160
MEASURE = WIDTH - 2 * MARGIN
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
_JOINERS = "\u200c\u200d"
_NO_LINE_BEGINS_WITH = "、。，．・：；？！）」』】〕〉》ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々…‥〜"  # fmt: skip


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


class Cut(NamedTuple):
    """A face as a file, the face's index in it, and the code points it can draw."""

    path: Path
    index: int
    characters: frozenset[int]


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
        return len(self.lines) * self.pitch


def draw_cover(book: CoverText, fallback: tuple[str, ...] = ()) -> bytes:
    """Set a cover from the metadata.

    Words with letters that no face has are left out whole; `uncovered` lists those letters.

    Args:
        book: what the cover says.
        fallback: families, in order, for characters that the theme's faces lack.

    Returns:
        A JPEG of 1600 × 2560 pixels; the same text and faces give the same bytes.
    """
    from PIL import ImageDraw

    digest = hashlib.sha256(_clean(book.title).encode()).digest()
    picture, bright = _leaves(digest, mirrored=book.direction == "rtl")
    pen = ImageDraw.Draw(picture)
    serif = Typesetter(pen, book, _cuts(SERIF, 400, "normal", fallback))
    italic = Typesetter(pen, book, _cuts(SERIF, 400, "italic", fallback))
    sans = Typesetter(pen, book, _cuts(SANS, 600, "normal", fallback))

    top = 250.0
    pen.rectangle(_rule(book.direction, top), fill=bright)
    title = serif.fit(book.title, range(236, 47, -4), height=1060)
    top = serif.draw(title, top + 90)
    small = max(46, min(76, round(title.size * 0.42))) if title.lines else 76
    italic.draw(italic.fit(book.subtitle, (small,), height=330), top + 55)

    publisher = sans.fit(_capitals(book.publisher, book.language), (38, 34, 30), height=60, tracking=0.16)
    foot = HEIGHT - 190 - publisher.height
    sans.draw(publisher, foot, tracking=0.16)
    editors = serif.fit(book.editors, (64, 58, 52, 46), height=250)
    serif.draw(editors, foot - (70 if publisher.lines else 0) - editors.height)
    return _jpeg(picture)


def uncovered(text: str, fallback: tuple[str, ...] = ()) -> str:
    """List the characters that a cover cannot set, each once, in their order in the text."""
    cuts = _cuts(SERIF, 400, "normal", fallback)
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
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            # Pillow's own limit is higher than ours and only warns.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            source = Image.open(BytesIO(picture), formats=("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"))
    except Image.DecompressionBombError as error:
        raise ValueError("the picture has more than 50 million pixels: save a smaller one") from error
    except Image.UnidentifiedImageError as error:
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
            raise ValueError("the picture is damaged: open it in an image editor and save it again") from error
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


def _leaves(digest: bytes, *, mirrored: bool) -> tuple[Image.Image, str]:
    """Draw the ground and its fan of leaves, and name the bright colour; the digest chooses among harmonious ones."""
    from PIL import Image, ImageDraw

    ground, bright = GROUNDS[digest[0] % len(GROUNDS)]
    count = 6 + digest[1] % 4
    step = 7 + digest[2] % 5
    first = -12 - digest[3] % 16
    marked = digest[4] % (count - 2) + 1
    scale = 2  # drawn larger, for smooth edges
    picture = Image.new("RGB", (WIDTH * scale, HEIGHT * scale), ground)
    pen = ImageDraw.Draw(picture, "RGBA")
    spine = (WIDTH * 0.56, HEIGHT * 1.02)
    for number in range(count):
        corners = _leaf(spine, 940, 1400, first + number * step)
        outline = [(x * scale, y * scale) for x, y in corners]
        pen.polygon(outline, fill=(247, 242, 232, 14))
        colour = (*_rgb(bright), 255) if number == marked else (247, 242, 232, 90)
        pen.line([*outline, outline[0]], fill=colour, width=(5 if number == marked else 2) * scale)
    picture = picture.reduce(scale)
    if mirrored:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return picture, bright


def _leaf(spine: tuple[float, float], width: float, height: float, degrees: float) -> list[tuple[float, float]]:
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    corners = ((0.0, 0.0), (0.0, -height), (width, -height), (width, 0.0))
    return [(spine[0] + x * cosine - y * sine, spine[1] + x * sine + y * cosine) for x, y in corners]


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _rule(direction: str, top: float) -> tuple[float, float, float, float]:
    left = MARGIN if direction == "ltr" else WIDTH - MARGIN - 150
    return (left, top, left + 149, top + 11)


def _cuts(
    family: str, weight: int, style: Literal["normal", "italic"], fallback: Iterable[str]
) -> tuple[Cut, ...]:
    """List faces in order of preference: the wished one, the theme's upright serif, the fallback families'."""
    wished = ((family, weight, style), (SERIF, 400, "normal"))
    faces = {(face.family, face.weight, face.style): face.path for face in theme_faces()}
    places = [(faces[key], 0) for key in wished]
    places.extend(place for place in map(find_face, fallback) if place)
    return tuple(Cut(path, index, drawable_characters(path, index)) for path, index in dict.fromkeys(places))


def _clean(text: str) -> str:
    """Keep what is printed: one space between words, no control characters, letters composed."""
    text = unicodedata.normalize("NFC", re.sub(r"[^\S\u00a0\u202f\u2007]+", " ", text)).translate(_NO_BREAK)
    kept = (c for c in text if c in _JOINERS or unicodedata.category(c)[0] != "C")
    return "".join(kept).strip()


def _shaping() -> bool:
    from PIL import features

    return bool(features.check("raqm"))


def _settable(character: str, cuts: Sequence[Cut]) -> bool:
    if character in _JOINERS or "\ufe00" <= character <= "\ufe0f":
        return True  # these only say how their neighbours look
    if not _shaping() and (
        unicodedata.bidirectional(character) in {"R", "AL", "AN"} or unicodedata.category(character)[0] == "M"
    ):
        return False
    return any(ord(character) in cut.characters for cut in cuts)


def _settable_text(text: str, cuts: Sequence[Cut]) -> str:
    """Leave out words with letters, and single symbols, that cannot be set; nothing where no letter is left."""
    words = []
    for word in _clean(text).split(" "):
        missing = [c for c in word if not _settable(c, cuts)]
        if not any(unicodedata.category(c)[0] in "LMN" for c in missing):
            words.append("".join(c for c in word if c not in missing))
    kept = " ".join(word for word in words if word.strip("\ufe0f\u200d"))
    return kept if any(c.isalnum() for c in kept) else ""


def _capitals(text: str, language: str) -> str:
    if language.split("-")[0] in {"tr", "az"}:
        text = text.replace("i", "İ")
    return text.upper()


def _words(text: str) -> list[Word]:
    """Part text where a line may end."""
    words: list[Word] = []
    for chunk in text[:_LONGEST].split(" "):
        parts = [part for part in re.split(r"(?<=[-‐–—/])(?=\w)", chunk) if part]
        pieces = [piece for part in parts for piece in _parted_ideographs(part)]
        for number, piece in enumerate(pieces):
            last = number == len(pieces) - 1
            words.append(piece._replace(gap=" " if last else ""))
    return [
        # A short word at a line's end belongs with the next: "of", "the", "und".
        word._replace(cost=0.25) if word.gap and len(word.text) <= 3 and not _ideograph(word.text[-1]) else word
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
        pieces.append(Word(text[start:place], "", 0.0 if phrase else 0.35))
        start = place
    return [*pieces, Word(text[start:], "")]


def _hiragana(character: str) -> bool:
    return "\u3041" <= character <= "\u309f"


def _ideograph(character: str) -> bool:
    """Tell whether lines may be broken beside a character: ideographs and kana, but no hangul."""
    return unicodedata.east_asian_width(character) in "WF" and not "\uac00" <= character <= "\ud7a3"


def _broken_lines(words: Sequence[Word], widths: Sequence[float], space: float, measure: float) -> list[range] | None:
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


class Typesetter:
    """Breaks, measures and draws text in the faces of one style."""

    def __init__(self, pen: ImageDraw.ImageDraw, book: CoverText, cuts: tuple[Cut, ...]) -> None:
        self.pen = pen
        self.cuts = cuts
        self.direction = book.direction
        # Without libraqm Pillow refuses to be told a direction or a language.
        self.script: dict[str, Any] = (
            {"direction": book.direction, "language": book.language.split("-")[0] or None} if _shaping() else {}
        )

    def fit(self, text: str, sizes: Iterable[int], height: float, tracking: float = 0.0) -> Block:
        """Choose the largest size in which text fits, with calm lines where a little less size gives them.

        Args:
            text: one paragraph.
            sizes: from the largest to the smallest, in pixels.
            height: what the block may take up, in pixels.
            tracking: space between letters, in ems.

        Returns:
            The lines; those that do not fit in the smallest size are cut at a word with an ellipsis.
        """
        words = _words(_settable_text(text, self.cuts))
        if not words or not words[0].text:
            return Block((), 0, 0)
        leading = self._leading(text)
        widths = [self._width(word.text, _REFERENCE, tracking) / _REFERENCE for word in words]
        space = self._width(" ", _REFERENCE, tracking) / _REFERENCE
        largest: Block | None = None
        sizes = tuple(sizes)
        for size in sizes:
            ranges = _broken_lines(words, [w * size for w in widths], space * size, MEASURE * 0.985)
            if ranges is None or len(ranges) * size * leading > height:
                continue
            block = Block(tuple(_joined(words[r.start : r.stop]) for r in ranges), size, size * leading)
            if largest and size < 0.72 * largest.size:
                break
            largest = largest or block
            lengths = [sum(widths[r.start : r.stop]) for r in ranges]
            if len(ranges) <= 4 and min(lengths) >= 0.45 * max(lengths):
                return block
        return largest or self._cut(words, sizes[-1], leading, height, tracking)

    def _cut(self, words: list[Word], size: int, leading: float, height: float, tracking: float) -> Block:
        if any(self._width(word.text, size, tracking) > MEASURE for word in words):
            words = _letters(words)
        most = max(1, int(height // (size * leading)))
        lines: list[list[Word]] = [[]]
        for word in words:
            if lines[-1] and self._width(_joined([*lines[-1], word]), size, tracking) > MEASURE * 0.985:
                lines.append([])
            lines[-1].append(word)
        if len(lines) > most:
            last = lines[most - 1]
            while len(last) > 1 and self._width(_ellipsis(last), size, tracking) > MEASURE * 0.985:
                last.pop()
            texts = [*map(_joined, lines[: most - 1]), _ellipsis(last)]
        else:
            texts = [_joined(line) for line in lines]
        return Block(tuple(texts), size, size * leading)

    def draw(self, block: Block, top: float, tracking: float = 0.0) -> float:
        """Draw a block from `top` downwards, its ink flush with the margin where reading begins; give its foot."""
        baseline = top + block.pitch * 0.75
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
        font = _font(cut, size)
        if not tracking or not _trackable(text):
            self.pen.text((x, baseline), text, PAPER, font, anchor="ls", **self.script)
            return
        for character in text:
            self.pen.text((x, baseline), character, PAPER, font, anchor="ls", **self.script)
            x += font.getlength(character, **self.script) + tracking * size

    def _bearing(self, pieces: Sequence[tuple[str, Cut]], size: int) -> float:
        """How far the ink of the first letter stands from its line's edge; moved by that, edges align."""
        text, cut = pieces[0] if self.direction == "ltr" else pieces[-1]
        font = _font(cut, size)
        left, _, right, _ = font.getbbox(text, anchor="ls", **self.script)
        return -left if self.direction == "ltr" else font.getlength(text, **self.script) - right

    def _width(self, text: str, size: int, tracking: float) -> float:
        return sum(self._piece_width(piece, cut, size, tracking) for piece, cut in self._in_order(text))

    def _piece_width(self, text: str, cut: Cut, size: int, tracking: float) -> float:
        width = _font(cut, size).getlength(text, **self.script)
        return width + (len(text) * tracking * size if tracking and _trackable(text) else 0.0)

    def _leading(self, text: str) -> float:
        """From baseline to baseline, in ems: as much as the tallest face in the text needs."""
        used = {cut for _, cut in self._pieces(_settable_text(text, self.cuts))}
        return 0.88 * max(sum(_font(cut, _REFERENCE).getmetrics()) / _REFERENCE for cut in used)

    def _pieces(self, text: str) -> list[tuple[str, Cut]]:
        """Part text by the face that draws it: letters choose, spaces and signs go with the letters beside them."""
        chosen: list[Cut | None] = [None] * len(text)
        for place, character in enumerate(text):
            if unicodedata.category(character)[0] in "LM":
                chosen[place] = self._first_with(character)
        for place, character in enumerate(text):
            if chosen[place] is None:
                before = chosen[place - 1] if place else None
                after = next((cut for cut in chosen[place:] if cut), None)
                opening = unicodedata.category(character) in {"Ps", "Pi"}
                near = (after, before) if opening else (before, after)
                chosen[place] = next(
                    (cut for cut in near if cut and _draws(cut, character)), self._first_with(character)
                )
        pieces: list[tuple[str, Cut]] = []
        for character, cut in zip(text, chosen, strict=True):
            assert cut
            if pieces and pieces[-1][1] == cut:
                pieces[-1] = (pieces[-1][0] + character, cut)
            else:
                pieces.append((character, cut))
        return pieces

    def _first_with(self, character: str) -> Cut:
        return next((cut for cut in self.cuts if _draws(cut, character)), self.cuts[0])

    def _in_order(self, text: str) -> list[tuple[str, Cut]]:
        """Give the pieces of a line from left to right.

        Inside a piece libraqm sees to the order; neighbours that run against the line keep their own order.
        """
        if not _shaping():
            return self._pieces(text)
        groups: list[list[tuple[str, Cut]]] = []
        against = False
        for piece in self._pieces(text):
            before, against = against, _runs(piece[0], self.direction) != self.direction
            if against and before:
                groups[-1].append(piece)
            else:
                groups.append([piece])
        if self.direction == "rtl":
            return [piece for group in reversed(groups) for piece in group]
        return [piece for group in groups for piece in reversed(group)]


def _draws(cut: Cut, character: str) -> bool:
    return ord(character) in cut.characters


def _runs(text: str, default: Literal["ltr", "rtl"]) -> Literal["ltr", "rtl"]:
    kinds = {unicodedata.bidirectional(character) for character in text}
    if kinds & {"R", "AL"}:
        return "rtl"
    return "ltr" if "L" in kinds else default


def _trackable(text: str) -> bool:
    return not any(
        unicodedata.bidirectional(c) in {"R", "AL", "AN", "NSM"} or unicodedata.category(c)[0] == "M" for c in text
    )


@lru_cache(maxsize=64)
def _font(cut: Cut, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    engine = ImageFont.Layout.RAQM if _shaping() else ImageFont.Layout.BASIC
    return ImageFont.truetype(cut.path, size, index=cut.index, layout_engine=engine)


def _joined(words: Sequence[Word]) -> str:
    return "".join(word.text + word.gap for word in words).strip()


def _ellipsis(words: Sequence[Word]) -> str:
    return _joined(words).rstrip(" ,;:.–—-") + "…"
