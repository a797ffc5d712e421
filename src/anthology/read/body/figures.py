"""Put the pictures into the body: figures, captions, descriptions, and what stands for a picture that is absent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.model import Picture
from anthology.read.xhtml.attributes import address
from anthology.read.xhtml.elements import INLINE, SVG
from anthology.read.xhtml.flow import is_shown

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anthology.read.body.pictures import Pictures
    from anthology.read.source import Source


# What a page calls the little pictures beside its text; a reader who follows a link wants to be told more.
_SAYS_NOTHING = frozenset({"avatar", "icon", "image", "logo", "photo", "picture", "portrait"})


def settle_pictures(root: _Element, pictures: Pictures, source: Source) -> None:
    """Address each picture by its key, or put something else in its place; all in place.

    A picture alone in its paragraph becomes a figure, captioned by its title. One that is on the web becomes a
    link, one that is missing its description; without a description that says something it goes altogether.
    """
    for drawing in list(root.iter(f"{{{SVG}}}svg")):
        paragraph = _paragraph_of(drawing)
        if paragraph is not None:
            paragraph.tag = "figure"
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
    if image.get("alt") is not None:
        return
    figure = next((parent for parent in image.iterancestors() if parent.tag == "figure"), None)
    caption = figure.find("figcaption") if figure is not None else None
    image.set(
        "alt",
        " ".join("".join(str(text) for text in caption.itertext()).split()) if caption is not None else "",
    )
    source.warn(
        "I001",
        f"the picture {written} has no description for readers who cannot see it",
        line,
        "write one between the brackets: ![what it shows](picture.png)",
        fold="{count} pictures have no description for readers who cannot see them",
    )


def _stand_in(image: _Element, written: str, *, is_link: bool) -> None:
    from lxml import etree

    parent = image.getparent()
    if parent is None:
        return
    text = " ".join((image.get("alt") or "").split())
    if not text or (is_link and text.casefold() in _SAYS_NOTHING):
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
