"""The documents of a book: the linked anthology becomes XHTML."""

from __future__ import annotations

import re
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from anthology.addresses import mail_address
from anthology.model import Document, direction_of
from anthology.navigation import landmarks, navigation_points, reading_order
from anthology.render.engine import NCX, check_well_formed, environment_for, fill
from anthology.views import (
    CONTENTS,
    CONTRIBUTORS,
    COVER,
    CREDITS,
    HALF_TITLE,
    IMPRINT,
    TITLE_PAGE,
    Views,
    section_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from anthology.config import Config, Edition
    from anthology.labels import Labels
    from anthology.layout import Layout
    from anthology.model import Anthology, LinkedAnthology, Section
    from anthology.pages import PageStart
    from anthology.theme import Theme
    from anthology.views import PageView

Part = Literal["front", "text", "back"]

_ID = re.compile(r"""\sid=["']([^"']+)""")
_NO_FOLIOS: Mapping[str, str] = MappingProxyType({})


def render(
    linked: LinkedAnthology,
    config: Config,
    edition: Edition,
    theme: Theme,
    layout: Layout,
    labels: Labels,
    styles: tuple[str, ...] = (),
    identifier: str = "",
    starts: Sequence[PageStart] = (),
    only: str = "",
    folios: Mapping[str, str] = _NO_FOLIOS,
) -> tuple[Document, ...]:
    """Render every document of an edition, in the order of the book.

    `styles` are the addresses of the style sheets that the documents link to, `identifier` is the edition's;
    `starts` are the printed pages that an e-book lists, and `folios` those on which the places of its indexes stand, by
    fragment or else by article. With `only`, the id of a piece, its document alone is
    rendered, as it is in the book.
    Raises ContentError where a template of the project is at fault.
    """
    from markupsafe import Markup

    views = Views(linked, config, labels, layout)
    environment = environment_for(theme)
    common = {
        "book": config.book,
        "imprint": config.imprint,
        "mail": mail_address(config.imprint.publisher_email),
        "edition": edition,
        "format": layout.format,
        "identifier": identifier,
        "labels": labels,
        "styles": styles,
        "book_date": labels.date(config.book.date) if config.book.date else "",
        "book_revised": labels.date(config.book.revised) if config.book.revised else "",
        "editors": labels.text("edited-by", names=labels.names(config.book.editors))
        if config.book.editors
        else "",
    }

    in_our_language = Markup(' lang="{0}" xml:lang="{0}"').format(config.book.language)
    our_direction = direction_of(config.book.language)

    def document(
        name: str, kind: str, part: Part, title: str, language: str = "", article: str = "", **values: Any
    ) -> Document:
        language = language or config.book.language
        ours = "" if language == config.book.language else in_our_language
        shown = common | values | {"title": title, "language": language, "direction": direction_of(language)}
        shown |= {"part": "body" if part == "text" else part, "in_our_language": ours}
        shown["ours"] = (
            partial(Markup('<span{} dir="{}">{}</span>').format, ours, our_direction) if ours else str
        )
        template = NCX if kind == "ncx" else f"{kind}.html"
        html = fill(environment, template, shown | {"kind": kind})
        check_well_formed(html, template, name)
        return Document(name, kind, title, language, html, part, article)

    if only:
        return (_alone(linked.anthology, views, document, only),)
    pages = views.pages(starts)
    documents = list(_documents(linked, config, layout, labels, views, pages, document, folios))
    if layout.format == "epub":
        order = reading_order(documents, views.contents, pages, layout)
        points = navigation_points(views.contents, order)
        title = config.book.title
        documents.append(document("_toc", "ncx", "back", title, points=points, pages=pages, order=order))
    return tuple(documents)


def render_wrap(theme: Theme, config: Config, wrap: Any) -> Document:
    """Render the cover of a printed book; raises ContentError where the template of the project is at fault."""
    name, template, language = "_wrap", "wrap.html", config.book.language
    shown = {
        "book": config.book,
        "title": config.book.title,
        "language": language,
        "wrap": wrap,
        "styles": (),
    }
    shown |= {"direction": direction_of(language), "kind": "wrap", "part": "front"}
    html = fill(environment_for(theme), template, shown)
    check_well_formed(html, template, name)
    return Document(name, "wrap", config.book.title, language, html, "front")


def _documents(
    linked: LinkedAnthology,
    config: Config,
    layout: Layout,
    labels: Labels,
    views: Views,
    pages: tuple[PageView, ...],
    document: Any,
    folios: Mapping[str, str],
) -> Iterator[Document]:
    anthology = linked.anthology
    if layout.format == "epub":
        yield document(COVER, "cover", "front", labels["cover"])
    else:
        yield document(HALF_TITLE, "half-title", "front", config.book.title)
    yield document(TITLE_PAGE, "title-page", "front", config.book.title)
    yield document(IMPRINT, "imprint", "front", labels["imprint"])
    front = [_piece(views, document, piece, "matter", "front") for piece in anthology.front]
    text = list(_text(anthology, views, document))
    back = [_piece(views, document, piece, "matter", "back") for piece in anthology.back]
    # What leads to places is written when it is known which there are.
    views.find_places(frozenset(_ids_in((*front, *text, *back))), folios)
    kind = "navigation" if layout.format == "epub" else "contents"
    listed = {
        "entries": views.contents,
        "landmarks": landmarks(linked, config, layout, labels, views),
        "pages": pages,
    }
    yield document(CONTENTS, kind, "front", labels["contents"], **listed)
    yield from front
    yield from text
    if contributors := views.contributors:
        title = labels["contributors"]
        yield document(CONTRIBUTORS, "contributors", "back", title, contributors=contributors)
    if credits := views.credits:
        yield document(CREDITS, "credits", "back", labels["credits"], credits=credits)
    yield from back
    for name, title, index in views.indexes:
        yield document(name, "index", "back", title, index=index, index_name=name)


def _text(anthology: Anthology, views: Views, document: Any) -> Iterator[Document]:
    number = 0
    for section in anthology.sections:
        if section.title:
            number += 1
            yield _opener(views, document, section, number)
        for article in section.articles:
            yield _piece(views, document, article, "article", "text")


def _opener(views: Views, document: Any, section: Section, number: int) -> Document:
    view = views.section(section, number)
    made = document(section_name(section), "section", "text", section.title, section=view)
    assert isinstance(made, Document)
    return made


def _alone(anthology: Anthology, views: Views, document: Any, piece_id: str) -> Document:
    """Render the document of one piece; an introduction stands in the opener of its section."""
    titled = (section for section in anthology.sections if section.title)
    for number, section in enumerate(titled, 1):
        if section.introduction and section.introduction.id == piece_id:
            return _opener(views, document, section, number)
    if piece := next((piece for piece in anthology.articles if piece.id == piece_id), None):
        return _piece(views, document, piece, "article", "text")
    part: Part = "front" if any(piece.id == piece_id for piece in anthology.front) else "back"
    piece = next(piece for piece in (*anthology.front, *anthology.back) if piece.id == piece_id)
    return _piece(views, document, piece, "matter", part)


def _ids_in(documents: Iterable[Document]) -> Iterator[str]:
    for document in documents:
        yield from _ID.findall(document.html)


def _piece(views: Views, document: Any, piece: Any, kind: str, part: Part) -> Document:
    view = views.article(piece)
    made = document(piece.id, kind, part, piece.title, language=view.language, article=piece.id, piece=view)
    assert isinstance(made, Document)
    return made
