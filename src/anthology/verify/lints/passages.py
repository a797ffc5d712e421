"""What the pieces of a book say, passage by passage, and the lines in which that was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from anthology.model import Origin
from anthology.verify.whereabouts import decoded, lines_of
from anthology.wording import PICTURE, standing
from anthology.xhtml import parse_fragment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.etree import _Element

    from anthology.model import Anthology, Article

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What is typed into machines, or read from them, is in no language.
_CODE = frozenset({"code", "pre", "kbd", "samp", "var", "math"})
_FENCE = re.compile(r"(---|\+\+\+)[ \t]*\n.*?\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Passage:
    """The own text of a block: a paragraph, an item, a heading.

    `prose` is what of it is in words, and in no language of its own that its writer has named; `language` is the one
    named for the block or something round it, empty for that of the article.
    """

    element: _Element
    kind: str
    text: str
    prose: str
    language: str


class Copy:
    """A piece as its writer handed it in: its passages, and the file that they were written in."""

    def __init__(self, piece: Article, language: str, find: Callable[[str], bytes | None]) -> None:
        self.piece = piece
        self.language = piece.language or language
        self._find = find

    @cached_property
    def root(self) -> _Element:
        """Parse the body."""
        return parse_fragment(self.piece.body)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Read the passages, in order."""
        kinds = {block.id: block.kind for block in self.piece.blocks}
        return tuple(
            _passage(place.element, kinds[place.block], place.pieces) for place in standing(self.root, kinds)
        )

    @cached_property
    def source(self) -> str:
        """Read the file."""
        return decoded(self._find(self.piece.origin.path))

    @cached_property
    def _text_from(self) -> int:
        """Tell where in the file the front matter ends."""
        found = _FENCE.match(self.source.removeprefix("\ufeff"))
        return found.end() if found else 0

    def origin_of(self, text: str, place: int = 0) -> Origin:
        """Tell in which line a passage was written, as far as its first words tell; `place` -1 for the last time."""
        lines = lines_of(text, self.source, self._text_from)
        return self._at(lines[place] if lines else None)

    def origin_of_heading(self, text: str) -> Origin:
        """Tell in which line a heading was written; its words may well stand elsewhere too."""
        words = r"(?:[\W_]|<[^>]*>)*".join(map(re.escape, re.findall(r"\w+", text)))
        found = re.compile(rf"^(?:#+|<h\d[^>]*>).*?{words}", re.MULTILINE).search(
            self.source, self._text_from
        )
        return self._at(self.source.count("\n", 0, found.start()) + 1) if found else self.origin_of(text)

    def origin_of_field(self, *names: str) -> Origin:
        """Tell in which line of the front matter one of some fields stands; the file alone where none does."""
        names_of = "|".join(map(re.escape, names))
        found = re.search(
            rf"^[\"']?(?:{names_of})[\"']?\s*[:=]", self.source[: self._text_from], re.MULTILINE
        )
        return self._at(self.source.count("\n", 0, found.start()) + 1 if found else None)

    def origin_of_file(self, name: str) -> Origin:
        """Tell in which line a picture is named; the file alone where none names it as it is."""
        at = self.source.find(name)
        return self._at(self.source.count("\n", 0, at) + 1 if at >= 0 else None)

    def _at(self, line: int | None) -> Origin:
        return Origin(self.piece.origin.path, line)


def copies_of(anthology: Anthology, language: str, find: Callable[[str], bytes | None]) -> tuple[Copy, ...]:
    """Take the pieces of a book in its order; `find` gives the bytes of a file of the project by its path."""
    return tuple(Copy(piece, language, find) for piece in anthology.pieces)


def _passage(element: Any, kind: str, pieces: Iterable[tuple[Any, str]]) -> Passage:
    language = _language_round(element)
    text, prose = [], []
    for holder, said in pieces:
        said = said.replace(PICTURE, " ")
        text.append(said)
        if _language_round(holder) == language and not _is_code(holder):
            prose.append(said)
        else:
            prose.append(" ")
    return Passage(element, kind, " ".join("".join(text).split()), " ".join("".join(prose).split()), language)


def _language_round(element: Any) -> str:
    for each in _upwards(element):
        if found := each.get("lang") or each.get(_XML_LANG):
            return str(found)
    return ""


def _is_code(element: Any) -> bool:
    return any(str(each.tag).rpartition("}")[2] in _CODE for each in _upwards(element))


def _upwards(element: Any) -> Iterator[Any]:
    while element is not None:
        yield element
        element = element.getparent()
