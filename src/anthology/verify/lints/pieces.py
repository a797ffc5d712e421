"""Pieces as a reader of the contents meets them: titles and standfirsts that repeat, articles without text, dates."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from anthology.article_files import is_introduction
from anthology.problems import Problem, shortened
from anthology.wording import folded

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from anthology.verify.lints.passages import Copy

_STANDFIRST = ("standfirst", "description", "summary")
# A shorter standfirst may open a text and be meant to.
_LEAST_LETTERS = 30
_PICTURES = ("img", "{http://www.w3.org/2000/svg}svg", "table")


def same_titles(copies: Sequence[Copy]) -> Iterator[Problem]:
    """Look for titles that two lines of the contents would have; doubles are told of as such."""
    for first, copy in _alike(copies, lambda copy: copy.piece.title):
        yield Problem(
            "Q008",
            "warning",
            f'"{copy.piece.title}" is the title of {first.piece.origin.path} too',
            copy.origin_of_field("title"),
            "give one of them another title, or both a `short-title` that tells them apart",
        )


def same_standfirsts(copies: Sequence[Copy]) -> Iterator[Problem]:
    """Look for standfirsts that two articles have."""
    for first, copy in _alike(copies, lambda copy: copy.piece.standfirst):
        yield Problem(
            "Q009",
            "warning",
            f"the standfirst is that of {first.piece.origin.path} too",
            copy.origin_of_field(*_STANDFIRST),
            "write one that says what this article is about",
        )


def _alike(copies: Sequence[Copy], said: Callable[[Copy], str]) -> Iterator[tuple[Copy, Copy]]:
    """Pair each piece that says the same as an earlier one with that one."""
    by_words: dict[str, list[Copy]] = defaultdict(list)
    for copy in copies:
        words = folded(said(copy))
        # Introductions have the titles of their sections, or none.
        if words and not is_introduction(copy.piece.origin.path):
            by_words[words].append(copy)
    for first, *others in by_words.values():
        yield from ((first, other) for other in others)


def standfirsts_again(copies: Sequence[Copy]) -> Iterator[Problem]:
    """Look for texts that begin with their standfirst, which a reader has just read: captures often do."""
    for copy in copies:
        standfirst = folded(copy.piece.standfirst)
        first = next((passage for passage in copy.passages if passage.kind == "paragraph"), None)
        if first and len(standfirst) >= _LEAST_LETTERS and folded(first.text) == standfirst:
            yield Problem(
                "Q014",
                "warning",
                f'the text begins with its standfirst again: "{shortened(first.text)}"',
                copy.origin_of(first.text),
                "take one of them out",
            )


def without_text(copies: Sequence[Copy]) -> Iterator[Problem]:
    """Look for pieces in which there is nothing to read or to see."""
    for copy in copies:
        if not copy.piece.words and next(copy.root.iter(*_PICTURES), None) is None:
            yield Problem(
                "Q010",
                "warning",
                "there is a title, and no text below it" if copy.piece.title else "there is no text",
                copy.piece.origin,
                "write it, or leave the article out with `draft: true`",
            )


def future_dates(copies: Sequence[Copy], today: dt.date) -> Iterator[Problem]:
    """Look for dates that lie behind `today`: the day of the check, or a later one that the book itself has."""
    for copy in copies:
        if copy.piece.date and copy.piece.date > today:
            yield Problem(
                "Q011",
                "warning",
                f"the date, {copy.piece.date.isoformat()}, lies in the future",
                copy.origin_of_field("date"),
                "look at the year",
            )
