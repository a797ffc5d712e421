"""The opening paragraph of an article: lead words, and whether a drop cap suits it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.xhtml import fragment_to_text

if TYPE_CHECKING:
    from lxml.etree import _Element

LEAD_WORDS = 3

# A paragraph of a single line is all beginning; lead words would be most of it.
_SHORTEST = 70

# A drop cap is three lines deep; a paragraph of fewer than about four lines would end beside it.
_SHORTEST_FOR_DROP_CAP = 260

# Lead words end with their clause, if that is shorter.
_LEADING_WORDS = re.compile(rf"\s*(?:[^\s.:;?!]+\s+){{0,{LEAD_WORDS - 1}}}[^\s.:;?!]+")


def mark_opening(body: _Element) -> None:
    """Mark an opening paragraph (`opening`, with `drop-cap` where it suits) and its lead words (`lead-words`).

    Only a paragraph that stands first and is written with capitals and small letters gets them; one that
    begins with a quotation mark or a figure, or is short, gets no drop cap.
    """
    from lxml import etree

    if not len(body) or body[0].tag != "p" or (body.text or "").strip():
        return
    paragraph = body[0]
    text = " ".join(fragment_to_text(paragraph).split())
    if len(text) < _SHORTEST or not any(letter.isupper() or letter.islower() for letter in text[:20]):
        return
    classes = [str(paragraph.get("class", "")), "opening"]
    if text[0].isupper() and len(text) >= _SHORTEST_FOR_DROP_CAP:
        classes.append("drop-cap")
    paragraph.set("class", " ".join(classes).strip())
    found = _LEADING_WORDS.match(paragraph.text or "")
    words = found.group() if found else ""
    if not words.strip():
        return
    lead = etree.Element("span", {"class": "lead-words"})
    lead.text = words.lstrip()
    lead.tail = (paragraph.text or "")[len(words) :]
    paragraph.text = None
    paragraph.insert(0, lead)
