"""The language of a passage, told by its commonest words: every language says a third of all it says in a hundred."""

from __future__ import annotations

import re
from functools import cache

# The languages that are told apart, with the names under which jusText carries lists of their words.
_LISTS = {
    "af": "Afrikaans",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "eo": "Esperanto",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "gl": "Galician",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "la": "Latin",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "ms": "Malay",
    "nb": "Norwegian_Bokmal",
    "nl": "Dutch",
    "nn": "Norwegian_Nynorsk",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}
_ALSO = {"no": "nb", "bs": "hr", "fil": "tl", "in": "id"}
_WORD = re.compile(r"[^\W\d_]+")
# The lists are sorted by how common a word is, and of different lengths.
_COMMON = 120
# A shorter passage is a title, a list of names, a line of verse.
LEAST_WORDS = 25
# So many of its words are small words of the language that a passage is in, and many more than of any that it is not in.
_PART = 0.28
_LEAD = 2.0


@cache
def _words_of(language: str) -> frozenset[str]:
    from importlib.resources import files

    text = files("justext").joinpath("stoplists", f"{_LISTS[language]}.txt").read_text(encoding="utf-8")
    words = dict.fromkeys(word.casefold() for word in text.split())
    return frozenset(list(words)[:_COMMON])


def other_language(text: str, language: str) -> str:
    """Name the language of a passage (BCP 47) where it is certainly not `language`; else, or where it is not known, ""."""
    primary = language.split("-")[0].lower()
    own = _ALSO.get(primary, primary)
    words = [word.casefold() for word in _WORD.findall(text)]
    if own not in _LISTS or len(words) < LEAST_WORDS:
        return ""
    at_home = _part(words, own)
    if at_home >= _PART / _LEAD:
        return ""
    part, found = max((_part(words, other), other) for other in _LISTS if other != own)
    return found if part >= _PART and part >= at_home * _LEAD else ""


def _part(words: list[str], language: str) -> float:
    known = _words_of(language)
    return sum(word in known for word in words) / len(words)
