"""The proof of an article as it is shown: what was changed, folded where nothing was, and what prints with it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anthology.model import Article, Query
    from anthology.proofs.compare import Change, Compared, Fate, Piece
    from anthology.proofs.passages import Word

# Beside a change stands one passage that tells where it is; a fold saves two at least.
_BESIDE = 1
_LEAST_FOLDED = 2
_TAGS: dict[Change, str] = {"out": "del", "in": "ins"}
_FATES: dict[Fate, str] = {
    "new": "put in",
    "gone": "taken out",
    "moved-here": "moved to here",
    "moved-away": "moved from here",
}
_KINDS = {"short-title": "running head", "row": "row of a table", "item": "list", "paragraph": "text"}


@dataclass(frozen=True, slots=True)
class Proof:
    """An article compared with its last import.

    `capture` is the path of what it was imported from; `bios` are names with what is printed about them, `credit`
    the line in the credits; `edited` tells that it is no longer what was approved.
    """

    article: Article
    language: str
    capture: str
    compared: tuple[Compared, ...]
    bios: tuple[tuple[str, str], ...]
    credit: str
    edited: bool

    @property
    def queries(self) -> tuple[Query, ...]:
        """Give the editor's queries, in the order of the file."""
        return self.article.queries


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was changed: passages that are edited, new, gone or moved, and words put in and taken out."""

    edited: int
    new: int
    gone: int
    moved: int
    words_in: int
    words_out: int

    def __str__(self) -> str:
        """Say it in one line."""
        passages = [
            f"{number} {what}"
            for number, what in (
                (self.edited, "edited"),
                (self.new, "new"),
                (self.gone, "taken out"),
                (self.moved, "moved"),
            )
            if number
        ]
        if not passages:
            return "nothing was changed"
        words = (
            f"{self.words_in:,} word{'' if self.words_in == 1 else 's'} put in, {self.words_out:,} taken out"
        )
        return f"passages: {', '.join(passages)}; {words}"


@dataclass(frozen=True, slots=True)
class RowView:
    """A passage in a proof: what became of it in words, its text as markup, and the queries in it by their numbers."""

    kind: str
    fate: Fate
    note: str
    text: Markup
    queries: tuple[tuple[int, Query], ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Passages next to one another: such as are shown, or such as nothing was changed in for a while."""

    folded: bool
    passages: tuple[Compared, ...]


def counts_of(compared: Sequence[Compared]) -> Counts:
    """Count what was changed."""
    fates = [one.fate for one in compared]
    words: dict[Change, int] = {"in": 0, "out": 0, "same": 0}
    for one in compared:
        # What was moved is counted where it is now.
        for piece in one.pieces if one.fate != "moved-away" else ():
            words[piece.change] += sum(word.text[:1].isalnum() for word in piece.words)
    return Counts(
        edited=fates.count("edited"),
        new=fates.count("new"),
        gone=fates.count("gone"),
        moved=fates.count("moved-here"),
        words_in=words["in"],
        words_out=words["out"],
    )


def stretches_of(compared: Sequence[Compared]) -> tuple[Stretch, ...]:
    """Divide a proof into what is shown and what can be folded: far from any change, and without a query."""
    told = [at for at, one in enumerate(compared) if one.fate != "same" or one.queries]
    near = {at + step for at in told for step in range(-_BESIDE, _BESIDE + 1)}
    made: list[Stretch] = []
    for shown, group in groupby(range(len(compared)), lambda at: at in near):
        passages = tuple(compared[at] for at in group)
        folded = not shown and len(passages) >= _LEAST_FOLDED
        if made and not folded and not made[-1].folded:
            made[-1] = Stretch(False, (*made[-1].passages, *passages))
        else:
            made.append(Stretch(folded, passages))
    return tuple(made)


def told_of(one: Compared) -> str:
    """Say in a few words what became of a passage, and what it is where that is more than a paragraph."""
    kind = _KINDS.get(one.kind, one.kind)
    parts = [kind if one.kind != "paragraph" else "", _FATES.get(one.fate, "")]
    if one.was:
        parts = [f"{kind}, was {_KINDS.get(one.was, one.was)}", _FATES.get(one.fate, "")]
    return ", ".join(filter(None, parts))


def row_of(one: Compared, queries: Sequence[Query]) -> RowView:
    """Show a passage."""
    asked = tuple((number + 1, queries[number]) for number in one.queries)
    return RowView(one.kind, one.fate, told_of(one), _markup(one.pieces), asked)


def _markup(pieces: Sequence[Piece]) -> Markup:
    """Write words as markup; the space before a change is no part of it."""
    made = Markup()
    for piece in pieces:
        inside, space = Markup(), ""
        for at, word in enumerate(piece.words):
            space = word.before if at == 0 else space
            inside += Markup(word.before if at else "").replace("\n", Markup("<br/>\n")) + _marked(
                word, piece.change
            )
        tag = _TAGS.get(piece.change)
        made += Markup(space).replace("\n", Markup("<br/>\n"))
        made += Markup("<{0}>{1}</{0}>").format(Markup(tag), inside) if tag else inside
    return made


def _marked(word: Word, change: Change) -> Markup:
    made = escape(word.text)
    for style in reversed(word.styles):
        if style == "break":
            made = Markup('<span class="break">{}</span><br/>').format(made)
        elif style == "picture":
            made = Markup('<span class="picture">{}</span>').format(made)
        elif style.startswith("a "):
            made = Markup('<a href="{}">{}</a>').format(style[2:], made)
        else:
            made = Markup("<{0}>{1}</{0}>").format(Markup(style), made)
    for number in word.queries if change != "out" else ():
        made += Markup('<sup class="query-number">?{}</sup>').format(number + 1)
    return made
