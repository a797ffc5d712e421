"""The page list of books that nobody has thought of: articles of every construct, put together by chance."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from making import write_project
from miscellany import GERMAN, KLEIN, Writer, write_pictures
from reading_pages import listed_pages, misplaced

from anthology.build import Options, build

ARABIC = [
    "كان",
    "الحارس",
    "يعرف",
    "أسماء",
    "السفن",
    "كلها",
    "ولا",
    "يعرف",
    "أسماء",
    "أصحابها",
    "وفي",
    "الليلة",
    "الأولى",
    "انطفأ",
    "المصباح",
    "ثلاث",
    "مرات",
]
JAPANESE = (
    "灯台守は船の名を知っていた。",
    "冬の最初の夜、灯は三度消えた。",
    "手紙は七年後に届いた。",
    "海は忘れないと祖母は言う。",
)

# The list of addresses that an article ends with on paper.
ADDRESSES = r"(?:LINKS |• |\S*example\.org/\d+ )*"

CONFIG = """
    [book]
    title = "By Chance"
    language = "en-GB"
    [fonts]
    fallback = ["Noto Naskh Arabic", "Noto Serif CJK JP"]
    [editions.ebook]
    format = "epub"
    pages-from = "print"
    fonts = false
    [editions.print]
    format = "pdf"
    trim = "{trim}"
    links = "{links}"
"""


class Chance(Writer):
    """Writes blocks of every kind; what they hold is decided by the seed."""

    def __init__(self, seed: str, language: str) -> None:
        super().__init__(seed, *((GERMAN, KLEIN) if language == "de" else ()))
        self.draw = random.Random(seed)
        self.language = language
        self.notes: list[str] = []

    def paragraph(self, sentences: int = 5) -> str:
        """Write a paragraph in the language; some have notes, links, code, broken words, or words one in another."""
        if self.language == "ar":
            return "، ".join(" ".join(self.draw.choices(ARABIC, k=9)) for _ in range(sentences)) + "."
        if self.language == "ja":
            return "".join(self.draw.choices(JAPANESE, k=sentences * 2))
        said = [self.sentence() for _ in range(sentences)]
        for number in range(len(said)):
            said[number] += self.draw.choice(("",) * 6 + (
                f" A [link](https://example.org/{self.draw.randrange(99)}) and `code_{self.words(1)}()`.",
                f" **Bold *and {self.words(3)}*{self.words(1)}**.",
                " Un&shy;be&shy;known&shy;st, H<sub>2</sub>O, mc<sup>2</sup>, <kbd>Ctrl</kbd>&nbsp;+&nbsp;C; well-to-do.",
                " <span lang='ja'>海は忘れない</span> and <span lang='ar' dir='rtl'>البحر لا ينسى</span>.",
            ))  # fmt: skip
        if self.draw.random() < 0.3:
            self.notes.append(super().paragraph(self.draw.choice((1, 2, 9))))
            said[self.draw.randrange(len(said))] += f"[^{len(self.notes)}]"
        return " ".join(said)

    def block(self) -> str:
        """Write one block of any kind."""
        kinds: tuple[Callable[[], str], ...] = (
            self.paragraph, self.paragraph, self.heading, self.items, self.numbered, self.table, self.code,
            self.quotation, self.pull_quote, self.figure, self.terms, self.raw,
        )  # fmt: skip
        return self.draw.choice(kinds)()

    def heading(self) -> str:
        """Write a heading and what follows it."""
        return f"{'#' * self.draw.randint(2, 4)} {self.words(4).capitalize()}\n\n{self.paragraph()}"

    def items(self) -> str:
        """Write a list, with another in it."""
        return "\n".join(
            f"- {self.paragraph(self.draw.randint(1, 3))}\n\n    - {self.words(3)}\n    - {self.words(5)}\n"
            for _ in range(4)
        )

    def numbered(self) -> str:
        """Write a list whose items are short."""
        return "\n".join(f"{number}. {self.words(self.draw.randint(1, 12))}" for number in range(1, 9))

    def table(self) -> str:
        """Write a table, of which some are longer than a page."""
        rows = [
            f"| {self.words(self.draw.randint(1, 12))} | {self.words(3)} |"
            for _ in range(self.draw.choice((3, 30)))
        ]
        return "\n".join(("| what it is | where |", "|---|---|", *rows))

    def code(self) -> str:
        """Write a listing, of which some are longer than a page."""
        lines = [f"    {self.words(1)} = '{self.words(4)}'" for _ in range(self.draw.choice((4, 50)))]
        return "\n".join(("```python", *lines, "```"))

    def quotation(self) -> str:
        """Write a quotation, with another in it."""
        return f"> {self.paragraph()}\n>\n> > {self.sentence()}"

    def pull_quote(self) -> str:
        """Write a pull quote between two paragraphs."""
        return f"{self.paragraph()}\n\n> {self.sentence()}\n{{: .pull-quote }}\n\n{self.paragraph()}"

    def figure(self) -> str:
        """Write a figure, with a caption or without, and a paragraph behind it."""
        caption = f' "{self.words(9)}"' if self.draw.random() < 0.7 else ""
        return f"![Waves.](images/{self.draw.choice(('waves', 'fog'))}.png{caption})\n\n{self.paragraph()}"

    def terms(self) -> str:
        """Write terms and what they mean."""
        return "\n\n".join(f"{self.words(2)}\n:   {self.paragraph(2)}" for _ in range(3))

    def raw(self) -> str:
        """Write HTML: a table without a head, formulas, lines that break."""
        cells = "".join(f"<tr><td>{self.words(3)}</td><td>{self.words(8)}</td></tr>" for _ in range(9))
        return f"<table>{cells}</table>\n\n<p>{self.words(9)}<br>{self.words(3)}<br>{self.words(12)}</p>"

    def article(self, blocks: int) -> str:
        """Write an article of so many blocks, and its notes."""
        body = "\n\n".join((self.paragraph(), *(self.block() for _ in range(blocks))))
        notes = "\n\n".join(f"[^{number}]: {note}" for number, note in enumerate(self.notes, 1))
        front = (
            f"title: {self.words(5)} {self.draw.random()}\nlanguage: {self.language}\nrelated: [b, c, d]\n"
        )
        return f"---\n{front}---\n\n{body}\n\n{notes}\n"


@pytest.mark.parametrize(("seed", "trim", "links"), [(1, "4.5x7in", "notes"), (2, "5x8in", "list")])
def test_every_mark_stands_where_its_page_starts(tmp_path: Path, seed: int, trim: str, links: str) -> None:
    """Whatever an article is made of, and wherever its pages turn, the words behind each mark begin the page."""
    languages = {"a": "en-GB", "b": "en-GB", "c": "de", "d": "ar", "e": "ja"}
    articles = {
        f"content/shore/{name}.md": Chance(f"{seed}{name}", language).article(14)
        for name, language in languages.items()
    }
    write_project(tmp_path, {"anthology.toml": CONFIG.format(trim=trim, links=links), **articles})
    write_pictures(tmp_path / "content/shore/images")
    outcome = build(tmp_path, Options(out=tmp_path / "dist"), lambda stage, detail: None)
    assert outcome.record
    epub, pdf = ((outcome.folder / edition.path).read_bytes() for edition in outcome.record.editions)
    assert misplaced(epub, pdf, print_alone=ADDRESSES) == []
    assert len(listed_pages(epub)) > 40
