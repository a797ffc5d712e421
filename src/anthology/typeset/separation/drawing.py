"""Separate a whole drawn file: its pages, and what they name."""

from __future__ import annotations

import logging
from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

import pydyf  # type: ignore[import-untyped]  # it ships no types

from anthology.typeset.content import operators
from anthology.typeset.separation.content import rewritten
from anthology.typeset.separation.graphics import UNTURNED, State
from anthology.typeset.separation.grounds import Grounds
from anthology.typeset.separation.inks import PAPER, Colour, Inks, Mask, inks_of
from anthology.typeset.separation.pictures import separate_picture
from anthology.typeset.separation.shadings import DEVICE, cover_of, lightness, separated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anthology.leaves import Sheet
    from anthology.typeset.separation.graphics import Box, Matrix

# Where the engine says what it cannot do; who sets a page listens.
_LOGGER = logging.getLogger("weasyprint")
_MASK = Mask()


class Way(NamedTuple):
    """How things are drawn: with which inks, whether nothing may be transparent, on what, and how much that is covered."""

    inks: Inks
    flat: bool
    alpha: float = 1.0
    ground: Colour = PAPER

    def covering(self, alpha: float, ground: Colour = PAPER) -> Way:
        """Give the way in which a part is drawn that covers so much of a ground; transparent parts are as they are."""
        return self._replace(alpha=self.alpha * alpha, ground=ground) if self.flat else self


def separate(pdf: Any, sheet: Sheet) -> None:
    """Separate a file of the engine's in place, for a sheet that is not in the colours of a screen, or flat.

    What a page has behind something transparent is taken to be white paper, where transparency is worked out.

    Raises ValueError where the sheet's profile does not fit its colours.
    """
    inks = inks_of(sheet)
    # PDF/A-1 knows no transparency (ISO 19005-1, 6.4).
    flat = sheet.flat or sheet.variant.startswith("pdf/a-1")
    if inks.separated or flat:
        File(pdf).separate(Way(inks, flat))


class File:
    """A drawn file, of which each thing is separated once for each way in which it is drawn."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        # The objects as the engine made them, and the number of what was made of each for a way of drawing it.
        self._before: dict[int, Any] = {}
        self._made: dict[tuple[int, Way], int] = {}

    def separate(self, way: Way) -> None:
        """Separate the pages, and then whatever lies in the file and is drawn by none of them."""
        pages = [self._pdf.objects[int(number)] for number in self._pdf.pages["Kids"][::3]]
        resources: dict[int, Any] = {}
        for page in pages:
            stream = self.thing(page["Contents"])
            number = _number(page["Resources"])
            resources[number] = self._pdf.objects[number]
            stream.stream = rewritten(
                operators(stream), Names(self, resources[number], way), State(), Grounds()
            )
        drawn = {*self._made.values(), *self._masks()}
        for thing in list(self._pdf.objects):
            if thing.number not in drawn:
                self._leftover(thing, way)
        for thing in self._pdf.objects:
            if isinstance(thing, pydyf.Dictionary) and "ExtGState" in thing:
                self._clear(thing, way)

    def thing(self, reference: bytes) -> Any:
        """Give the object that is referred to."""
        return self._pdf.objects[_number(reference)]

    def as_drawn(self, reference: bytes) -> Any:
        """Give the object that is referred to as the engine made it."""
        return self._before.get(_number(reference), self.thing(reference))

    def version(self, reference: bytes, way: Way, make: Any) -> tuple[int, bool]:
        """Give the number of an object as it is drawn in a way, and whether it stands where the engine put it.

        `make` changes an object in place; the first version takes the engine's place, others are new objects.
        """
        number = _number(reference)
        if (number, way) in self._made:
            made = self._made[number, way]
            return made, made == number
        thing = self._pdf.objects[number]
        first = number not in self._before
        if first:
            self._before[number] = _copied(thing)
        else:
            thing = _copied(self._before[number])
            self._pdf.add_object(thing)
        self._made[number, way] = thing.number
        make(thing)
        return thing.number, first

    def _leftover(self, thing: Any, way: Way) -> None:
        names = Names(self, pydyf.Dictionary(), way)
        if isinstance(thing, pydyf.Dictionary) and "ShadingType" in thing:
            self.version(thing.reference, way, lambda made: names.separate_shading(made, way))
        elif isinstance(thing, pydyf.Stream) and thing.extra.get("Subtype") in {"/Image", "/Form"}:
            self.version(
                thing.reference, way, lambda made: names.separate_object(made, way, State(), Grounds())
            )
        elif isinstance(thing, pydyf.Stream) and "PatternType" in thing.extra:
            self.version(
                thing.reference, way, lambda made: names.separate_content(made, way, State(), Grounds())
            )

    def _masks(self) -> set[int]:
        """Number the pictures that mask others: they have no colour to be separated."""
        return {
            _number(thing.extra["SMask"])
            for thing in self._pdf.objects
            if isinstance(thing, pydyf.Stream) and "SMask" in thing.extra
        }

    def _clear(self, resources: Any, way: Way) -> None:
        """Take away what nothing uses any more: states of transparency, and spaces of colour that are the engine's."""
        if way.flat:
            resources["ExtGState"].clear()
        if way.inks.separated and "ColorSpace" in resources:
            self.thing(resources["ColorSpace"]).clear()


class Names:
    """The names that a content stream uses, and what to put in their place."""

    def __init__(self, file: File, resources: Any, way: Way) -> None:
        self._file = file
        self._resources = resources
        self.way = way

    def state(self, name: str) -> Any:
        """Give a graphics state."""
        return self._resources["ExtGState"][name]

    def use_alpha(self, key: str, alpha: float) -> bytes:
        """Name the graphics state that sets how much is covered: `ca` by what is filled, `CA` by what is stroked."""
        name = f"{'A' if key == 'CA' else 'a'}{alpha:g}"
        self._resources["ExtGState"].setdefault(name, pydyf.Dictionary({key: alpha}))
        return name.encode()

    def drawn(
        self, name: str, alpha: float, state: State, grounds: Grounds, area: Box
    ) -> tuple[bytes, float, bool]:
        """Separate a picture or a group where it is drawn.

        Returns its name, how much of it is left to be covered, and whether it is a picture.
        """
        reference = self._resources["XObject"][name]
        thing = self._file.thing(reference)
        picture, way = thing.extra["Subtype"] == "/Image", self.way
        if way.flat:
            whole = way.alpha * alpha >= 1 and "SMask" not in thing.extra
            way = way.covering(alpha, PAPER if whole or not picture else grounds.under(area))
            if not picture and alpha < 1:
                grounds = grounds.group()
        elif alpha < 1 and not picture and way.inks.separated and self._has_text(thing):
            # Text would print as a tint: so much of the group as is seen is worked out within it.
            way, grounds = way._replace(flat=True, alpha=alpha), grounds.group()
        made = self._version("XObject", name, way, lambda new: self.separate_object(new, way, state, grounds))
        return made, 1.0 if way.flat else alpha, picture

    def pattern(self, name: str, alpha: float, ground: Colour) -> bytes:
        """Separate a pattern where it is drawn, and name it."""
        way = self.way.covering(alpha, ground)
        return self._version(
            "Pattern", name, way, lambda made: self.separate_content(made, way, State(), Grounds(ground))
        )

    def pattern_light(self, name: str) -> float | None:
        """Tell how much light a pattern sends back that is a gradient; None for others."""
        return self._light_of(self._file.as_drawn(self._resources["Pattern"][name]))

    def shading(
        self, name: str, alpha: float, mask: str, ground: Colour
    ) -> tuple[bytes, float, Sequence[float]]:
        """Separate a gradient where it is drawn, with the mask over it.

        Returns its name, how much light it sends back, and the rectangle (x, y, width, height) that the mask leaves.
        """
        light = lightness(self._file.as_drawn(self._resources["Shading"][name]))
        way = self.way.covering(alpha, ground)
        cover, left = self._gradient_mask(mask) if mask and way.flat else (None, ())
        made = self._version("Shading", name, way, lambda made: self.separate_shading(made, way, cover))
        return made, light, left

    def separate_shading(self, shading: Any, way: Way, cover: Any = None) -> None:
        """Put a gradient into inks, in place."""
        if shading["ColorSpace"] == "/DeviceGray" and isinstance(way.inks, Mask):
            return
        opacity, stops = cover or (lambda at: 1.0, ())
        made = separated(shading, way.inks, way.ground, lambda at: opacity(at) * way.alpha, stops)
        shading.update(made)

    def separate_object(self, thing: Any, way: Way, state: State, grounds: Grounds) -> None:
        """Put a picture or a group into inks, in place."""
        if thing.extra["Subtype"] == "/Image":
            mask = self._file.thing(thing.extra["SMask"]) if "SMask" in thing.extra else None
            separate_picture(thing, mask, way.inks, way.ground, way.alpha if way.flat else None)
        else:
            self.separate_content(thing, way, state, grounds)

    def separate_content(self, stream: Any, way: Way, state: State, grounds: Grounds) -> None:
        """Put what a group or a pattern draws into inks, in place."""
        if way.flat:
            stream.extra.pop("Group", None)
        elif "Group" in stream.extra:
            stream.extra["Group"] = pydyf.Dictionary({**stream.extra["Group"], "CS": DEVICE[way.inks.space]})
        matrix: Matrix = UNTURNED
        if "Matrix" in stream.extra:
            matrix = tuple(float(value) for value in stream.extra["Matrix"])  # type: ignore[assignment]  # six
        inner = State(matrix=state.matrix if matrix == UNTURNED else matrix, clip=state.clip)
        given = stream.extra.get("Resources", pydyf.Dictionary())
        names = Names(self._file, self._file.thing(given) if isinstance(given, bytes) else given, way)
        stream.stream = rewritten(operators(stream), names, inner, grounds)

    def separate_mask(self, name: str) -> None:
        """Put the mask of a graphics state into greys."""
        way = Way(_MASK, flat=False)
        group = self.state(name)["SMask"]["G"]
        self._file.version(group, way, lambda made: self.separate_content(made, way, State(), Grounds()))

    def lose(self, what: str, instead: str) -> None:
        """Say what cannot be worked out, and what comes of it."""
        _LOGGER.warning("%s cannot be printed without transparency: %s", what, instead)

    def _version(self, kind: str, name: str, way: Way, make: Any) -> bytes:
        number, in_place = self._file.version(self._resources[kind][name], way, make)
        if in_place:
            return name.encode()
        other = f"{name}-{number}"
        self._resources[kind][other] = b"%d 0 R" % number
        return other.encode()

    def is_gradient(self, name: str) -> bool:
        """Tell whether the mask of a graphics state is a gradient alone, as the engine makes for another gradient."""
        items = operators(self._file.as_drawn(self.state(name)["SMask"]["G"]))
        return len(items) == 1 and items[0].endswith(b" sh")

    def _gradient_mask(self, name: str) -> tuple[Any, Sequence[float]]:
        """Give what a mask covers that is a gradient of the same shape, and where."""
        stream = self._file.as_drawn(self.state(name)["SMask"]["G"])
        (item,) = operators(stream)
        inner = self._file.thing(stream.extra["Resources"])
        left, top, right, bottom = stream.extra["BBox"]
        shading = self._file.as_drawn(inner["Shading"][item[1:-3].decode()])
        return cover_of(shading), (left, top, right - left, bottom - top)

    def _light_of(self, stream: Any) -> float | None:
        resources = self._file.thing(stream.extra["Resources"])
        for item in operators(stream):
            name = item[1:-3].decode()
            if item.endswith(b" sh"):
                return lightness(self._file.as_drawn(resources["Shading"][name]))
            if item.endswith(b" Do") and name in resources["XObject"]:
                inner = self._file.as_drawn(resources["XObject"][name])
                return self._light_of(inner) if inner.extra["Subtype"] == "/Form" else None
        return None

    def _has_text(self, stream: Any) -> bool:
        if stream.extra.get("Subtype") != "/Form":
            return False
        items = operators(stream)
        if b"BT" in items:
            return True
        inner = self._file.thing(stream.extra["Resources"]).get("XObject", {})
        return any(
            self._has_text(self._file.thing(inner[item[1:-3].decode()]))
            for item in items
            if item.endswith(b" Do") and item[1:-3].decode() in inner
        )


def _number(reference: bytes) -> int:
    return int(reference.split(b" ", 1)[0])


def _copied(thing: Any) -> Any:
    """Copy an object so that changes of either leave the other alone; lists within are replaced, never changed."""
    made = copy(thing)
    if isinstance(thing, pydyf.Stream):
        made.stream, made.extra = list(thing.stream), pydyf.Dictionary(thing.extra)
    elif isinstance(thing, pydyf.Dictionary):
        made = pydyf.Dictionary(thing)
    return made
