"""The PDF edition: render, typeset, bind, verify."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.editions.base import Made, Manuscript
from anthology.exporters.pdf import bind
from anthology.layout import PaperLayout
from anthology.layout.running_heads import room_on
from anthology.model import direction_of
from anthology.problems import Problem
from anthology.render import render
from anthology.verify.completeness import compare_blocks
from anthology.views import documents_of_introductions

if TYPE_CHECKING:
    from collections.abc import Callable

    from anthology.config import PdfEdition
    from anthology.pages import TypesetBook
    from anthology.typeset import Sheet

_MISSING_GLYPH = re.compile(r"unsupported by fonts: \"?(.)\"? \(?(U\+[0-9A-F]+)?", re.DOTALL)


_KEY = re.compile(r"anthology-image:(\w+\.\w+)")


def make_pdf(manuscript: Manuscript, name: str, edition: PdfEdition, stage: Callable[[str], None]) -> Made:
    """Make a PDF edition; `stage` is told each stage as it begins.

    Raises ContentError for faults in the project's templates, MachineError where Pango is missing.
    """
    linked, config = manuscript.linked, manuscript.config
    layout = PaperLayout(
        edition.links, documents_of_introductions(linked.anthology), room_on(edition.trim.width)
    )
    stage("render")
    documents = render(linked, config, edition, manuscript.theme, layout, manuscript.labels)
    if manuscript.only:
        documents = tuple(document for document in documents if document.article == manuscript.only)
    from anthology.typeset import typeset

    stage("typeset")
    book = typeset(documents, sheet_of(manuscript, edition), manuscript.picture)
    stage("bind")
    bound = bind(book, direction_of(config.book.language))
    stage("verify")
    placement, problems = compare_blocks(linked.anthology, book.places, name)
    return Made(
        data=bound,
        placement=placement,
        problems=(*problems, *_complaints(book, manuscript, name)),
        pages=book.pages,
        start_pages={article.id: book.folio(article.id) for article in linked.anthology.articles},
        starts=book.starts,
    )


def sheet_of(manuscript: Manuscript, edition: PdfEdition) -> Sheet:
    """Describe the pages of an edition to the typesetter."""
    from anthology.typeset import Sheet

    book, config = manuscript.config.book, manuscript.config
    return Sheet(
        width=edition.trim.width,
        height=edition.trim.height,
        styles=manuscript.theme.layers("pdf"),
        language=book.language,
        direction=direction_of(book.language),
        title=book.title,
        authors=book.editors,
        description=book.description,
        keywords=book.keywords,
        date=manuscript.day.isoformat(),
        start=edition.start,
        fallback=config.fonts.fallback,
        variant=edition.standard or "",
    )


def _complaints(book: TypesetBook, manuscript: Manuscript, name: str) -> list[Problem]:
    """Turn what the engine logged into problems: a missing glyph is an error of the articles that need it."""
    problems = []
    if not book.settled:
        message = f'the page numbers of the edition "{name}" do not settle'
        hint = "another trim size, or a word more or less in the contents, makes them"
        problems.append(Problem("P004", "error", message, None, hint))
    paths = {key: picture.path for key, picture in manuscript.pictures.items()}
    for line in book.complaints:
        if "notdef" in line:
            problems += _missing_glyphs(line, manuscript)
        elif "alt description" not in line:  # the reader has said so already, with file and line
            told = _KEY.sub(lambda found: paths.get(found[1], found[1]), line)
            problems.append(Problem("P003", "warning", f'in the edition "{name}": {told}'))
    return problems


def _missing_glyphs(line: str, manuscript: Manuscript) -> list[Problem]:
    found = _MISSING_GLYPH.search(line)
    letter = found.group(1) if found else ""
    shown = f'"{letter}" (U+{ord(letter):04X})' if letter else line
    message = f"no typeface of the book has the character {shown}"
    hint = "name a family that has it under [fonts] fallback, or write it another way"
    pieces = [piece for piece in manuscript.linked.anthology.pieces if letter and _uses(piece, letter)]
    fold = "{count} times an article needs a character that no typeface of the book has"
    return [Problem("P002", "error", message, piece.origin, hint, fold) for piece in pieces] or [
        Problem("P002", "error", message, None, hint, fold)
    ]


def _uses(piece: object, letter: str) -> bool:
    texts = (getattr(piece, name) for name in ("body", "title", "standfirst", "short_title"))
    return any(letter in text for text in texts)
