"""Arrange: articles become sections in the order of the book."""

from __future__ import annotations

import posixpath
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from anthology.article_files import is_introduction, without_suffix
from anthology.catalogue import Catalogue
from anthology.config.slugs import slug_of, title_of
from anthology.model import Anthology, Article, Origin, Section
from anthology.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from anthology.config import Config

FRONT, BACK = "front", "back"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the book says of a section: `origin` is where its `articles` are listed, or the section itself."""

    title: str
    slug: str
    order: str
    articles: tuple[str, ...]
    origin: Origin


def arrange(articles: Iterable[Article], config: Config) -> tuple[Anthology, tuple[Problem, ...]]:
    """Put articles into their sections, in the order that `anthology.toml` asks for.

    Two articles with one id, and a book without articles, are errors; an article in no listed section and an
    empty section are warnings.
    """
    pieces = sorted(articles, key=lambda article: article.origin.path)
    plans = _plans(pieces, config)
    pieces = [_named_as_introduction(piece, plans) for piece in pieces]
    problems = _duplicate_ids(pieces)
    placed: dict[str, list[Article]] = defaultdict(list)
    for piece in pieces:
        slug, problem = _section_of(piece, plans)
        placed[slug].append(piece)
        problems += [problem] if problem else []
    unlisted = sorted(set(placed) - {plan.slug for plan in plans} - {FRONT, BACK})
    problems += [_unlisted(slug, placed[slug], plans) for slug in unlisted]
    sections = []
    for plan in plans:
        section, found = _section(plan, placed[plan.slug])
        problems += found
        if section.articles:
            sections.append(section)
    if not sections:
        problems.append(
            Problem(
                "A002",
                "error",
                "no articles to make a book of",
                Origin("content"),
                "put Markdown files into content/<section>/",
            )
        )
    by_weight = _order("weight")
    anthology = Anthology(
        tuple(sections),
        tuple(sorted(placed[FRONT], key=by_weight)),
        tuple(sorted(placed[BACK], key=by_weight)),
    )
    return anthology, tuple(problems)


def alone(anthology: Anthology, article_id: str, language: str) -> Anthology:
    """Take one article out of an anthology, to look at it alone; its related reading is kept by title.

    Raises KeyError where there is no such article.
    """
    catalogue = Catalogue(anthology.pieces, language)
    article = catalogue[article_id]
    found = [(reference, catalogue.by_name(reference.name, article)) for reference in article.related]
    titled = tuple(replace(reference, name=other.title) if other else reference for reference, other in found)
    section = next((section for section in anthology.sections if article in section.articles), None)
    title, slug = (section.title, section.slug) if section else ("", "")
    return Anthology((Section(title, slug, (replace(article, related=titled),)),))


def piece_in(anthology: Anthology, piece_id: str) -> Anthology:
    """Give an anthology of one piece as it is in a larger one: an article, an introduction, front or back matter."""

    def only(pieces: tuple[Article, ...]) -> tuple[Article, ...]:
        return tuple(piece for piece in pieces if piece.id == piece_id)

    sections = []
    for section in anthology.sections:
        introduction = section.introduction
        if introduction and introduction.id != piece_id:
            introduction = None
        if introduction or only(section.articles):
            sections.append(replace(section, articles=only(section.articles), introduction=introduction))
    return Anthology(tuple(sections), only(anthology.front), only(anthology.back))


def _plans(pieces: Sequence[Article], config: Config) -> tuple[Plan, ...]:
    """Take the sections that are listed; without any, make one of each folder, after the files in none."""
    if config.sections:
        return tuple(
            Plan(
                entry.title,
                entry.slug,
                entry.order,
                entry.articles,
                config.origin("sections", number, "articles"),
            )
            for number, entry in enumerate(config.sections)
        )
    by_slug: dict[str, str] = {}
    for folder in sorted({piece.folder for piece in pieces} - {FRONT, BACK}):
        # Two folders whose names differ in case or marks alone are one section.
        by_slug.setdefault(_slug_of(folder), folder)
    return tuple(
        Plan(title_of(folder), slug, "listed", (), Origin(f"content/{folder}"))
        for slug, folder in by_slug.items()
    )


def _slug_of(folder: str) -> str:
    """Give the slug of a folder; that of no folder is empty, and that of a section never `front` or `back`."""
    slug = slug_of(folder) if folder else ""
    return f"{slug}-section" if slug in {FRONT, BACK} and folder != slug else slug


def _is_introduction(piece: Article) -> bool:
    return is_introduction(piece.origin.path)


def _named_as_introduction(piece: Article, plans: Sequence[Plan]) -> Article:
    """Name an introduction after its section: all of them come from files of one name."""
    if not _is_introduction(piece):
        return piece
    slug, _ = _section_of(piece, plans)
    return replace(piece, id=f"{slug}-introduction" if slug else "introduction")


def _section_of(piece: Article, plans: Sequence[Plan]) -> tuple[str, Problem | None]:
    """Tell the slug of the section a piece belongs to: what it says itself, else its folder."""
    if piece.folder in {FRONT, BACK} or not piece.section:
        return _slug_of(piece.folder), None
    for plan in plans:
        if piece.section == plan.slug:
            return plan.slug, None
    for plan in plans:
        if piece.section.casefold() == plan.title.casefold():
            return plan.slug, None
    names = [name for plan in plans for name in (plan.title, plan.slug) if name]
    problem = Problem(
        "A006",
        "warning",
        f'no section "{piece.section}"; the folder "{piece.folder}" decides instead',
        piece.origin,
        did_you_mean(piece.section, names) or "list it under [[sections]] in anthology.toml",
    )
    return _slug_of(piece.folder), problem


def _duplicate_ids(pieces: Iterable[Article]) -> list[Problem]:
    by_id: dict[str, list[Article]] = defaultdict(list)
    for piece in pieces:
        by_id[piece.id].append(piece)
    problems = []
    for article_id, same in by_id.items():
        first, *others = same
        problems += [
            Problem(
                "A001",
                "error",
                f'the id "{article_id}" is taken by {first.origin.path}',
                other.origin,
                "give one of the two another `id` in its front matter, or rename the file",
            )
            for other in others
        ]
    return problems


def _unlisted(slug: str, pieces: Sequence[Article], plans: Sequence[Plan]) -> Problem:
    where = f"content/{pieces[0].folder}".rstrip("/")
    count = len(pieces)
    files = "1 article" if count == 1 else f"{count} articles"
    hint = did_you_mean(slug, [plan.slug for plan in plans]) if slug else ""
    return Problem(
        "A003",
        "warning",
        f"no section is listed for this folder; {files} left out",
        Origin(where),
        hint or "add it to [[sections]] in anthology.toml, or name a `section` in the front matter",
    )


def _section(plan: Plan, pieces: Sequence[Article]) -> tuple[Section, list[Problem]]:
    introductions = [piece for piece in pieces if _is_introduction(piece)]
    articles = sorted((piece for piece in pieces if not _is_introduction(piece)), key=_order(plan.order))
    problems: list[Problem] = []
    if plan.order == "listed":
        articles, problems = _as_listed(plan, articles)
    if not articles:
        problems.append(
            Problem(
                "A004",
                "warning",
                f'the section "{plan.title or plan.slug}" has no articles and is left out',
                plan.origin,
                f"put articles into content/{plan.slug}/",
            )
        )
    if introductions and not plan.title:
        hint = "move it into a section's folder, or to content/front/ under another name"
        message = "an introduction of no section has no place in the book"
        problems.append(Problem("A007", "error", message, introductions[0].origin, hint))
    introduction = introductions[0] if introductions else None
    return Section(plan.title, plan.slug, tuple(articles), introduction), problems


def _as_listed(plan: Plan, articles: Sequence[Article]) -> tuple[list[Article], list[Problem]]:
    """Follow the list of a section; `*` marks where the rest goes, else they follow by file name."""
    by_name = {posixpath.basename(article.origin.path): article for article in articles}
    by_name |= {without_suffix(name): article for name, article in by_name.items()}
    by_name |= {article.id: article for article in articles}
    named = {by_name[name].id for name in plan.articles if name in by_name}
    rest = [article for article in articles if article.id not in named]
    ordered: list[Article] = []
    for name in dict.fromkeys(plan.articles):
        if name == "*":
            ordered += rest
            rest = []
        elif name in by_name and by_name[name] not in ordered:
            ordered.append(by_name[name])
    missing = [name for name in plan.articles if name != "*" and name not in by_name]
    problems = [
        Problem(
            "A005",
            "warning",
            f'the section "{plan.title}" lists "{name}", and no article there has this id or file name',
            plan.origin,
            did_you_mean(name, [article.id for article in articles]),
        )
        for name in missing
    ]
    return ordered + rest, problems


def _order(way: str) -> Callable[[Article], tuple[object, ...]]:
    """Give the key that sorts a section's articles; what has no date or weight comes last, by file name."""
    if way == "date":
        return lambda article: (article.date is None, str(article.date or ""), article.origin.path)
    if way == "title":
        return lambda article: (_title_key(article.title), article.origin.path)
    if way == "weight":
        return lambda article: (article.weight is None, article.weight or 0.0, article.origin.path)
    return lambda article: (article.origin.path,)


def _title_key(title: str) -> str:
    """Fold accents and case, and pass over quotation marks, as a reader looking for a title does."""
    letters = unicodedata.normalize("NFKD", title.casefold())
    return "".join(letter for letter in letters if letter.isalnum() or letter.isspace()).strip()
