"""Tables: their parts in the order that XHTML asks for, and their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anthology.read.xhtml.flow import Flow, is_shown

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anthology.read.xhtml.builder import Builder


# What a table is made of, around its cells and its caption.
_FRAME = frozenset({"colgroup", "thead", "tbody", "tfoot", "tr"})
_HELD = frozenset({"caption", "col", "td", "th"})


def build_table(builder: Builder, node: Any, flow: Flow) -> None:
    """Build a table at the end of a flow; one without rows leaves nothing (HTML Living Standard, 4.9.1)."""
    _put_before(builder, node, flow)
    flow.close()
    table = builder.element(flow.host, "table", node)
    foot: _Element | None = None
    for child in node:
        name = _local(child)
        if name == "caption":
            caption = table.find("caption")
            if caption is None:
                table.insert(0, builder.block(table, "caption", child, flow.marks))
            else:
                _add_to_caption(builder, caption, child, flow)
        elif name in ("thead", "tbody", "tfoot"):
            has_body = table.find("tbody") is not None or table.find("tr") is not None
            if name == "tfoot" and foot is None:
                made = foot = _rows(builder, table, "tfoot", child, flow)
            else:
                is_head = name == "thead" and not has_body and table.find("thead") is None
                made = _rows(builder, table, "thead" if is_head else "tbody", child, flow)
            if not len(made):
                table.remove(made)
                foot = None if made is foot else foot
        elif name == "tr":
            body = table[-1] if len(table) and table[-1].tag == "tbody" else _section(table, "tbody")
            _row(builder, body, child, flow)
    if foot is not None:
        table.append(foot)
    if not any(section.tag in ("thead", "tbody", "tfoot") for section in table):
        _release_caption(table)


def _put_before(builder: Builder, node: Any, flow: Flow) -> None:
    """Put in front of a table what stands in it and in none of its cells, as browsers do; tinyhtml5 leaves some there."""
    flow.add_text(node.text)
    for child in node:
        name = _local(child)
        if name in _FRAME:
            _put_before(builder, child, flow)
        elif name and name not in _HELD:
            builder.child(child, builder.name(child), flow)
        flow.add_text(child.tail)


def _add_to_caption(builder: Builder, caption: _Element, node: Any, flow: Flow) -> None:
    """Put what another caption says into the first: a table has one (HTML Living Standard, 4.9.1)."""
    inner = Flow(caption, holds_text=False, marks=flow.marks)
    builder.fill(node, inner)
    inner.finish()


def _rows(builder: Builder, table: _Element, name: str, node: Any, flow: Flow) -> _Element:
    section = builder.element(table, name, node)
    for row in node:
        if _local(row) == "tr":
            _row(builder, section, row, flow)
    return section


def _row(builder: Builder, section: _Element, node: Any, flow: Flow) -> None:
    row = builder.element(section, "tr", node)
    for cell in node:
        if _local(cell) in ("td", "th"):
            made = builder.block(row, _local(cell), cell, flow.marks)
            if made.tag == "th" and not is_shown(made):
                # The corner of a table is the head of nothing.
                made.tag = "td"
                for name in ("abbr", "scope"):
                    made.attrib.pop(name, "")
    if not len(row):
        section.remove(row)


def _section(table: _Element, name: str) -> _Element:
    from lxml import etree

    return etree.SubElement(table, name)


def _release_caption(table: _Element) -> None:
    """Take away a table without rows; a caption that it had stays as a division."""
    parent = table.getparent()
    if parent is None:
        return
    caption = table.find("caption")
    if caption is not None and len(caption) + len(caption.text or ""):
        caption.tag = "div"
        parent.append(caption)
    parent.remove(table)


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2].lower() if isinstance(node.tag, str) else ""
