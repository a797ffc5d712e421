"""Put the pictures into the body: figures, captions, descriptions, and what stands for a picture that is absent."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from anthology.alternative_text import says_nothing
from anthology.model import Picture
from anthology.problems import shortened
from anthology.read.xhtml.attributes import address
from anthology.read.xhtml.elements import INLINE, SVG
from anthology.read.xhtml.flow import is_shown
from anthology.xhtml import fragment_to_text

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anthology.read.body.pictures import Pictures
    from anthology.read.source import Source


# What a page calls the little pictures beside its text; a reader who follows a link wants to be told more.
_MERE_NAMES = frozenset({"avatar", "icon", "image", "logo", "photo", "picture", "portrait"})

_UNDESCRIBED = "{count} pictures have no description for readers who cannot see them"


def settle_pictures(root: _Element, pictures: Pictures, source: Source) -> None:
    """Address each picture by its key, or put something else in its place; all in place.

    A picture alone in its paragraph becomes a figure, captioned by its title. One that is on the web becomes a
    link, one that is missing its description; without a description that says something it goes altogether.
    """
    for drawing in list(root.iter(f"{{{SVG}}}svg")):
        paragraph = _paragraph_of(drawing)
        if paragraph is not None:
            paragraph.tag = "figure"
        _check_drawing(drawing, source)
    for image in list(root.iter("img")):
        written = image.get("src", "")
        line = source.next_line_of(written, written.replace("&", "&amp;"), written.rpartition("/")[2])
        found = pictures.take(written, line)
        is_here = isinstance(found, Picture)
        paragraph = _paragraph_of(image)
        if paragraph is not None and (is_here or image.get("title")):
            _make_figure(paragraph, image)
        if isinstance(found, Picture):
            image.set("src", f"anthology-image:{found.key}")
            _describe(image, written, line, source)
        else:
            _stand_in(image, written, is_link=found.where == "elsewhere" and not written.startswith("data:"))


def _paragraph_of(image: _Element) -> _Element | None:
    """Give the paragraph in which the picture stands alone, if it does."""
    element = image
    while True:
        if (element.tail or "").strip():
            return None
        parent = element.getparent()
        if parent is None or len(parent) != 1 or (parent.text or "").strip():
            return None
        if parent.tag == "p":
            return parent
        if parent.tag not in INLINE:
            return None
        element = parent


def _make_figure(paragraph: _Element, image: _Element) -> None:
    from lxml import etree

    paragraph.tag = "figure"
    title = image.get("title")
    image.attrib.pop("title", "")
    for name in ("id", "class"):
        # What a writer says of a picture that is a figure he says of the figure.
        value = image.get(name)
        if value:
            del image.attrib[name]
            before = paragraph.get(name) if name == "class" else None
            paragraph.set(name, f"{before} {value}" if before else value)
    if title:
        etree.SubElement(paragraph, "figcaption").text = title


def _describe(image: _Element, written: str, line: int | None, source: Source) -> None:
    """Tell pictures that are only decoration from those whose description is missing, or says nothing.

    The latter keep an empty `alt` without a role, by which every edition knows them.
    """
    description = image.get("alt")
    if description is None:
        image.set("alt", "")
        source.warn(
            "I001",
            f"the picture {written} has no description for readers who cannot see it",
            line,
            f"write one between the brackets: ![what it shows]({written}); if it shows nothing that a reader "
            f"would miss: ![]({written}){{.decorative}}",
            fold=_UNDESCRIBED,
        )
    elif not description:
        image.set("role", "presentation")
    elif says_nothing(description, unquote(written)):
        source.warn(
            "I010",
            f'"{shortened(description)}" does not say what the picture {written} shows',
            line,
            "write what you would say of it on the telephone: ![two pilots on a pier, seen from behind](…)",
            fold="{count} pictures have a description that does not say what they show",
        )


def _check_drawing(drawing: _Element, source: Source) -> None:
    """Tell of a drawing in the text that says nothing of itself and is not marked as decoration."""
    if drawing.get("aria-hidden") == "true" or drawing.get("role") in ("presentation", "none"):
        return
    named = drawing.get("aria-label") or drawing.get("aria-labelledby")
    told = drawing.iter(*(f"{{{SVG}}}{name}" for name in ("title", "desc", "text")))
    if named or any(fragment_to_text(element).strip() for element in told):
        return
    source.warn(
        "I001",
        "a drawing in the text has no description for readers who cannot see it",
        source.next_line_of("<svg"),
        'write one as its first element: <title>what it shows</title>; if it only decorates: <svg aria-hidden="true">',
        fold=_UNDESCRIBED,
    )


def _stand_in(image: _Element, written: str, *, is_link: bool) -> None:
    from lxml import etree

    parent = image.getparent()
    if parent is None:
        return
    text = " ".join((image.get("alt") or "").split())
    if not text or (is_link and text.casefold() in _MERE_NAMES):
        _drop(image)
        return
    in_link = any(element.tag == "a" for element in image.iterancestors())
    if is_link and not in_link:
        where = address(f"https:{written}" if written.startswith("//") else written)
        made = etree.Element("a", {"class": "picture-elsewhere", "href": where})
    else:
        made = etree.Element("span", {"class": "picture-elsewhere" if is_link else "picture-missing"})
    if image.get("id"):
        made.set("id", str(image.get("id")))
    made.text, made.tail = text, image.tail
    parent.replace(image, made)


def _drop(image: _Element) -> None:
    """Take a picture away, and what stood around it alone."""
    element: _Element | None = image
    while element is not None:
        parent = element.getparent()
        if parent is None:
            return
        if element.tail:
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
            element.tail = None
        parent.remove(element)
        if (
            parent.tag in ("td", "th", "li", "dt", "dd")
            or is_shown(parent)
            or parent.get("id")
            or parent.getparent() is None
        ):
            return
        element = parent
