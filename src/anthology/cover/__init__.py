"""The cover of the e-book: set from the metadata, or a given picture made fit."""

from anthology.cover.design import draw_cover
from anthology.cover.picture import SHORTEST_SIDE, fit_cover
from anthology.cover.text import CoverText, uncovered

__all__ = ["SHORTEST_SIDE", "CoverText", "draw_cover", "fit_cover", "uncovered"]
