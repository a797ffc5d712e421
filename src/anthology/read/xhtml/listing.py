"""Lists: only items in them, and no item outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anthology.read.xhtml.elements import LISTS
from anthology.read.xhtml.flow import Flow

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anthology.read.xhtml.builder import Builder


def build_list(builder: Builder, child: Any, name: str, flow: Flow) -> None:
    """Build a list at the end of a flow; one without items leaves nothing."""
    flow.close()
    made = builder.element(flow.host, LISTS[name], child)
    _Items(builder, made, flow).fill(child)
    if not len(made):
        flow.host.remove(made)


def build_stray(builder: Builder, child: Any, name: str, flow: Flow) -> None:
    """Give an item that stands outside a list one of its own, shared with those beside it."""
    from lxml import etree

    flow.close()
    wanted = "ul" if name == "li" else "dl"
    last = flow.host[-1] if len(flow.host) else None
    if last is None or last.tag != wanted or last not in builder.strays:
        last = etree.SubElement(flow.host, wanted)
        builder.strays.append(last)
    builder.block(last, name, child, flow.marks)


class _Items:
    """Fills a list; what is no item goes into the item before it."""

    def __init__(self, builder: Builder, made: _Element, flow: Flow) -> None:
        self._builder = builder
        self._made = made
        self._marks = flow.marks
        self._item: Flow | None = None

    def fill(self, node: Any) -> None:
        self._words(node.text)
        for child in node:
            name = self._builder.name(child)
            if name == "li":
                self._begin(self._builder.element(self._made, "li", child))
                self._builder.fill(child, self._current())
            elif name:
                self._builder.child(child, name, self._current())
            self._words(child.tail)
        if self._item:
            self._item.finish()

    def _words(self, text: str | None) -> None:
        if text and not text.isspace():
            self._current().add_text(text)

    def _begin(self, item: _Element) -> None:
        if self._item:
            self._item.finish()
        self._item = Flow(item, holds_text=True, marks=self._marks)

    def _current(self) -> Flow:
        from lxml import etree

        if self._item is None:
            self._begin(etree.SubElement(self._made, "li"))
        assert self._item is not None
        return self._item
