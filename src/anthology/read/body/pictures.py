"""Find the picture files that an article names, and measure them without decoding a pixel."""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from anthology.model import Picture
from anthology.read.xhtml.attributes import is_elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable

    from anthology.read.source import Source

MOST_PIXELS = 50_000_000

_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/bmp": ".bmp",
    "image/tiff": ".tiff",
    "image/avif": ".avif",
    "image/svg+xml": ".svg",
}
_OTHER_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".PNG", ".JPG", ".JPEG")
_LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:[eE][+-]?\d+)?)\s*([a-zA-Z]*)\s*")
# CSS Values and Units 4, section 6.2: pixels to the unit.
_UNITS = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "em": 16.0,
}
_EXIF_ORIENTATION = 0x0112

Where = Literal["elsewhere", "site", "wrong"]


class NotAPicture(ValueError):  # noqa: N818 (it becomes a problem at once)
    """A file that is no picture, or none that a book can show."""


class TooManyPixels(ValueError):  # noqa: N818 (it becomes a problem at once)
    """A picture of more than `MOST_PIXELS`; the message says how many."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A picture that is not in the book: on the web, at the root of a website, or wrong altogether."""

    where: Where


class Pictures:
    """The picture files that one article names; each is found and measured once."""

    def __init__(self, source: Source, find: Callable[[str], bytes | None]) -> None:
        self._source = source
        self._find = find
        self._folder = posixpath.dirname(source.path)
        self._found: dict[str, Picture | Missing] = {}
        self.taken: dict[str, Picture] = {}

    def take(self, written: str, line: int | None, *, from_project: bool = False) -> Picture | Missing:
        """Find the picture that an address names, or report why there is none.

        Arguments: the address as written, its line, and whether it may also be a path from the project's
        folder (as in front matter) instead of one from the article's own.
        """
        if is_elsewhere(written) or written.startswith("#"):
            web = f"https:{written}" if written.startswith("//") else written
            data = self._find(web) if "://" in web else None
            if data is not None:
                return self._measured(written, web, data, line)
            self._warn_elsewhere(written, line)
            return Missing("elsewhere")
        if written.startswith("/"):
            return self._from_site(written, line)
        candidates = self._candidates(self._folder, written)
        if from_project:
            candidates += self._candidates("", written)
        if all(candidate.startswith("../") or candidate == ".." for candidate in candidates):
            self._source.error(
                "I007", f"{written} lies outside the project", line, "copy the picture into the project"
            )
            return Missing("wrong")
        for path in candidates:
            if not path.startswith("..") and (data := self._find(path)) is not None:
                return self._measured(written, path, data, line)
        self._source.error("I002", f"there is no picture {candidates[0]}", line, self._near(candidates[0]))
        return Missing("wrong")

    def _from_site(self, written: str, line: int | None) -> Picture | Missing:
        for folder in ("content", ""):
            for path in self._candidates(folder, written.lstrip("/")):
                if not path.startswith("..") and (data := self._find(path)) is not None:
                    return self._measured(written, path, data, line)
        self._source.warn(
            "I004",
            f"{_shown(written)} is addressed from the root of a website and is not in the project",
            line,
            "copy the picture into the project and write its path from this file",
            fold="{count} pictures addressed from the root of a website are not in the book",
        )
        return Missing("site")

    def _candidates(self, folder: str, written: str) -> list[str]:
        bare = re.split(r"[?#]", written, maxsplit=1)[0]
        paths = [
            posixpath.normpath(posixpath.join(folder, form))
            for form in (written, bare, unquote(bare))
            if form
        ]
        return list(dict.fromkeys(paths)) or [folder]

    def _measured(self, written: str, path: str, data: bytes, line: int | None) -> Picture | Missing:
        if path not in self._found:
            try:
                picture = measured(path, data)
            except NotAPicture as error:
                hint = "a book takes PNG, JPEG, GIF, WebP and SVG"
                self._source.error(
                    "I005", f"{written} is not a picture that can be read: {error}", line, hint
                )
                self._found[path] = Missing("wrong")
            except TooManyPixels as error:
                most = f"{MOST_PIXELS // 1_000_000} million"
                self._source.error(
                    "I006", f"{written} has {error} pixels; {most} is the most", line, "make it smaller"
                )
                self._found[path] = Missing("wrong")
            else:
                self._found[path] = self.taken[picture.key] = picture
        return self._found[path]

    def _warn_elsewhere(self, written: str, line: int | None) -> None:
        is_data = written[:5].lower() == "data:"
        message = (
            "a picture written into the text itself" if is_data else f"{_shown(written)} is on the web and"
        )
        self._source.warn(
            "I003",
            f"{message} is not in the book",
            line,
            "save the picture as a file beside the article and name that",
            fold="{count} pictures on the web are not in the book: links to them stand in their places",
        )

    def _near(self, path: str) -> str:
        """Look for a file whose name differs in case or suffix only."""
        stem, suffix = posixpath.splitext(path)
        folder, name = posixpath.split(stem)
        stems = dict.fromkeys(
            [stem, posixpath.join(folder, name.lower()), posixpath.join(folder, name.capitalize())]
        )
        for other in (form + end for form in stems for end in (suffix, suffix.lower(), *_OTHER_SUFFIXES)):
            if other != path and self._find(other) is not None:
                return f'did you mean "{other}"?'
        return ""


def _shown(written: str) -> str:
    return written if len(written) <= 90 else written[:89] + "…"


def measured(path: str, data: bytes) -> Picture:
    """Measure a picture file from its head.

    Arguments: the path in the project, and the bytes. Raises `NotAPicture` or `TooManyPixels`.
    """
    if path.lower().endswith(".svg") or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        media_type, width, height = "image/svg+xml", *_drawing_size(data)
    else:
        media_type, width, height = _raster_size(data)
    key = hashlib.sha256(data).hexdigest()[:16] + _SUFFIXES[media_type]
    return Picture(key, path, media_type, width, height)


def _raster_size(data: bytes) -> tuple[str, int, int]:
    import warnings

    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # Pillow warns of many pixels where we refuse.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                media_type = Image.MIME.get(image.format or "", "")
                width, height = image.size
                turned = media_type == "image/jpeg" and image.getexif().get(_EXIF_ORIENTATION, 1) in (
                    5,
                    6,
                    7,
                    8,
                )
    except Image.DecompressionBombError:
        raise TooManyPixels(f"more than {MOST_PIXELS // 1_000_000} million") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, KeyError, TypeError, OverflowError):
        raise NotAPicture("the file is damaged or of an unknown kind") from None
    if media_type not in _SUFFIXES:
        raise NotAPicture(f"it is {media_type or 'of an unknown kind'}")
    if width * height > MOST_PIXELS:
        raise TooManyPixels(f"{width} × {height}")
    return (media_type, height, width) if turned else (media_type, width, height)


def _drawing_size(data: bytes) -> tuple[int, int]:
    """Read the size of a drawing (SVG 2, section 8.2); 300 × 150 where it has none (CSS Images 3, 5.1)."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAPicture(f"the drawing is not well-formed ({str(error).split(',')[0].lower()})") from None
    if etree.QName(root).localname != "svg":
        raise NotAPicture("it is not a drawing (SVG)")
    width, height = _pixels(root.get("width")), _pixels(root.get("height"))
    try:
        box = [float(number) for number in re.split(r"[\s,]+", (root.get("viewBox") or "").strip())]
    except ValueError:
        box = []
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        if width is None and height is None:
            width, height = box[2], box[3]
        elif width is None:
            width = (height or 0) * box[2] / box[3]
        elif height is None:
            height = width * box[3] / box[2]
    size = max(1, round(min(width or 300.0, 1e6))), max(1, round(min(height or 150.0, 1e6)))
    return size


def _pixels(length: str | None) -> float | None:
    found = _LENGTH.fullmatch(length or "")
    if not found or found.group(2).lower() not in _UNITS:
        return None
    return float(found.group(1)) * _UNITS[found.group(2).lower()] or None
