"""The relate stage: what each article points to and why, and what points to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.addresses import valid_address
from anthology.catalogue import Catalogue, is_web_address, titled_address
from anthology.model import Related, RelatedEntry, RelatedReading
from anthology.problems import Problem, shortened
from anthology.relate.proposals import propose
from anthology.relate.resolve import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from anthology.config import Config
    from anthology.model import Anthology, Article, Reference, Why
    from anthology.relate.resolve import Resolution

UNRESOLVED = "{count} related entries are not in this book"
NEARLY = "{count} captured related entries come close to an article, but do not quite fit it"


@dataclass(frozen=True, slots=True)
class Resolutions:
    """What came of every reference of every piece, by id, in the order of the book, and what to tell of it."""

    by_article: Mapping[str, tuple[Resolution, ...]]
    problems: tuple[Problem, ...]


def resolve_all(anthology: Anthology, config: Config, drafts: Iterable[str] = ()) -> Resolutions:
    """Resolve the references of every piece.

    A piece never refers to itself, nor twice to another: such entries are told and left out. `drafts` are the
    paths of articles that the project has and the book has not.
    """
    catalogue = Catalogue(anthology.pieces, config.book.language)
    resolver = Resolver(catalogue, drafts)
    problems: list[Problem] = []
    by_article: dict[str, tuple[Resolution, ...]] = {}
    for piece in anthology.pieces:
        kept: list[Resolution] = []
        seen = {piece.id}
        for reference in piece.related:
            found = resolver.resolve(reference, piece)
            problem = _problem(found, catalogue)
            if found.article and found.article.id in seen:
                problem = _repeated(reference, found.article, piece)
            else:
                kept.append(found)
            seen |= {found.article.id} if found.article else set()
            problems += [problem] if problem else []
        by_article[piece.id] = tuple(kept)
    return Resolutions(by_article, tuple(problems))


def relate(
    anthology: Anthology, config: Config, drafts: Iterable[str] = ()
) -> tuple[Related, tuple[Problem, ...]]:
    """Resolve the related reading of every piece and turn it round into back-links.

    A reference that finds nothing is a warning; it is cited as text, or left out where `[related] outside`
    says so. Where there are more entries than `[related] limit`, those in the book are kept first. With
    `[related] suggest`, similar articles fill up what room is left.
    """
    resolved = resolve_all(anthology, config, drafts)
    entries = {article_id: _within_limit(found, config) for article_id, found in resolved.by_article.items()}
    referred = _referred_by(anthology, entries) if config.related.backlinks else {}
    if config.related.suggest:
        entries = _filled_up(anthology, config, resolved, entries)
    by_article = {
        piece.id: RelatedReading(entries[piece.id], tuple(referred.get(piece.id, ())))
        for piece in anthology.pieces
    }
    return Related(by_article), resolved.problems


def _within_limit(resolutions: Sequence[Resolution], config: Config) -> tuple[RelatedEntry, ...]:
    cite = config.related.outside == "cite"
    entries = [_entry(found) for found in resolutions if found.article or cite]
    # Python sorts stably: the articles of the book first, all else as the editor has it.
    ranked = sorted(range(len(entries)), key=lambda at: not entries[at].article)
    return tuple(entries[at] for at in sorted(ranked[: config.related.limit]))


def _entry(found: Resolution) -> RelatedEntry:
    reference = found.reference
    if found.article:
        why: Why = "given" if reference.name else "resolved"
        return RelatedEntry(why, found.article.id, found.article.title)
    title, address = titled_address(reference.name)
    return RelatedEntry(
        "outside",
        "",
        title,
        reference.standfirst,
        reference.section,
        reference.date,
        valid_address(address) if is_web_address(address) else "",
    )


def _filled_up(
    anthology: Anthology,
    config: Config,
    resolved: Resolutions,
    entries: Mapping[str, tuple[RelatedEntry, ...]],
) -> dict[str, tuple[RelatedEntry, ...]]:
    titles = {article.id: article.title for article in anthology.articles}
    filled = dict(entries)
    for article_id, proposals in propose(anthology, config, resolved.by_article).items():
        room = config.related.limit - len(entries[article_id])
        suggested = [RelatedEntry("suggested", found.article, titles[found.article]) for found in proposals]
        filled[article_id] = (*entries[article_id], *suggested[: max(room, 0)])
    return filled


def _referred_by(
    anthology: Anthology, entries: Mapping[str, tuple[RelatedEntry, ...]]
) -> dict[str, list[RelatedEntry]]:
    """Turn the entries round, in the order of the book, leaving out what an article itself points to."""
    referred: dict[str, list[RelatedEntry]] = defaultdict(list)
    for piece in anthology.pieces:
        for entry in entries[piece.id]:
            back = {other.article for other in entries.get(entry.article, ())}
            if entry.article and piece.id not in back:
                referred[entry.article].append(RelatedEntry("back-link", piece.id, piece.title))
    return referred


def _problem(found: Resolution, catalogue: Catalogue) -> Problem | None:
    """Tell an editor what a reference did not find, or what it might mean."""
    reference = found.reference
    quoted = f'"{shortened(reference.standfirst)}"'
    if found.draft:
        message = f'"{reference.name}" is a draft ({found.draft}), and drafts are not in the book'
        return _warning(
            "L008", message, reference, "take `draft` out of its front matter, or the entry out of `related`"
        )
    if found.near:
        message = f'no article has the standfirst {quoted}; "{found.near.id}" comes close: {found.why}'
        hint = f'if it is meant, write "{found.near.id}" in place of the captured entry'
        return _warning("L007", message, reference, hint, NEARLY)
    if found.article:
        if not found.others:
            return None
        others = ", ".join(f'"{article.id}"' for article in found.others)
        message = f'the standfirst {quoted} is that of "{found.article.id}", which is taken, and of {others}'
        return _warning("L009", message, reference, "write the id of the one that is meant")
    _, address = titled_address(reference.name)
    if is_web_address(address):
        message = f"no article was first published at {address}"
        hint = "an article that was says so in its front matter: `url`, under `source`"
        return _warning("L002", message, reference, hint, UNRESOLVED)
    if reference.name:
        message = f'no article "{reference.name}" to refer to'
        return _warning("L002", message, reference, catalogue.suggestion(reference.name), UNRESOLVED)
    message = f"no article with the standfirst {quoted} to refer to"
    return _warning("L002", message, reference, "", UNRESOLVED)


def _warning(code: str, message: str, reference: Reference, hint: str, fold: str = "") -> Problem:
    return Problem(code, "warning", message, reference.origin, hint, fold)


def _repeated(reference: Reference, article: Article, piece: Article) -> Problem:
    hint = "take the entry out of `related`"
    if article.id == piece.id:
        return _warning("L003", "the article refers to itself", reference, hint)
    hint = "take one of the two out of `related`"
    return _warning("L004", f'"{article.id}" stands twice in the related reading', reference, hint)
