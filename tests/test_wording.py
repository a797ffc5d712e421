"""Wording: what a text says is the same wherever it stands and however it is set."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from anthology.wording import digest, folded, measured, standing, visible

NESTED = (
    '<li id="li">A <b>dog</b><!-- no --> barks<a class="note-ref" id="ref" href="#n">1</a>'
    '<p id="p">twice <span id="other">at</span> <img src="owl.png" alt="an owl"/>.</p>'
    ' and <ruby>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby> sleeps<span class="footnote address">example.org</span>.</li>'
)
OWN = {"li": "Adogbarksand字jisleeps.", "p": "twiceat\ufffc."}


@pytest.mark.parametrize(
    "parse", [etree.fromstring, ElementTree.fromstring], ids=["lxml", "standard library"]
)
@pytest.mark.parametrize("namespace", ["", ' xmlns="http://www.w3.org/1999/xhtml"'], ids=["plain", "XHTML"])
def test_a_block_says_what_it_holds_itself(parse: Callable[[str], Any], namespace: str) -> None:
    """Text of blocks inside, of note numbers, addresses and ruby parentheses is left out; a picture is one letter."""
    root = parse(f"<ul{namespace}>{NESTED}</ul>")
    found = standing(root, {"li", "p", "absent"})
    assert {place.block: visible(place.text) for place in found} == OWN


def test_a_block_that_stands_twice_is_found_twice() -> None:
    """Two elements of one id are not run together."""
    found = standing(etree.fromstring('<b><p id="p">One.</p><p id="p">Two.</p></b>'), {"p"})
    assert [(place.block, place.text) for place in found] == [("p", "One."), ("p", "Two.")]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Straße", "STRASSE"),
        ("Der Fuß", "DER FUẞ"),
        ("ο άνθρωπος", "Ο ΑΝΘΡΩΠΟΣ"),  # Greek capitals have no accents
        ("iş ışık", "İŞ IŞIK"),
        ("ĳsvogel, ijsvogel", "IJsvogel, ĳsvogel"),
        ("ﬁnd", "FIND"),
        ("A-b", "Ａ\N{MINUS SIGN}ｂ"),  # full-width, as CSS has it
        ("soft\u00adly", "softly"),
        ("نمی\u200cخواهم", "نمی خواهم"),
        ("wait …", "WAIT…"),
        ("日本語\u3000の文", "日本語の文"),
    ],
)
def test_what_text_transform_and_line_breaks_change_is_not_wording(written: str, printed: str) -> None:
    """Capitals, wide letters, spaces and invisible characters are the typesetter's; the digest knows none of them."""
    assert digest(written) == digest(printed)


# The iota that Greek writes below a vowel is a letter of its own in capitals, or gone: it depends on who sets them.
letters = st.characters(exclude_categories=["Cs"]).filter(
    lambda letter: "\N{COMBINING GREEK YPOGEGRAMMENI}" not in unicodedata.normalize("NFD", letter)
)


@given(st.text(letters, max_size=30))
def test_case_is_not_wording(text: str) -> None:
    """No text, in whatever script, says something else in capitals or small letters."""
    assert folded(text.upper()) == folded(text.lower()) == folded(text)


@given(st.lists(st.text(max_size=9), max_size=9))
def test_pieces_say_what_the_whole_says(pieces: list[str]) -> None:
    """Text that was read piece by piece, and stripped of what cannot be seen, has the digest of the whole."""
    assert digest("".join(map(visible, pieces))) == digest("".join(pieces))


def test_words_and_their_order_are_wording() -> None:
    """A letter less, a letter more, or two words exchanged are another text."""
    texts = ["one two", "two one", "one tw", "one twoo", "", "one two \ufffc"]
    assert len({digest(text) for text in texts}) == len(texts)
    assert measured(" \u00ad\n") == ("", 0)
    assert re.fullmatch("[0-9a-f]{16}", digest("one two"))
