"""Drawings: made safe and valid, once and for all, or refused."""

# ruff: noqa: SIM905 - names are read, and added to, as text

from __future__ import annotations

import re

from lxml import etree

from anthology.drawings.cleaning import cleaned_drawing
from fuzz.choices import Choices, document
from fuzz.samples import DRAWING

_SVG = "{http://www.w3.org/2000/svg}"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
TOKENS = (
    *('<svg xmlns="http://www.w3.org/2000/svg">', "</svg>", "<g>", "</g>", "<use href='#p'/>", "<use xlink:href='#q'/>", "<a href='#p'>"),
    *("</a>", "<image href='x.png'/>", "<image href='data:image/png;base64,AAAA'/>", "<image href='data:,x'/>", "<style>", "</style>"),
    *("<style type='a'>", "@import 'x';", "a{b:url(x)}", "a{b:url(#p)}", "\\75rl(x)", "/* */", "<script>", "</script>", "<SCRIPT/>"),
    *(" onload='x'", " ONclick='x'", " style='fill:url(x)'", " style='fill:\\75 rl(x)'", " fill='url(#p) none'", " fill='url(//x)'"),
    *(" id='p'", " id='1 2'", " id=''", " id='a:b'", " viewBox='0 0 9 9'", " viewbox='a'", " width='1e9'", " height='-1'", " width='1%'"),
    *(" xml:base='http://x'", " xlink:href='javascript:x'", " href=' javascript:x'", " x:y='z'", " xmlns:x='y'", "<x:y/>", "<foreignObject>"),
    *("</foreignObject>", "<p xmlns='http://www.w3.org/1999/xhtml'>w</p>", "<switch>", "</switch>", "<animate attributeName='href'/>"),
    *("<set attributeName='xlink:href'/>", "<set attributeName='onload'/>", "<text>", "</text>", "<title>", "</title>", "<metadata>"),
    *("<!ENTITY a 'b'>", "<!DOCTYPE svg [", "]>", "&a;", "&nbsp;", "&lt;", "&#1;", "<!--", "-->", "<?xml-stylesheet href='x'?>", "<![CDATA["),
    *("]]>", '<?xml version="1.1"?>', '<?xml version="1.0" encoding="utf-16"?>', "<clippath>", "</clippath>", "<lineargradient/>", "<", ">"),
    *("/", "'", '"', "=", " ", "\n", "\x00", "\ufeff", "é", "<html>", "<iframe src='x'/>", "<video/>", "<handler/>", "<mask id='p'/>", "0"),
)  # fmt: skip
SEEDS = (DRAWING.encode(), b'<svg xmlns="http://www.w3.org/2000/svg"/>', DRAWING.encode("utf-16"))


_NAMES = (
    "g rect path use image a style text tspan title desc defs symbol linearGradient radialgradient stop "
    "clippath mask filter feImage pattern marker switch foreignObject p:div metadata script handler "
    "animate set x:y flowRoot textPath view svg"
).split()
_ATTRIBUTES = (
    "id class style fill stroke href xlink:href xml:lang xml:space xml:base viewBox viewbox width height "
    "x transform d onclick attributeName to values begin type media content aria-labelledby data-x p:z "
    "x:z clip-path mask filter title"
).split()
_VALUES = (
    *("p", "q", "1 2", "a:b", "#p", "#q", "#", " #p", "#%70", "url(#p)", "url('#q') red", "url(x.png)", "url(", "x.png", "red"),
    *("fill: url(#p)", "fill: url(y)", "a: b; c", "0 0 9 9", "0 0 0 0", "1e9", "-1", "9px", "1in", "50%", "none", "", "é", "javascript:x"),
    *("data:image/png;base64,AAAA", "data:image/svg+xml,%3Csvg/%3E", "data:text/html,x", "http://x/y", "href", "onload", "text/css"),
)  # fmt: skip
# What these say is never read as a style.
_NO_STYLES = frozenset("class d gradientTransform id patternTransform points title transform viewBox".split())
_WORDS = (
    "word",
    " ",
    "\n",
    "a { fill: url(#p) }",
    "@import 'x'; b { c: url(d) }",
    "&amp;",
    "<!-- c -->",
    "<?p i?>",
    "a{b{c:d}}",
)
_ROOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:p="http://www.w3.org/1999/xhtml" xmlns:x="urn:x"'
)


def _tree(choices: Choices) -> bytes:
    """Draw a well-formed drawing of any elements and attributes."""
    made, opened = [f"{_ROOT}{_attributes(choices)}>"], list[str]()
    while choices.left:
        match choices.number(3):
            case 0:
                made.append(f"</{opened.pop()}>" if opened else choices.one_of(_WORDS))
            case 1:
                made.append(choices.one_of(_WORDS))
            case _:
                opened.append(choices.one_of(_NAMES))
                made.append(f"<{opened[-1]}{_attributes(choices)}>")
    return "".join((*made, *(f"</{name}>" for name in reversed(opened)), "</svg>")).encode()


def _attributes(choices: Choices) -> str:
    chosen = {choices.one_of(_ATTRIBUTES): choices.one_of(_VALUES) for _ in range(choices.number(3))}
    return "".join(f' {name}="{value}"' for name, value in chosen.items())


def check(data: bytes) -> None:
    """Clean a drawing: well-formed, nothing that runs or reaches out, and clean already when it is cleaned again."""
    choices = Choices(data)
    made = _tree(choices) if choices.number(1) else document(choices.rest(), SEEDS, TOKENS)
    try:
        cleaned = cleaned_drawing(made)
    except ValueError as refused:
        assert str(refused).strip()
        return
    root = etree.fromstring(cleaned.data)
    assert root.tag == f"{_SVG}svg"
    assert cleaned.width > 0
    assert cleaned.height > 0
    ids = [element.get("id") for element in root.iter() if element.get("id") is not None]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        assert isinstance(element.tag, str), element
        assert element.tag.startswith(_SVG), element.tag
        assert element.tag.lower() not in {f"{_SVG}script", f"{_SVG}foreignobject", f"{_SVG}iframe"}
        for name, value in element.attrib.items():
            assert not re.match(r"on\w", str(name), re.IGNORECASE), name
            if name in _HREFS:
                assert str(value).lstrip().startswith(("#", "data:")), value
            if str(name) not in _NO_STYLES and not str(name).startswith(("aria-", "data-", "{")):
                assert not re.search(
                    r"url\(\s*[\"']?(?!\s*[\"']?(?:#|data:))[^)\s]", str(value), re.IGNORECASE
                ), value
    again = cleaned_drawing(cleaned.data)
    assert again.data == cleaned.data, (cleaned.data, again.data)
    assert (again.width, again.height) == (cleaned.width, cleaned.height)
