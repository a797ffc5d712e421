"""Quotations, and the alerts that are written as quotations."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockQuoteProcessor

_ALERT = re.compile(r"\[!([A-Za-z]{2,20})\][+-]?[ \t]*([^\n]*)(?:\n|$)")


class Quotations(BlockQuoteProcessor):
    """Keep two quotations apart that a blank line parts, as CommonMark does; Python-Markdown joins them."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Read the quotation that the first block begins."""
        between = SubElement(parent, "span")
        super().run(parent, blocks)
        # In a list, words that stand before the quotation in its block have gone behind what was put there.
        before = list(parent).index(between)
        if between.tail and before:
            parent[before - 1].tail = (parent[before - 1].tail or "") + between.tail
        elif between.tail:
            parent.text = f"{parent.text or ''}\n{between.tail}".lstrip("\n")
        parent.remove(between)
        if len(parent) and parent[-1].tag == "blockquote":
            _title_alert(parent[-1])


def _title_alert(quotation: Element) -> None:
    """Set the title of an alert (`> [!NOTE]`, as GitHub and Obsidian have them) in words, above what it says."""
    first = quotation[0] if len(quotation) else None
    found = _ALERT.match(first.text or "") if first is not None and first.tag == "p" else None
    if first is None or found is None:
        return
    title = Element("p")
    SubElement(title, "strong").text = found.group(2) or found.group(1).capitalize()
    quotation.insert(0, title)
    first.text = (first.text or "")[found.end() :]
    if not first.text:
        quotation.remove(first)
