"""Notes: references numbered in the order they are met, and the notes themselves at the end of the body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from anthology.read.markdown.notes import AGAIN
from anthology.read.xhtml.attributes import id_of
from anthology.read.xhtml.elements import INLINE
from anthology.read.xhtml.flow import is_shown, trim

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anthology.read.source import Source

_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\n]+)\]:", re.MULTILINE)
# A label has a letter or figure and no backslash: `[^\s]` and `[^.]` are patterns that nobody put between backticks.
_REFERENCE = re.compile(r"\[\^(?=[^\]\\]*\w)([^\]\s\\][^\]\\]*)\](?!:)")
_NOT_NAME = re.compile(r"[^\w-]+")
_HREF = "#fn:"


def settle_notes(root: _Element, source: Source) -> None:
    """Turn Python-Markdown's notes into the form of ours, in place.

    A reference becomes `<a class="note-ref" id="ref-KEY" href="#note-KEY">1</a>`, a note
    `<aside class="note" id="note-KEY">` in `<section class="notes">` at the end. A note without a reference,
    a reference without a note, and a label used twice are problems.
    """
    held = _take_list(root)
    notes = _Notes(root, held)
    for anchor in list(root.iter("a")):
        notes.refer(anchor)
    # A note may refer to another: those come after all that the text refers to.
    for item in list(held):
        for anchor in list(item.iter("a")):
            notes.refer(anchor)
    if held:
        notes.place(root, source)
    _report_labels(source)
    _report_missing(root, source)


def _take_list(root: _Element) -> list[_Element]:
    # Within a tag that its writer never closed, the list is not at the end of the body but of that element.
    for division in reversed(list(root.iter("div"))):
        listed = division.find("ol")
        parent = division.getparent()
        if division.get("class") == "footnote" and listed is not None and parent is not None:
            parent.remove(division)
            return list(listed)
    return []


class _Notes:
    """The notes of one body, by the name that their label was given."""

    def __init__(self, root: _Element, held: list[_Element]) -> None:
        self._waiting: dict[str, list[_Element]] = {}
        for item in held:
            self._waiting.setdefault(str(item.get("id")), []).append(item)
        self._taken = {str(element.get("id")) for element in root.iter() if element.get("id")}
        self._by_label: dict[str, tuple[str, _Element, int]] = {}
        self._references: dict[str, int] = {}

    def refer(self, anchor: _Element) -> None:
        """Rewrite one reference."""
        href = anchor.get("href", "")
        if anchor.get("class") != "footnote-ref" or not href.startswith(_HREF):
            return
        written = href.removeprefix(_HREF)
        # A label may itself look like an escape: `[^50%25]`.
        label = written if id_of(f"fn:{written}") in self._waiting else unquote(written)
        if label not in self._by_label:
            waiting = self._waiting.get(id_of(f"fn:{label}"))
            if not waiting:
                # The note was swallowed by a tag that is never closed; the link would lead nowhere.
                anchor.attrib.clear()
                return
            self._by_label[label] = (self._key(label), waiting.pop(0), len(self._by_label) + 1)
        key, _, number = self._by_label[label]
        count = self._references[key] = self._references.get(key, 0) + 1
        for name in list(anchor.attrib):
            del anchor.attrib[name]
        anchor.set("class", "note-ref")
        anchor.set("id", f"ref-{key}" if count == 1 else f"ref-{key}-{count}")
        anchor.set("href", f"#note-{key}")
        anchor.text = str(number)
        raised = anchor.getparent()
        if raised is not None and raised.tag == "sup" and len(raised) == 1:
            _replace(raised, anchor)

    def place(self, root: _Element, source: Source) -> None:
        """Write the notes at the end of the body."""
        from lxml import etree

        section = etree.SubElement(root, "section", {"class": "notes"})
        for key, item, _ in self._by_label.values():
            _write(section, key, item)
        for waiting in self._waiting.values():
            for item in waiting:
                label = str(item.get("id")).removeprefix("fn-")
                if label.endswith(AGAIN):  # `_report_labels` has told of it
                    _write(section, self._key(label.replace(AGAIN, "")), item)
                    continue
                line = source.next_line_of(f"[^{label}]:")
                source.warn(
                    "T018",
                    f'nothing refers to the note "{label}"; it stands behind the others',
                    line,
                    f"put [^{label}] where it belongs",
                    fold="{count} notes stand at the end, with nothing that refers to them",
                )
                _write(section, self._key(label), item)

    def _key(self, label: str) -> str:
        stem = _NOT_NAME.sub("-", label).strip("-") or "x"
        key, count = stem, 1
        while not {f"note-{key}", f"ref-{key}"}.isdisjoint(self._taken):
            count += 1
            key = f"{stem}-{count}"
        self._taken |= {f"note-{key}", f"ref-{key}"}
        return key


def _write(section: _Element, key: str, item: _Element) -> None:
    from lxml import etree

    note = etree.SubElement(section, "aside", {"class": "note", "id": f"note-{key}"})
    children = list(item)
    if (item.text or "").strip() or any(child.tag in INLINE for child in children):
        # A note of words alone: they stand in one paragraph.
        paragraph = etree.SubElement(note, "p")
        paragraph.text = item.text
        while children and children[0].tag in INLINE:
            paragraph.append(children.pop(0))
    note.extend(children)
    last = note[-1] if len(note) else None
    if last is not None and last.tag == "p":
        # The no-break space before the backlink that Python-Markdown writes.
        if len(last):
            last[-1].tail = (last[-1].tail or "").rstrip() or None
        elif last.text:
            last.text = last.text.rstrip()
        trim(last)
        if not is_shown(last):
            note.remove(last)


def _replace(old: _Element, new: _Element) -> None:
    parent = old.getparent()
    if parent is not None:
        new.tail = old.tail
        parent.replace(old, new)


def _report_labels(source: Source) -> None:
    if "[^" not in source.text:
        return
    first: dict[str, int] = {}
    for found in _DEFINITION.finditer(source.prose(), source.body_at):
        label, line = source.text[found.start(1) : found.end(1)], source.line_at(found.start(1))
        if label in first:
            message = (
                f'two notes are called "{label}", on lines {first[label]} and {line}: the first is meant,'
                " the other stands behind the others"
            )
            source.warn("T019", message, line, "call one of them something else")
        first.setdefault(label, line)


def _report_missing(root: _Element, source: Source) -> None:
    if "[^" not in source.text:
        return
    for element in root.iter():
        inside = element.tag not in ("code", "pre")
        for text in (element.text if inside else None, element.tail):
            for found in _REFERENCE.finditer(text or ""):
                label = found.group(1)
                source.warn(
                    "T017",
                    f'there is no note "{label}"; the reference stays as it was written',
                    source.next_line_of(f"[^{label}]"),
                    f"write the note: [^{label}]: …",
                    fold="{count} references to notes that do not exist stay as they were written",
                )
