"""Pictures in Markdown, of which a description that is missing is told from one that is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.inlinepatterns import (
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
)

from anthology.read.markdown.brackets import ClosedBrackets
from anthology.read.markdown.titled_links import TitledLinks, WholeTexts

if TYPE_CHECKING:
    import re
    from xml.etree.ElementTree import Element


class Images(TitledLinks, ImageInlineProcessor):
    """Reads `![description](address "title")`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
        """Give the element of a picture, and where its mark begins and ends."""
        element, start, end = super().handleMatch(m, data)
        return (element if isinstance(element, str) else _without_empty_alt(element)), start, end  # type: ignore[return-value]


class ImageReferences(WholeTexts, ClosedBrackets, ImageReferenceInlineProcessor):
    """Reads `![description][label]`."""

    def makeTag(self, href: str, title: str, text: str) -> Element:  # noqa: N802
        """Make the element of a picture."""
        return _without_empty_alt(super().makeTag(href, title, text))  # type: ignore[return-value]


class ShortImageReferences(WholeTexts, ClosedBrackets, ShortImageReferenceInlineProcessor):
    """Reads `![label]`, which is the description as well."""

    def makeTag(self, href: str, title: str, text: str) -> Element:  # noqa: N802
        """Make the element of a picture."""
        return _without_empty_alt(super().makeTag(href, title, text))  # type: ignore[return-value]


def _without_empty_alt(element: Element | None) -> Element | None:
    """Tell a description that was not written from one that was left empty on purpose (`{alt=""}`)."""
    if element is not None and not element.get("alt"):
        element.attrib.pop("alt", None)
    return element
