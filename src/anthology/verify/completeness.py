"""Completeness: every block of every article stands in every edition, word for word and visible; or the book fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.model import Origin
from anthology.problems import Problem
from anthology.verify.whereabouts import decoded, lines_of
from anthology.wording import PICTURE, Fault, standing
from anthology.xhtml import parse_fragment

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from anthology.model import Anthology, Article, Block

# More names than this help nobody; the count says the rest.
_MOST_NAMED = 5
# So many letters of a block tell an editor which it is.
_QUOTED = 40

# What is wrong with blocks as wholes, and with some of the letters of one.
_WHOLE = {
    "missing": "missing",
    "words": "other words, or in another order",
    "hidden": "hidden by {cause}",
    "cut": "cut off by {cause}",
    "outside": "outside the page",
}
_PART = {
    "words": "{lost} missing",
    "hidden": "{lost} hidden by {cause}",
    "cut": "{lost} cut off by {cause}",
    "outside": "{lost} outside the page",
}
_CAUSES = {"hidden": "the styles", "cut": "the box round it"}


@dataclass(frozen=True, slots=True)
class Placement:
    """How many blocks the articles have, and which of them an edition lacks or does not show as they are."""

    source: int
    missing: tuple[str, ...]

    @property
    def placed(self) -> int:
        """Count the blocks that stand in the edition."""
        return self.source - len(self.missing)


def compare_blocks(
    anthology: Anthology,
    present: Container[str],
    edition: str,
    faults: Iterable[Fault] = (),
    find: Callable[[str], bytes | None] | None = None,
) -> tuple[Placement, tuple[Problem, ...]]:
    """Tell which blocks of the articles an edition does not have as they were written.

    Arguments: the anthology; the ids that stand in the edition; its name; what was found to be wrong with any of
    those; and `find`, which gives the bytes of a file of the project by its path, for lines in messages.
    Returns the count and, for each piece, an error that names the blocks that are not there, not whole or not
    visible. That a block stands twice is a warning.
    """
    wrong: dict[str, list[Fault]] = {}
    for fault in faults:
        wrong.setdefault(fault.block, []).append(fault)
    source = 0
    missing: list[str] = []
    problems = []
    for piece in anthology.pieces:
        source += len(piece.blocks)
        found = [fault for block in piece.blocks for fault in _faults_of(block, present, wrong)]
        lost = [fault for fault in found if fault.what != "doubled"]
        missing += dict.fromkeys(fault.block for fault in lost)
        if lost:
            problems.append(_lost(piece, lost, edition, find))
        if len(lost) < len(found):
            doubled = [fault for fault in found if fault.what == "doubled"]
            problems.append(_doubled(piece, doubled, edition, find))
    return Placement(source, tuple(missing)), tuple(problems)


def _faults_of(block: Block, present: Container[str], wrong: dict[str, list[Fault]]) -> Sequence[Fault]:
    return wrong.get(block.id, ()) if block.id in present else (Fault(block.id, "missing"),)


def _lost(
    piece: Article, faults: Sequence[Fault], edition: str, find: Callable[[str], bytes | None] | None
) -> Problem:
    blocks = {block.id: block for block in piece.blocks}
    # A quotation is nothing without its paragraphs: to tell of those is enough.
    faults = [fault for fault in faults if blocks[fault.block].letters] or faults
    count = len({fault.block for fault in faults})
    do = "1 block does" if count == 1 else f"{count} blocks do"
    quoted = _Quotations(piece, find)
    groups: dict[str, list[str]] = {}
    for fault in faults[:_MOST_NAMED]:
        block = blocks[fault.block]
        groups.setdefault(_told(fault, block.letters), []).append(quoted.name(block))
    told = "; ".join(f"{', '.join(names)}: {what}" for what, names in groups.items())
    message = f'{do} not stand in the edition "{edition}" as written: {told}{_and_more(faults)}'
    hint = "look in templates/ and styles/ for what drops, changes or hides it"
    return Problem("P001", "error", message, quoted.origin(faults[0].block), hint)


def _doubled(
    piece: Article, faults: Sequence[Fault], edition: str, find: Callable[[str], bytes | None] | None
) -> Problem:
    blocks = {block.id: block for block in piece.blocks}
    faults = [fault for fault in faults if blocks[fault.block].letters] or faults
    do = "1 block stands" if len(faults) == 1 else f"{len(faults)} blocks stand"
    quoted = _Quotations(piece, find)
    told = ", ".join(quoted.name(blocks[fault.block]) for fault in faults[:_MOST_NAMED])
    message = f'{do} in the edition "{edition}" more than once: {told}{_and_more(faults)}'
    hint = "a template prints the text of an article again; links to it lead to the first place"
    return Problem("P005", "warning", message, quoted.origin(faults[0].block), hint)


def _and_more(faults: Sequence[Fault]) -> str:
    return f"; and {len(faults) - _MOST_NAMED} more" if len(faults) > _MOST_NAMED else ""


def _told(fault: Fault, letters: int) -> str:
    """Say what is wrong with a block of so many letters."""
    cause = fault.cause or _CAUSES.get(fault.what, "")
    if fault.what == "words" and fault.lost < 0:
        return f"{_letters(-fault.lost)} too many"
    if fault.what == "words" and 0 < letters <= fault.lost:
        return _WHOLE["missing"]
    if fault.what in _PART and 0 < fault.lost < letters:
        lost = f"{fault.lost} of its {_letters(letters)}"
        return _PART[fault.what].format(lost=lost, cause=cause)
    return _WHOLE[fault.what].format(cause=cause)


def _letters(count: int) -> str:
    return "1 letter" if count == 1 else f"{count} letters"


class _Quotations:
    """What the blocks of a piece say, and the lines that they stand in; looked up only for messages."""

    def __init__(self, piece: Article, find: Callable[[str], bytes | None] | None) -> None:
        self._piece = piece
        ids = {block.id for block in piece.blocks}
        self._texts: dict[str, str] = {}
        for place in standing(parse_fragment(piece.body), ids):
            pictures = (
                str(picture.get("alt")) for picture in place.element.iter("img") if picture.get("alt")
            )
            said = (place.text.replace(PICTURE, ""), " ".join(place.element.itertext()), *pictures)
            self._texts[place.block] = next((" ".join(text.split()) for text in said if text.strip()), "")
        self._source = decoded(find(piece.origin.path)) if find else ""

    def name(self, block: Block) -> str:
        """Name a block: its kind, its id, and how it begins."""
        text = self._texts.get(block.id, "")
        return f'{block.kind} {block.id} ("{_beginning(text)}")' if text else f"{block.kind} {block.id}"

    def origin(self, block: str) -> Origin:
        """Tell where a block was written, as far as its first words tell."""
        lines = lines_of(self._texts.get(block, ""), self._source)
        return Origin(self._piece.origin.path, lines[0]) if lines else self._piece.origin


def _beginning(text: str) -> str:
    """Cut a text to the words that it begins with."""
    if len(text) <= _QUOTED:
        return text
    kept = text[:_QUOTED]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,;:.–—-") + " …"
