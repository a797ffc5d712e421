"""Tell which article of the project each captured related entry means, as the book itself will find it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from anthology.catalogue import Catalogue
from anthology.importers.report import Match
from anthology.model import Article, Origin, Reference, Source
from anthology.relate.resolve import Resolver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anthology.importers.model import Imported, Stub
    from anthology.importing.known import Known


def article_of_known(known: Known) -> Article:
    """Give what identifies an article of the project."""
    return Article(
        known.id,
        Origin(known.path),
        known.title,
        standfirst=known.standfirst,
        date=known.date,
        folder=_folder(known.path),
        language=known.language,
        source=known.source,
    )


def article_of_import(imported: Imported, article_id: str, path: str) -> Article:
    """Give what identifies an article that an import makes."""
    return Article(
        article_id,
        Origin(path),
        imported.title,
        standfirst=imported.standfirst,
        date=imported.date,
        folder=_folder(path),
        language=imported.language,
        source=Source(
            imported.url,
            title=imported.title,
            standfirst=imported.standfirst,
            section=imported.section,
            date=imported.date,
        ),
    )


def match_stubs(
    imports: Sequence[tuple[Imported, Article]], articles: Sequence[Article]
) -> list[tuple[Match, ...]]:
    """Match the related entries of what was imported, in order, against all articles of the project."""
    resolver = Resolver(Catalogue(articles, ""))
    return [
        tuple(_match(resolver, stub, asking) for stub in imported.related) for imported, asking in imports
    ]


def _match(resolver: Resolver, stub: Stub, asking: Article) -> Match:
    origin = Origin(asking.origin.path, stub.line)
    reference = Reference(origin, standfirst=stub.standfirst, section=stub.section, date=stub.date)
    resolution = resolver.resolve(reference, asking)
    if resolution.article:
        return Match(
            resolution.article.origin.path,
            "the same standfirst and date" if stub.date else "the same standfirst",
        )
    if resolution.near:
        return Match(None, f"{resolution.near.origin.path} comes close: {resolution.why}")
    return Match(None, "no article with this standfirst")


def _folder(path: str) -> str:
    parts = PurePosixPath(path).parts
    return parts[1] if len(parts) > 2 else ""
