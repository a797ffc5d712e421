"""Give every block an id that depends on nothing but what it says, and list them with a digest of their words."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from anthology.model import Block
from anthology.read.body.headings import slug
from anthology.read.markdown.converter import unescaped
from anthology.read.xhtml.elements import BLOCKS, HEADINGS
from anthology.wording import measured, standing

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anthology.read.source import Source

# What counts as a block, and what it is called. A division counts where words stand in it directly.
KINDS = {
    "p": "paragraph",
    "li": "item",
    "td": "cell",
    "th": "cell",
    "figure": "figure",
    "figcaption": "caption",
    "caption": "caption",
    "pre": "code",
    "blockquote": "quotation",
    "dt": "term",
    "dd": "definition",
    "div": "division",
    **dict.fromkeys(HEADINGS, "heading"),
}

# Scripts that write no spaces between words: each character counts as one (kana, ideographs of CJK).
_WORD = re.compile(
    "[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    "|[^\\W_\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
    "(?:['’.\\-][^\\W_\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)*"
)


def count_words(text: str) -> int:
    """Count words; in Chinese and Japanese every ideograph and kana counts as one."""
    return len(_WORD.findall(text))


def settle_blocks(root: _Element, source: Source) -> tuple[tuple[Block, ...], int]:
    """Make all ids unique, give each block one, and count the words.

    An id that was written wins; a heading gets GitHub's slug, any other block its element's name and the
    first 8 hexadecimal digits of the SHA-256 of kind and words, with `-2` and so on where those repeat.
    Returns the blocks in order and the number of words.
    """
    ids = _Ids()
    for element in root.iter():
        if element.get("id") and "}" not in str(element.tag):
            ids.keep(element, source)
    for element in root.iter():
        if element.tag in HEADINGS and not element.get("id"):
            ids.give(element, _slug_of(element), first=1)
    walk = _Walk(ids)
    walk.root(root)
    return _with_digests(walk.blocks, root), walk.words


def _with_digests(blocks: list[Block], root: _Element) -> tuple[Block, ...]:
    """Note what each block says, for editions to be held against it."""
    said = {
        place.block: measured(unescaped(place.text))
        for place in standing(root, {block.id for block in blocks})
    }
    return tuple(replace(block, words=said[block.id][0], letters=said[block.id][1]) for block in blocks)


class _Ids:
    """The ids of one body."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def keep(self, element: _Element, source: Source) -> None:
        """Keep an id that was written, unless another has it already."""
        written = str(element.get("id"))
        if written not in self._taken:
            self._taken.add(written)
            return
        self.give(element, written, first=2)
        line = source.next_line_of(f'id="{written}"', f"#{written}")
        source.warn("T020", f'the id "{written}" was used before; links lead to the first place', line)

    def give(self, element: _Element, wanted: str, first: int) -> str:
        """Give an element the id `wanted`; where it is taken, with the first free number from `first` on."""
        made, count = wanted, self._counts.get(wanted, first)
        while made in self._taken:
            made = f"{wanted}-{count}"
            count += 1
        self._counts[wanted] = count
        self._taken.add(made)
        element.set("id", made)
        return made


class _Walk:
    """Walks the body once, in order."""

    def __init__(self, ids: _Ids) -> None:
        self.blocks: list[Block] = []
        self.words = 0
        self._ids = ids

    def root(self, root: _Element) -> None:
        """Number all blocks of a body."""
        for child in root:
            self._block(child)

    def _block(self, element: _Element) -> str:
        """Number a block and those inside it; give what it says, or else the first of those says."""
        at = len(self.blocks)
        own = _Own()
        self._gather(element, own)
        text = " ".join("".join(own.words).split())
        self.words += count_words(text)
        seen = text or " ".join(own.seen)
        said = seen or own.inner
        kind = "note" if element.get("class") == "note" else KINDS.get(str(element.tag))
        # An empty cell or item shows nothing; a division is a block where words stand in it directly.
        if kind and (seen if kind == "division" else said):
            name = element.get("id")
            if not name:
                digest = hashlib.sha256(f"{kind}\n{said}".encode()).hexdigest()[:8]
                name = self._ids.give(element, f"{element.tag}-{digest}", first=2)
            self.blocks.insert(at, Block(str(name), kind))
        return said

    def _gather(self, element: _Element, own: _Own) -> None:
        if element.text:
            own.words.append(element.text)
        for child in element:
            if child.tag in BLOCKS:
                own.words.append(" ")
                said = self._block(child)
                own.inner = own.inner or said
            elif child.get("class") != "note-ref":
                own.see(child)
                self._gather(child, own)
            if child.tail:
                own.words.append(child.tail)


class _Own:
    """What stands in a block directly: words, things that are seen, and what the first block inside says."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.seen: list[str] = []
        self.inner = ""

    def see(self, element: _Element) -> None:
        tag = str(element.tag)
        if tag == "img":
            self.seen.append(str(element.get("src")))
        elif "}" in tag and tag.endswith(("}svg", "}math")):
            self.seen.append(tag.rpartition("}")[2])
        elif tag == "br":
            self.words.append(" ")
        elif tag == "span" and element.get("role") == "img":
            self.seen.append(str(element.get("aria-label")))


def _slug_of(heading: _Element) -> str:
    words = "".join(_words_without_note_numbers(heading))
    return slug(" ".join(words.split()))


def _words_without_note_numbers(element: _Element) -> list[str]:
    words = [element.text or ""]
    for child in element:
        if child.get("class") != "note-ref":
            words += _words_without_note_numbers(child)
        words.append(child.tail or "")
    return words
