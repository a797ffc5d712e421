"""Words: a text cut into what can be compared, in any script, and those that say nothing of what it is about."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache

_TAG = re.compile(r"<[^>]*>")

# Arabic and Hebrew points and the Arabic elongation: written or not at the writer's pleasure.
_POINTS = re.compile("[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")

# Scripts that put no space between words: Thai, Lao, Burmese, Khmer, hiragana, Han, and Hangul, whose words
# carry their particles along. Katakana spells words from abroad, which stand apart from what is around them.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3007\u3041-\u309f\u3400-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
# Signs of vowels in the scripts of India, which Python does not count among the letters.
_INDIC = "\u0900-\u0963\u0966-\u0dff"
_RUN = re.compile(
    f"[{_UNSPACED}]+|[{_KATAKANA}]{{2,}}|(?:[^\\W\\d_{_UNSPACED}{_KATAKANA}]|[{_INDIC}])"
    f"(?:[^\\W_{_UNSPACED}{_KATAKANA}]|[{_INDIC}\u0300-\u036f])+"
)
# The letters that need all this; Latin, Greek and Cyrillic do without, twice as fast.
_ELSEWHERE = re.compile("[\u0300-\u036f\u0590-\u1cff\u2e80-\U0003ffff]")
_PLAIN_RUN = re.compile(r"[^\W\d_][^\W_]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
# Hiragana writes endings and particles: two of them say nothing about a text.
_HIRAGANA_ONLY = re.compile("[\u3041-\u309f]+")
_HIRAGANA = re.compile("[\u3041-\u309f]")


def text_of(body: str) -> str:
    """Give the text of an XHTML body, a space wherever a tag stood."""
    return html.unescape(_TAG.sub(" ", body))


def words_of(text: str) -> list[str]:
    """Cut a text into words of two letters or more, in small letters; without figures.

    Scripts that put no space between words give every two characters that stand side by side.
    """
    text = unicodedata.normalize("NFKC", text).lower()
    if not _ELSEWHERE.search(text):
        return _PLAIN_RUN.findall(text)
    words: list[str] = []
    for word in _RUN.findall(_POINTS.sub("", text)):
        if not _IS_UNSPACED.match(word):
            words.append(word)
        else:
            pairs = (word[at : at + 2] for at in range(len(word) - 1))
            words += [pair for pair in pairs if not _HIRAGANA_ONLY.fullmatch(pair)]
    return words


@cache
def stop_words(language: str) -> frozenset[str]:
    """Give the words of a language, by its primary subtag, that stand in any text; none where nobody listed them."""
    import stopwordsiso

    # Either written form of Norwegian is listed with the other.
    listed = stopwordsiso.stopwords("no" if language in ("nb", "nn") else language)
    return frozenset(word for entry in listed for word in words_of(entry))


def is_fragment(word: str) -> bool:
    """Tell whether a word is but the seam between a word and its ending, which no reader would call a word."""
    return bool(_HIRAGANA.search(word))
