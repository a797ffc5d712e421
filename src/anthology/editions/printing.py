"""How an edition is printed: what its settings and its printer's profile come to, before a page is set."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from anthology.bind import Intent
from anthology.printers import FOLDER, Colour, Sides, load_profile
from anthology.problems import ContentError, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anthology.config import Config, PdfEdition
    from anthology.model import Origin
    from anthology.printers import Profile

_PRESS = "pdf/x-4"
# Where an ICC profile says what colours it is for, and in how many inks (ICC.1:2022, 7.2.8).
_SPACE = slice(16, 20)
_INKS = {b"CMYK": 4, b"GRAY": 1, b"RGB ": 3}


@dataclass(frozen=True, slots=True)
class Printing:
    """How an edition is printed; lengths in millimetres.

    Without a printer `profile` is None: a file for screen and paper alike. `flat` tells that nothing may be
    transparent, `intent` for which printing the colours are meant.
    """

    profile: Profile | None = None
    colour: Colour = "rgb"
    intent: Intent | None = None
    bleed: Sides = Sides()  # noqa: RUF009  # frozen: all of them may share one
    flat: bool = False
    standards: tuple[str, ...] = ()

    @property
    def for_paper(self) -> bool:
        """Tell whether the file is for paper alone: without links, outline and structure."""
        return self.profile is not None and self.profile.for_print

    @property
    def claimed(self) -> tuple[str, ...]:
        """Name the standards that the file claims: one that is for screens too keeps PDF/UA-1 unless another is named."""
        return self.standards or (() if self.for_paper else ("pdf/ua-1",))

    @property
    def marks(self) -> bool:
        """Tell whether there are marks round the pages."""
        return self.profile is not None and self.profile.marks

    @property
    def separation(self) -> bytes:
        """Give the profile that colours are separated for; that of four inks says nothing of how gray is made."""
        fitting = (
            self.intent is not None and self.intent.inks == {"cmyk": 4, "gray": 1, "rgb": 0}[self.colour]
        )
        return self.intent.profile if self.intent and fitting else b""

    @property
    def safety(self) -> float:
        """Give the least margin at the head, outside and at the foot."""
        least = self.least_margins
        return max(least.top, least.outside, least.bottom)

    @property
    def least_margins(self) -> Sides:
        """Give the least margins, which are wider where pages bleed."""
        if self.profile is None:
            return Sides()
        return self.profile.margins_with_bleed if self.bleed != Sides() else self.profile.margins

    def gutter(self, pages: int) -> float:
        """Give the least inside margin of a book of so many pages."""
        return self.profile.gutter(pages) if self.profile else 0.0


def printing_of(
    config: Config, name: str, edition: PdfEdition, find: Callable[[str], bytes | None]
) -> Printing:
    """Work out how an edition is printed.

    Args:
        config: of the book.
        name: of the edition.
        edition: its settings.
        find: reads a file of the project, or a colour profile of this machine.

    Raises ContentError where the printer is not known, or does not take what the edition asks for.
    """
    if not edition.printer:
        colour = edition.colour or "rgb"
        intent = _intent(config, name, edition, colour, find)
        return Printing(None, colour, intent, standards=edition.standard)
    try:
        profile = load_profile(edition.printer, _own_profiles(edition.printer, find))
    except ContentError as error:
        origin = config.origin("editions", name, "printer")
        raise ContentError(
            *(problem if problem.origin else _at(problem, origin) for problem in error.problems)
        ) from None
    problems = tuple(_refused(config, name, edition, profile))
    if problems:
        raise ContentError(*problems)
    # What holds the file against the profile is to ask for what it claims.
    profile = replace(profile, standards=_standards(profile, edition))
    colour = edition.colour or profile.colours[0]
    return Printing(
        profile=profile,
        colour=colour,
        intent=_intent(config, name, edition, colour, find, needed=profile.needs_icc),
        bleed=profile.bleed if (profile.bleeds if edition.bleed is None else edition.bleed) else Sides(),
        flat="transparency" in profile.forbids,
        standards=profile.standards,
    )


def _standards(profile: Profile, edition: PdfEdition) -> tuple[str, ...]:
    """Give what the file claims: of one standard it can keep one level only, and the edition's comes first."""
    chosen = {_family(name) for name in edition.standard}
    return (*(name for name in profile.standards if _family(name) not in chosen), *edition.standard)


def _family(standard: str) -> str:
    """Name the standard that a level belongs to: that of pdf/a-3a is pdf/a."""
    return standard.partition("-")[0]


def _own_profiles(name: str, find: Callable[[str], bytes | None]) -> dict[str, bytes]:
    """Read the project's own profile of this name, and those of the project that it extends."""
    own: dict[str, bytes] = {}
    while name and name not in own and (data := find(f"{FOLDER}/{name}.toml")) is not None:
        own[name] = data
        try:
            extended = tomllib.loads(data.decode()).get("extends")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            break  # who loads it tells of that, with the line
        name = extended if isinstance(extended, str) else ""
    return own


def _at(problem: Problem, origin: Origin) -> Problem:
    return Problem(problem.code, problem.severity, problem.message, origin, problem.hint)


def _refused(config: Config, name: str, edition: PdfEdition, profile: Profile) -> Iterator[Problem]:
    """Tell what the settings ask for that the printer does not take."""
    table = f"[editions.{name}]"

    def refused(key: str, message: str, hint: str) -> Problem:
        return Problem("B016", "error", message, config.origin("editions", name, key), hint)

    trim = (edition.trim.width, edition.trim.height)
    if not profile.takes_trim(*trim):
        message = f"{profile.title} takes no pages of {_size(trim)}"
        yield refused("trim", message, _sizes_taken(profile, trim))
    if edition.colour and edition.colour not in profile.colours:
        taken = ", ".join(profile.colours)
        yield refused("colour", f'{profile.title} takes no "{edition.colour}"', f"it takes: {taken}")
    if edition.bleed and profile.bleed == Sides():
        yield refused("bleed", f"{profile.title} has no bleed", "delete the line")
    papers = [paper.name for paper in profile.papers]
    if edition.paper and papers and edition.paper not in papers:
        hint = did_you_mean(edition.paper, papers) or f"it has: {', '.join(papers)}"
        yield refused("paper", f'{profile.title} has no paper "{edition.paper}"', hint)
    if edition.standard and profile.for_print:
        message = f"{table} names a standard, but files for {profile.title} are for paper alone"
        yield refused("standard", message, "delete the line: the profile says what the file claims")


def _sizes_taken(profile: Profile, trim: tuple[float, float]) -> str:
    """Tell which size near this one a printer takes."""
    if near := profile.nearest_trim(*trim):
        return f"the nearest size that it takes is {_size(near)}"
    ends = [
        (word, size) for word, size in (("from", profile.smallest_trim), ("to", profile.largest_trim)) if size
    ]
    return f"it takes pages {' '.join(f'{word} {_size(size)}' for word, size in ends)}"


def _size(trim: tuple[float, float]) -> str:
    """Write a size in both units that printers speak of."""
    inches = " × ".join(f"{side / 25.4:.3f}".rstrip("0").rstrip(".") for side in trim)
    return f"{inches} in ({trim[0]:.0f} × {trim[1]:.0f} mm)"


def _intent(
    config: Config,
    name: str,
    edition: PdfEdition,
    colour: Colour,
    find: Callable[[str], bytes | None],
    needed: bool = False,
) -> Intent | None:
    """Read the colour profile of the press, where one is named or needed."""
    key = ("editions", name, "icc")

    def refused(message: str, hint: str) -> ContentError:
        return ContentError(Problem("B017", "error", message, config.origin(*key), hint))

    where = 'icc = "profiles/….icc": the printer tells which, and where it is to be had'
    if not edition.icc:
        if needed or colour == "cmyk":
            message = f"[editions.{name}] is printed in {colour}, and names no colour profile of the press"
            raise refused(message, f"add {where}")
        return None
    data = find(edition.icc)
    if data is None:
        raise refused(f'there is no colour profile "{edition.icc}"', f"write {where}")
    inks = _INKS.get(data[_SPACE]) if data[36:40] == b"acsp" else None
    wanted = {"cmyk": 4, "gray": (1, 4), "rgb": 3}[colour]
    if inks is None or inks not in (wanted if isinstance(wanted, tuple) else (wanted,)):
        said = "is no ICC profile" if inks is None else f"is made for {data[_SPACE].decode().strip()}"
        raise refused(f'"{edition.icc}" {said}, but {colour} is printed', f"write {where}")
    from anthology.typeset.separation import inks_for

    try:
        if inks == _INKS[b"CMYK"]:
            inks_for("cmyk", data)
    except ValueError as error:
        raise refused(f'"{edition.icc}" cannot be used: {error}', f"write {where}") from None
    return Intent(data, _described(data) or edition.icc, inks)


def _described(data: bytes) -> str:
    """Give the name that a colour profile has for itself."""
    from io import BytesIO

    from PIL import ImageCms

    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(data))).strip()
    except (OSError, ImageCms.PyCMSError):
        return ""
