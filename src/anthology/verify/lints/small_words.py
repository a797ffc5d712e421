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
# A passage is in a language if so many of its words are small words of it, and so many of them are none of the language
# that it is held to be in, and many more than are of that one alone: neighbours share what is short.
_PART, _ITS_OWN, _LEAD = 0.28, 0.12, 3.0
# With so many small words of its own language it is at home, and no other needs to be asked.
_AT_HOME = 0.38


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
    home = _words_of(own)
    if _part(words, home) >= _AT_HOME:
        return ""
    others = ((_part(words, _words_of(other)), other) for other in _LISTS if other != own)
    for part, other in sorted(others, reverse=True):
        if part < _PART:
            break
        its_own = _part(words, _words_of(other) - home)
        if its_own >= _ITS_OWN and its_own >= _LEAD * _part(words, home - _words_of(other)):
            return other
    return ""


def _part(words: list[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / len(words)
