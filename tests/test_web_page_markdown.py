"""HTML written as Markdown: what comes back from it says the same words."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring, fromstring

from anthology.importers.web.markdown import markdown_of
from anthology.read.article import read_article

# What Markdown makes something of, and ordinary letters.
_TEXT = st.text(
    st.sampled_from("ab1 *_`[](){}<>#+-.!|~\\:=&;\"'^éß語") | st.characters(categories=["L", "N", "P"]),
    min_size=1,
    max_size=30,
)


def words(text: str) -> list[str]:
    """Give the words of a text, as letters and figures."""
    return re.findall(r"[^\W_]+", text)


def back(markdown: str) -> str:
    """Read Markdown as anthology reads an article, and give its text."""
    reading = read_article(
        "content/a.md", f"---\ntitle: T\n---\n\n{markdown}\n".encode(), language="en", find=lambda path: None
    )
    assert reading.article is not None
    tree = fromstring(f"<div>{reading.article.body}</div>")
    for element in tree.iter("p", "li", "td", "th", "br", "h2", "pre"):
        element.tail = f" {element.tail or ''}"
    return str(tree.text_content())


@pytest.mark.parametrize("tag", ["p", "li", "td", "h2", "blockquote", "b", "a"])
@settings(max_examples=40, deadline=None)
@given(_TEXT)
@example("1. one")
@example("- - -")
@example("a | b")
@example("*_x_*")
@example("[^1]: note")
@example("<script>")
@example("&lt;")
@example("{: #id }")
def test_text_is_never_taken_for_markup(tag: str, text: str) -> None:
    """Whatever letters stand in an element, its Markdown reads back as these words."""
    inner = html.escape(text)
    markup = {
        "li": f"<ul><li>{inner}</li><li>end</li></ul>",
        "td": f"<table><tr><th>{inner}</th><th>b</th></tr><tr><td>{inner}</td><td>d</td></tr></table>",
        "blockquote": f"<blockquote><p>{inner}</p></blockquote>",
        "b": f"<p>begin <b>{inner}</b> end</p>",
        "a": f'<p>begin <a href="https://a.example/x_(y)">{inner}</a> end</p>',
    }.get(tag, f"<{tag}>{inner}</{tag}>")
    tree = document_fromstring(markup).find("body")
    for cell in tree.iter("th", "td", "li"):
        cell.tail = " "
    assert words(back(markdown_of(tree))) == words(str(tree.text_content()))


@pytest.mark.parametrize(
    ("markup", "markdown"),
    [
        ("<p>a <b>bold </b>and <i> thin</i> word</p>", "a **bold** and *thin* word"),
        ("<p><b>one</b><b>two</b></p>", "**onetwo**"),
        ("<p>x<br><br>y<br>z</p>", "x\n\ny  \nz"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "-   a\n\n<!-- -->\n\n-   b"),
        ("<ol start=9><li><p>a</p><p>b</p></li><li>c</li></ol>", "9.  a\n\n    b\n\n10. c"),
        ("<dl><dt>Mole</dt><dd>A wall in the sea.</dd></dl>", "Mole\n:   A wall in the sea."),
        ("<pre class='brush: js'>a `b`\n  c</pre>", "```js\na `b`\n  c\n```"),
        ("<p><code>a`b</code></p>", "``a`b``"),
        ("<p><a href='https://a.example/b c'><img src='p.png' alt='P'></a></p>", "![P](p.png)"),
        ("<h1>Head</h1><h4>Low</h4>", "## Head\n\n#### Low"),
        ("<table><tr><td>only</td></tr></table>", "only"),
        ("<p>H<sub>2</sub>O</p>", "H<sub>2</sub>O"),
        (
            "<table><tr><th>Year<th>Boats<tr><td rowspan=2>1950<td>Twelve<tr><td>Thirteen<tr><td>1951<td>One</table>",
            "| Year | Boats |\n| --- | --- |\n| 1950 | Twelve |\n|  | Thirteen |\n| 1951 | One |",
        ),
        (
            "<table><tr><td rowspan=99 colspan=2>A<td>b<tr><td>c<tbody><tr><td>d<td>e<td>f</table>",
            "|  |  |  |\n| --- | --- | --- |\n| A |  | b |\n|  |  | c |\n| d | e | f |",
        ),
        (
            "<table><tr><td rowspan=x>a<td rowspan=²>b<tr><td colspan=0>c<td colspan=-1>d</table>",
            "|  |  |\n| --- | --- |\n| a | b |\n| c | d |",
        ),
        (
            "<table><tr><td>1950<td><ul><li>red</li><li>blue</li></ul><tr><td>1951<td>none</table>",
            "|  |  |\n| --- | --- |\n| 1950 | red<br>blue |\n| 1951 | none |",
        ),
        (
            "<table><tr><th>Year<th>Boats<tr><td>1950<td><table><tr><td>red<td>2</table></table>",
            "| Year | Boats |\n| --- | --- |\n| 1950 | red<br>2 |",
        ),
        ("<table><tr><td><ul><li>a</li></ul><td>b</table>", "-   a\n\nb"),
    ],
)
def test_markup_is_written_as_an_editor_would(markup: str, markdown: str) -> None:
    """Each form has one plain way of being written."""
    assert markdown_of(document_fromstring(markup).find("body")) == markdown


def test_cells_that_span_a_great_deal_make_no_great_table() -> None:
    """A table whose cells claim to reach over hundreds of thousands of columns and rows is as wide as tables are."""
    row = "<tr>" + "<td rowspan=100000 colspan=100000>a</td>" * 40 + "</tr>"
    written = markdown_of(document_fromstring(f"<table>{row * 60}</table>").find("body"))
    assert written.count("a") == 40 * 60
    assert len(written) < 60_000
