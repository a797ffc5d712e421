"""The media that style sheets are made ready for: the e-book, and paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.drawings import clean_drawing, is_drawing
from anthology.images import bare, facts_of, fit
from anthology.layout.base import STYLED

if TYPE_CHECKING:
    from collections.abc import Callable

# The faces that are core media types (EPUB 3.3, 3.2), by what their files begin with.
_FACES = {b"OTTO": "otf", b"\0\1\0\0": "ttf", b"true": "ttf", b"wOFF": "woff", b"wOF2": "woff2"}


@dataclass(frozen=True, slots=True)
class Medium:
    """What style sheets are made ready for.

    Arguments: the code of what is left out, and the words for the edition, for what it opens, and for who knows its
    files; how a picture is made ready, which gives suffix, media type and bytes; properties that it does not have;
    the `@media` of which it loses nothing; what stands before the name of a file in its address.
    """

    code: str
    edition: str
    opens: str
    knows: str
    picture: Callable[[bytes], tuple[str, str, bytes]]
    without: frozenset[str]
    other: frozenset[str]
    prefix: str = ""

    def ready(self, data: bytes) -> tuple[str, str, bytes]:
        """Give suffix, media type and bytes of a file as it is taken in, by what is in it; raises for what is unknown."""
        if data[:4] in _FACES:
            suffix = _FACES[data[:4]]
            return suffix, f"font/{suffix}", data
        if is_drawing(data):
            return "svg", "image/svg+xml", clean_drawing(data)
        return self.picture(data)


def _fitted(data: bytes) -> tuple[str, str, bytes]:
    made = fit(data)
    return made.suffix, made.media_type, made.data


def _bared(data: bytes) -> tuple[str, str, bytes]:
    media_type = facts_of(data).media_type
    return media_type.rpartition("/")[2], media_type, bare(data)


E_BOOK = Medium(
    "S007",
    "e-book",
    "an e-book opens",
    "e-readers know",
    _fitted,
    frozenset({"direction", "unicode-bidi"}),
    frozenset({"print", "only print", "onlyprint"}),
)
PAPER = Medium(
    "S008",
    "PDF",
    "a PDF opens",
    "can be printed",
    _bared,
    frozenset(),
    frozenset({"screen", "only screen", "onlyscreen"}),
    STYLED,
)
