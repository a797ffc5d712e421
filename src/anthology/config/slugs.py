"""Slugs: names that are safe in every file system, archive and address."""

from __future__ import annotations

import hashlib
import re

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_SEPARATORS = re.compile(r"[-_\s]+")

# Long enough to tell titles apart, short enough for a file name with an edition and a suffix behind it.
_LONGEST = 80
# What Windows will not have as a file name, whatever the suffix.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])")


def slug_of(text: str) -> str:
    """Make a slug of a title: `[a-z0-9-]`, never empty, the same every time.

    Other scripts are transliterated; a text with nothing to transliterate gets a digest of its bytes.
    """
    from slugify import slugify

    slug = slugify(text, max_length=_LONGEST, word_boundary=True)
    if not SLUG.fullmatch(slug):
        return "x" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"x-{slug}" if _DEVICES.fullmatch(slug) else slug


def title_of(name: str) -> str:
    """Write the name of a file or folder as a title: its words, the first with a capital."""
    words = _SEPARATORS.sub(" ", name).strip()
    return words[:1].upper() + words[1:]
