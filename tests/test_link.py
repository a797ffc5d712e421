"""The link stage: unique ids, and links that lead somewhere or become plain text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_anthology, make_article

from anthology.addresses import valid_address
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
    for href in ("https://example.org/a?b=c&amp;d#e", "mailto:a@example.org", "https://пример.example/ä"):
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


@pytest.mark.parametrize(
    ("written", "valid"),
    [
        ("//example.org/a", "https://example.org/a"),
        ("http://example.org/?q=[1]&amp;r={2}|3", "http://example.org/?q=%5B1%5D&amp;r=%7B2%7D%7C3"),
        ("http://example.org/#a#b", "http://example.org/#a%23b"),
        ("http://example.org/50%/%u2019/%C3%A9", "http://example.org/50%25/%25u2019/%C3%A9"),
        ("http:example.org/a", "http://example.org/a"),
        ("http:///example.org\\a", "http://example.org/a"),
        ("https://me@you@example.org:/", "https://me%40you@example.org/"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ("http://a_b.example./", "http://a_b.example./"),
        ("mailto:a@example.org?subject=50% off", "mailto:a@example.org?subject=50%25%20off"),
        ("doi:10.1000/[1]", "https://doi.org/10.1000/%5B1%5D"),
    ],
)
def test_addresses_are_mended_as_browsers_mend_them(written: str, valid: str) -> None:
    """What people paste and checkers refuse comes out in the form that the URL Standard gives it."""
    body, problems = linked_body(make_anthology(make_article("one", body=body_with(written))))
    assert f'<a href="{valid}">' in body
    assert problems == ()


@pytest.mark.parametrize(
    "written",
    [
        "http://",
        "http://a..example/",
        "http://a b/",
        "http://{host}/",
        "http://a.example:99999/x",
        "http://a.example:80:80/",
        "http://[::g]/",
        "https://xn--a/",
        f"http://{'a' * 64}.example/",
    ],
)
def test_an_address_that_no_browser_would_open_is_plain_text(written: str) -> None:
    """A host that cannot be leaves the words, with a warning that says why."""
    body, (problem,) = linked_body(make_anthology(make_article("one", body=body_with(written))))
    assert body == '<p id="one--p1">See the <em>other</em> one, please.</p>'
    assert (problem.code, problem.hint) == ("L005", "it is not a well-formed address")


@given(
    st.text(max_size=40), st.sampled_from(["http:", "https://", "//", "mailto:", "doi:", "ftp://h/", "tel:"])
)
def test_mended_addresses_are_valid_and_stay_as_they_are(text: str, scheme: str) -> None:
    """Any address comes out in letters that an address may have, and the same when it is mended again."""
    made = valid_address(scheme + text)
    assert valid_address(made) == made
    assert re.fullmatch("(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9!$&'()*+,./:;=?@_~#\\-\\[\\]\u00a0-\U0010fffd])*", made)
    assert made.count("#") <= 1


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Über-uns", "über-uns"),
        ("uber-uns", "über-uns"),
        ("user-content-v123", "v123"),
        ("v1.2.3", "v123"),
        ("first-steps", "1-first-steps"),
        ("--run-it", "run-it"),
    ],
)
def test_places_are_found_by_the_rules_of_other_generators(written: str, place: str) -> None:
    """A heading's id differs from generator to generator in marks, capitals, accents and a leading number."""
    heads = "".join(f'<h2 id="{name}">X</h2>' for name in ("über-uns", "v123", "1-first-steps", "run-it"))
    body, problems = linked_body(make_anthology(make_article("one", body=heads + body_with(f"#{written}"))))
    assert f'href="anthology:one#one--{place}"' in body
    assert problems == ()


def test_a_place_that_may_be_either_of_two_is_neither() -> None:
    """Where two ids differ from what was written in marks alone, nobody guesses."""
    heads = '<h2 id="a-b">X</h2><h2 id="ab">Y</h2>'
    _, problems = linked_body(make_anthology(make_article("one", body=heads + body_with("#a.b"))))
    assert [problem.code for problem in problems] == ["L006"]


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/blog/2020/owls/", "anthology:owls"),
        ("../owls/index.html#eyes", "anthology:owls#owls--eyes"),
        ("../2020-01-02-owls.md", "anthology:owls"),
        ("night/The-Owls.html", "anthology:owls"),
        ("../owls", "anthology:owls"),
        ("src/owls", ""),
        ("/blog/owls.pdf", ""),
    ],
)
def test_a_link_to_a_page_of_the_site_finds_the_article(href: str, address: str) -> None:
    """A site keeps its pages where it likes: the last name of a page is that of the article, by id or alias."""
    owls = make_article("owls", title="Owls and larks", aliases=("the-owls",), body='<h2 id="eyes">Eyes</h2>')
    body, problems = linked_body(make_anthology(make_article("one", body=body_with(href)), owls))
    assert (f'<a href="{address}">' in body) == bool(address)
    assert [problem.code for problem in problems] == ([] if address else ["L005"])


@pytest.mark.parametrize("href", ["mailto:", "tel:", "geo:1,2"])
def test_addresses_that_no_checker_takes_are_plain_text(href: str) -> None:
    """An address without anybody to write to, or of a scheme that readers do not know, leads nowhere."""
    body, problems = linked_body(make_anthology(make_article("one", body=body_with(href))))
    assert "<a " not in body
    assert [problem.code for problem in problems] == ["L005"]


@pytest.mark.parametrize("href", ["owls.md#owls-and-larks", "#the-first"])
def test_the_place_of_a_title_is_the_beginning(href: str) -> None:
    """The heading that gave an article its title stands above the text, and so does what leads to it."""
    owls = make_article("owls", title="Owls and larks")
    one = make_article("one", title="The first", body=body_with(href))
    body, problems = linked_body(make_anthology(one, owls))
    assert f'<a href="anthology:{"owls" if href.startswith("owls") else "one"}">' in body
    assert problems == ()
