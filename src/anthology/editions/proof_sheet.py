"""The proof of an article, to be sent to its author: a page of HTML, or a PDF in the typography of the book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anthology.bind import Book, BoundLeaf, Metadata, bind
from anthology.editions.design import design_for
from anthology.editions.setting import Copy, page_of_each_place, set_copy
from anthology.editions.workshop import Workshop, setting_workers
from anthology.leaves import Sheet
from anthology.model import Document, direction_of
from anthology.problems import ContentError, Problem
from anthology.proofs import counts_of, row_of, stretches_of
from anthology.render import english_of, render_report

if TYPE_CHECKING:
    from anthology.cache import Cache
    from anthology.editions.base import Manuscript
    from anthology.proofs import Proof, RowView
    from anthology.theme import Theme

# Width and height in millimetres: A4, and Letter where that is what lies in every printer.
_A4, _LETTER = (210.0, 297.0), (215.9, 279.4)
_LETTER_TERRITORIES = ("US", "CA", "MX", "PH", "CL", "CO", "VE")
_NAME = "changes"


@dataclass(frozen=True, slots=True)
class _Rows:
    """A stretch of a proof as the template sees it."""

    folded: bool
    rows: tuple[RowView, ...]


def proof_page(proof: Proof, manuscript: Manuscript) -> str:
    """Make the proof of an article as one page of HTML that needs no other file.

    Raises ContentError where a template of the project is at fault.
    """
    return _render(proof, manuscript, paper=False)


def make_proof_sheet(proof: Proof, manuscript: Manuscript, cache: Cache | None) -> bytes:
    """Make the proof of an article as a tagged PDF, on A4 or Letter.

    Raises ContentError where a template of the project is at fault or it cannot be set, MachineError where Pango
    is missing.
    """
    config = manuscript.config
    theme = _theme(manuscript)
    width, height = _LETTER if config.book.language.rpartition("-")[2] in _LETTER_TERRITORIES else _A4
    sheet = Sheet(
        width=width,
        height=height,
        styles=(*theme.layers("pdf"), theme.styles["reports/changes-paper.css"]),
        resources=theme.files,
        language=config.book.language,
        direction="ltr",
        fallback=config.fonts.fallback,
    )
    html = _render(proof, manuscript, paper=True)
    document = Document(_NAME, _NAME, _title(proof), english_of(config.book.language), html)
    with setting_workers(1) as executor:
        workshop = Workshop(executor, 1, cache)
        typeset = set_copy(Copy((document,), sheet, manuscript.picture, {}), workshop, lambda told: None)
    if typeset.failures:
        message = f"its proof cannot be set: {typeset.failures[0].reason}"
        hint = "take parts of it out until it can be set: the last of them is at fault"
        raise ContentError(Problem("D005", "error", message, proof.article.origin, hint))
    return bind(
        Book(
            leaves=(BoundLeaf(typeset.leaves[_NAME], document.title, document.language),),
            numbering=typeset.numbering,
            frames=typeset.frames,
            furniture=typeset.furniture,
            rules=typeset.rules,
            faces=workshop.faces,
            metadata=Metadata(document.title, document.language, "ltr", manuscript.day, config.book.editors),
            places=page_of_each_place(typeset.leaves, typeset.numbering),
        )
    )


def _theme(manuscript: Manuscript) -> Theme:
    """Choose the design of the first edition on paper, with the files that its styles name; else the usual one."""
    editions = manuscript.config.editions.values()
    printed = next((edition for edition in editions if edition.format == "pdf"), None)
    return design_for(printed, manuscript.theme, manuscript.find).theme if printed else manuscript.theme


def _title(proof: Proof) -> str:
    return f"Proof: {proof.article.title}"


def _render(proof: Proof, manuscript: Manuscript, *, paper: bool) -> str:
    book = manuscript.config.book
    values: dict[str, Any] = {
        "title": _title(proof),
        "language": english_of(book.language),
        "book": book,
        "proof": proof,
        "article_language": proof.language,
        "direction": direction_of(proof.language),
        "counts": str(counts_of(proof.compared)),
        "stretches": tuple(
            _Rows(stretch.folded, tuple(row_of(one, proof.queries) for one in stretch.passages))
            for stretch in stretches_of(proof.compared)
        ),
        "paper": paper,
    }
    return render_report(manuscript.theme, _NAME, **values)
