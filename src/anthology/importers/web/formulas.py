"""Formulas of a page: said in a sentence by their TeX, where the page has it, else by their letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.importers.web.tree import BLOCKS, names_of, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def unfold_formulas(root: HtmlElement) -> None:
    """Put text in the place of each formula in MathML, in place: its TeX as code, else what it says."""
    for formula in list(root.iter("math")):
        # A tag that was never closed has the rest of the page in it.
        if any(each.tag in BLOCKS for each in formula.iterdescendants()):
            continue
        tex = _tex(formula)
        for note in [*formula.iter("annotation"), *formula.iter("annotation-xml")]:
            note.drop_tree()
        text = tex or text_of(formula)
        for child in list(formula):
            formula.remove(child)
        formula.tag, formula.text = "code" if tex else "span", text
        if (name := formula.getparent()) is not None and "katex-mathml" in names_of(name):
            _drop_shown(name)


def _tex(formula: HtmlElement) -> str:
    written = formula.get("alttext") or next(
        (
            text_of(note)
            for note in formula.iter("annotation")
            if "tex" in (note.get("encoding") or "").lower()
        ),
        "",
    )
    return " ".join(written.split())


def _drop_shown(name: HtmlElement) -> None:
    """Take out the letters that KaTeX sets beside a formula, which say it again."""
    shown = name.getnext()
    if shown is not None and "katex-html" in names_of(shown):
        shown.drop_tree()
