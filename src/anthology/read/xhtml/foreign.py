"""Drawings (SVG) and formulas (MathML) that stand in the text itself: what of them is safe and valid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from anthology.drawings import as_drawn_text, clean_declarations, clean_value
from anthology.read.xhtml.attributes import id_of
from anthology.read.xhtml.drawing_rules import Rules
from anthology.read.xhtml.elements import MATHML, SVG
from anthology.xhtml import remove

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anthology.read.source import Source

_DRAWING = frozenset(
    [
        "svg",
        "g",
        "defs",
        "desc",
        "title",
        "symbol",
        "use",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "marker",
        "linearGradient",
        "radialGradient",
        "stop",
        "pattern",
        "clipPath",
        "mask",
        "filter",
        "feBlend",
        "feColorMatrix",
        "feComposite",
        "feFlood",
        "feGaussianBlur",
        "feMerge",
        "feMergeNode",
        "feOffset",
        "switch",
    ]
)
_FORMULA = frozenset(
    [
        "math",
        "mi",
        "mn",
        "mo",
        "ms",
        "mtext",
        "mspace",
        "mrow",
        "mfrac",
        "msqrt",
        "mroot",
        "mstyle",
        "merror",
        "mpadded",
        "mphantom",
        "mfenced",
        "menclose",
        "msub",
        "msup",
        "msubsup",
        "munder",
        "mover",
        "munderover",
        "mmultiscripts",
        "mprescripts",
        "none",
        "mtable",
        "mtr",
        "mtd",
        "mlabeledtr",
    ]
)
_FORMULA_ATTRIBUTES = frozenset(
    [
        "accent",
        "accentunder",
        "alttext",
        "bevelled",
        "class",
        "close",
        "columnalign",
        "columnlines",
        "columnspacing",
        "columnspan",
        "denomalign",
        "depth",
        "dir",
        "display",
        "displaystyle",
        "fence",
        "form",
        "frame",
        "height",
        "largeop",
        "linethickness",
        "lspace",
        "mathcolor",
        "mathsize",
        "mathvariant",
        "maxsize",
        "minsize",
        "movablelimits",
        "notation",
        "numalign",
        "open",
        "rowalign",
        "rowlines",
        "rowspacing",
        "rowspan",
        "rspace",
        "scriptlevel",
        "separator",
        "separators",
        "stretchy",
        "symmetric",
        "voffset",
        "width",
    ]
)
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"\s]+)['\"]?\s*\)")


class Foreign:
    """Copies drawings and formulas; the ids in them become unique among all articles.

    References between them (`url(#…)`, `href="#…"`) stay inside the drawing, so nobody else need change them.
    """

    def __init__(self, source: Source, prefix: str) -> None:
        self._source = source
        self._prefix = prefix
        self._count = 0
        self._rules = Rules([])

    def copy(self, node: Any, parent: _Element) -> _Element | None:
        """Copy an `svg` or `math` element to the end of `parent`; None where nothing of it is left."""
        from lxml import etree

        namespace = SVG if node.tag.startswith(f"{{{SVG}}}") else MATHML
        self._count += 1
        sheets = [each for each in node.iter() if each.tag == f"{{{SVG}}}style"]
        self._rules = Rules(["".join(sheet.itertext()) for sheet in sheets])
        made = etree.SubElement(parent, f"{{{namespace}}}{_local(node)}", nsmap={None: namespace})  # type: ignore[dict-item]  # the stubs know no default namespace
        self._fill(node, made, namespace)
        self._drop_dangling(made)
        if not len(made) and not (made.text or "").strip():
            parent.remove(made)
            return None
        return made

    def _fill(self, node: Any, made: _Element, namespace: str) -> None:
        from lxml import etree

        is_drawing = namespace == SVG
        attributes = dict(node.attrib)
        if is_drawing and (style := self._rules.style_of(node, _local(node))):
            attributes["style"] = style
        for key, value in attributes.items():
            kept = self._drawing_attribute(key, value) if is_drawing else _formula_attribute(key, value)
            if kept:
                made.set(*kept)
        made.text = node.text
        for child in node:
            if not isinstance(child.tag, str):
                made_child = None
            elif child.tag.startswith(f"{{{namespace}}}") and _local(child) in (
                _DRAWING if is_drawing else _FORMULA
            ):
                made_child = etree.SubElement(made, child.tag)
                self._fill(child, made_child, namespace)
            elif is_drawing and _local(child) == "foreignObject" and _local(node) != "switch":
                made_child = None
                text = as_drawn_text(child)
                if text is not None:
                    text.tail = None
                    made.append(text)
            elif _local(child) in ("semantics", "a"):
                # The first child of `semantics` is the formula, the others are notes to it for machines.
                made_child = etree.SubElement(made, f"{{{namespace}}}{'g' if is_drawing else 'mrow'}")
                self._fill(child, made_child, namespace)
            else:
                made_child = None
                self._left_out(child)
            _append_text(made, child.tail)

    def _drawing_attribute(self, key: str, value: str) -> tuple[str, str] | None:
        name = key.rpartition("}")[2]
        if name.lower().startswith("on") or name in ("base", "space") or name.startswith("xmlns"):
            return None
        if name in ("href", "src"):
            return ("href", f"#{self._own(value[1:])}") if value.startswith("#") and name == "href" else None
        if name == "id":
            return "id", self._own(value)
        if name in ("aria-labelledby", "aria-describedby"):
            return name, " ".join(self._own(word) for word in value.split())
        value = _REFERENCE.sub(lambda found: f"url(#{self._own(found.group(1))})", value)
        if "{" in key or "javascript:" in value.lower():
            return None
        clean = clean_declarations(value, []) if name == "style" else clean_value(value, [])
        return (name, clean) if clean or clean == value else None

    def _drop_dangling(self, drawing: _Element) -> None:
        """Take away what repeats a part that is not in this drawing: it shows nothing, and no book may have it."""
        ids = {f"#{element.get('id')}" for element in drawing.iter() if element.get("id")}
        for element in list(drawing.iter(f"{{{SVG}}}use")):
            if element.get("href") not in ids and element.getparent() is not None:
                self._left_out(element)
                remove(element)

    def _own(self, name: str) -> str:
        return f"{self._prefix}-{self._count}-{id_of(name)}"

    def _left_out(self, child: Any) -> None:
        name = _local(child)
        if name in ("annotation", "annotation-xml", "metadata", "namedview"):
            return
        if name == "style" and self._rules.understood:
            return  # its rules stand with what they are for
        line = self._source.next_line_of(f"<{name}")
        fold = "{count} parts of drawings or formulas in the text were left out"
        self._source.warn("T021", f"<{name}> inside a drawing or formula was left out", line, fold=fold)


def _formula_attribute(key: str, value: str) -> tuple[str, str] | None:
    return (key, value) if key in _FORMULA_ATTRIBUTES else None


def _append_text(parent: _Element, text: str | None) -> None:
    if text:
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]
