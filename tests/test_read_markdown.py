"""Markdown as people write it: lists, notes, headings, code, quotation marks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from anthology.model import Block
from anthology.read import read_article
from anthology.read.body.quotes import set_text
from anthology.wording import digest


def body(text: str, language: str = "en") -> str:
    """Read an article of which nothing may be wrong; give its body without the ids that come from its words."""
    reading = read_article(
        "content/one.md", f"# Title\n\n{text}".encode(), language=language, find=lambda _: None
    )
    assert reading.problems == ()
    assert reading.article
    return re.sub(r' id="[a-z]+\d?-[0-9a-f]{8}(-\d+)?"| data-line="\d+"', "", reading.article.body)


def problems(text: str) -> list[str]:
    """Write the problems of an article as an editor sees them; its first line is line 3."""
    reading = read_article(
        "content/one.md", f"# Title\n\n{text}".encode(), language="en", find=lambda _: None
    )
    return [
        f"{problem.origin.line}: {problem.code}: {problem.message}"
        + (f" | {problem.hint}" if problem.hint else "")
        for problem in reading.problems
        if problem.origin
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("- a\n  - b\n    - c\n- d", "<ul><li><p>a</p><ul><li><p>b</p><ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li><p>a</p><ul><li>b</li></ul></li><li>c</li></ol>"),
        ("1. a\n  - b\n2. c", "<ol><li><p>a</p><ul><li>b</li></ul></li><li>c</li></ol>"),
        ("* a\n    * b\n* c", "<ul><li><p>a</p><ul><li>b</li></ul></li><li>c</li></ul>"),
        ("Text:\n- a\n- b", "<p>Text:</p>\n<ul><li>a</li><li>b</li></ul>"),
        ("Text of\n1986. No list.", "<p>Text of\n1986. No list.</p>"),
        ("- a\n\n    - b\n- c", "<ul><li><p>a</p><ul><li>b</li></ul></li><li><p>c</p></li></ul>"),
        ("- a\n1. b", "<ul><li>a</li></ul>\n<ol><li>b</li></ol>"),
        ("3. c\n4. d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        ("- a\n\n  more\n\n      code", "<ul><li><p>a</p><p>more</p>" + '<pre class="highlight language-text"><code>code\n</code></pre></li></ul>'),
        ("    - code\n      - code", '<pre class="highlight language-text"><code>- code\n  - code\n</code></pre>'),
        ("```\n- a\n  - b\n```", '<pre class="highlight language-text"><code>- a\n  - b\n</code></pre>'),
        ("> - a\n>   - b", "<blockquote><ul><li><p>a</p><ul><li>b</li></ul></li></ul></blockquote>"),
        ("- [ ] a", '<ul class="task-list"><li class="task-list-item"><span class="checkbox" role="img" aria-label="unchecked"></span> a</li></ul>'),
        ("Text\n| a | b |\n|--|:-:|\n| 1 | 2 |", '<p>Text</p>\n<table><thead><tr><th>a</th><th class="align-center">b</th></tr></thead><tbody><tr><td>1</td><td class="align-center">2</td></tr></tbody></table>'),
    ],
)  # fmt: skip
def test_lists_are_what_their_writer_saw(written: str, expected: str) -> None:
    """Lists keep their levels whatever the indent, and begin where CommonMark lets them; code stays code."""
    assert body(written) == expected


Tree = list[tuple[str, "Tree"]]
items: st.SearchStrategy[Tree] = st.recursive(
    st.lists(st.tuples(st.sampled_from(["-", "*", "1.", "1)"]), st.just([])), min_size=1, max_size=3),
    lambda inner: st.lists(st.tuples(st.sampled_from(["-", "1.", "1)"]), inner), min_size=1, max_size=3),
    max_leaves=8,
)


def written_out(tree: Tree, indent: int, loose: bool, lines: list[str]) -> list[str]:
    """Write a list as CommonMark has it: what an item holds stands under its words, all items of one kind."""
    for _, inner in tree:
        marker = tree[0][0]
        lines.append(f"{' ' * indent}{marker} word{len(lines)}")
        if loose:
            lines += ["", f"{' ' * (indent + len(marker) + 1)}para{len(lines)}", ""]
        written_out(inner, indent + len(marker) + 1, loose, lines)
    return lines


def outline(element: etree._Element) -> list[object]:
    """Reduce a tree to its lists, items and words."""
    found: list[object] = []
    for node in element.iter("ul", "ol", "li"):
        words = re.findall(r"(?:word|para)\d+", "".join(node.xpath("text() | p//text()")))
        found.append((node.tag, len(list(node.iterancestors("li"))), words))
    return found


@settings(max_examples=100, deadline=None)
@given(items, st.booleans())
def test_nested_lists_agree_with_commonmark(tree: Tree, loose: bool) -> None:
    """Lists of any shape come out as an independent CommonMark parser has them."""
    text = "\n".join(written_out(tree, 0, loose, []))
    theirs = etree.fromstring(f"<div>{MarkdownIt().render(text)}</div>")
    ours = etree.fromstring(f"<div>{body(text)}</div>")
    assert outline(ours) == outline(theirs)


def test_what_github_and_kramdown_write_comes_out() -> None:
    """Struck words, bare addresses, classes in kramdown's braces, line breaks, abbreviations, definitions."""
    assert body("~~no~~ https://example.org/a_b\\\nnext") == (
        '<p><del>no</del> <a href="https://example.org/a_b">https://example.org/a_b</a><br/>\nnext</p>'
    )
    assert body("Lead.\n{: .lead #top}") == '<p id="top" class="lead">Lead.</p>'
    assert body("Term\n: It's.\n\n*[CSS]: Style\n\nCSS") == (
        '<dl><dt>Term</dt><dd>It’s.</dd></dl>\n<p><abbr title="Style">CSS</abbr></p>'
    )
    assert body('[cortisol]{index="stress!cortisol"}') == (
        '<p><span data-index="stress!cortisol" class="index-term">cortisol</span></p>'
    )
    assert body("#hash is no heading") == "<p>#hash is no heading</p>"


def test_code_is_highlighted_and_never_changed() -> None:
    """A fence, also one in a list, becomes `pre.highlight` with its language; quotes in it stay straight."""
    assert body('- a\n  ```python\n  x = "y"\n  ```') == (
        '<ul><li><p>a</p><pre class="highlight language-python"><code><span class="n">x</span> <span class="o">=</span>'
        ' <span class="s2">"y"</span>\n</code></pre></li></ul>'
    )
    assert body('`"--"` and <kbd>"</kbd>') == '<p><code>"--"</code> and <kbd>"</kbd></p>'


def test_headings_begin_below_the_title_and_leave_no_level_out() -> None:
    """Headings are renumbered from `h2` and have GitHub's ids; an id that was written wins."""
    assert body("#### Deep\n\n## C++ & you\n\n#### Zoë's 2nd!\n\n# Last {#end}\n\n## Deep\n\n## 2024") == (
        '<h2 id="deep">Deep</h2>\n<h2 id="c--you">C++ &amp; you</h2>\n<h3 id="zoës-2nd">Zoë’s 2nd!</h3>\n'
        '<h2 id="end">Last</h2>\n<h3 id="deep-1">Deep</h3>\n<h3 id="2024">2024</h3>'
    )


def test_notes_stand_at_the_end_in_the_order_of_their_references() -> None:
    """References are numbered as they are met; notes hold no way back, for each format makes its own."""
    assert body("A[^x] b[^one] c[^x].\n\n[^one]: One.\n\n[^x]: *Ex*[^3]\n\n    - more\n\n[^3]: Three") == (
        '<p>A<a class="note-ref" id="ref-x" href="#note-x">1</a> b<a class="note-ref" id="ref-one" href="#note-one">2</a>'
        ' c<a class="note-ref" id="ref-x-2" href="#note-x">1</a>.</p>\n'
        '<section class="notes"><aside class="note" id="note-x"><p><em>Ex</em>'
        '<a class="note-ref" id="ref-3" href="#note-3">3</a></p><ul><li>more</li></ul></aside>'
        '<aside class="note" id="note-one"><p>One.</p></aside><aside class="note" id="note-3"><p>Three</p></aside></section>'
    )


def test_notes_that_do_not_fit_are_told() -> None:
    """A reference without a note, a note without a reference and a label used twice are warnings with their lines."""
    assert problems("A[^a] b[^b]\n\n[^a]: One.\n\n[^a]: Two.\n\n[^c]: Three.\n\n`[^code]`") == [
        '9: T018: nothing refers to the note "c"; it stands behind the others | put [^c] where it belongs',
        '7: T019: two notes are called "a", on lines 5 and 7: the first is meant, the other stands behind the others | call one of them something else',
        '3: T017: there is no note "b"; the reference stays as it was written | write the note: [^b]: …',
    ]


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("en", "\"Don't,\" she said, \"the '90s' dogs' 'inner' rock 'n' roll.\"", "“Don’t,” she said, “the ’90s’ dogs’ ‘inner’ rock ’n’ roll.”"),
        ("en", "\"'Nested' first,\" and \"last 'nested.'\"", "“‘Nested’ first,” and “last ‘nested.’”"),
        ("en", "so--no -- but --force 1914--18, wait---what...", "so–no – but --force 1914–18, wait—what…"),
        ("en", "ls -la -- file, git add -- -x; -5 -- so", "ls -la -- file, git add -- -x; -5 – so"),
        ("en", "a 6\" pipe, 5' long, (\"x\") —\"y\"", "a 6\" pipe, 5' long, (“x”) —“y”"),
        ("en", "6'2\" and 5' 4½\", a 10'x12' room, 10\"x12\", 40°26'46\", 6'2''", "6'2\" and 5' 4½\", a 10'x12' room, 10\"x12\", 40°26'46\", 6'2''"),
        ("en", "\"He is 6'2\" tall,\" she said, \"and I 6'2\"\" in 'a 10' x 12' room'", "“He is 6'2\" tall,” she said, “and I 6'2\"” in ‘a 10' x 12' room’"),
        ("en", "\"He is 6'2\" was \"all\" the 1990's said \"in 1990\"; '90s", "“He is 6'2” was “all” the 1990’s said “in 1990”; ’90s"),
        ("de-CH", "1'000'000", "1’000’000"),
        ("de", "\"Er hat's\", die '68er: \"Wie 'geht' es?\"", "„Er hat’s“, die ’68er: „Wie ‚geht‘ es?“"),
        ("fr", "\"L'homme\" dit: \"Quoi?\" Ah ! «oui» 12:30", "«\u202fL’homme\u202f» dit\xa0: «\u202fQuoi\u202f?\u202f» Ah\u202f! «\u202foui\u202f» 12:30"),
        ("fr-CH", "\"Oui?\"", "«Oui?»"),
        ("ja", "\"foo\" don't", "\"foo\" don’t"),
    ],
)  # fmt: skip
def test_marks_are_set_as_printers_of_the_language_set_them(language: str, typed: str, printed: str) -> None:
    """Quotation marks, apostrophes, dashes, ellipses and spaces follow the language."""
    assert set_text(typed, language) == printed
    assert set_text(printed, language) == printed


def test_marks_are_set_across_markup_but_not_in_addresses() -> None:
    """A quotation may hold links and emphasis; addresses and escaped marks stay; a language inside counts."""
    assert body('"[A *b*](x--y)" \\"c\\" https://e.org/a--b') == (
        '<p>“<a href="x--y">A <em>b</em></a>” &quot;c&quot; <a href="https://e.org/a--b">https://e.org/a--b</a></p>'
    )
    assert body('"a" <span lang="de">"b"</span>') == '<p>“a” <span lang="de">„b“</span></p>'


def test_blocks_are_listed_in_order_with_their_kinds() -> None:
    """Every block is listed once, the outer before the inner, with what it says itself; equal ones are counted."""
    reading = read_article(
        "content/one.md",
        b"# T\n\nOne.\n\nOne.\n\n> Two.\n\n| a |\n|---|\n|   |\n",
        language="en",
        find=lambda _: None,
    )
    assert reading.article
    assert reading.article.blocks == (
        Block("p-66716df6", "paragraph", digest("One."), 4),
        Block("p-66716df6-2", "paragraph", digest("One."), 4),
        Block("blockquote-2c195ed3", "quotation"),
        Block("p-c4cfda17", "paragraph", digest("Two."), 4),
        Block("th-9651e51e", "cell", digest("a"), 1),
    )
    assert reading.article.words == 4


def test_words_are_counted_in_scripts_without_spaces() -> None:
    """A contraction is one word; each ideograph and kana counts as one; note numbers do not count."""
    reading = read_article(
        "content/one.md",
        "# T\n\nDon't 2,5 これは日本。[^1]\n\n[^1]: a-b c\n".encode(),
        language="ja",
        find=lambda _: None,
    )
    assert reading.article
    assert reading.article.words == 1 + 2 + 5 + 2


@pytest.mark.parametrize(
    "text",
    [
        ">" * 250 + " x",
        "\n".join("    " * level + "- x" for level in range(250)),
        "<div>" * 3000 + "</div>" * 3000,
    ],
)
def test_what_is_nested_without_end_is_a_problem(text: str) -> None:
    """Nothing that a file holds ends in a traceback, and the next article is read as if nothing had been."""
    assert problems(text) == [
        "None: T004: the text is nested too deep to be read"
        " | look for lists, quotations or tags that open again and again without being closed"
    ]
    assert body("- a\n\n  b") == "<ul><li><p>a</p><p>b</p></li></ul>"


def test_pull_quotes_are_marked_as_a_whole() -> None:
    """An attribute list behind a quotation, or a class of raw HTML, makes the whole of it a pull quote."""
    text = "> One.\n{: .pullquote }\n\n> Two.\n>\n> Three.\n{: .pquote .wide }\n\n> Four.\n\n<aside class='pull-quote'>Five.</aside>\n"
    reading = read_article("content/a/b.md", f"# T\n\n{text}".encode(), language="en", find=lambda path: None)
    assert reading.article
    body = re.sub(r' id="[^"]*"', "", reading.article.body)
    assert body == (
        '<blockquote class="pull-quote"><p>One.</p></blockquote>\n'
        '<blockquote class="pull-quote"><p>Two.</p><p class="wide">Three.</p></blockquote>\n'
        "<blockquote><p>Four.</p></blockquote>\n"
        '<aside class="pull-quote"><p>Five.</p></aside>'
    )


def test_a_blank_line_parts_quotations() -> None:
    """Two quotations with a blank line between them are two, as every other reader of Markdown has it."""
    text = "# T\n\n> One.\n\n> Two.\n>\n> Still two.\n"
    reading = read_article("content/a/b.md", text.encode(), language="en", find=lambda path: None)
    assert reading.article
    assert reading.article.body.count("<blockquote") == 2


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("rust,ignore", "rust"),
        ("js{1,3}", "js"),
        ("sh:setup.sh", "sh"),
        ('{.python .numberLines startFrom="100"}', "python"),
        ("{r, echo=FALSE}", "r"),
        ("ruby?x", "ruby"),
        ("js {1,2} showLineNumbers", "js"),
    ],
)
@pytest.mark.parametrize("before", ["", "- ", "> "])
def test_a_fence_is_a_fence_whatever_is_said_behind_it(said: str, language: str, before: str) -> None:
    """Writers tell other programs things behind the language: the code stays code, and what follows stays prose."""
    lead = " " * len(before) if before == "- " else before
    text = f"{before}```{said}\n{lead}a = `b`\n{lead}```\n\nA `c` d."
    assert f'class="highlight language-{language}"' in body(text)
    assert body(text).endswith("<p>A <code>c</code> d.</p>")


def test_the_title_of_code_is_kept() -> None:
    """A title behind the language stands above the code, whatever else is said there."""
    assert '<span class="filename">one.js</span>' in body('```js {1,2} title="one.js"\nx\n```')


def test_code_that_is_never_closed_goes_on_to_the_end() -> None:
    """Code without a closing fence ends with the quotation that it stands in, or with the text."""
    assert body("> ```\n> a\n\nAfter") == (
        '<blockquote><pre class="highlight language-text"><code>a\n</code></pre></blockquote>\n<p>After</p>'
    )
    assert body("```\na\n\nb") == '<pre class="highlight language-text"><code>a\n\nb\n</code></pre>'


@pytest.mark.parametrize(
    "text", ["A {{ page.title }}", "A\n{% endraw %}", "Say {name}", "`a`{b}", "[a]{b}", "\\sqrt[3]{x}"]
)
def test_braces_that_are_no_attributes_are_text(text: str) -> None:
    """Tags of site generators, placeholders and formulas in braces are never taken for attributes, and so lost."""
    for made in (body(text), body(f"One.\n\n## {text}")):
        shown = re.sub(r"<[^>]*>|`", "", made)
        assert all(word in shown for word in re.findall(r"\{+.*\}+", text))


def test_attributes_on_a_line_of_their_own_belong_to_the_block_before() -> None:
    """So kramdown has it, behind headings and lists; the line itself is never text."""
    assert body("One.\n\n## Two\n{: #second}\n\n- a\n\n{: .wide}\n\nEnd.\n") == (
        '<p>One.</p>\n<h2 id="second">Two</h2>\n<ul class="wide"><li>a</li></ul>\n<p>End.</p>'
    )


def test_a_space_at_one_end_of_code_still_parts_two_words() -> None:
    """Code loses the spaces at its ends only where it has them at both."""
    assert body("a `b 'c' `d ` e ` f") == "<p>a <code>b 'c' </code>d <code>e</code> f</p>"


def test_a_second_note_of_one_label_is_kept() -> None:
    """The first note is the one that is meant; the other is told of and stands behind it, whole."""
    reading = read_article(
        "content/a/b.md",
        b"# T\n\nA[^a].\n\n[^a]: One.\n\n[^a]: Two.\n",
        language="en",
        find=lambda path: None,
    )
    assert reading.article
    assert 'id="note-a"><p id="p-66716df6">One.' in reading.article.body
    assert 'id="note-a-2"><p id="p-c4cfda17">Two.' in reading.article.body
    assert [problem.code for problem in reading.problems] == ["T019"]


def test_patterns_are_not_taken_for_notes() -> None:
    r"""What is no label, such as `[^\s]` without its backticks, is not missed as a note."""
    assert problems("A [^\\s] b [^.] c") == []


@pytest.mark.parametrize("before", ["<!-- x -->", "<!-- x\ny -->"])
def test_words_behind_a_comment_stay_in_their_order(before: str) -> None:
    """An entity in words that stand behind a comment is where it was written."""
    assert body(f"{before} A &amp;amp; b &copy; c") == "<p>A &amp;amp; b © c</p>"


def test_cells_beyond_the_head_of_a_table_are_kept() -> None:
    """A row that is longer than the head is written by mistake; what it says is said all the same."""
    made = body("| a | b |\n|--:|---|\n| 1 | 2 | 3 | *4* |\n| 5 |")
    assert re.findall("<td[^>]*>(.*?)</td>", made) == ["1", "2", "3", "<em>4</em>", "5", ""]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("> [!NOTE]\n> Larks *sing*.", "<p><strong>Note</strong></p><p>Larks <em>sing</em>.</p>"),
        ("> [!tip]- Get up\n> At four.", "<p><strong>Get up</strong></p><p>At four.</p>"),
        ("> [!WARNING]\n>\n> - Owls", "<p><strong>Warning</strong></p><ul><li>Owls</li></ul>"),
        ("> [!?] no", "<p>[!?] no</p>"),
    ],
)
def test_alerts_say_in_words_what_they_are(text: str, made: str) -> None:
    """The marks of GitHub's and Obsidian's alerts become their titles."""
    assert body(text) == f"<blockquote>{made}</blockquote>"
