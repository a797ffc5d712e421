"""Drawings from strangers: nothing in them runs, listens or reaches out."""

from __future__ import annotations

import pytest

from anthology.drawings import clean_drawing

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="4" height="4"'
)


@pytest.mark.parametrize(
    "wrong",
    [
        "<script>alert(1)</script>",
        '<rect width="1" onclick="alert(1)"/>',
        '<image href="https://example.org/x.png"/>',
        '<image xlink:href="file:///etc/passwd"/>',
        '<use href="other.svg#a"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        "<foreignObject><p>x</p></foreignObject>",
        "<style>@import 'https://example.org/x.css'; rect { fill: url(https://example.org/y.svg) }</style>",
        "<style>rect { fill: u\\72l(https://example.org/z.svg) }</style>",
        '<rect style="background: image-set(https://example.org/z.svg)"/>',
        '<rect style="fill: url(https://example.org/y.svg)"/>',
        "<?xml-stylesheet href='https://example.org/x.css'?>",
    ],
)
def test_what_reaches_out_is_taken_away(wrong: str) -> None:
    """Scripts, handlers and addresses outside the file go; the drawing stays."""
    cleaned = clean_drawing(f'{HEAD}>{wrong}<circle r="1"/></svg>'.encode()).decode()
    assert "circle" in cleaned
    for sign in ("script", "onclick", "example.org", "passwd", "other.svg", "foreignObject", "import"):
        assert sign not in cleaned


def test_a_clean_drawing_keeps_its_bytes() -> None:
    """A drawing that only refers to itself is not touched."""
    drawing = f'{HEAD}><defs><path id="a"/></defs><use href="#a"/><rect fill="url(#a)"/></svg>'.encode()
    assert clean_drawing(drawing) == drawing


def test_text_of_drawings_is_kept() -> None:
    """What stands behind a comment or an entity of the drawing's own is text, and stays."""
    drawing = f'<!DOCTYPE svg [<!ENTITY who "world">]>\n{HEAD}><text>Hello<!-- c --> lost &who; here</text><script/></svg>'
    assert "Hello lost world here" in clean_drawing(drawing.encode()).decode()


def test_what_stands_before_the_root_is_cleaned_too() -> None:
    """A style sheet that is named in front of the drawing goes as well, and a script by another name."""
    drawing = (
        f'<?xml-stylesheet href="https://example.org/x.css"?>{HEAD} xmlns:h="http://www.w3.org/1999/xhtml">'
        '<h:script>alert(1)</h:script><circle r="1"/></svg>'
    )
    cleaned = clean_drawing(drawing.encode()).decode()
    assert "example.org" not in cleaned
    assert "alert" not in cleaned
    assert "circle" in cleaned
