"""Lines that lead somewhere, and how they name people and pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from anthology.directions import direction_among
from anthology.model import Target, direction_of
from anthology.people.contributors import Contributors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anthology.config import Config
    from anthology.labels import Labels
    from anthology.layout import Layout
    from anthology.model import Article, LinkedAnthology, RelatedEntry, Role, Section

# The order in which the roles are named under a title.
ROLES: tuple[Role, ...] = ("author", "translator", "interviewer", "photographer", "illustrator", "editor")


@dataclass(frozen=True, slots=True)
class EntryView:
    """A line that leads somewhere: in the contents, in related reading, under a contributor."""

    title: str
    address: str = ""
    page: str = ""
    byline: str = ""
    note: str = ""
    why: str = ""
    language: str = ""
    direction: str = ""
    entries: tuple[EntryView, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class PageView:
    """A printed page in the page list of an e-book; `front` pages are counted in roman figures."""

    folio: str
    address: str
    front: bool


class Entries:
    """Writes the lines of one book, for one format and in one language."""

    def __init__(self, linked: LinkedAnthology, config: Config, labels: Labels, layout: Layout) -> None:
        self.linked = linked
        self.config = config
        self.labels = labels
        self.layout = layout
        self.contributors = Contributors.of(config)
        self.articles = {piece.id: piece for piece in linked.anthology.pieces}

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Give the section of each article by its id."""
        sections = self.linked.anthology.sections
        return {article.id: section for section in sections for article in section.articles}

    def of_article(self, article: Article, target: Target | None = None) -> EntryView:
        """Write a line that leads to an article, or with its title to a place in it."""
        target = target or Target(article.id)
        language = article.language or self.config.book.language
        other = language if language != self.config.book.language else ""
        return EntryView(
            title=article.title,
            address=self.layout.address(target),
            page=Markup(self.layout.slot(target)),
            byline=self.authors(article),
            language=other,
            direction=direction_of(other) if other else direction_among(article.title, language),
        )

    def title_of(self, article: Article) -> str:
        """Give the title of a piece, or of the section that it introduces."""
        introduced = (one.title for one in self.linked.anthology.sections if one.introduction is article)
        return article.title or next(introduced, "")

    def of_document(
        self, title: str, target: Target, entries: tuple[EntryView, ...] = (), label: str = ""
    ) -> EntryView:
        """Write a line that leads to what the book makes itself."""
        slot = Markup(self.layout.slot(target))
        return EntryView(title, self.layout.address(target), slot, entries=entries, label=label)

    def of_related(self, entry: RelatedEntry) -> EntryView:
        """Write a line of related reading; it cites what is not in the book."""
        article = self.articles.get(entry.article)
        if article is None:
            date = self.labels.date(entry.date) if entry.date else ""
            note = joined([entry.section, date], " · ")
            title = entry.title or entry.standfirst
            direction = direction_among(title, self.config.book.language)
            return EntryView(
                title=title, address=entry.address, note=note, why=entry.why, direction=direction
            )
        shown = self.of_article(article)
        return EntryView(
            title=shown.title,
            address=shown.address,
            page=self.page(shown.page),
            byline=shown.byline,
            why=entry.why,
            language=shown.language,
            direction=shown.direction,
        )

    def page(self, slot: str) -> Markup:
        """Write a page reference ("page 214") round the place where the number is printed."""
        if not slot:
            return Markup("")
        before, _, after = self.labels.page("\ue000").partition("\ue000")
        return escape(before) + Markup(slot) + escape(after)

    def bylines(self, article: Article) -> Iterator[str]:
        """Write the lines under a title, one for each role."""
        for role in ROLES:
            if names := self._names(article, role):
                yield self.labels.credit(role, names)

    def authors(self, article: Article) -> str:
        """Write the names of the authors."""
        return self.labels.names(self._names(article, "author"))

    def _names(self, article: Article, role: Role) -> list[str]:
        """Give the names of those who share a role, each person once."""
        known_as = self.contributors.known_as
        people = {known_as(credit.name): credit for credit in article.credits[::-1] if credit.role == role}
        return [credit.printed for credit in article.credits if people.get(known_as(credit.name)) is credit]


def joined(parts: Iterable[str], separator: str) -> str:
    """Join what is not empty."""
    return separator.join(part for part in parts if part)
