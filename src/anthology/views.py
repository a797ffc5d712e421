"""What templates see: plain values with every word, date and address already in the book's language and format."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from anthology.directions import direction_among
from anthology.layout.base import mark_wide_tables, name_boxes, readdress
from anthology.layout.opening import mark_opening
from anthology.layout.running_heads import running_head
from anthology.layout.tall_pictures import mark_tall_pictures
from anthology.matter import matter_of
from anthology.model import Target, direction_of
from anthology.people import index_key
from anthology.xhtml import parse_fragment, serialise_fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from anthology.config import Config
    from anthology.labels import Labels
    from anthology.layout import Layout
    from anthology.model import Anthology, Article, LinkedAnthology, RelatedEntry, Role, Section
    from anthology.pages import PageStart

# Documents that the book makes itself. Ids of articles never begin with an underscore.
COVER, HALF_TITLE, TITLE_PAGE, IMPRINT = "_cover", "_half-title", "_title-page", "_imprint"
CONTENTS, CONTRIBUTORS, CREDITS = "_contents", "_contributors", "_credits"

# Those that have pages in print and none of their text in an e-book, whose contents are its navigation.
PAPER_ONLY = frozenset({HALF_TITLE, CONTENTS})

# The order in which the roles are named under a title.
ROLES: tuple[Role, ...] = ("author", "translator", "interviewer", "photographer", "illustrator", "editor")


def section_name(section: Section) -> str:
    """Name the document that opens a section."""
    return f"_section-{section.slug}"


def documents_of_introductions(anthology: Anthology) -> dict[str, str]:
    """Tell in which document each introduction stands: those of sections share their opener's."""
    return {
        section.introduction.id: section_name(section)
        for section in anthology.sections
        if section.introduction and section.title
    }


def known_as(name: str, config: Config) -> str:
    """Give the name under which a contributor is known in `[contributors]`."""
    for contributor in config.contributors.values():
        if name == contributor.name or name in contributor.also:
            return contributor.name
    return name


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


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article, an introduction, or a piece of front or back matter; `matter` says what that is, if it is known."""

    id: str
    title: str
    short_title: str
    standfirst: str
    bylines: tuple[str, ...]
    authors: str
    date: str
    date_iso: str
    section: str
    running_section: str
    language: str
    direction: str
    body: Markup
    image: str
    related: tuple[EntryView, ...]
    referred_by: tuple[EntryView, ...]
    extra: Mapping[str, Any]
    matter: str = ""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section's opener."""

    title: str
    slug: str
    part: str
    introduction: ArticleView | None
    articles: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class ContributorView:
    """A person or organisation and the articles they had a hand in."""

    name: str
    bio: str
    kind: str
    articles: tuple[EntryView, ...]


class Views:
    """Turn the linked anthology into what templates see, for one format and in one language."""

    def __init__(self, linked: LinkedAnthology, config: Config, labels: Labels, layout: Layout) -> None:
        self._linked = linked
        self._config = config
        self._labels = labels
        self._layout = layout
        self._articles = {piece.id: piece for piece in linked.anthology.pieces}
        self._sections = {
            article.id: section for section in linked.anthology.sections for article in section.articles
        }

    def article(self, article: Article) -> ArticleView:
        """Show a piece with its body in the layout's shape."""
        body = parse_fragment(article.body)
        mark_tall_pictures(body, article.pictures)
        readdress(body, self._layout)
        name_boxes(body, self._labels)
        mark_wide_tables(body)
        if article.id in self._sections:
            mark_opening(body)
        self._layout.shape(body, self._labels)
        section = self._sections.get(article.id)
        reading = self._linked.related.by_article[article.id]
        language = article.language or self._config.book.language
        return ArticleView(
            id=article.id,
            title=article.title,
            short_title=running_head(article.short_title or article.title, self._layout.room),
            standfirst=article.standfirst,
            bylines=tuple(self._bylines(article)),
            authors=self._authors(article),
            date=self._labels.date(article.date) if article.date else "",
            date_iso=article.date.isoformat() if article.date else "",
            section=section.title if section else "",
            running_section=running_head(section.title, self._layout.room) if section else "",
            language=language,
            direction=direction_of(language),
            body=Markup(serialise_fragment(body)),
            image=self._layout.picture(article.image.key) if article.image else "",
            related=tuple(self._related(entry) for entry in reading.entries),
            referred_by=tuple(self._related(entry) for entry in reading.referred_by),
            extra=article.extra,
            matter="" if article.id in self._sections else matter_of(article.id, article.title),
        )

    def section(self, section: Section, number: int) -> SectionView:
        """Show the opener of a section; `number` counts the titled sections from 1."""
        return SectionView(
            title=section.title,
            slug=section.slug,
            part=self._labels.part(number),
            introduction=self.article(section.introduction) if section.introduction else None,
            articles=tuple(self.entry(article) for article in section.articles),
        )

    @cached_property
    def contents(self) -> tuple[EntryView, ...]:
        """Show the contents: front matter, sections with their articles, back matter."""
        anthology = self._linked.anthology
        entries = [self.entry(piece) for piece in anthology.front]
        number = 0
        for section in anthology.sections:
            articles = tuple(self.entry(article) for article in section.articles)
            if section.title:
                number += 1
                target = Target(section_name(section))
                part = self._labels.part(number)
                entries.append(self._made(section.title, target, articles, label=part))
            else:
                entries.extend(articles)
        if self.contributors:
            entries.append(self._made(self._labels["contributors"], Target(CONTRIBUTORS)))
        if self.credits:
            entries.append(self._made(self._labels["credits"], Target(CREDITS)))
        return (*entries, *(self.entry(piece) for piece in anthology.back))

    def entry(self, article: Article) -> EntryView:
        """Show a line that leads to an article."""
        target = Target(article.id)
        language = article.language or self._config.book.language
        other = language if language != self._config.book.language else ""
        return EntryView(
            title=article.title,
            address=self._layout.address(target),
            page=Markup(self._layout.slot(target)),
            byline=self._authors(article),
            language=other,
            direction=direction_of(other) if other else direction_among(article.title, language),
        )

    @cached_property
    def contributors(self) -> tuple[ContributorView, ...]:
        """Show everybody who is credited, sorted as an index sorts names, with their articles."""
        articles: dict[str, dict[str, EntryView]] = defaultdict(dict)
        for article in self._linked.anthology.articles:
            for credit in article.credits:
                articles[known_as(credit.name, self._config)][article.id] = self.entry(article)
        return tuple(
            ContributorView(name, *self._about(name), tuple(found.values()))
            for name, found in sorted(articles.items(), key=lambda item: self._sort_name(item[0]))
        )

    @cached_property
    def credits(self) -> tuple[EntryView, ...]:
        """Show where each piece comes from and whose it is, for those that say so."""
        return tuple(
            replace(self.entry(article), byline="", note=joined(self._credit_lines(article), " · "))
            for article in self._linked.anthology.articles
            if any(self._credit_lines(article))
        )

    def pages(self, starts: Iterable[PageStart]) -> tuple[PageView, ...]:
        """Show the list of printed pages."""
        return tuple(
            PageView(
                start.folio,
                self._layout.address(Target(start.document, start.fragment)),
                front=not start.folio.isdecimal(),
            )
            for start in starts
        )

    def page(self, slot: str) -> Markup:
        """Write a page reference ("page 214") round the place where the number is printed."""
        if not slot:
            return Markup("")
        before, _, after = self._labels.page("\ue000").partition("\ue000")
        return escape(before) + Markup(slot) + escape(after)

    def _made(
        self, title: str, target: Target, entries: tuple[EntryView, ...] = (), label: str = ""
    ) -> EntryView:
        slot = Markup(self._layout.slot(target))
        return EntryView(title, self._layout.address(target), slot, entries=entries, label=label)

    def _related(self, entry: RelatedEntry) -> EntryView:
        article = self._articles.get(entry.article)
        if article is None:
            date = self._labels.date(entry.date) if entry.date else ""
            note = joined([entry.section, date], " · ")
            title = entry.title or entry.standfirst
            direction = direction_among(title, self._config.book.language)
            return EntryView(
                title=title, address=entry.address, note=note, why=entry.why, direction=direction
            )
        shown = self.entry(article)
        return EntryView(
            title=shown.title,
            address=shown.address,
            page=self.page(shown.page),
            byline=shown.byline,
            why=entry.why,
            language=shown.language,
            direction=shown.direction,
        )

    def _bylines(self, article: Article) -> Iterator[str]:
        for role in ROLES:
            if names := self._names(article, role):
                yield self._labels.credit(role, names)

    def _authors(self, article: Article) -> str:
        return self._labels.names(self._names(article, "author"))

    def _names(self, article: Article, role: Role) -> list[str]:
        """Give the names of those who share a role, each person once."""
        people = {
            known_as(credit.name, self._config): credit
            for credit in article.credits[::-1]
            if credit.role == role
        }
        return [
            credit.printed
            for credit in article.credits
            if people.get(known_as(credit.name, self._config)) is credit
        ]

    def _about(self, name: str) -> tuple[str, str]:
        for contributor in self._config.contributors.values():
            if name == contributor.name:
                return contributor.bio, contributor.kind
        return "", "person"

    def _sort_name(self, name: str) -> str:
        for contributor in self._config.contributors.values():
            if name == contributor.name and contributor.sort:
                return contributor.sort.casefold()
            if name == contributor.name and contributor.kind == "organisation":
                return name.casefold()
        return index_key(name, self._config.book.language)

    def _credit_lines(self, article: Article) -> Iterator[str]:
        source, rights = article.source, article.rights
        if source.publication:
            yield self._labels.first_published(source.publication, source.date)
        if rights.credit:
            yield rights.credit
        elif rights.holder:
            yield f"© {rights.holder}"
        if rights.licence:
            yield self._labels.text("licence", licence=rights.licence)


def joined(parts: Iterable[str], separator: str) -> str:
    """Join what is not empty."""
    return separator.join(part for part in parts if part)
