"""Lists of attributes in braces, behind a part of a line or below a block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.extensions.attr_list import AttrListTreeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# A list of attributes: `{#id .class key=value}`, or kramdown's `{: word }`. What else stands in braces is text: a tag
# of a site generator, a placeholder, a formula.
_ATTRIBUTE = r"""(?:[#.][^\s{}="'%]+|[\w:.-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"'=]+))"""
ATTRIBUTES = (
    rf"\{{(?::[ ]*|[ ]*(?={_ATTRIBUTE}))((?:{_ATTRIBUTE}|[\w-]+)(?:[ ]+(?:{_ATTRIBUTE}|[\w-]+))*)[ ]*\}}"
)

_OWN_LINE = re.compile(rf"[ ]{{0,3}}(?=\{{:){ATTRIBUTES}[ ]*(?:\n|$)")


class AttributeLists(AttrListTreeprocessor):
    """Read lists of attributes, and leave all else that stands in braces."""

    # Python-Markdown means these to be replaced, though its types call them final.
    HEADER_RE = re.compile(rf"[ ]+{ATTRIBUTES}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{ATTRIBUTES}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{ATTRIBUTES}")  # type: ignore[misc]

    def run(self, doc: Element) -> None:
        """Give the elements of a document their attributes."""
        super().run(doc)
        for parent in list(doc.iter()):
            before = None
            for child in list(parent):
                own = _OWN_LINE.match(child.text or "") if child.tag == "p" else None
                if own and child.text:
                    # Kramdown's own line of attributes belongs to the block before it.
                    if before is not None:
                        self.assign_attrs(before, own.group(1))
                    child.text = child.text[own.end() :]
                    if not child.text and not len(child):
                        parent.remove(child)
                        continue
                before = child
