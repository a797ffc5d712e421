"""Pull quotes: a quotation or an aside that its writer has marked as one, by whichever of the usual names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMES = frozenset({"pullquote", "pull-quote", "pquote"})


def settle_pull_quotes(root: _Element) -> None:
    """Mark pull quotes with the class `pull-quote`, in place.

    An attribute list behind a quotation falls to its last paragraph in Markdown; here it counts for the whole.
    """
    for quotation in root.iter("aside", "blockquote"):
        last = quotation[-1] if len(quotation) else None
        behind = quotation.tag == "blockquote" and last is not None and last.tag == "p" and _take_name(last)
        if behind or _take_name(quotation):
            _name(quotation)


def _take_name(element: _Element) -> bool:
    """Take the name of a pull quote from an element's classes; tell whether there was one."""
    classes = str(element.get("class", "")).split()
    others = [word for word in classes if word not in NAMES]
    if len(others) == len(classes):
        return False
    if others:
        element.set("class", " ".join(others))
    else:
        del element.attrib["class"]
    return True


def _name(element: _Element) -> None:
    _take_name(element)
    element.set("class", " ".join(["pull-quote", *str(element.get("class", "")).split()]))
