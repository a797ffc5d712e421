"""How a reader finds the way in an e-book: landmarks, and the order in which places are come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anthology.matter import matter_of
from anthology.model import Target
from anthology.views import CONTENTS, CONTRIBUTORS, COVER, CREDITS, IMPRINT, TITLE_PAGE, section_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from anthology.config import Config
    from anthology.labels import Labels
    from anthology.layout import Layout
    from anthology.model import Article, Document, LinkedAnthology
    from anthology.views import EntryView, PageView, Views


def landmarks(
    linked: LinkedAnthology, config: Config, layout: Layout, labels: Labels, views: Views
) -> tuple[tuple[str, str, str], ...]:
    """Give type, address and title of each landmark, in the order of the book (EPUB 3.3, section 7.4.6)."""

    def of_matter(pieces: Sequence[Article]) -> Iterator[tuple[str, str, str]]:
        return (
            (term, piece.id, piece.title) for piece in pieces if (term := matter_of(piece.id, piece.title))
        )

    anthology = linked.anthology
    first = anthology.sections[0]
    start = section_name(first) if first.title else first.articles[0].id
    places = [
        ("cover", COVER, labels["cover"]),
        ("titlepage", TITLE_PAGE, labels["title-page"]),
        *(
            [("copyright-page", IMPRINT, labels["imprint"])]
            if config.imprint.copyright or config.book.rights
            else ()
        ),
        ("toc", CONTENTS, labels["contents"]),
        *of_matter(anthology.front),
        ("bodymatter", start, labels["start-of-content"]),
        *([("contributors", CONTRIBUTORS, labels["contributors"])] if views.contributors else ()),
        *([("credits", CREDITS, labels["credits"])] if views.credits else ()),
        *of_matter(anthology.back),
        *(("index", name, title) for name, title, _ in views.indexes),
    ]
    return tuple((term, layout.address(Target(name)), title) for term, name, title in places)


def reading_order(
    documents: Sequence[Document],
    entries: Sequence[EntryView],
    pages: Sequence[PageView],
    layout: Layout,
) -> dict[str, int]:
    """Number the addresses that the NCX leads to, from 1, as a reader comes to them (OPF 2.0.1, 2.4.1)."""
    places = {layout.address(Target(document.name)): place for place, document in enumerate(documents)}
    addresses = [
        *(below.address for entry in entries for below in (entry, *entry.entries)),
        *(page.address for page in pages),
    ]

    def place(address: str) -> tuple[int, bool]:
        document, _, fragment = address.partition("#")
        return places[document], bool(fragment)

    return {address: order for order, address in enumerate(sorted(addresses, key=place), 1)}


def navigation_points(entries: Sequence[EntryView], order: Mapping[str, int]) -> list[dict[str, Any]]:
    """Give the points of the NCX: title, address, place in the order, and the points below each."""
    return [
        {
            "title": entry.title,
            "address": entry.address,
            "order": order[entry.address],
            "points": navigation_points(entry.entries, order),
        }
        for entry in entries
    ]
