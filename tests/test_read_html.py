"""Raw HTML in articles: what is kept, what becomes of the rest, and that it is told."""

from __future__ import annotations

import re

import pytest

from anthology.model import Origin
from anthology.problems import Problem
from anthology.read import read_article


def read(text: str) -> tuple[str, list[Problem]]:
    """Read an article; give its body without the ids that come from its words, and its problems."""
    reading = read_article(
        "content/one.md", f"# Title\n\n{text}".encode(), language="en", find=lambda _: None
    )
    assert reading.article
    body = re.sub(r' id="[a-z]+\d?-[0-9a-f]{8}(-\d+)?"| data-line="\d+"', "", reading.article.body)
    return body, list(reading.problems)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<div>text <b>bold<p>para</p>more</b> tail</div>", "<div><p>text <b>bold</b></p><p><b>para</b></p><p><b>more</b> tail</p></div>"),
        ('<a href="x.md"><div>one</div><p>two</p></a>', '<div><a href="x.md">one</a></div>\n<p><a href="x.md">two</a></p>'),
        ("<ul>stray<li>a<ul><ul><li>x</ul></ul></ul><li>alone", "<ul><li>stray</li><li><p>a</p><ul><li><ul><li>x</li></ul></li></ul></li></ul>\n<ul><li>alone</li></ul>"),
        ("<table><td colspan=100000000 align=right>1<tbody></table><table></table>", '<table><tbody><tr><td colspan="1000" class="align-right">1</td></tr></tbody></table>'),
        ("<dl><dd>early<dt>term</dl>", "<div>early</div>\n<dl><dt>term</dt><dd></dd></dl>"),
        ("<h2>One <p>inner</p></h2><p></p><p>&nbsp;</p>", '<h2 id="one-inner">One inner</h2>'),
        ("<center>mid</center> <font color=red>red</font> <tt>x</tt>", '<div class="align-center">mid</div>\n<p>red <code>x</code></p>'),
        ("<p onclick='x()' style='color:red' lang=fr-FR dir=RTL>a &nbsp;&copy;<br>b</p>", '<p lang="fr-FR" dir="rtl">a \xa0©<br/>b</p>'),
        ("<details><summary>More</summary>\n\n*text*\n\n</details>", '<div class="details"><p class="summary">More</p><p><em>text</em></p></div>'),
        ('<div>\n<p markdown="1">*text*</p>\n</div>', "<div><p><em>text</em></p></div>"),
        ('<blockquote class="pullquote big">q</blockquote>', '<blockquote class="pull-quote big"><p>q</p></blockquote>'),
        ("<ruby>漢<rt>kan</rt></ruby> <ruby>x</ruby>", "<p><ruby>漢<rt>kan</rt></ruby> <span>x</span></p>"),
        ('<a name="old"></a>\n\n## Head', '<h2 id="head"><span id="old"></span>Head</h2>'),
        ("<math><mi>x</mi></math>", '<p><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math></p>'),
        ("text after <body class=x> more </html><frameset> end", "<p>text after  more  end</p>"),
        ('<label><input type="checkbox" checked> done</label>', '<p><span class="checkbox checked" role="img" aria-label="checked"></span> done</p>'),
    ],
)  # fmt: skip
def test_html_comes_out_as_valid_xhtml(written: str, expected: str) -> None:
    """Bad nesting, elements out of place and attributes of the past become what EPUB allows, in silence."""
    assert read(written) == (expected, [])


@pytest.mark.parametrize(
    ("written", "body", "problem"),
    [
        ("<aside class='note'>x</aside>", '<aside class="plain-note"><p>x</p></aside>', "3: T010: raw HTML <aside>, set as an aside"),
        ('A <iframe src="//e.org/v" title="Film"></iframe>', '<p>A <a class="embedded" href="https://e.org/v">Film</a></p>', "3: T011: <iframe> became a link to https://e.org/v: a book cannot hold it"),
        ('<video><source src="a.mp4">old</video>', '<p><a class="embedded" href="a.mp4">a.mp4</a></p>', "3: T011: <video> became a link to a.mp4: a book cannot hold it"),
        ("a\n\n<script>x</script>", "<p>a</p>", "5: T012: <script> was left out: it is not text"),
        ("<select><option>A<option>B</select>", "<p>A B</p>", "3: T013: <select> was left out: a book has no forms"),
        ("A List<String> and `<x>`", "<p>A List&lt;String&gt; and <code>&lt;x&gt;</code></p>", "3: T014: <String> is not HTML, and is set as text | put it between backticks if it is meant to be read"),
        ("<x-own>kept</x-own>", "<p>kept</p>", "3: T014: <x-own> is not HTML: the tag was left out, its content kept"),
        ("[a](javascript:x) b", "<p>a b</p>", "3: T015: the link to javascript:x was taken away: it is not safe in a book"),
        ("Write <title> first.\n\nThen more.", "<p>Write &lt;title&gt; first.</p>\n<p>Then more.</p>", "3: T016: <title> is never closed, and is set as text | put it between backticks if it is meant to be read"),
        ('<p id="a">x</p><p id="a">y</p>', '<p id="a">x</p>\n<p id="a-2">y</p>', '3: T020: the id "a" was used before; links lead to the first place'),
        ('<svg aria-hidden="true"><g/><script>1</script></svg>', '<figure><svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true"><g></g></svg></figure>', "3: T021: <script> inside a drawing or formula was left out"),
    ],
)  # fmt: skip
def test_every_loss_is_told_with_its_line(written: str, body: str, problem: str) -> None:
    """What a book cannot hold is replaced, and one message says so."""
    made, problems = read(written)
    assert made == body
    assert [
        f"{found.origin.line}: {found.code}: {found.message}" + (f" | {found.hint}" if found.hint else "")
        for found in problems
        if found.origin
    ] == [problem]


def test_problems_of_one_kind_fold() -> None:
    """Problems that come in dozens carry the sentence that stands for all of them, and each its own line."""
    _, problems = read("<aside>a</aside>\n\n`<aside>`\n\n<aside>b</aside>")
    assert {problem.fold for problem in problems} == {"{count} raw HTML asides are set as asides"}
    assert [problem.origin.line for problem in problems if problem.origin] == [3, 7]


def test_drawings_keep_their_own_references() -> None:
    """Ids in a drawing become unique in the book, and references inside it follow; nothing in it runs or loads."""
    body, _ = read(
        '<svg viewBox="0 0 9 9" onload="x()"><defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>'
        '<rect fill="url(#g)"/><use href="#g"/><use href="http://e.org/x#y"/><rect fill="url(http://e.org/)"/></svg>'
    )
    prefix = re.findall(r'id="(svg-[0-9a-f]{8}-1)-g"', body)
    assert len(prefix) == 1
    assert f'fill="url(#{prefix[0]}-g)"' in body
    assert f'href="#{prefix[0]}-g"' in body
    assert 'viewBox="0 0 9 9"' in body
    assert "e.org" not in body
    assert "onload" not in body


def test_links_stay_as_written_but_for_spaces_and_know_their_lines() -> None:
    """The link stage finds links as their writer wrote them, with the line for its messages."""
    reading = read_article(
        "content/one.md", b"# T\n\n[a](b c.md#d)\n\n[e](f.md)", language="en", find=lambda _: None
    )
    assert reading.article
    assert re.findall(r'href="([^"]+)" data-line="(\d+)"', reading.article.body) == [
        ("b%20c.md#d", "3"),
        ("f.md", "5"),
    ]


@pytest.mark.parametrize("tag", ["div", "section", "p", "aside"])
def test_a_tag_that_is_never_closed_swallows_nothing(tag: str) -> None:
    """Behind an opening tag that nothing closes, Markdown goes on; the tag is told with its line."""
    text = f"# T\n\nFirst.\n\n<{tag}>\nText *x*\n\n## Heading *two*\n\n- item\n"
    reading = read_article("content/a/b.md", text.encode(), language="en", find=lambda path: None)
    assert reading.article
    assert "<h2" in reading.article.body
    assert "<em>x</em>" in reading.article.body
    assert [(problem.code, problem.origin) for problem in reading.problems] == [
        ("T022", Origin("content/a/b.md", 5))
    ]


def test_paragraphs_that_html_ends_by_itself_stay() -> None:
    """Inside raw HTML a paragraph needs no end, and nothing is told of it."""
    text = "# T\n\n<div><p>One<p>Two</div>\n"
    reading = read_article("content/a/b.md", text.encode(), language="en", find=lambda path: None)
    assert reading.article
    assert reading.article.body.count("<p") == 2
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<pre><code class="language-python">if x:\n    &quot;y&quot;</code></pre>', '<pre class="highlight language-python"><code><span class="k">if</span> <span class="n">x</span><span class="p">:</span>\n    <span class="s2">"y"</span></code></pre>'),
        ('<pre class="lang-CSS wide"><code>a\n</code></pre>', '<pre class="highlight language-css wide"><code><span class="nt">a</span>\n</code></pre>'),
        ('<pre><code class="language-brainstorm">a</code></pre>', '<pre><code class="language-brainstorm">a</code></pre>'),
        ('<pre><code class="language-python">a <b>b</b></code></pre>', '<pre><code class="language-python">a <b>b</b></code></pre>'),
    ],
)  # fmt: skip
def test_code_that_names_its_language_is_highlighted(written: str, expected: str) -> None:
    """Code in raw HTML gets what a fence gets, to the letter; with markup of its own, or unknown, it stays as it is."""
    assert read(written)[0] == expected
