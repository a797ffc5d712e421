"""Scripts: which one a letter is of, and in which ones a language is written."""

from __future__ import annotations

import unicodedata
from functools import cache

# Unicode names a letter by its script first. The three of Japanese are one here, and so are all marks for sounds.
_NAMES = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "COPTIC": "Copt",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "HEBREW": "Hebr",
    "ARABIC": "Arab",
    "SYRIAC": "Syrc",
    "THAANA": "Thaa",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "GURMUKHI": "Guru",
    "GUJARATI": "Gujr",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "KANNADA": "Knda",
    "MALAYALAM": "Mlym",
    "SINHALA": "Sinh",
    "THAI": "Thai",
    "LAO": "Laoo",
    "TIBETAN": "Tibt",
    "MYANMAR": "Mymr",
    "KHMER": "Khmr",
    "ETHIOPIC": "Ethi",
    "HANGUL": "Hang",
    "HIRAGANA": "Kana",
    "KATAKANA": "Kana",
    "CJK": "Hani",
}
# How each is called, and a language that is written in it, for a hint.
WORDS = {
    "Latn": ("Latin letters", "en"),
    "Cyrl": ("Cyrillic letters", "ru"),
    "Grek": ("Greek letters", "el"),
    "Copt": ("Coptic letters", "cop"),
    "Armn": ("Armenian letters", "hy"),
    "Geor": ("Georgian letters", "ka"),
    "Hebr": ("Hebrew letters", "he"),
    "Arab": ("Arabic letters", "ar"),
    "Syrc": ("Syriac letters", "syr"),
    "Thaa": ("Thaana letters", "dv"),
    "Deva": ("Devanagari letters", "hi"),
    "Beng": ("Bengali letters", "bn"),
    "Guru": ("Gurmukhi letters", "pa"),
    "Gujr": ("Gujarati letters", "gu"),
    "Taml": ("Tamil letters", "ta"),
    "Telu": ("Telugu letters", "te"),
    "Knda": ("Kannada letters", "kn"),
    "Mlym": ("Malayalam letters", "ml"),
    "Sinh": ("Sinhala letters", "si"),
    "Thai": ("Thai letters", "th"),
    "Laoo": ("Lao letters", "lo"),
    "Tibt": ("Tibetan letters", "bo"),
    "Mymr": ("Burmese letters", "my"),
    "Khmr": ("Khmer letters", "km"),
    "Ethi": ("Ethiopic letters", "am"),
    "Hang": ("Korean letters", "ko"),
    "Kana": ("Japanese letters", "ja"),
    "Hani": ("Chinese characters", "zh"),
}
_JAPANESE = frozenset({"Hani", "Kana"})
# What a tag or a table of likely scripts names together.
_TOGETHER = {
    "Jpan": _JAPANESE,
    "Hrkt": frozenset({"Kana"}),
    "Hans": frozenset({"Hani"}),
    "Hant": frozenset({"Hani"}),
    "Kore": frozenset({"Hang", "Hani"}),
}


@cache
def script_of(letter: str) -> str:
    """Name the script of a letter (ISO 15924); empty for what is of none, or of one that is not known here."""
    if not letter.isalpha():
        return ""
    return _NAMES.get(
        unicodedata.name(letter, "").replace("FULLWIDTH ", "").replace("HALFWIDTH ", "").split(" ")[0], ""
    )


@cache
def scripts_of(language: str) -> frozenset[str]:
    """Give the scripts of a language (BCP 47); empty where they are not known."""
    from babel.core import get_global

    primary, *rest = language.replace("_", "-").split("-")
    stated = next((subtag.title() for subtag in rest if len(subtag) == 4 and subtag.isalpha()), "")
    likely = get_global("likely_subtags").get(primary.lower(), "").split("_")
    script = stated or (likely[1] if len(likely) > 1 else "")
    found = _TOGETHER.get(script, frozenset({script} if script else ()))
    return found if found and found <= WORDS.keys() else frozenset()
