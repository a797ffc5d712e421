"""Layouts: how notes, links and openings are written in each format."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from tinyhtml5 import parse

from anthology.labels import labels_for
from anthology.layout import EReaderLayout, PaperLayout
from anthology.layout.base import Layout, readdress
from anthology.layout.opening import mark_opening
from anthology.layout.outside_links import addresses_in, breakable
from anthology.layout.tall_pictures import mark_tall_pictures
from anthology.model import Picture, Target
from anthology.xhtml import parse_fragment, serialise_fragment

NOTED = (
    '<p id="a--p1">One<a class="note-ref" id="a--ref-x" href="anthology:a#a--note-x">1</a>'
    ' and<a class="note-ref" id="a--ref-x-2" href="anthology:a#a--note-x">1</a> again.</p>'
    '<section class="notes"><aside class="note" id="a--note-x"><p id="a--n1">A <em>note</em>.</p></aside></section>'
)


def shaped(body: str, layout: Layout) -> str:
    """Write a body in a layout's shape."""
    root = parse_fragment(body)
    readdress(root, layout)
    layout.shape(root, labels_for("en"))
    return serialise_fragment(root)


def test_notes_on_paper_stand_where_they_are_referred_to() -> None:
    """On paper a note is moved into the line that first refers to it, whole; a second reference repeats its number."""
    assert shaped(NOTED, PaperLayout()) == (
        '<p id="a--p1">One<span class="footnote" id="a--note-x" data-ref="a--ref-x">'
        '<span id="a--n1" class="in-note in-note-p">A <em>note</em>.</span></span>'
        ' and<a class="note-again" id="a--ref-x-2" href="#a--note-x" data-target="#a--note-x"></a> again.</p>'
    )


@pytest.mark.parametrize(
    "note",
    [
        "<h2>A <em>head</em></h2>",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
        "<hr/><p>a</p>",
        '<figure><img src="a.png" alt=""/><figcaption>a</figcaption></figure>',
        "<section><blockquote><pre>a</pre></blockquote><dl><dt>a</dt><dd><ul><li>b</li></ul></dd></dl></section>",
        "<aside><div><ol><li><p>a</p></li></ol></div></aside>",
    ],
)
def test_nothing_in_a_footnote_ends_the_line_that_it_hangs_in(note: str) -> None:
    """Whatever a note holds, a parser of HTML keeps it, and the words behind it, in the paragraph."""
    body = NOTED.replace('<p id="a--n1">A <em>note</em>.</p>', note)
    read = parse(StringIO(f"<!DOCTYPE html>{shaped(body, PaperLayout())}"), namespace_html_elements=False)
    (paragraph,) = read.findall("body/p")
    assert "".join(paragraph.itertext()).endswith(" and again.")
    assert "note" in paragraph[0].get("id", "")


def test_notes_on_e_readers_pop_up_and_lead_back() -> None:
    """In an EPUB a reference is a noteref, its note a footnote that leads back to the first reference."""
    assert shaped(NOTED, EReaderLayout()) == (
        '<p id="a--p1">One<a class="note-ref" id="a--ref-x"'
        ' href="a.xhtml#a--note-x" epub:type="noteref" role="doc-noteref">1</a>'
        ' and<a class="note-ref" id="a--ref-x-2"'
        ' href="a.xhtml#a--note-x" epub:type="noteref" role="doc-noteref">1</a> again.</p>'
        '<section class="notes" epub:type="endnotes" role="doc-endnotes"'
        ' aria-label="Notes"><aside class="note" id="a--note-x" epub:type="footnote" role="doc-footnote">'
        '<p id="a--n1"><a class="note-back" href="#a--ref-x" role="doc-backlink"'
        ' aria-label="1. Back to the text">1</a> A <em>note</em>.</p></aside></section>'
    )


def test_links_that_leave_the_book_on_paper() -> None:
    """On paper the address of a link is a note, an entry of a list, or not printed; one that is its own text never."""
    body = (
        '<p>See <a href="https://example.org/a">there</a> and'
        ' <a href="https://www.example.org/">example.org</a>.</p>'
    )
    note = '<span dir="ltr" class="footnote address">example\u200b.org/\u200ba</span>'
    plain = '<a href="https://example.org/a">there</a>'
    own = '<a href="https://www.example.org/">example.org</a>'
    assert shaped(body, PaperLayout("notes")) == f"<p>See {plain}{note} and {own}.</p>"
    assert shaped(body, PaperLayout("drop")) == body
    assert shaped(body, PaperLayout("list")) == (
        f'{body}<section class="links"><p class="label">Links</p><ul><li><span class="link-text">there</span>'
        '<span class="address" dir="ltr">example\u200b.org/\u200ba</span></li></ul></section>'
    )


def test_an_address_in_a_note_is_no_second_note() -> None:
    """A link within a note prints its address behind it: notes hold no notes."""
    body = NOTED.replace("<em>note</em>", '<a href="https://example.org/a">note</a>')
    written = shaped(body, PaperLayout())
    assert written.count("footnote") == 1
    assert '<span dir="ltr" class="address-inline"> (example\u200b.org/\u200ba)</span>' in written


@pytest.mark.parametrize(
    ("link", "printed"),
    [
        ("mailto:ed@example.org?subject=Hello", "ed@example.org"),
        ("mailto:ed%2Bnews@example.org", "ed+news@example.org"),
        ("MAILTO:ed@example.org", "ed@example.org"),
        ("ftp://example.org/a", "ftp://example.org/a"),
        ("tel:+44-20", "+44-20"),
        ("doi:10.1000/182", "doi:10.1000/182"),
        ("HTTPS://example.org/", "example.org/"),
    ],
)
def test_every_kind_of_address_is_printed(link: str, printed: str) -> None:
    """Not only the web has addresses: each is written as on paper, unless it is the text of its link."""
    body = f'<p><a href="{link}">there</a>, <a href="{link}">{printed}</a></p>'
    assert shaped(body, PaperLayout()).count("footnote") == 1
    for layout in (PaperLayout(), PaperLayout("list")):
        written = shaped(body, layout).replace("\u200b", "")
        assert re.findall(r'address" dir="ltr">([^<]*)|footnote address">([^<]*)', written) in (
            [(printed, "")],
            [("", printed)],
        )
    assert addresses_in(f"<div>{body}</div>") == {link}


def test_links_in_code_and_headings_are_printed_too() -> None:
    """An address has its note wherever its link stands, once, also if the link runs over lines of code."""
    link = '<a href="https://example.org/a">b\nc</a>'
    for body in (f"<pre><code>{link}</code></pre>", f"<p><code>{link}</code></p>", f"<h2>{link}</h2>"):
        assert shaped(body, PaperLayout()).count('class="footnote address"') == 1


def test_addresses_break_where_a_reader_expects_it() -> None:
    """An address may break after slashes and before other marks, and loses its scheme."""
    assert breakable("https://a.org/b-c?d=1").split("\u200b") == ["a", ".org/", "b", "-c", "?d=", "1"]


def test_targets_of_introductions_lead_to_the_opener() -> None:
    """A piece without a document of its own is reached through the one it stands in."""
    documents = {"mind-introduction": "_section-mind"}
    assert EReaderLayout(documents).address(Target("mind-introduction", "x")) == "_section-mind.xhtml#x"
    assert PaperLayout(documents=documents).address(Target("mind-introduction")) == "anthology:_section-mind"


def test_pictures_are_named_for_reading_systems() -> None:
    """Formats that not every reading system shows are addressed as the PNG that is made of them."""
    assert EReaderLayout(pictures={"ab12.webp": "ab12.jpg"}).picture("ab12.webp") == "images/ab12.jpg"
    assert EReaderLayout().picture("ab12.svg") == "images/ab12.svg"


def opened(body: str) -> str:
    """Mark the opening of a body."""
    root = parse_fragment(body)
    mark_opening(root)
    return serialise_fragment(root)


def test_an_opening_has_lead_words_and_a_drop_cap() -> None:
    """A long first paragraph gets a drop cap and its first three words as lead words."""
    text = "Nobody had told the river about it. " * 10
    assert opened(f"<p>{text}</p>").startswith(
        '<p class="opening drop-cap"><span class="lead-words">Nobody had told</span> the'
    )


def test_openings_without_a_drop_cap() -> None:
    """Short paragraphs, quotations and figures get no drop cap; lists, headings and scripts without capitals nothing."""
    text = "nobody had told the river about it. " * 10
    short = "<p>Nobody had told it: the river, which had always known, would have laughed at us all.</p>"
    assert opened(short).startswith('<p class="opening"><span class="lead-words">Nobody had told</span>')
    ending = short.replace("had told", "had: told")
    assert opened(ending).startswith('<p class="opening"><span class="lead-words">Nobody had</span>:')
    assert opened("<p>Nobody had told it.</p>") == "<p>Nobody had told it.</p>"
    assert "drop-cap" not in opened(f"<p>“N{text}</p>")
    assert "drop-cap" not in opened(f"<p>7 {text}</p>")
    for body in ("<ul><li>Nobody had told it</li></ul>", "<h2>Nobody had told it</h2>", "<p>記事の選集</p>"):
        assert opened(body) == body


def test_boxes_are_named_in_the_books_language() -> None:
    """The boxes of a task list are read out in the language of the book."""
    from anthology.layout.base import name_boxes

    root = parse_fragment('<p><span class="checkbox checked" role="img" aria-label="checked"></span></p>')
    name_boxes(root, labels_for("fr"))
    assert 'aria-label="cochée"' in serialise_fragment(root)


def test_columns_of_tables_have_shares_of_a_screen() -> None:
    """Short columns keep their words whole where they can, prose has the rest; what fits anywhere is left alone."""

    def shares(*rows: tuple[str, ...]) -> list[str]:
        cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        return re.findall(r"class=\"share ?([^\"]*)", shaped(f"<table>{cells}</table>", EReaderLayout()))

    assert shares(("Winter", "40"), ("Summer", "35")) == []
    assert shares(("documentation", "words " * 20)) == ["share-40", ""]
    assert shares(("a", "words " * 20, "b" * 50)) == ["share-5", "share-40", ""]
    assert shares(("Monday", "Tuesday", "Wednesday", "Thursday")) == ["share-20", "share-25", "", "share-25"]
    assert "share" not in shaped(
        "<table><tr><td colspan='2'>documentation of everything</td></tr></table>", EReaderLayout()
    )


def test_tall_pictures_are_marked_by_their_shape() -> None:
    """A picture higher than wide is named so, by how much, and no other is."""
    pictures = [Picture(f"{high}.png", "", "image/png", 100, high) for high in (50, 100, 124, 125, 180, 300)]
    body = parse_fragment("".join(f'<img src="anthology-image:{p.key}" alt=""/>' for p in pictures))
    mark_tall_pictures(body, pictures)
    assert [image.get("class") for image in body.iter("img")] == [None] * 3 + ["tall", "taller", "tallest"]


def test_a_ticked_box_is_ticked_without_styles() -> None:
    """In an e-book the cross of a box is there where styles are turned off; an empty box stays empty."""
    boxes = '<p class="checked"><span class="checkbox checked"></span> a <span class="checkbox"></span> b</p>'
    assert shaped(boxes, EReaderLayout()) == (
        '<p class="checked"><span class="checkbox checked">×</span> a <span class="checkbox"></span> b</p>'
    )
