"""Listings on paper: lines that are too long hang and bear a mark, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pressroom import document, set_documents, sheet

from anthology.labels import labels_for
from anthology.layout import PaperLayout
from anthology.layout.code_lines import mark_code_lines
from anthology.theme import load_theme
from anthology.xhtml import parse_fragment, serialise_fragment

LONG = "return first_of(them) and second_of(them) and third_of(them) and the_rest_of(them)"
# Less than the lightest gray that a stroke of half a point leaves at three pixels a point.
INK = 160
THEME = load_theme(Path("there is no such project")).layers("pdf")


@pytest.mark.parametrize(
    ("listing", "lines"),
    [
        ("<code>a\nb\n</code>", "<code>|a\n|b\n|</code>"),
        ("a\n\n b", "|a\n|\n| b|"),
        (
            '<span class="c" id="x">b\n c</span> d',
            '|<span class="c" id="x">b\n</span>|<span class="c"> c</span> d|',
        ),
        ("<b><i>x\n</i></b>\ny", "|<b><i>x\n</i></b>|\n|y|"),
        ("<code></code>", "<code>||</code>"),
    ],
)
def test_each_line_is_an_element(listing: str, lines: str) -> None:
    """A listing is divided at its line feeds, which stay; what runs over them goes on, and has one id."""
    body = parse_fragment(f"<pre>{listing}</pre>")
    mark_code_lines(body)
    pieces = lines.split("|")
    wanted = (
        pieces[0] + "".join(f'<span class="code-line">{piece}</span>' for piece in pieces[1:-1]) + pieces[-1]
    )
    assert serialise_fragment(body) == f"<pre>{wanted}</pre>"


def printed(body: str, language: str = "en", **values: Any) -> pymupdf.Document:
    """Set a body with the theme's own styles on a page of 110 by 140 millimetres."""
    root = parse_fragment(body)
    PaperLayout().shape(root, labels_for(language))
    article = document("a", f'<div class="text">{serialise_fragment(root)}</div>', language=language)
    page = sheet(width=110, height=140, language=language, **values)
    return pymupdf.open(stream=set_documents([article], replace(page, styles=THEME)).bound())


def marked(page: pymupdf.Page) -> list[tuple[str, bool]]:
    """Give the lines of code of a page, each with whether there is ink between the rule of the listing and it."""
    lines = sorted(
        (
            line["bbox"][1],
            "".join(span["text"] for span in line["spans"]).strip(),
            line["bbox"],
            line["spans"][0],
        )
        for block in page.get_text("dict")["blocks"]
        for line in block["lines"]
    )
    code = [(text, box) for _, text, box, span in lines if "mono" in span["font"].lower() and text]
    left = min(box[0] for _, box in code)
    found = []
    for text, (_, top, _, bottom) in code:
        strip = page.get_pixmap(
            matrix=pymupdf.Matrix(3, 3),
            clip=(left - 1, top + 2, left + 7, bottom - 2),
            colorspace=pymupdf.csGRAY,
        )
        found.append((text, min(strip.samples) < INK))
    return found


@pytest.mark.parametrize(
    "values",
    [{}, {"colour": "gray", "flat": True, "tagged": False}],
    ids=["colour", "gray and flat"],
)
def test_only_what_goes_on_in_another_line_has_a_mark(values: dict[str, Any]) -> None:
    """The second and third lines of a long line of code have a mark before them; others none, and words are whole."""
    (page,) = printed(f"<pre><code>{LONG}\n</code></pre>", **values)
    lines = marked(page)
    assert len(lines) > 1
    assert " ".join(text for text, _ in lines) == LONG
    # What stands there in the first line is its first letters.
    assert [mark for _, mark in lines[1:]] == [True] * (len(lines) - 1)


def test_short_lines_are_as_they_were() -> None:
    """A line that has room has no mark, wherever it is indented, and the file carries no drawing for it."""
    (page,) = printed("<pre><code>    a\n\n        b\n    c\n</code></pre>")
    dark = page.get_pixmap(matrix=pymupdf.Matrix(3, 3), clip=_before_first(page), colorspace=pymupdf.csGRAY)
    assert min(dark.samples) > INK
    assert page.parent.xref_get_key(page.xref, "Resources/XObject")[1] in ("null", "<<>>")


def _before_first(page: pymupdf.Page) -> pymupdf.Rect:
    boxes = [pymupdf.Rect(word[:4]) for word in page.get_text("words") if word[4] in "abc"]
    left = min(box.x0 for box in boxes)
    return pymupdf.Rect(left - 9, boxes[0].y0, left - 1, boxes[2].y1)


def test_a_listing_turns_the_page_between_its_lines() -> None:
    """A long listing goes on overleaf, two lines of it at least on each page, no line divided or lost."""
    listing = "\n".join(f"line_{number} = {LONG}" if number % 3 else f"line_{number}" for number in range(40))
    pages = list(printed(f"<p>Before.</p><pre>{listing}</pre>"))
    assert len(pages) > 1
    words = [word for page in pages for word in " ".join(text for text, _ in marked(page)).split()]
    assert words == listing.split()
    assert all(marked(page)[0][0].startswith("line_") for page in pages)
