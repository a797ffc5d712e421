"""The running order as a report to lay before a publisher: what its template shows, all counted and drawn."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from anthology.model import direction_of
from anthology.plan.dates import DateStrip, draw_dates
from anthology.plan.network import Network, draw_network
from anthology.problems import gathered_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from anthology.config import Config
    from anthology.plan.order import Planned, PlannedSection, RunningOrder
    from anthology.problems import Problem

# As many places as somebody looks up one by one.
_MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class BarView:
    """A bar of a chart: what it is of, its words, how many articles, how long it takes to read, and its length in percent.

    `pages` tells the pages of each edition.
    """

    name: str
    words: int
    articles: int
    minutes: int
    percent: float
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PieceView:
    """A row of the running order."""

    number: str
    id: str
    title: str
    standfirst: str
    authors: str
    words: int
    percent: float
    minutes: int
    date: str
    leads_out: int
    leads_in: int
    leads_to: tuple[str, ...]
    pages: tuple[str, ...]
    status: str
    queries: int
    codes: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the running order: front matter, a section, back matter; `named` if the title is the book's own."""

    title: str
    named: bool
    words: int
    minutes: int
    pieces: tuple[PieceView, ...]


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A problem, or many of a kind, with the places where they are."""

    severity: str
    code: str
    message: Markup
    hint: Markup
    places: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class PlanReport:
    """All that a report shows; `editions` are those whose pages are known."""

    articles: int
    words: int
    reading: str
    people: int
    queries: int
    approved: int
    editions: tuple[str, ...]
    parts: tuple[PartView, ...]
    sections: tuple[BarView, ...]
    authors: tuple[BarView, ...]
    shared: bool
    dates: DateStrip
    network: Network
    problems: tuple[ProblemView, ...]
    counts: str
    with_status: bool


def plan_report(order: RunningOrder, config: Config) -> PlanReport:
    """Draw up the report of a running order."""
    pieces = order.pieces
    editions = tuple({edition: None for piece in pieces for edition in piece.start_pages})
    words = sum(section.words for section in order.sections)
    counted = Counter(problem.severity for problem in order.problems)
    language = config.book.language
    return PlanReport(
        articles=len(order.articles),
        words=words,
        reading=in_hours(sum(section.minutes for section in order.sections)),
        people=len(order.people),
        queries=sum(len(piece.article.queries) for piece in pieces),
        approved=sum(bool(piece.article.approved) for piece in order.articles),
        editions=editions,
        parts=tuple(_parts(order, editions, language)),
        sections=_sections(order, editions),
        authors=_authors(order),
        shared=any(
            sum(one.role == "author" for one in piece.article.credits) > 1 for piece in order.articles
        ),
        dates=draw_dates(piece.article.date for piece in order.articles),
        network=draw_network(order),
        problems=tuple(_problem(found) for found in gathered_problems(order.problems)),
        counts=", ".join(
            f"{counted[kind]} {kind}{'' if counted[kind] == 1 else 's'}"
            for kind in ("error", "warning")
            if counted[kind]
        ),
        with_status=any(piece.article.status or piece.article.approved for piece in pieces),
    )


def in_hours(minutes: int) -> str:
    """Write a time of reading."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def status_of(piece: Planned) -> str:
    """Say how far a piece is, and who approved it."""
    approved = f"approved {piece.article.approved}" if piece.article.approved else ""
    return ", ".join(part for part in (piece.article.status, approved) if part)


def _parts(order: RunningOrder, editions: Sequence[str], language: str) -> Iterator[PartView]:
    longest = max((piece.article.words for piece in order.articles), default=1)
    leads_to: dict[str, list[str]] = defaultdict(list)
    for piece in order.pieces:
        for name in (*piece.referred_by, *piece.linked_from):
            leads_to[name].append(piece.article.title)
    number = 0

    def view(piece: Planned, number: str = "") -> PieceView:
        article = piece.article
        own = article.language or language
        return PieceView(
            number,
            article.id,
            article.title or "Introduction",
            article.standfirst,
            ", ".join(credit.printed for credit in article.credits if credit.role == "author"),
            article.words,
            _percent(article.words, longest),
            piece.minutes,
            article.date.isoformat() if article.date else "",
            len(piece.related),
            len({*piece.referred_by, *piece.linked_from}),
            tuple(dict.fromkeys(leads_to[article.id])),
            tuple(piece.start_pages.get(edition, "") for edition in editions),
            status_of(piece),
            len(article.queries),
            " ".join(sorted({problem.code for problem in piece.problems})),
            own if own != language else "",
            direction_of(own) if own != language else "",
        )

    if order.front:
        yield _part("Front matter", order.front, [view(piece) for piece in order.front])
    for section in order.sections:
        introduction = [view(section.introduction)] if section.introduction else []
        first, number = number + 1, number + len(section.articles)
        views = [view(piece, str(at)) for at, piece in enumerate(section.articles, first)]
        yield PartView(
            section.title or "Articles",
            bool(section.title),
            section.words,
            section.minutes,
            (*introduction, *views),
        )
    if order.back:
        yield _part("Back matter", order.back, [view(piece) for piece in order.back])


def _part(title: str, pieces: Sequence[Planned], views: Sequence[PieceView]) -> PartView:
    words = sum(piece.article.words for piece in pieces)
    return PartView(title, False, words, sum(piece.minutes for piece in pieces), tuple(views))


def _sections(order: RunningOrder, editions: Sequence[str]) -> tuple[BarView, ...]:
    longest = max((section.words for section in order.sections), default=1)
    return tuple(
        BarView(
            section.title or "Articles",
            section.words,
            len(section.articles),
            section.minutes,
            _percent(section.words, longest),
            tuple(_span(section, edition) for edition in editions),
        )
        for section in order.sections
    )


def _span(section: PlannedSection, edition: str) -> str:
    """Write how many pages a section has, and which."""
    if edition not in section.pages:
        return ""
    first, last = section.pages[edition]
    return f"{last - first + 1} ({first}–{last})" if first < last else f"1 ({first})"


def _authors(order: RunningOrder) -> tuple[BarView, ...]:
    """Add up what each author wrote, under the name that the book knows: the longest first."""
    known = {name: person.name for person in order.people for name in person.names}
    pieces: dict[str, dict[str, Planned]] = defaultdict(dict)
    for piece in order.articles:
        for credit in piece.article.credits:
            if credit.role == "author":
                pieces[known.get(credit.name, credit.name)][piece.article.id] = piece
        if not any(credit.role == "author" for credit in piece.article.credits):
            pieces[""][piece.article.id] = piece
    words = {name: sum(piece.article.words for piece in held.values()) for name, held in pieces.items()}
    longest = max(words.values(), default=1)
    return tuple(
        BarView(
            name or "No author named",
            words[name],
            len(pieces[name]),
            sum(piece.minutes for piece in pieces[name].values()),
            _percent(words[name], longest),
        )
        for name in sorted(pieces, key=lambda name: (-words[name], name.casefold()))
    )


def _percent(words: int, longest: int) -> float:
    return round(100 * words / max(1, longest), 1)


def _problem(found: Sequence[Problem]) -> ProblemView:
    first = found[0]
    places = dict.fromkeys(_place(problem) for problem in found if problem.origin)
    shown = tuple(places)[:_MOST_PLACES]
    message = first.message if len(found) == 1 else first.fold.format(count=len(found))
    return ProblemView(
        first.severity,
        first.code,
        _with_code(message),
        _with_code(first.hint if len(found) == 1 else ""),
        shown,
        len(places) - len(shown),
    )


def _with_code(text: str) -> Markup:
    """Set what stands between backticks as code."""
    parts = [escape(part) for part in text.split("`")]
    if len(parts) % 2 == 0:
        return escape(text)
    made = (Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))
    return Markup().join(made)


def _place(problem: Problem) -> str:
    origin = problem.origin
    assert origin is not None
    return f"{origin.path}:{origin.line}" if origin.line else origin.path
