"""Resolve: which article a reference means, or why none, and which comes close."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from anthology.article_files import without_suffix
from anthology.catalogue import beginning, is_web_address, normalised, titled_address
from anthology.config.slugs import slug_of
from anthology.problems import shortened
from anthology.relate.near import Standfirsts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from anthology.catalogue import Catalogue
    from anthology.model import Article, Reference


@dataclass(frozen=True, slots=True)
class Resolution:
    """What came of a reference.

    `article` is the one that it means. Without one, `near` may be an article that comes close, and `why` says
    in what it differs; or `draft` is the path of the draft that it names. `others` are articles that a
    captured entry fits just as well.
    """

    reference: Reference
    article: Article | None = None
    near: Article | None = None
    why: str = ""
    draft: str = ""
    others: tuple[Article, ...] = ()

    @property
    def is_outside(self) -> bool:
        """Tell whether it means a piece that the project does not have."""
        return self.article is None and self.near is None and not self.draft


class Resolver:
    """Finds what references mean among the articles of a catalogue.

    Args:
        catalogue: the articles that can be referred to.
        drafts: the paths of articles that are in the project and not in the book.
    """

    def __init__(self, catalogue: Catalogue, drafts: Iterable[str] = ()) -> None:
        self._catalogue = catalogue
        self._drafts = sorted(drafts)

    def resolve(self, reference: Reference, asking: Article) -> Resolution:
        """Find the article that a reference means; an entry that nearly fits is told, never taken for it."""
        if not reference.name:
            return self._captured(reference, asking)
        title, address = titled_address(reference.name)
        article = self._catalogue.by_name(address, asking) or self._catalogue.by_title(title, asking)
        return Resolution(reference, article, draft="" if article else self._draft(reference.name))

    @cached_property
    def _standfirsts(self) -> Standfirsts:
        return Standfirsts(self._catalogue.standfirsts())

    def _captured(self, reference: Reference, asking: Article) -> Resolution:
        """Find an article by captured standfirst, section and date."""
        found = self._catalogue.by_standfirst(reference.standfirst, asking)
        is_whole = bool(found)
        found = found or self._catalogue.by_beginning(reference.standfirst, asking)
        agreeing = [article for article in found if not _disagreement(reference, article)]
        in_section = [article for article in agreeing if _same_section(reference.section, article)]
        fitting = _in_language_of(in_section or agreeing, asking, self._catalogue)
        if len(fitting) == 1 or (fitting and is_whole):
            return Resolution(reference, fitting[0], others=tuple(fitting[1:]))
        if fitting:
            why = f"{len(fitting)} standfirsts begin with these words"
            return Resolution(reference, near=fitting[0], why=why, others=tuple(fitting[1:]))
        if found:
            return Resolution(reference, near=found[0], why=_disagreement(reference, found[0]))
        return self._near(reference, asking)

    def _near(self, reference: Reference, asking: Article) -> Resolution:
        titled = self._catalogue.by_title(reference.standfirst, asking) if reference.standfirst else None
        if titled and titled.id != asking.id:
            return Resolution(reference, near=titled, why="this is its title, not its standfirst")
        close = self._standfirsts.closest(
            normalised(reference.standfirst), beginning(reference.standfirst), asking.id
        )
        if not close:
            return Resolution(reference)
        standfirst = close.source.standfirst or close.standfirst
        differs = _disagreement(reference, close)
        why = f'its standfirst reads "{shortened(standfirst)}"' + (f", and {differs}" if differs else "")
        return Resolution(reference, near=close, why=why)

    def _draft(self, name: str) -> str:
        """Find the draft that a name means: by path, or by the name of its file."""
        if is_web_address(name) or not self._drafts:
            return ""
        wanted = without_suffix(posixpath.basename(name.rstrip("/")))
        slug = slug_of(wanted) if wanted else ""
        stems = ((without_suffix(posixpath.basename(path)), path) for path in self._drafts)
        return next((path for stem, path in stems if stem == wanted or (slug and slug_of(stem) == slug)), "")


def _in_language_of(found: Sequence[Article], asking: Article, catalogue: Catalogue) -> Sequence[Article]:
    """Keep the articles in the language of the asking one, and other articles than itself, where there are any."""
    others = [article for article in found if article.id != asking.id] or found
    same = [article for article in others if catalogue.language_of(article) == catalogue.language_of(asking)]
    return same or others


def _disagreement(reference: Reference, article: Article) -> str:
    """Say in what an article with the right standfirst differs from a captured entry; empty where it fits.

    The section alone tells nothing where the day is the same: a magazine moves its articles about.
    """
    dates = [date for date in (article.source.date, article.date) if date]
    if reference.date and dates and reference.date not in dates:
        return f"it is dated {_day(dates[0])}, not {_day(reference.date)}"
    if reference.date and dates:
        return ""
    if not _same_section(reference.section, article):
        return f'it stands in the section "{_section_of(article)}", not in "{reference.section}"'
    return ""


def _same_section(wanted: str, article: Article) -> bool:
    """Tell whether an article was captured in a section, or stands in it now, as far as is known."""
    known = {normalised(name) for name in (article.source.section, article.section, article.folder) if name}
    return not wanted or not known or normalised(wanted) in known or slug_of(wanted) in known


def _section_of(article: Article) -> str:
    return article.source.section or article.section or article.folder


def _day(date: dt.date) -> str:
    return date.isoformat()
