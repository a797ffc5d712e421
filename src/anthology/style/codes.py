"""The codes of the house style, and what each means; a code is stable."""

from __future__ import annotations

CODES: dict[str, str] = {
    "H001": "warning: straight and typographic quotation marks are mixed",
    "H002": "warning: a quotation mark or an apostrophe is not as the house has it",
    "H003": "warning: an apostrophe may be taken for an opening quotation mark",
    "H004": "warning: dashes of several kinds are mixed",
    "H005": "warning: a dash is not as the house has it",
    "H006": "warning: ellipses of several kinds are mixed",
    "H007": "warning: an ellipsis is not as the house has it",
    "H008": "warning: ranges of two kinds are mixed",
    "H009": "warning: a range is not as the house has it",
    "H010": "warning: dates are written in two orders",
    "H011": "warning: a date is not as the house has it",
    "H012": "warning: British and American spelling are mixed",
    "H013": "warning: a word is not spelt as the house has it",
    "H014": "warning: titles are capitalised in two ways",
    "H015": "warning: a title is not capitalised as the house has it",
    "H016": "warning: the house uses another word",
    "H017": "warning: a phrase makes sense on a website alone",
    "H018": "warning: a word stands twice",
    "H019": "warning: more than one space stands between two words",
    "H020": "warning: a space stands before a punctuation mark",
    "H021": "warning: no space stands behind a punctuation mark",
    "H022": "warning: a file cannot be mended without changing more than its marks and spaces",
    "H023": "warning: it is not certain what is quoted in a paragraph",
}
