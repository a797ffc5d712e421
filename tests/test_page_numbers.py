"""Every printed page number is that of the page where its target really stands, whatever the book."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path

import pymupdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pressroom import bound_leaf, document, entry, metadata, set_documents, sheet

from anthology.bind import Book, bind
from anthology.cache import Cache
from anthology.editions.setting import page_of_each_place
from anthology.leaves import Frame, FrameKind, FrameRules, FramesTask, Furniture, Leaf, LeafTask, RulesTask
from anthology.model import Document
from anthology.numbering import frames_of, kinds_of, number_pages
from anthology.typeset import read_frames, set_frames, set_leaf

SHEET = sheet()
# How many pages the leaves have that books are made of, and what each of them refers to.
SIZES = (1, 2, 3, 8, 45)
NAMES = ("a", "b", "c", "d")
TARGETS = (*NAMES, *(f"{name}--middle" for name in NAMES), "a--nowhere", "gone", "gone--middle")
NUMBER = re.compile(r"To (\S+) (\d+|[ivxlcdm]+)")


def pages_of(count: int, entries: Sequence[str] = (), name: str = "") -> str:
    """Write a body of so many pages: it says where it begins, where its middle is, and where others stand."""
    middle = count // 2
    paragraphs = [
        f"<p{'' if not page else ' class=' + chr(34) + 'next' + chr(34)}"
        f"{f' id={chr(34)}{name}--middle{chr(34)}' if page == middle else ''}>"
        f"{f'Begin {name}.' if not page else ''} {f'Middle {name}.' if page == middle else ''} Page {page + 1}.</p>"
        for page in range(count)
    ]
    return "".join((paragraphs[0], *map(entry, entries), *paragraphs[1:]))


@dataclass(frozen=True, slots=True)
class Pool:
    """Leaves that are set once, by their number of pages, and all the furniture that a book of them can have."""

    leaves: Mapping[int, Leaf]
    rules: Mapping[FrameKind, FrameRules]
    furniture: Mapping[Frame, Furniture]
    faces: Mapping[str, bytes]


@cache
def pool() -> Pool:
    """Set leaves with room for numbers of four figures, in the text and in the front matter."""
    leaves, faces = {}, {}
    widths = dict.fromkeys(TARGETS, 4)
    for part, size in product(("front", "text"), SIZES):
        made = document(
            f"{part}{size}", pages_of(size, TARGETS[:: 1 if size > 1 else 3], f"{part}{size}"), part
        )
        setting = set_leaf(LeafTask(made, SHEET, {}, widths))
        assert len(setting.leaf.frames) == size
        leaves[size if part == "text" else -size] = setting.leaf
        faces |= setting.faces
    kinds = kinds_of(leaves.values())
    rules = read_frames(RulesTask(kinds, (), SHEET)).rules
    frames = tuple(Frame(kind, (), roman) for kind in kinds for roman in (True, False))
    done = set_frames(FramesTask(frames, SHEET))
    return Pool(leaves, rules, dict(zip(frames, done.furniture, strict=True)), faces | done.faces)


def under_another_name(leaf: Leaf, name: str) -> Leaf:
    """Give the leaf of a document that says the same and has another name."""
    anchors = {name + anchor.removeprefix(leaf.name): place for anchor, place in leaf.anchors.items()}
    return replace(leaf, name=name, anchors=anchors)


def bound_from_pool(front: Sequence[int], text: Sequence[int], start: str) -> tuple[bytes, list[str]]:
    """Bind a book of leaves of these sizes; the first of the text have names that others refer to."""
    documents = [document(f"front-{place}", "", "front") for place in range(len(front))]
    names = [NAMES[place] if place < len(NAMES) else f"other-{place}" for place in range(len(text))]
    # What is referred to stands at the end: behind more pages.
    documents += [document(name, "") for name in names[::-1]]
    sizes = [*(-size for size in front), *text]
    leaves = {
        made.name: under_another_name(pool().leaves[size], made.name)
        for made, size in zip(documents, sizes, strict=True)
    }
    numbering = number_pages(documents, leaves, "recto" if start == "recto" else "any", "ltr")
    book = Book(
        leaves=tuple(bound_leaf(made, leaves[made.name]) for made in documents),
        numbering=numbering,
        frames=frames_of(documents, leaves, numbering, pool().rules),
        furniture=pool().furniture,
        rules=pool().rules,
        faces=pool().faces,
        metadata=metadata(SHEET),
        places=page_of_each_place(leaves, numbering),
    )
    return bind(book), [made.name for made in documents]


def check_numbers(pdf: bytes, names: Sequence[str]) -> int:
    """Hold every number on the pages of a book against the pages themselves; give how many there were.

    The documents come in the order of `names`, so the page on which the third of them begins is the third that
    says that something begins there.
    """
    with pymupdf.open(stream=pdf) as book:
        texts = [" ".join(page.get_text().split()) for page in book]
        labels = [page.get_label() for page in book]
        begins = [page for page, text in enumerate(texts) if "Begin" in text]
        middles = [page for page, text in enumerate(texts) if "Middle" in text]
        leads_to = {}
        for page in book:
            for link in page.get_links():
                # Lines touch: the middle of one holds its words alone.
                words = page.get_textbox(link["from"] + (0, 4, 0, -4)).split()
                leads_to[page.number, words[1]] = link.get("page", -1)
    where = dict(zip(names, begins, strict=True))
    where |= {f"{name}--middle": page for name, page in zip(names, middles, strict=True)}
    count = 0
    for page, text in enumerate(texts):
        if not text:
            continue
        assert text.split()[-1] == labels[page]
        for target, number in NUMBER.findall(text):
            # What is not there stands where its document begins; what has none stands nowhere.
            real = where.get(target, where.get(target.partition("--")[0], -1))
            assert number == (labels[real] if real >= 0 else "0"), f"{target} on page {labels[page]}"
            assert leads_to.get((page, target), -1) == real
            count += 1
    return count


@settings(max_examples=15, deadline=None)
@given(
    front=st.lists(st.sampled_from((1, 2, 3)), max_size=4),
    text=st.lists(st.sampled_from(SIZES), min_size=1, max_size=12),
    start=st.sampled_from(("any", "recto")),
)
@example(front=[], text=[1], start="any")
@example(front=[3, 3, 2], text=[8, 1, 1, 1, 1], start="any")
@example(front=[1], text=[45, 45, 8, 1, 1, 1, 1], start="recto")
@example(front=[45, 8], text=[3, 1, 1, 1], start="any")
@example(front=[2], text=[45] * 22 + [8, 1, 1, 1, 1, 1], start="any")
def test_numbers_are_where_their_targets_are(front: list[int], text: list[int], start: str) -> None:
    """In any order of any leaves, across 9, 99 and 999, every printed number is the folio of its target's page."""
    pdf, names = bound_from_pool(front, text, start)
    assert check_numbers(pdf, names) >= 4


def numbered_book(counts: Mapping[str, int], front: int = 2) -> list[Document]:
    """Make a book with a contents page, and documents of so many pages that refer to the last of them."""
    last = list(counts)[-1]
    contents = document("_contents", pages_of(front, list(counts), "_contents"), "front")
    return [
        contents,
        *(document(name, pages_of(count, [last, f"{last}--middle"], name)) for name, count in counts.items()),
    ]


@settings(max_examples=6, deadline=None)
@given(st.lists(st.sampled_from((1, 1, 2, 3, 12)), min_size=1, max_size=5), st.integers(1, 3))
@example([60, 3, 12], 10)
def test_slots_grow_with_their_numbers(counts: list[int], front: int) -> None:
    """Documents of more pages than their words let expect: numbers that find no room get it, and all are right."""
    made = {f"d{place}": count for place, count in enumerate(counts)}
    book = set_documents(numbered_book(made, front), SHEET)
    assert check_numbers(book.bound(), ["_contents", *made]) == len(made) * 3
    assert max(book.asked.leaves.count(name) for name in book.asked.leaves) <= 3


def test_narrow_slots_are_set_again_and_no_others() -> None:
    """Only the leaves that print a number which found no room are set twice."""
    documents = numbered_book({"a": 5, "b": 4, "c": 2})
    documents[1] = document("a", pages_of(5, ["b"], "a"))
    assert set_documents(documents, SHEET).asked.leaves == ["_contents", "a", "b", "c", "_contents", "b", "c"]


def test_a_page_more_moves_the_rest_and_sets_nothing_else(tmp_path: Path) -> None:
    """A page added to one document changes the numbers of all that follow; only that one is set."""
    cache = Cache(tmp_path)
    before = set_documents(numbered_book({"a": 2, "b": 3, "c": 2}), SHEET, cache)
    after = set_documents(numbered_book({"a": 3, "b": 3, "c": 2}), SHEET, cache)
    assert after.asked.leaves == ["a"]
    assert after.asked.frames == 0
    assert check_numbers(after.bound(), ["_contents", "a", "b", "c"]) == 9
    assert before.typeset.numbering.first["c"] + 1 == after.typeset.numbering.first["c"]


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_the_bytes_do_not_know_how_they_came_about(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever was built before, and is kept, a book has the bytes of a first build; an edit undone has those of before."""
    cache = Cache(tmp_path_factory.mktemp("kept"))
    sizes = st.lists(st.sampled_from((1, 2, 9)), min_size=2, max_size=4)
    counts = data.draw(sizes)
    edited = list(counts)
    edited[data.draw(st.integers(0, len(counts) - 1))] = data.draw(st.sampled_from((1, 4, 10)))
    first = bound_with(counts, cache)
    assert bound_with(edited, cache) == bound_with(edited, None)
    assert bound_with(counts, cache) == first


def bound_with(counts: Sequence[int], cache: Cache | None) -> bytes:
    """Bind a book of documents of these sizes, with what a cache keeps."""
    return set_documents(
        numbered_book({f"d{place}": count for place, count in enumerate(counts)}), SHEET, cache
    ).bound()


def test_sides_that_differ_settle(tmp_path: Path) -> None:
    """Where left pages hold less than right ones, a document is set once for each side, however many others turn it."""
    pages, cache = sheet("@page :left { margin-bottom: 45mm }"), Cache(tmp_path)
    paragraph = (
        "<p>Sufficient coffee for fifteen waffles, in an office of one’s own, until the afternoon.</p>"
    )
    documents = [document(f"d{place}", paragraph * (4 + place * 7 % 11)) for place in range(30)]
    book = set_documents(documents, pages, cache)
    assert max(book.asked.leaves.count(made.name) for made in documents) == 2
    numbering = book.typeset.numbering
    for name, leaf in book.typeset.leaves.items():
        assert leaf.frames[0].side == numbering.side(numbering.first[name])
    longer = [document("d0", paragraph * 9), *documents[1:]]
    turned = set_documents(longer, pages, cache)
    assert any(page % 2 != numbering.first[name] % 2 for name, page in turned.typeset.numbering.first.items())
    assert set(turned.asked.leaves) == {"d0"}


def test_a_build_of_what_is_kept_sets_nothing(tmp_path: Path) -> None:
    """A second build takes everything from the cache: leaves, furniture, and what the styles say of pages."""
    bound_with((2, 9, 3), Cache(tmp_path))
    again = set_documents(numbered_book({"d0": 2, "d1": 9, "d2": 3}), SHEET, Cache(tmp_path))
    assert again.asked.tasks == []
