"""Relate: what each article points to, and what points to it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from anthology.catalogue import Catalogue, normalised
from anthology.model import Related, RelatedEntry, RelatedReading
from anthology.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from anthology.config import Config
    from anthology.model import Anthology, Article, Reference

UNRESOLVED = "{count} related entries are not in this book"


def relate(anthology: Anthology, config: Config) -> tuple[Related, tuple[Problem, ...]]:
    """Resolve the related reading of every piece and turn it round into back-links.

    A reference that finds nothing is a warning; it is cited as text, or left out where `[related] outside`
    says so. A piece never refers to itself, nor twice to another.
    """
    catalogue = Catalogue(anthology.pieces, config.book.language)
    problems: list[Problem] = []
    entries: dict[str, tuple[RelatedEntry, ...]] = {}
    for piece in anthology.pieces:
        found, told = _entries(piece, catalogue, cite=config.related.outside == "cite")
        entries[piece.id] = found[: config.related.limit]
        problems += told
    referred = _referred_by(anthology, entries) if config.related.backlinks else {}
    by_article = {
        piece.id: RelatedReading(entries[piece.id], tuple(referred.get(piece.id, ())))
        for piece in anthology.pieces
    }
    return Related(by_article), tuple(problems)


def _entries(
    piece: Article, catalogue: Catalogue, *, cite: bool
) -> tuple[tuple[RelatedEntry, ...], list[Problem]]:
    entries: list[RelatedEntry] = []
    problems: list[Problem] = []
    seen = {piece.id}
    for reference in piece.related:
        article = _resolve(reference, piece, catalogue)
        if article is None:
            problems.append(_not_found(reference, catalogue))
            if cite:
                entries.append(_outside(reference))
        elif article.id in seen:
            problems.append(_repeated(reference, article, piece))
        else:
            seen.add(article.id)
            entries.append(RelatedEntry("given" if reference.name else "resolved", article.id, article.title))
    return tuple(entries), problems


def _resolve(reference: Reference, piece: Article, catalogue: Catalogue) -> Article | None:
    if reference.name:
        return catalogue.by_name(reference.name, piece)
    candidates = [
        article
        for article in catalogue.by_standfirst(reference.standfirst, piece)
        if _agrees(reference.date, article.source.date or article.date)
    ]
    same_section = [
        article
        for article in candidates
        if normalised(reference.section) == normalised(article.source.section or article.section)
    ]
    return next(iter(same_section or candidates), None)


def _agrees(wanted: object, actual: object) -> bool:
    return wanted is None or actual is None or wanted == actual


def _outside(reference: Reference) -> RelatedEntry:
    return RelatedEntry(
        "outside", "", reference.name, reference.standfirst, reference.section, reference.date
    )


def _not_found(reference: Reference, catalogue: Catalogue) -> Problem:
    if reference.name:
        message = f'no article "{reference.name}" to refer to'
        hint = did_you_mean(reference.name, catalogue.names())
    else:
        message = f'no article with the standfirst "{_shortened(reference.standfirst)}" to refer to'
        hint = ""
    return Problem("L002", "warning", message, reference.origin, hint, fold=UNRESOLVED)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + " …"


def _repeated(reference: Reference, article: Article, piece: Article) -> Problem:
    if article.id == piece.id:
        return Problem(
            "L003",
            "warning",
            "the article refers to itself",
            reference.origin,
            "take the entry out of `related`",
        )
    return Problem(
        "L004",
        "warning",
        f'"{article.id}" stands twice in the related reading',
        reference.origin,
        "take one of the two out of `related`",
    )


def _referred_by(
    anthology: Anthology, entries: dict[str, tuple[RelatedEntry, ...]]
) -> dict[str, list[RelatedEntry]]:
    """Turn the entries round, in the order of the book, leaving out what an article itself points to."""
    referred: dict[str, list[RelatedEntry]] = defaultdict(list)
    for piece in anthology.pieces:
        for entry in entries[piece.id]:
            back = {other.article for other in entries.get(entry.article, ())}
            if entry.article and piece.id not in back:
                referred[entry.article].append(RelatedEntry("back-link", piece.id, piece.title))
    return referred
