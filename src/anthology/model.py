"""The values that walk from stage to stage; frozen, and free of everything else of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

Role = Literal["author", "translator", "interviewer", "photographer", "illustrator", "editor"]
Direction = Literal["ltr", "rtl"]
RightsStatus = Literal["", "cleared", "requested", "refused", "own", "public-domain"]

# The scripts written right to left, by the primary language subtags that use them (CLDR).
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "khw", "ks", "ps", "sd", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "adlm"})


def direction_of(language: str) -> Direction:
    """Tell which way a language (BCP 47 tag) runs; a script subtag outranks the language."""
    primary, *rest = language.lower().split("-")
    for subtag in rest:
        if len(subtag) == 4:
            return "rtl" if subtag in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary in _RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was written: a path relative to the project (`/` between folders) and a line from 1."""

    path: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """A person or organisation and what they did for an article; `credited_as` is printed instead of `name`."""

    name: str
    role: Role = "author"
    credited_as: str = ""

    @property
    def printed(self) -> str:
        """Give the name as the byline prints it."""
        return self.credited_as or self.name


@dataclass(frozen=True, slots=True)
class Subject:
    """What a book is about: the heading that is shown, and, for a code, the scheme that it is of."""

    heading: str
    authority: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A related entry as an editor wrote it: a name (id, alias, path or title), or a captured stub."""

    origin: Origin
    name: str = ""
    standfirst: str = ""
    section: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file of the project.

    `key` is the digest of its bytes with the file's suffix (`9f86d081884c7d65.png`) and names it in every
    edition; `path` is relative to the project; `width` and `height` are in CSS pixels.
    """

    key: str
    path: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Rights:
    """What is known of the right to print a piece; all in the editor's own words but `status` and `expires`."""

    status: RightsStatus = ""
    holder: str = ""
    licence: str = ""
    credit: str = ""
    evidence: str = ""
    expires: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PictureRecord:
    """What an article says of the right to print a picture: its path in the project, and where that is written."""

    path: str
    rights: Rights
    origin: Origin


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article was first published, as captured; never rewritten, so that stubs keep matching."""

    url: str = ""
    publication: str = ""
    title: str = ""
    standfirst: str = ""
    section: str = ""
    date: dt.date | None = None
    byline: str = ""
    capture: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved an article, and when, as far as it says; `digest` is that of the text that was approved."""

    by: str = ""
    date: dt.date | None = None
    digest: str = ""

    def __bool__(self) -> bool:
        """Tell whether anybody has approved anything."""
        return bool(self.by or self.date or self.digest)

    def __str__(self) -> str:
        """Say it in words."""
        return ", ".join(part for part in (self.by, self.date.isoformat() if self.date else "") if part)


@dataclass(frozen=True, slots=True)
class Query:
    """What an editor asks in an article, in a marked comment; it stands in no edition."""

    origin: Origin
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, heading, table cell, figure, caption, code block, quotation or note of an article.

    `words` is a digest of the text that it holds itself, as it was read, and `letters` the number of letters of
    that (`anthology.wording`); a block that holds other blocks alone has none.
    """

    id: str
    kind: str
    words: str = ""
    letters: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """One article, read.

    `body` is an XHTML fragment in which every block has an `id`, pictures are addressed
    `anthology-image:KEY` and links are as the author wrote them. `folder` is the folder below `content/`
    ("" for files directly in it), `section` what the front matter says, if anything. `language` is empty
    where the article does not name one.
    """

    id: str
    origin: Origin
    title: str
    body: str = ""
    short_title: str = ""
    standfirst: str = ""
    credits: tuple[Credit, ...] = ()
    date: dt.date | None = None
    folder: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    related: tuple[Reference, ...] = ()
    weight: float | None = None
    language: str = ""
    aliases: tuple[str, ...] = ()
    image: Picture | None = None
    rights: Rights = Rights()
    picture_rights: tuple[PictureRecord, ...] = ()
    source: Source = Source()
    status: str = ""
    approved: Approval = Approval()
    queries: tuple[Query, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    blocks: tuple[Block, ...] = ()
    pictures: tuple[Picture, ...] = ()
    words: int = 0

    @property
    def direction(self) -> Direction:
        """Tell which way the article's own language runs."""
        return direction_of(self.language)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the anthology with its articles in order; an untitled one has an empty title."""

    title: str
    slug: str
    articles: tuple[Article, ...] = ()
    introduction: Article | None = None


@dataclass(frozen=True, slots=True)
class Anthology:
    """The articles in the order of the book."""

    sections: tuple[Section, ...]
    front: tuple[Article, ...] = ()
    back: tuple[Article, ...] = ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """Give the articles of all sections, in order; no introductions, no front or back matter."""
        return tuple(article for section in self.sections for article in section.articles)

    @property
    def pieces(self) -> tuple[Article, ...]:
        """Give everything that was written as a file, in the order of the book."""
        pieces = list(self.front)
        for section in self.sections:
            if section.introduction:
                pieces.append(section.introduction)
            pieces.extend(section.articles)
        return (*pieces, *self.back)

    @property
    def pictures(self) -> dict[str, Picture]:
        """Give every picture of the book by its key."""
        found = {picture.key: picture for piece in self.pieces for picture in piece.pictures}
        return found | {piece.image.key: piece.image for piece in self.pieces if piece.image}


Why = Literal["given", "resolved", "suggested", "back-link", "outside"]


@dataclass(frozen=True, slots=True)
class RelatedEntry:
    """One entry of an article's related reading and why it is there.

    `article` is empty for a piece outside the book, which may have an `address` on the web.
    """

    why: Why
    article: str = ""
    title: str = ""
    standfirst: str = ""
    section: str = ""
    date: dt.date | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class RelatedReading:
    """What an article points to, and what points to it."""

    entries: tuple[RelatedEntry, ...] = ()
    referred_by: tuple[RelatedEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """The related reading of every piece, by article id."""

    by_article: Mapping[str, RelatedReading]


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the book that no format has a say in: an article and, if not its beginning, a unique id in it."""

    article: str
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class LinkedAnthology:
    """An anthology whose ids are unique and whose references all lead somewhere.

    In each `body`, ids read `article--fragment` and a link inside the book reads `anthology:article` or
    `anthology:article#article--fragment`.
    """

    anthology: Anthology
    related: Related


@dataclass(frozen=True, slots=True)
class Document:
    """One rendered XHTML document, ready to be typeset or packed.

    `name` is unique and safe as a file name without suffix; `kind` is the template it came from; `part` says
    whether its pages count in roman (`front`) or arabic figures. `article` is the id of the piece in it, if any.
    """

    name: str
    kind: str
    title: str
    language: str
    html: str
    part: Literal["front", "text", "back"] = "text"
    article: str = ""
