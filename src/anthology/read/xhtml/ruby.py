"""Ruby: a base with its reading beside it, in the order that XHTML asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# b: words or phrases, t: `rt`, p: `rp` (HTML Living Standard, 4.5.10).
_VALID = re.compile(r"(?:b+(?:t|ptp)+)+")


def settle_ruby(ruby: _Element) -> None:
    """Make a ruby valid in place: `rp` holds text only, and one without base or reading becomes a plain phrase."""
    from anthology.xhtml import fragment_to_text

    shape = "b" if (ruby.text or "").strip() else ""
    for child in ruby:
        shape += {"rt": "t", "rp": "p"}.get(str(child.tag), "b")
        if child.tag == "rp":
            text = fragment_to_text(child)
            child[:] = []
            child.text = text
        if (child.tail or "").strip():
            shape += "b"
        elif child.tag in ("rt", "rp"):
            child.tail = None
    if not _VALID.fullmatch(shape):
        ruby.tag = "span"
        for child in ruby:
            if child.tag in ("rt", "rp"):
                child.tag = "span"
