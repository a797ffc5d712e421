"""The cover of the e-book: set from the metadata, or a given picture made fit."""

from anthology.cover.design import draw_cover
from anthology.cover.picture import fit_cover
from anthology.cover.text import CoverText, uncovered

__all__ = ["CoverText", "draw_cover", "fit_cover", "uncovered"]
