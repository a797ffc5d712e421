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
