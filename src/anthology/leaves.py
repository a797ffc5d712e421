"""Leaves: the typeset pages of one document each, in pieces that a binder can put together.

Nothing here knows the typesetting engine or the PDF library: these values walk from processes to cache to binder.
"""

from __future__ import annotations

import pickle
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anthology.model import Document
    from anthology.pages import PageStart
    from anthology.wording import Fault

Side = Literal["left", "right"]

# Numbers in a template that stand for what only the binder knows; those from 0 on are objects of the leaf itself.
PARENT = -1
FONTS = -2
FIRST_TITLE = -100
FIRST_KEY = -100_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the pages are made with.

    `width` and `height` in millimetres; `styles` are style sheets in the order of the cascade; `language` and
    `direction` are the book's; `fallback` are families for scripts that the theme's faces lack; `variant` is the
    PDF standard to keep to, as WeasyPrint names it. `gutter` and `safety` are the least margins inside and on the other
    sides, `bleed` is how far pages reach beyond the trim on every side, all in millimetres. `colour` is what is
    printed with, `icc` the profile of the press that colours are separated for, if any; `flat` tells that nothing
    may be transparent, `tagged` that readers will hear the file and follow its links. `stamp` is a word on every page.
    `resources` are files that the styles name, by path within styles/.
    """

    width: float
    height: float
    styles: tuple[str, ...]
    language: str
    direction: Literal["ltr", "rtl"]
    fallback: tuple[str, ...] = ()
    variant: str = ""
    gutter: float = 0.0
    safety: float = 0.0
    bleed: float = 0.0
    colour: Literal["rgb", "gray", "cmyk"] = "rgb"
    icc: bytes = field(default=b"", repr=False)
    flat: bool = False
    tagged: bool = True
    stamp: str = ""
    resources: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class LeafTask:
    """One document to be set.

    `widths` are the figures that each slot has room for, by what it points to; `side` is the side of the first
    page where the styles tell sides apart, else empty; `pictures` are bytes and media types by key; `blocks` gives
    the digest and the number of letters of each block's words by id; `known_faces` are the digests of faces whose files need
    not be sent along.
    """

    document: Document
    sheet: Sheet
    pictures: Mapping[str, tuple[bytes, str]]
    widths: Mapping[str, int]
    side: Side | None = None
    blocks: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    known_faces: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Template:
    """PDF syntax with `%d` for each number that the binder puts in: `numbers` are objects of the leaf, or special.

    Several objects are parted by NUL, which no object of ours contains.
    """

    text: bytes
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LeafStream:
    """A stream object (ISO 32000-1, 7.3.8): its number in the leaf, its dictionary without `Length`, its data as stored."""

    number: int
    dictionary: Template
    data: bytes


@dataclass(frozen=True, slots=True)
class LeafFont:
    """A font as a leaf uses it: which face, under which name in content streams, and which glyphs of it.

    `face` is the digest of the face's file and `number` the face's place in it; `widths` are in thousandths of the
    type size by glyph id; `letters` is the text of each glyph.
    """

    key: str
    face: str
    number: int
    name: str
    family: str
    flags: int
    ascent: int
    descent: int
    italic_angle: int
    widths: Mapping[int, float]
    letters: Mapping[int, str]


class Glyph(NamedTuple):
    """A glyph of a font: its id, and its width in thousandths of the type size."""

    id: int
    width: float


@dataclass(frozen=True, slots=True)
class Blank:
    """A place in a page's content where a page number will be written.

    `target` names what the number is that of; empty, it is that of the page itself. `font` is the key of the font,
    `size` and `capacity` (the room there is) in units of the content. `figures` are the glyphs to write with; where
    there are none, the face's lining tabular figures are taken. `spacing` is put between them, in thousandths of the
    type size.
    """

    target: str
    font: str
    size: float
    capacity: float
    figures: Mapping[str, Glyph] = field(default_factory=dict)
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Fill:
    """The operand of a text-showing operator that holds a blank, with what stands before and behind it."""

    blank: int
    before: bytes = b""
    after: bytes = b""


@dataclass(frozen=True, slots=True)
class Shift:
    """The x of a text matrix, moved by a part of what a number leaves of its blank."""

    blank: int
    x: float
    part: float


Piece = bytes | Fill | Shift


@dataclass(frozen=True, slots=True)
class Content:
    """What is drawn on a page: `head` is compressed (zlib) and stays as it is, `tail` has the blanks."""

    head: bytes
    tail: tuple[Piece, ...] = ()
    blanks: tuple[Blank, ...] = ()


class FrameKind(NamedTuple):
    """What decides which furniture a page has: its name in the styles, and its place in the book's pages."""

    name: str
    first: bool
    blank: bool
    side: Side


@dataclass(frozen=True, slots=True)
class FrameRules:
    """What the styles say of a kind of page: which strings its margins print, and where its type area lies.

    `area` is left, top, width and height in points from the top left corner. `plain` tells that a page of this kind
    differs from one of the other side in nothing but the place of its type area and its furniture.
    """

    strings: tuple[str, ...]
    area: tuple[float, float, float, float]
    plain: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The furniture of a page: its kind, the strings that its margins print (name, first and last), its numerals."""

    kind: FrameKind
    strings: tuple[tuple[str, str, str], ...] = ()
    roman: bool = False


@dataclass(frozen=True, slots=True)
class Furniture:
    """Running heads and folio as they are drawn, with all that they need; numbered as a leaf's objects without pages."""

    content: Content
    objects: Template = Template(b"")
    streams: tuple[LeafStream, ...] = ()
    resources: Mapping[str, Mapping[str, Template]] = field(default_factory=dict)
    fonts: tuple[LeafFont, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesTask:
    """Kinds of pages whose rules are wanted; `strings` are all that pages of the book set."""

    kinds: tuple[FrameKind, ...]
    strings: tuple[str, ...]
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class RulesRead:
    """The rules of each kind of page, and what the engine had to say of the style sheets."""

    rules: Mapping[FrameKind, FrameRules]
    complaints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FramesTask:
    """Frames to be set, all with figures of one kind; see `LeafTask` for the rest."""

    frames: tuple[Frame, ...]
    sheet: Sheet
    known_faces: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FramesSet:
    """What comes of setting frames: the furniture of each in their order, and font files as in `Setting`."""

    furniture: tuple[Furniture, ...]
    faces: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class LeafPage:
    """A page of a leaf as it is drawn: its PDF boxes by name, in points, its content, and its annotations' numbers."""

    boxes: Mapping[str, tuple[float, float, float, float]]
    content: Content
    annotations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline: its level from 1, its words, the page of the leaf and the place on it in points."""

    level: int
    title: str
    page: int
    x: float
    y: float
    open: bool


@dataclass(frozen=True, slots=True)
class LeafBody:
    """What is bound of a leaf.

    Its objects are numbered from 0: the pages, then those of `objects`, where `null` stands for each of `streams`.
    `tops` are the topmost structure elements, `parents` the leaf's part of the parent tree (ISO 32000-1, 14.7.4.4),
    with `keys` numbers in it: first those of the pages.
    """

    pages: tuple[LeafPage, ...]
    objects: Template
    streams: tuple[LeafStream, ...]
    tops: tuple[int, ...]
    parents: Template
    keys: int
    resources: Mapping[str, Mapping[str, Template]]
    fonts: tuple[LeafFont, ...]
    bookmarks: tuple[Bookmark, ...]
    intents: tuple[Template, ...] = ()

    def packed(self) -> bytes:
        """Make few bytes of it: a book of thousands of leaves is bound with one of them open at a time."""
        return zlib.compress(pickle.dumps(self), 6)


class SideBreaks(NamedTuple):
    """On which side the styles want pages to begin: `left`, `right`, `recto` or `verso`, or empty for any.

    `before` is asked for the first page of a document, `after` for the page behind its last; `within` tells that some
    page between is to be on one side as well.
    """

    before: str
    after: str
    within: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """The typeset pages of one document, which know neither their place in the book nor their furniture.

    `frames` and `strings` give for each page its kind and the strings that its margins may print, first and last.
    `titles` names the link targets whose titles the links are described by, `slots` those whose page numbers are
    printed. `anchors` gives page and place in points of every id; `starts` where in the text each page begins;
    `breaks` on which side the styles want the leaf to begin, and what follows it.
    """

    name: str
    frames: tuple[FrameKind, ...]
    strings: tuple[Mapping[str, tuple[str, str]], ...]
    anchors: Mapping[str, tuple[int, float, float]]
    starts: tuple[PageStart | None, ...]
    titles: tuple[str, ...]
    slots: tuple[str, ...]
    breaks: SideBreaks
    body: bytes = field(repr=False)
    faces: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()
    complaints: tuple[str, ...] = ()

    def open(self) -> LeafBody:
        """Unpack what is bound of it."""
        body = pickle.loads(
            zlib.decompress(self.body)
        )  # made by our own workers, and digested where it was kept
        assert isinstance(body, LeafBody)
        return body


@dataclass(frozen=True, slots=True)
class Setting:
    """What comes of setting: the leaf, and the font files that were not known to who asked for it, by digest."""

    leaf: Leaf
    faces: Mapping[str, bytes]
