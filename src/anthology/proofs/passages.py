"""An article as passages of words: what is compared of it, whatever it is marked up with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from anthology.wording import UNCOUNTED
from anthology.xhtml import fragment_to_text, parse_fragment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# The kinds of passages by the elements that they are. A row of a table is one passage.
_KINDS = {
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("blockquote", "aside"), "quotation"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    **dict.fromkeys(("p", "div", "section", "figure", "ul", "ol", "dl", "table", "thead", "tbody", "hr"), ""),
    "tr": "row",
    "pre": "code",
}
_CELLS = frozenset({"td", "th"})
_STYLES = {
    "em": "em",
    "i": "em",
    "cite": "em",
    "strong": "strong",
    "b": "strong",
    "code": "code",
    "sub": "sub",
    "sup": "sup",
}

# A word, with what is within it; a character of a script that has no spaces; any other mark by itself.
_CHARACTER = "[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_LETTER = "[^\\W_\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_WORD = re.compile(
    rf"(?P<space>\s+)|{_CHARACTER}|{_LETTER}[\u0300-\u036f]*(?:['’.,\u00ad\u0300-\u036f-]?{_LETTER}[\u0300-\u036f]*)*|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark, and how it is set; two are one if they read and look the same.

    `before` is the space in front of it, and `queries` are the numbers of the queries that stand behind it.
    """

    text: str
    styles: tuple[str, ...] = ()
    before: str = field(default="", compare=False)
    queries: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A title, a paragraph, an item, a row of a table: a kind, and its words."""

    kind: str
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Give what it says."""
        return "".join(word.before + word.text for word in self.words)


def passage_of(kind: str, text: str) -> Passage:
    """Make a passage of a plain text."""
    return Passage(kind, tuple(_words(text, ())))


def passages_of(body: str, marks: str = "") -> tuple[Passage, ...]:
    """Divide the body of an article as it was read into passages.

    With `marks`, the characters that stand in it for its queries, these are noted at the words before them.
    """
    walk = _Walk()
    walk.element(parse_fragment(body), "paragraph", ())
    walk.end()
    passages = [tidy for made in walk.made if (tidy := _tidy(made)).words]
    return tuple(_without_marks(passages, marks) if marks else passages)


class _Walk:
    """Walks a body once, in order."""

    def __init__(self) -> None:
        self.made: list[Passage] = []
        self._words: list[Word] = []
        self._kind = "paragraph"

    def element(self, element: Any, kind: str, styles: tuple[str, ...]) -> None:
        """Take in what an element holds."""
        self._text(element.text, kind, styles)
        for child in element:
            self._child(child, kind, styles)
            self._text(child.tail, kind, styles)

    def end(self) -> None:
        """End the passage that was begun."""
        if self._words:
            self.made.append(Passage(self._kind, tuple(self._words)))
        self._words = []

    def _text(self, text: str | None, kind: str, styles: tuple[str, ...]) -> None:
        if text:
            self._kind = kind
            # Each line of code is a word of its own: there, every space counts.
            self._words += _lines(text) if kind == "code" else _words(text, styles)

    def _child(self, child: Any, kind: str, styles: tuple[str, ...]) -> None:
        tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        classes = (child.get("class") or "").split()
        if tag == "a" and "note-ref" in classes:
            # Its number is the same only for as long as no note is put in before it.
            self._words.append(Word("*", ("sup",)))
        elif tag == "img" or (tag in ("svg", "math") and not fragment_to_text(child).strip()):
            self._kind = kind
            self._words.append(Word(child.get("alt") or tag, ("picture",), " "))
        elif tag == "br":
            self._words.append(Word("", (), "\n"))
        elif not UNCOUNTED.isdisjoint(classes):
            return
        elif tag in _KINDS:
            self.end()
            inner = "note" if "note" in classes else _KINDS[tag]
            outer = kind in ("quotation", "note") and inner in ("", "item")
            self.element(child, kind if outer else inner or kind, styles)
            self.end()
        elif tag in _CELLS and self._words:
            self._words.append(Word("|", (), " "))
            self.element(child, kind, styles)
        else:
            address = child.get("href") or "" if tag == "a" else ""
            style = f"a {address}" if ":" in address else _STYLES.get(tag, "")
            self.element(child, kind, (*styles, style) if style and style not in styles else styles)


def _words(text: str, styles: tuple[str, ...]) -> Iterator[Word]:
    before = ""
    for found in _WORD.finditer(text):
        if found["space"]:
            before = " "
        else:
            yield Word(found.group(), styles, before)
            before = ""
    if before:
        yield Word("", (), before)


def _lines(text: str) -> Iterator[Word]:
    for line in text.splitlines(keepends=True):
        yield Word(line.rstrip("\n"), (), "")
        if line.endswith("\n"):
            yield Word("", (), "\n")


def _tidy(passage: Passage) -> Passage:
    """Give the space that stands alone to the word behind it; none begins a passage, and outside code one is enough."""
    kept: list[Word] = []
    before = ""
    for word in passage.words:
        before += word.before
        if word.text:
            if before and passage.kind != "code":
                before = "\n" if "\n" in before else " "
            kept.append(replace(word, before=before if kept else ""))
            before = ""
    return replace(passage, words=tuple(kept))


def _without_marks(passages: Sequence[Passage], marks: str) -> Iterator[Passage]:
    """Take the characters that stand for queries out, and note each at the word before it."""
    last: Passage | None = None
    early: tuple[int, ...] = ()
    for passage in passages:
        kept: list[Word] = []
        for word in passage.words:
            # In the description of a picture there may be other words with them.
            asked = tuple(marks.index(letter) for letter in word.text if letter in marks)
            text = (
                "".join(letter for letter in word.text if letter not in marks).strip() if asked else word.text
            )
            if text:
                kept.append(replace(word, text=text, queries=(*early, *asked)))
                early = ()
            elif kept:
                kept[-1] = replace(kept[-1], queries=(*kept[-1].queries, *asked))
            elif last:
                # It stood on a line of its own.
                behind = last.words[-1]
                last = replace(
                    last, words=(*last.words[:-1], replace(behind, queries=(*behind.queries, *asked)))
                )
            else:
                early = (*early, *asked)
        if kept:
            if last:
                yield last
            last = replace(passage, words=(replace(kept[0], before=""), *kept[1:]))
    if last:
        yield last
