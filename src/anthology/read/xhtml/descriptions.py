"""Description lists: terms and their descriptions, in the order that XHTML asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anthology.read.xhtml.flow import Flow

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anthology.read.xhtml.builder import Builder
    from anthology.read.xhtml.flow import Mark


def build_descriptions(builder: Builder, node: Any, made: _Element, marks: tuple[Mark, ...]) -> None:
    """Fill the description list `made` from `node`; words that stand in it directly become descriptions."""
    from lxml import etree

    def add_words(text: str | None) -> None:
        if text and not text.isspace():
            etree.SubElement(made, "dd").text = text.strip()

    add_words(node.text)
    for child in node:
        name = builder.name(child)
        if name in ("dt", "dd"):
            builder.block(made, name, child, marks)
        elif name == "div":
            build_descriptions(builder, child, made, marks)
        elif name:
            held = Flow(etree.SubElement(made, "dd"), holds_text=True, marks=marks)
            builder.child(child, name, held)
            held.finish()
        add_words(child.tail)


def settle_descriptions(made: _Element) -> None:
    """Let the list begin with a term and end with a description (HTML Living Standard, 4.4.9), in place.

    Descriptions before the first term leave the list; a last term gets an empty description.
    """
    from lxml import etree

    parent = made.getparent()
    if parent is None:
        return
    while len(made) and made[0].tag == "dd":
        leading = made[0]
        leading.tag = "div"
        parent.insert(parent.index(made), leading)
    if len(made) and made[-1].tag == "dt":
        etree.SubElement(made, "dd")
    if not len(made):
        parent.remove(made)
