"""Rebuild parsed HTML as XHTML that EPUB allows: known elements, in places where they may stand, no word lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anthology.read.xhtml.attributes import is_decorative, kept_attributes
from anthology.read.xhtml.descriptions import build_descriptions, settle_descriptions
from anthology.read.xhtml.elements import (
    APART,
    BLOCKS,
    CONTAINERS,
    CONTROLS,
    EMBEDDED,
    INLINE,
    INVISIBLE,
    KNOWN,
    LEFT_OUT,
    LISTS,
    MATHML,
    PARAGRAPHS,
    PREFORMATTED,
    RENAMED,
    SVG,
    XHTML,
)
from anthology.read.xhtml.embedded import build_control, link_to
from anthology.read.xhtml.figure import build_caption, build_figure
from anthology.read.xhtml.flow import Flow, append_space, append_text, is_shown, trim
from anthology.read.xhtml.foreign import Foreign
from anthology.read.xhtml.listing import build_list, build_stray
from anthology.read.xhtml.preformatted import build_preformatted
from anthology.read.xhtml.ruby import settle_ruby
from anthology.read.xhtml.tables import build_table

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anthology.read.source import Source

# Deeper than anything that is written by hand; the walks below are recursive.
MAX_DEPTH = 120

# What stands inside these is meant for readers who cannot have them; inside `video`, for browsers that cannot.
_WITH_CONTENT = frozenset({"object", "applet"})

# Not valid without the attribute that makes their sense.
_NEEDED = {"bdo": "dir", "data": "value", "time": "datetime"}


class TooDeep(Exception):  # noqa: N818 (it becomes a problem at once)
    """The text is nested deeper than `MAX_DEPTH`."""


class Builder:
    """Builds one body; what it cannot keep becomes a problem of the source."""

    def __init__(self, source: Source, svg_prefix: str) -> None:
        self.source = source
        self._foreign = Foreign(source, svg_prefix)
        self._blocky: set[Any] = set()
        self.in_link = 0
        self.strays: list[_Element] = []

    def build(self, body: Any) -> _Element:
        """Rebuild the children of `body` in a `div`. Raises `TooDeep`."""
        from lxml import etree

        self._mark_blocky(body, 0)
        flow = Flow(etree.Element("div"), holds_text=False)
        self.fill(body, flow)
        flow.finish()
        for made in list(flow.host.iter("dl")):
            settle_descriptions(made)
        for made in list(flow.host.iter("ruby")):
            settle_ruby(made)
        return flow.host

    def fill(self, node: Any, flow: Flow) -> None:
        """Put what `node` holds into a flow."""
        flow.add_text(node.text)
        for child in node:
            name = self.name(child)
            if name:
                self.child(child, name, flow)
            flow.add_text(child.tail)

    def attributes(self, name: str, node: Any) -> dict[str, str]:
        """Give the attributes that an element keeps."""
        return kept_attributes(name, list(node.attrib.items()), self.source) if node.attrib else {}

    def element(self, parent: _Element, name: str, node: Any) -> _Element:
        """Make an element with the attributes that it keeps, at the end of `parent`."""
        from lxml import etree

        return etree.SubElement(parent, name, self.attributes(name, node))

    def block(self, parent: _Element, name: str, node: Any, marks: tuple[Any, ...]) -> _Element:
        """Make an element that may hold words or blocks, with all that `node` holds."""
        made = self.element(parent, name, node)
        inner = Flow(made, holds_text=True, marks=marks)
        self.fill(node, inner)
        inner.finish()
        return made

    def name(self, node: Any) -> str:
        """Give the name of an element of HTML in lower case; empty for comments."""
        tag = node.tag
        if not isinstance(tag, str):
            return ""
        if tag[0] != "{":
            return tag.lower()
        namespace, _, name = tag[1:].partition("}")
        if namespace == XHTML:
            return name
        return name if namespace in (SVG, MATHML) and name in ("svg", "math") else f"foreign-{name}"

    def _mark_blocky(self, node: Any, depth: int) -> bool:
        """Remember the elements that hold blocks anywhere; tell whether this one does or is one."""
        if depth > MAX_DEPTH:
            raise TooDeep
        if self.name(node) in ("svg", "math"):
            return False
        holds = False
        for child in node:
            if isinstance(child.tag, str):
                holds = self._mark_blocky(child, depth + 1) or holds
        if holds:
            self._blocky.add(node)
        return holds or self.name(node) in BLOCKS

    def child(self, child: Any, name: str, flow: Flow) -> None:
        """Put one element into a flow."""
        if name in PARAGRAPHS:
            self._paragraph(child, name, flow)
        elif name in INLINE and child in self._blocky:
            self._split(child, name, flow)
        elif name in CONTAINERS:
            self.container(child, name, flow)
        elif name in LISTS:
            build_list(self, child, name, flow)
        elif name in ("li", "dt", "dd"):
            build_stray(self, child, name, flow)
        elif name == "dl":
            self._descriptions(child, flow)
        elif name == "table":
            flow.close()
            build_table(self, child, flow)
        elif name in PREFORMATTED:
            build_preformatted(self, child, child, flow)
        elif name in ("figure", "figcaption"):
            (build_figure if name == "figure" else build_caption)(self, child, flow)
        elif name == "hr":
            flow.close()
            self.element(flow.host, "hr", child)
        elif name in EMBEDDED and not flow.in_paragraph:
            flow.close()
            link_to(self, child, name, flow.place())
            flow.drop_if_empty()
            flow.close()
            if name in _WITH_CONTENT:
                self.fill(child, flow)
        elif (child in self._blocky or name in BLOCKS) and name not in LEFT_OUT:
            self._report(name, child)
            self.fill(child, flow)
        else:
            apart = name in APART
            if apart:
                append_space(flow.place())
            self._inline(child, name, flow.place())
            if apart:
                append_space(flow.place())
            flow.drop_if_empty()

    # Words and phrases

    def phrases(self, node: Any, parent: _Element) -> None:
        """Put what `node` holds into an element that takes words and phrases only; blocks fall apart into words."""
        append_text(parent, node.text)
        for child in node:
            name = self.name(child)
            if name:
                apart = name in APART and parent.tag != "pre"
                if apart:
                    append_space(parent)
                self._inline(child, name, parent)
                if apart:
                    append_space(parent)
            append_text(parent, child.tail)

    def _inline(self, child: Any, name: str, parent: _Element) -> None:
        name = RENAMED.get(name, "img" if name == "image" else name)
        if name in ("svg", "math"):
            self._foreign.copy(child, parent)
        elif name in ("rt", "rp") and parent.tag != "ruby":
            self.phrases(child, parent)
        elif name in INLINE:
            self._phrase(child, name, parent)
        elif name in EMBEDDED:
            link_to(self, child, name, parent)
            if name in _WITH_CONTENT:
                self.phrases(child, parent)
        elif name in CONTROLS:
            build_control(self, child, name, parent)
        elif name not in INVISIBLE and name not in LEFT_OUT:
            self._report(name, child)
            self.phrases(child, parent)
        else:
            self._report(name, child)

    def _phrase(self, child: Any, name: str, parent: _Element) -> None:
        attributes = self.attributes(name, child)
        if name == "img":
            self._image(child, attributes, parent)
            return
        if name == "a" and self.in_link:
            attributes = {"id": attributes["id"]} if "id" in attributes else {}
            name = "span"
        if name in _NEEDED and _NEEDED[name] not in attributes:
            name = "span"
        if name in ("span", "a") and not attributes:
            self.phrases(child, parent)
            return
        from lxml import etree

        made = etree.SubElement(parent, name, attributes)
        if name in ("br", "wbr"):
            return
        self.in_link += name == "a"
        self.phrases(child, made)
        self.in_link -= name == "a"
        if not len(made) and not made.text and "id" not in attributes and "data-index" not in attributes:
            parent.remove(made)

    def _image(self, child: Any, attributes: dict[str, str], parent: _Element) -> None:
        from lxml import etree

        if attributes.get("src"):
            if is_decorative(child, attributes):
                attributes["alt"] = ""
            elif (child.get("alt") or "").isspace():
                # Brackets that nobody has filled in.
                attributes.pop("alt", None)
            etree.SubElement(parent, "img", attributes)

    def _report(self, name: str, child: Any) -> None:
        if name in LEFT_OUT:
            fold = "{count} scripts, style sheets or templates were left out"
            line = self.source.next_line_of(f"<{name}")
            self.source.warn("T012", f"<{name}> was left out: it is not text", line, fold=fold)
        elif name not in KNOWN and name != "x-page":
            shown = name.removeprefix("foreign-")
            fold = "{count} tags that HTML does not know were left out, with their content kept"
            line = self.source.next_line_of(f"<{shown}")
            self.source.warn(
                "T014", f"<{shown}> is not HTML: the tag was left out, its content kept", line, fold=fold
            )

    def _split(self, child: Any, name: str, flow: Flow) -> None:
        """Let a phrase that holds blocks run through each of them instead."""
        attributes = self.attributes(name, child)
        if name in _NEEDED and _NEEDED[name] not in attributes:
            name = "span"
        if name in ("br", "img", "wbr", "rt", "rp", "ruby") or (name == "span" and not attributes):
            self.fill(child, flow)
            return
        if name == "a" and self.in_link:
            self.fill(child, flow)
            return
        self.in_link += name == "a"
        flow.open_mark(name, attributes)
        self.fill(child, flow)
        flow.close_mark()
        self.in_link -= name == "a"

    # Blocks

    def _paragraph(self, child: Any, name: str, flow: Flow) -> None:
        tag = PARAGRAPHS[name]
        attributes = self.attributes(tag, child)
        if name in ("summary", "legend"):
            attributes["class"] = f"{attributes['class']} {name}" if "class" in attributes else name
        if tag == "p":
            flow.open_paragraph(attributes)
            self.fill(child, flow)
            flow.close_paragraph()
            return
        from lxml import etree

        flow.close()
        made = etree.SubElement(flow.host, tag, attributes)
        self.phrases(child, flow.marked(made))
        trim(made)
        flow.runs.append(made)

    def container(self, child: Any, name: str, flow: Flow) -> None:
        """Put a block that holds blocks into a flow."""
        flow.close()
        classes = (child.get("class") or "").split()
        if name == "div" and "highlight" in classes:
            pre = next((node for node in child.iter() if self.name(node) == "pre"), None)
            if pre is not None and len(child) == 1:
                build_preformatted(self, pre, child, flow)
                return
        made = self.element(flow.host, CONTAINERS[name], child)
        if name == "aside":
            fold = "{count} raw HTML asides are set as asides"
            self.source.warn(
                "T010", "raw HTML <aside>, set as an aside", self.source.next_line_of("<aside"), fold=fold
            )
        if name in ("details", "center"):
            own = "details" if name == "details" else "align-center"
            made.set("class", f"{own} {made.get('class', '')}".strip())
        inner = Flow(made, holds_text=made.tag == "div", marks=flow.marks)
        self.fill(child, inner)
        inner.finish()
        if not is_shown(made) and made.get("id") is None:
            flow.host.remove(made)

    def _descriptions(self, child: Any, flow: Flow) -> None:
        flow.close()
        made = self.element(flow.host, "dl", child)
        build_descriptions(self, child, made, flow.marks)
