"""What styles hide: told of any styles and any document, and always the same."""

from __future__ import annotations

from lxml import etree

from anthology.nesting import without_nesting
from anthology.verify.hiding import Hiding, StyleSheet
from fuzz.choices import Choices, document
from fuzz.targets.style import SEEDS
from fuzz.targets.style import TOKENS as _CSS

TOKENS = (
    *_CSS,
    *("display: none;", "visibility: hidden;", "visibility: visible;", "opacity: 0;", "opacity: .0%", "font-size: 0;", "font: 0/0 a;"),
    *("color: transparent;", "color: #0000;", "overflow: hidden;", "height: 1px;", "max-height: 0", "position: absolute;", "left: -9999px;"),
    *("clip: rect(0,0,0,0);", "clip-path: inset(50%);", "transform: scale(0);", "text-indent: -999em;", "letter-spacing: -1em;", "p", "b"),
    *("filter: opacity(0)", "width: 0", "display: block !important;", "scale: 0", "margin-left: -999em", ".x", "#y", "[class]", ":not(b)"),
)  # fmt: skip
_PARTS = (
    *("<p>", "<p class='x'>", "<p id='y'>", "<p hidden=''>", "<p style='display:none'>", "<div class='x'>", "<b>", "<b style='opacity:0'>"),
    *("<span style='font-size:0'>", "<style>p{display:none}</style>", "word", "<br/>", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
)  # fmt: skip


def _document(choices: Choices) -> str:
    made, opened = [], list[str]()
    for _ in range(choices.number(20)):
        part = choices.one_of((*_PARTS, "/", "/"))
        if part == "/":
            made.append(f"</{opened.pop()}>" if opened else "")
        else:
            made.append(part)
            if part.startswith("<") and not part.endswith("/>") and "</" not in part:
                opened.append(part[1:].split()[0].rstrip(">"))
    made += [f"</{name}>" for name in reversed(opened)]
    return f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{''.join(made)}</body></html>"


def check(data: bytes) -> None:
    """Find what styles hide: only elements of the document, twice the same, and what is hidden for sure is found."""
    choices = Choices(data)
    html = _document(choices)
    sheet = document(choices.rest(), SEEDS, TOKENS).decode("utf-8", "replace")
    root = etree.fromstring(html)
    losses = Hiding([StyleSheet("styles/house.css", sheet)]).losses_in(root, html)
    elements = set(root.iter())
    assert set(losses) <= elements
    assert all(loss.cause for loss in losses.values())
    assert losses == Hiding([StyleSheet("styles/house.css", sheet)]).losses_in(root, html)
    without_nesting(sheet)
    hidden = StyleSheet("last.css", "html > body { display: none !important }")
    first = Hiding([hidden]).losses_in(root, html)
    assert {element for element in elements if element.tag.endswith(("}body", "}p", "}b"))} <= set(first)
