"""The link stage: unique ids, and links that lead somewhere or become plain text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from making import make_anthology, make_article

from anthology.link import link
from anthology.model import Anthology, Block, Related, Source
from anthology.problems import Problem

NOTHING_RELATED = Related({})


def linked_body(anthology: Anthology, article: str = "one") -> tuple[str, tuple[Problem, ...]]:
    """Link an anthology and give one body and all problems."""
    linked, problems = link(anthology, NOTHING_RELATED, "en")
    return next(piece.body for piece in linked.anthology.pieces if piece.id == article), problems


def body_with(href: str) -> str:
    """Write a paragraph with a link of two words."""
    return f'<p id="p1">See <a href="{href}">the <em>other</em> one</a>, please.</p>'


def test_a_link_to_a_file_becomes_a_link_in_the_book() -> None:
    """Links to another article's file, from wherever, with and without a place in it, lead into the book."""
    two = make_article("two", folder="desk", body='<h2 id="how">How</h2>')
    for href, address in {
        "../desk/two.md": "anthology:two",
        "/desk/two.md": "anthology:two",
        "/content/desk/two.md#how": "anthology:two#two--how",
        "two": "anthology:two",
    }.items():
        body, problems = linked_body(make_anthology(make_article("one", body=body_with(href)), two))
        assert f'<a href="{address}">' in body, href
        assert problems == ()


def test_ids_are_unique_in_the_book() -> None:
    """Ids and the links to them carry the article's id; blocks keep pace."""
    body = '<h2 id="how">How</h2><p id="p1"><a href="#how">up</a></p>'
    article = make_article("one", body=body, blocks=(Block("how", "heading"), Block("p1", "paragraph")))
    linked, problems = link(make_anthology(article), NOTHING_RELATED, "en")
    piece = linked.anthology.articles[0]
    assert piece.body == (
        '<h2 id="one--how">How</h2><p id="one--p1"><a href="anthology:one#one--how">up</a></p>'
    )
    assert [block.id for block in piece.blocks] == ["one--how", "one--p1"]
    assert problems == ()


def test_a_link_that_leads_nowhere_is_plain_text() -> None:
    """A link to a file that is not in the book warns with a near name; its words stay."""
    body, problems = linked_body(
        make_anthology(make_article("one", body=body_with("tow.md")), make_article("two"))
    )
    assert body == '<p id="one--p1">See the <em>other</em> one, please.</p>'
    assert [(problem.code, problem.message, problem.hint) for problem in problems] == [
        ("L005", '"the other one" links to tow.md, which is not in this book', 'did you mean "two"?')
    ]


def test_a_place_that_is_not_there() -> None:
    """A link to a missing place leads to the article's beginning, in its own article to nowhere; both warn."""
    two = make_article("two", body='<h2 id="how">How</h2>')
    body, problems = linked_body(make_anthology(make_article("one", body=body_with("two.md#hwo")), two))
    assert '<a href="anthology:two">' in body
    message = '"two" has no place "#hwo"; the link leads to its beginning'
    assert [(problem.message, problem.hint) for problem in problems] == [(message, 'did you mean "how"?')]
    body, problems = linked_body(make_anthology(make_article("one", body=body_with("#nowhere"))))
    assert "<a" not in body
    assert [problem.message for problem in problems] == ['no place "#nowhere" in this article']


def test_a_link_to_an_original_address_becomes_a_link_in_the_book() -> None:
    """A link to where another article was first published leads to it, however the address is written."""
    source = Source(url="https://www.example.org/2025/two/")
    two = make_article("two", source=source, body='<h2 id="how">How</h2>')
    for href, address in {
        "http://example.org/2025/two": "anthology:two",
        "https://example.org/2025/two/?utm_source=letter&amp;utm_medium=email#how": "anthology:two#two--how",
        "https://www.example.org/2025/two/#comments": "anthology:two",
    }.items():
        body, problems = linked_body(make_anthology(make_article("one", body=body_with(href)), two))
        assert f'<a href="{address}">' in body, href
        assert problems == ()


def test_an_article_may_say_where_it_was_published() -> None:
    """An article's link to its own original address stays, and so does one to another page there."""
    source = Source(url="https://example.org/one")
    again = make_article("again", source=source)
    for href in ("https://example.org/one?fbclid=x", "https://example.org/one?page=2"):
        one = make_article("one", source=source, body=body_with(href))
        body, _ = linked_body(make_anthology(again, one))
        assert f'<a href="{href}">' in body


def test_links_that_leave_the_book_stay() -> None:
    """Addresses of the web and of mail are left as they are."""
    for href in ("https://example.org/a?b=c&amp;d#e", "mailto:a@example.org", "//example.org/"):
        body, problems = linked_body(make_anthology(make_article("one", body=body_with(href))))
        assert f'href="{href}"' in body
        assert problems == ()


NAMES = st.sampled_from(
    ["one", "two", "three", "../mind/two.md", "two.md#a", "#a", "x.md", "/notices/", "a b", "?", "#"]
)


@given(st.lists(NAMES, max_size=6), st.text("ab <>&\"'", max_size=12))
def test_no_private_link_is_left_over(hrefs: list[str], words: str) -> None:
    """Whatever is linked, each link ends as one into the book that exists, or as plain text with a warning."""
    from html import escape

    links = "".join(f'<a href="{escape(href)}">{escape(words)}</a>' for href in hrefs)
    anthology = make_anthology(
        make_article("one", body=f'<p id="a">{links}</p>'), make_article("two", body='<p id="a">x</p>')
    )
    body, problems = linked_body(anthology)
    addresses = re.findall(r'href="([^"]*)"', body)
    assert set(addresses) <= {
        "anthology:one",
        "anthology:two",
        "anthology:one#one--a",
        "anthology:two#two--a",
    }
    assert len(addresses) + len(
        [problem for problem in problems if "beginning" not in problem.message]
    ) >= len(set(hrefs)) - hrefs.count("x")
    assert re.sub(r"<[^>]*>", "", body) == escape(words, quote=False) * len(hrefs)


def test_an_address_that_languages_share_means_the_own_one() -> None:
    """A link to an address that articles of several languages answer to stays within the language of the article."""
    one = make_article(
        "one", aliases=("legal",), language="de", body='<p id="p1"><a href="../legal/#p1">x</a></p>'
    )
    other = make_article("other", aliases=("legal",), language="ja", body='<p id="p1">x</p>')
    for articles in ((one, other), (other, one)):
        body, problems = linked_body(make_anthology(*articles))
        assert 'href="anthology:one#one--p1"' in body
        assert problems == ()
