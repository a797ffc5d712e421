"""A drawing walked through, element by element: what it may keep, what goes, and what is mended."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from anthology.drawings.ids import HREFS, settle_ids
from anthology.drawings.page_text import set_page_text
from anthology.drawings.parsing import SVG, XLINK, XML, parse_drawing
from anthology.drawings.repetition import MOST_SHOWN, repeats_too_often
from anthology.drawings.size import pixels, size_of, view_box
from anthology.drawings.styles import clean_declarations, clean_sheet, clean_value
from anthology.problems import shortened

if TYPE_CHECKING:
    from lxml.etree import _Element

# What runs, plays, or opens a page of its own.
_ACTIVE = frozenset({"script", "handler", "listener", "iframe", "audio", "video", "canvas"})
_ANIMATIONS = frozenset({"animate", "set", "animateTransform", "animateMotion", "animateColor"})
# Attributes with words or figures in them, which nobody takes for styles.
_PLAIN = frozenset(
    {"class", "d", "gradientTransform", "id", "patternTransform", "points", "title", "transform", "viewBox"}
)
_KEPT_NAMESPACES = (f"{{{XLINK}}}", f"{{{XML}}}lang", f"{{{XML}}}space")
# Names that a program lost the capitals of, which put a drawing into a page and took it out again.
_ELEMENTS = {
    name.lower(): name
    for name in ("clipPath", "foreignObject", "linearGradient", "radialGradient", "textPath")
}
_ATTRIBUTES = {
    name.lower(): name
    for name in (
        "clipPathUnits",
        "gradientTransform",
        "gradientUnits",
        "markerHeight",
        "markerUnits",
        "markerWidth",
        "patternTransform",
        "patternUnits",
        "preserveAspectRatio",
        "refX",
        "refY",
        "spreadMethod",
        "textLength",
        "viewBox",
    )
}
_DATA = re.compile(r"data:([\w.+/-]*)((?:;[\w.=-]+)*?)(;base64)?,", re.IGNORECASE)
# Drawings in drawings in drawings: further nobody looks.
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A drawing that is safe and valid, and its size in pixels.

    `lost` is what readers see of it no longer, or otherwise, each a sentence.
    """

    data: bytes
    width: int
    height: int
    lost: tuple[str, ...] = ()


def clean_drawing(data: bytes) -> bytes:
    """Make a drawing safe and valid, as `cleaned_drawing` does, and say nothing of it."""
    return cleaned_drawing(data).data


def cleaned_drawing(data: bytes, depth: int = 0) -> Cleaned:
    """Make a drawing safe and valid (EPUB 3.3, section 6.2): the same bytes where nothing was wrong with it.

    Scripts, event handlers and everything outside the file go, and what programs keep in it for themselves. Text set
    as a web page becomes the drawing's own. Raises ValueError where it is no drawing, or is not well-formed.
    """
    from lxml import etree

    root, mended = parse_drawing(data)
    tree = root.getroottree()
    cleaner = _Cleaner(depth)
    cleaner.walk(root)
    if repeats_too_often(root):
        raise ValueError(f"the drawing shows its own parts more than {MOST_SHOWN:,} times")
    changed = settle_ids(root) or cleaner.changed or mended
    changed = _give_view_box(root) or changed
    size, lost = size_of(root), dict.fromkeys(cleaner.lost)
    # What stands around the drawing can name style sheets, and a document type, which no book may have.
    around = (
        root.getprevious() is not None or root.getnext() is not None or tree.docinfo.internalDTD is not None
    )
    utf8 = (tree.docinfo.encoding or "UTF-8").upper() in {"UTF-8", "UTF8", "ASCII", "US-ASCII"}
    if not (changed or around) and utf8 and tree.docinfo.xml_version == "1.0":
        return Cleaned(data, *size, tuple(lost))
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xlink"])
    # lxml would write the version that it read: a book has XML 1.0 only (EPUB 3.3, section 3.9).
    whole = b'<?xml version="1.0" encoding="utf-8"?>\n' + etree.tostring(
        root, encoding="utf-8", xml_declaration=False
    )
    return Cleaned(whole, *size, tuple(lost))


def _give_view_box(root: _Element) -> bool:
    """Let a drawing with a size be drawn at any other: without a `viewBox` a narrow screen would cut it off."""
    width, height = pixels(root.get("width")), pixels(root.get("height"))
    if view_box(root) or width is None or height is None:
        return False
    root.set("viewBox", f"0 0 {width:.6g} {height:.6g}")
    return True


class _Cleaner:
    """Walks through a drawing; notes whether it changed, and what was lost."""

    def __init__(self, depth: int) -> None:
        self.changed = False
        self.lost: list[str] = []
        self._depth = depth

    def walk(self, root: _Element) -> None:
        waiting = [root]
        while waiting:
            element = waiting.pop()
            self._restore_capitals(element)
            self._clean_attributes(element)
            for child in list(element):
                if child.getparent() is element and self._is_kept(child):
                    waiting.append(child)
            if element.tag == f"{{{SVG}}}style":
                # Now that comments are gone, its text is in one piece.
                self._clean_sheet(element)

    def _is_kept(self, child: _Element) -> bool:
        if not isinstance(child.tag, str):
            # Processing instructions can name style sheets; comments say nothing to readers.
            return self._drop(child)
        namespace, _, name = child.tag.rpartition("}")
        name = _ELEMENTS.get(name, name)
        if name in _ACTIVE:
            self.lost.append("a script was left out" if name == "script" else f"<{name}> was left out")
            return self._drop(child)
        if namespace != f"{{{SVG}" or name == "metadata" or self._is_notice(child, name):
            return self._drop(child)
        if name in ("foreignObject", "flowRoot"):
            self.changed = True
            text = set_page_text(child)
            if text:
                how = "as a web page" if name == "foreignObject" else "as only Inkscape does"
                self.lost.append(
                    f'"{shortened(text)}" was set {how} and is set as plain text now: see that it fits'
                )
            return False
        if name in _ANIMATIONS:
            changes = str(child.get("attributeName") or "").rpartition(":")[2].lower()
            if changes == "href" or changes.startswith("on"):
                return self._drop(child)
        return True

    def _is_notice(self, child: _Element, name: str) -> bool:
        """Tell whether a part is only for programs that cannot show web pages in drawings, and says no more."""
        first = next((each for each in child if isinstance(each.tag, str)), None)
        return (
            name == "switch" and first is not None and "requiredFeatures" in first.attrib and not len(first)
        )

    def _drop(self, child: _Element) -> bool:
        self.changed = True
        parent, tail, before = child.getparent(), child.tail or "", child.getprevious()
        if parent is not None:
            if before is not None:
                before.tail = (before.tail or "") + tail
            else:
                parent.text = (parent.text or "") + tail
            parent.remove(child)
        return False

    def _restore_capitals(self, element: _Element) -> None:
        name = str(element.tag).rpartition("}")[2]
        if name in _ELEMENTS:
            element.tag = f"{{{SVG}}}{_ELEMENTS[name]}"
            self.changed = True
        for key in [key for key in element.attrib if key in _ATTRIBUTES]:
            element.set(_ATTRIBUTES[str(key)], element.attrib.pop(key))
            self.changed = True

    def _clean_attributes(self, element: _Element) -> None:
        for key, value in list(element.attrib.items()):
            kept = self._kept(element, str(key), str(value))
            if kept is None:
                del element.attrib[key]
            elif kept != value:
                element.set(key, kept)
            self.changed = self.changed or kept != value

    def _kept(self, element: _Element, key: str, value: str) -> str | None:
        name = str(element.tag).rpartition("}")[2]
        if key in HREFS:
            return None if name == "a" else self._address(name, value)
        if key.startswith("{"):
            return value if key.startswith(_KEPT_NAMESPACES) else None
        if key.lower().startswith("on") or (key == "content" and name == "svg"):
            return None  # a handler; or the whole drawing once more, in a program's own writing
        addresses: list[str] = []
        if key == "style":
            clean: str | None = clean_declarations(value, addresses)
        elif key in _PLAIN or key.startswith(("aria-", "data-")):
            return value
        else:
            clean = clean_value(value, addresses)
        self._tell(addresses)
        return clean or None if key == "style" else clean

    def _clean_sheet(self, element: _Element) -> None:
        addresses: list[str] = []
        for child in list(element):
            self._drop(child)
        sheet = element.text or ""
        kept = clean_sheet(sheet, addresses) if (element.get("type") or "text/css") == "text/css" else ""
        if kept != sheet:
            element.text = kept
            self.changed = True
        self._tell(addresses)

    def _tell(self, addresses: list[str]) -> None:
        for address in addresses:
            if address.strip():
                self.lost.append(f"{shortened(address)} was left out: it is not in the file")

    def _address(self, name: str, value: str) -> str | None:
        """Give an address in the drawing, or a picture written into it, as every reading system takes it."""
        address = value.strip()
        if address.startswith("#"):
            return value
        data = _DATA.match(address)
        if not data or name not in {"image", "feImage"}:
            self._tell([address])
            return None
        media_type = data[1].lower().replace("image/jpg", "image/jpeg")
        given = _decoded(address[data.end() :], is_base64=bool(data[3]))
        fitted = self._fitted(media_type, given)
        if fitted is None:
            self.lost.append(f"a picture inside it ({media_type or 'of an unknown kind'}) was left out")
            return None
        if fitted == (data[1], given):
            return value
        return f"data:{fitted[0]};base64,{base64.b64encode(fitted[1]).decode()}"

    def _fitted(self, media_type: str, data: bytes) -> tuple[str, bytes] | None:
        """Make a picture inside the drawing fit, as those beside articles are; give its media type and its bytes."""
        from anthology.images import NotAPicture, TooManyPixels, fit

        try:
            if media_type == "image/svg+xml":
                if self._depth >= _DEEPEST:
                    return None
                cleaned = cleaned_drawing(data, self._depth + 1)
                self.lost += cleaned.lost
                return media_type, cleaned.data
            fitted = fit(data)
        except (NotAPicture, TooManyPixels, ValueError):
            return None
        return fitted.media_type, fitted.data


def _decoded(written: str, *, is_base64: bool) -> bytes:
    data = unquote_to_bytes(written)
    try:
        return base64.b64decode(data) if is_base64 else data
    except binascii.Error:
        return b""
