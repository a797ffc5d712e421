"""The PDF edition: render, typeset, bind, verify."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import TYPE_CHECKING

from anthology.arrange import piece_in
from anthology.bind import Book, BoundLeaf, Metadata, Trimming, bind
from anthology.editions.base import Made, Manuscript
from anthology.editions.complaints import (
    complaints_told,
    dead_ends,
    failures_told,
    unprinted_addresses,
)
from anthology.editions.printing import Printing, printing_of
from anthology.editions.setting import Copy, Typeset, page_of_each_place, set_copy
from anthology.indexes import settle_locators
from anthology.layout import PaperLayout
from anthology.layout.running_heads import room_on
from anthology.leaves import Sheet
from anthology.model import direction_of
from anthology.printers import Sides
from anthology.problems import ContentError, Problem
from anthology.render import render
from anthology.typeset import slots_of
from anthology.verify.completeness import compare_blocks
from anthology.views import documents_of_introductions, section_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from anthology.config import Config, PdfEdition
    from anthology.editions.workshop import Workshop
    from anthology.model import Anthology, Document
    from anthology.pages import PageStart
    from anthology.theme import Theme

_MM_A_POINT = 25.4 / 72
# Rounding takes that much off a margin at most.
_HAIR_MM = 0.01
# For screen and paper alike.
_PLAIN = Printing()


def make_pdf(
    manuscript: Manuscript,
    name: str,
    edition: PdfEdition,
    workshop: Workshop,
    stage: Callable[[str, str], None],
) -> Made:
    """Make a PDF edition; `stage` is told each stage as it begins, and how far it is.

    Raises ContentError for faults in the project's templates and for what cannot be set, MachineError where Pango
    is missing.
    """
    linked, config = manuscript.linked, manuscript.config
    printing = printing_of(config, name, edition, manuscript.find_profile)
    layout = PaperLayout(
        edition.links, documents_of_introductions(linked.anthology), room_on(edition.trim.width)
    )
    sheet = sheet_of(
        config, manuscript.theme, edition, printing, manuscript.labels["proof"] if manuscript.proof else ""
    )
    # Each needs its leaf anew.
    workshop.warm_up(sheet, manuscript.anew)
    stage("render", "")
    documents = render(
        linked, config, edition, manuscript.theme, layout, manuscript.labels, only=manuscript.only
    )
    stage("typeset", "")
    elsewhere = {article: int(folio) - 1 for article, folio in manuscript.folios.get(name, {}).items()}
    profile = printing.profile
    copy = Copy(
        documents,
        sheet,
        manuscript.picture,
        _blocks(manuscript),
        edition.start,
        elsewhere.get(manuscript.only, 0),
        elsewhere,
        # An article alone is looked at: nobody folds it.
        signature=profile.signature if profile and not manuscript.only else 1,
        last_blank=profile is not None and profile.last_blank and not manuscript.only,
        settle=settle_locators,
    )
    typeset = _set_with_gutter(copy, printing, workshop, lambda told: stage("typeset", told))
    if typeset.failures:
        raise ContentError(*failures_told(typeset, manuscript, name))
    stage("bind", f"{typeset.numbering.count} pages")
    places = elsewhere | page_of_each_place(typeset.leaves, typeset.numbering)
    metadata = _metadata(manuscript, edition, printing)
    bound = bind(_book(documents, typeset, places, workshop.faces, metadata, printing))
    stage("verify", "")
    faults = [fault for leaf in typeset.leaves.values() for fault in leaf.faults]
    anthology = piece_in(linked.anthology, manuscript.only) if manuscript.only else linked.anthology
    placement, problems = compare_blocks(anthology, places, name, faults, manuscript.find)
    folio = typeset.numbering.folio
    indexed = {
        target for document in documents if document.kind == "index" for target in slots_of(document.html)
    }
    return Made(
        data=bound,
        placement=placement,
        problems=(
            *problems,
            *complaints_told(typeset, manuscript, name),
            *dead_ends(typeset, places, manuscript, name),
            *unprinted_addresses(documents, edition.links, manuscript, name),
            *_refused_by_printer(bound, printing, manuscript, name),
        ),
        articles=len(anthology.articles),
        pages=typeset.numbering.count,
        reused=typeset.reused,
        start_pages={article.id: folio(places[article.id]) for article in anthology.articles},
        section_pages={} if manuscript.only else _section_pages(anthology, documents, typeset),
        starts=tuple(_starts(documents, typeset)),
        folios={target: folio(places[target]) for target in indexed if target in places},
    )


def sheet_of(
    config: Config, theme: Theme, edition: PdfEdition, printing: Printing = _PLAIN, stamp: str = ""
) -> Sheet:
    """Describe the pages of an edition to the typesetter; `stamp` is a word that each page is to bear."""
    book = config.book
    return Sheet(
        width=edition.trim.width,
        height=edition.trim.height,
        styles=theme.layers("pdf"),
        resources=theme.files,
        language=book.language,
        direction=direction_of(book.language),
        fallback=config.fonts.fallback,
        variant=max(printing.standards, key=lambda name: name.startswith("pdf/a"), default=""),
        # With the least that there can be: what more a thick book needs is known when it is set.
        gutter=printing.gutter(0),
        safety=printing.safety,
        bleed=max(astuple(printing.bleed)),
        colour=printing.colour,
        icc=printing.separation,
        flat=printing.flat,
        tagged=not printing.for_paper,
        stamp=stamp,
    )


def _set_with_gutter(
    copy: Copy, printing: Printing, workshop: Workshop, progress: Callable[[str], None]
) -> Typeset:
    """Set documents, and once more with a wider inside margin where so many pages need one.

    A wider margin makes more pages, which only need a wider one still: so this ends.
    """
    while True:
        typeset = set_copy(copy, workshop, progress)
        # An article alone has the margins of its book, as far as it is known how many pages that has.
        needed = printing.gutter(
            max(typeset.numbering.count, *(page + 1 for page in copy.elsewhere.values()), 0)
        )
        # Styles of a project may not heed it; what checks the file will tell.
        heeded = copy.sheet.gutter >= needed or _gutter(typeset, copy.sheet.width) >= needed - _HAIR_MM
        if typeset.failures or heeded:
            return typeset
        copy = replace(copy, sheet=replace(copy.sheet, gutter=needed))


def _gutter(typeset: Typeset, width: float) -> float:
    """Give the inside margin of a set book in millimetres: that of the narrowest kind of page."""
    insides = []
    for kind, rule in typeset.rules.items():
        left, _, across, _ = rule.area
        # The spine is at the left of pages at its right.
        insides.append(left if kind.side == "right" else width / _MM_A_POINT - left - across)
    return min(insides, default=0.0) * _MM_A_POINT


def _refused_by_printer(
    bound: bytes, printing: Printing, manuscript: Manuscript, name: str
) -> Iterator[Problem]:
    """Tell what the printer would refuse of the file; of an article alone, or a proof, nobody prints a book."""
    if printing.profile is None or manuscript.only or manuscript.proof:
        return
    from anthology.verify.preflight import preflight

    origin = manuscript.config.origin("editions", name, "printer")
    for problem in preflight(bound, printing.profile, bleed=printing.bleed != Sides()):
        message = f'in the edition "{name}": {problem.message}'
        yield replace(problem, message=message, origin=origin)


def _metadata(manuscript: Manuscript, edition: PdfEdition, printing: Printing) -> Metadata:
    book = manuscript.config.book
    return Metadata(
        title=book.title,
        language=book.language,
        direction=direction_of(book.language),
        day=manuscript.day,
        authors=book.editors,
        description=book.description,
        keywords=book.keywords,
        standards=printing.claimed,
        intent=printing.intent,
        identifier=f"urn:isbn:{edition.isbn13}" if edition.isbn13 else book.unique_identifier,
    )


def _blocks(manuscript: Manuscript) -> dict[str, dict[str, tuple[str, int]]]:
    """Give the words of the blocks in each document, as their digest and their number of letters."""
    anthology = manuscript.linked.anthology
    blocks = {
        piece.id: {block.id: (block.words, block.letters) for block in piece.blocks}
        for piece in anthology.pieces
    }
    for section in anthology.sections:
        if section.introduction and section.title:
            blocks[section_name(section)] = blocks[section.introduction.id]
    return blocks


def _book(
    documents: tuple[Document, ...],
    typeset: Typeset,
    places: Mapping[str, int],
    faces: Mapping[str, bytes],
    metadata: Metadata,
    printing: Printing,
) -> Book:
    leaves = tuple(
        BoundLeaf(
            typeset.leaves[document.name],
            document.title,
            document.language,
            "Art" if document.kind == "article" else "Sect",
        )
        for document in documents
    )
    head, outside, foot, inside = (side / _MM_A_POINT for side in astuple(printing.bleed))
    return Book(
        leaves=leaves,
        numbering=typeset.numbering,
        frames=typeset.frames,
        furniture=typeset.furniture,
        rules=typeset.rules,
        faces=faces,
        metadata=metadata,
        places=places,
        trimming=Trimming((head, outside, foot, inside), printing.marks) if printing.profile else None,
        tagged=not printing.for_paper,
        gray=printing.colour == "gray",
    )


def _section_pages(
    anthology: Anthology, documents: tuple[Document, ...], typeset: Typeset
) -> dict[str, tuple[int, int]]:
    """Give the first and the last page of each section by slug; blank ones before what follows are its own."""
    numbering, last = typeset.numbering, documents[-1].name
    # The blank pages at the end of a book are nobody's.
    behind = numbering.first[last] + len(typeset.leaves[last].frames)
    back = next((numbering.first[document.name] for document in documents if document.part == "back"), behind)
    names = {
        section.slug: section_name(section) if section.title else section.articles[0].id
        for section in anthology.sections
    }
    begins = [numbering.first[name] - numbering.front_pages for name in names.values()]
    ends = [*begins[1:], back - numbering.front_pages]
    return {slug: (begin + 1, end) for slug, begin, end in zip(names, begins, ends, strict=True)}


def _starts(documents: tuple[Document, ...], typeset: Typeset) -> Iterator[PageStart]:
    """Give the places in the text where the pages of the book start."""
    for document in documents:
        first = typeset.numbering.first[document.name]
        for page, start in enumerate(typeset.leaves[document.name].starts, first):
            if start:
                yield replace(start, folio=typeset.numbering.folio(page))
