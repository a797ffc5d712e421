"""Passages: what an article says, paragraph by paragraph, each letter with its place in the file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from anthology.style.blocks import Kind, blocks_of
from anthology.style.markup import BORDER, PROSE, SOMETHING, VERBATIM
from anthology.style.quotations import Mark, is_open_to_the_end, marks_of, odd_mark, quotations

if TYPE_CHECKING:
    from collections.abc import Iterable

# So much of a passage is shown on either side of a place in it.
_ROOM = 30


@dataclass(frozen=True)
class Passage:
    """A paragraph, an item, a cell or a heading as it is read: markup is gone, and code and addresses are one character.

    `places` has the place in the file of every letter; it is empty for a text that is not from the body of a file.
    `language` is a tag (BCP 47). What is `quoted` is somebody else's from the first letter to the last. A quotation
    that is left open `goes_on` in the next passage.
    """

    text: str
    language: str
    places: tuple[int, ...] = ()
    kind: Kind = "text"
    quoted: bool = False
    goes_on: bool = False

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Give the marks of quotation and apostrophes."""
        return marks_of(self.text, self.language)

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """Tell where somebody is quoted: from behind the opening mark to the closing one."""
        if self.quoted:
            return ((0, len(self.text)),)
        return quotations(self.text, self.marks, goes_on=self.goes_on)

    @property
    def odd_mark(self) -> Mark | None:
        """Give the first mark that has no other, so that nobody knows where a quotation ends."""
        return None if self.quoted or self.quotations != ((0, len(self.text)),) else odd_mark(self.marks)

    def is_own(self, start: int, end: int) -> bool:
        """Tell whether something is the writer's own, and nothing of it a quotation."""
        following = bisect_right(self._ends, start)
        return following == len(self._ends) or self.quotations[following][0] >= end

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, end in self.quotations]

    def is_whole(self, start: int, end: int) -> bool:
        """Tell whether nothing stands in the file between the letters from `start` to `end`."""
        places = self.places[start:end]
        return bool(places) and places[-1] - places[0] == len(places) - 1

    def around(self, start: int, end: int) -> str:
        """Give a place with the words around it, on one line."""
        before, after = self.text[:start], self.text[end:]
        first = before if len(before) <= _ROOM else "… " + before[-_ROOM:].partition(" ")[2]
        last = after if len(after) <= _ROOM else after[:_ROOM].rpartition(" ")[0] + " …"
        # What stands for code would show as a box.
        return " ".join((first + self.text[start:end] + last).replace(SOMETHING, "…").split())


def passages_of(text: str, start: int, language: str) -> tuple[Passage, ...]:
    """Take the passages from a file.

    Arguments: its text, where the words behind its front matter begin, and the language of the article.
    """
    blocks, kinds = blocks_of(text, start)
    passages: list[Passage] = []
    for block in blocks:
        places: list[int] = []
        for begin, end in block.lines:
            for at in range(begin, end):
                if kinds[at] == BORDER:
                    passages += _passage(text, kinds, places, language, block.kind, quoted=block.quoted)
                    places = []
                elif kinds[at] == PROSE or (
                    kinds[at] == VERBATIM and (at == begin or kinds[at - 1] != VERBATIM)
                ):
                    # What is verbatim is one character, however long it is.
                    places.append(at)
            if end < len(text):
                places.append(end)
        passages += _passage(text, kinds, places, language, block.kind, quoted=block.quoted)
    for number, (passage, following) in enumerate(pairwise(passages)):
        if _goes_on(text, passage, following):
            passages[number] = replace(passage, goes_on=True)
    return tuple(passages)


def _goes_on(text: str, passage: Passage, following: Passage) -> bool:
    """Tell whether a quotation goes on in the next paragraph, which begins with an opening mark again."""
    if passage.quoted or following.quoted or not is_open_to_the_end(passage.marks):
        return False
    odd, again = odd_mark(passage.marks), following.marks[:1]
    # Items of a list are not paragraphs of one quotation.
    is_paragraph = text[passage.places[-1] + 1 : following.places[0]].isspace()
    return is_paragraph and odd is not None and [each.at for each in again if each.role == odd.role] == [0]


def _passage(
    text: str, kinds: bytearray, places: list[int], language: str, kind: Kind, *, quoted: bool
) -> Iterable[Passage]:
    letters = [text[at] if kinds[at] == PROSE else SOMETHING for at in places]
    said = [(letter, at) for letter, at in zip(letters, places, strict=True)]
    while said and said[0][0].isspace():
        said.pop(0)
    while said and said[-1][0].isspace():
        said.pop()
    if any(letter.isalnum() for letter, _ in said):
        joined = "".join(letter for letter, _ in said)
        yield Passage(joined, language, tuple(at for _, at in said), kind, quoted)
