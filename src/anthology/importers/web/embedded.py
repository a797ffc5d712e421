"""Pictures that a page holds within itself, in `data:` addresses, as programs save it that make one file of a page."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from anthology.config.slugs import slug_of
from anthology.drawings import is_drawing
from anthology.images import NotAPicture, TooManyPixels, opened

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ADDRESS = re.compile(r"data:([^,]{0,200}),", re.IGNORECASE)
_SUFFIXES = {"JPEG": ".jpg", "MPO": ".jpg", "TIFF": ".tif", "JPEG2000": ".jp2"}
# In pixels: what is no larger and says nothing holds a place open, and so does what a script would replace.
_SMALLEST = 50
_SMALLEST_OF_LATER = 150
_SHAPES = re.compile(rb"<(?:\w+:)?(?:path|circle|ellipse|line|poly\w+|text|image|use)\b", re.IGNORECASE)
_BOXES = re.compile(rb"<(?:\w+:)?rect\b", re.IGNORECASE)
_LONGEST_NAME = 40
# SingleFile keeps a picture that is shown twice in a style, and an empty drawing in its places.
_KEPT_IN_STYLE = re.compile(r"(--sf-img-\d+):\s*url\([\"']?(data:[^\"')\s]+)", re.IGNORECASE)
_TAKEN_FROM_STYLE = re.compile(r"var\((--sf-img-\d+)\)")


def unfold_pictures(root: HtmlElement) -> None:
    """Put pictures that a page keeps in its styles into the `img` elements that show them, in place."""
    kept: dict[str, str] = {}
    for style in root.iter("style"):
        kept.update(_KEPT_IN_STYLE.findall(style.text or ""))
    if not kept:
        return
    for image in root.iter("img"):
        taken = _TAKEN_FROM_STYLE.search(image.get("style") or "")
        if taken and taken[1] in kept:
            image.set("src", kept[taken[1]])


def embedded_picture(image: HtmlElement, *, is_later: bool) -> tuple[str, bytes] | None:
    """Give the picture that an `img` holds in its own address: a name for its file, and its bytes.

    Arguments: the element, and whether a script would put another picture in its place. Returns None where it
    holds none, or what only keeps a place open. Raises NotAPicture or TooManyPixels where it holds what cannot be read.
    """
    written = (image.get("src") or "").strip()
    found = _ADDRESS.match(written)
    if found is None:
        return None
    data = _decoded(found[1], written[found.end() :])
    if not data.strip():
        return None
    alternative = " ".join((image.get("alt") or "").split())
    if is_drawing(data):
        if is_later or not (_SHAPES.search(data) or len(_BOXES.findall(data)) > 1):
            return None
        suffix = ".svg"
    else:
        try:
            with opened(data) as picture:
                largest, kind = max(picture.size), picture.format or ""
        except (NotAPicture, TooManyPixels):
            if is_later:
                return None
            raise
        if largest < (_SMALLEST_OF_LATER if is_later else 3 if alternative else _SMALLEST):
            return None
        suffix = _SUFFIXES.get(kind, f".{kind.lower()}")
    # The digest keeps two pictures of one description apart, and is the same in each import.
    digest = hashlib.sha256(data).hexdigest()[:8]
    stem = slug_of(alternative[:_LONGEST_NAME]) if alternative else "picture"
    return f"{stem}-{digest}{suffix}", data


def _decoded(kind: str, written: str) -> bytes:
    data = unquote_to_bytes(written)
    if not kind.lower().replace(" ", "").endswith(";base64"):
        return data
    folded = b"".join(data.split()).rstrip(b"=")
    try:
        return base64.b64decode(folded + b"=" * (-len(folded) % 4))
    except (binascii.Error, ValueError) as error:
        raise NotAPicture("its letters stand for no bytes") from error
