"""Subjects of a book as the trade writes them: headings in words, and codes of Thema and BISAC."""

from __future__ import annotations

import re

from anthology.config.values import read_needed_text, refusal
from anthology.model import Subject

# A category begins with the letter of its group, a qualifier with a figure from 1 to 6; national extensions
# follow behind hyphens (Thema 1.6, EDItEUR). BISAC: three letters and six figures (BISG).
_CODES = {
    "Thema": re.compile(r"[ACDFGJ-NP-Y1-6][A-Z0-9]{0,6}(?:-[A-Z0-9]{1,5})*"),
    "BISAC": re.compile(r"[A-Z]{3}[0-9]{6}"),
}
_EXAMPLES = {"Thema": "Thema: DNL Literary essays", "BISAC": "BISAC: LCO010000 Essays"}
_CODED = re.compile(r"(thema|bisac)\s*:\s*(\S*)\s*(.*)", re.IGNORECASE | re.DOTALL)


def subject_of(written: str) -> Subject:
    """Take a subject apart: `Thema: DNL Literary essays` has a scheme, a code and a heading, other text is a heading."""
    text = " ".join(written.split())
    found = _CODED.fullmatch(text)
    if found:
        authority = next(name for name in _CODES if name.casefold() == found[1].casefold())
        return Subject(found[3] or found[2], authority, found[2])
    # No word looks like a BISAC code, which is often written without its scheme.
    code, _, heading = text.partition(" ")
    return Subject(heading or code, "BISAC", code) if _CODES["BISAC"].fullmatch(code) else Subject(text)


def read_subject(written: str) -> str:
    """Read a subject, and refuse what claims to be a code and cannot be one."""
    text = read_needed_text(written)
    subject = subject_of(text)
    if subject.authority and not _CODES[subject.authority].fullmatch(subject.code):
        capitals = subject.code.upper()
        # A longer word in small letters is a heading, not a code: "Thema: poetry".
        near = len(capitals) <= 4 or subject.authority == "BISAC"
        meant = near and _CODES[subject.authority].fullmatch(capitals)
        form = f'write "{_EXAMPLES[subject.authority]}", or the code alone'
        hint = f'did you mean "{subject.authority}: {capitals}"?' if meant else form
        raise refusal(f"has no {subject.authority} code", hint)
    return text
