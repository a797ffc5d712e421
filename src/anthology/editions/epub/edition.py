"""The EPUB edition: render, pack, verify."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from anthology.editions.base import Made, Manuscript
from anthology.editions.epub.accessibility import state_accessibility
from anthology.editions.epub.front_cover import cover_of
from anthology.editions.epub.metadata import guide_of, identifier_of, metadata_of
from anthology.editions.epub.page_marks import mark_pages
from anthology.editions.epub.pictures import fit_pictures, pictures_of
from anthology.editions.epub.proof import stamped
from anthology.editions.epub.style_sheet import style_sheet
from anthology.editions.style_resources import gather_resources
from anthology.fonts import theme_faces
from anthology.layout import EReaderLayout
from anthology.problems import has_errors
from anthology.render import render
from anthology.verify.completeness import compare_blocks
from anthology.verify.e_book import read_back
from anthology.verify.file_sizes import check_file_sizes
from anthology.verify.hiding import StyleSheet
from anthology.verify.references import check_references
from anthology.views import CONTENTS, PAPER_ONLY, documents_of_introductions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from anthology.config import EpubEdition
    from anthology.editions.workshop import Workshop
    from anthology.exporters.epub import Part
    from anthology.labels import Labels
    from anthology.model import Document
    from anthology.pages import PageStart
    from anthology.problems import Problem

STYLE = "styles/anthology.css"

_NO_FOLIOS: Mapping[str, str] = MappingProxyType({})


def make_epub(
    manuscript: Manuscript,
    name: str,
    edition: EpubEdition,
    stage: Callable[[str, str], None],
    starts: Sequence[PageStart] = (),
    workshop: Workshop | None = None,
    folios: Mapping[str, str] = _NO_FOLIOS,
) -> Made:
    """Make an EPUB edition; `stage` is told each stage as it begins.

    `starts` are the places where the pages of the print edition start: those in the text are marked and listed;
    `folios` are those of the places that its indexes lead to.
    With a `workshop` pictures are made fit by its workers, once for as long as they do not change.
    Raises ContentError for faults in the project's templates or its cover.
    """
    from anthology.exporters.epub import pack_epub

    linked = manuscript.linked
    pictures = fit_pictures(manuscript, workshop, stage)
    names = {key: picture.name for key, picture in pictures.items()}
    layout = EReaderLayout(documents_of_introductions(linked.anthology), names)
    stage("render", "")
    pages = [start for start in starts if start.document not in PAPER_ONLY]
    documents = render(
        linked,
        manuscript.config,
        edition,
        manuscript.theme,
        layout,
        manuscript.labels,
        (STYLE,),
        identifier_of(manuscript, edition),
        pages,
        folios=folios,
    )
    begun: dict[str, list[PageStart]] = {}
    for start in pages:
        begun.setdefault(start.document, []).append(start)
    documents = tuple(
        _with_pages(document, begun.get(document.name, ()), manuscript.labels) for document in documents
    )
    if manuscript.proof:
        documents = stamped(documents, manuscript.labels, manuscript.config.book.language)
    cover, told = cover_of(manuscript)
    styles, left_out = parts_of_styles(manuscript, edition)
    parts = [
        *_documents(documents),
        *styles,
        *pictures_of(pictures.values(), documents),
        cover,
    ]
    stage("pack", "")
    statement = state_accessibility(manuscript, name, documents, parts, paged=bool(pages))
    metadata = metadata_of(manuscript, edition, pages, statement)
    packed = pack_epub(metadata, parts, tuple(guide_of(documents)))
    stage("verify", "")
    read = read_back(linked.anthology, documents, _style_sheets(manuscript))
    placement, problems = compare_blocks(linked.anthology, read.blocks, name, read.faults, manuscript.find)
    names_of_parts = [part.name for part in parts]
    unfit: tuple[Problem, ...] = ()
    templates = _own_templates(manuscript)
    # What leads to a block that is lost leads nowhere, and the loss has been told.
    if templates and not has_errors(problems):
        unfit = check_references(linked.anthology, documents, names_of_parts, templates)
    return Made(
        packed,
        placement,
        (
            *problems,
            *unfit,
            *check_file_sizes(linked.anthology, documents, name),
            *told,
            *left_out,
            *statement.problems,
        ),
        articles=len(linked.anthology.articles),
        pages=len(pages),
        reused=manuscript.reused,
    )


def _with_pages(document: Document, begun: Sequence[PageStart], labels: Labels) -> Document:
    return replace(document, html=mark_pages(document.html, begun, labels.page)) if begun else document


def _documents(documents: Sequence[Document]) -> Iterator[Part]:
    from anthology.exporters.epub import XHTML, Part

    for document in documents:
        if document.kind == "ncx":
            yield Part("toc.ncx", document.html.encode(), "application/x-dtbncx+xml", "ncx")
            continue
        properties = []
        if document.name == CONTENTS:
            properties.append("nav")
        if "<svg" in document.html:
            properties.append("svg")
        if "<math" in document.html:
            properties.append("mathml")
        yield Part(
            f"{document.name}.xhtml",
            document.html.encode(),
            XHTML,
            f"text-{document.name}",
            tuple(properties),
            spine=True,
        )


def parts_of_styles(manuscript: Manuscript, edition: EpubEdition) -> tuple[list[Part], tuple[Problem, ...]]:
    """Give the style sheet with all that it names, and tell what is left out of it."""
    from anthology.exporters.epub import Part

    resources = gather_resources(manuscript.theme.sheets("epub"), "styles", manuscript.find)
    folder = STYLE.rpartition("/")[0]
    files = (
        Part(f"{folder}/{name}", data, media_type, f"style-{name.partition('.')[0]}")
        for name, data, media_type in resources.files
    )
    sheet = style_sheet(resources.layers, with_faces=edition.fonts)
    faces = _faces() if edition.fonts else ()
    return [*faces, Part(STYLE, sheet.encode(), "text/css", "style"), *files], resources.problems


def _faces() -> Iterator[Part]:
    from anthology.exporters.epub import Part

    faces = theme_faces()
    licences = sorted({face.licence for face in faces})
    names = {licence: f"fonts/OFL-{number}.txt" for number, licence in enumerate(licences, 1)}
    for face in faces:
        name, data = f"fonts/{face.name}", face.path.read_bytes()
        yield Part(name, data, "font/otf", f"font-{face.path.stem}", licence=names[face.licence])
    for licence, name in names.items():
        yield Part(name, licence.read_bytes(), "text/plain")


def _own_templates(manuscript: Manuscript) -> dict[str, str]:
    theme = manuscript.theme
    return {name: text for name, text in theme.templates.items() if theme.packaged.get(name) != text}


def _style_sheets(manuscript: Manuscript) -> list[StyleSheet]:
    return [StyleSheet(f"styles/{path}", text) for path, text in manuscript.theme.sheets("epub").items()]
