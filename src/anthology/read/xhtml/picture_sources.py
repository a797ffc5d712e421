"""The address of each picture's file put where it is looked for, in pages that load it later."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from anthology.lazy_pictures import lazy_address

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    address = lazy_address(image, sources)
    if address:
        image.set("src", address)
    return bool(address)


def _empty(noscript: Any) -> None:
    for parent in list(noscript.iter()):
        for child in [child for child in parent if _name(child) == "img"]:
            parent.remove(child)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
