"""Articles, introductions and matter, and the openers of sections, as templates see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from anthology.layout.base import mark_wide_tables, name_boxes, readdress
from anthology.layout.opening import mark_opening
from anthology.layout.running_heads import running_head
from anthology.layout.tall_pictures import mark_tall_pictures
from anthology.matter import matter_of
from anthology.model import direction_of
from anthology.xhtml import parse_fragment, serialise_fragment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from anthology.model import Article, Section
    from anthology.views.entries import Entries, EntryView

# What the reader notes of an index term, for whoever makes the index.
_NOTED_OF_TERMS = ("data-index", "data-line")


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


def article_view(article: Article, entries: Entries) -> ArticleView:
    """Show a piece with its body in the layout's shape."""
    labels, layout = entries.labels, entries.layout
    section = entries.sections.get(article.id)
    body = parse_fragment(article.body)
    mark_tall_pictures(body, article.pictures)
    readdress(body, layout)
    name_boxes(body, labels)
    mark_wide_tables(body)
    if section:
        mark_opening(body)
    layout.shape(body, labels)
    _forget_terms(body)
    reading = entries.linked.related.by_article[article.id]
    language = article.language or entries.config.book.language
    return ArticleView(
        id=article.id,
        title=article.title,
        short_title=running_head(article.short_title or article.title, layout.room),
        standfirst=article.standfirst,
        bylines=tuple(entries.bylines(article)),
        authors=entries.authors(article),
        date=labels.date(article.date) if article.date else "",
        date_iso=article.date.isoformat() if article.date else "",
        section=section.title if section else "",
        running_section=running_head(section.title, layout.room) if section else "",
        language=language,
        direction=direction_of(language),
        body=Markup(serialise_fragment(body)),
        image=layout.picture(article.image.key) if article.image else "",
        related=tuple(entries.of_related(entry) for entry in reading.entries),
        referred_by=tuple(entries.of_related(entry) for entry in reading.referred_by),
        extra=article.extra,
        matter="" if section else matter_of(article.id, article.title),
    )


def section_view(section: Section, number: int, entries: Entries) -> SectionView:
    """Show the opener of a section; `number` counts the titled sections from 1."""
    return SectionView(
        title=section.title,
        slug=section.slug,
        part=entries.labels.part(number),
        introduction=article_view(section.introduction, entries) if section.introduction else None,
        articles=tuple(entries.of_article(article) for article in section.articles),
    )


def _forget_terms(body: _Element) -> None:
    """Leave of an index term the place that the index leads to: what it says is printed there alone."""
    for term in body.iterfind(f".//span[@{_NOTED_OF_TERMS[0]}]"):
        for name in _NOTED_OF_TERMS:
            term.attrib.pop(name, "")
