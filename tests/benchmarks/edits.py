"""What an editor does to a book between two builds."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks import words
from benchmarks.prose import Chance, paragraph
from benchmarks.synthetic import Article, Magazine, markdown, place_of

# About as much as a page of the print edition holds, in paragraphs: what is tried, the likeliest first.
A_PAGE_MORE = (3, 4, 2, 5)

_FIRST_PARAGRAPH = re.compile(r"(?<=\n\n)[A-Z“].*\n")


def candidates(magazine: Magazine) -> list[Article]:
    """Choose articles in the middle of the book, none of them the last of its section."""
    middle = magazine.count // 2
    near = (number for number in range(max(0, middle - 5), magazine.count - 1))
    return [
        magazine.article(number)
        for number in near
        if magazine.section_of(number) == magazine.section_of(number + 1)
    ][:10]


def with_a_word_changed(text: str) -> str:
    """Put another word of the same length into an article's first paragraph."""
    first = _first_paragraph(text)
    for word in re.findall(r"\b[a-z]{6,}\b", first):
        for other in words.NOUNS:
            if len(other) == len(word) and other != word:
                return text.replace(first, first.replace(word, other, 1), 1)
    raise ValueError("the first paragraph has no word that another could replace")


def with_paragraphs_more(text: str, count: int) -> str:
    """Put paragraphs in behind an article's first."""
    first = _first_paragraph(text)
    more = (" ".join(paragraph(Chance("more", number))) for number in range(count))
    return text.replace(first, first + "".join(f"\n{one}\n" for one in more), 1)


def another_article(magazine: Magazine, before: Article, project: Path) -> tuple[Path, str]:
    """Write an article that stands behind another: its file and its text."""
    return place_of(before, project).with_name(f"{before.id}b.md"), markdown(magazine.article(magazine.count))


def _first_paragraph(text: str) -> str:
    found = _FIRST_PARAGRAPH.search(text)
    if found is None:
        raise ValueError("the article has no paragraph")
    return found[0]
