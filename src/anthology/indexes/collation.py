"""The alphabet of a language: in which order an index stands, and under which letter each of its entries."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")
_Key: TypeAlias = "tuple[tuple[int, ...], str, str]"

# Letters of their own, where the Unicode Collation Algorithm takes them for others with an accent: the letters behind
# which they stand, and they (CLDR 47, collation). What a language says of itself counts for its kin.
_LETTERS: dict[str, str] = {
    "sv": "z å ä ö",
    "fi": "z å ä ö",
    "da": "z æ ø å",
    "nb": "z æ ø å",
    "is": "a á, d ð, e é, i í, o ó, u ú, y ý, z þ æ ö",
    "es": "n ñ",
    "pl": "a ą, c ć, e ę, l ł, n ń, o ó, s ś, z ź ż",
    "cs": "c č, h ch, r ř, s š, z ž",
    "sk": "a ä, c č, h ch, o ô, s š, z ž",
    "hu": "c cs, d dz dzs, g gy, l ly, n ny, o ö, s sz, t ty, u ü, z zs",
    "hr": "c č ć, d dž đ, l lj, n nj, s š, z ž",
    "ro": "a ă â, i î, s ș, t ț",
    "tr": "c ç, g ğ, h ı, o ö, s ş, u ü",
    "et": "s š z ž, w õ ä ö ü",
    "lv": "c č, g ģ, k ķ, l ļ, n ņ, s š, z ž",
    "lt": "c č, s š, z ž",
    "eo": "c ĉ, g ĝ, h ĥ, j ĵ, s ŝ, u ŭ",
    "fa": "و ه",
}
_KIN = {
    "nn": "nb", "no": "nb", "gl": "es", "ast": "es", "eu": "es", "fil": "es", "bs": "hr", "sl": "hr", "az": "tr",
    "fo": "da", "se": "nb",
}  # fmt: skip
# What stands for another letter: ä and ö of foreign names in Danish, alif with its hamza in Arabic.
_SAME: dict[str, dict[str, str]] = {
    "sv": {"æ": "ä", "ø": "ö"},
    "fi": {"æ": "ä", "ø": "ö"},
    "da": {"ä": "æ", "ö": "ø", "aa": "å"},
    "nb": {"ä": "æ", "ö": "ø"},
    "hu": {"ő": "ö", "ű": "ü"},
    "ro": {"ş": "ș", "ţ": "ț"},
    "ar": {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ت"},
}
# Behind every letter there is, and in this order: U+F0000 is for private use.
_BEHIND = 0xF0000

# Marks at the beginning of a term, like quotation marks or the hyphens of an option, are passed over.
_LEADING = re.compile(r"^[\W_]+")
_QUOTES = str.maketrans(dict.fromkeys("‘’‛", "'") | dict.fromkeys("“”„«»", '"'))

# The plain letters in the order of the algorithm: a book whose terms have no others does not wait for its tables.
_PLAIN = {letter: place for place, letter in enumerate(" _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789")}
_PLAIN |= {letter: 100 + place for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}

# The rows of the Japanese syllabary, by the first of each, and the first consonants of Korean.
_KANA_ROWS = "あかさたなはまやらわ"
_JAMO = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"


def in_order(things: Iterable[T], text_of: Callable[[T], str], language: str) -> list[T]:
    """Sort things by a text of theirs as an index in a language (BCP 47) is sorted, word by word.

    By the Unicode Collation Algorithm (UTS 10) and the letters that the language counts as its own; equal texts are
    sorted by capitals. Ideographs have no order but that of their codes: give them a sort key.
    """
    things = list(things)
    texts = {text: _tailored(text, language) for text in map(text_of, things)}
    weigh = _plain_weights if all(map(_is_plain, texts.values())) else _weights
    keys: dict[str, _Key] = {
        text: (weigh(tailored), text.casefold(), text) for text, tailored in texts.items()
    }
    return sorted(things, key=lambda thing: keys[text_of(thing)])


def letter_of(text: str, language: str) -> str:
    """Give the letter that a text stands under; empty for figures, signs and ideographs."""
    lowered = _folded(text, language)
    for letter in sorted(_places(language), key=len, reverse=True):
        if lowered.startswith(letter):
            return _capital(letter, language)
    first = unicodedata.normalize("NFKD", lowered)[:1]
    if not first.isalpha() or "\u3400" <= first <= "\u9fff" or first >= "\U00020000":
        return ""
    if "\u1100" <= first <= "\u1112":
        return _JAMO[ord(first) - 0x1100]
    if "\u30a1" <= first <= "\u30f6":
        first = chr(ord(first) - 0x60)
    if "\u3041" <= first <= "\u3096":
        return max(row for row in _KANA_ROWS if row <= max(first, "あ"))
    return _capital({"ø": "o", "ł": "l", "đ": "d", "ß": "s"}.get(first, first), language)


def _capital(letter: str, language: str) -> str:
    if letter == "i" and _letters_of(language) == "tr":
        return "İ"
    return letter[:1].upper() + letter[1:]


def _letters_of(language: str) -> str:
    primary = language.lower().split("-")[0]
    return _KIN.get(primary, primary)


@lru_cache
def _places(language: str) -> dict[str, str]:
    """Give each letter that a language counts as its own, with what sorts it into its place."""
    places = {}
    for row in _LETTERS.get(_letters_of(language), "").split(","):
        before, *letters = row.split() or [""]
        for rank, letter in enumerate(letters):
            places[letter] = before + chr(_BEHIND + rank)
    return places


def _folded(text: str, language: str) -> str:
    """Write a text in small letters, without marks at its beginning, and with the letters that stand for others."""
    if _letters_of(language) == "tr":
        text = text.replace("I", "ı").replace("İ", "i")
    lowered = unicodedata.normalize("NFC", text).translate(_QUOTES).lower()
    lowered = _LEADING.sub("", lowered) or lowered
    for written, meant in _SAME.get(_letters_of(language), {}).items():
        lowered = lowered.replace(written, meant)
    return lowered


def _tailored(text: str, language: str) -> str:
    folded = _folded(text, language)
    for letter, place in sorted(_places(language).items(), key=lambda item: -len(item[0])):
        folded = folded.replace(letter, place)
    return folded


def _is_plain(text: str) -> bool:
    return all(letter in _PLAIN for letter in text)


def _plain_weights(text: str) -> tuple[int, ...]:
    return tuple(_PLAIN[letter] for letter in text)


def _weights(text: str) -> tuple[int, ...]:
    weights: tuple[int, ...] = _collator().sort_key(text)
    return weights


@lru_cache
def _collator() -> Any:
    # Its tables take a third of a second to read.
    from pyuca import Collator

    return Collator()
