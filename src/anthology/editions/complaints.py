"""What went wrong with a PDF edition while it was set, as problems of the pieces that it went wrong with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.layout import addresses_in
from anthology.model import Origin
from anthology.problems import Problem
from anthology.views import section_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from anthology.editions.base import Manuscript
    from anthology.editions.setting import Typeset
    from anthology.model import Document

_MISSING_GLYPH = re.compile(r"unsupported by fonts: \"?(.)\"? \(?(U\+[0-9A-F]+)?", re.DOTALL)
# As WeasyPrint says it of pictures that it leaves out.
_LOST_PICTURE = re.compile(r"Failed to (?:load|render|draw).*(?:image|SVG)|Unknown image mode", re.IGNORECASE)
_KEY = re.compile(r"anthology-image:(\w+\.\w+)")


def failures_told(typeset: Typeset, manuscript: Manuscript, name: str) -> Iterator[Problem]:
    """Tell which articles cannot be set, and why."""
    for failure in typeset.failures:
        message = f'in the edition "{name}" {_said_of(failure.document)} cannot be set: {failure.reason}'
        hint = "take parts of it out until it can be set: the last of them is at fault"
        if "page number" in failure.reason:
            hint = "keep opacity and ligatures off `.slot`, and off what it stands in, in styles/"
        yield Problem("P006", "error", message, origin_of(failure.document, manuscript), hint)


def _said_of(document: str) -> str:
    return f"the page of the book's own ({document.strip('_')})" if document.startswith("_") else "it"


def origin_of(document: str, manuscript: Manuscript) -> Origin | None:
    """Tell which file of the project a document of an edition was made from; None for a page of the book's own."""
    pieces = {piece.id: piece.origin for piece in manuscript.linked.anthology.pieces}
    for section in manuscript.linked.anthology.sections:
        if section.introduction:
            pieces[section_name(section)] = section.introduction.origin
    return pieces.get(document)


def dead_ends(
    typeset: Typeset, places: Mapping[str, int], manuscript: Manuscript, name: str
) -> Iterator[Problem]:
    """Tell of links that lead to nothing, because a template does not print what they lead to."""
    # The links of an article alone lead out of its file, and that is no fault of its own.
    for leaf in () if manuscript.only else typeset.leaves.values():
        for target in sorted({target for target in (*leaf.titles, *leaf.slots) if target not in places}):
            message = f'in the edition "{name}": nothing has the id "{target}", which a link leads to'
            hint = "a template leaves it out; the link leads to the beginning of its document"
            yield Problem("P003", "warning", message, origin_of(leaf.name, manuscript), hint)


def unprinted_addresses(
    documents: Iterable[Document], links: str, manuscript: Manuscript, name: str
) -> Iterator[Problem]:
    """Tell how many addresses an edition leaves out that drops them, where nobody can click on a link."""
    if links != "drop":
        return
    if left_out := {address for document in documents for address in addresses_in(document.html)}:
        many = "1 address" if len(left_out) == 1 else f"{len(left_out)} addresses"
        are = "is" if len(left_out) == 1 else "are"
        message = f'{many} outside the book {are} not printed in the edition "{name}"'
        hint = 'links = "notes" or "list" prints them'
        yield Problem("P011", "warning", message, manuscript.config.origin("editions", name, "links"), hint)


def complaints_told(typeset: Typeset, manuscript: Manuscript, name: str) -> Iterator[Problem]:
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
        origin_of_leaf = origin_of(leaf.name, manuscript)
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
    hint = "install a face that has it (`anthology doctor` names some), name it under [fonts] fallback, or write it another way"
    fold = "{count} times an article needs a character that no typeface of the book has"
    return Problem("P002", "error", message, origin, hint, fold)
