"""Text that is nobody's markup, written so that Markdown reads it back to the letter."""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"(?:https?://|www\.)(?:[^\s<>\"'`*_~\\\[\](){}|^&]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])|&(?=\w+=))+"
)
# What means something wherever it stands.
_ANYWHERE = re.compile(r"[\\`*\[\]{}]")
# An underscore inside a word is one of its letters.
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_DOUBLED = re.compile(r"~(?=~)|(?<=~)~")
_TAG = re.compile(r"<(?=\S)")
_ENTITY = re.compile(r"&(?=#|\w+;)")
_NUMBER = re.compile(r"(\d+)([.)])(?=\s|$)")
_RULE = re.compile(r"-[- ]*")


def markdown_text(text: str) -> str:
    """Escape a line of plain text for Markdown as anthology reads it.

    Only what would be read as markup is changed; quotation marks stay, since the book sets them. Web
    addresses stay whole, and become links.
    """
    out = []
    at = 0
    for address in _ADDRESS.finditer(text):
        out += [_phrase(text[at : address.start()]), address.group()]
        at = address.end()
    out.append(_phrase(text[at:]))
    return _beginning("".join(out))


def pull_quote(text: str) -> str:
    """Write a pull quote of plain text, as a quotation with the class that sets it apart."""
    return f"> {markdown_text(text)}\n{{: .pullquote }}"


def _phrase(text: str) -> str:
    text = _ENTITY.sub("&amp;", text)
    text = _TAG.sub("&lt;", text)
    text = _ANYWHERE.sub(r"\\\g<0>", text)
    text = _DOUBLED.sub(r"\\~", text)
    return _UNDERSCORE.sub(r"\\_", text)


def _beginning(text: str) -> str:
    """Escape what means something at the beginning of a line only."""
    if _RULE.fullmatch(text):
        return text.replace("-", "\\-")
    if number := _NUMBER.match(text):
        return f"{number[1]}\\{number[2]}{text[number.end() :]}"
    if text.startswith(("#", ">", "+", "-")):
        return f"\\{text}"
    if text.startswith((":", "=", "|", "~", "!")):
        return f"&#{ord(text[0])};{text[1:]}"
    return text
