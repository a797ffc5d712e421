"""Highlight code whose language its writer has named: raw HTML gets what a fence in Markdown gets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# As HTML 5 suggests it (4.5.15), and as it is often shortened.
_LANGUAGE = re.compile(r"(?:^|\s)lang(?:uage)?-([\w+#.-]+)")


def highlight(pre: _Element) -> None:
    """Put Pygments' spans into the `code` of a `pre` that names its language and holds nothing but text; in place.

    The language goes to the `pre`. A language that Pygments does not know is left as it is.
    """
    code = pre[0] if len(pre) == 1 and pre[0].tag == "code" and not (pre.text or "").strip() else None
    if code is None or len(code) or (code.tail or "").strip():
        return
    named = _LANGUAGE.search(f"{code.get('class', '')} {pre.get('class', '')}")
    if not named or not code.text:
        return
    tokens = _tokens(named[1], code.text)
    if "".join(text for _, text in tokens) != code.text:
        return
    _write(code, tokens)
    code.attrib.pop("class", "")
    others = [word for word in str(pre.get("class", "")).split() if not _LANGUAGE.fullmatch(word)]
    pre.set("class", " ".join(["highlight", f"language-{named[1].lower()}", *others]))


def _tokens(language: str, code: str) -> list[tuple[str, str]]:
    """Take code apart: the short class of each token, and its text; neighbours of one class together."""
    from pygments.lexers import get_lexer_by_name
    from pygments.token import STANDARD_TYPES
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return []
    tokens: list[tuple[str, str]] = []
    for kind, text in lexer.get_tokens(code):
        name = next(STANDARD_TYPES[known] for known in reversed(kind.split()) if known in STANDARD_TYPES)
        if tokens and tokens[-1][0] == name:
            tokens[-1] = name, tokens[-1][1] + text
        else:
            tokens.append((name, text))
    return tokens


def _write(code: _Element, tokens: list[tuple[str, str]]) -> None:
    from lxml import etree

    code.text = ""
    last: _Element | None = None
    for name, text in tokens:
        if name and text.strip():
            last = etree.SubElement(code, "span", {"class": name})
            last.text = text
        elif last is None:
            code.text += text
        else:
            last.tail = (last.tail or "") + text
