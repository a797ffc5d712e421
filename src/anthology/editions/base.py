"""What every edition is made from, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anthology.drawings import clean_drawing
from anthology.images import bare

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from anthology.config import Config
    from anthology.labels import Labels
    from anthology.model import LinkedAnthology, Picture
    from anthology.pages import PageStart
    from anthology.problems import Problem
    from anthology.theme import Theme
    from anthology.verify.completeness import Placement


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The linked anthology with all that turns it into editions.

    `day` is the date that editions are stamped with; `find` reads a file of the project by its path,
    `find_profile` a colour profile of the project or, by its whole path, of this machine; `pictures` are all of the
    book by their keys; `reused` counts the articles that came from the cache, `anew` those that were read; `only` is
    the id of a piece that is made alone, and `folios` are then the page numbers of the last build's articles by
    edition and id, where they are known.
    A `proof` is not published: every page of it says so.
    """

    linked: LinkedAnthology
    config: Config
    theme: Theme
    labels: Labels
    day: dt.date
    find: Callable[[str], bytes | None]
    pictures: Mapping[str, Picture]
    find_profile: Callable[[str], bytes | None]
    reused: int = 0
    anew: int = 0
    only: str = ""
    folios: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    proof: bool = False

    def picture(self, key: str) -> tuple[bytes, str]:
        """Read a picture: its bytes, made safe where it is a drawing and bare of metadata, and its media type."""
        picture = self.pictures[key]
        data = self.find(picture.path) or b""
        clean = clean_drawing if picture.media_type == "image/svg+xml" else bare
        return clean(data), picture.media_type


@dataclass(frozen=True, slots=True)
class Made:
    """An edition as bytes.

    `articles` counts those in it, `pages` the pages it has or lists, `reused` the articles that were taken from the
    cache. `start_pages` (printed folios by article id), `section_pages` (the first and the last of each section, by
    slug) and `starts` (where in the text its pages start) are there only where it has pages of its own. `cover` is
    the file of the cover round it, if one was made, and `spine` the width of that cover's spine in millimetres.
    """

    data: bytes
    placement: Placement
    problems: tuple[Problem, ...]
    articles: int = 0
    pages: int = 0
    reused: int = 0
    start_pages: Mapping[str, str] = field(default_factory=dict)
    section_pages: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    starts: tuple[PageStart, ...] = ()
    folios: Mapping[str, str] = field(default_factory=dict)
    cover: bytes = b""
    spine: float = 0.0
