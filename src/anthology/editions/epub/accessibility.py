"""What the package document says of the book's accessibility: computed from what is in it, claimed only where stated."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.images import moves, opened
from anthology.model import Origin
from anthology.problems import Problem
from anthology.verify.accessibility import survey
from anthology.views import COVER, SUBJECT_INDEX, documents_of_introductions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from anthology.editions.base import Manuscript
    from anthology.exporters.epub import Part
    from anthology.model import Document
    from anthology.verify.accessibility import Barrier, Survey, What

# More places than this help nobody; the count says the rest.
_MOST_NAMED = 5

_BARRIERS: dict[What, str] = {
    "undescribed": "pictures without a description",
    "says-nothing": "pictures whose description does not say what they show",
    "headless-table": "tables without header cells",
    "empty-header": "header cells with nothing in them",
    "wordless-link": "links without words",
    "empty-heading": "headings with nothing in them",
    "skipped-level": "headings that leave a level out",
    "untitled": "documents without a title",
    "no-language": "documents that do not say their language",
    "unheard": "words that are kept from screen readers",
}

# What moves by itself in a drawing (SVG Animations Level 2) or through a style sheet (CSS Animations Level 1).
_MOVING_DRAWING = re.compile(rb"<(?:\w+:)?(?:animate\w*|set)\b|@keyframes|\banimation\b", re.IGNORECASE)
_MOVING_STYLE = re.compile(rb"@(?:-\w+-)?keyframes\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """What an edition says of its accessibility: properties of schema.org in order, and the publisher's claim.

    Without a claim, `conforms_to` is empty, and so are its certifier and their report.
    """

    schema: tuple[tuple[str, str], ...]
    conforms_to: str = ""
    certified_by: str = ""
    report: str = ""
    problems: tuple[Problem, ...] = ()


def state_accessibility(
    manuscript: Manuscript, name: str, documents: Sequence[Document], parts: Iterable[Part], *, paged: bool
) -> Statement:
    """Say what the book offers, from what is in it (EPUB Accessibility 1.1, 2.2 and 4.2).

    Arguments: the manuscript; the name of the edition; its documents as they are packed, and its other parts;
    and whether it lists the pages of a printed edition. What `[accessibility]` claims is said only if nothing
    that was found in the documents speaks against it; otherwise a problem says what does.
    """
    # The name of a picture's file keeps the digest in its key, whatever its format has become.
    files = {_stem(key): picture.path for key, picture in manuscript.pictures.items()}
    found = survey(documents, lambda src: files.get(_stem(src), ""), COVER)
    is_moving = any(_moves(part) for part in parts)
    schema = (
        *_modes(found),
        *(
            ("accessibilityFeature", feature)
            for feature in _features(
                found, paged=paged, indexed=SUBJECT_INDEX in {one.name for one in documents}
            )
        ),
        # Whether what moves also flashes, nobody has looked.
        ("accessibilityHazard", "unknown" if is_moving else "none"),
        ("accessibilitySummary", " ".join(_summary(manuscript, found, paged=paged, is_moving=is_moving))),
    )
    stated = manuscript.config.accessibility
    if not stated.conforms_to:
        return Statement(schema)
    if found.barriers:
        return Statement(schema, problems=(_unproven(manuscript, name, found.barriers),))
    return Statement(schema, stated.conforms_to, stated.certified_by, stated.report)


def _stem(name: str) -> str:
    return posixpath.basename(name).partition(".")[0]


def _modes(found: Survey) -> Iterator[tuple[str, str]]:
    """Tell by which senses the book is read; decoration and the cover are nothing that is read."""
    yield "accessMode", "textual"
    if found.informative:
        yield "accessMode", "visual"
    if not found.undescribed:
        yield "accessModeSufficient", "textual"
    if found.informative:
        yield "accessModeSufficient", "textual,visual"


def _features(found: Survey, *, paged: bool, indexed: bool) -> Iterator[str]:
    yield from ("tableOfContents", "readingOrder", "displayTransformability")
    if not any(barrier.what in ("empty-heading", "skipped-level") for barrier in found.barriers):
        yield "structuralNavigation"
    if found.roles:
        yield "ARIA"
    if found.informative and not found.undescribed:
        yield "alternativeText"
    if found.formulas:
        yield "MathML"
    if found.ruby:
        yield "rubyAnnotations"
    if indexed:
        yield "index"
    if paged:
        yield from ("pageNavigation", "pageBreakMarkers")


def _summary(manuscript: Manuscript, found: Survey, *, paged: bool, is_moving: bool) -> Iterator[str]:
    """Say it all in sentences of the book's language, and after them what the publisher says."""
    labels, stated = manuscript.labels, manuscript.config.accessibility
    if not any(barrier.what == "unheard" for barrier in found.barriers):
        yield labels["accessibility-text"]
    yield labels["accessibility-navigation"]
    if paged:
        yield labels["accessibility-pages"]
    if found.undescribed:
        count, total = str(found.undescribed), str(found.informative)
        yield labels.text("accessibility-undescribed", count=count, total=total)
    elif found.described:
        yield labels["accessibility-described"]
    else:
        yield labels["accessibility-decoration" if found.decorative else "accessibility-no-pictures"]
    if found.formulas:
        yield labels["accessibility-formulas"]
    others = sum(barrier.what not in ("undescribed", "says-nothing") for barrier in found.barriers)
    if others:
        yield labels.text("accessibility-barriers", count=str(others))
    yield labels["accessibility-moving" if is_moving else "accessibility-still"]
    if stated.summary:
        yield stated.summary
    if stated.contact:
        yield labels.text("accessibility-contact", contact=stated.contact)


def _moves(part: Part) -> bool:
    """Tell whether a picture or a style sheet has something in it that moves."""
    if part.media_type == "image/svg+xml":
        return _MOVING_DRAWING.search(part.data) is not None
    if part.media_type == "text/css":
        return _MOVING_STYLE.search(part.data) is not None
    if part.media_type not in ("image/gif", "image/png"):
        return False
    data = part.data
    if part.media_type == "image/png" and b"acTL" not in data:
        return False
    with opened(data) as picture:
        return moves(picture)


def _unproven(manuscript: Manuscript, name: str, barriers: Sequence[Barrier]) -> Problem:
    """Say why the publisher's claim is left out."""
    places = _Places(manuscript)
    told = []
    for what, words in _BARRIERS.items():
        where = dict.fromkeys(places.of(barrier) for barrier in barriers if barrier.what == what)
        if where:
            more = f" and {len(where) - _MOST_NAMED} more" if len(where) > _MOST_NAMED else ""
            told.append(f"{words} ({', '.join(list(where)[:_MOST_NAMED])}{more})")
    config = manuscript.config
    message = (
        f'the edition "{name}" does not claim to conform to "{config.accessibility.conforms_to}", '
        f"for it has {'; '.join(told)}"
    )
    hint = "mend what is named, or delete the line"
    return Problem("P008", "warning", message, config.origin("accessibility", "conforms-to"), hint)


class _Places:
    """Where in the project what stands in the documents was written, as far as words tell."""

    def __init__(self, manuscript: Manuscript) -> None:
        anthology = manuscript.linked.anthology
        introductions = {name: piece for piece, name in documents_of_introductions(anthology).items()}
        self._find = manuscript.find
        self._origins = {piece.id: piece.origin for piece in anthology.pieces}
        self._pieces = {**{piece: piece for piece in self._origins}, **introductions}

    def of(self, barrier: Barrier) -> str:
        """Write a path, and a line where it is known."""
        origin = self._origins.get(self._pieces.get(barrier.document.name, ""))
        # No article can hide its words; what a template puts round them can.
        if origin is None or barrier.what == "unheard":
            return f"templates/{barrier.document.kind}.html"
        line = self._line(origin, barrier.words)
        return f"{origin.path}:{line}" if line else origin.path

    def _line(self, origin: Origin, words: str) -> int | None:
        text = (self._find(origin.path) or b"").decode("utf-8", "replace")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        # The picture's file as it is written, else words with marks of Markdown or tags between them.
        wanted = [re.escape(posixpath.basename(words))] if words else []
        wanted.append(r"(?:[\W_]|<[^>]*>)+".join(map(re.escape, re.findall(r"\w+", words)[:4])))
        found = next((hit for form in wanted if form and (hit := re.search(form, text))), None)
        return text.count("\n", 0, found.start()) + 1 if found else None
