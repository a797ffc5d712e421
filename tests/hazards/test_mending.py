"""Mending: whatever the text and whatever the house has chosen, no word changes, nothing quoted, and no code."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import get_args

from conftest import Tell
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.etree import _Element

from anthology.config import style as choices
from anthology.config.style import HouseStyle
from anthology.read import read_article
from anthology.style.mending import mend_text
from anthology.style.written import opened
from anthology.xhtml import parse_fragment

LANGUAGES = ("en-GB", "en-US", "de", "de-CH", "fr", "fr-CA", "sv", "es", "ja")
STYLES = st.builds(
    HouseStyle,
    quotes=st.sampled_from(get_args(choices.Quotes)),
    dashes=st.sampled_from(get_args(choices.Dashes)),
    ellipsis=st.sampled_from(get_args(choices.Dots)),
    ranges=st.sampled_from(get_args(choices.Ranges)),
)

# What a fault looks like, wherever it stands.
FAULTS = (
    *("it's", "don’t", "the '90s", "‘tis", "rock 'n' roll", "dogs'", "two  words", "end ,", "one,two"),
    *("a -- b", "a --- b", "a—b", "a – b", "a - b", "wait...", "so…", ". . .", "8-12", "1914–18", "the the"),
    *("Begins.Here", 'six"', "a*b*c", "snake_case", "2 * 3", "a < b", "x | y"),
)
WORDS = st.sampled_from(("ferry", "tide", "bell", "Größe", "été", "日本", "naïve", *FAULTS))
SAID = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
# Of what a quotation holds, nothing is a mark that would end it.
QUOTED = st.lists(
    st.sampled_from(("ferry", "two  words", "end ,", "a -- b", "so...", "8-12", "it’s", "one,two", "a — b")),
    min_size=1,
    max_size=4,
).map(" ".join)
CODE = st.lists(
    st.sampled_from(("x = 'y'", 'print("a")', "a -- b", "8-12", "...", "two  spaces", "a ,b")),
    min_size=1,
    max_size=3,
).map(" ; ".join)


def kept(text: str) -> tuple[str, str]:
    """Say that a piece of text may not change."""
    return text, text


PROTECTED = st.one_of(
    CODE.map(lambda code: (f"`` {code} ``", code)),
    QUOTED.map(lambda said: (f'"{said}"', said)),
    QUOTED.map(lambda said: (f"“{said}”", said)),
    QUOTED.map(lambda said: (f"„{said}“", said)),
    QUOTED.map(lambda said: (f"« {said} »", said)),
    QUOTED.map(lambda said: (f"<q>{said}</q>", said)),
    st.sampled_from(
        (
            kept("<https://tide.example/a--b...c>"),
            kept("https://tide.example/it's--8-12"),
            ('[words](a--b.md "it\'s ... 8-12")', 'a--b.md "it\'s ... 8-12"'),
            ("![it's 8-12](x--y.png)", "it's 8-12](x--y.png"),
            ('<span title="it\'s -- 8-12">words</span>', "it's -- 8-12"),
            ('[term]{index="it\'s -- a"}', "it's -- a"),
            kept("a\\'b\\\"c"),
            kept("&quot;"),
            kept("<!-- it's -- 8-12 ... -->"),
            ("word[^a-1]", "a-1"),
        )
    ),
)
RUN = st.lists(st.one_of(SAID.map(lambda said: (said, "")), PROTECTED), min_size=1, max_size=5).map(
    lambda pieces: (" ".join(text for text, _ in pieces), [held for _, held in pieces if held])
)


def indented(code: str) -> tuple[str, list[str]]:
    """Make a block of code of what is moved in; behind a list it would be the text of an item."""
    return f"A ferry.\n\n    {code}\n    {code}", [code, code]


BLOCKS = st.one_of(
    RUN,
    RUN.map(lambda run: (f"## {run[0]}", run[1])),
    RUN.map(lambda run: (f"- {run[0]}\n- {run[0]}", run[1] * 2)),
    RUN.map(lambda run: (f"1. {run[0]}\n\n    {run[0]}", run[1] * 2)),
    RUN.map(lambda run: (f"Term\n:   {run[0]}", run[1])),
    QUOTED.map(lambda said: (f"> {said}\n> {said}", [said, said])),
    CODE.map(lambda code: (f"```\n{code}\n\n{code}\n```", [f"{code}\n\n{code}"])),
    CODE.map(lambda code: (f"~~~ python\n{code}\n~~~", [code])),
    CODE.map(indented),
    CODE.map(lambda code: (f"<pre>{code}</pre>", [code])),
    st.just(("| it's | 8-12 |\n| ---- | ---- |\n| a -- b | `it's` |", ["| ---- | ---- |", "`it's`"])),
    st.just(('[a--b]: https://tide.example/--... "it\'s"', ['[a--b]: https://tide.example/--... "it\'s"'])),
    st.just(("[^a-1]: It's -- a note...", ["[^a-1]:"])),
    st.just(("* * *", ["* * *"])),
)
TEXTS = st.lists(BLOCKS, min_size=1, max_size=5).map(
    lambda blocks: (
        "\n\n".join(text for text, _ in blocks) + "\n",
        [held for _, all_held in blocks for held in all_held],
    )
)
# Marks by themselves, in any order: nothing that reads like a book.
NOISE = st.text(st.sampled_from("ab1 2\n\n'\"’‘“”„«»—–---...…,;*_`[](){}<>|#>&\\!:"), max_size=80)


def letters(text: str) -> str:
    """Give letters and figures alone."""
    return "".join(letter for letter in text if letter.isalnum())


def said(text: str, language: str) -> list[tuple[str, str]]:
    """Read an article: each element with its own letters, those of code and quotations with all that they say."""
    article = read_article("content/x/one.md", text.encode(), language=language, find=lambda _: None).article
    assert article
    return [(str(each.tag), own_text(each)) for each in parse_fragment(article.body).iter()]


def own_text(element: _Element) -> str:
    """Give what must not change of what an element says itself."""
    whole = "".join(element.itertext())
    return whole if element.tag in {"code", "pre", "blockquote", "q"} else letters(whole)


def in_order(held: list[str], text: str) -> bool:
    """Tell whether all that may not change stands in a text, one behind the other."""
    at = 0
    for piece in held:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def test_no_word_changes_and_nothing_quoted_and_no_code(share: Callable[[int, int], int], tell: Tell) -> None:
    """Letters, quotations, code, addresses and elements stay; what was mended has nothing left to mend."""
    tried: list[bool] = []

    @settings(
        max_examples=share(120, 3000), deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(text=TEXTS, style=STYLES, language=st.sampled_from(LANGUAGES))
    def holds(text: tuple[str, list[str]], style: HouseStyle, language: str) -> None:
        written, held = text
        tried.append(False)
        after = mend_text(written, 0, language, style)
        assert letters(after) == letters(written)
        assert in_order(held, after), after
        assert mend_text(after, 0, language, style) == after
        assert said(after, language) == said(written, language)
        tried[-1] = True

    try:
        holds()
    finally:
        tell("a house style is put into a text", len(tried), sum(tried), "texts")


def test_marks_in_any_order_do_no_harm(share: Callable[[int, int], int], tell: Tell) -> None:
    """Whatever is typed, letters and lines stay, and a second round finds nothing to do."""
    tried: list[bool] = []

    @settings(
        max_examples=share(150, 5000), deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(text=NOISE, style=STYLES, language=st.sampled_from(LANGUAGES))
    def holds(text: str, style: HouseStyle, language: str) -> None:
        tried.append(False)
        after = mend_text(text, 0, language, style)
        assert letters(after) == letters(text)
        assert after.count("\n") == text.count("\n")
        assert mend_text(after, 0, language, style) == after
        tried[-1] = True

    try:
        holds()
    finally:
        tell("a house style is put into marks without sense", len(tried), sum(tried), "texts")


UNITS = (
    "[",
    "](<b>",
    "<a ",
    "<pre>",
    "`",
    '"a" ',
    "‘a’ ",
    "‘90s ",
    "dogs’ ",
    "1-2 ",
    "{{",
    "~~",
    "$",
    "a\n",
    "<q>",
)


def test_no_text_takes_long(share: Callable[[int, int], int], tell: Tell) -> None:
    """What opens again and again, or is repeated without end, costs seconds at most."""
    house = HouseStyle(quotes="double", dashes="em", ellipsis="character", ranges="en-dash")
    seconds = {}
    for unit in UNITS:
        begun = time.process_time()
        mend_text(unit * (share(6_000, 20_000) // len(unit)), 0, "en", house)
        seconds[unit] = time.process_time() - begun
    slow = [unit for unit, spent in seconds.items() if spent > 20]
    tell("a text that is hard to read is mended", len(UNITS), len(UNITS) - len(slow), "texts")
    assert slow == []


@settings(max_examples=60, deadline=None, database=None)
@given(
    lines=st.lists(
        st.tuples(st.text("aé'\" ", max_size=6), st.sampled_from(("\n", "\r\n", "\r"))), max_size=5
    ),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-32")),
)
def test_a_file_is_written_again_as_it_was(lines: list[tuple[str, str]], encoding: str) -> None:
    """Byte order mark, encoding and the end of each line come back as they were."""
    data = "".join(line + end for line, end in lines).encode(encoding)
    written = opened(data)
    assert written
    assert written.again(written.text) == data
