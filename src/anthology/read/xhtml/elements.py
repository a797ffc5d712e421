"""The elements and attributes of XHTML that an article's body may hold, and what becomes of the others."""

from __future__ import annotations

from anthology.wording import UNCOUNTED

XHTML = "http://www.w3.org/1999/xhtml"
SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

# Phrasing content that is kept (HTML Living Standard, 3.2.5.2.5).
INLINE = _names(
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup"
    " time u var wbr"
)

# Blocks that hold other blocks, and what they are called in a book: `nav` and `main` have no sense in an article.
CONTAINERS = {
    "address": "div",
    "article": "section",
    "aside": "aside",
    "blockquote": "blockquote",
    "center": "div",
    "details": "div",
    "div": "div",
    "fieldset": "div",
    "footer": "div",
    "form": "div",
    "header": "div",
    "hgroup": "div",
    "main": "div",
    "nav": "div",
    "search": "div",
    "section": "section",
}

# Blocks that hold words and phrases only.
PARAGRAPHS = {"p": "p", "legend": "p", "summary": "p", **{heading: heading for heading in HEADINGS}}
PREFORMATTED = _names("pre listing xmp plaintext")
LISTS = {"ul": "ul", "ol": "ol", "menu": "ul", "dir": "ul"}

# Elements of the past, and what says the same today.
RENAMED = {
    "acronym": "abbr",
    "big": "span",
    "font": "span",
    "nobr": "span",
    "strike": "s",
    "tt": "code",
    "output": "span",
    "label": "span",
    "button": "span",
    "meter": "span",
    "progress": "span",
}

# What is played or framed: a link to it is all that a book can hold.
EMBEDDED = _names("applet audio embed iframe object video")
LEFT_OUT = _names("script style template")
CONTROLS = _names("input select textarea datalist")

# Taken away without a word: nothing that a reader sees.
INVISIBLE = _names(
    "area base basefont bgsound col colgroup link map meta param source track frame frameset keygen"
)

# Known to HTML, of no use in a book; what they hold stays.
TRANSPARENT = _names(
    "blink body canvas dialog head html marquee menuitem noembed noframes noscript optgroup option picture portal"
    " rb rtc slot title multicol spacer svg math table caption tbody thead tfoot tr td th li dl dt dd figure"
    " figcaption image selectedcontent hr"
)

KNOWN = (
    INLINE
    | frozenset(CONTAINERS)
    | frozenset(PARAGRAPHS)
    | PREFORMATTED
    | frozenset(LISTS)
    | frozenset(RENAMED)
    | EMBEDDED
    | LEFT_OUT
    | CONTROLS
    | INVISIBLE
    | TRANSPARENT
)

# One of these that is never closed swallows the rest: as text that is not parsed (HTML Living Standard, 13.1.2),
# or into a drawing or formula.
SWALLOWING = _names(
    "iframe math noembed noframes plaintext script select style svg template textarea title xmp"
)

# What ends the paragraph that it stands in.
BLOCKS = (
    frozenset(CONTAINERS)
    | frozenset(PARAGRAPHS)
    | PREFORMATTED
    | frozenset(LISTS)
    | _names("li dl dt dd table caption tbody thead tfoot tr td th figure figcaption hr")
)

# What stands apart from the words around it, though it holds words only.
APART = BLOCKS | _names("option optgroup select textarea datalist button")

GLOBAL_ATTRIBUTES = _names("id class lang dir title")
ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": _names("href hreflang"),
    "data": _names("value"),
    "img": _names("src alt"),
    "li": _names("value"),
    "ol": _names("start type reversed"),
    "td": _names("colspan rowspan headers"),
    "th": _names("colspan rowspan headers scope abbr"),
    "time": _names("datetime"),
}

# Classes that mean something of ours: an author's own of the same name must not be taken for them.
RESERVED_CLASSES = UNCOUNTED | _names("note notes picture-elsewhere picture-missing index-term checkbox")
