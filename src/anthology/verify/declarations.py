"""The few properties of CSS that make text vanish from a screen, and what each takes for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

# Style sheets without any of these hide nothing and need no reading.
MAY_HIDE = re.compile(
    r"\bdisplay\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*[0.]|overflow[\w-]*\s*:[^;}]*(?:hidden|clip)"
    r"|font(?:-size)?\s*:[^;}]*(?:\b0|[\d.](?:px|pt|%|mm))|color\s*:\s*(?:transparent|rgba?\(|hsla?\(|#)|\bclip|position\s*:"
    r"|letter-spacing\s*:\s*-|filter\s*:|width\s*:\s*[01.]"
    r"|-\d{3}|scale|translate|\\",
    re.IGNORECASE,
)

_BOUNDED = frozenset({"height", "max-height", "block-size", "max-block-size"})
_BREADTHS = frozenset({"width", "max-width", "inline-size", "max-inline-size"})
_CLIPS = frozenset({"overflow", "overflow-x", "overflow-y", "overflow-inline", "overflow-block"})
# Sizes that follow what is in a box.
_FOLLOWS = frozenset(
    {"auto", "none", "min-content", "max-content", "fit-content", "initial", "unset", "revert"}
)
# Where a box that is lifted out of the text can be put.
_PLACES = frozenset({"left", "right", "top", "bottom", "inset", "inset-inline-start", "inset-block-start"})
_SHIFTS = frozenset({"margin", "margin-left", "margin-top", "margin-inline-start", "transform", "translate"})
# What an element does to all that is in it, unless that says otherwise.
INHERITED = (
    "visibility",
    "font-size",
    "color",
    "-webkit-text-fill-color",
    "text-indent",
    "letter-spacing",
)
_WATCHED = (
    _BOUNDED
    | _CLIPS
    | _PLACES
    | _SHIFTS
    | _BREADTHS
    | {"filter"}
    | {"display", "content-visibility", "opacity", "position", "clip", "clip-path", "scale", *INHERITED}
)

_NOUGHT = r"[+-]?0*\.?0*(?:[a-z]+|%)?"
_NO_OPACITY = re.compile(r"0*\.?0*%?")
# So small that nobody reads it, whatever size a reader chooses: less than a quarter of the size around, 3 pixels, 2 points.
_NO_SIZE = re.compile(
    rf"{_NOUGHT}|0*(?:\.[01]\d*|\.2[0-4]?)r?em|(?:1?\d|2[0-4])(?:\.\d+)?%|[012]?(?:\.\d+)?px|[01]?(?:\.\d+)?pt"
)
# Narrower than a letter.
_NO_BREADTH = re.compile(rf"{_NOUGHT}|[01]?(?:\.\d+)?px|0?\.[0-4]\d*r?em")
_NO_SPACING = re.compile(r"-(?:0?\.[5-9]\d*|[1-9]\d*(?:\.\d+)?)r?em")
_NO_FILTER = re.compile(r".*\bopacity\(\s*0*\.?0*%?\s*\).*")
# Of nothing, or of the corner of an element.
_NO_CLIP = re.compile(rf"rect\(\s*(?:(?:{_NOUGHT}|1px)[\s,]*){{4}}\)")
_NO_CLIP_PATH = re.compile(
    rf"inset\(\s*(?:[5-9]\d|\d{{3,}})(?:\.\d+)?%.*|circle\(\s*{_NOUGHT}\b.*|polygon\(\s*\)"
)
_NO_SCALE = re.compile(r".*\bscale(?:3d|x|y)?\(\s*0*\.?0*\s*[,)].*")
_NO_COLOUR = re.compile(r"transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|(?:rgb|hsl)a?\(.*[,/]\s*0*\.?0*%?\s*\)")
_MEASURE = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))([a-z]+|%)")

# A length that no screen has, by its unit: what is shifted so far back or up is not seen. Percentages are of the
# screen, or of a box that is hardly wider.
_FAR = {"px": 900.0, "pt": 700, "em": 60, "rem": 60, "ex": 120, "ch": 120, "cm": 24, "mm": 240, "in": 9}
_FAR_IN_PARTS = 100.0


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declaration of one of the properties that matter here, and the rule that it stands in, in words."""

    name: str
    value: str
    important: bool
    cause: str

    @property
    def hides(self) -> bool:
        """Tell whether this alone makes an element vanish, or its words if what it does is inherited."""
        match self.name:
            case "display":
                return self.value == "none"
            case "visibility":
                return self.value in {"hidden", "collapse"}
            case "content-visibility":
                return self.value == "hidden"
            case "opacity":
                return _NO_OPACITY.fullmatch(self.value) is not None
            case "font-size":
                return _NO_SIZE.fullmatch(self.value) is not None
            case "letter-spacing":
                return _NO_SPACING.fullmatch(self.value) is not None
            case "filter":
                return _NO_FILTER.fullmatch(self.value) is not None
            case "color" | "-webkit-text-fill-color":
                return _NO_COLOUR.fullmatch(self.value) is not None
            case "clip-path":
                return _NO_CLIP_PATH.fullmatch(self.value) is not None
            case "scale":
                return _NO_OPACITY.fullmatch(self.value.split()[0]) is not None
            case "transform":
                return _NO_SCALE.fullmatch(self.value) is not None or _is_far_back(self.value)
        return (self.name in _SHIFTS or self.name == "text-indent") and _is_far_back(self.value)

    @property
    def lifts(self) -> bool:
        """Tell whether this takes a box out of its place, so that it can be put anywhere."""
        return self.name == "position" and self.value in {"absolute", "fixed", "relative"}

    @property
    def puts_away(self) -> bool:
        """Tell whether this makes a box vanish that has been lifted out of its place."""
        if self.name == "clip":
            return _NO_CLIP.fullmatch(self.value) is not None
        return self.name in _PLACES and (_is_far_back(self.value) or _is_far_back(f"-{self.value}"))

    @property
    def takes(self) -> bool:
        """Tell whether this can have a part in losing text, rather than in showing it."""
        return self.hides or self.bounds or self.clips or self.lifts or self.puts_away

    @property
    def bounds(self) -> bool:
        """Tell whether this gives a box a height that does not follow what is in it, or no breadth."""
        if self.name in _BREADTHS:
            return _NO_BREADTH.fullmatch(self.value) is not None
        return self.name in _BOUNDED and self.value not in _FOLLOWS

    @property
    def shares(self) -> bool:
        """Tell whether this is a part of the height around: of nothing, unless the screen is around."""
        return self.value.endswith("%")

    @property
    def clips(self) -> bool:
        """Tell whether this cuts what does not fit a box's height."""
        return self.name in _CLIPS and self.value.split()[-1] in {"hidden", "clip"}

    @property
    def follows(self) -> bool:
        """Tell whether this leaves an inherited property as it is around: a part of nothing is nothing."""
        if self.value in {"inherit", "unset", "currentcolor"}:
            return True
        return (
            self.name == "font-size"
            and re.fullmatch(r".*(?:\dem|%|ex|ch)|smaller|larger", self.value) is not None
        )


def _is_far_back(value: str) -> bool:
    """Tell whether a value holds a length that leads off every screen against the way of reading."""
    return any(
        -float(number) >= (_FAR_IN_PARTS if unit in {"%", "vw", "vh"} else _FAR.get(unit, float("inf")))
        for number, unit in _MEASURE.findall(value)
    )


def declaration_of(node: Any, cause: str) -> Declaration | None:
    """Read a declaration; None where it is of no property that matters here."""
    import tinycss2  # type: ignore[import-untyped]  # it ships no types

    name = "font-size" if node.lower_name == "font" else node.lower_name
    if name not in _WATCHED:
        return None
    value = tinycss2.serialize(node.value).strip().lower()
    if node.lower_name == "font":
        value = _size_in_font(value)
    return Declaration(name, value, node.important, cause) if value else None


def _size_in_font(value: str) -> str:
    """Give the size that a `font` sets."""
    found = re.search(r"(?<![\w.-])((?:\d+\.?\d*|\.\d+)(?:[a-z]+|%)|0)(?=[\s/]|$)", value)
    return found[1] if found else ""
