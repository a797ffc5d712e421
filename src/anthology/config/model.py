"""The anthology as its editor configured it: what `anthology.toml` says, with the defaults filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StrictBool,
    StrictInt,
)

from anthology.config import values
from anthology.config.positions import KeyPath
from anthology.config.slugs import slug_of
from anthology.config.types import (
    Code,
    Day,
    Identifier,
    Isbn,
    Language,
    NeededText,
    Order,
    ProjectPath,
    Slug,
    Standard,
    Text,
    TrimSize,
)
from anthology.model import Origin

_TITLES = {"isbn": "ISBN"}


def hyphenated(name: str) -> str:
    """Spell the name of an attribute as the key of a TOML file."""
    return name.replace("_", "-")


class Table(BaseModel):
    """A table of `anthology.toml`; attributes have underscores where keys have hyphens."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=hyphenated,
        validate_by_name=True,
        field_title_generator=lambda name, _field: _TITLES.get(name, name.replace("_", " ").capitalize()),
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
    description: Text = Field(default="", description="What the book is about, for shops and libraries.")
    keywords: tuple[NeededText, ...] = Field(default=(), description="Words that a reader might search for.")
    subjects: tuple[NeededText, ...] = Field(
        default=(), description="Subject headings or codes (Thema, BISAC), as given."
    )
    date: Day = Field(default=None, description="The day of publication: 2026-01-31.")
    revised: Day = Field(default=None, description="The day of the latest revision.")
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
        return self.identifier or values.computed_identifier(self.title, self.editors)

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


class SectionEntry(Table):
    """A section of the book; sections stand in the book as they stand in the file."""

    title: NeededText = Field(description="The title of the section.")
    slug: Slug = Field(
        default_factory=lambda data: slug_of(data["title"]),
        description="The folder of the section under content/. By default it is made of the title.",
    )
    order: Order = Field(
        default="listed",
        description="How articles are ordered: as listed in `articles` and then by file name, by date, by title, "
        "or by the weight in their front matter.",
    )
    articles: tuple[NeededText, ...] = Field(
        default=(),
        description='Article ids or file names in order; "*" stands for all the others, which otherwise come last.',
    )


class RelatedReading(Table):
    """Related reading, printed under each article."""

    limit: StrictInt = Field(
        default=5, ge=0, description="How many entries are printed under an article at most."
    )
    suggest: StrictBool = Field(
        default=False,
        description="Whether similar articles that nobody has approved fill up what room is left.",
    )
    backlinks: StrictBool = Field(
        default=True, description="Whether an article also names the articles that refer to it."
    )
    outside: Literal["cite", "omit"] = Field(
        default="cite", description="Whether related pieces that are not in the book are cited or omitted."
    )


class Contributor(Table):
    """Someone who wrote, translated or made pictures; the key is their slug."""

    name: NeededText = Field(description="The name as it is printed.")
    sort: Text = Field(default="", description='The name as it is sorted: "Okonkwo, Amara".')
    also: tuple[NeededText, ...] = Field(default=(), description="Other forms of the name found in bylines.")
    kind: Literal["person", "organisation"] = Field(
        default="person", description="A person or an organisation."
    )
    bio: Text = Field(default="", description="A sentence or two for the list of contributors.")


class RightsPolicy(Table):
    """What the book asks of the rights to its pieces."""

    required: StrictBool = Field(
        default=False, description="Whether a piece or picture whose rights are not cleared stops an edition."
    )


class Fonts(Table):
    """Typefaces beside the book's own."""

    fallback: tuple[NeededText, ...] = Field(
        default=(), description="Families, in order, for scripts that the book's own faces lack."
    )


class Accessibility(Table):
    """What only the publisher can state about accessibility; the rest is computed."""

    conforms_to: Text = Field(
        default="", description="The standard that the publisher states the e-book conforms to."
    )
    certified_by: Text = Field(default="", description="Who certified it.")
    report: Text = Field(default="", description="The address of the certifier's report.")
    contact: Text = Field(default="", description="Where readers can write about accessibility.")
    summary: Text = Field(default="", description="A summary in words.")


class Ignore(Table):
    """A problem that the editor has looked at and accepts."""

    code: Code = Field(description="The code of the problem.")
    path: NeededText = Field(description="The file that it is in, relative to the project.")
    reason: NeededText = Field(description="Why it is accepted.")


class Check(Table):
    """Settings of `anthology check`."""

    ignore: tuple[Ignore, ...] = Field(
        default=(), description="Problems that are accepted, each with its reason."
    )

    @property
    def ignored(self) -> frozenset[tuple[str, str]]:
        """Give code and path of every problem that is accepted."""
        return frozenset((entry.code, entry.path) for entry in self.ignore)


class BaseEdition(Table):
    """What an e-book and a PDF have in common."""

    isbn: Isbn = Field(default="", description="The ISBN of this edition, with or without hyphens.")

    @property
    def isbn13(self) -> str:
        """Give the thirteen figures of the ISBN without hyphens; empty where there is none."""
        return values.isbn13_of(self.isbn)


class EpubEdition(BaseEdition):
    """An e-book."""

    format: Literal["epub"] = Field(description="The format of the edition.")
    pages_from: Text = Field(
        default="", description="The PDF edition whose page numbers the e-book lists; none by default."
    )
    fonts: StrictBool = Field(
        default=True, description="Whether the book's own typefaces are put into the file."
    )


class PdfEdition(BaseEdition):
    """A PDF, for paper and screen alike."""

    format: Literal["pdf"] = Field(description="The format of the edition.")
    trim: TrimSize = Field(
        default=values.Trim(152.4, 228.6),
        description='The size of a page: a name (a5, letter) or width x height with a unit; by default "6x9in".',
    )
    start: Literal["any", "recto"] = Field(
        default="any", description="Whether articles open on any page or on a recto."
    )
    links: Literal["notes", "list", "drop"] = Field(
        default="notes",
        description="Where addresses of the web are printed: in notes, in a list, or not at all.",
    )
    standard: Annotated[Standard | None, BeforeValidator(values.read_standard)] = Field(
        default=None, description="A standard that the file claims: PDF/UA or PDF/A."
    )


Edition: TypeAlias = EpubEdition | PdfEdition


def _default_editions() -> dict[str, Edition]:
    return {
        "ebook": EpubEdition(format="epub", pages_from="print"),
        "print": PdfEdition(format="pdf"),
    }


class Config(Table):
    """Everything that `anthology.toml` says."""

    book: Book = Field(description="The book itself: what stands on its title page and in its metadata.")
    imprint: Imprint = Field(default=Imprint(), description="The page behind the title page.")
    labels: Mapping[str, str] = Field(
        default={}, description="Words that the book itself says, in place of the catalogue's."
    )
    sections: tuple[SectionEntry, ...] = Field(
        default=(),
        description="The sections in the order of the book; by default every folder of content/, by name.",
    )
    related: RelatedReading = Field(
        default=RelatedReading(), description="Related reading under each article."
    )
    contributors: Mapping[str, Contributor] = Field(default={}, description="Contributors by slug.")
    rights: RightsPolicy = Field(
        default=RightsPolicy(), description="What the book asks of the rights to its pieces."
    )
    fonts: Fonts = Field(default=Fonts(), description="Typefaces beside the book's own.")
    accessibility: Accessibility = Field(default=Accessibility(), description="What the publisher states.")
    check: Check = Field(default=Check(), description="Settings of `anthology check`.")
    editions: Mapping[str, Annotated[Edition, Field(discriminator="format")]] = Field(
        default_factory=_default_editions,
        description="The editions by name; by default an EPUB called ebook and a PDF called print.",
    )

    _path: str = PrivateAttr("anthology.toml")
    _lines: dict[KeyPath, int] = PrivateAttr(default_factory=dict)

    def origin(self, *key: str | int) -> Origin:
        """Tell where a key stands, or the table it would stand in.

        Args:
            key: the path to it, as TOML spells it: `origin("sections", 1, "articles")`.
        """
        return nearest_origin(self._path, self._lines, key)

    def located(self, path: str, lines: Mapping[KeyPath, int]) -> Config:
        """Give the same config, knowing the file it was read from and the lines of its keys."""
        config = self.model_copy()
        config._path = path
        config._lines = dict(lines)
        return config


def nearest_origin(path: str, lines: Mapping[KeyPath, int], key: KeyPath) -> Origin:
    """Find the line of a key or of the closest table around it; line 1 where nothing around it is written."""
    for depth in range(len(key), 0, -1):
        if key[:depth] in lines:
            return Origin(path, lines[key[:depth]])
    return Origin(path, 1)
