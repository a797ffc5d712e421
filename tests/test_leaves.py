"""Leaves: what is set of a document alone holds for every book that it may stand in."""

from __future__ import annotations

import pickle
from io import BytesIO

import pikepdf
import pytest
from pressroom import document, entry, set_documents, sheet
from reading_back import pages_that_look_different
from whole_book import set_whole

from anthology.leaves import LeafTask, SideBreaks
from anthology.model import Document
from anthology.typeset import set_leaf
from anthology.typeset.press import press_for

SLOT = '<span class="slot" data-target="anthology:{}"></span>'
# Where a page number may stand: by its edge, and in the middle of words, on either side of the page.
PLACES = """
.end { text-align: right } .middle { text-align: center } .start { text-align: left }
.block { float: right } .cell { display: table; width: 100% } .cell > * { display: table-cell; text-align: right }
.spaced { letter-spacing: 1pt; font: italic small-caps 9pt var(--serif); text-transform: uppercase }
.turned { direction: rtl } .old { font-variant-numeric: oldstyle-nums }
"""


def places(target: str, *classes: str) -> str:
    """Write a paragraph for each class in which the page number of a document is printed."""
    slot = SLOT.format(target)
    return "".join(
        f'<p><span class="{name}">page {slot}</span> beside a word</p>'
        if name in {"block", "spaced", "old"}
        else f'<div class="{name}"><p>Turn to page {slot}</p></div>'
        for name in classes
    )


def padded(name: str, letters: int) -> Document:
    """Make a document of one page whose HTML is so long that many are expected."""
    return document(name, f"<p>One.</p>{' ' * letters}")


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_numbers_stand_where_the_engine_puts_them(direction: str) -> None:
    """A number that fills its room stands, with the words beside it, where it would in a book set as one."""
    classes = ("end", "middle", "start", "block", "cell", "spaced", "turned", "old")
    pages = sheet(f"{PLACES} html {{ direction: {direction} }}", direction=direction, height=150)
    documents = (document("a", places("b", *classes)), document("b", places("a", *classes)))
    bound = set_documents(documents, pages).bound()
    assert pages_that_look_different(bound, set_whole(documents, pages, {}).pdf) == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_narrow_numbers_move_to_their_edge(direction: str) -> None:
    """What a number leaves of its room is not seen where a line ends at an edge, nor in boxes as wide as their words."""
    pages = sheet(f"{PLACES} html {{ direction: {direction} }}", direction=direction)
    at_edge = ("end", "cell") if direction == "ltr" else ("start",)
    body = places("z", *at_edge) + entry("z")
    documents = (document("a", body), padded("b", 30_000), document("z", "<p>Last.</p>"))
    book = set_documents(documents, pages)
    assert dict(book.asked.tasks[0].widths) == {"z": 3}
    assert book.typeset.numbering.folio(book.typeset.numbering.first["z"]) == "3"
    assert pages_that_look_different(book.bound(), set_whole(documents, pages, {}).pdf) == []


def test_a_leaf_is_the_same_whatever_was_set_before_it() -> None:
    """A worker that has set other documents sets the next one as a new worker would, to the byte."""
    pages = sheet()
    task = LeafTask(document("a", places("b", "end") + "<p>Office, 1987.</p>"), pages, {}, {"b": 3})
    others = [document(name, f"<p><b>{name}</b> <i>waffles</i> ﬁ 0123456789</p>") for name in ("b", "c")]
    alone = pickle.dumps(set_leaf(task))
    for other in others:
        set_leaf(LeafTask(other, pages, {}, {}))
    assert pickle.dumps(set_leaf(task)) == alone
    press_for.cache_clear()
    set_leaf(LeafTask(others[0], sheet("p { color: red }"), {}, {}))
    assert pickle.dumps(set_leaf(task)) == alone


def test_faces_that_are_known_are_not_sent() -> None:
    """Font files come with a leaf once: whoever has them says so."""
    made = document("a", "<p>Office</p>")
    first = set_leaf(LeafTask(made, sheet(), {}, {}))
    again = set_leaf(LeafTask(made, sheet(), {}, {}, known_faces=frozenset(first.faces)))
    assert len(first.faces) == 1
    assert again.faces == {}
    assert again.leaf == first.leaf


@pytest.mark.parametrize(
    ("styles", "breaks"),
    [
        ("", SideBreaks("", "", False)),
        (".document { break-before: recto }", SideBreaks("recto", "", False)),
        ("h1 { break-before: left }", SideBreaks("left", "", False)),
        (".document { break-before: right } h1 { break-before: verso }", SideBreaks("verso", "", False)),
        (".document { break-after: recto }", SideBreaks("", "recto", False)),
        ("div { break-after: recto } h2 { break-before: recto }", SideBreaks("", "recto", True)),
        ("h2 { break-after: right }", SideBreaks("", "", True)),
    ],
)
def test_a_leaf_tells_on_which_side_its_pages_want_to_be(styles: str, breaks: SideBreaks) -> None:
    """What the styles ask for at either end of a document and within it is told, for the binder to see to."""
    made = document("a", "<h1>One</h1><p>Words.</p><h2>Two</h2><p>Words.</p><div><p>Last.</p></div>")
    setting = set_leaf(LeafTask(made, sheet(styles), {}, {}))
    assert setting.leaf.breaks == breaks
    assert not setting.leaf.frames[0].blank


def test_a_link_is_one_however_many_elements_it_holds() -> None:
    """A title with words in italics is one link, and one that runs over a line is one for each line."""
    title = "To <i>the <b>office</b></i> of waffles"
    documents = (
        document(
            "a", f'<p><a href="anthology:b">{title}</a></p><p><a href="anthology:b">{title} {title}</a></p>'
        ),
        document("b", "<p>Here.</p>"),
    )
    with pikepdf.open(BytesIO(set_documents(documents, sheet()).bound())) as pdf:
        first, *rest = [[float(edge) for edge in annotation.Rect] for annotation in pdf.pages[0].Annots]
    assert len(rest) == 2
    assert first[0] == rest[0][0] == rest[1][0]
    assert first[1] > rest[0][1] > rest[1][1]
