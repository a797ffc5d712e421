"""What in a text of Markdown is not said in words: code, addresses, tags, marks of markup.

Every letter of the source gets a kind. In doubt it is none of ours to judge or to mend: what is taken for code that
is none stays as it was written, which harms nobody.
"""

from __future__ import annotations

import re

from anthology.read.code import code_in

# Said in words; not said, but something stands there; a mark that nobody sees; a border between two texts.
PROSE, VERBATIM, MARKUP, BORDER = range(4)

# Stands in a passage for what is verbatim.
SOMETHING = "\N{OBJECT REPLACEMENT CHARACTER}"
_DESTINATION = r"\((?:[ \t\n]*<[^<>\n]*>)?(?:\\.|\"[^\"]*\"|'[^']*'(?=\s*\))|[^()\"\\]|\([^()]*\))*\)"
_TEXT = r"(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*"
_ATTRIBUTES = r"(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*"
_PHRASES = (
    "a|abbr|b|bdi|bdo|big|cite|del|dfn|em|font|i|ins|label|mark|q|rb|rt|ruby|s|small|span|strike|strong|sub|sup|"
    "time|tt|u"
)

# One after the other, each with the kind of the groups it names; the first that takes a letter has it.
_RULES = tuple(
    (re.compile(pattern, re.IGNORECASE), kinds)
    for pattern, kinds in (
        (r"\\[!-/:-@\[-`{-~]", {0: VERBATIM}),
        (r"(?s)<!--.*?(?:-->|\Z)", {0: BORDER}),
        (r"(?s)<(pre|script|style|code|kbd|samp|var|math|svg|textarea|title)\b.*?</\1\s*>", {0: VERBATIM}),
        (rf"(?s)<(\w+)\b(?=[^<>]*\blang\s*=){_ATTRIBUTES}>.*?</\1\s*>", {0: VERBATIM}),
        (r"(?s)\{\{[^{}]*\}\}|\{(?:%|::)[^{}]*\}|\$\$.*?\$\$", {0: VERBATIM}),
        (r"<(?:[a-z][a-z0-9+.-]*:|[\w.+-]+@)[^<>\s]*>", {0: VERBATIM}),
        (rf"</?(?:{_PHRASES})(?=[\s/>]){_ATTRIBUTES}>", {0: MARKUP}),
        (rf"</?[a-z!?]{_ATTRIBUTES}>", {0: BORDER}),
        (rf"!\[{_TEXT}\](?:{_DESTINATION}|\[[^\[\]]*\])?(?:\{{[^{{}}\n]*\}})?", {0: VERBATIM}),
        (r"!?\[\[[^\[\]\n]*\]\]", {0: VERBATIM}),
        (rf"\[{_TEXT}\]\{{[^{{}}\n]*\blang\s*=[^{{}}\n]*\}}", {0: VERBATIM}),
        (r"\[\^[^\[\]\s]+\](?!:)", {0: MARKUP}),
        (rf"(\[){_TEXT}(\](?:{_DESTINATION}|\[[^\[\]]*\]|\{{[^{{}}\n]*\}}))", {1: MARKUP, 2: MARKUP}),
        (r"\{(?:[:#.]|[\w-]+\s*=)[^{}\n]*\}", {0: MARKUP}),
        (r"\{[^{}\n]*\}", {0: VERBATIM}),
        (
            r"\b(?:https?|ftp)://[^\s<>]*[^\s<>.,;:!?'\")\]]|\bwww\.[^\s<>]*[^\s<>.,;:!?'\")\]]|mailto:\S+",
            {0: VERBATIM},
        ),
        (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", {0: VERBATIM}),
        (r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);", {0: VERBATIM}),
        (r"~~|(?<!\s)\*+|\*+(?!\s)|(?<!\w)_+(?!\s)|(?<!\s)_+(?!\w)", {0: MARKUP}),
    )
)
_QUOTATION = re.compile(
    r"(?s)<(blockquote|q|[a-z]+(?=[^<>]*\bclass\s*=\s*[\"'][^\"'<>]*quote))\b[^<>]*>.*?</\1\s*>",
    re.IGNORECASE,
)


def kinds_of(text: str, start: int) -> bytearray:
    """Tell the kind of every letter of a text whose words begin at `start`; what stands before is not said in words."""
    kinds = bytearray([VERBATIM]) * start + bytearray(len(text) - start)
    left = list(text[start:])
    for begin, end in code_in(text[start:]):
        _take(kinds, left, start, begin, end, VERBATIM)
    for pattern, groups in _RULES:
        for found in pattern.finditer("".join(left)):
            for group, kind in groups.items():
                _take(kinds, left, start, found.start(group), found.end(group), kind)
    return kinds


def quoted_in(text: str, start: int) -> tuple[tuple[int, int], ...]:
    """Tell where, between tags, somebody else is quoted."""
    return tuple(found.span() for found in _QUOTATION.finditer(text, start))


def _take(kinds: bytearray, left: list[str], start: int, begin: int, end: int, kind: int) -> None:
    for at in range(begin, end):
        if left[at] != SOMETHING:
            kinds[start + at] = kind
            if left[at] != "\n":
                left[at] = SOMETHING
