"""Synthetic anthologies: as many articles as wanted, the same on every machine.

    python -m benchmarks.synthetic 100 FOLDER

An article has about 900 words: 8 or 9 paragraphs, 4 pull quotes, a list, two headings, now and then a table or
a footnote, emphasis, links, 8 related articles. What it says depends on its number alone, not on how many
there are, so that books of all sizes are made of the same kind of pages.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks import words
from benchmarks.prose import Chance, author_of, capitalised, clause, paragraph, sentence, thing

TITLE = "A Cabinet of Articles"
EDITOR = "The Common Room"
RELATED = 8

Kind = Literal["paragraph", "pull-quote", "list", "heading", "table", "note"]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of an article; `lines` are its Markdown, a list's items, a table's rows without their bars."""

    kind: Kind
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article; `number` counts from 0, `section` from 0, `related` are numbers of others."""

    number: int
    section: int
    title: str
    author: str
    date: str
    standfirst: str
    tags: tuple[str, ...]
    related: tuple[int, ...]
    body: tuple[Block, ...]

    @property
    def id(self) -> str:
        """Name the article."""
        return f"a{self.number + 1:05d}"


@dataclass(frozen=True, slots=True)
class Magazine:
    """All that is needed to write any of `count` articles by itself."""

    count: int

    @property
    def sections(self) -> tuple[str, ...]:
        """Give the titles of the sections: about as many as there are articles in each."""
        chance = Chance("sections", self.count)
        number = max(2, round(math.sqrt(self.count)))
        return tuple(
            f"{chance.pick(words.ADJECTIVES).title()} {chance.pick(words.NOUNS).title()} {at}"
            for at in range(1, number + 1)
        )

    def section_of(self, number: int) -> int:
        """Tell in which section an article stands."""
        return number * max(2, round(math.sqrt(self.count))) // self.count

    def related_to(self, number: int) -> tuple[int, ...]:
        """Choose the related reading of an article."""
        others = [
            other for other in _distinct(Chance("related", self.count, number), self.count) if other != number
        ]
        return tuple(others[:RELATED])

    def article(self, number: int) -> Article:
        """Write an article."""
        chance = Chance("article", number)
        title = article_title(number)
        return Article(
            number=number,
            section=self.section_of(number),
            title=title,
            author=author_of(number),
            date=f"{chance.between(2019, 2026)}-{chance.between(1, 12):02d}-{chance.between(1, 28):02d}",
            standfirst=sentence(chance).replace('"', ""),
            tags=tuple(chance.sample(words.NOUNS, 4)),
            related=self.related_to(number),
            body=tuple(_body(chance, number)),
        )

    def articles(self) -> Iterator[Article]:
        """Write all articles, in the order of the book."""
        return map(self.article, range(self.count))


def article_title(number: int) -> str:
    """Give the title of an article without writing it."""
    chance = Chance("title", number)
    first, second = chance.pick(words.NOUNS), chance.pick(words.NOUNS)
    return f"The {first.title()} and the {second.title()}: {capitalised(thing(chance))}"


def _distinct(chance: Chance, count: int) -> list[int]:
    """Choose different numbers below `count`: one more than are wanted, or all if there are fewer."""
    wanted, found = min(RELATED + 1, count), dict[int, None]()
    while len(found) < wanted:
        found[chance.below(count)] = None
    return list(found)


def _body(chance: Chance, number: int) -> Iterator[Block]:
    size = chance.between(8, 9)
    quotes = chance.sample(range(1, size), 4)
    list_after = chance.between(1, size - 1)
    note_in = chance.below(size) if chance.happens(0.6) else -1
    table_after = chance.between(1, size - 1) if chance.happens(0.25) else -1
    for place in range(size):
        if place in quotes:
            yield Block("pull-quote", (capitalised(clause(chance)) + ".",))
        text = _marked(chance, paragraph(chance), number, place)
        if place == note_in:
            yield Block("paragraph", (f"{text}[^{number}]",))
            yield Block("note", (str(number), sentence(chance)))
        else:
            yield Block("paragraph", (text,))
        if place == list_after:
            items = (capitalised(clause(chance)) + ";" for _ in range(chance.between(3, 5)))
            yield Block("list", tuple(items))
        if place == table_after:
            yield Block("table", tuple(_rows(chance)))
        if place in (2, 5):
            yield Block("heading", (capitalised(thing(chance)),))


def _marked(chance: Chance, text: list[str], number: int, place: int) -> str:
    """Emphasise a word or two of a paragraph, and link one."""
    address = f"https://articles.example/{number + 1}/{place}"
    for before, after, probability in (("*", "*", 0.7), ("**", "**", 0.25), ("[", f"]({address})", 0.3)):
        at = chance.between(5, len(text) - 5)
        if chance.happens(probability) and text[at].isalpha():
            text[at] = f"{before}{text[at]}{after}"
    return " ".join(text)


def _rows(chance: Chance) -> Iterator[str]:
    yield "Year | Subject | Number"
    for _ in range(4):
        yield f"{chance.between(1850, 2020)} | {chance.pick(words.NOUNS)} | {chance.between(1, 9999)}"


def markdown(article: Article) -> str:
    """Write an article as its file: front matter, then Markdown."""
    related = ", ".join(f"a{other + 1:05d}" for other in article.related)
    front = (
        f'title: "{article.title}"',
        f'authors: ["{article.author}"]',
        f"date: {article.date}",
        f'standfirst: "{article.standfirst}"',
        f"tags: [{', '.join(article.tags)}]",
        f"related: [{related}]",
    )
    notes = [block for block in article.body if block.kind == "note"]
    text = [_markdown_of(block) for block in article.body if block.kind != "note"]
    text += [f"[^{note.lines[0]}]: {note.lines[1]}" for note in notes]
    return "\n".join(("---", *front, "---", "")) + "\n" + "\n\n".join(text) + "\n"


def _markdown_of(block: Block) -> str:
    if block.kind == "list":
        return "\n".join(f"- {item}" for item in block.lines)
    if block.kind == "table":
        head, *rows = (f"| {row} |" for row in block.lines)
        return "\n".join((head, "|:-----|:--------|-------:|", *rows))
    text = block.lines[0]
    return {"heading": f"## {text}", "pull-quote": f"> {text}\n{{: .pullquote }}"}.get(block.kind, text)


def configuration(magazine: Magazine) -> str:
    """Write the book's `anthology.toml`."""
    lines = [
        "[book]",
        f'title = "{TITLE}"',
        'language = "en-GB"',
        f'editors = ["{EDITOR}"]',
        "date = 2026-01-01",
    ]
    lines += [
        "",
        "[related]",
        f"limit = {RELATED}",
        "",
        "[editions.print]",
        'format = "pdf"',
        'trim = "6x9in"',
        "",
        "[editions.ebook]",
        'format = "epub"',
        "",
    ]
    for number, title in enumerate(magazine.sections):
        lines += ["[[sections]]", f'title = "{title}"', f'slug = "{folder(number)}"', ""]
    return "\n".join(lines)


def folder(section: int) -> str:
    """Name the folder of a section."""
    return f"s{section + 1:02d}"


def place_of(article: Article, project: Path) -> Path:
    """Tell where the file of an article lies."""
    return project / "content" / folder(article.section) / f"{article.id}.md"


def write_project(magazine: Magazine, project: Path) -> None:
    """Write the project of a magazine into a folder."""
    for article in magazine.articles():
        path = place_of(article, project)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(markdown(article), encoding="utf-8")
    (project / "anthology.toml").write_text(configuration(magazine), encoding="utf-8")


if __name__ == "__main__":
    write_project(Magazine(int(sys.argv[1])), Path(sys.argv[2]))
