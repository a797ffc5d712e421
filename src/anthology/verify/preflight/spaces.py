"""Colour spaces (ISO 32000-1, 8.6): with which process colours something is printed in the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Object, Stream

if TYPE_CHECKING:
    from anthology.printers import Colour

_DEVICE: dict[str, Colour] = {
    "/DeviceGray": "gray",
    "/G": "gray",
    "/CalGray": "gray",
    "/DeviceRGB": "rgb",
    "/RGB": "rgb",
    "/CalRGB": "rgb",
    "/Lab": "rgb",
    "/DeviceCMYK": "cmyk",
    "/CMYK": "cmyk",
}
_COMPONENTS: dict[int, Colour] = {1: "gray", 3: "rgb", 4: "cmyk"}

# Spaces lie within spaces (Indexed over Separation over ICCBased); deeper than this is a loop.
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space.

    `kind` is the process of a plain space, or "spot", "pattern", "indexed", "unknown". `process` is what it is printed
    with in the end: that of the base or the alternate; None where nobody can tell. `inks` are the names of spot inks.
    """

    kind: str
    process: Colour | None
    inks: tuple[str, ...] = ()

    def is_paper_or_black(self, values: tuple[float, ...]) -> bool | None:
        """Tell whether a colour is black alone at full strength, or none at all; None where that is not asked."""
        if self.kind == "gray":
            return values[:1] in ((0.0,), (1.0,))
        if self.kind == "cmyk":
            return values in ((0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 0.0, 0.0))
        if self.kind == "spot" and set(self.inks) <= {"/Black", "/All", "/None"}:
            return all(value in (0.0, 1.0) for value in values)
        return None

    def spelt(self, values: tuple[float, ...]) -> str:
        """Spell a colour as printers do: "40 % black", "C0 M100 Y0 K20"."""
        if self.kind == "gray":
            return f"{100 * (1 - values[0]):.0f} % black"
        if self.kind == "cmyk":
            return " ".join(f"{ink}{100 * value:.0f}" for ink, value in zip("CMYK", values, strict=False))
        return f"{100 * values[0]:.0f} % of {self.inks[0].removeprefix('/')}"


GRAY, RGB, CMYK = Space("gray", "gray"), Space("rgb", "rgb"), Space("cmyk", "cmyk")
UNKNOWN = Space("unknown", None)
PATTERN = Space("pattern", None)
_PLAIN: dict[str, Space] = {"gray": GRAY, "rgb": RGB, "cmyk": CMYK}


def space_of(written: Object | Any, resources: Object | None, depth: int = 0) -> Space:
    """Read a colour space.

    Args:
        written: a name or an array, as operators, pictures and shadings give it.
        resources: the resources in which names are looked up.
        depth: how many spaces this one lies in.
    """
    if depth > _DEEPEST or written is None:
        return UNKNOWN
    if isinstance(written, Name):
        return _named(str(written), resources, depth)
    if not isinstance(written, Array) or not len(written):
        return UNKNOWN
    family = str(written[0])
    if family in _DEVICE:
        return _PLAIN[_DEVICE[family]]
    if family == "/ICCBased" and len(written) > 1 and isinstance(written[1], Stream):
        process = _COMPONENTS.get(int(written[1].get("/N", 0)))
        return _PLAIN[process] if process else UNKNOWN
    if family in ("/Indexed", "/I") and len(written) > 1:
        return Space("indexed", space_of(written[1], resources, depth + 1).process)
    if family in ("/Separation", "/DeviceN") and len(written) > 2:
        names = written[1] if isinstance(written[1], Array) else [written[1]]
        inks = tuple(str(name) for name in names)
        return Space("spot", space_of(written[2], resources, depth + 1).process, inks)
    if family == "/Pattern":
        base = space_of(written[1], resources, depth + 1).process if len(written) > 1 else None
        return Space("pattern", base)
    return UNKNOWN


def _named(name: str, resources: Object | None, depth: int) -> Space:
    if name in _DEVICE:
        return _PLAIN[_DEVICE[name]]
    if name == "/Pattern":
        return PATTERN
    spaces = resources.get("/ColorSpace") if isinstance(resources, Dictionary) else None
    found = spaces.get(name) if isinstance(spaces, Dictionary) else None
    return space_of(found, resources, depth + 1) if found is not None else UNKNOWN
