"""A book with everything in it: a dozen articles of every kind, the same on every machine. The words are ours."""

# ruff: noqa: SIM905 - a vocabulary is read, and added to, as text

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

from making import write_project
from PIL import Image

ENGLISH = """
afternoon allotment anchor barometer bicycle blackbird borrowed bramble breakwater brickwork butterfly caretaker
cathedral causeway certificate chimney clockwork coastguard coffee conductor cormorant cupboard daffodil departure
difficult doorkeeper driftwood embankment envelope estuary fifteen figurehead fisherman flagstone flotilla footpath
forgetful foxglove gasworks gatehouse glasshouse granite gravel greengrocer halfway handwriting harbour headwind
hedgerow household icehouse inland inspector kettle kingfisher lamplighter landlady letterbox lighthouse limestone
magistrate marmalade midsummer millstone mudflat neighbour nightjar northerly notebook office official orchard
overcoat paraffin passenger pavement pebble photograph postmistress quarryman questionable raffle rainfall reflection
regulations rowlock saltmarsh sandbank scaffold shuffle signalman slipway snowfall southerly stonemason sufficient
suitcase tarpaulin telegraph threshold tidewater timetable trafficker umbrella unlikely vestibule waffle warehouse
waterworks weathercock wheelbarrow whitewash window withdrawn workshop
""".split()
GERMAN = """
Abendbrot Bahnhofsuhr Brückenwärter Dachboden Eisenwarenhandlung Fährmann Fensterladen Gartenzaun Hafenmeisterei
Kachelofen Kirschbaum Leuchtturmwärter Marktplatz Nebelhorn Obstkiste Postbotin Quittungsblock Regenschirmständer
Schiffsfahrplan Straßenlaterne Taschenuhr Uferpromenade Vorgarten Werkstattfenster Zwetschgenkuchen
""".split()
SMALL = "and the of a in with under near before beyond without behind some no every another".split()
KLEIN = "und der die das im mit unter bei vor hinter ohne jeder ein eine kein nach".split()

TOML = """
[book]
title = "A Miscellany: Nº 4 (Autumn)"
subtitle = "With everything in it"
language = "en-GB"
editors = ["Hedda Marsh", "Iorwerth Pye"]
publisher = "Tidewater & Daughters"
description = "Articles of every kind."
keywords = ["everything", "kinds"]
date = 2026-03-01
identifier = "urn:uuid:0a2f7a5e-9d3c-4c1f-8a4e-53d1f1f3b6a2"

[imprint]
copyright = ["© 2026 the authors"]

[contributors.olive-tarn]
name = "Olive Tarn"
sort = "Tarn, Olive"
bio = "Olive Tarn keeps a harbour office open."

[[sections]]
title = "Of the shore"
slug = "shore"

[[sections]]
title = "Of the house"
slug = "house"

[editions.print]
format = "pdf"
trim = "5x8in"
"""


class Writer:
    """Writes what nobody wants to read: sentences, paragraphs, of one language."""

    def __init__(self, seed: str, words: list[str] = ENGLISH, small: list[str] = SMALL) -> None:
        self._random = random.Random(seed)
        self._words, self._small = words, small

    def words(self, count: int) -> str:
        """Write so many words."""
        draw = self._random
        return " ".join(
            draw.choice(self._small if draw.random() < 0.4 else self._words) for _ in range(count)
        )

    def sentence(self) -> str:
        """Write a sentence; some have a comma, a year, or words in italics."""
        draw = self._random
        text = self.words(draw.randint(5, 16))
        if draw.random() < 0.3:
            text += f", {self.words(4)}"
        if draw.random() < 0.2:
            text += f" of {draw.randint(1066, 1999)}"
        if draw.random() < 0.2:
            text += f" *{self.words(2)}*"
        return text[0].upper() + text[1:] + "."

    def paragraph(self, sentences: int = 5) -> str:
        """Write a paragraph."""
        return " ".join(self.sentence() for _ in range(sentences))

    def paragraphs(self, count: int) -> str:
        """Write so many paragraphs."""
        return "\n\n".join(self.paragraph() for _ in range(count))


def _notes(write: Writer) -> str:
    return (
        f"{write.paragraph()}[^one]\n\n{write.paragraph()}[^two] {write.sentence()}[^one]\n\n"
        f"{write.paragraph()} [An address](https://example.org/harbour/office?tide=high#gauge) {write.sentence()}\n\n"
        f"{write.paragraphs(3)}[^three]\n\n[^one]: {write.sentence()}\n\n[^two]: {write.paragraph(2)}\n\n"
        f"    {write.sentence()}\n\n[^three]: See [elsewhere](tables.md), or {write.sentence()}\n"
    )


def _tables(write: Writer) -> str:
    short = "\n".join(f"| {write.words(2)} | {number} | {number * 37} |" for number in range(1, 6))
    long = "\n".join(f"| {number}:{number % 6}0 | {write.words(5)} |" for number in range(1, 41))
    wide = "\n".join(
        "| " + " | ".join(f"{row * column}" for column in range(1, 9)) + " |" for row in range(3)
    )
    return (
        f"{write.paragraph()}\n\n| what | how many | when |\n|------|-----:|:----:|\n{short}\n\n{write.paragraph()}\n\n"
        f"| hour | departures |\n|---|---|\n{long}\n\n{write.paragraph()}\n\n"
        f"| a | b | c | d | e | f | g | h |\n|---|---|---|---|---|---|---|---|\n{wide}\n\n{write.paragraph()}\n"
    )


def _figures(write: Writer) -> str:
    return (
        f'{write.paragraph()}\n\n![A buoy, drawn.](images/buoy.svg "{write.words(6)}")\n\n{write.paragraph()}\n\n'
        f'![Waves in grey.](images/waves.png "{write.words(9)}")\n\n{write.paragraph()} Within a line: '
        f"![a mark](images/mark.png) {write.sentence()}\n\n![Fog, half transparent.](images/fog.png)\n\n{write.paragraph()}\n"
    )


def _lists(write: Writer) -> str:
    return (
        f"{write.paragraph()}\n\n- {write.words(3)}\n- {write.sentence()}\n\n    - {write.words(4)}\n    - {write.words(2)}\n\n"
        f"        1. {write.words(3)}\n        2. {write.words(3)}\n\n- {write.words(3)}\n\n{write.sentence()}\n\n"
        f"1. {write.paragraph(2)}\n\n    {write.paragraph(2)}\n\n2. {write.sentence()}\n\n{write.sentence()}\n\n"
        f"- [x] {write.words(3)}\n- [ ] {write.words(3)}\n\n{write.words(2)}\n:   {write.paragraph(2)}\n\n"
        f"{write.words(1)}\n:   {write.sentence()}\n\n{write.paragraphs(2)}\n"
    )


def _code(write: Writer) -> str:
    lines = "\n".join(f"    tide[{number}] = '{write.words(2)}'  # {write.words(3)}" for number in range(24))
    return (
        f"{write.paragraph()} Some `inline_code()` and <kbd>Ctrl</kbd>.\n\n```python\ndef harbour(tide):\n{lines}\n"
        f"    return tide\n```\n\n{write.paragraph()}\n\n```\n{'plain ' * 30}\n```\n\n{write.paragraph()}\n"
    )


def _quotes(write: Writer) -> str:
    return (
        f"{write.paragraphs(2)}\n\n> {write.paragraph(2)}\n>\n> > {write.sentence()}\n\n{write.paragraph()}\n\n"
        f"> {write.sentence()}\n{{: .pull-quote }}\n\n{write.paragraphs(3)}\n\n---\n\n{write.paragraph()}\n"
    )


def _headings(write: Writer) -> str:
    return write.paragraph() + "".join(
        f"\n\n{'#' * level} {write.words(4).capitalize()} 1987\n\n{write.paragraph()}"
        for level in (2, 3, 4, 5, 6, 2, 3)
    )


def _raw(write: Writer) -> str:
    return (
        f"{write.paragraph()}\n\n<details><summary>{write.words(3)}</summary><p>{write.sentence()}</p></details>\n\n"
        f"<p>H<sub>2</sub>O, E = mc<sup>2</sup>, <mark>{write.words(2)}</mark>, <abbr title='and so on'>etc.</abbr></p>\n\n"
        f"<p style='text-align: center'>{write.sentence()}</p>\n\n{write.paragraphs(2)}\n\n"
        f"![Waves, a second time.](../shore/images/waves.png)\n\n"
        f"<span lang='de'>{Writer('raw', GERMAN, KLEIN).paragraph()}</span>\n"
    )


def article(title: str, body: str, **fields: str) -> str:
    """Write an article's file: the fields of its front matter as YAML."""
    front = "".join(f"{name}: {value}\n" for name, value in {"title": f'"{title}"', **fields}.items())
    return f"---\n{front}---\n\n{body}"


def write_miscellany(root: Path, toml: str = TOML, styles: str = "") -> Path:
    """Write the project; `styles` are the house's own."""
    english, german = Writer("miscellany"), Writer("Sammelband", GERMAN, KLEIN)
    related = "[plain, lists, tables, code, deutsch, headings, quotes, 'A piece that is not here']"
    everywhere = {
        "authors": "[Olive Tarn, Piet Vos]",
        "date": "2025-05-04",
        "standfirst": f'"{english.sentence()}"',
    }
    shore = {
        "plain": article("Plain sailing", english.paragraphs(9), **everywhere, related="[notes, raw]"),
        "notes": article("Notes from the office", _notes(english), authors="Ragnhild Øst", related=related),
        "tables": article("Tables of the tide", _tables(english), authors="Piet Vos", related="[notes]"),
        "figures": article("Figures, and what stands under them", _figures(english), authors="Olive Tarn"),
        "short": article("Short", "One line.", related="[short-too, plain]"),
        "short-too": article(
            "Short, too: a title that is as long as its article is not", "Two lines.\n\nOf text."
        ),
    }
    house = {
        "lists": article("Lists", _lists(english), **everywhere, related="[deutsch]"),
        "code": article("Code", _code(english), authors="Sólrún Fjall", rights='{holder: "Sólrún Fjall"}'),
        "deutsch": article(
            "Vom Hafen", german.paragraphs(6), lang="de", authors="Piet Vos", related="[plain]"
        ),
        "quotes": article("Quotations", _quotes(english), related="[headings, short]"),
        "headings": article("Headings", _headings(english), authors="Olive Tarn"),
        "raw": article("Raw", _raw(english), authors="[Piet Vos]", related="[code]"),
    }
    files = {f"content/shore/{name}.md": text for name, text in shore.items()}
    files |= {f"content/house/{name}.md": text for name, text in house.items()}
    files["content/front/foreword.md"] = article("Foreword", english.paragraphs(2))
    files["content/back/colophon.md"] = article("Colophon", english.paragraph())
    files["content/shore/_intro.md"] = english.paragraph()
    if styles:
        files["styles/house.css"] = styles
    write_project(root, {"anthology.toml": toml, **files})
    write_pictures(root / "content/shore/images")
    return root


def write_pictures(folder: Path) -> None:
    """Write a drawing and three pictures: grey, in colour, half transparent."""
    folder.mkdir(parents=True)
    (folder / "buoy.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40" width="240" height="160"><title>Buoy</title>'
        '<path d="M10 35 L30 5 L50 35 Z" fill="#a33"/><circle cx="30" cy="25" r="5" fill="#fff"/></svg>'
    )
    pictures = {
        "waves": Image.linear_gradient("L").resize((300, 120)),
        "mark": Image.new("RGB", (12, 12), (40, 60, 120)),
        "fog": Image.merge(
            "LA", (Image.new("L", (200, 80), 90), Image.linear_gradient("L").resize((200, 80)))
        ),
    }
    for name, picture in pictures.items():
        data = BytesIO()
        picture.save(data, "PNG")
        (folder / f"{name}.png").write_bytes(data.getvalue())
