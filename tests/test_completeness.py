"""Completeness: what an article says stands in every edition, word for word and visible, or the build fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from making import BOOK, make_anthology, make_article, make_config, write_project
from test_read_properties import markdown, soup

from anthology.build import Options, Outcome, build
from anthology.labels import labels_for
from anthology.layout import EReaderLayout, PaperLayout
from anthology.layout.base import Layout
from anthology.link import link
from anthology.model import Article, Block, LinkedAnthology, Origin, Related, RelatedReading
from anthology.problems import ContentError
from anthology.read import read_article
from anthology.verify.completeness import compare_blocks
from anthology.verify.hiding import Hiding, StyleSheet
from anthology.views import Views
from anthology.wording import Fault, measured, standing
from anthology.xhtml import parse_fragment

E_BOOK = BOOK + '[editions.ebook]\nformat = "epub"\n'
OWLS = """---
title: Owls
---

Owls wake when *larks* go to bed.[^1] It's "late", she said--very late.

> Quiet is an instrument too.
{: .pull-quote }

- Barn owls
- Tawny owls

[^1]: See [the list](https://example.org/owls).
"""
PACKAGED = '{% extends "packaged/article.html" %}{% block text %}'
P = 'paragraph owls--p-57e67e17 ("Owls wake when larks go to bed. It’s …")'


def make(folder: Path, **files: str) -> Outcome:
    """Build an e-book of one article with a template, styles or text of its own."""
    places = {
        "template": "templates/article.html",
        "styles": "styles/house.css",
        "text": "content/mind/owls.md",
    }
    named = {places[name]: text for name, text in files.items()}
    write_project(folder, {"anthology.toml": E_BOOK, "content/mind/owls.md": OWLS, **named})
    return build(folder, Options(), lambda stage, detail: None)


def test_a_book_that_has_everything_says_nothing(tmp_path: Path) -> None:
    """With the packaged theme every block stands in the e-book."""
    outcome = make(tmp_path)
    assert outcome.problems == ()
    blocks = outcome.record.editions[0].blocks
    assert (blocks.source, blocks.placed, blocks.missing) == (7, 7, ())


@pytest.mark.parametrize(
    ("files", "line", "told"),
    [
        pytest.param(
            {"template": PACKAGED + "{{ piece.body|replace('larks', '') }}{% endblock %}"},
            5,
            f'1 block does not stand in the edition "ebook" as written: {P}: 5 of its 53 letters missing',
            id="a word dropped",
        ),
        pytest.param(
            {"template": PACKAGED + "{{ piece.body|replace('Barn', 'Corn') }}{% endblock %}"},
            10,
            '1 block does not stand in the edition "ebook" as written: item owls--li-0f3563be ("Barn owls"): '
            "other words, or in another order",
            id="a word changed",
        ),
        pytest.param(
            {"template": PACKAGED + "{{ piece.body|replace('y owls', 'y owls, owls') }}{% endblock %}"},
            11,
            '1 block does not stand in the edition "ebook" as written: item owls--li-c1212cdd ("Tawny owls"): '
            "5 letters too many",
            id="a word doubled",
        ),
        pytest.param(
            {"template": PACKAGED + "{{ piece.body.split('<aside')[0]|safe }}{% endblock %}"},
            7,
            '4 blocks do not stand in the edition "ebook" as written: '
            'paragraph owls--p-3d02ed76 ("Quiet is an instrument too."), item owls--li-0f3563be ("Barn owls"), '
            'item owls--li-c1212cdd ("Tawny owls"), paragraph owls--p-d31e5baf ("See the list."): missing',
            id="blocks dropped",
        ),
        pytest.param(
            {"template": PACKAGED + '<div hidden="">{{ piece.body }}</div>{% endblock %}'},
            5,
            f'5 blocks do not stand in the edition "ebook" as written: {P}, '
            'paragraph owls--p-3d02ed76 ("Quiet is an instrument too."), item owls--li-0f3563be ("Barn owls"), '
            'item owls--li-c1212cdd ("Tawny owls"), paragraph owls--p-d31e5baf ("See the list."): '
            "hidden by a `hidden` attribute",
            id="hidden by an attribute",
        ),
        pytest.param(
            {"styles": "em { color: inherit }\n.text em { display: none }\n"},
            5,
            f'1 block does not stand in the edition "ebook" as written: {P}: 5 of its 53 letters hidden by '
            ".text em in styles/house.css:2",
            id="a word hidden",
        ),
        pytest.param(
            {"styles": ".pull-quote { height: 3em; overflow: hidden }"},
            7,
            '1 block does not stand in the edition "ebook" as written: '
            'paragraph owls--p-3d02ed76 ("Quiet is an instrument too."): cut off by '
            ".pull-quote in styles/house.css:1",
            id="cut off",
        ),
    ],
)
def test_what_is_lost_stops_the_book(tmp_path: Path, files: dict[str, str], line: int, told: str) -> None:
    """A template or style sheet that loses text is an error that names the blocks and the line, and nothing is written."""
    outcome = make(tmp_path, **files)
    assert [(problem.code, problem.severity, problem.message) for problem in outcome.problems] == [
        ("P001", "error", told)
    ]
    assert outcome.problems[0].origin == Origin("content/mind/owls.md", line)
    assert outcome.problems[0].hint == "look in templates/ and styles/ for what drops, changes or hides it"
    assert not (tmp_path / "dist").exists()


def test_keeping_going_does_not_write_a_book_that_lost_text(tmp_path: Path) -> None:
    """With --keep-going an article that loses words is left out; where none is left, nothing is written."""
    write_project(
        tmp_path,
        {"anthology.toml": E_BOOK, "content/mind/owls.md": OWLS, "styles/house.css": "em{display:none}"},
    )
    with pytest.raises(ContentError) as caught:
        build(tmp_path, Options(keep_going=True), lambda stage, detail: None)
    assert [problem.code for problem in caught.value.problems] == ["A002", "B019", "P001"]
    assert not (tmp_path / "dist").exists()


def test_text_that_stands_twice_is_a_warning(tmp_path: Path) -> None:
    """A template may print an article's text again; its editor is told, for links have two places to lead to."""
    outcome = make(
        tmp_path, template=PACKAGED + '{{ piece.body }}<div hidden="">{{ piece.body }}</div>{% endblock %}'
    )
    (problem,) = outcome.problems
    assert (problem.code, problem.severity) == ("P005", "warning")
    assert problem.message == (
        f'5 blocks stand in the edition "ebook" more than once: {P}, '
        'paragraph owls--p-3d02ed76 ("Quiet is an instrument too."), item owls--li-0f3563be ("Barn owls"), '
        'item owls--li-c1212cdd ("Tawny owls"), paragraph owls--p-d31e5baf ("See the list.")'
    )
    assert outcome.written


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault("p", "missing"), "missing"),
        (Fault("p", "words", 9), "missing"),
        (Fault("p", "words", 3), "3 of its 9 letters missing"),
        (Fault("p", "words", -1), "1 letter too many"),
        (Fault("p", "words"), "other words, or in another order"),
        (Fault("p", "hidden"), "hidden by the styles"),
        (Fault("p", "hidden", 2), "2 of its 9 letters hidden by the styles"),
        (Fault("p", "cut", 9), "cut off by the box round it"),
        (Fault("p", "cut", 4), "4 of its 9 letters cut off by the box round it"),
        (Fault("p", "outside"), "outside the page"),
        (Fault("p", "outside", 1), "1 of its 9 letters outside the page"),
    ],
)
def test_an_editor_is_told_what_is_wrong(fault: Fault, told: str) -> None:
    """Each fault has words of its own, for a whole block and for a part of one."""
    article = make_article("one", body='<p id="p">Some words</p>', blocks=(Block("p", "paragraph", "x", 9),))
    placement, problems = compare_blocks(make_anthology(article), {"p"}, "print", [fault])
    assert placement.missing == ("p",)
    assert [problem.message for problem in problems] == [
        f'1 block does not stand in the edition "print" as written: paragraph p ("Some words"): {told}'
    ]


def test_many_lost_blocks_are_counted() -> None:
    """Five blocks are named, the rest is a number; what is wrong with several is said once."""
    blocks = tuple(Block(f"p{number}", "paragraph", "x", 9) for number in range(8))
    article = make_article("one", blocks=blocks)
    faults = [Fault("p1", "outside"), Fault("p2", "cut", 9), Fault("p3", "outside")]
    placement, problems = compare_blocks(make_anthology(article), {"p1", "p2", "p3", "p4"}, "print", faults)
    assert placement.missing == ("p0", "p1", "p2", "p3", "p5", "p6", "p7")
    assert placement.placed == 1
    assert [problem.message for problem in problems] == [
        '7 blocks do not stand in the edition "print" as written: paragraph p0, paragraph p5: missing; '
        "paragraph p1, paragraph p3: outside the page; paragraph p2: cut off by the box round it; and 2 more"
    ]


def test_a_container_is_named_where_nothing_in_it_is() -> None:
    """A quotation that is lost alone is told of; with its paragraphs, those are enough."""
    blocks = (Block("q", "quotation"), Block("p", "paragraph", "x", 9))
    anthology = make_anthology(make_article("one", blocks=blocks))
    messages = [
        compare_blocks(anthology, present, "print")[1][0].message.partition(": ")[2]
        for present in ({"p"}, set())
    ]
    assert messages == ["quotation q: missing", "paragraph p: missing"]


PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body class="article">'
    '<div class="text"><p id="a">A <em id="e">b</em></p><p id="c" class="note">C</p></div></body></html>'
)


@pytest.mark.parametrize(
    ("styles", "lost"),
    [
        ("p { display: none }", "ace"),
        ("p { display: none } .note { display: block }", "ae"),
        ("p { display: none !important } .note { display: block }", "ace"),
        (".note { display: none } p { display: block }", "c"),
        ("#a { visibility: hidden } em { visibility: visible }", "a"),
        ("#a { opacity: 0 } em { opacity: 1 }", "ae"),
        ("em { content-visibility: hidden }", "e"),
        ("@media print { p { display: none } }", ""),
        ("@media screen { .note { display: none } }", "c"),
        ("@media (max-width: 30em) { .note { display: none } }", "c"),
        ("p { display: none } @media screen { p { display: block } }", ""),
        ("p { display: none } @media (max-width: 30em) { p { display: block } }", "ace"),
        ("@supports (hyphens: auto) { .note { display: none } }", "c"),
        (".text { .note { display: none } &.gone, & > .note { opacity: 0.0 } }", "c"),
        (".text, .x { > p { em { display: none } } }", "e"),
        (".note { overflow: hidden; max-height: 4em }", "c"),
        (".note { overflow: hidden; height: auto } .text { height: 4em }", ""),
        (".note { overflow: hidden; height: 50% }", ""),
        ("body { overflow: hidden; height: 100% }", "ace"),
        (".note::before { display: none } p:hover { display: none }", ""),
        ("/* .note { display: none } */ .note { color: red }", ""),
        (".note { display:/**/none }", "c"),
        (".note { display: n\\6f ne }", "c"),
        (".note { font-size: 0 }", "c"),
        ("#a { font: 0/1.2 serif }", "ae"),
        ("#a { font-size: 0 } em { font-size: 1em }", "ae"),
        ("#a { font-size: 0 } em { font-size: 1rem }", "a"),
        ("#a { font: italic 10px/0 serif; font-size: 0.9em }", ""),
        ("#a { color: transparent } em { color: inherit }", "ae"),
        ("#a { color: rgba(0, 0, 0, 0) } em { color: #000 }", "a"),
        (".note { color: #00000080 }", ""),
        (".note { text-indent: -9999px }", "c"),
        (".note { text-indent: -1.5em }", ""),
        (".note { position: absolute; left: -9999px }", "c"),
        (".note { position: absolute; top: 2em }", ""),
        (".note { left: -9999px }", ""),
        (".note { margin-left: -2000px }", "c"),
        (".note { transform: scale(0) }", "c"),
        (".note { transform: scale(0.9) translateX(-2px) }", ""),
        (".note { transform: translateX(-200vw) }", "c"),
        (".note { position: absolute; clip: rect(0 0 0 0) }", "c"),
        (".note { clip-path: inset(50%) }", "c"),
        (".note { clip-path: inset(5%) }", ""),
        (".note { position: relative; top: -9999px }", "c"),
        (".note { position: relative; top: -.2em }", ""),
        ("#a { -webkit-text-fill-color: transparent }", "ae"),
        (".note { width: 0; overflow: hidden }", "c"),
        (".note { width: 10em; overflow: hidden }", ""),
        (".note { width: 0 }", ""),
        (".note { font-size: 1px }", "c"),
        (".note { font-size: .8em }", ""),
        (".note { font-size: 85% }", ""),
        (".note { font-size: 9px }", ""),
        (".note { filter: opacity(0) }", "c"),
        (".note { filter: opacity(0.8) }", ""),
        (".note { line-height: 0 }", ""),
        (".note { letter-spacing: -1em }", "c"),
        (".note { letter-spacing: -.02em }", ""),
    ],
)
def test_what_styles_hide_is_found(styles: str, lost: str) -> None:
    """Styles are read by the rules of the cascade; what is not certain to be shown again is hidden."""
    root = etree.fromstring(PAGE)
    found = Hiding([StyleSheet("styles/house.css", styles)]).losses_in(root, PAGE)
    assert "".join(sorted(str(element.get("id")) for element in found if element.get("id"))) == lost


def test_what_documents_hide_themselves_is_found() -> None:
    """A template may hide by an attribute or a style sheet in the document."""
    for own, lost in {
        PAGE.replace("<p id", '<p style="display:none" id'): "ace",
        PAGE.replace("<title>", "<style>.note { opacity: 0 }</style><title>"): "c",
        PAGE.replace("<em ", '<em hidden="hidden" '): "e",
    }.items():
        root = etree.fromstring(own)
        found = Hiding([]).losses_in(root, own)
        assert "".join(sorted(str(element.get("id")) for element in found if element.get("id"))) == lost


def linked(text: str, language: str = "en") -> tuple[Article, LinkedAnthology]:
    """Read one article and link a book of it."""
    article = read_article(
        "content/mind/one.md", text.encode(), language=language, find=lambda _: None
    ).article
    assert article
    book, _ = link(make_anthology(article), Related({article.id: RelatedReading()}), language)
    return article, book


def assert_whole(text: str, language: str = "en") -> None:
    """Read an article and hold its body in the shape of every format against what was read."""
    _, book = linked(text, language)
    config = make_config(f'language = "{language}"\n')
    (piece,) = book.anthology.articles
    wanted = {block.id: (block.words, block.letters) for block in piece.blocks}
    layouts: list[Layout] = [EReaderLayout(), PaperLayout(), PaperLayout("list"), PaperLayout("drop")]
    for layout in layouts:
        body = parse_fragment(Views(book, config, labels_for(language), layout).article(piece).body)
        found = {place.block: measured(place.text) for place in standing(body, wanted)}
        assert found == wanted, layout


@settings(max_examples=150, deadline=None)
@given(st.one_of(soup, markdown))
def test_every_block_says_the_same_in_every_format(text: str) -> None:
    """Whatever an article holds, notes, links and pictures in whatever places: each format has its words, and no other."""
    assert_whole("# Title\n\n" + text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            'Die Straße war naß, sagte er: "Weiß der Fuchs!"[^1]\n\n[^1]: Groß und [klein](https://example.org/ß).\n',
        ),
        ("ar", 'قال: "الكتاب" هنا.[^1]\n\n- مُحَمَّد ـ ١٩٨٧\n\n[^1]: حاشية مع [رابط](https://example.org).\n'),
        (
            "ja",
            "これは<ruby>日本<rp>(</rp><rt>にほん</rt><rp>)</rp></ruby>語の文章です。\n\n> 「引用」がある。\n",
        ),
        ("fr", '« Quoi ? » dit-elle ; "rien", répondit-il... \\"non\\" l\\\'\\-.\n'),
        ("en", "One[^a] two[^b] three[^a].\n\n[^a]: A[^b] *b* [c](http://e.org).\n\n    > d\n\n[^b]: E\n"),
    ],
)
def test_words_of_any_language_are_found_again(language: str, text: str) -> None:
    """Marks that the typesetter sets, letters that have no pair, text from right to left: all of it is held to."""
    assert_whole(f"---\ntitle: T\n---\n\n{text}", language)


def test_an_author_cannot_write_what_is_not_counted() -> None:
    """A class that marks what editions add means nothing where an author writes it."""
    text = '<span class="address slot">Here</span> <span index="Oak" class="entry-page">oak</span>'
    article, _ = linked(f"# T\n\n{text}\n")
    assert 'class="plain-address plain-slot"' in article.body
    assert 'class="index-term plain-entry-page"' in article.body
    assert article.blocks[0].letters == len("hereoak")
