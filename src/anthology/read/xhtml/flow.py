"""A place where blocks follow one another, and where words that stand between them become paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.read.xhtml.elements import BLOCKS, SVG

if TYPE_CHECKING:
    from lxml.etree import _Element

Mark = tuple[str, dict[str, str]]

# What is seen though it holds no text.
_SEEN = frozenset({"img", "hr", "math", "svg"})
_LEAVES = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "figcaption", "caption", "pre"}
)


class Flow:
    """Fills `host` with blocks.

    Words are gathered in a run, a `p`, until a block ends it. `holds_text` lets words that stand alone in the
    host do without that `p`. `marks` are the phrases (bold, a link) that run through all blocks in here.
    """

    def __init__(self, host: _Element, *, holds_text: bool, marks: tuple[Mark, ...] = ()) -> None:
        self.host = host
        self.marks = marks
        self.runs: list[_Element] = []
        self._holds_text = holds_text
        self._given: dict[str, str] | None = None
        self._run: _Element | None = None
        self._point: _Element | None = None
        self._wrote_alone: set[_Element] = set()

    @property
    def in_paragraph(self) -> bool:
        """Tell whether words here belong to a paragraph that was written as one."""
        return self._given is not None

    def place(self) -> _Element:
        """Give the element into which the next words go."""
        from lxml import etree

        if self._run is None:
            self._run = etree.SubElement(self.host, "p", self._given or {})
            self.runs.append(self._run)
            if self._given is None:
                self._wrote_alone.add(self._run)
            elif "id" in self._given:
                self._given = {key: value for key, value in self._given.items() if key != "id"}
            self._point = None
        if self._point is None:
            self._point = self.marked(self._run)
        return self._point

    def marked(self, element: _Element) -> _Element:
        """Open the phrases that run through here inside `element`; give the innermost."""
        from lxml import etree

        for name, attributes in self.marks:
            element = etree.SubElement(element, name, attributes)
            attributes.pop("id", None)
        return element

    def add_text(self, text: str | None) -> None:
        """Put words into the run; space between blocks is nothing."""
        if text and (self._run is not None or not text.isspace()):
            append_text(self.place(), text)

    def drop_if_empty(self) -> None:
        """Forget a run that was opened for something that left nothing."""
        run = self._run
        if run is not None and not len(run) and not run.text:
            self.host.remove(run)
            self.runs.remove(run)
            self._run = None

    def open_mark(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a phrase that runs on through blocks."""
        self.marks = (*self.marks, (name, attributes))
        self._point = None

    def close_mark(self) -> None:
        """End the phrase that began last."""
        self.marks = self.marks[:-1]
        self._point = None

    def open_paragraph(self, attributes: dict[str, str]) -> None:
        """Begin a paragraph that was written as one."""
        self.close()
        self._given = attributes

    def close_paragraph(self) -> None:
        """End it."""
        self.close()
        self._given = None

    def close(self) -> None:
        """End the run."""
        if self._run is not None:
            trim(self._run)
        self._run = self._point = None

    def finish(self) -> None:
        """End the flow: runs that show nothing go, and words that stand alone lose their paragraph."""
        self.close()
        for run in self.runs:
            if not is_shown(run):
                _remove_keeping_ids(run)
        if self.host.tag == "figure":
            for run in [
                run for run in self._wrote_alone if run.getparent() is self.host and not _has_text(run)
            ]:
                _inline(run)
        elif self._holds_text and len(self.host) == 1 and self.host[0] in self._wrote_alone:
            _inline(self.host[0])


def append_text(parent: _Element, text: str | None) -> None:
    """Put text at the end of an element."""
    if not text:
        return
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def append_space(parent: _Element) -> None:
    """Put a space at the end of an element, unless one stands there."""
    before = (parent[-1].tail if len(parent) else parent.text) or ""
    if before[-1:].strip() or (len(parent) and not before):
        append_text(parent, " ")


def trim(element: _Element) -> None:
    """Take the white space from both ends of an element's words, however deep they stand."""
    if element.text:
        element.text = element.text.lstrip(" \t\n\r")
    last = element
    while len(last) and not (last[-1].tail or "").strip(" \t\n\r"):
        last[-1].tail = None
        if last[-1].tag == "br":
            last.remove(last[-1])
            continue
        last = last[-1]
        if last.tag == "code":
            return
    if len(last):
        last[-1].tail = (last[-1].tail or "").rstrip(" \t\n\r")
    elif last.text:
        last.text = last.text.rstrip(" \t\n\r")


def is_shown(element: _Element) -> bool:
    """Tell whether a reader sees anything of an element."""
    return _has_text(element) or any(
        (tag := str(node.tag).removeprefix(f"{{{SVG}}}").rpartition("}")[2]) in _SEEN
        or (tag == "span" and (node.get("role") == "img" or node.get("data-index") is not None))
        for node in element.iter()
    )


def _has_text(element: _Element) -> bool:
    return any(text.strip() for text in element.itertext())


def _inline(run: _Element) -> None:
    """Put what a run holds in its own place."""
    parent = run.getparent()
    if parent is None:
        return
    at = parent.index(run)
    parent.remove(run)
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + (run.text or "") or None
    else:
        parent.text = (parent.text or "") + (run.text or "")
    parent[at:at] = list(run)


def _remove_keeping_ids(run: _Element) -> None:
    """Remove a run that shows nothing; the places that links may lead to move on to what follows."""
    from lxml import etree

    parent = run.getparent()
    if parent is None:
        return
    anchors = [str(node.get("id")) for node in run.iter() if node.get("id")]
    at = parent.index(run)
    parent.remove(run)
    if not anchors:
        return
    after = parent[at] if at < len(parent) else None
    while after is not None and after.tag not in _LEAVES and len(after) and after[0].tag in BLOCKS:
        after = after[0]
    if after is None or after.tag in ("hr", "img"):
        if parent.get("id") is None and parent.getparent() is not None:
            parent.set("id", anchors[0])
        return
    for anchor in reversed(anchors):
        made = etree.Element("span", {"id": anchor})
        made.tail, after.text = after.text, None
        after.insert(0, made)
