"""What an e-book's documents offer to readers who cannot see them, and what stands in the way of those readers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from anthology.alternative_text import says_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from anthology.model import Document

_XHTML = "{http://www.w3.org/1999/xhtml}"
_SVG = "{http://www.w3.org/2000/svg}"
_MATH = "{http://www.w3.org/1998/Math/MathML}math"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_HEADINGS = tuple(f"{_XHTML}h{level}" for level in range(1, 7))
_PICTURES = (f"{_XHTML}img", f"{_SVG}svg")
_SAID_IN_DRAWINGS = tuple(f"{_SVG}{name}" for name in ("title", "desc", "text", "tspan", "textPath"))
_WATCHED = (*_PICTURES, *_HEADINGS, f"{_XHTML}a", f"{_XHTML}table", f"{_XHTML}ruby", _MATH)

# Enough words to find the place again in the article.
_WORDS = 8

# What keeps readers out, each with the success criterion of WCAG 2.2 that it fails.
What = Literal[
    "undescribed",  # a picture without an alternative text: 1.1.1
    "says-nothing",  # an alternative text that is the name of a file: 1.1.1
    "headless-table",  # a table without header cells: 1.3.1
    "empty-header",  # a header cell that says nothing: 1.3.1
    "wordless-link",  # a link that nobody can hear: 2.4.4, 4.1.2
    "empty-heading",  # 1.3.1, 2.4.6
    "skipped-level",  # a heading whose level leaves one out: 1.3.1
    "untitled",  # a document without a title: 2.4.2
    "no-language",  # a document that does not say its language: 3.1.1
    "unheard",  # words that are seen and kept from screen readers: 1.3.1
]


@dataclass(frozen=True, slots=True)
class Barrier:
    """One place that keeps some readers out.

    `document` is the one that it is in; `words` are those that it begins with, or the path of the picture's file.
    """

    what: What
    document: Document
    words: str = ""


@dataclass(slots=True)
class Survey:
    """What was found in the documents of a book: pictures counted by what they are to those who cannot see them.

    The cover is a picture of the title, and not counted; but it has to be described.
    """

    described: int = 0
    undescribed: int = 0
    decorative: int = 0
    formulas: bool = False
    ruby: bool = False
    roles: bool = False
    barriers: list[Barrier] = field(default_factory=list)

    @property
    def informative(self) -> int:
        """Count the pictures that say something."""
        return self.described + self.undescribed


def survey(documents: Iterable[Document], file_of: Callable[[str], str], cover: str) -> Survey:
    """Look at every document as a screen reader would.

    Arguments: the documents; `file_of`, which gives the path of the project's file for the `src` of a picture, or
    nothing; and the name of the document that shows the cover.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    found = Survey()
    for document in documents:
        if document.kind != "ncx":
            root = etree.fromstring(document.html.encode(), parser)
            found.roles = found.roles or " role=" in document.html
            _survey_document(root, document, found, file_of, is_cover=document.name == cover)
    return found


def _survey_document(
    root: Any, document: Document, found: Survey, file_of: Callable[[str], str], *, is_cover: bool
) -> None:
    def note(what: What, words: str = "") -> None:
        found.barriers.append(Barrier(what, document, words))

    if not (root.get("lang") and root.get(_XML_LANG)):
        note("no-language")
    if not (root.findtext(f"{_XHTML}head/{_XHTML}title") or "").strip():
        note("untitled")
    if "aria-hidden" in document.html:
        for element in _unheard(root):
            note("unheard", _beginning(element))
    level = 0
    for element in root.iter(_WATCHED):
        tag = element.tag
        if tag in _PICTURES:
            for what, words in _picture(element, found, file_of, is_cover=is_cover):
                note(what, words)
        elif tag in _HEADINGS:
            own = int(tag[-1])
            if not _name(element):
                note("empty-heading")
            elif own > level + 1:
                note("skipped-level", _beginning(element))
            level = own
        elif tag == f"{_XHTML}a":
            if element.get("href") and not _name(element):
                picture = next(element.iter(_PICTURES), None)
                note("wordless-link", file_of(picture.get("src", "")) if picture is not None else "")
        elif tag == f"{_XHTML}table":
            for what in _table(element):
                note(what, _beginning(element))
        elif tag == _MATH:
            found.formulas = True
        else:
            found.ruby = True


def _unheard(root: Any) -> Iterator[Any]:
    """Find words that only those who see can read; signs are decoration, and so are drawings that are marked so."""
    for element in root.iter(f"{_XHTML}*", _MATH):
        if element.get("aria-hidden") == "true" and any(
            map(str.isalnum, "".join(element.itertext(f"{_XHTML}*")))
        ):
            yield element


def _picture(
    element: Any, found: Survey, file_of: Callable[[str], str], *, is_cover: bool
) -> Iterator[tuple[What, str]]:
    if element.get("role") in ("presentation", "none") or element.get("aria-hidden") == "true":
        found.decorative += not is_cover
        return
    file = file_of(element.get("src", ""))
    name = _name(element)
    if name and not says_nothing(name, file):
        found.described += not is_cover
        return
    found.undescribed += not is_cover
    yield ("says-nothing" if name else "undescribed"), file


def _table(table: Any) -> Iterator[What]:
    if table.get("role") in ("presentation", "none"):
        return
    rows = list(table.iter(f"{_XHTML}tr"))
    headers = list(table.iter(f"{_XHTML}th"))
    # What has one row or one column is a list: nothing has to be said of how its cells hang together.
    if not headers and len(rows) > 1 and max(len(row) for row in rows) > 1:
        yield "headless-table"
    if any(not _name(header) for header in headers):
        yield "empty-header"


def _name(element: Any) -> str:
    """Give what is read out for an element, as far as it matters whether that is nothing (Accessible Name 1.2)."""
    said = element.get("aria-label") or element.get("aria-labelledby") or element.get("alt") or ""
    if element.tag == f"{_SVG}svg":
        said += "".join(element.itertext(*_SAID_IN_DRAWINGS, with_tail=False))
    elif element.tag != f"{_XHTML}img":
        said += "".join(element.itertext())
        said += "".join(below.get("alt") or "" for below in element.iter(f"{_XHTML}img"))
        said += "".join(below.get("aria-label") or "" for below in element.iterdescendants("{*}*"))
    return str(said).strip()


def _beginning(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split()[:_WORDS])
