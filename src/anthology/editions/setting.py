"""The documents of an edition set as leaves, until every page number has its room; then the furniture of its pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from anthology.digests import digest
from anthology.editions.estimate import estimated_folios
from anthology.editions.margins import Margins, reason_of
from anthology.editions.workshop import sheet_digest
from anthology.leaves import Frame, Furniture, Leaf, LeafTask
from anthology.numbering import Numbering, frames_of, kinds_of, number_pages, room_for
from anthology.pages import folio
from anthology.problems import AnthologyError
from anthology.typeset import set_leaf, slots_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from anthology.editions.workshop import Workshop
    from anthology.leaves import FrameKind, FrameRules, Sheet, Side
    from anthology.model import Document

T = TypeVar("T")

# Page numbers settle in two or three rounds; more would mean that they never do.
_MOST_ROUNDS = 8

_PICTURES = re.compile(r"anthology-image:(\w+\.\w+)")


@dataclass(frozen=True, slots=True)
class Copy:
    """What is to be set: documents in the order of the book, and what they are set with.

    `picture` gives bytes and media type of a picture by its key; `blocks` the digest and length of the words of each
    block, by document and id; `start` tells on which side articles begin. For a piece of a book, `begin` is the page
    (from 0) on which it begins in the whole, and `elsewhere` are the pages of what stands in the rest. `signature`
    and `last_blank` say what blank pages the book ends with. `settle` writes anew what the page numbers (from 0, by
    place) make of a document of kind `index`; such documents come last, so that nothing moves with them.
    """

    documents: tuple[Document, ...]
    sheet: Sheet
    picture: Callable[[str], tuple[bytes, str]]
    blocks: Mapping[str, Mapping[str, tuple[str, int]]]
    start: Literal["any", "recto"] = "any"
    begin: int = 0
    elsewhere: Mapping[str, int] = field(default_factory=dict)
    signature: int = 1
    last_blank: bool = False
    settle: Callable[[str, Mapping[str, int]], str] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be set, and why."""

    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class Typeset:
    """What was set: leaves by document, where they stand, and what the margins of each page carry.

    `reused` counts the leaves that came from the cache; `settled` tells whether every number has its room;
    `complaints` are what the engine had to say of the style sheets. With `failures` there is nothing else.
    """

    leaves: Mapping[str, Leaf]
    numbering: Numbering
    rules: Mapping[FrameKind, FrameRules]
    frames: Mapping[int, Frame]
    furniture: Mapping[Frame, Furniture]
    reused: int = 0
    settled: bool = True
    complaints: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()


# A document to be set, and the side of its first page if that is to be another than it would have by itself.
_Wanted: TypeAlias = "tuple[Document, Side | None]"


@dataclass(slots=True)
class _Work:
    """The state of a setting: what is known so far."""

    leaves: dict[str, Leaf] = field(default_factory=dict)
    # Of documents whose pages depend on the side of the first: that of the other leaf, and that leaf once it is set.
    sides: dict[str, Side] = field(default_factory=dict)
    turned: dict[str, Leaf] = field(default_factory=dict)
    widths: dict[str, int] = field(default_factory=dict)
    reused: set[str] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)
    pages: int = 0


def set_copy(copy: Copy, workshop: Workshop, progress: Callable[[str], None]) -> Typeset:
    """Set documents as leaves, number their pages, and set their furniture.

    A slot has room for the figures of an estimate; where its number is wider, its leaf is set again. Room only
    grows, and the estimate is a function of the documents, so that every build comes to the same pages. Documents
    whose pages depend on the side of the first are set for both sides: which it is may change with every page before.
    `progress` is told how far the setting is.
    """
    return _Setter(copy, workshop, progress).set()


class _Setter:
    def __init__(self, copy: Copy, workshop: Workshop, progress: Callable[[str], None]) -> None:
        self._copy = copy
        self._workshop = workshop
        self._progress = progress
        # Only margins bear a stamp: a proof takes the leaves of the book, and the book those of its proof.
        self._ground = sheet_digest(replace(copy.sheet, stamp=""))
        # As they are set: an index is written anew once its page numbers are known.
        self._documents = {document.name: document for document in copy.documents}
        self._slots = {document.name: slots_of(document.html) for document in copy.documents}
        # Of indexes: there numbers stand between words, and more room than they take would be seen.
        self._exact: dict[str, dict[str, int]] = {}
        self._work = _Work()
        self._margins = Margins(workshop, copy.sheet, sheet_digest(copy.sheet))

    def set(self) -> Typeset:
        copy, work = self._copy, self._work
        estimate = estimated_folios(copy.documents, copy.sheet)
        estimate |= {name: folio(page, 0) for name, page in copy.elsewhere.items()}
        for target in {target for slots in self._slots.values() for target in slots}:
            known = estimate.get(target) or estimate.get(target.partition("--")[0], "0")
            work.widths[target] = room_for(known)
        waiting: Sequence[_Wanted] = [(document, None) for document in copy.documents]
        rules: Mapping[FrameKind, FrameRules] = {}
        complaints: tuple[str, ...] = ()
        numbering = Numbering({}, 0, 0, copy.sheet.direction)
        for _ in range(_MOST_ROUNDS):
            self._set_leaves(waiting)
            if work.failures:
                return Typeset(work.leaves, numbering, {}, {}, {}, failures=tuple(work.failures))
            if not rules.keys() >= set(kinds_of((*work.leaves.values(), *work.turned.values()))):
                read = self._margins.rules((*work.leaves.values(), *work.turned.values()))
                rules, complaints = read.rules, read.complaints
            numbering = number_pages(
                copy.documents,
                work.leaves,
                copy.start,
                copy.sheet.direction,
                copy.begin,
                work.turned,
                copy.signature,
                copy.last_blank,
            )
            self._turn(numbering)
            waiting = [*self._too_narrow(numbering), *self._on_the_wrong_side(numbering, rules)]
            waiting = waiting or list(self._unsettled(numbering))
            if not waiting:
                break
        frames = frames_of(copy.documents, work.leaves, numbering, rules)
        furniture = self._margins.furniture(frames.values())
        reused = sum(
            document.name in work.reused for document in copy.documents if document.kind == "article"
        )
        return Typeset(work.leaves, numbering, rules, frames, furniture, reused, not waiting, complaints)

    def _set_leaves(self, wanted: Sequence[_Wanted]) -> None:
        """Take leaves from the cache, and have the others set."""
        work, missing = self._work, []
        work.reused |= {document.name for document, _ in wanted}
        for document, side in wanted:
            kept = self._workshop.kept(self._key(document, side))
            if kept is None:
                missing.append((document, side))
                work.reused.discard(document.name)
            else:
                self._take(kept, side)
        tasks = (self._task(document, side) for document, side in missing)
        for done, (task, future) in enumerate(self._workshop.perform(set_leaf, tasks), 1):
            try:
                setting = future.result()
            except AnthologyError:
                raise
            except Exception as error:  # whatever the engine can fail with: others are set none the less
                work.failures.append(Failure(task.document.name, reason_of(error)))
                continue
            self._workshop.add_faces(setting.faces)
            self._workshop.keep(self._key(task.document, task.side), setting.leaf, setting.leaf.faces)
            self._take(setting.leaf, task.side)
            self._progress(
                f"{done} of {len(missing)} set, {len(work.reused)} reused, {work.pages} pages so far"
            )

    def _take(self, leaf: Leaf, side: Side | None) -> None:
        if side:
            self._work.turned[leaf.name] = leaf
            return
        before = self._work.leaves.get(leaf.name)
        self._work.pages += len(leaf.frames) - (len(before.frames) if before else 0)
        self._work.leaves[leaf.name] = leaf

    def _task(self, document: Document, side: Side | None) -> LeafTask:
        keys = sorted(set(_PICTURES.findall(document.html)))
        return LeafTask(
            document=document,
            sheet=self._copy.sheet,
            pictures={key: self._copy.picture(key) for key in keys},
            widths=self._widths_in(document.name),
            side=side,
            blocks=self._copy.blocks.get(document.name, {}),
            known_faces=frozenset(self._workshop.faces),
        )

    def _key(self, document: Document, side: Side | None) -> str:
        """Digest all that a leaf depends on; pictures have their content in their names."""
        widths = list(self._widths_in(document.name).items())
        blocks = sorted(self._copy.blocks.get(document.name, {}).items())
        return digest("leaf", self._ground, repr(document), repr(widths), repr(blocks), repr(side))

    def _widths_in(self, name: str) -> dict[str, int]:
        """Give the figures that each slot of a document has room for."""
        widths = self._exact.get(name, self._work.widths)
        return {target: widths[target] for target in self._slots[name]}

    def _turn(self, numbering: Numbering) -> None:
        """Take the leaf of the side on which each document begins, where there are two."""
        work = self._work
        for name, turned in work.turned.items():
            if numbering.side(numbering.first[name]) == turned.frames[0].side:
                work.leaves[name], work.turned[name] = turned, work.leaves[name]

    def _too_narrow(self, numbering: Numbering) -> Iterator[_Wanted]:
        """Widen slots that have no room for their number; give the documents that they stand in."""
        work = self._work
        pages = page_of_each_place(work.leaves, numbering)
        grown = set()
        for target, width in work.widths.items():
            needed = room_for(numbering.folio(pages[target])) if target in pages else width
            if needed > width:
                work.widths[target] = needed
                grown.add(target)
        for document in self._copy.documents:
            if not grown.isdisjoint(self._slots[document.name]):
                yield self._documents[document.name], None
                if document.name in work.sides:
                    yield self._documents[document.name], work.sides[document.name]

    def _on_the_wrong_side(
        self, numbering: Numbering, rules: Mapping[FrameKind, FrameRules]
    ) -> Iterator[_Wanted]:
        """Give documents that were set for one side and begin on the other, where that makes a difference.

        All that come after the first of them may have to be turned as well, and are set for both sides at once.
        """
        work, alike = self._work, _sides_are_alike(rules)
        wrong = False
        for document in self._copy.documents:
            leaf, side = work.leaves[document.name], numbering.side(numbering.first[document.name])
            fits = leaf.frames[0].side == side
            on_rectos = document.kind == "article" and self._copy.start == "recto"
            if document.name in work.sides or (alike and not leaf.breaks.within):
                continue
            if fits and (leaf.breaks.before or on_rectos):
                continue
            wrong = wrong or not fits
            if wrong:
                work.sides[document.name] = "left" if leaf.frames[0].side == "right" else "right"
                yield self._documents[document.name], work.sides[document.name]

    def _unsettled(self, numbering: Numbering) -> Iterator[_Wanted]:
        """Write indexes anew as the page numbers have it; give those that are other than they were set."""
        if self._copy.settle is None:
            return
        pages = page_of_each_place(self._work.leaves, numbering)
        for document in self._copy.documents:
            if document.kind == "index":
                name = document.name
                settled = replace(document, html=self._copy.settle(document.html, pages))
                slots = slots_of(settled.html)
                exact = {
                    target: room_for(numbering.folio(pages[target]))
                    if target in pages
                    else self._work.widths[target]
                    for target in slots
                }
                if settled != self._documents[name] or exact != self._widths_in(name):
                    self._documents[name], self._slots[name], self._exact[name] = settled, slots, exact
                    yield settled, None
                    if name in self._work.sides:
                        yield settled, self._work.sides[name]


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
