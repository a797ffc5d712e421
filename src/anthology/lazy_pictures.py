"""Where the file of a picture is, on pages that load it later or offer it in several sizes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

# Where scripts find the address that they put in when a reader comes near.
_LATER = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-full-src",
    "data-hi-res-src",
    "data-url",
    "data-original-src",
)
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
# What stands there until then.
_STAND_IN = re.compile(
    r"data:|.*(?<![a-z\d])(?:blank|placeholder|spacer|pixel|loading|lazy(?:load(?:er|ing)?)?|1x1)(?![a-z])[\w.-]*\.(?:gif|png|svg)(?:[?#]|$)",
    re.IGNORECASE,
)
# `data-lazy` may also say no more than "true".
_ADDRESS = re.compile(r"\S*[./]\S*")
# A candidate of a set and how large it is (HTML Living Standard, 4.8.4.2.1).
_CANDIDATE = re.compile(r"\s*,*\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+([\d.]+)[wx][^,]*)?\s*(?:,|$)")


def lazy_address(image: Any, sources: Iterable[Any] = ()) -> str:
    """Give the address of the picture that an `img` does not show yet; empty where it shows its picture.

    Arguments: the element, and the `source` elements beside it in a `picture`. Of a set the largest candidate counts,
    and of those that are equally large the first.
    """
    written = (image.get("src") or "").strip()
    if written and not _STAND_IN.match(written):
        return ""
    for name in _LATER:
        address = (image.get(name) or "").strip()
        if _ADDRESS.fullmatch(address):
            return str(address)
    sets = (*(image.get(name) for name in _SETS), *(source.get("srcset") for source in sources))
    return next((largest for written in sets if (largest := _largest(written or ""))), "")


def _largest(candidates: str) -> str:
    found = [(float(size or 1), address) for address, size in _CANDIDATE.findall(candidates)]
    return max(found, key=lambda each: each[0])[1] if found else ""
