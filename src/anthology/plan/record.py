"""The running order as JSON: what `anthology plan --json` prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from anthology.model import Role, Why
from anthology.people.kinds import Kind
from anthology.record import BookRecord, ProblemRecord

if TYPE_CHECKING:
    from anthology.config import Config
    from anthology.people import Credited
    from anthology.plan.order import Planned, RunningOrder
    from anthology.problems import Problem


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        field_title_generator=lambda name, _field: name.replace("_", " ").capitalize(),
    )


class RelatedRecord(_Part):
    """An entry of an article's related reading."""

    article: str | None = Field(description="The id of the article; null for a piece outside the book.")
    title: str = Field(description="Its title; for a piece outside the book, what is known of it.")
    why: Why = Field(description="Why it is there.")


class QueryRecord(_Part):
    """A query of the editor, in a marked comment of an article."""

    text: str = Field(description="What it asks.")
    line: int | None = Field(description="Where it stands in the file.")


class PieceRecord(_Part):
    """An article, an introduction, or a piece of front or back matter."""

    id: str = Field(description="Its id.")
    title: str = Field(description="Its title.")
    path: str = Field(description="Its file, relative to the project.")
    authors: tuple[str, ...] = Field(default=(), description="Its authors, as the byline prints them.")
    words: int = Field(ge=0, description="Its length in words; in Chinese and Japanese, in characters.")
    minutes: int = Field(ge=0, description="How long it takes to read, in minutes.")
    date: dt.date | None = Field(default=None, description="The day of first publication.")
    language: str = Field(description="Its language, as a BCP 47 tag.")
    related: tuple[RelatedRecord, ...] = Field(default=(), description="Its related reading, as printed.")
    referred_by: tuple[str, ...] = Field(
        default=(), description="The ids of the pieces whose related reading leads here."
    )
    linked_from: tuple[str, ...] = Field(
        default=(), description="The ids of the pieces whose text links here."
    )
    start_pages: Mapping[str, str] = Field(
        default={},
        description="The printed folio on which it begins, by edition; empty unless the last build is up to date.",
    )
    status: str = Field(default="", description="What the front matter says of its status.")
    approved: str = Field(default="", description="Who approved it, or when, as the front matter says.")
    queries: tuple[QueryRecord, ...] = Field(default=(), description="What its editor asks in it.")
    problems: tuple[ProblemRecord, ...] = Field(default=(), description="What was found in its file.")


class SectionRecord(_Part):
    """A section."""

    title: str = Field(description="Its title; empty for the untitled section.")
    slug: str = Field(description="Its slug.")
    words: int = Field(ge=0, description="The words of its articles.")
    minutes: int = Field(ge=0, description="How long its articles take to read, in minutes.")
    pages: Mapping[str, tuple[int, int]] = Field(
        default={},
        description="Its first and its last page, by edition; empty unless the last build is up to date.",
    )
    introduction: PieceRecord | None = Field(default=None, description="Its introduction.")
    articles: tuple[PieceRecord, ...] = Field(description="Its articles, in order.")


class PersonRecord(_Part):
    """Somebody who is credited."""

    name: str = Field(description="The name.")
    names: tuple[str, ...] = Field(description="The forms of the name in the bylines.")
    kind: Kind = Field(description="A person or an organisation.")
    kind_certain: bool = Field(description="Whether the kind needs no confirmation.")
    sort: str = Field(description="The name as it is sorted.")
    sort_certain: bool = Field(description="Whether the sort name needs no confirmation.")
    why: str = Field(default="", description="Why something is to be confirmed.")
    roles: tuple[Role, ...] = Field(description="What they did.")
    articles: tuple[str, ...] = Field(description="The ids of the articles they are credited in.")


class MergeRecord(_Part):
    """Names that may be one person's; nothing is merged until `[contributors]` says so."""

    names: tuple[str, ...] = Field(description="The names, the one to keep first.")
    why: tuple[str, ...] = Field(description="For each name but the first, why it may be the first.")


class PlanRecord(_Part):
    """A running order."""

    book: BookRecord = Field(description="Which book it is.")
    front: tuple[PieceRecord, ...] = Field(default=(), description="The front matter, in order.")
    sections: tuple[SectionRecord, ...] = Field(default=(), description="The sections, in order.")
    back: tuple[PieceRecord, ...] = Field(default=(), description="The back matter, in order.")
    people: tuple[PersonRecord, ...] = Field(default=(), description="Everybody who is credited, sorted.")
    merges: tuple[MergeRecord, ...] = Field(default=(), description="Names that may be one person's.")
    problems: tuple[ProblemRecord, ...] = Field(
        default=(), description="Everything an editor should look at, by file and line."
    )

    def to_json(self) -> str:
        """Write the record as JSON: keys in the order of the schema, two spaces a level, a last line end."""
        return self.model_dump_json(indent=2) + "\n"


def record_of(order: RunningOrder, config: Config) -> PlanRecord:
    """Record a running order."""
    return PlanRecord(
        book=BookRecord(title=config.book.title, identifier=config.book.unique_identifier),
        front=tuple(_piece(piece) for piece in order.front),
        sections=tuple(
            SectionRecord(
                title=section.title,
                slug=section.slug,
                words=section.words,
                minutes=section.minutes,
                pages=section.pages,
                introduction=_piece(section.introduction) if section.introduction else None,
                articles=tuple(_piece(piece) for piece in section.articles),
            )
            for section in order.sections
        ),
        back=tuple(_piece(piece) for piece in order.back),
        people=tuple(_person(person) for person in order.people),
        merges=tuple(MergeRecord(names=merge.names, why=merge.why) for merge in order.merges),
        problems=_problems(order.problems),
    )


def failed_record(problems: tuple[Problem, ...]) -> PlanRecord:
    """Record that there is no running order, and why."""
    return PlanRecord(book=BookRecord(title="", identifier=""), problems=_problems(problems))


def plan_schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of what `anthology plan --json` prints."""
    schema = PlanRecord.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Running order"}


def _piece(planned: Planned) -> PieceRecord:
    article = planned.article
    return PieceRecord(
        id=article.id,
        title=article.title,
        path=article.origin.path,
        authors=tuple(credit.printed for credit in article.credits if credit.role == "author"),
        words=article.words,
        minutes=planned.minutes,
        date=article.date,
        language=planned.language,
        related=tuple(
            RelatedRecord(article=entry.article or None, title=entry.title or entry.standfirst, why=entry.why)
            for entry in planned.related
        ),
        referred_by=planned.referred_by,
        linked_from=planned.linked_from,
        start_pages=planned.start_pages,
        status=article.status,
        approved=str(article.approved),
        queries=tuple(QueryRecord(text=query.text, line=query.origin.line) for query in article.queries),
        problems=_problems(planned.problems),
    )


def _person(person: Credited) -> PersonRecord:
    return PersonRecord(
        name=person.name,
        names=person.names,
        kind=person.kind,
        kind_certain=person.kind_certain,
        sort=person.sort,
        sort_certain=person.sort_certain,
        why=person.why,
        roles=person.roles,
        articles=person.articles,
    )


def _problems(problems: tuple[Problem, ...]) -> tuple[ProblemRecord, ...]:
    return tuple(ProblemRecord.of(problem) for problem in problems)
