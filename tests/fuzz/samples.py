"""Small good files of every kind, from which fuzzing sets out. The words are ours."""

from __future__ import annotations

ARTICLE = """---
title: "The lamp: a history"
standfirst: >
  How a light
  was kept.
authors:
  - Hedda Marsh
  - {name: Iorwerth Pye, role: translator, credited-as: I. P.}
date: 2025-07-29
tags: [light, "sea"]
related:
  - salt
  - {standfirst: How salt was sold., section: Trade, date: 2024-01-02}
weight: 3
language: en-GB
id: the-lamp
aliases: [/lamp/, old-lamp]
rights: {status: cleared, holder: The Office}
picture-rights: [{file: lamp.png, status: own}]
source:
  url: https://example.org/lamp
  date: 2025-07-29
own-key: {deep: [1, 1.10, yes]}
draft: no
---

# The lamp

Word1 of the *keeper* and **his** [lamp](https://example.org "title"), `code` and a note[^1].

- word2
    - word3

      word4
1. word5
2. word6

> A quotation -- "as 'said'" ...
> {: .pullquote }

| a | b |
|---|--:|
| word7 | word8 |

```python
word9 = "lamp"
```

Term
: word10

<div markdown="1">word11 <b>bold</b></div>

![A lamp](lamp.png "A caption")

## Head {#head}

~~word12~~ [x]{index="light!lamp"} H~2~O \\* &amp; &nbsp; &#64; <https://example.org>

*[AT]: as told

- [ ] word13
- [x] word14

[^1]: word15

    word16
"""

TOML_ARTICLE = """+++
title = "The lamp"
date = 2025-07-29
draft = false
related = ["salt", "sea"]
tags = ["light"]
weight = 3

[rights]
status = "cleared"

[[authors]]
name = "Hedda Marsh"
role = "editor"
+++

Word1 and word2.
"""

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The lamp | The Office</title>
<meta property="og:title" content="The lamp"><meta name="author" content="Hedda Marsh">
<meta property="article:published_time" content="2025-07-29T10:00:00Z">
<link rel="canonical" href="https://example.org/lamp">
<script type="application/ld+json">{"@type": "Article", "headline": "The lamp", "author": {"name": "Hedda Marsh"}}</script>
</head><body><nav><a href="/">Home</a> <a href="/trade">Trade</a></nav>
<article><h1>The lamp</h1><p class="standfirst">How a light was kept on the long wall of the harbour.</p>
<p class="byline">By <a rel="author" href="/hedda">Hedda Marsh</a></p><time datetime="2025-07-29">July 29, 2025</time>
<p>The keeper of the lamp wrote word1 every evening, before the boats of the estuary came in, and he never left it out.</p>
<h2>What he wrote</h2><ul><li>word2 of the wind</li><li>word3 of the tide</li></ul>
<blockquote><p>A lamp is a promise that is word4 kept every night of a year.</p></blockquote>
<figure><img src="lamp.png" alt="A lamp"><figcaption>word5 by the wall</figcaption></figure>
<table><tr><th>night</th><th>oil</th></tr><tr><td>word6</td><td>word7</td></tr></table>
<pre><code>word8 = 1</code></pre>
<p>In the last winter of the old lamp, the office sent word9 to him, and he read it twice<sup><a href="#fn1">1</a></sup>.</p>
<ol><li id="fn1">word10 of the note.</li></ol></article>
<aside><h3>Related</h3><a href="/salt">Salt</a></aside><footer>© The Office. Subscribe to our newsletter.</footer></body></html>
"""

CAPTURE = """Trade
The lamp.
How a light was kept on the long wall of the harbour, told by those who kept it.
X Linkedin Facebook Reddit Email Bluesky
By Hedda Marsh
July 29, 2025 - 3 min Read
The keeper of the lamp wrote word1 every evening, before the boats of the estuary came in.
The keeper of the lamp wrote word1 every evening, before the boats of the estuary came in.
9–11 words
A lamp is a promise that is kept every night.
ADVERTISEMENT
In the last winter of the old lamp, the office sent word2 to him, and he read it twice.

Correction: the wall is long.
Related Articles
Trade
How salt was sold in the lower town, and who bought it there.
January 2, 2024
"""

CONFIG = """[book]
title = "A Book"
subtitle = "Of lamps"
language = "en-GB"
editors = ["Hedda Marsh"]
date = 2026-01-01
identifier = "urn:uuid:0a2f7a5e-9d3c-4c1f-8a4e-53d1f1f3b6a2"
keywords = ["a", "b"]

[imprint]
copyright = ["© 2026 the authors"]

[labels]
page = "p."
related = "Read on"

[[sections]]
title = "Mind and body"
slug = "mind"
order = "listed"
articles = ["one", "*"]

[related]
limit = 5
suggest = false

[contributors.hedda-marsh]
name = "Hedda Marsh"
sort = "Marsh, Hedda"
also = ["H. Marsh"]

[rights]
required = false

[fonts]
fallback = ["Noto Serif CJK JP"]

[check]
ignore = [{code = "L014", path = "content/x.md", reason = "so"}]

[editions.ebook]
format = "epub"
isbn = ""
pages-from = "print"

[editions.print]
format = "pdf"
trim = "6x9in"
start = "any"
links = "notes"

[editions.kdp]
format = "pdf"
printer = "kdp"
"""

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20">
<title>Lamp</title><style>.a { fill: red; background: url(x.png) }</style>
<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient><path id="p" d="M0 0h9v9z"/></defs>
<rect class="a" width="9" height="9" fill="url(#g) red" onclick="x()"/><use xlink:href="#p"/><a href="https://example.org"><text>word1</text></a>
<image href="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=" width="4" height="4"/>
<foreignObject width="9" height="9"><div xmlns="http://www.w3.org/1999/xhtml"><p>word2</p></div></foreignObject>
<script>alert(1)</script><animate attributeName="href" to="x"/><switch><g requiredFeatures="x"/><text>word3</text></switch></svg>
"""

STYLES = """@charset "utf-8";
@import url("other.css");
@font-face { font-family: Lamp; src: url(lamp.woff2) format("woff2"), local("Lamp") }
:root { --tint: #a33; direction: rtl }
h1, h2.head > a:hover { color: var(--tint); background: url("lamp.png") no-repeat; & b { display: none } }
p::before { content: "\\201c}" url(lamp.svg) } /* } */
@media print { .x { position: absolute; left: -9999px } }
@media screen { .y { visibility: hidden !important } @supports (display: grid) { .z { opacity: 0 } } }
.w { background-image: image-set("lamp.png" 1x, url(https://example.org/lamp.png) 2x) }
"""
