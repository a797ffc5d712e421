"""The book as its editor describes it: what stands on its title page, in its imprint and in its metadata."""

from __future__ import annotations

from pydantic import Field, StrictInt

from anthology.config.identifiers import computed_identifier
from anthology.config.slugs import slug_of
from anthology.config.table import Table
from anthology.config.types import (
    Day,
    Identifier,
    Language,
    Moment,
    NeededText,
    Position,
    ProjectPath,
    SubjectText,
    Text,
)


class Book(Table):
    """The book itself."""

    title: NeededText = Field(description="The title of the book; the only key that every book needs.")
    subtitle: Text = Field(default="", description="The subtitle, printed below the title.")
    language: Language = Field(
        default="en",
        description="The language of the book as a BCP 47 tag (en-GB, fr, ar): the words that the book itself "
        "says, dates, hyphenation and quotation marks follow it.",
    )
    editors: tuple[NeededText, ...] = Field(
        default=(), description="Who edited the book, in the order of the title page."
    )
    publisher: Text = Field(default="", description="The publishing house.")
    series: Text = Field(default="", description="The series that the book belongs to.")
    series_number: Position = Field(
        default="", description="The book's place in the series: 3, or 98.4 for volume 98, part 4."
    )
    description: Text = Field(default="", description="What the book is about, for shops and libraries.")
    keywords: tuple[NeededText, ...] = Field(default=(), description="Words that a reader might search for.")
    subjects: tuple[SubjectText, ...] = Field(
        default=(),
        description="Subject headings in words, and codes of the book trade with their scheme in front: "
        '"Thema: DNL", "BISAC: LCO010000", with the heading behind the code if you like.',
    )
    date: Day = Field(default=None, description="The day of publication: 2026-01-31.")
    revised: Moment = Field(
        default=None,
        description="The day of the latest revision, or the moment with its zone: 2026-03-01T18:00:00Z.",
    )
    edition: StrictInt = Field(default=1, ge=1, description="The number of the edition, from 1.")
    rights: Text = Field(default="", description="The rights statement, for the metadata of every edition.")
    identifier: Identifier = Field(
        default="",
        description="The identifier that stays the same when the title is corrected: urn:uuid:…, or another URN "
        "or URL. By default it is made of title and editors.",
    )
    cover: ProjectPath = Field(
        default="",
        description="The path of a cover picture in the project. By default the cover is set from the metadata.",
    )

    @property
    def unique_identifier(self) -> str:
        """Give the stated identifier, or a UUIDv5 of title and editors."""
        return self.identifier or computed_identifier(self.title, self.editors)

    @property
    def slug(self) -> str:
        """Give the name that the book's files begin with."""
        return slug_of(self.title)


class Imprint(Table):
    """The page behind the title page; every line is optional."""

    publisher_address: Text = Field(default="", description="The postal address of the publisher.")
    publisher_email: Text = Field(default="", description="Where readers can write to the publisher.")
    copyright: tuple[NeededText, ...] = Field(
        default=(), description="Copyright lines, printed as they are written."
    )
    printer: Text = Field(default="", description="The name of the printing works.")
    notice: Text = Field(default="", description="A paragraph of legal notice, printed as it is written.")
