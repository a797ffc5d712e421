"""The content of a project as far as it can be judged before a page is set: all stages up to the links, and the lints."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from anthology.checking.faces import lacking_in
from anthology.checking.house_style import unlike_the_house
from anthology.config import load_config
from anthology.editions.printing import printing_of
from anthology.plan.order import running_order
from anthology.preparing import prepare
from anthology.problems import ContentError, Problem
from anthology.project import CONFIG, CONTENT
from anthology.regular_files import paths_below
from anthology.verify.lints import lint
from anthology.verify.lints.characters import missing_characters
from anthology.verify.lints.contributors import nobodies
from anthology.verify.lints.passages import copies_of
from anthology.verify.lints.pictures import TypeArea, coarse_pictures, unused_pictures
from anthology.verify.rights import check_rights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anthology.build import Options
    from anthology.config import Config, PdfEdition
    from anthology.editions.base import Manuscript
    from anthology.project import Project

_MM_PER_INCH = 25.4
# The usual margins, as parts of the page: both sides together, head and foot together (styles/paper.css). Of the
# height a caption takes some lines.
_SIDES, _HEIGHT = 0.2583, 0.72
# The longest line that the usual styles set, in inches, and that of large print.
_MEASURE, _LARGE_MEASURE = 5.0, 6.0
# What every printer asks for, where none is named.
_RESOLUTION = 300
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp", ".tif", ".tiff"})
_NAMING = frozenset({".md", ".markdown", ".css", ".html", ".toml"})


def check_content(
    project: Project, options: Options, progress: Callable[[str, str], None]
) -> tuple[Config | None, Manuscript | None, tuple[Problem, ...]]:
    """Gather what can be found wrong in the settings and the text.

    Returns the settings, the manuscript and the problems; None where these are so wrong that there is none.
    """
    try:
        config = load_config(project.config(), CONFIG)
    except ContentError as error:
        return None, None, error.problems
    try:
        manuscript, found = prepare(project, config, options, progress)
    except ContentError as error:
        return config, None, error.problems
    progress("verify", "the text")
    order = running_order(manuscript.linked, _heeding_nothing(config), found)
    return config, manuscript, (*order.problems, *_linted(project, manuscript))


def _heeding_nothing(config: Config) -> Config:
    """Give the settings without what is to be ignored, which is weighed at the end."""
    return config.model_copy(update={"check": config.check.model_copy(update={"ignore": ()})})


def _linted(project: Project, manuscript: Manuscript) -> Iterator[Problem]:
    anthology, config = manuscript.linked.anthology, manuscript.config
    copies = copies_of(anthology, config.book.language, manuscript.find)
    articles = frozenset(article.id for article in anthology.articles)
    yield from lint(copies, articles, _today(config))
    yield from unlike_the_house(copies, articles, config)
    yield from nobodies(anthology, config)
    yield from coarse_pictures(copies, anthology.pictures, tuple(_type_areas(manuscript)))
    yield from missing_characters(copies, lacking_in(manuscript))
    if not config.rights.required:
        # Nobody asked for them; but what was refused, or has expired, an editor wants to hear.
        yield from check_rights(anthology, config, manuscript.day, manuscript.find, proof=True, stated=True)
    shown = [picture.path for picture in anthology.pictures.values()]
    naming = _Naming(project)
    yield from unused_pictures(_files(project, _PICTURES, CONTENT), shown, naming.names)


def _today(config: Config) -> dt.date:
    """Give the day behind which dates lie in the future: this one, or a later one of the book's own."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = dt.datetime.fromtimestamp(int(stamp), dt.UTC) if stamp.isdecimal() else dt.datetime.now(dt.UTC)
    # Somewhere on earth it is tomorrow already.
    today = now.date() + dt.timedelta(days=1)
    return max(day for day in (today, config.book.date, config.book.revised) if day)


def _type_areas(manuscript: Manuscript) -> Iterator[TypeArea]:
    """Measure what the usual styles leave of the pages of each edition on paper."""
    for name, edition in manuscript.config.editions.items():
        if edition.format == "pdf":
            yield _type_area(manuscript, name, edition)


def _type_area(manuscript: Manuscript, name: str, edition: PdfEdition) -> TypeArea:
    resolution = _RESOLUTION
    if edition.printer:
        try:
            printing = printing_of(manuscript.config, name, edition, manuscript.find_profile)
            resolution = printing.profile.resolution if printing.profile else _RESOLUTION
        except ContentError:
            pass  # the edition tells of that
    width, height = edition.trim.width / _MM_PER_INCH, edition.trim.height / _MM_PER_INCH
    measure = _LARGE_MEASURE if edition.theme == "large-print" else _MEASURE
    return TypeArea(name, min(width * (1 - _SIDES), measure), height * _HEIGHT, resolution)


def _files(project: Project, suffixes: frozenset[str], folder: str = "") -> Iterator[str]:
    """Name the files of a folder of the project; what begins with a dot, and what was built, is not ours."""
    for path in paths_below(project.root / folder, project.root):
        below = path.relative_to(project.root)
        hidden = any(part.startswith(".") for part in below.parts) or below.parts[0] == "dist"
        if path.suffix.lower() in suffixes and not hidden:
            yield below.as_posix()


class _Naming:
    """What names files: articles and drafts, settings, templates and styles."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._said: bytes | None = None

    def names(self, path: str) -> bool:
        """Tell whether any of them has the name of a file in it."""
        if self._said is None:
            folders = (CONTENT, "templates", "styles")
            paths = [CONFIG, *(path for folder in folders for path in _files(self._project, _NAMING, folder))]
            self._said = b"\n".join(self._project.find(path) or b"" for path in paths)
        name = PurePosixPath(path).name
        return name.encode() in self._said or quote(name).encode() in self._said
