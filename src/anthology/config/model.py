"""The anthology as its editor configured it: what `anthology.toml` says, with the defaults filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, PrivateAttr, StrictBool, StrictInt

from anthology.config import values
from anthology.config.book import Book, Imprint
from anthology.config.identifiers import isbn13_of
from anthology.config.positions import KeyPath
from anthology.config.slugs import slug_of
from anthology.config.style import HouseStyle
from anthology.config.table import Table
from anthology.config.types import (
    Code,
    Conformance,
    Day,
    Isbn,
    Length,
    NeededText,
    Order,
    ProjectPath,
    Slug,
    Standards,
    Text,
    TrimSize,
    WebAddress,
    Words,
)
from anthology.model import Origin


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


class PictureRights(Table):
    """The rights to a picture; the key is its file, from the folder of anthology.toml on."""

    status: Literal["", "cleared", "requested", "refused", "own", "public-domain"] = Field(
        default="", description="How far it is cleared."
    )
    holder: Text = Field(default="", description="Whose picture it is.")
    licence: Text = Field(default="", description="Under which licence it is printed.")
    credit: Text = Field(default="", description="The line that its holder wants to see printed.")
    evidence: Text = Field(
        default="", description="Where the permission is kept: a letter, an address, a number."
    )
    expires: Day = Field(default=None, description="The day from which on the permission no longer holds.")


class RightsPolicy(Table):
    """What the book asks of the rights to its pieces."""

    required: StrictBool = Field(
        default=False, description="Whether a piece or picture whose rights are not cleared stops an edition."
    )
    pictures: Mapping[str, PictureRights] = Field(
        default={},
        description='The rights to pictures, by file: [rights.pictures."content/rivers/images/ferry.jpg"].',
    )


class Index(Table):
    """The indexes at the back of the book."""

    authors: StrictBool = Field(default=True, description="Whether there is an index of authors with pages.")
    subjects: StrictBool = Field(
        default=True, description="Whether the terms that articles mark make a subject index."
    )
    tags: StrictBool = Field(
        default=False, description="Whether the tags of articles stand in the subject index too."
    )


class Cover(Table):
    """The cover round a printed book; the front alone is that of the e-book."""

    back: Text = Field(default="", description="The text on the back; by default the book's description.")
    about: Text = Field(
        default="", description="A line or two about the editors, below the text on the back."
    )
    spine_title: Text = Field(
        default="", description="A short title for the spine; by default the book's title."
    )
    picture: ProjectPath = Field(
        default="", description="A picture for the whole cover, back, spine and front, with its bleed."
    )


class Fonts(Table):
    """Typefaces beside the book's own."""

    fallback: tuple[NeededText, ...] = Field(
        default=(), description="Families, in order, for scripts that the book's own faces lack."
    )


class Accessibility(Table):
    """What only the publisher can state about accessibility; the rest is computed."""

    conforms_to: Conformance = Field(
        default="",
        description='The standard that the publisher states the e-book conforms to: "EPUB Accessibility 1.1 - WCAG '
        '2.2 Level AA". It is left out, with a warning, while something in the book speaks against it.',
    )
    certified_by: Text = Field(default="", description="Who certified that it does; only with `conforms-to`.")
    report: WebAddress = Field(
        default="", description="The address of the certifier's report; only with `conforms-to`."
    )
    contact: Text = Field(default="", description="Where readers can write about accessibility.")
    summary: Text = Field(
        default="", description="What the publisher adds to the summary that is made of the book."
    )


class Ignore(Table):
    """A warning that the editor has looked at and accepts."""

    code: Code = Field(description="The code of the problem.")
    path: NeededText = Field(description="The file that it is in, relative to the project.")
    reason: NeededText = Field(description="Why it is accepted.")


class Check(Table):
    """Warnings that the editor has looked at and accepts; errors always stop a book."""

    ignore: tuple[Ignore, ...] = Field(
        default=(), description="Each of them with its code, its file and the reason."
    )

    @property
    def ignored(self) -> frozenset[tuple[str, str]]:
        """Give code and path of every problem that is accepted."""
        return frozenset((entry.code, entry.path) for entry in self.ignore)


class BaseEdition(Table):
    """What an e-book and a PDF have in common."""

    isbn: Isbn = Field(default="", description="The ISBN of this edition, with or without hyphens.")
    theme: Text = Field(
        default="", description='The design: a theme by name, like "large-print"; by default the usual one.'
    )

    @property
    def isbn13(self) -> str:
        """Give the thirteen figures of the ISBN without hyphens; empty where there is none."""
        return isbn13_of(self.isbn)


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
    standard: Standards = Field(
        default=(), description="Standards that the file claims: PDF/UA or PDF/A, or a list of both."
    )
    printer: Text = Field(
        default="",
        description="The profile of a printer or a use: screen, archive, kdp, ingram, lulu, press, or one of the "
        "project's own, in printers/NAME.toml.",
    )
    colour: Literal["", "gray", "rgb", "cmyk"] = Field(
        default="", description="The colours that are printed; by default those of the profile."
    )
    icc: Text = Field(
        default="",
        description="The ICC profile of the press: a file of the project, or the path of one on this machine.",
    )
    bleed: StrictBool | None = Field(
        default=None,
        description="Whether pages are made larger by the profile's bleed; by default as it says.",
    )
    paper: Text = Field(
        default="", description="The paper, as the profile names it (white, cream); the spine depends on it."
    )
    spine: Length = Field(
        default=None, description='The width of the spine, where the profile does not tell it: "12.4mm".'
    )
    wrap: StrictBool | None = Field(
        default=None,
        description="Whether a cover with back and spine is made too; by default for printers that take one.",
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
    labels: Mapping[str, Words] = Field(
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
    index: Index = Field(default=Index(), description="The indexes at the back of the book.")
    cover: Cover = Field(default=Cover(), description="The cover round a printed book.")
    fonts: Fonts = Field(default=Fonts(), description="Typefaces beside the book's own.")
    accessibility: Accessibility = Field(
        default=Accessibility(), description="What only the publisher can state about accessibility."
    )
    style: HouseStyle = Field(
        default=HouseStyle(), description="The house style: what `anthology check` holds the text against."
    )
    check: Check = Field(default=Check(), description="Warnings that are accepted.")
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
