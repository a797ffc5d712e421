"""All that templates see of one book, for one format and in one language."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from anthology.model import Target
from anthology.views.contributors import contributor_views
from anthology.views.credits import credit_views
from anthology.views.documents import AUTHOR_INDEX, CONTRIBUTORS, CREDITS, SUBJECT_INDEX, section_name
from anthology.views.entries import Entries, PageView
from anthology.views.indexes import Indexes
from anthology.views.pieces import article_view, section_view

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from anthology.config import Config
    from anthology.labels import Labels
    from anthology.layout import Layout
    from anthology.model import Article, LinkedAnthology, Section
    from anthology.pages import PageStart
    from anthology.views.contributors import ContributorView
    from anthology.views.entries import EntryView
    from anthology.views.indexes import IndexView
    from anthology.views.pieces import ArticleView, SectionView


class Views:
    """Turn the linked anthology into what templates see, for one format and in one language."""

    def __init__(self, linked: LinkedAnthology, config: Config, labels: Labels, layout: Layout) -> None:
        self._linked = linked
        self._config = config
        self._labels = labels
        self._layout = layout
        self._entries = Entries(linked, config, labels, layout)
        self._indexes = Indexes(self._entries, frozenset(), {})

    def article(self, article: Article) -> ArticleView:
        """Show a piece with its body in the layout's shape."""
        return article_view(article, self._entries)

    def section(self, section: Section, number: int) -> SectionView:
        """Show the opener of a section; `number` counts the titled sections from 1."""
        return section_view(section, number, self._entries)

    @cached_property
    def contents(self) -> tuple[EntryView, ...]:
        """Show the contents: front matter, sections with their articles, back matter, indexes."""
        anthology, write = self._linked.anthology, self._entries
        entries = [write.of_article(piece) for piece in anthology.front]
        number = 0
        for section in anthology.sections:
            articles = tuple(write.of_article(article) for article in section.articles)
            if section.title:
                number += 1
                target = Target(section_name(section))
                part = self._labels.part(number)
                entries.append(write.of_document(section.title, target, articles, label=part))
            else:
                entries.extend(articles)
        for name, label, there in (
            (CONTRIBUTORS, "contributors", self.contributors),
            (CREDITS, "credits", self.credits),
        ):
            if there:
                entries.append(write.of_document(self._labels[label], Target(name)))
        entries.extend(write.of_article(piece) for piece in anthology.back)
        entries.extend(write.of_document(title, Target(name)) for name, title, _ in self.indexes)
        return tuple(entries)

    @cached_property
    def contributors(self) -> tuple[ContributorView, ...]:
        """Show everybody who is credited, sorted as an index sorts names, with their articles."""
        return contributor_views(self._entries)

    @cached_property
    def credits(self) -> tuple[EntryView, ...]:
        """Show where each piece and each picture comes from and whose it is, for those that say so."""
        return credit_views(self._entries)

    def find_places(self, present: Container[str], folios: Mapping[str, str]) -> None:
        """Take note of what the indexes can lead to, before anything is asked that lists them.

        `present` are the ids that the documents of the edition have, `folios` the printed pages that an e-book gives.
        """
        self._indexes = Indexes(self._entries, present, folios)

    @cached_property
    def indexes(self) -> tuple[tuple[str, str, IndexView], ...]:
        """Give name and title of each index that the edition has, and the index."""
        found = (
            (AUTHOR_INDEX, "index-of-authors", self._indexes.authors()),
            (SUBJECT_INDEX, "subject-index", self._indexes.subjects()),
        )
        return tuple((name, self._labels[label], index) for name, label, index in found if index)

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
