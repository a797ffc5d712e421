"""The subject index: the terms that articles mark, and their tags if the editor wants them, as sorted entries."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from anthology.indexes.collation import in_order, letter_of
from anthology.indexes.model import CrossReference, Entry, Locator
from anthology.indexes.terms import read_terms
from anthology.model import Origin, Target
from anthology.problems import Problem, did_you_mean
from anthology.xhtml import parse_fragment

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from anthology.config import Config
    from anthology.indexes.terms import Fault, Term
    from anthology.model import Anthology, Article

# How the reader marks a term, and the line it stands on.
TERM, LINE = "data-index", "data-line"


@dataclass(frozen=True, slots=True)
class _Mark:
    """A term at its place in the book."""

    term: Term
    target: Target
    origin: Origin


@dataclass(slots=True)
class _Node:
    """An entry as it grows; `asked` are references to others with the places where they are asked for."""

    path: tuple[str, ...]
    sort: str = ""
    locators: list[Locator] = field(default_factory=list)
    see: dict[tuple[str, ...], Origin] = field(default_factory=dict)
    also: dict[tuple[str, ...], Origin] = field(default_factory=dict)
    below: dict[str, _Node] = field(default_factory=dict)


def subject_index(
    anthology: Anthology, config: Config, present: Container[str] | None = None
) -> tuple[Entry, ...]:
    """Make the subject index of a linked anthology, sorted by the language of the book.

    `present` are the ids that stand in an edition: a term that does not is left out, and so is an entry to which
    nothing is left. Without it, everything that was written stands there.
    """
    return _sorted_entries(_grown(anthology, config, present, []), config.book.language)


def check_subjects(anthology: Anthology, config: Config) -> tuple[Problem, ...]:
    """Tell what is wrong with the index terms of a linked anthology, each with file and line."""
    problems: list[Problem] = []
    if config.index.subjects:
        _grown(anthology, config, None, problems)
    return tuple(problems)


def _grown(
    anthology: Anthology, config: Config, present: Container[str] | None, problems: list[Problem]
) -> dict[str, _Node]:
    top: dict[str, _Node] = {}
    if config.index.subjects:
        _plant(_marks(anthology, present, problems), top, problems)
    if config.index.tags:
        for article in anthology.articles:
            for tag in dict.fromkeys(" ".join(tag.split()) for tag in article.tags):
                if tag:
                    top.setdefault(tag, _Node((tag,))).locators.append(Locator(Target(article.id)))
    _prune(top, problems)
    return top


def _printed(anthology: Anthology) -> Iterator[Article]:
    """Give the pieces that editions print: the introduction of a section without a title has no page."""
    hidden = [one.introduction for one in anthology.sections if one.introduction and not one.title]
    return (piece for piece in anthology.pieces if not any(piece is other for other in hidden))


def _marks(anthology: Anthology, present: Container[str] | None, problems: list[Problem]) -> Iterator[_Mark]:
    for piece in _printed(anthology):
        if TERM not in piece.body:
            continue
        for element in parse_fragment(piece.body).iter("span"):
            written, fragment = element.get(TERM), str(element.get("id", ""))
            if written is None or (present is not None and fragment not in present):
                continue
            line = element.get(LINE)
            origin = Origin(piece.origin.path, int(line)) if line else piece.origin
            terms, faults = read_terms(written)
            problems.extend(_problem(fault, origin) for fault in faults)
            for term in terms:
                yield _Mark(term, Target(piece.id, fragment), origin)


def _problem(fault: Fault, origin: Origin) -> Problem:
    return Problem(fault.code, "warning", fault.message, origin, fault.hint)


def _plant(marks: Iterable[_Mark], top: dict[str, _Node], problems: list[Problem]) -> None:
    """Put every mark under its entry, and join the two ends of ranges."""
    begun: dict[tuple[str, ...], tuple[int, _Mark]] = {}
    for mark in marks:
        node = _node(mark.term, top)
        names, kind = mark.term.names, mark.term.kind
        if kind in ("see", "seealso"):
            (node.see if kind == "see" else node.also).setdefault(mark.term.refers_to, mark.origin)
            continue
        if kind == "close" and names in begun:
            at, first = begun.pop(names)
            node.locators[at] = Locator(first.target, mark.target)
            continue
        if kind == "close":
            problems.append(_never_opened(mark))
        if kind == "open":
            if names in begun:
                problems.append(_never_closed(begun[names][1]))
            begun[names] = len(node.locators), mark
        node.locators.append(Locator(mark.target))
    problems.extend(_never_closed(mark) for _, mark in begun.values())


def _node(term: Term, top: dict[str, _Node]) -> _Node:
    entries, node = top, None
    for depth, word in enumerate(term.path, 1):
        node = entries.setdefault(word.name, _Node(term.names[:depth]))
        node.sort = node.sort or word.sort
        entries = node.below
    assert node is not None, "a term has a word"
    return node


def _never_closed(mark: _Mark) -> Problem:
    name = ", ".join(mark.term.names)
    message = f'the range of "{name}" in the index is opened here and never closed'
    written = "!".join(mark.term.names)
    hint = f'write []{{index="{written}|)"}} where it ends; the index gives its first page alone'
    return Problem("X001", "warning", message, mark.origin, hint)


def _never_opened(mark: _Mark) -> Problem:
    name = ", ".join(mark.term.names)
    message = f'the range of "{name}" in the index is closed here and was never opened'
    written = "!".join(mark.term.names)
    hint = f'write []{{index="{written}|("}} where it begins; the index gives its last page alone'
    return Problem("X002", "warning", message, mark.origin, hint)


def _prune(top: dict[str, _Node], problems: list[Problem]) -> None:
    """Leave what leads to a place in the book: entries without one go, and what refers to them."""
    every = {node.path: node for node in _walk(top)}
    alive: set[tuple[str, ...]] = set()
    before = -1
    while len(alive) > before:
        before = len(alive)
        for path, node in every.items():
            refers = any(other in alive for other in (*node.see, *node.also))
            if node.locators or refers:
                alive.update(path[:depth] for depth in range(1, len(path) + 1))
    for node in every.values():
        for asked in (node.see, node.also):
            for path in [path for path in asked if path not in alive or path == node.path]:
                problems.append(_no_entry(node, path, asked.pop(path), every))
        for name in [name for name, below in node.below.items() if below.path not in alive]:
            del node.below[name]
    for name in [name for name, node in top.items() if node.path not in alive]:
        del top[name]


def _walk(entries: Mapping[str, _Node]) -> Iterator[_Node]:
    for node in entries.values():
        yield node
        yield from _walk(node.below)


def _no_entry(
    node: _Node, path: tuple[str, ...], origin: Origin, every: Mapping[tuple[str, ...], _Node]
) -> Problem:
    name, wanted = ", ".join(node.path), "!".join(path)
    if path == node.path:
        return Problem(
            "X003",
            "warning",
            f'"{name}" in the index refers to itself',
            origin,
            "name another entry, or none",
        )
    known = ["!".join(other.path) for other in every.values() if other.path != node.path and other.locators]
    message = f'"{name}" in the index refers to "{wanted}", which leads to no place in the book'
    hint = did_you_mean(wanted, known) or f'mark a place for it: [word]{{index="{wanted}"}}'
    return Problem("X003", "warning", message, origin, hint)


def _sorted_entries(nodes: Mapping[str, _Node], language: str, depth: int = 1) -> tuple[Entry, ...]:
    entries = []
    for node in in_order(nodes.values(), lambda node: node.sort or node.path[-1], language):
        entry = Entry(
            node.path,
            tuple(node.locators),
            _references(node.see, language),
            _references(node.also, language),
            _sorted_entries(node.below, language, depth + 1),
        )
        letter = letter_of(node.sort or entry.name, language) if depth == 1 else ""
        entries.append(replace(entry, letter=letter))
    return tuple(entries)


def _references(paths: Iterable[tuple[str, ...]], language: str) -> tuple[CrossReference, ...]:
    return tuple(map(CrossReference, in_order(paths, lambda path: ", ".join(path), language)))
