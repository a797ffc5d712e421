"""The barcode of an ISBN: EAN-13 as bars in a drawing (ISO/IEC 15420; GS1 General Specifications, 5.2)."""

from __future__ import annotations

import re

from anthology.cover.wrap import MODULES

# Modules left white before the bars and behind them.
QUIET_BEFORE, QUIET_BEHIND = 11, 7
# How far the guard bars reach below the others, in modules, and how high all are without that, in millimetres at 100 %.
GUARD = 5
BAR_HEIGHT = 69  # modules: 22.85 mm at 100 %


def barcode_drawing(isbn13: str) -> bytes:
    """Draw the bars of an ISBN, black on nothing, with the quiet zones, as SVG of a module to a unit.

    Args:
        isbn13: the thirteen figures without hyphens.
    """
    from barcode.ean import EuropeanArticleNumber13

    (bars,) = EuropeanArticleNumber13(isbn13, guardbar=True).build()
    # A guard bar is a `G`; the middle and outer ones reach down between the figures.
    rectangles = "".join(
        f'<rect x="{QUIET_BEFORE + found.start()}" y="0" width="{len(found[0])}"'
        f' height="{BAR_HEIGHT + GUARD if found[0][0] == "G" else BAR_HEIGHT}"/>'
        for found in re.finditer("1+|G+", bars)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {MODULES} {BAR_HEIGHT + GUARD}"'
        f' width="{MODULES}" height="{BAR_HEIGHT + GUARD}" fill="#000">{rectangles}</svg>'
    ).encode()


def figures_of(isbn13: str) -> tuple[str, str, str]:
    """Give the figures as they stand below the bars: one before them, six below each half."""
    return isbn13[0], isbn13[1:7], isbn13[7:]
