"""What an importer makes of a source: an article's parts, and an account of every line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from anthology.model import Credit
    from anthology.problems import Problem

Kind = Literal["text-capture", "web-page", "markdown-post"]
Reason = Literal[
    "doubled", "advertisement", "share-bar", "newsletter", "navigation", "boilerplate", "instruction"
]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that was left out, and why."""

    line: int
    reason: Reason
    text: str


@dataclass(frozen=True, slots=True)
class PullQuote:
    """A pull quote; `in_text` tells whether the article says it in so many words."""

    text: str
    line: int
    in_text: bool


@dataclass(frozen=True, slots=True)
class Stub:
    """Another article, known only by its section, standfirst and date."""

    section: str
    standfirst: str
    date: dt.date | None
    line: int


@dataclass(frozen=True, slots=True)
class LineCounts:
    """What became of the lines of a source; the six counts after `total` add up to it."""

    total: int = 0
    blank: int = 0
    kept: int = 0
    front_matter: int = 0
    related: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """An article as it was found in a source.

    `body` is Markdown as anthology reads it, without front matter. `section` is the section's title as the
    source says it ("" if it does not). `related` are captured stubs, `references` are names that a post's own
    front matter gives (ids, aliases, titles, paths). `pictures` are paths, as the body writes them, of picture
    files that should come along, relative to the source; those of `embedded` are no files, but their bytes are there.
    `remote_pictures` are addresses that were not fetched.
    `extra` are front matter keys of a post that anthology has no name for.
    """

    kind: Kind
    title: str
    body: str
    credits: tuple[Credit, ...] = ()
    byline: str = ""
    date: dt.date | None = None
    reading_minutes: int | None = None
    section: str = ""
    standfirst: str = ""
    language: str = ""
    url: str = ""
    publication: str = ""
    image: str = ""
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    draft: bool = False
    paragraphs: int = 0
    pull_quotes: tuple[PullQuote, ...] = ()
    lines: LineCounts = LineCounts()
    dropped: tuple[Dropped, ...] = ()
    related: tuple[Stub, ...] = ()
    references: tuple[str, ...] = ()
    unrecognised: tuple[tuple[int, str], ...] = ()
    pictures: tuple[str, ...] = ()
    embedded: Mapping[str, bytes] = field(default_factory=dict, hash=False, repr=False)
    remote_pictures: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    problems: tuple[Problem, ...] = ()
