"""Markdown: any of it gives a sound article, and what is plain loses no word."""

from __future__ import annotations

import re
from collections import Counter

from fuzz.choices import Choices, document
from fuzz.promises import WORD, read, words_of
from fuzz.samples import ARTICLE

# Marks between which every word is one of the text: none that begins an address, a tag, a name or an attribute.
_PLAIN = (
    *(" ", " ", "\n", "\n\n", "\n\n", "\n    ", "\n  ", "\t", "\n- ", "\n\n- ", "\n    - ", "\n1. ", "\n\n7) ", "\n* ", "\n+ "),
    *("\n> ", "\n>> ", "\n\n> ", "\n# ", "\n\n## ", " ##", "\n===\n", "\n---\n", "\n***\n", "*", "**", "_", "__", "***", "~~"),
    *("`", "``", "\n```\n", "\n~~~\n", "\n\n    ", "|", " | ", "\n|---|---|\n", "\n--|--\n", "\n: ", "\n\n: ", "[", "]", "[ ]"),
    *("[x] ", "\n- [ ] ", '"', "'", "--", "...", "\\", "\\*", "&", "&amp;", "&#65;", "é", "日本", "\u202e", "\xa0", "^", "!", "$"),
    *("[^1]", "\n\n[^1]: ", "[^b]", "\n[^b]: ", "H~2~O", "!!!", "\n\n\n", "  \n", "\\\n", "\n\t"),
)  # fmt: skip
TOKENS = (
    *_PLAIN, *(f" word{number} " for number in range(1, 8)), *(f"word{number}" for number in range(8, 12)),
    *("](", "](x)", "](<a b>)", ")", "(", "[a]", "[a]: x\n", "\n[a]: ", "![", "![a](b.png)", '![a](b "c")', "][", "[]"),
    *("{: .a }", "{: #b }", "{.pullquote}", "{:", "{", "}", '{index="a!b"}', "{#x}", "\n*[ab]: ", "*[", "]: "),
    *("<", ">", "<b>", "</b>", "<div>", "</div>", '<div markdown="1">', "<p>", "</p>", "<!--", "-->", "<br>", "<hr/>", "<pre>"),
    *("</pre>", "<code>", "</code>", "<https://a.b>", "<a@b.cd>", "https://a.b/c_d", "<?", "?>", "<![CDATA[", "]]>", "<!", "<svg>"),
    *("</svg>", "<math>", "<td>", "<table>", "\x0b", "\x00", "\ufdd0", "\u2028", "\x02", "\x03", "\x1a", "wzxhzdk:0", "klzzwxh:0"),
    *("\n```python\n", "\n``` {.a}\n", "\n~~~~\n", "a" * 100, "[" * 9, "*" * 9, "`" * 9, "> " * 9, "- " * 9),
)  # fmt: skip
SEEDS = (ARTICLE.encode(), ARTICLE.partition("\n# ")[2].encode())
# What stands behind the fence of a block of code says in which language it is, and is no text.
_CODE_LANGUAGE = re.compile(r"(?:```|~~~).*")


def check(data: bytes) -> None:
    """Read an article whose text is any Markdown; of plain Markdown all words come out, each as often as it went in."""
    choices = Choices(data)
    if choices.number(2):
        read(b"---\ntitle: T\n---\n" + document(choices.rest(), SEEDS, TOKENS))
        return
    text = _plain(choices)
    words = words_of(read(f"---\ntitle: T\n---\n{text}".encode()))
    written = Counter(WORD.findall(_CODE_LANGUAGE.sub("", text)))
    told = Counter(WORD.findall(text))
    assert words is None or written <= words <= told, (text, words)


def _plain(choices: Choices) -> str:
    """Write Markdown in which every word is one of the text, and none stands twice."""
    made: list[str] = []
    for number, byte in enumerate(choices.rest()):
        made.append(f"word{number}" if byte >= 0x80 else _PLAIN[byte % len(_PLAIN)])
    return "".join(made)
