"""Covers: the e-book's front, set from the metadata or a given picture made fit, and the wrap of a printed book."""

from anthology.cover.barcode import barcode_drawing, figures_of
from anthology.cover.design import draw_cover
from anthology.cover.fan import fan_of
from anthology.cover.front import Front, Placed
from anthology.cover.picture import SHORTEST_SIDE, fit_cover, for_print
from anthology.cover.spine import Spine, turn_of
from anthology.cover.text import CoverText, clean, uncovered
from anthology.cover.wrap import Panel, WrapGeometry, spine_width, wrap_geometry
from anthology.cover.wrap_styles import WHOLE_PAGE, fan_drawing, wrap_styles
from anthology.cover.wrap_words import WrapText, WrapWords, margin_of, set_wrap

__all__ = [
    "SHORTEST_SIDE",
    "WHOLE_PAGE",
    "CoverText",
    "Front",
    "Panel",
    "Placed",
    "Spine",
    "WrapGeometry",
    "WrapText",
    "WrapWords",
    "barcode_drawing",
    "clean",
    "draw_cover",
    "fan_drawing",
    "fan_of",
    "figures_of",
    "fit_cover",
    "for_print",
    "margin_of",
    "set_wrap",
    "spine_width",
    "turn_of",
    "uncovered",
    "wrap_geometry",
    "wrap_styles",
]
