"""The words of an article as its author wrote them: Markdown read by markdown-it-py, which the program does not use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import accumulate
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)\n.*?^\1\n", re.MULTILINE | re.DOTALL)
# What Markdown's extensions write round words: classes and names, terms of the index, the mark of a definition,
# abbreviations.
_BRACES = re.compile(r"\{[:#][^}]*\}|(?<=\])\{index=[^}]*\}")
_ABBREVIATION = re.compile(r"^\*\[[^\]]*\]:.*$", re.MULTILINE)
_NOTE = re.compile(r"^\[\^([^\]]+)\]: (.*?)(?=^\[\^|\Z)", re.MULTILINE | re.DOTALL)
_REFERENCE = re.compile(r"\[\^([^\]]+)\]")


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The words of an article's text, and those of each of its notes, in the order in which they are numbered."""

    text: tuple[str, ...]
    notes: tuple[tuple[str, ...], ...]


def words_in(text: str) -> tuple[str, ...]:
    """Give the words and figures of a text, without signs and capitals."""
    return tuple(re.findall(r"\w+", text.replace("\u00ad", "").casefold()))


def source_words(path: Path) -> SourceWords:
    """Read an article's file."""
    source = _FRONT_MATTER.sub("", path.read_text(encoding="utf-8"))
    spoken, notes, numbers = list[str](), dict[str, str](), dict[str, int]()
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        if token.type == "inline":
            kept = _ABBREVIATION.sub("", _said(token))
            notes |= dict(_NOTE.findall(kept))
            kept = _NOTE.sub("", kept)
            for name in _REFERENCE.findall(kept):
                numbers.setdefault(name, len(numbers) + 1)
            spoken.append(_REFERENCE.sub(lambda found: f" {numbers[found[1]]} ", kept))
        elif token.type == "html_block":
            spoken.append(unescape(re.sub(r"<[^>]*>", "", token.content)))
        else:
            # Items of numbered lists have their number as "info".
            spoken.append(token.info if token.type == "list_item_open" else token.content)
    return SourceWords(words_in("\n".join(spoken)), tuple(words_in(notes[name]) for name in numbers))


def stand_in(words: tuple[str, ...], read: tuple[str, ...]) -> bool:
    """Tell whether words stand in what was read, one behind the other, with nothing between them and none run together.

    PyMuPDF makes the columns of a table a hair too narrow, and breaks words in them: a word read in parts is well.
    """
    begin = "".join(read).find("".join(words))
    return begin >= 0 and {begin + end for end in _ends(words)} <= _ends(read)


def _ends(words: tuple[str, ...]) -> set[int]:
    return set(accumulate(map(len, words)))


def _said(token: Token) -> str:
    """Give what an inline token says to a reader: pictures their captions, breaks as spaces, codes as they are."""
    said = []
    for child in token.children or ():
        if child.type == "text":
            said.append(_BRACES.sub("", child.content))
        elif child.type == "code_inline":
            said.append(child.content)
        elif child.type == "image":
            said.append(str(child.attrs.get("title", "")))
        elif child.type in ("softbreak", "hardbreak"):
            said.append("\n")
    return "".join(said)
