"""What holds of every article, whatever its writer did."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from soundness import assert_sound, body_of

from anthology.read import Reading, read_article

TAGS = [
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "b",
    "i",
    "em",
    "a",
    "span",
    "h2",
    "h3",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "center",
    "section",
    "aside",
    "label",
    "button",
    "details",
    "summary",
    "code",
    "sup",
    "ruby",
    "rt",
    "font",
    "x-own",
    "nav",
    "caption",
    "select",
    "option",
]

opening = st.sampled_from(TAGS).map(lambda tag: f'<a href="x#{tag}">' if tag == "a" else f"<{tag}>")
closing = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")
word = st.integers(0, 999).map(lambda number: f"word{number}")
space = st.sampled_from(["\n\n", "\n", " ", "\n\n- ", "\n> ", "\n    ", "<br>", "<hr>", "&nbsp;", "\n\n1. "])
soup = st.lists(st.one_of(opening, closing, word, space), max_size=40).map(" ".join)
markdown = st.text(st.sampled_from("ab \n*_`[](){}<>!#-+>|:~^\"'\\&;.1=/\t"), max_size=120)

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str) -> Reading:
    """Read an article of which nothing but the text is given."""
    return read_article(
        "content/one.md", text.encode(errors="surrogatepass"), language="en", find=lambda _: None
    )


@quick
@given(soup)
def test_tag_soup_gives_a_sound_body_that_holds_every_word(text: str) -> None:
    """However tags are nested, the body is well-formed, its blocks have ids, and no word is lost or doubled."""
    reading = read(text)
    assert_sound(reading)
    written = re.findall(r"word\d+", text)
    assert sorted(re.findall(r"word\d+", " ".join(body_of(reading).itertext()))) == sorted(written)


@quick
@given(
    st.lists(
        st.one_of(
            opening, closing, word, st.sampled_from(["<svg>", "<g>", "</svg>", "<math>", "<mi>", "</math>"])
        )
    )
)
def test_drawings_and_formulas_in_tag_soup_give_a_sound_body(parts: list[str]) -> None:
    """Tags of other vocabularies, closed or not, do not break the text around them."""
    assert_sound(read(" ".join(parts)))


@quick
@given(markdown)
def test_any_markdown_gives_a_sound_body(text: str) -> None:
    """Any signs of Markdown in any order are read without an exception."""
    assert_sound(read("# Title\n\n" + text))


@quick
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"---\n", b"+++\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]),
)
def test_any_bytes_are_read_or_become_a_problem(data: bytes, head: bytes) -> None:
    """No file whatever raises an exception: there is an article, or an error that says why not."""
    reading = read_article("content/one.md", head + data, language="en", find=lambda _: None)
    if reading.article is None:
        assert any(problem.severity == "error" for problem in reading.problems)
    else:
        assert_sound(reading)


@quick
@given(
    st.lists(
        st.sampled_from(["One.", "Two.", "- item", "> said", "## Head", "Three."]),
        min_size=1,
        max_size=8,
        unique=True,
    )
)
def test_ids_do_not_depend_on_what_stands_elsewhere(blocks: list[str]) -> None:
    """A block keeps its id when others come, go or change places, so that editions of a book can be compared."""
    forward, backward = read("\n\n".join(blocks)), read("\n\nAnother.\n\n".join(reversed(blocks)))
    assert forward.article
    assert backward.article
    assert {block.id for block in forward.article.blocks} <= {block.id for block in backward.article.blocks}
