"""The documents of an edition set as leaves, until every page number has its room; then the furniture of its pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from anthology.digests import digest
from anthology.editions.estimate import estimated_folios
from anthology.editions.workshop import sheet_digest
from anthology.leaves import Frame, FramesTask, Furniture, Leaf, LeafTask, RulesTask
from anthology.numbering import Numbering, frames_of, kinds_of, number_pages, room_for, strings_in
from anthology.pages import folio
from anthology.typeset import read_frames, set_frames, set_leaf, slots_of
from anthology.workers import LostTask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from anthology.editions.workshop import Workshop
    from anthology.leaves import FrameKind, FrameRules, Sheet, Side
    from anthology.model import Document

# Page numbers settle in two or three rounds; more would mean that they never do.
_MOST_ROUNDS = 8
# Frames set in one task.
_FRAMES = 60

_PICTURES = re.compile(r"anthology-image:(\w+\.\w+)")


@dataclass(frozen=True, slots=True)
class Copy:
    """What is to be set: documents in the order of the book, and what they are set with.

    `picture` gives bytes and media type of a picture by its key; `blocks` the digest and length of the words of each
    block, by document and id; `start` tells on which side articles begin. For a piece of a book, `begin` is the page
    (from 0) on which it begins in the whole, and `elsewhere` are the pages of what stands in the rest.
    """

    documents: tuple[Document, ...]
    sheet: Sheet
    picture: Callable[[str], tuple[bytes, str]]
    blocks: Mapping[str, Mapping[str, tuple[str, int]]]
    start: Literal["any", "recto"] = "any"
    begin: int = 0
    elsewhere: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be set, and why."""

    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class Typeset:
    """What was set: leaves by document, where they stand, and what the margins of each page carry.

    `reused` counts the leaves that came from the cache; `settled` tells whether every number has its room. With
    `failures` there is nothing else.
    """

    leaves: Mapping[str, Leaf]
    numbering: Numbering
    rules: Mapping[FrameKind, FrameRules]
    frames: Mapping[int, Frame]
    furniture: Mapping[Frame, Furniture]
    reused: int = 0
    settled: bool = True
    failures: tuple[Failure, ...] = ()


@dataclass(slots=True)
class _Work:
    """The state of a setting: what is known so far."""

    leaves: dict[str, Leaf] = field(default_factory=dict)
    widths: dict[str, int] = field(default_factory=dict)
    sides: dict[str, Side] = field(default_factory=dict)
    reused: set[str] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)
    pages: int = 0


def set_copy(copy: Copy, workshop: Workshop, progress: Callable[[str], None]) -> Typeset:
    """Set documents as leaves, number their pages, and set their furniture.

    A slot has room for the figures of an estimate; where its number is wider, its leaf is set again. Room only
    grows, and the estimate is a function of the documents, so that every build comes to the same pages.
    `progress` is told how far the setting is.
    """
    return _Setter(copy, workshop, progress).set()


class _Setter:
    def __init__(self, copy: Copy, workshop: Workshop, progress: Callable[[str], None]) -> None:
        self._copy = copy
        self._workshop = workshop
        self._progress = progress
        self._ground = sheet_digest(copy.sheet)
        self._slots = {document.name: slots_of(document.html) for document in copy.documents}
        self._work = _Work()

    def set(self) -> Typeset:
        copy, work = self._copy, self._work
        estimate = estimated_folios(copy.documents, copy.sheet)
        estimate |= {name: folio(page, 0) for name, page in copy.elsewhere.items()}
        for target in {target for slots in self._slots.values() for target in slots}:
            known = estimate.get(target) or estimate.get(target.partition("--")[0], "0")
            work.widths[target] = room_for(known)
        waiting: Sequence[Document] = copy.documents
        rules: Mapping[FrameKind, FrameRules] = {}
        numbering = Numbering({}, 0, 0, copy.sheet.direction)
        for _ in range(_MOST_ROUNDS):
            self._set_leaves(waiting)
            if work.failures:
                return Typeset(work.leaves, numbering, {}, {}, {}, failures=tuple(work.failures))
            rules = rules or self._rules()
            numbering = number_pages(
                copy.documents, work.leaves, copy.start, copy.sheet.direction, copy.begin
            )
            waiting = self._unsettled(numbering, rules)
            if not waiting:
                break
        frames = frames_of(copy.documents, work.leaves, numbering, rules)
        furniture = self._furniture(frames.values())
        reused = sum(
            document.name in work.reused for document in copy.documents if document.kind == "article"
        )
        return Typeset(work.leaves, numbering, rules, frames, furniture, reused, settled=not waiting)

    def _set_leaves(self, documents: Iterable[Document]) -> None:
        """Take leaves from the cache, and have the others set."""
        work, missing = self._work, []
        for document in documents:
            kept = self._workshop.kept(self._key(document))
            if kept is None:
                missing.append(document)
                work.reused.discard(document.name)
            else:
                self._take(kept)
                work.reused.add(document.name)
        tasks = (self._task(document) for document in missing)
        for done, (task, future) in enumerate(self._workshop.perform(set_leaf, tasks), 1):
            try:
                setting = future.result()
            except LostTask as lost:
                work.failures.append(Failure(task.document.name, str(lost)))
                continue
            except (ValueError, AssertionError, RecursionError, RuntimeError) as error:
                work.failures.append(Failure(task.document.name, str(error) or type(error).__name__))
                continue
            self._workshop.add_faces(setting.faces)
            self._workshop.keep(self._key(task.document), setting.leaf, setting.leaf.faces)
            self._take(setting.leaf)
            self._progress(
                f"{done} of {len(missing)} set, {len(work.reused)} reused, {work.pages} pages so far"
            )

    def _take(self, leaf: Leaf) -> None:
        before = self._work.leaves.get(leaf.name)
        self._work.pages += len(leaf.frames) - (len(before.frames) if before else 0)
        self._work.leaves[leaf.name] = leaf

    def _task(self, document: Document) -> LeafTask:
        keys = sorted(set(_PICTURES.findall(document.html)))
        return LeafTask(
            document=document,
            sheet=self._copy.sheet,
            pictures={key: self._copy.picture(key) for key in keys},
            widths={target: self._work.widths[target] for target in self._slots[document.name]},
            side=self._work.sides.get(document.name),
            blocks=self._copy.blocks.get(document.name, {}),
            known_faces=frozenset(self._workshop.faces),
        )

    def _key(self, document: Document) -> str:
        """Digest all that a leaf depends on; pictures have their content in their names."""
        widths = [(target, self._work.widths[target]) for target in self._slots[document.name]]
        blocks = sorted(self._copy.blocks.get(document.name, {}).items())
        side = self._work.sides.get(document.name)
        return digest("leaf", self._ground, repr(document), repr(widths), repr(blocks), repr(side))

    def _unsettled(self, numbering: Numbering, rules: Mapping[FrameKind, FrameRules]) -> tuple[Document, ...]:
        """Widen what is too narrow; give the documents that must be set again."""
        work, again = self._work, set[str]()
        pages = page_of_each_place(work.leaves, numbering)
        grown = set()
        for target, width in work.widths.items():
            needed = room_for(numbering.folio(pages[target])) if target in pages else width
            if needed > width:
                work.widths[target] = needed
                grown.add(target)
        again |= {name for name, slots in self._slots.items() if not grown.isdisjoint(slots)}
        alike = _sides_are_alike(rules)
        for name, page in numbering.first.items():
            leaf, side = work.leaves[name], numbering.side(page)
            if leaf.frames[0].side != side and (leaf.breaks.within or not alike):
                work.sides[name] = side
                again.add(name)
        return tuple(document for document in self._copy.documents if document.name in again)

    def _rules(self) -> Mapping[FrameKind, FrameRules]:
        leaves = self._work.leaves.values()
        task = RulesTask(kinds_of(leaves), strings_in(leaves), self._copy.sheet)
        key = digest("rules", self._ground, repr(task.kinds), repr(task.strings))
        kept: Mapping[FrameKind, FrameRules] | None = self._workshop.kept(key)
        if kept is None:
            ((_, future),) = self._workshop.perform(read_frames, [task])
            kept = future.result()
            self._workshop.keep(key, kept, ())
        assert kept is not None
        return kept

    def _furniture(self, frames: Iterable[Frame]) -> dict[Frame, Furniture]:
        """Take furniture from the cache, and have the rest set."""
        made: dict[Frame, Furniture] = {}
        missing = []
        for frame in sorted(set(frames), key=repr):
            kept = self._workshop.kept(self._frame_key(frame))
            if kept is None:
                missing.append(frame)
            else:
                made[frame] = kept
        batches = []
        for roman in (True, False):
            some = [frame for frame in missing if frame.roman is roman]
            batches += [tuple(some[at : at + _FRAMES]) for at in range(0, len(some), _FRAMES)]
        tasks = (FramesTask(batch, self._copy.sheet, frozenset(self._workshop.faces)) for batch in batches)
        for task, future in self._workshop.perform(set_frames, tasks):
            done = future.result()
            self._workshop.add_faces(done.faces)
            for frame, furniture in zip(task.frames, done.furniture, strict=True):
                made[frame] = furniture
                self._workshop.keep(
                    self._frame_key(frame), furniture, {font.face for font in furniture.fonts}
                )
        return made

    def _frame_key(self, frame: Frame) -> str:
        return digest("frame", self._ground, repr(frame))


def page_of_each_place(leaves: Mapping[str, Leaf], numbering: Numbering) -> dict[str, int]:
    """Tell the page (from 0) of every document and every id in the book."""
    pages: dict[str, int] = {}
    for name, leaf in leaves.items():
        first = numbering.first[name]
        pages[name] = first
        for anchor, (page, _, _) in leaf.anchors.items():
            pages.setdefault(anchor, first + page)
    return pages


def _sides_are_alike(rules: Mapping[FrameKind, FrameRules]) -> bool:
    """Tell whether left and right pages differ in nothing but where the type area and the furniture lie."""
    for kind, rule in rules.items():
        other = rules[kind._replace(side="left" if kind.side == "right" else "right")]
        if not rule.plain or any(
            abs(one - two) > 0.01 for one, two in zip(rule.area[1:], other.area[1:], strict=True)
        ):
            return False
    return True
