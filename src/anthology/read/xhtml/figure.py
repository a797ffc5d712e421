"""Figures that were written as HTML: one caption, at an end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anthology.read.xhtml.flow import Flow, is_shown

if TYPE_CHECKING:
    from anthology.read.xhtml.builder import Builder


def build_figure(builder: Builder, child: Any, flow: Flow) -> None:
    """Build a figure at the end of a flow; one that shows nothing leaves nothing (HTML Living Standard, 4.4.12)."""
    flow.close()
    made = builder.element(flow.host, "figure", child)
    inner = Flow(made, holds_text=True, marks=flow.marks)
    builder.fill(child, inner)
    inner.finish()
    caption = made.find("figcaption")
    if caption is not None and made.index(caption) not in (0, len(made) - 1):
        made.append(caption)
    if not is_shown(made):
        flow.host.remove(made)


def build_caption(builder: Builder, child: Any, flow: Flow) -> None:
    """Build the caption of the figure that a flow fills; anywhere else, or a second one, is a division."""
    if flow.host.tag != "figure" or flow.host.find("figcaption") is not None:
        builder.container(child, "div", flow)
        return
    flow.close()
    builder.block(flow.host, "figcaption", child, flow.marks)
