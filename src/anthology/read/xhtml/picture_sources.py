"""Where the file of a picture is, on pages that load it later or offer it in several sizes."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

# Where scripts find the address that they put in when a reader comes near.
_LATER = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-original-src", "data-full-src")
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
# What stands there until then.
_STAND_IN = re.compile(
    r"data:|.*\b(?:blank|placeholder|spacer|pixel|loading|1x1)\b[\w.-]*\.(?:gif|png|svg)$", re.IGNORECASE
)
# A candidate of a set and how large it is (HTML Living Standard, 4.8.4.2.1).
_CANDIDATE = re.compile(r"\s*,*\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+([\d.]+)[wx][^,]*)?\s*(?:,|$)")


def settle_sources(root: Any) -> None:
    """Give each picture below `root` the address of its file as its `src`, in place.

    What stands in for a picture until a script loads it gives way to the picture, and so does what is shown to
    browsers without scripts, which would show it twice.
    """
    for parent in list(root.iter()):
        children = list(parent)
        for child, after in zip_longest(children, children[1:]):
            if child is None:
                continue
            if _name(child) == "img":
                image, sources = child, []
            elif _name(child) == "picture":
                image = next((each for each in child if _name(each) == "img"), None)
                sources = [each for each in child if _name(each) == "source"]
            else:
                continue
            if (
                image is not None
                and _settle(image, sources)
                and after is not None
                and _name(after) == "noscript"
            ):
                _empty(after)


def _settle(image: Any, sources: Sequence[Any]) -> bool:
    """Address one picture; tell whether something stood in its place."""
    written = (image.get("src") or "").strip()
    if written and not _STAND_IN.match(written):
        return False
    later = next((address for name in _LATER if (address := (image.get(name) or "").strip())), "")
    later = later or next((best for name in _SETS if (best := _largest(image.get(name) or ""))), "")
    later = later or next((best for each in sources if (best := _largest(each.get("srcset") or ""))), "")
    if later:
        image.set("src", later)
    return bool(later)


def _empty(noscript: Any) -> None:
    for parent in list(noscript.iter()):
        for child in [child for child in parent if _name(child) == "img"]:
            parent.remove(child)


def _largest(candidates: str) -> str:
    found = [(float(size or 1), address) for address, size in _CANDIDATE.findall(candidates)]
    # Of those that are equally large the first one counts.
    return max(found, key=lambda each: each[0])[1] if found else ""


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
