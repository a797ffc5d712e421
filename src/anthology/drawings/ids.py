"""The ids of a drawing: valid names, each once, and what refers to them follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from anthology.drawings.parsing import SVG, XLINK

if TYPE_CHECKING:
    from lxml.etree import _Element

# A name without colons or white space that begins with a letter (Namespaces in XML, section 3).
_NAME = re.compile(r"[^\W\d][\w.·-]*")
# What a value refers to, and what it says for the case that this is not there (SVG 2, section 13.2).
_IN_VALUES = re.compile(r"""url\(\s*(["']?)#([^)"']+)\1\s*\)(\s*[^\s;}]*)""")
_LISTS = frozenset({"aria-labelledby", "aria-describedby"})
HREFS = ("href", f"{{{XLINK}}}href")


def settle_ids(root: _Element) -> bool:
    """Make ids valid and unique, and take away what repeats a part that is not there; tell whether that did anything."""
    named: dict[str, str] = {}
    changed = False
    for element in _elements(root):
        name = element.get("id")
        if name is None:
            continue
        if name in named or not name.strip():
            # The first of several is the one that is meant.
            del element.attrib["id"]
            changed = True
            continue
        named[name] = name if _NAME.fullmatch(name) else _valid(name, named)
        if named[name] != name:
            element.set("id", named[name])
            changed = True
    changed = _without_untargeted(root, named) or changed
    there = {str(element.get("id")) for element in _elements(root)}
    named = {name: new for name, new in named.items() if new in there}
    for element in _elements(root):
        changed = _follow(element, named) or changed
    return changed


def _elements(root: _Element) -> list[_Element]:
    return [element for element in root.iter() if isinstance(element.tag, str)]


def _without_untargeted(root: _Element, named: dict[str, str]) -> bool:
    """Take away what repeats a part that is not there, and what repeats that; tell whether there was any."""
    changed = False
    while True:
        there = {str(element.get("id")) for element in _elements(root)}
        ids = {name for name, new in named.items() if new in there}
        removed = [element for element in _elements(root) if _without_target(element, ids)]
        if not removed:
            return changed
        changed = True


def _valid(name: str, named: dict[str, str]) -> str:
    plain = "i-" + re.sub(r"[^\w.-]+", "-", name).strip("-")
    made, number = plain, 2
    while made in named or made in named.values():
        made, number = f"{plain}-{number}", number + 1
    return made


def _follow(element: _Element, named: dict[str, str]) -> bool:
    """Let the references of an element follow the ids; one that leads nowhere gives way to what it stands before."""

    def renamed(found: re.Match[str]) -> str:
        wanted = found[2].strip()
        if wanted not in named:
            return found[3].strip() or "none"
        return found[0] if named[wanted] == wanted else f"url(#{named[wanted]}){found[3]}"

    changed = False
    for key, value in ((str(key), str(value)) for key, value in element.attrib.items()):
        followed = value
        if key in HREFS and value.startswith("#"):
            wanted = value[1:] if value[1:] in named else unquote(value[1:])
            followed = value if named.get(wanted, wanted) == wanted else f"#{named[wanted]}"
        elif key in _LISTS:
            followed = " ".join(named.get(word, word) for word in value.split())
        elif "url(" in value and not key.startswith(("aria-", "data-")):
            followed = _IN_VALUES.sub(renamed, value)
        if followed != value:
            element.set(key, followed)
            changed = True
    if element.tag == f"{{{SVG}}}style" and "url(" in (element.text or ""):
        sheet = _IN_VALUES.sub(renamed, element.text or "")
        changed, element.text = changed or sheet != element.text, sheet
    return changed


def _without_target(element: _Element, ids: set[str]) -> bool:
    """Take away an element that shows another one, where that is not there: it shows nothing, and is not valid."""
    if element.tag not in {f"{{{SVG}}}use", f"{{{SVG}}}image"} or element.getparent() is None:
        return False
    wanted = next((str(element.get(name)) for name in HREFS if element.get(name) is not None), "")
    if wanted.startswith("data:") or (
        wanted.startswith("#") and {wanted[1:], unquote(wanted.strip()[1:])} & ids
    ):
        return False
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
    return True
