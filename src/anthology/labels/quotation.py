"""The quotation marks that each language prints."""

from __future__ import annotations

QuotationMarks = tuple[str, str, str, str]

_THIN = "\N{NARROW NO-BREAK SPACE}"
_HIGH: QuotationMarks = ("“", "”", "‘", "’")
_LOW_HIGH: QuotationMarks = ("„", "“", "‚", "‘")
_GUILLEMETS: QuotationMarks = ("«", "»", "“", "”")
_SINGLE_GUILLEMETS: QuotationMarks = ("«", "»", "‹", "›")
_NORDIC: QuotationMarks = ("”", "”", "’", "’")
_RUSSIAN: QuotationMarks = ("«", "»", "„", "“")
_STRAIGHT: QuotationMarks = ('"', '"', "'", "'")

# By language tag in lower case; the longest part of a tag that stands here counts. Where a language has two
# usages, the one of its book publishers.
_MARKS: dict[str, QuotationMarks] = {
    "ar": _SINGLE_GUILLEMETS,
    "be": _RUSSIAN,
    "bg": ("„", "“", "’", "’"),
    "ca": _GUILLEMETS,
    "cs": _LOW_HIGH,
    "da": ("»", "«", "›", "‹"),
    "de": _LOW_HIGH,
    "de-ch": _SINGLE_GUILLEMETS,
    "de-li": _SINGLE_GUILLEMETS,
    "el": _GUILLEMETS,
    "en": _HIGH,
    "es": _GUILLEMETS,
    "et": ("„", "“", "«", "»"),
    "eu": _GUILLEMETS,
    "fa": _SINGLE_GUILLEMETS,
    "fi": _NORDIC,
    # Narrow no-break spaces inside the marks, as French typesetters have it; Swiss ones set the marks close.
    "fr": (f"«{_THIN}", f"{_THIN}»", "“", "”"),
    "fr-ch": _SINGLE_GUILLEMETS,
    "gl": _GUILLEMETS,
    "he": _NORDIC,
    "hu": ("„", "”", "»", "«"),
    "is": _LOW_HIGH,
    "it": _GUILLEMETS,
    # Corner brackets are typed as such in Japanese; straight marks there belong to code and foreign words.
    "ja": _STRAIGHT,
    "ko": _HIGH,
    "nb": ("«", "»", "‘", "’"),
    "nl": _HIGH,
    "nn": ("«", "»", "‘", "’"),
    "no": ("«", "»", "‘", "’"),
    "pl": ("„", "”", "«", "»"),
    "pt": _HIGH,
    "pt-pt": _GUILLEMETS,
    "ro": ("„", "”", "«", "»"),
    "ru": _RUSSIAN,
    "sk": _LOW_HIGH,
    "sl": _LOW_HIGH,
    "sv": _NORDIC,
    "tr": _HIGH,
    "uk": _RUSSIAN,
    "zh": _HIGH,
    "zh-hant": ("「", "」", "『", "』"),
    "zh-hk": ("「", "」", "『", "』"),
    "zh-tw": ("「", "」", "『", "』"),
}


def quotation_marks(language: str) -> QuotationMarks:
    """Give the quotation marks of a language: double opening and closing, single opening and closing.

    The apostrophe is ’ in every language and is none of them. Straight marks mean that typed marks stay as
    they are; a language that is not known gets the English ones.
    """
    subtags = language.lower().split("-")
    while subtags:
        marks = _MARKS.get("-".join(subtags))
        if marks:
            return marks
        subtags.pop()
    return _HIGH
