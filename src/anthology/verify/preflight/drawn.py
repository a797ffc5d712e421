"""What a page draws, as far as printers ask: values without the objects of a PDF, but for its fonts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object

    from anthology.printers import Colour


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a page prints it: its name, pixels across and down, and inches; `masks` tells that it is a stencil."""

    name: str
    pixels: tuple[int, int]
    inches: tuple[float, float]
    process: Colour | None
    masks: bool = False


@dataclass(slots=True)
class PageContent:
    """What a page draws.

    `painted` tells by which operators or objects each process is painted; `text` are colours of text that is not
    black; `ink` is the most ink of a colour that is set, in per cent; `transparent` is what is transparent; `fonts` are
    the font dictionaries; `fault` says why the page cannot be read.
    """

    painted: dict[Colour, set[str]] = field(default_factory=dict)
    text: set[str] = field(default_factory=set)
    ink: float = 0.0
    pictures: list[Picture] = field(default_factory=list)
    transparent: set[str] = field(default_factory=set)
    fonts: list[Object] = field(default_factory=list)
    fault: str = ""


def sizes(pictures: list[Picture]) -> Iterator[tuple[Picture, float]]:
    """Give pictures with the pixels per inch at which they are printed, the less of across and down."""
    for picture in pictures:
        inches = [length for length in picture.inches if length > 0]
        if len(inches) == 2:
            yield picture, min(count / length for count, length in zip(picture.pixels, inches, strict=True))
