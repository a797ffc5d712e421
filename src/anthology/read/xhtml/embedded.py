"""What a book cannot play or ask: frames, films and sounds become links, controls of forms what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anthology.read.xhtml.attributes import address, is_unsafe
from anthology.read.xhtml.flow import append_text

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anthology.read.xhtml.builder import Builder


def link_to(builder: Builder, child: Any, name: str, parent: _Element) -> None:
    """Put a link to embedded matter at the end of `parent`, and report it."""
    from lxml import etree

    inner = [node.get("src") for node in child if builder.name(node) == "source"]
    where = next((place for place in (child.get("src"), child.get("data"), *inner) if place), "")
    message = f"<{name}> was left out: a book cannot hold it"
    if where and not is_unsafe(where):
        where = address(f"https:{where}" if where.startswith("//") else where)
        message = f"<{name}> became a link to {where}: a book cannot hold it"
        in_link = bool(builder.in_link)
        attributes = {} if in_link else {"class": "embedded", "href": where}
        made = etree.SubElement(parent, "span" if in_link else "a", attributes)
        made.text = " ".join((child.get("title") or "").split()) or where
    fold = "{count} frames, films or sounds became links to them"
    builder.source.warn("T011", message, builder.source.next_line_of(f"<{name}"), fold=fold)


def build_control(builder: Builder, child: Any, name: str, parent: _Element) -> None:
    """Put what a control says at the end of `parent`; a check box stays, as a picture of one."""
    from lxml import etree

    kind = (child.get("type") or "text").lower()
    if name == "input" and kind == "checkbox":
        state = "checked" if child.get("checked") is not None else "unchecked"
        classes = "checkbox checked" if state == "checked" else "checkbox"
        etree.SubElement(parent, "span", {"class": classes, "role": "img", "aria-label": state})
        return
    if name == "input" and kind == "hidden":
        return
    shown = f'<input type="{kind}">' if name == "input" else f"<{name}>"
    fold = "{count} controls of forms were left out"
    line = builder.source.next_line_of(f"<{name}")
    builder.source.warn("T013", f"{shown} was left out: a book has no forms", line, fold=fold)
    if name != "input":
        builder.phrases(child, parent)
    elif kind in ("submit", "button") and child.get("value"):
        append_text(parent, f" {child.get('value')} ")
