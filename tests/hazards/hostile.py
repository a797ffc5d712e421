"""Hostile content files of many families, and good articles beside them; the same from the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pathological import gif, png, svg

WORDS = (
    *(
        "anchor",
        "barley",
        "candle",
        "drizzle",
        "ember",
        "furrow",
        "gable",
        "hollow",
        "ivory",
        "jumble",
        "kettle",
    ),
    *("lantern", "meadow", "nettle", "orchard", "pebble", "quarry", "ribbon", "saddle", "thimble", "umber"),
)


@dataclass(frozen=True)
class Hostile:
    """A hostile article: its bytes, the files beside it, and the codes of errors that are right for it.

    Without an error it is in both editions.
    """

    data: bytes
    errors: frozenset[str] = frozenset()
    files: Mapping[str, bytes] = field(default_factory=dict)
    name: str = ""


def words(chance: random.Random, count: int = 12) -> str:
    """Write some words."""
    return " ".join(chance.choice(WORDS) for _ in range(count))


def good(number: int) -> str:
    """Write a good article whose every sentence is its own."""
    chance = random.Random(f"good {number}")
    paragraphs = [f"Good {number} says {at}: {words(chance, 30)}." for at in range(4)]
    return f"---\ntitle: A good article, {number}\n---\n\n" + "\n\n".join(paragraphs) + "\n"


def _article(body: str | bytes, front: str = "title: {}", codes: str = "", **files: bytes) -> Hostile:
    data = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    head = f"---\n{front.format('Hostile')}\n---\n\n".encode()
    named = {name.replace("_", ".", 1): content for name, content in files.items()}
    return Hostile(head + data + b"\n", frozenset(codes.split()), named)


def encodings(chance: random.Random) -> Hostile:
    """Text in an encoding that is not ours, or half of one."""
    text = f"---\ntitle: Hostile\n---\n\nÄpfel, żółw, {words(chance)}\n"
    encoding = chance.choice(["utf-16", "utf-32", "cp1252", "utf-8-sig", "utf-16-le"])
    data = text.encode(encoding, "replace")
    # Without its mark UTF-16 is bytes of which every second is none.
    return Hostile(data[: len(data) - chance.randint(0, 1)], frozenset({"T006"}))


def control_characters(chance: random.Random) -> Hostile:
    """Characters that no book can hold."""
    return _article("".join(chance.choice([*"\0\1\x0b\x0c\x1b\x7f\x85", *words(chance)]) for _ in range(300)))


def surrogates(chance: random.Random) -> Hostile:
    """Halves of characters, alone."""
    return _article(
        "".join(chance.choice(["\ud800", "\udfff", "x ", "\ud83d\ude00"]) for _ in range(80)), codes="P002"
    )


def directions(chance: random.Random) -> Hostile:
    """Marks that turn the direction of text round, and are never turned back."""
    marks = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200e\u200f"
    return _article(" ".join(chance.choice(marks) + words(chance, 2) for _ in range(20)), codes="P002")


def broken_yaml(chance: random.Random) -> Hostile:
    """Front matter that is no YAML, or none that says anything."""
    front = chance.choice(
        [
            "title: [{}",
            "title: {}\n title: x",
            "title: 'x",
            "- {}\n- x",
            "title: &a [*a]",
            "title: !!python/x y",
            "\ttitle: {}",
        ]
    )
    return _article(words(chance), front.replace("{}", "Hostile"), "F001 F002 F003 F004 F005 F006 F007 F008")


def broken_toml(chance: random.Random) -> Hostile:
    """Front matter that is no TOML."""
    front = chance.choice(
        ['title = "x', "title = [", "title == 1", "[a]\n[a]", "a.b = 1\na = 2", "title = 2024-99-99"]
    )
    return Hostile(f"+++\n{front}\n+++\n\n{words(chance)}\n".encode(), frozenset({"F001", "F002", "F003"}))


def nested_markup(chance: random.Random) -> Hostile:
    """One thing in another, far too deep."""
    depth = chance.randint(200, 1500)
    opening, closing = chance.choice(
        [("<div>", "</div>"), ("<b>", "</b>"), ("> ", ""), ("- ", ""), ("*x ", ""), ("<ul><li>", "")]
    )
    return _article(opening * depth + words(chance) + closing * depth, codes="T004 B010 P006 P001")


def huge_tables(chance: random.Random) -> Hostile:
    """A table that is wider than any page."""
    columns = chance.randint(60, 200)
    row = "|" + "x|" * columns
    return _article(f"{row}\n|{'-|' * columns}\n{row}\n", codes="P006 P001")


def spans_of_cells(chance: random.Random) -> Hostile:
    """Cells across more columns and rows than there are."""
    number = chance.choice([10**3, 10**6, 10**9, -1])
    return _article(f'<table><tr><td colspan="{number}" rowspan="{number}">{words(chance)}</td></tr></table>')


def bad_pictures(chance: random.Random) -> Hostile:
    """Pictures that are none, or far larger than they look."""
    data = chance.choice(
        [b"", b"GIF89a", png(40)[:50], png(9000), gif(65_535), b"<!DOCTYPE html><title>404</title>"]
    )
    return _article(
        f"{words(chance)}\n\n![A picture](bad.png)\n", codes="I005 I006 I010 I011 P007 P009", bad_png=data
    )


def bad_drawings(chance: random.Random) -> Hostile:
    """Drawings that reach out, run programs or are broken off."""
    body = chance.choice(
        [
            '<image href="file:///etc/passwd" width="9" height="9"/>',
            "<script>alert(1)</script><rect width='9' height='9'/>",
            "<g>" * 400,
            '<use id="u" href="#u"/>',
            '<style>@import url("http://example.invalid/");</style>',
            '<foreignObject><iframe src="x"/></foreignObject>',
        ]
    )
    return _article(f"{words(chance)}\n\n![A picture](bad.svg)\n", codes="I005 P007", bad_svg=svg(body))


def bad_references(chance: random.Random) -> Hostile:
    """Related reading and links that lead nowhere, out of the project, or to the article itself."""
    name = chance.choice(
        ["../../etc/passwd", "nowhere", "http://[", "a" * 3000, "content/hostile", "\\\\server\\x", "#"]
    )
    body = f"[x]({name}) [y][nowhere] [^nowhere] ![A picture]({name})"
    return _article(body, f"title: {{}}\nrelated: ['{name}', '{name}']", "I002 I007 I005")


def names_of_devices(chance: random.Random) -> Hostile:
    """Files called as Windows calls its devices, and otherwise as no file should be."""
    made = _article(words(chance))
    name = chance.choice(
        ["con", "aux", "nul", "lpt1", "com9", "...", "\u202eevil", "a" * 120, "-rf", "%2e%2e", "<script>"]
    )
    return Hostile(made.data, frozenset({"A001"}), name=name)


def equal_titles(chance: random.Random) -> Hostile:
    """One title for all."""
    return _article(words(chance), "title: The same title")


def scripts_in_fields(chance: random.Random) -> Hostile:
    """Programs and templates in every field."""
    evil = chance.choice(
        ["<script>alert(1)</script>", "{{ ''.__class__ }}", "{% for x in range(9**9) %}", "${x}", "]]>"]
    )
    return _article(
        evil,
        f'title: "{evil}"\nstandfirst: "{evil}"\nauthors: ["{evil}"]\ntags: ["{evil}"]'.replace(
            "{", "{{"
        ).replace("}", "}}"),
    )


def unclosed_code(chance: random.Random) -> Hostile:
    """Code, comments and tags that are opened and never closed."""
    opening = chance.choice(
        ["```\n", "~~~ python\n", "<!-- ", "<pre>", "<script>", "<textarea>", "<svg>", "<math>", "<![CDATA["]
    )
    return _article(f"{words(chance)}\n\n{opening}{words(chance)}", codes="P001 T005")


def empty_files(chance: random.Random) -> Hostile:
    """Nothing, or next to it."""
    return Hostile(
        chance.choice([b"", b"\n", b"---\n", b"---\n---\n", b"\xef\xbb\xbf", b"\0"]),
        frozenset({"F001", "F002"}),
    )


FAMILIES: tuple[Callable[[random.Random], Hostile], ...] = (
    *(
        encodings,
        control_characters,
        surrogates,
        directions,
        broken_yaml,
        broken_toml,
        nested_markup,
        huge_tables,
    ),
    *(
        spans_of_cells,
        bad_pictures,
        bad_drawings,
        bad_references,
        names_of_devices,
        equal_titles,
        scripts_in_fields,
    ),
    *(unclosed_code, empty_files),
)


def hostile_files(count: int, seed: int) -> dict[str, tuple[str, Hostile]]:
    """Make so many hostile articles: the path of each with its family and what it holds; each in a folder of its own."""
    made = {}
    for number in range(count):
        family = FAMILIES[number % len(FAMILIES)]
        hostile = family(random.Random(f"{seed} {number}"))
        name = hostile.name or f"hostile-{number}"
        made[f"content/h{number}/{name}.md"] = family.__name__, hostile
    return made
