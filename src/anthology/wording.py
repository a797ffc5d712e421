"""What a text says, letter by letter, whatever it is set in: by this, editions are held against their source.

It reads any tree of elements (lxml's or the standard library's, tags with a namespace or without), and knows
nothing of books, files or formats.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Container

# Classes of text that one format lacks or writes in another way: it is no part of what a text says, and no page
# starts there.
UNCOUNTED = frozenset(
    {
        "address",
        "address-inline",
        "checkbox",
        "entry-page",
        "links",
        "note-again",
        "note-back",
        "note-ref",
        "slot",
    }
)

# What a picture counts as: one character.
PICTURE = "\ufffc"

_PICTURES = frozenset({"img", "svg"})

# Shown by no reading system and no browser (HTML Living Standard, 15.3.1).
_NEVER_SHOWN = frozenset(
    {"datalist", "head", "noembed", "noframes", "rp", "script", "style", "template", "title"}
)

# What shows nothing: the format characters (Unicode category Cf) without those of Arabic that have a form. Written
# out, for readings are kept, and another Python may know another Unicode.
_SHOWS_NOTHING = (
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
_INVISIBLE = re.compile(f"[{_SHOWS_NOTHING}]+")
# The accents, which capitals go without in Greek, and get in Turkish (Unicode Standard, 5.18).
_ACCENTS = "\u0300-\u036f"
_ACCENT = re.compile(f"[{_ACCENTS}]+")
_INVISIBLE_OR_ACCENT = re.compile(f"[{_SHOWS_NOTHING}{_ACCENTS}]+")

# Enough to tell words apart that stand under the same id; nobody means to deceive.
_DIGEST_BYTES = 8

What = Literal["missing", "words", "hidden", "cut", "outside", "doubled"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a block in an edition.

    It is `missing`; its `words` are not those of the source; it is `hidden`, `cut` by a box or `outside` the page;
    or it is `doubled`. `lost` counts the letters that are concerned: 0 means all of it, or for `words` that none
    is missing; below 0 it counts letters that are too many. `cause` names the rule that does it, where it is known.
    """

    block: str
    what: What
    lost: int = 0
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A block as it stands in a tree: its element, and the pieces of its own text, each with what holds it."""

    block: str
    element: Any
    pieces: list[tuple[Any, str]]

    @property
    def text(self) -> str:
        """Give the block's own text, spaces and all."""
        return "".join(text for _, text in self.pieces)


def standing(root: Any, blocks: Container[str]) -> list[Standing]:
    """Find blocks in a tree by their ids, in order; one that stands twice is found twice.

    A block's own text is all that is in it but what stands in other blocks there, what is never shown, and what
    editions add or write in another way (`UNCOUNTED`).
    """
    found: list[Standing] = []

    def walk(element: Any, own: list[tuple[Any, str]]) -> None:
        tag = element.tag
        if not isinstance(tag, str):  # a comment or a processing instruction
            return
        name = tag.rpartition("}")[2]
        if name in _PICTURES:
            own.append((element, PICTURE))
            return
        classes = element.get("class")
        if name in _NEVER_SHOWN or (classes and not UNCOUNTED.isdisjoint(classes.split())):
            return
        block = element.get("id")
        if block and block in blocks:
            own = []
            found.append(Standing(block, element, own))
        if element.text:
            own.append((element, element.text))
        for child in element:
            walk(child, own)
            if child.tail:
                own.append((element, child.tail))

    walk(root, [])
    return found


def visible(text: str) -> str:
    """Leave out white space and what shows nothing (soft hyphens and the like), which formats treat differently."""
    shown = "".join(text.split())
    return shown if shown.isascii() else _INVISIBLE.sub("", shown)


def folded(text: str) -> str:
    """Give the letters of a text alone, the same whatever `text-transform` made of them (CSS Text 3, 2.1).

    Large and small letters are one, and so are those with accents and without; ß is ss, and wide letters are
    ordinary ones.
    """
    shown = "".join(text.split())
    if shown.isascii():
        return shown.lower()
    shown = _INVISIBLE_OR_ACCENT.sub("", shown)
    parts = unicodedata.normalize("NFKD", shown)
    if parts != shown:
        parts = "".join(_ACCENT.sub("", parts).split())
    return parts.casefold().replace("ı", "i").replace("\N{MINUS SIGN}", "-")


def digest(text: str) -> str:
    """Make a short digest of the letters of a text, in hexadecimal figures; of no letters it is empty."""
    return measured(text)[0]


def measured(text: str) -> tuple[str, int]:
    """Give the digest of a text and the number of its letters."""
    letters = folded(text)
    made = hashlib.blake2b(letters.encode(), digest_size=_DIGEST_BYTES).hexdigest() if letters else ""
    return made, len(letters)
