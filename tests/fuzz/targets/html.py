"""HTML in articles: any tags in any order give a sound body, and no word in them is lost."""

# ruff: noqa: SIM905 - names are read, and added to, as text

from __future__ import annotations

from collections import Counter

from fuzz.choices import Choices, document
from fuzz.promises import WORD, read, words_of
from fuzz.samples import PAGE

_TAGS = (
    "p div ul ol li table tr td th tbody thead tfoot caption colgroup b i em strong a span h1 h2 h3 h6 dl "
    "dt dd blockquote pre code figure figcaption center section aside article nav header footer main "
    "label button details summary sup sub ruby rt rp font x-own select option s u small q cite abbr time "
    "del ins mark kbd samp var bdo address fieldset legend form hgroup"
).split()
_OTHERS = (
    *("<svg>", "<svg viewBox='0 0 9 9'>", "<g>", "<path d='M0 0'/>", "<title>", "</title>", "<desc>", "</svg>", "<foreignObject>"),
    *("</foreignObject>", "<math>", "<mi>", "<mrow>", "<annotation-xml encoding='text/html'>", "</math>", "<script>", "</script>"),
    *("<style>", "</style>", "<iframe src='https://a.b'>", "</iframe>", "<video src=x>", "</video>", "<object>", "</object>"),
    *("<img src=a.png alt=b>", "<img srcset='a 1x' src=https://a.b/c>", "<picture>", "<source srcset=a>", "</picture>"),
    *("<template>", "</template>", "<noscript>", "</noscript>", "<textarea>", "</textarea>", "<input type=checkbox checked>"),
    *("<html>", "<body>", "</body>", "<head>", "<base href=x>", "<meta charset=x>", "<link rel=attachment href=x>", "<plaintext>"),
    *("<!--", "-->", "<!-->", "--!>", "<![CDATA[", "]]>", "<?pi", "?>", "<!doctype html>", "</", "<", ">", "/>", "=", '"', "'"),
    *("<p id=a>", "<p id=a class='b c'>", "<a href='#a'>", "<a name=a>", "<td colspan=99999999>", "<td rowspan=0>", "<th colspan=-1>"),
    *("<ol start=-3>", "<li value=9>", "<p style='display:none'>", "<p hidden>", "<p onclick=x>", "<a href='javascript:x'>"),
    *("<p lang=de dir=rtl>", "<p epub:type=x>", "<p x:y=z>", "<p =a>", "<p \x00=a>", "<o:p>", "<1>", "<br/>", "<hr>", "<wbr>"),
    *("&nbsp;", "&", "&lt;", "&#0;", "&#xD800;", "&#x110000;", "&bogus;", "&amp;lt;", "\x0c", "\x00", "\ufffe", "\U0001f600"),
    *("\n\n", "\n", " ", "\t", "\n- ", "\n> ", "\n    ", "*", "`", "[^1]", "\n\n[^1]: ", "![a](b.png)", "<sup><a href='#fn1'>1</a></sup>"),
    *("<li id=fn1>", "<p class=pullquote>", "<span data-index='a!b'>", "<div markdown=1>", "<div>" * 40, "<b>" * 30, "</div>" * 20),
)  # fmt: skip
TOKENS = (
    *(f"<{tag}>" for tag in _TAGS), *(f"</{tag}>" for tag in _TAGS), *_OTHERS, *(f" word{number} " for number in range(9)),
)  # fmt: skip
# Those whose content is shown as text in any case; options, for one, are shown by a browser alone.
_SHOWN = tuple(f"<{tag}>" for tag in _TAGS) + tuple(f"</{tag}>" for tag in _TAGS)
_SPACES = ("\n\n", "\n", " ", "<br>", "<hr>", "&nbsp;", "<!-- a -->", "&amp;")
SEEDS = (PAGE.encode(), PAGE.partition("<article>")[2].encode())


def check(data: bytes) -> None:
    """Read an article whose text is any HTML; of tags that say nothing of their own, all words come out once."""
    choices = Choices(data)
    if choices.number(2):
        read(b"---\ntitle: T\n---\n" + document(choices.rest(), SEEDS, TOKENS))
        return
    text = _shown(choices)
    words = words_of(read(f"---\ntitle: T\n---\n{text}".encode()))
    assert words is None or words == Counter(WORD.findall(text)), (text, words)


def _shown(choices: Choices) -> str:
    made: list[str] = []
    for number, byte in enumerate(choices.rest()):
        if byte < 0x50:
            made.append(f" word{number} ")
        else:
            kinds = (*_SHOWN, *_SPACES)
            made.append(kinds[(byte - 0x50 + number) % len(kinds)])
    return "".join(made)
