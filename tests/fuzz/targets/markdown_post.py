"""Posts of site generators: their front matter, their tags, their lines."""

from __future__ import annotations

from anthology.importers.markdown_post import import_markdown_post
from anthology.problems import ContentError
from fuzz.choices import document
from fuzz.promises import check_import, check_problems, lines_in
from fuzz.samples import ARTICLE, TOML_ARTICLE
from fuzz.targets.front_matter import TOKENS as _FRONT

TOKENS = (
    *_FRONT,
    *("{% include a.html %}", "{% highlight python %}\n", "{% endhighlight %}", "{% post_url 2020-01-01-a %}", "{% raw %}"),
    *("{% endraw %}", "{{< figure src=\"a.png\" caption=\"b\" >}}", "{{< youtube x >}}", "{{% note %}}", "{{ site.url }}", "{%", "%}"),
    *("{{", "}}", "<!--more-->", "<!-- excerpt -->", "![a](b.png)", "![a](../b.png \"c\")", "[a](b.md#c)", "[a]: c.md\n", "<img src=a.png>"),
    *("{{< gist a b >}}", "{{< /note >}}", "import A from 'a'\n", "export const a = 1\n", "<A />", "# Head {#a}\n", "Head\n===\n", "```\n"),
    *("permalink: /a/\n", "slug: a\n", "class: a\n", "layout: post\n", "categories: [a, b]\n", "published: false\n", "\n$$\na\n$$\n"),
)  # fmt: skip
_JEKYLL = """---
layout: post
title: The lamp
date: 2025-07-29 10:00:00 +0200
categories: [trade]
permalink: /lamp/
tags: light sea
---
{% include top.html %}
Word1. <!--more-->

{% highlight python %}
word2
{% endhighlight %}

![A lamp](/assets/lamp.png)

See [salt](2024-01-02-salt.md#a) and {% post_url 2024-01-02-salt %}.
"""
SEEDS = (_JEKYLL.encode(), ARTICLE.encode(), TOML_ARTICLE.encode())
_PATHS = ("_posts/2025-07-29-the-lamp.md", "a/index.de.md", "_index.md", "-.mdx")


def check(data: bytes) -> None:
    """Import a post: its account adds up, and its article is read without a fault."""
    made = document(data, SEEDS, TOKENS)
    path = _PATHS[len(data) % len(_PATHS)]
    try:
        imported = import_markdown_post(path, made, lambda _: None)
    except ContentError as refused:
        check_problems(refused.problems, lines_in(made), path)
        return
    assert imported == import_markdown_post(path, made, lambda _: None)
    check_import(imported, lines_in(made))
