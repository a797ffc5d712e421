"""What stands on a wrap: its words, its pictures, and what is wrong with them."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from anthology import cover
from anthology.cover import CoverText, Front, Placed, Spine, WrapText
from anthology.fonts import families_for
from anthology.layout.base import PICTURE
from anthology.model import direction_of
from anthology.problems import Problem, Severity, shortened

if TYPE_CHECKING:
    from anthology.config import PdfEdition
    from anthology.cover import Panel, WrapGeometry, WrapWords
    from anthology.editions.base import Manuscript
    from anthology.printers import CoverRules

# Pixels per inch that pictures should have where the printer asks for none.
_RESOLUTION = 300
# How far the shape of a picture of the whole may be off, in millimetres: no eye and no cutter is finer.
_OFF = 1.0
_SUFFIXES = {"image/svg+xml": "svg", "image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True, slots=True)
class WrapView:
    """What the template of a wrap sees.

    `picture` is the address of a picture of the whole, and then there is nothing else; `front_picture` is one on the
    front, whose words are then left out if it is a given one. `barcode_place` tells that a white field is kept free;
    `bars` is the address of the drawing in it, `isbn` and `figures` what stands above and below that; `stamp` is the
    word that stands there on a proof, which nobody may sell.
    """

    picture: str = ""
    back: tuple[Placed, ...] = ()
    back_publisher: Placed | None = None
    spine: Spine = Spine()  # noqa: RUF009  # a tuple: all may share it
    turn: Literal["clockwise", "anticlockwise"] = "clockwise"
    front: Front | None = None
    front_picture: str = ""
    barcode_place: bool = False
    bars: str = ""
    isbn: str = ""
    figures: tuple[str, ...] = ()
    stamp: str = ""


@dataclass(slots=True)
class WrapCopy:
    """What is to be set: what the template sees, the properties of the styles, pictures by key, and problems."""

    view: WrapView = field(default_factory=WrapView)
    styles: str = ""
    pictures: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add_picture(self, data: bytes, media_type: str) -> str:
        """Take a picture in and give its address, which is made of its content: so the cache knows it."""
        key = f"{hashlib.sha256(data).hexdigest()[:24]}.{_SUFFIXES[media_type]}"
        self.pictures[key] = data, media_type
        return PICTURE + key


def wrap_copy(
    manuscript: Manuscript,
    edition: PdfEdition,
    geometry: WrapGeometry,
    rules: CoverRules,
    resolution: int,
    pages: int,
) -> WrapCopy | Problem:
    """Put together what stands on the wrap of an edition of so many pages; a problem where that cannot be.

    `resolution` is the least of pictures, in pixels per inch.
    """
    config = manuscript.config
    copy = WrapCopy()
    if config.cover.picture:
        found = _whole_picture(manuscript, geometry, resolution or _RESOLUTION, copy)
        if isinstance(found, Problem):
            return found
        copy.view = WrapView(picture=found, barcode_place=manuscript.proof, stamp=_stamp(manuscript))
        copy.styles = cover.wrap_styles(geometry, cover.fan_of("", 0), {}, Spine(), 0)
        return copy
    families = (*config.fonts.fallback, *families_for(config.book.language))
    text = _text_of(manuscript, spine=pages >= rules.spine_text_from)
    words = cover.set_wrap(text, geometry, rules.spine_margin, families)
    if words.excess > 1:
        return _too_long(manuscript, words.excess)
    copy.problems += _said_of(manuscript, text, words, families)
    fan, drawing = cover.fan_drawing(text.front, words.front.foot, geometry)
    picture = _front_picture(manuscript, geometry, resolution or _RESOLUTION, copy)
    if isinstance(picture, Problem):
        return picture
    isbn = "" if manuscript.proof else edition.isbn13
    copy.view = WrapView(
        back=words.back.text,
        back_publisher=words.publisher,
        spine=words.spine,
        turn=cover.turn_of(config.book.language, text.front.direction),
        front=None if picture else words.front,
        front_picture=picture or copy.add_picture(drawing, "image/svg+xml"),
        barcode_place=bool(isbn) or manuscript.proof or max(rules.barcode) > 0,
        bars=copy.add_picture(cover.barcode_drawing(isbn), "image/svg+xml") if isbn else "",
        isbn=_as_written(edition, isbn),
        figures=cover.figures_of(isbn) if isbn else (),
        stamp=_stamp(manuscript),
    )
    copy.styles = cover.wrap_styles(geometry, fan, words.placed, words.spine, cover.margin_of(geometry))
    return copy


def _text_of(manuscript: Manuscript, spine: bool) -> WrapText:
    config, labels = manuscript.config, manuscript.labels
    book, names = config.book, labels.names(config.book.editors)
    edited = labels.text("edited-by", names=names) if names else ""
    direction = direction_of(book.language)
    return WrapText(
        front=CoverText(book.title, book.subtitle, edited, book.publisher, book.language, direction),
        back=config.cover.back or book.description,
        about=config.cover.about,
        spine_title=(config.cover.spine_title or book.title) if spine else "",
        names=names,
    )


def _stamp(manuscript: Manuscript) -> str:
    return manuscript.labels["proof"] if manuscript.proof else ""


def _as_written(edition: PdfEdition, isbn: str) -> str:
    """Give the ISBN with its hyphens, where the editor wrote those thirteen figures with hyphens."""
    return edition.isbn if "".join(filter(str.isdigit, edition.isbn)) == isbn else isbn


# What is wrong with the words


def _too_long(manuscript: Manuscript, excess: float) -> Problem:
    config = manuscript.config
    key, called = (("cover", "back"), "[cover] back") if config.cover.back else (("book", "description"), "")
    message = (
        f"the text of the back needs {excess:.1f} times the room that it has in the smallest size of type"
    )
    hint = f"shorten {called}" if called else "write a shorter text for it: [cover] back"
    return Problem("K003", "error", message, config.origin(*key), hint)


def _said_of(
    manuscript: Manuscript, text: WrapText, words: WrapWords, families: tuple[str, ...]
) -> list[Problem]:
    """Tell which words are cut short or left out, and which characters cannot be set."""
    config = manuscript.config
    origin = config.origin("book", "title")
    problems = []
    if not config.book.cover:
        for placed in words.front[:4]:
            if not placed.block.whole:
                message = f"the front has no room for all of this: “{placed.block.lines[0]} …”"
                problems.append(Problem("K005", "warning", message, origin, "make it shorter"))
    if text.spine_title and not words.spine.title:
        message = f"the spine has no room for “{shortened(text.spine_title)}”, and no words"
        hint = "write a shorter title for it: [cover] spine-title"
        if words.narrow:
            message = "the spine is too narrow for a line of type, and has no words"
            hint = "a thicker paper makes it wider; books as thin as this do without"
        problems.append(Problem("K004", "warning", message, config.origin("cover", "spine-title"), hint))
    front = text.front
    said = (
        front.title,
        front.subtitle,
        front.editors,
        front.publisher,
        text.back,
        text.about,
        text.spine_title,
    )
    if lost := cover.uncovered(" ".join(said), families):
        message = f"no typeface for the cover has these characters: {lost}"
        hint = "name a family that has them under [fonts] fallback, or give a `cover` picture"
        problems.append(Problem("I009", "warning", message, origin, hint))
    return problems


# Given pictures


def _front_picture(
    manuscript: Manuscript, geometry: WrapGeometry, resolution: int, copy: WrapCopy
) -> str | Problem:
    """Take in the given picture of the front and give its address; empty where none is given."""
    if not manuscript.config.book.cover:
        return ""
    return _picture(manuscript, ("book", "cover"), geometry.fields[2], resolution, copy)


def _whole_picture(
    manuscript: Manuscript, geometry: WrapGeometry, resolution: int, copy: WrapCopy
) -> str | Problem:
    """Take in the given picture of the whole cover and give its address; its shape must be right."""
    from anthology.cover import Panel

    whole = Panel(0, 0, geometry.width, geometry.height)
    return _picture(manuscript, ("cover", "picture"), whole, resolution, copy, exactly=True)


def _picture(
    manuscript: Manuscript,
    key: tuple[str, str],
    place: Panel,
    resolution: int,
    copy: WrapCopy,
    *,
    exactly: bool = False,
) -> str | Problem:
    config = manuscript.config
    path, origin = getattr(getattr(config, key[0]), key[1]), config.origin(*key)

    def problem(code: str, severity: Severity, message: str, hint: str = "") -> Problem:
        return Problem(code, severity, message, origin, hint)

    data = manuscript.find(path)
    if data is None:
        return problem("K006", "error", f'there is no cover picture "{path}"')
    try:
        fitting, media_type, (width, height) = cover.for_print(data)
    except ValueError as error:
        return problem("K006", "error", f'the cover picture "{path}": {error}')
    needed = tuple(math.ceil(side / 25.4 * resolution) for side in (place.width, place.height))
    right = (
        f"{place.width:.1f} × {place.height:.1f} mm with the bleed,"
        f" or {needed[0]} × {needed[1]} pixels at {resolution} an inch"
    )
    if exactly and abs(width / height * place.height - place.width) > _OFF:
        message = f'the cover picture "{path}" has another shape than the cover: {width} × {height} pixels'
        return problem("K006", "error", message, f"make it {right}")
    # It is made to cover its place: the side that is enlarged most tells.
    if width < needed[0] or height < needed[1]:
        least = min(width / needed[0], height / needed[1]) * resolution
        message = f'the cover picture "{path}" is printed with {least:.0f} pixels per inch, and {resolution} are asked for'
        copy.problems.append(problem("K007", "warning", message, f"best is {right}"))
    return copy.add_picture(fitting, media_type)
