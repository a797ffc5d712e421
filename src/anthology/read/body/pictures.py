"""Find the picture files that an article names, and measure them without decoding a pixel."""

from __future__ import annotations

import hashlib
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from anthology.drawings import cleaned_drawing, is_drawing, is_web_page
from anthology.images import MOST_PIXELS, NotAPicture, TooManyPixels, facts_of
from anthology.model import Picture
from anthology.problems import RefusedFile, shortened
from anthology.read.xhtml.attributes import is_elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable

    from anthology.read.source import Source

# More losses of one drawing help nobody; the count says the rest.
_MOST_NAMED = 3

_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/bmp": ".bmp",
    "image/tiff": ".tiff",
    "image/x-icon": ".ico",
    "image/jp2": ".jp2",
}
_OTHER_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".PNG", ".JPG", ".JPEG")
_DRAWING = "image/svg+xml"
# Characters of an address that a message quotes.
_LONGEST_SHOWN = 90
# E-readers that show pictures move show these; others, and paper, show the first frame of them.
_SHOWN_MOVING = frozenset({"image/gif", "image/png"})

Where = Literal["elsewhere", "site", "wrong"]


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
        try:
            return self._taken(written, line, from_project=from_project)
        except RefusedFile as refused:
            self._source.error("I007", f"{written} cannot be taken: {refused.why}", line, refused.hint)
            return Missing("wrong")

    def _taken(self, written: str, line: int | None, *, from_project: bool) -> Picture | Missing:
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
                "I007",
                f"{_shown(written)} lies outside the project",
                line,
                "copy the picture into the project",
            )
            return Missing("wrong")
        for path in candidates:
            if not path.startswith("..") and (data := self._find(path)) is not None:
                return self._measured(written, path, data, line)
        self._source.error(
            "I002", f"there is no picture {_shown(candidates[0])}", line, self._near(candidates[0])
        )
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
                picture = self._looked_at(written, path, data, line)
            except NotAPicture as error:
                hint = "a book takes PNG, JPEG, GIF, WebP and SVG"
                if is_web_page(data):
                    hint = "the website sent a page instead of the picture: save the picture itself"
                self._source.error(
                    "I005", f"{_shown(written)} is not a picture that can be read: {error}", line, hint
                )
                self._found[path] = Missing("wrong")
            except TooManyPixels as error:
                most = f"{MOST_PIXELS // 1_000_000} million"
                self._source.error(
                    "I006",
                    f"{_shown(written)} has {error} pixels; {most} is the most",
                    line,
                    "make it smaller",
                )
                self._found[path] = Missing("wrong")
            else:
                self._found[path] = self.taken[picture.key] = picture
        return self._found[path]

    def _looked_at(self, written: str, path: str, data: bytes, line: int | None) -> Picture:
        key = hashlib.sha256(data).hexdigest()[:16]
        if is_drawing(data):
            try:
                drawing = cleaned_drawing(data)
            except ValueError as error:
                raise NotAPicture(str(error)) from error
            if drawing.lost:
                more = len(drawing.lost) - _MOST_NAMED
                told = "; ".join(drawing.lost[:_MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
                hint = "export the drawing again with everything inside, and text as text or outlines"
                self._source.warn("I011", f"{_shown(written)}: {told}", line, hint)
            return Picture(f"{key}.svg", path, _DRAWING, drawing.width, drawing.height)
        facts = facts_of(data)
        if facts.moves:
            where = "on paper, and on many e-readers," if facts.media_type in _SHOWN_MOVING else "in a book"
            self._source.warn(
                "I012",
                f"{_shown(written)} moves: {where} only its first frame is seen",
                line,
                "choose a frame that says enough and save it as a picture",
                fold="{count} pictures move, and most readers see only their first frames",
            )
        return Picture(key + _SUFFIXES[facts.media_type], path, facts.media_type, facts.width, facts.height)

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
        """Look for a file whose name differs in case or suffix only, or that lies in `images/`; or say how to write a path."""
        stem, suffix = posixpath.splitext(path)
        folder, name = posixpath.split(stem)
        names = (name, name.lower(), name.capitalize())
        stems = dict.fromkeys(
            [stem, *(posixpath.join(folder, below, each) for below in ("", "images") for each in names)]
        )
        for other in (form + end for form in stems for end in (suffix, suffix.lower(), *_OTHER_SUFFIXES)):
            if other != path and self._find(other) is not None:
                return f'did you mean "{other}"?'
        return "put it there, or write its path from the folder that the article lies in"


def _shown(address: str) -> str:
    """Write an address as a message quotes it: on one line, and not too long."""
    return shortened(address, _LONGEST_SHOWN)
