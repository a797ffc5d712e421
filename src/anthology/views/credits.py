"""Credits and permissions: where pieces come from and whose they are, and the same of pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from anthology.model import Target
from anthology.rights import credit_of, rights_of_pictures
from anthology.views.entries import EntryView, joined
from anthology.xhtml import parse_fragment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.labels import Labels
    from anthology.model import Article, Rights
    from anthology.rights import PictureRight
    from anthology.views.entries import Entries


def credit_views(entries: Entries) -> tuple[EntryView, ...]:
    """Show where each piece comes from and whose it is, for those that say so; then each picture with its holder."""
    return (*_of_articles(entries), *_of_pictures(entries))


def credit_note(article: Article, labels: Labels) -> str:
    """Write what the credits say of an article: where it was first published, and whose it is; empty for neither."""
    source = article.source
    first = labels.first_published(source.publication, source.date) if source.publication else ""
    return joined([first, *_lines(article.rights, labels)], " · ")


def _of_articles(entries: Entries) -> Iterator[EntryView]:
    for article in entries.linked.anthology.articles:
        if note := credit_note(article, entries.labels):
            yield replace(entries.of_article(article), byline="", note=note)


def _of_pictures(entries: Entries) -> Iterator[EntryView]:
    """Show the pictures of whose rights something of their own is said, each where it stands first."""
    labels = entries.labels
    for picture in rights_of_pictures(entries.linked.anthology, entries.config):
        note = joined(_lines(picture.rights, labels), " · ") if picture.stated else ""
        if not note:
            continue
        if picture.articles:
            article = entries.articles[picture.articles[0]]
            shown = entries.of_article(article, _first_place(article, picture))
            title = labels.text("picture-in", title=entries.title_of(article))
            yield replace(shown, title=title, byline="", note=note)
        else:
            yield EntryView(labels["cover"], note=note)


def _lines(rights: Rights, labels: Labels) -> Iterator[str]:
    yield credit_of(rights)
    if rights.licence:
        yield labels.text("licence", licence=rights.licence)


def _first_place(article: Article, picture: PictureRight) -> Target:
    """Find the innermost place with a name round the first showing of a picture in an article."""
    for image in parse_fragment(article.body).iter("img"):
        if image.get("src") == f"anthology-image:{picture.key}":
            around = next((one for one in (image, *image.iterancestors()) if one.get("id")), None)
            return Target(article.id, str(around.get("id")) if around is not None else "")
    return Target(article.id)
