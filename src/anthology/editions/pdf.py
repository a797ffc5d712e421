"""The PDF edition: render, typeset, bind, verify."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from anthology.arrange import article_in
from anthology.bind import Book, BoundLeaf, Metadata, bind
from anthology.editions.base import Made, Manuscript
from anthology.editions.setting import Copy, Typeset, page_of_each_place, set_copy
from anthology.layout import PaperLayout
from anthology.layout.running_heads import room_on
from anthology.leaves import Sheet
from anthology.model import Origin, direction_of
from anthology.problems import ContentError, Problem
from anthology.render import render
from anthology.verify.completeness import compare_blocks
from anthology.views import documents_of_introductions, section_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from anthology.config import Config, PdfEdition
    from anthology.editions.workshop import Workshop
    from anthology.model import Document
    from anthology.pages import PageStart
    from anthology.theme import Theme

_MISSING_GLYPH = re.compile(r"unsupported by fonts: \"?(.)\"? \(?(U\+[0-9A-F]+)?", re.DOTALL)
# As WeasyPrint says it of pictures that it leaves out.
_LOST_PICTURE = re.compile(r"Failed to (?:load|render|draw).*(?:image|SVG)|Unknown image mode", re.IGNORECASE)
_KEY = re.compile(r"anthology-image:(\w+\.\w+)")


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
    layout = PaperLayout(
        edition.links, documents_of_introductions(linked.anthology), room_on(edition.trim.width)
    )
    sheet = sheet_of(config, manuscript.theme, edition)
    # Each needs its leaf anew.
    workshop.warm_up(sheet, manuscript.anew)
    stage("render", "")
    documents = render(
        linked, config, edition, manuscript.theme, layout, manuscript.labels, only=manuscript.only
    )
    stage("typeset", "")
    elsewhere = {article: int(folio) - 1 for article, folio in manuscript.folios.get(name, {}).items()}
    copy = Copy(
        documents,
        sheet,
        manuscript.picture,
        _blocks(manuscript),
        edition.start,
        elsewhere.get(manuscript.only, 0),
        elsewhere,
    )
    typeset = set_copy(copy, workshop, lambda told: stage("typeset", told))
    if typeset.failures:
        raise ContentError(*_failures(typeset, manuscript, name))
    stage("bind", f"{typeset.numbering.count} pages")
    places = elsewhere | page_of_each_place(typeset.leaves, typeset.numbering)
    bound = bind(_book(documents, typeset, places, workshop.faces, _metadata(manuscript, edition)))
    stage("verify", "")
    faults = [fault for leaf in typeset.leaves.values() for fault in leaf.faults]
    anthology = article_in(linked.anthology, manuscript.only) if manuscript.only else linked.anthology
    placement, problems = compare_blocks(anthology, places, name, faults, manuscript.find)
    folio = typeset.numbering.folio
    return Made(
        data=bound,
        placement=placement,
        problems=(
            *problems,
            *_complaints(typeset, manuscript, name),
            *_dead_ends(typeset, places, manuscript, name),
        ),
        articles=len(anthology.articles),
        pages=typeset.numbering.count,
        reused=typeset.reused,
        start_pages={article.id: folio(places[article.id]) for article in anthology.articles},
        starts=tuple(_starts(documents, typeset)),
    )


def sheet_of(config: Config, theme: Theme, edition: PdfEdition) -> Sheet:
    """Describe the pages of an edition to the typesetter."""
    book = config.book
    return Sheet(
        width=edition.trim.width,
        height=edition.trim.height,
        styles=theme.layers("pdf"),
        language=book.language,
        direction=direction_of(book.language),
        fallback=config.fonts.fallback,
        variant=max(edition.standard, key=lambda name: name.startswith("pdf/a"), default=""),
    )


def _metadata(manuscript: Manuscript, edition: PdfEdition) -> Metadata:
    book = manuscript.config.book
    return Metadata(
        title=book.title,
        language=book.language,
        direction=direction_of(book.language),
        day=manuscript.day,
        authors=book.editors,
        description=book.description,
        keywords=book.keywords,
        standards=edition.standard,
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
    return Book(
        leaves=leaves,
        numbering=typeset.numbering,
        frames=typeset.frames,
        furniture=typeset.furniture,
        rules=typeset.rules,
        faces=faces,
        metadata=metadata,
        places=places,
    )


def _starts(documents: tuple[Document, ...], typeset: Typeset) -> Iterator[PageStart]:
    """Give the places in the text where the pages of the book start."""
    for document in documents:
        first = typeset.numbering.first[document.name]
        for page, start in enumerate(typeset.leaves[document.name].starts, first):
            if start:
                yield replace(start, folio=typeset.numbering.folio(page))


def _failures(typeset: Typeset, manuscript: Manuscript, name: str) -> Iterator[Problem]:
    """Tell which articles cannot be set, and why."""
    for failure in typeset.failures:
        message = f'in the edition "{name}" {_said_of(failure.document)} cannot be set: {failure.reason}'
        hint = "take parts of it out until it can be set: the last of them is at fault"
        if "page number" in failure.reason:
            hint = "keep opacity and ligatures off `.slot`, and off what it stands in, in styles/"
        yield Problem("P006", "error", message, _origin(failure.document, manuscript), hint)


def _said_of(document: str) -> str:
    return f"the page of the book's own ({document.strip('_')})" if document.startswith("_") else "it"


def _origin(document: str, manuscript: Manuscript) -> Origin | None:
    pieces = {piece.id: piece.origin for piece in manuscript.linked.anthology.pieces}
    for section in manuscript.linked.anthology.sections:
        if section.introduction:
            pieces[section_name(section)] = section.introduction.origin
    return pieces.get(document)


def _dead_ends(
    typeset: Typeset, places: Mapping[str, int], manuscript: Manuscript, name: str
) -> Iterator[Problem]:
    """Tell of links that lead to nothing, because a template does not print what they lead to."""
    # The links of an article alone lead out of its file, and that is no fault of its own.
    for leaf in () if manuscript.only else typeset.leaves.values():
        for target in sorted({target for target in (*leaf.titles, *leaf.slots) if target not in places}):
            message = f'in the edition "{name}": nothing has the id "{target}", which a link leads to'
            hint = "a template leaves it out; the link leads to the beginning of its document"
            yield Problem("P003", "warning", message, _origin(leaf.name, manuscript), hint)


def _complaints(typeset: Typeset, manuscript: Manuscript, name: str) -> Iterator[Problem]:
    """Turn what the engine logged into problems of the article: a missing glyph is an error."""
    if not typeset.settled:
        message = f'the page numbers of the edition "{name}" do not settle'
        hint = "another trim size, or a word more or less in the contents, makes them"
        yield Problem("P004", "error", message, None, hint)
    for line in typeset.complaints:
        # Those who have no styles of their own can do nothing about it.
        if manuscript.theme.own:
            origin = Origin("styles/house.css" if "house.css" in manuscript.theme.own else "styles")
            hint = "compare it with what WeasyPrint knows of CSS"
            yield Problem("P003", "warning", f"the typesetter says of the style sheets: {line}", origin, hint)
    paths = {key: picture.path for key, picture in manuscript.pictures.items()}
    for leaf in typeset.leaves.values():
        origin_of_leaf = _origin(leaf.name, manuscript)
        for line in leaf.complaints:
            told = _KEY.sub(lambda found: paths.get(found[1], found[1]), line)
            if "notdef" in line:
                yield _missing_glyph(line, origin_of_leaf)
            elif _LOST_PICTURE.match(line):
                message = f'in the edition "{name}" a picture cannot be printed: {told}'
                hint = "open it in an image editor and save it again"
                yield Problem("P007", "error", message, origin_of_leaf, hint)
            elif "alt description" not in line:  # the reader has said so already, with file and line
                yield Problem("P003", "warning", f'in the edition "{name}": {told}', origin_of_leaf)


def _missing_glyph(line: str, origin: Origin | None) -> Problem:
    found = _MISSING_GLYPH.search(line)
    letter = found.group(1) if found else ""
    shown = f'"{letter}" (U+{ord(letter):04X})' if letter else line
    message = f"no typeface of the book has the character {shown}"
    hint = "name a family that has it under [fonts] fallback, or write it another way"
    fold = "{count} times an article needs a character that no typeface of the book has"
    return Problem("P002", "error", message, origin, hint, fold)
