"""The text of a synthetic anthology as one document for pandoc: sections are `#`, articles `##`.

It says what our book says: contents come from the headings; related reading, back-links and contributors are
lists of links. For Typst, the address of a link stands in a note, and what the template styles is marked.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from benchmarks.prose import author_of
from benchmarks.synthetic import EDITOR, TITLE, Article, Block, Magazine, article_title

_LINK = re.compile(r"\[(\w+)\]\(https://([^)]*)\)")


def pandoc_book(magazine: Magazine, *, typst: bool = True) -> Iterator[str]:
    """Write the book, block by block: for Typst, or for an e-book."""
    yield f'---\ntitle: "{TITLE}"\nauthor: ["{EDITOR}"]\nlang: en-GB\n---'
    referring = _referring(magazine)
    section = -1
    for article in magazine.articles():
        if article.section != section:
            section = article.section
            yield f"# {magazine.sections[section]} {{#section-{section + 1}}}"
        yield from _article(article, referring.get(article.number, ()), typst=typst)
    yield "# Contributors {#contributors}"
    for name, articles in sorted(_contributors(magazine).items(), key=lambda item: item[0].split()[::-1]):
        yield _raw(f"#contributor[{name}]") if typst else name
        yield _entries(articles, bylines=False, typst=typst)


def _article(article: Article, referring: Iterable[int], *, typst: bool) -> Iterator[str]:
    yield f"## {article.title} {{#{article.id}}}"
    yield _raw(f"#standfirst[{article.standfirst}]") if typst else article.standfirst
    day = dt.date.fromisoformat(article.date)
    byline, date = f"By {article.author}", f"{day.day} {day:%B %Y}"
    yield _raw(f"#byline[{byline}][{date}]") if typst else f"{byline}, {date}"
    for block in article.body:
        yield _text_of(block, notes=typst)
    yield from ("#### Read on", _entries(article.related, typst=typst))
    if referring:
        yield from ("#### Also referred to by", _entries(referring, typst=typst))


def _raw(typst: str) -> str:
    return f"```{{=typst}}\n{typst}\n```"


def _entries(numbers: Iterable[int], *, typst: bool, bylines: bool = True) -> str:
    """List articles, each as a link to it with its writer; the template for Typst adds the page number."""
    lines = []
    for number in numbers:
        byline = f" *{author_of(number)}*" if bylines else ""
        lines.append(f"- [{article_title(number)}{byline}](#a{number + 1:05d})")
    listed = "\n".join(lines)
    return "\n\n".join((_raw("#related["), listed, _raw("]"))) if typst else listed


def _text_of(block: Block, *, notes: bool) -> str:
    text = _LINK.sub(r"[\1](https://\2)^[\2]", block.lines[0]) if notes else block.lines[0]
    if block.kind == "list":
        return "\n".join(f"- {item}" for item in block.lines)
    if block.kind == "table":
        head, *rows = (f"| {row} |" for row in block.lines)
        return "\n".join((head, "|:-----|:--------|-------:|", *rows))
    if block.kind == "note":
        return f"[^{block.lines[0]}]: {block.lines[1]}"
    return {"heading": f"### {text}", "pull-quote": f"> {text}"}.get(block.kind, text)


def _referring(magazine: Magazine) -> Mapping[int, list[int]]:
    """Tell which articles refer to each, those left out that it refers to itself."""
    related = [magazine.related_to(number) for number in range(magazine.count)]
    found: dict[int, list[int]] = defaultdict(list)
    for number, others in enumerate(related):
        for other in others:
            if number not in related[other]:
                found[other].append(number)
    return found


def _contributors(magazine: Magazine) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number in range(magazine.count):
        found[author_of(number)].append(number)
    return found


if __name__ == "__main__":
    with Path(sys.argv[2]).open("w", encoding="utf-8") as file:
        book = pandoc_book(Magazine(int(sys.argv[1])), typst=sys.argv[3:] != ["e-book"])
        file.writelines(f"{block}\n\n" for block in book)
