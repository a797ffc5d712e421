"""References: what the templates of a project make of a book is what an e-book may hold, or an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import make_anthology, make_article, write_project
from reading_back import epubcheck, unzip

from anthology.build import Options, build
from anthology.model import Block, Document, Origin
from anthology.problems import Problem
from anthology.verify.references import check_references

XHTML = "http://www.w3.org/1999/xhtml"
EBOOK = "[editions.ebook]\nformat = 'epub'\nfonts = false\n"
ARTICLES = {
    "anthology.toml": '[book]\ntitle = "A Book"\n' + EBOOK,
    "content/mind/one.md": "# One\n\nThe lamp is lit.\n",
    "content/mind/two.md": "# Two\n\nThe door is shut.\n",
}
BEFORE = '{% extends "packaged/article.html" %}\n{% block header %}\n{{ super() }}\n'


def _problems(root: Path, files: dict[str, str]) -> list[Problem]:
    """Build a book; nothing is written if there is an error."""
    write_project(root, {**ARTICLES, **files})
    outcome = build(root, Options(out=root / "dist"), lambda stage, detail: None)
    faults = [problem for problem in outcome.problems if problem.code == "S006"]
    assert not (faults and outcome.written)
    return faults


def _told(problems: list[Problem]) -> list[str]:
    lines = []
    for problem in problems:
        assert problem.origin
        place = f"{problem.origin.path}:{problem.origin.line}"
        lines.append(f"{place}: {problem.severity} {problem.message} | {problem.hint}")
    return lines


NOT_HELD = "what it makes of one, and of 1 more, is not what an e-book may hold: "
HELD = """\
<dl><div><dt>x</dt><dd>y</dd></div></dl><ruby>x<rp>(</rp><rt>y</rt><rp>)</rp></ruby>
<details><summary>x</summary><h2 itemprop="x">Y</h2>words</details><figure><figcaption><p>x</p></figcaption></figure>
<p><a href="./two.xhtml">x</a> <a href="two.xhtml#two--_title">x</a> <a href="mailto:a@b.example">m</a></p>
<p property="dc:title" data-x="1" style="color: red"><button type="button">x</button><ins>y</ins></p><ins><p>z</p></ins>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" role="img"><title>x</title><path d="M0 0"/></svg>
<script type="application/ld+json">{}</script><img src="images/cover.jpg" alt="the cover"/>
"""


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "<script>x()</script>",
            "<script> | take it out: the documents of an e-book run no scripts and send nothing",
        ),
        (
            '<p onclick="x()">x</p>',
            'the attribute "onclick" | take it out: the documents of an e-book run no scripts',
        ),
        (
            '<iframe src="https://a.example/"></iframe>',
            "<iframe> fetches https://a.example/ | an e-book holds all that it shows, and fetches nothing:"
            " make it a link, <a href=…>",
        ),
        (
            '<p style="background: url(https://a.example/x.png)">x</p>',
            "a style that fetches https://a.example/x.png | an e-book holds all that it shows: take it out",
        ),
        (
            '<img src="images/logo.png" alt="x"/>',
            "<img> needs images/logo.png, which is not in the book | only pictures of articles go into the book:"
            " draw it in the template, as <svg>, or take it out",
        ),
        (
            '<link rel="stylesheet" href="styles/x.css"/>',
            "<link> needs styles/x.css, which is not in the book | put what the style sheet says into"
            " styles/house.css, which goes into the book",
        ),
        (
            '<p><a href="nowhere.xhtml">x</a></p>',
            "a link to nowhere.xhtml, which is no document of the book | lead to a document of the book,"
            " as {{ entry.address }} does, or to a full address in the web",
        ),
        (
            '<p><a href="two.xhtml#x">x</a></p>',
            "a link to two.xhtml#x, a place that is not there | give this id to the element that is meant,"
            " or leave out what follows the #",
        ),
        (
            '<p><a href="file:///x">x</a></p>',
            "a link to file:///x | lead to a document of the book, or to an address in the web",
        ),
        ('<p id="x">x</p><p id="x">y</p>', 'the id "x" stands twice | use each id once in a document'),
        ('<p id="x y">x</p>', 'the id "x y" | an id has one character at least, and no spaces'),
        (
            "<center>x</center>",
            "<center> | use an element of HTML, with a class, and say in a style sheet how it looks",
        ),
        (
            '<table><tr><td bgcolor="red">x</td></tr></table>',
            'the attribute "bgcolor" of <td> | take it out, and say in a style sheet how the element looks',
        ),
        ('<p clas="x">x</p>', 'the attribute "clas" of <p> | did you mean "class"?'),
        (
            '<p>a <span><a href="two.xhtml"><div>b</div></a></span></p>',
            "<div> in <span> | end the outer element before it, or take one that may hold the other",
        ),
        (
            "<ul><p>x</p></ul>",
            "<p> in <ul> | end the outer element before it, or take one that may hold the other",
        ),
        ("<ul>x</ul>", "words in <ul> | put the words into an element that <ul> may hold"),
        (
            '<p aria-labelledby="x">x</p>',
            'aria-labelledby names "x", which is not there | give this id to the element that is meant,'
            " or take the attribute out",
        ),
        (
            '<p lang="de" xml:lang="fr">x</p>',
            'lang="de" beside xml:lang="fr" | write the same language in both',
        ),
        ('<img alt="x"/>', "<img> without src | say which picture it shows"),
    ],
)
def test_what_no_e_book_may_hold(tmp_path: Path, written: str, told: str) -> None:
    """What EPUBCheck would refuse stops the build: once, with the template's line and what to do, and nothing written."""
    problems = _problems(tmp_path, {"templates/article.html": f"{BEFORE}{written}\n{{% endblock %}}\n"})
    assert _told(problems) == [f"templates/article.html:4: error {NOT_HELD}{told}"]


def test_what_an_e_book_may_hold(tmp_path: Path) -> None:
    """What EPUBCheck accepts is not refused."""
    assert _problems(tmp_path, {"templates/article.html": f"{BEFORE}{HELD}{{% endblock %}}\n"}) == []
    (book,) = (tmp_path / "dist").glob("*.epub")
    assert epubcheck(book) == []


def test_a_fault_that_is_put_together_is_told_once(tmp_path: Path) -> None:
    """What a template puts together from values differs from document to document, and is one fault all the same."""
    written = BEFORE + '<p><a href="{{ piece.id }}.html">x</a></p>{% endblock %}'
    assert [problem.message for problem in _problems(tmp_path, {"templates/article.html": written})] == [
        f"{NOT_HELD}a link to one.html, which is no document of the book"
    ]


def test_a_fault_of_a_partial_is_told_of_it(tmp_path: Path) -> None:
    """A template that others include is named itself."""
    written = '<h1 id="{{ piece.id }}--_title">{{ piece.title }}</h1>\n<p><font>x</font></p>\n'
    (problem,) = _problems(tmp_path, {"templates/partials/header.html": written})
    assert (problem.origin, problem.message) == (
        Origin("templates/partials/header.html", 2),
        f"{NOT_HELD}<font>",
    )


def test_a_fault_in_an_article_is_told_of_the_article() -> None:
    """What stands in a block of an article is not blamed on a template, and stops no book: no editor can mend it."""
    block = Block("one--p-1", "p", "x", 1)
    article = make_article("one", blocks=(block,))
    html = f'<html xmlns="{XHTML}"><body><p id="one--p-1"><font>x</font></p></body></html>'
    document = Document("one", "article", "One", "en", html, article="one")
    (problem,) = check_references(make_anthology(article), [document], ["one.xhtml"], {})
    assert problem == Problem(
        "S006",
        "warning",
        "what is made of it is not what an e-book may hold: <font>",
        Origin("content/mind/one.md"),
        "this is a fault of the program, not yours: please report it",
    )


def test_words_kept_from_screen_readers(tmp_path: Path) -> None:
    """An e-book some of whose words are hidden from screen readers does not say that all its text can be heard."""
    config = f'{ARTICLES["anthology.toml"]}[accessibility]\nconforms-to = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"\n'
    hidden = (
        BEFORE + '<p aria-hidden="true">❧</p><div aria-hidden="true"><p>Read this.</p></div>{% endblock %}'
    )
    write_project(tmp_path, {**ARTICLES, "anthology.toml": config, "templates/article.html": hidden})
    outcome = build(tmp_path, Options(out=tmp_path / "dist"), lambda stage, detail: None)
    assert [problem.message for problem in outcome.problems if problem.code == "P008"] == [
        'the edition "ebook" does not claim to conform to "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",'
        " for it has words that are kept from screen readers (templates/article.html)"
    ]
    (book,) = (tmp_path / "dist").glob("*.epub")
    (package,) = (data.decode() for name, data in unzip(book.read_bytes()).items() if name.endswith(".opf"))
    assert "All text can be read aloud" not in package
    assert "Other places that may be hard to read with a screen reader: 2." in package
