"""Length: the plain text of an article, and how long it takes to read."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anthology.model import Article

# Adults read 200 to 250 words of English a minute, and about 500 characters of Chinese or Japanese.
WORDS_A_MINUTE = 200
CHARACTERS_A_MINUTE = 500

_TAG = re.compile(r"<[^>]*>")
# Kana and ideographs, which the reading counts as one word each.
_CHARACTERS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def plain_text(body: str) -> str:
    """Give the words of a body (an XHTML fragment) without its tags."""
    return html.unescape(_TAG.sub(" ", body))


def reading_time(article: Article, text: str) -> float:
    """Give the minutes it takes to read an article of which `text` are the words.

    Chinese and Japanese go by characters, everything else by words.
    """
    characters = sum(1 for _ in _CHARACTERS.finditer(text))
    words = max(article.words - characters, 0)
    return words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE


def in_minutes(time: float) -> int:
    """Round a reading time to whole minutes, at least one where there is anything to read."""
    return max(1, round(time)) if time else 0
