"""Markdown posts of site generators: what their front matter, names and tags mean here."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anthology.importers.markdown_post import import_markdown_post, recognises
from anthology.importers.model import Dropped, Imported, LineCounts
from anthology.model import Credit, Origin
from anthology.problems import ContentError, Problem


def post(text: str, path: str = "blog/post.md") -> Imported:
    """Import a post."""
    return import_markdown_post(path, text.encode())


def body(text: str) -> str:
    """Import a post without front matter and give its text."""
    return post(text).body


JEKYLL = """\
---
layout: post
title: "The Lark at Four"
description: Why larks sing before the sun is up.
author: Amara Okonkwo
categories: [birds, mornings]
tags: song, light
permalink: /larks/four/
class: lark
related:
  - the-owl
  - the-wren
published: false
mood: 010
---

# The Lark at Four

Larks sing early.
<!--more-->
They have reasons.
"""


def test_a_jekyll_post_is_read_by_meaning() -> None:
    """Each key that Jekyll knows finds its place; others are kept as they were written; every line is counted."""
    assert post(JEKYLL, "site/_posts/2019-05-01-lark-at-four.md") == Imported(
        "markdown-post",
        "The Lark at Four",
        "Larks sing early.\nThey have reasons.",
        credits=(Credit("Amara Okonkwo"),),
        byline="Amara Okonkwo",
        date=dt.date(2019, 5, 1),
        section="birds",
        standfirst="Why larks sing before the sun is up.",
        tags=("song", "light", "mornings"),
        aliases=("lark", "/larks/four/", "lark-at-four"),
        draft=True,
        paragraphs=1,
        lines=LineCounts(total=21, blank=2, kept=2, front_matter=13, related=3, dropped=1),
        dropped=(Dropped(20, "instruction", "<!--more-->"),),
        references=("the-owl", "the-wren"),
        extra={"mood": "010"},
    )


def test_a_hugo_post_is_read_by_meaning() -> None:
    """TOML, aliases of old addresses, several authors, a draft, a bundle with its picture."""
    made = post(
        '+++\ntitle = "Salt"\ndate = 2021-03-04T08:00:00Z\ndraft = true\nauthors = ["A. Baker", "B. Miller"]\n'
        'aliases = ["/old/salt/"]\nslug = "on-salt"\nweight = 3\n+++\n![A salt pan](pan.jpg)\n',
        "content/kitchen/salt/index.md",
    )
    assert made.title == "Salt"
    assert made.date == dt.date(2021, 3, 4)
    assert made.draft
    assert [credit.name for credit in made.credits] == ["A. Baker", "B. Miller"]
    assert made.aliases == ("on-salt", "/old/salt/", "salt")
    assert made.pictures == ("pan.jpg",)
    assert made.extra == {"weight": 3}


def test_a_zola_post_is_read_by_meaning() -> None:
    """Taxonomies and the group of extra fields are looked into."""
    made = post(
        '+++\ntitle = "Rye"\n[taxonomies]\ncategories = ["Bread"]\ntags = ["grain"]\n[extra]\nlang = "de"\nhue = "red"\n+++\nText\n'
    )
    assert (made.section, made.tags, made.language, made.extra) == ("Bread", ("grain",), "de", {"hue": "red"})


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("blog/2019-05-01-title.md", {"date": dt.date(2019, 5, 1), "title": "Title", "aliases": ("title",)}),
        ("blog/a-post.de.md", {"language": "de", "title": "A post", "aliases": ("a-post",)}),
        ("blog/a-post.pt-BR.md", {"language": "pt-BR", "title": "A post"}),
        ("blog/2020-01-02-birds/index.md", {"date": dt.date(2020, 1, 2), "title": "Birds"}),
        ("blog/2019-13-01-title.md", {"date": None, "title": "2019 13 01 title"}),
        ("_drafts/owl.markdown", {"draft": True, "title": "Owl"}),
    ],
)
def test_the_name_of_a_file_tells_what_the_front_matter_does_not(path: str, expected: dict[str, Any]) -> None:
    """Date, language, draft and, for want of a better, the title stand in the path."""
    made = post("Words.\n", path)
    assert {name: getattr(made, name) for name in expected} == expected


def test_empty_lines_may_stand_before_the_front_matter() -> None:
    """Hugo skips them; but a rule at the top, with text behind it, is no front matter."""
    made = post("\n\n---\ntitle: Owls\n---\nText.\n")
    assert (made.title, made.body) == ("Owls", "Text.")
    assert made.lines == LineCounts(6, 2, 1, 3, 0, 0)
    assert body("\n---\n\nOne: two.\n\n---\nx\n") == "---\n\nOne: two.\n\n---\nx"


def test_front_matter_goes_before_the_name() -> None:
    """What the post says of itself is right."""
    made = post("---\ndate: 2020-02-02\nlang: fr\n---\nMots.\n", "2019-05-01-x.de.md")
    assert (made.date, made.language) == (dt.date(2020, 2, 2), "fr")


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("# Owls\n\nText.\n", "Owls", "Text."),
        ("Owls\n====\n\nText.\n", "Owls", "Text."),
        ("# Owls {#owls}\nText.\n", "Owls", "Text."),
        ("---\ntitle: Owls\n---\n# *Owls*\nText.\n", "Owls", "Text."),
        ("---\ntitle: Owls\n---\n# Of eyes\nText.\n", "Owls", "# Of eyes\nText."),
        ("---\ntitle: Owls\n---\nText.\n\n# Owls\n", "Owls", "Text.\n\n# Owls"),
        ("## Eyes\n", "Post", "## Eyes"),
    ],
)
def test_only_a_leading_heading_that_is_the_title_goes(text: str, title: str, rest: str) -> None:
    """The title is said once; every other heading stays."""
    made = post(text)
    assert (made.title, made.body) == (title, rest)


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ('{{< figure src="owl.jpg" alt="An owl" caption="At dusk" >}}', '![An owl](owl.jpg "At dusk")'),
        ("{{< figure src='a b.jpg' >}}", "![](<a b.jpg>)"),
        ("{% highlight python %}\nx = 1\n{% endhighlight %}", "```python\nx = 1\n```"),
        ('{{< highlight go "linenos=table" >}}\nx\n{{< /highlight >}}', "```go\nx\n```"),
        ("{{< youtube abc-_1 >}}", "<https://www.youtube.com/watch?v=abc-_1>"),
        ('{{ youtube(id="abc") }}', "<https://www.youtube.com/watch?v=abc>"),
        ('{% include youtube.html id="abc" %}', "<https://www.youtube.com/watch?v=abc>"),
        ("[owl]({% post_url 2019-05-01-owl %})", "[owl](owl)"),
        ('[owl]({{< ref "birds/owl.md#eyes" >}})', "[owl](owl#eyes)"),
        ('[owl]({{< relref "/birds/owl/index.de.md" >}})', "[owl](owl)"),
        ("[owl](../birds/2019-05-01-owl.md#eyes)", "[owl](owl#eyes)"),
        ("[owl](https://example.org/owl.md)", "[owl](https://example.org/owl.md)"),
        ('![]({{ "/assets/owl.jpg" | relative_url }})', "![](/assets/owl.jpg)"),
        ("![]({{ site.baseurl }}/owl.jpg)", "![](/owl.jpg)"),
        ("a {% raw %}\n{% raw %}\nb", "a {% raw %}\nb"),
        ("a\n{% comment %}\nnote\n{% endcomment %}\nb", "a\nb"),
        ("`{{ site.url }}` and `[x](y.md)`", "`{{ site.url }}` and `[x](y.md)`"),
        ("```\n{{< youtube abc >}}\n<!--more-->\n```", "```\n{{< youtube abc >}}\n<!--more-->\n```"),
        ("[owl]: ../birds/2019-05-01-owl.md#eyes", "[owl]: owl#eyes"),
        ('<a href="2019-05-01-owl.mdx">', '<a href="owl">'),
        ("Use `{% raw %}{{ page.title }}{% endraw %}`.", "Use `{{ page.title }}`."),
        ("{% raw %}\n{{ site.baseurl }}\n{% endraw %}", "{{ site.baseurl }}"),
        ("{% codeblock lang:js A title %}\nx\n{% endcodeblock %}", "```js\nx\n```"),
        ('{{< code file="a/b.html" copy="false" >}}\n<base>\n{{< /code >}}', "```html\n<base>\n```"),
        ("* TOC\n{:toc}\n\nText", "Text"),
        ("[TOC]\n\nText [[toc]]", "Text [[toc]]"),
        ("{::options toc_levels='2' /}\n{::nomarkdown}\n<b>x</b>\n{:/}", "<b>x</b>"),
        ("import Tabs from '@theme/Tabs';\n\nWe import it from \"here\"", 'We import it from "here"'),
        ("{% comment %} never closed", "{% comment %} never closed"),
        ("{% highlight c %} never closed", "{% highlight c %} never closed"),
    ],
)
def test_tags_with_a_counterpart_are_put_into_markdown(written: str, made: str) -> None:
    """Figures, code, films and references of generators come out as Markdown; code is left alone."""
    assert body(f"{written}\n") == made


def test_a_tag_without_a_counterpart_is_kept_and_told() -> None:
    """Nobody knows what stood there: it stays in the text, with its line in the account."""
    made = post("One.\n\n{% include quiz.html %} two\n")
    assert made.body == "One.\n\n{% include quiz.html %} two"
    assert made.unrecognised == ((3, "{% include quiz.html %} two"),)
    assert made.problems == (
        Problem(
            "M071",
            "warning",
            "{% include quiz.html %} is a tag of the site generator; it is kept as text",
            Origin("blog/post.md", 3),
            "write in the article what it stood for",
            fold="{count} tags of the site generator are kept as text",
        ),
    )


def test_a_value_that_yaml_misreads_is_read_all_the_same() -> None:
    """A title with a colon is a title; the line is told."""
    made = post("---\ntitle: Bread: a history\ntags: [a, b]\n---\nText.\n")
    assert (made.title, made.tags) == ("Bread: a history", ("a", "b"))
    assert [(problem.code, problem.origin) for problem in made.problems] == [
        ("M070", Origin("blog/post.md", 2))
    ]


def test_a_value_that_means_nothing_is_kept_under_another_key() -> None:
    """A date that no calendar has is not thrown away, and does not stop the book."""
    made = post("---\ndate: 2019-02-30\n---\nText.\n")
    assert made.date is None
    assert made.extra == {"date-as-written": "2019-02-30"}
    assert [(problem.code, problem.message) for problem in made.problems] == [
        ("M072", '"date": there is no such day as 2019-02-30; it is kept as "date-as-written"')
    ]


def test_front_matter_that_is_none_is_a_problem_with_its_line() -> None:
    """What neither YAML nor quotes make readable is named."""
    with pytest.raises(ContentError) as caught:
        post("---\ntitle: x\n  - y: [\n---\nText.\n")
    assert caught.value.problems[0].code == "F002"
    assert caught.value.problems[0].origin == Origin("blog/post.md", 3)


def test_pictures_are_told_apart_by_where_they_lie() -> None:
    """Those beside the post come along, those on the web are named; code and data have none."""
    made = post(
        "---\nimage: cover.png\n---\n![a](img/a.png) ![b](https://example.org/b.png) ![c](</c d.png>)\n\n"
        '<img alt="" src="e.svg">\n\n`![x](x.png)` ![d](data:image/png;base64,AA==)\n\n```\n![y](y.png)\n```\n'
    )
    assert made.pictures == ("cover.png", "img/a.png", "e.svg")
    assert made.remote_pictures == ("https://example.org/b.png",)


def test_posts_are_known_by_their_suffix() -> None:
    """Markdown goes by several names."""
    assert [recognises(f"a.{suffix}", b"") for suffix in ("md", "MARKDOWN", "mdx", "txt", "html")] == [
        True,
        True,
        True,
        False,
        False,
    ]


PIECES = (
    "---",
    "+++",
    "title: Owls",
    "# Owls",
    "",
    "Text.",
    "<!--more-->",
    "```",
    "{% raw %}",
    "related:",
    "  - x",
    "{{ x }}",
    "{% comment %}",
    "{% endcomment %}",
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("\n".join))
def test_every_line_is_accounted_for(text: str) -> None:
    """Whatever a post is made of, the counts add up to its lines, and no line of prose is lost."""
    try:
        made = post(text)
    except ContentError:
        return
    counts = made.lines
    assert counts.total == counts.blank + counts.kept + counts.front_matter + counts.related + counts.dropped
    if not text.startswith(("---", "+++")) and "comment" not in text:
        assert made.body.split("\n").count("Text.") == text.split("\n").count("Text.")


@pytest.mark.parametrize(
    "piece",
    [
        "{%",
        "{{",
        "{{<",
        "![",
        "[x](",
        "<img ",
        "`",
        "# ",
        " ",
        "{% comment %}\n",
        "{% highlight c %}\n",
        "```\n",
        "](a.md",
        "*_",
    ],
)
def test_no_post_takes_long(piece: str) -> None:
    """A post that is made to be slow is read in a few seconds, however it is made."""
    began = time.perf_counter()
    for text in (piece * (60_000 // len(piece)), "# x" + piece * (60_000 // len(piece)) + "%}"):
        post(text)
    assert time.perf_counter() - began < 5
