"""What the package document says of the book's accessibility, computed from what is in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.views import COVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from anthology.editions.base import Manuscript
    from anthology.model import Document
    from anthology.pages import PageStart


def accessibility_of(
    manuscript: Manuscript, documents: Sequence[Document], pages: Sequence[PageStart]
) -> Iterator[tuple[str, str]]:
    """Say what the book offers, from what is in it (EPUB Accessibility 1.1, 2.2)."""
    pictures = [found for document in documents if document.name != COVER for found in _images(document.html)]
    described = all(alternative for alternative in pictures)
    yield "accessMode", "textual"
    if pictures:
        yield "accessMode", "visual"
    if described:
        yield "accessModeSufficient", "textual"
    if pictures:
        yield "accessModeSufficient", "textual,visual"
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability", "ARIA"]
    if pictures and described:
        features.append("alternativeText")
    if pages:
        features += ["pageNavigation", "pageBreakMarkers"]
    for feature in features:
        yield "accessibilityFeature", feature
    # A GIF may flash, and nobody has looked.
    moving = any(picture.media_type == "image/gif" for picture in manuscript.pictures.values())
    yield "accessibilityHazard", "unknown" if moving else "none"
    stated = manuscript.config.accessibility
    if stated.summary or stated.contact:
        yield "accessibilitySummary", " ".join(part for part in (stated.summary, stated.contact) if part)


def _images(html: str) -> list[str]:
    """Give the alternative text of every picture in a document."""
    return [
        (re.findall(r'\salt="([^"]*)"', tag) or [""])[0].strip() for tag in re.findall(r"<img\b[^>]*>", html)
    ]
