"""The EPUB edition: render, pack, verify."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from anthology.cover import CoverText, draw_cover, fit_cover, uncovered
from anthology.editions.base import Made, Manuscript
from anthology.editions.page_marks import mark_pages
from anthology.fonts import SANS, SERIF, face_rules, families_for, licence_files, theme_faces
from anthology.layout import EReaderLayout
from anthology.layout.e_reader import picture_name
from anthology.model import direction_of
from anthology.problems import ContentError, Problem
from anthology.render import render
from anthology.theme import LAYERS
from anthology.verify.completeness import compare_blocks
from anthology.verify.e_book import read_back
from anthology.verify.hiding import StyleSheet
from anthology.views import CONTENTS, COVER, PAPER_ONLY, documents_of_introductions, known_as

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from anthology.config import EpubEdition
    from anthology.exporters.epub import Metadata, Part, Person
    from anthology.labels import Labels
    from anthology.model import Document
    from anthology.pages import PageStart

STYLE = "styles/anthology.css"
COVER_PICTURE = "images/cover.jpg"

# With the faces in the book, the text is set in them until the reader chooses another.
_OWN_FACES = f':root {{ --serif: "{SERIF}", serif; --sans: "{SANS}", sans-serif }}\nbody {{ font-family: var(--serif) }}'

# MARC relator codes of the roles.
_RELATORS = {
    "author": "aut",
    "translator": "trl",
    "interviewer": "ivr",
    "photographer": "pht",
    "illustrator": "ill",
    "editor": "edt",
}
_SHOWN = re.compile(r'"images/([^"]+)"')


def make_epub(
    manuscript: Manuscript,
    name: str,
    edition: EpubEdition,
    stage: Callable[[str, str], None],
    starts: Sequence[PageStart] = (),
) -> Made:
    """Make an EPUB edition; `stage` is told each stage as it begins.

    `starts` are the places where the pages of the print edition start: those in the text are marked and listed.
    Raises ContentError for faults in the project's templates or its cover.
    """
    from anthology.exporters.epub import pack_epub

    linked = manuscript.linked
    layout = EReaderLayout(documents_of_introductions(linked.anthology))
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
        _identifier(manuscript, edition),
        pages,
    )
    begun: dict[str, list[PageStart]] = {}
    for start in pages:
        begun.setdefault(start.document, []).append(start)
    documents = tuple(
        _with_pages(document, begun.get(document.name, ()), manuscript.labels) for document in documents
    )
    cover, told = _cover(manuscript)
    parts = [
        *_documents(documents),
        *_styles(manuscript, edition),
        *_pictures(manuscript, documents),
        cover,
    ]
    stage("pack", "")
    packed = pack_epub(_metadata(manuscript, edition, documents, pages), parts)
    stage("verify", "")
    read = read_back(linked.anthology, documents, _style_sheets(manuscript))
    placement, problems = compare_blocks(linked.anthology, read.blocks, name, read.faults, manuscript.find)
    return Made(
        packed,
        placement,
        (*problems, *told),
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


def _styles(manuscript: Manuscript, edition: EpubEdition) -> Iterator[Part]:
    from anthology.exporters.epub import Part

    sheets = list(manuscript.theme.layers("epub"))
    if edition.fonts:
        sheets.insert(0, f"{face_rules('../fonts/')}\n{_OWN_FACES}")
        for face in theme_faces():
            yield Part(f"fonts/{face.name}", face.path.read_bytes(), "font/otf", f"font-{face.path.stem}")
        for number, licence in enumerate(licence_files(), 1):
            yield Part(
                f"fonts/OFL-{number}.txt", licence.read_bytes(), "text/plain", f"font-licence-{number}"
            )
    yield Part(STYLE, "\n".join(sheets).encode(), "text/css", "style")


def _style_sheets(manuscript: Manuscript) -> list[StyleSheet]:
    styles = manuscript.theme.styles
    return [StyleSheet(f"styles/{name}", styles[name]) for name in LAYERS["epub"] if name in styles]


def _pictures(manuscript: Manuscript, documents: Sequence[Document]) -> Iterator[Part]:
    """Give the pictures that a document shows, in a format that every reading system shows."""
    from anthology.exporters.epub import Part

    shown = {name for document in documents for name in _SHOWN.findall(document.html)}
    for key in sorted(manuscript.pictures):
        name = picture_name(key)
        if name not in shown:
            continue
        data, media_type = manuscript.picture(key)
        if name != key:
            data, media_type = _as_png(data), "image/png"
        yield Part(f"images/{name}", data, media_type, f"picture-{name.partition('.')[0]}")


def _as_png(data: bytes) -> bytes:
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    with Image.open(BytesIO(data)) as picture:
        picture.convert("RGBA" if "A" in picture.getbands() else "RGB").save(made, "PNG")
    return made.getvalue()


def _cover(manuscript: Manuscript) -> tuple[Part, list[Problem]]:
    """Set the cover, or make the given picture fit."""
    from anthology.exporters.epub import Part

    config = manuscript.config
    book = config.book
    problems: list[Problem] = []
    if book.cover:
        picture = _given_cover(manuscript)
    else:
        names = manuscript.labels.names(book.editors)
        editors = manuscript.labels.text("edited-by", names=names) if names else ""
        text = CoverText(
            book.title, book.subtitle, editors, book.publisher, book.language, direction_of(book.language)
        )
        families = (*config.fonts.fallback, *families_for(book.language))
        picture = draw_cover(text, families)
        lost = uncovered(
            " ".join((text.title, text.subtitle, editors, text.publisher)), config.fonts.fallback
        )
        if lost:
            message = f"no typeface for the cover has these characters: {lost}"
            hint = "name a family that has them under [fonts] fallback, or give a `cover` picture"
            problems.append(Problem("I009", "warning", message, config.origin("book", "title"), hint))
    return Part(COVER_PICTURE, picture, "image/jpeg", "cover-picture", ("cover-image",)), problems


def _given_cover(manuscript: Manuscript) -> bytes:
    path, origin = manuscript.config.book.cover, manuscript.config.origin("book", "cover")
    data = manuscript.find(path)
    if data is None:
        raise ContentError(Problem("I008", "error", f'there is no cover picture "{path}"', origin))
    try:
        return fit_cover(data)
    except ValueError as error:
        raise ContentError(
            Problem("I008", "error", f'the cover picture "{path}": {error}', origin)
        ) from error


def _metadata(
    manuscript: Manuscript, edition: EpubEdition, documents: Sequence[Document], pages: Sequence[PageStart]
) -> Metadata:
    from anthology.exporters.epub import Metadata, Person

    config = manuscript.config
    book = config.book
    modified = dt.datetime.combine(book.revised or manuscript.day, dt.time(), dt.UTC)
    return Metadata(
        identifier=_identifier(manuscript, edition),
        title=book.title,
        subtitle=book.subtitle,
        language=book.language,
        direction=direction_of(book.language),
        modified=modified,
        publisher=book.publisher,
        description=book.description,
        rights=book.rights,
        date=book.date.isoformat() if book.date else "",
        subjects=(*book.subjects, *book.keywords),
        creators=tuple(Person(editor, ("edt",), _sort_name(manuscript, editor)) for editor in book.editors),
        contributors=tuple(_contributors(manuscript)),
        schema=tuple(_accessibility(manuscript, documents, pages)),
        pages_from=_print_edition(manuscript, edition) if pages else "",
        conforms_to=config.accessibility.conforms_to,
        certified_by=config.accessibility.certified_by,
        certifier_report=config.accessibility.report,
    )


def _identifier(manuscript: Manuscript, edition: EpubEdition) -> str:
    return f"urn:isbn:{edition.isbn13}" if edition.isbn13 else manuscript.config.book.unique_identifier


def _print_edition(manuscript: Manuscript, edition: EpubEdition) -> str:
    """Name the edition whose pages are listed: by its ISBN, else as a reader would tell it from others."""
    printed, book = manuscript.config.editions[edition.pages_from], manuscript.config.book
    assert printed.format == "pdf"
    if printed.isbn13:
        return f"urn:isbn:{printed.isbn13}"
    size = f"{printed.trim.width:g} × {printed.trim.height:g} mm"
    return ", ".join(filter(None, (book.title, book.publisher, str(manuscript.day.year), size)))


def _contributors(manuscript: Manuscript) -> Iterator[Person]:
    """Give everybody credited with an article, with all that they did, in the order of the book."""
    from anthology.exporters.epub import Person

    roles: dict[str, dict[str, None]] = {}
    for article in manuscript.linked.anthology.articles:
        for credit in article.credits:
            name = known_as(credit.name, manuscript.config)
            roles.setdefault(name, {})[_RELATORS[credit.role]] = None
    for name, relators in roles.items():
        yield Person(name, tuple(relators), _sort_name(manuscript, name))


def _sort_name(manuscript: Manuscript, name: str) -> str:
    """Give the name as `[contributors]` sorts it; nothing is guessed."""
    for contributor in manuscript.config.contributors.values():
        if name == contributor.name or name in contributor.also:
            return contributor.sort
    return ""


def _accessibility(
    manuscript: Manuscript, documents: Sequence[Document], pages: Sequence[PageStart]
) -> Iterator[tuple[str, str]]:
    """Say what the book offers, from what is in it (EPUB Accessibility 1.1, 2.2)."""
    pictures = [found for document in documents if document.name != COVER for found in _images(document.html)]
    described = all(alternative for alternative in pictures)
    yield "accessMode", "textual"
    if pictures:
        yield "accessMode", "visual"
    if described:
        yield "accessModeSufficient", "textual"
    if pictures:
        yield "accessModeSufficient", "textual,visual"
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability", "ARIA"]
    if pictures and described:
        features.append("alternativeText")
    if pages:
        features += ["pageNavigation", "pageBreakMarkers"]
    for feature in features:
        yield "accessibilityFeature", feature
    # A GIF may flash, and nobody has looked.
    moving = any(picture.media_type == "image/gif" for picture in manuscript.pictures.values())
    yield "accessibilityHazard", "unknown" if moving else "none"
    stated = manuscript.config.accessibility
    if stated.summary or stated.contact:
        yield "accessibilitySummary", " ".join(part for part in (stated.summary, stated.contact) if part)


def _images(html: str) -> list[str]:
    """Give the alternative text of every picture in a document."""
    return [
        (re.findall(r'\salt="([^"]*)"', tag) or [""])[0].strip() for tag in re.findall(r"<img\b[^>]*>", html)
    ]
