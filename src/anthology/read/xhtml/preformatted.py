"""Preformatted text: code with its highlighting, and what was typed into `pre`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anthology.read.xhtml.highlighting import highlight

if TYPE_CHECKING:
    from anthology.read.xhtml.builder import Builder
    from anthology.read.xhtml.flow import Flow


def build_preformatted(builder: Builder, child: Any, outer: Any, flow: Flow) -> None:
    """Build a `pre` at the end of a flow.

    Arguments: the `pre` itself, and the division around it that Pygments writes for highlighted code (or the
    `pre` again): its classes go to the `pre`, `highlight` first, then the language.
    """
    from lxml import etree

    flow.close()
    attributes = builder.attributes("pre", outer)
    if child is not outer:
        words = attributes["class"].split()
        attributes = {**attributes, **builder.attributes("pre", child)}
        attributes["class"] = " ".join(sorted(words, key=lambda word: word != "highlight"))
    made = etree.SubElement(flow.host, "pre", attributes)
    builder.phrases(child, flow.marked(made))
    if child is outer:
        highlight(made)
    flow.runs.append(made)
