"""Brackets, backticks and marks that are walked through once: what comes out is what it always was."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown.inlinepatterns import LinkInlineProcessor

from anthology.read.code import blank_code
from anthology.read.markdown.brackets import ClosedBrackets
from anthology.read.markdown.converter import convert
from anthology.read.markdown.openings import part_from_comments

BRACKETED = st.lists(
    st.sampled_from(["[", "]", "(", ")", "](", "x", " ", '"', "'", "<", ">"]), max_size=60
).map("".join)
TICKED = st.lists(
    st.sampled_from(["`", "``", "```", "x", " ", "\n", "\n\n", "\n \n", "\\"]), max_size=40
).map("".join)
# Code from a run of backticks to the next as long, as one pattern says it that takes the square of the time.
SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)\1(?!`)", re.DOTALL)


@given(BRACKETED)
def test_the_text_of_a_link_ends_where_it_did(text: str) -> None:
    """From every opening bracket the same one closes it as in Python-Markdown, which walks on from each by itself."""
    theirs, ours = LinkInlineProcessor(r"\["), ClosedBrackets(r"\[")
    for at, letter in enumerate(text):
        if letter == "[":
            words, end, closed = theirs.getText(text, at + 1)
            assert ours.getText(text, at + 1) == ((words, end, True) if closed else ("", at + 1, False))


def test_an_address_is_given_up_where_too_many_brackets_open_in_it() -> None:
    """Thirty-two are read, as in CommonMark's own program; an address in which more are open at once is text."""
    assert "<a " in convert(f"[x]({'(' * 31}y{')' * 31})")[0]
    assert "<a " not in convert(f"[x]({'(' * 32}y{')' * 32})")[0]
    assert "<a " not in convert("[x](y")[0]


@given(TICKED)
def test_code_between_backticks_is_blanked_as_it_was(text: str) -> None:
    """A run of backticks is closed by the next as long in its paragraph, and by no other."""
    spaces = re.compile(r"[^\n]")
    if "```" not in text:
        assert blank_code(text) == SPAN.sub(lambda found: spaces.sub(" ", found.group()), text)


def test_words_are_parted_from_the_comment_that_ends_before_them() -> None:
    """Only words with an entity are; a comment ends at its own mark, and one that never ends parts nothing."""
    assert part_from_comments("<!-- x --> y &amp; z") == "<!-- x -->\n\n y &amp; z"
    assert part_from_comments("<!-- x --> y\n\n<? z ?>&amp;") == "<!-- x --> y\n\n<? z ?>\n\n&amp;"
    assert part_from_comments("<![CDATA[x]]> y ]]>\n<!-- z &amp;") == "<![CDATA[x]]> y ]]>\n<!-- z &amp;"
