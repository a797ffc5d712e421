"""One document of an e-book by itself, as it will stand in the file: for somebody who looks at it while it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from anthology.editions.epub.edition import STYLE
from anthology.editions.epub.metadata import identifier_of
from anthology.editions.epub.pictures import fit_pictures, pictures_of
from anthology.layout import EReaderLayout
from anthology.render import render
from anthology.views import documents_of_introductions

if TYPE_CHECKING:
    from anthology.config import EpubEdition
    from anthology.editions.base import Manuscript
    from anthology.editions.workshop import Workshop
    from anthology.exporters.epub import Part
    from anthology.model import Document


@dataclass(frozen=True, slots=True)
class Single:
    """A document, and the pictures that it shows as they are packed beside it."""

    document: Document
    pictures: tuple[Part, ...]


def make_single(manuscript: Manuscript, edition: EpubEdition, workshop: Workshop) -> Single:
    """Make the document of the piece that the manuscript is `only` to show, and nothing else of the edition.

    Raises ContentError for faults in the project's templates, and for pictures that cannot be made fit; KeyError
    where there is no such piece.
    """
    linked = manuscript.linked
    pieces = {piece.id: piece for piece in linked.anthology.pieces}
    piece = pieces[manuscript.only]
    shown = {picture.key: picture for picture in (*piece.pictures, piece.image) if picture}
    pictures = fit_pictures(replace(manuscript, pictures=shown), workshop, lambda stage, detail: None)
    names = {key: picture.name for key, picture in pictures.items()}
    layout = EReaderLayout(documents_of_introductions(linked.anthology), names)
    (document,) = render(
        linked,
        manuscript.config,
        edition,
        manuscript.theme,
        layout,
        manuscript.labels,
        (STYLE,),
        identifier_of(manuscript, edition),
        only=manuscript.only,
    )
    return Single(document, tuple(pictures_of(pictures.values(), (document,))))
