"""Read an e-book's documents back: which blocks stand in them, whole, and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from anthology.verify.hiding import Hiding
from anthology.wording import PICTURE, Fault, digest, folded, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from anthology.model import Anthology, Block, Document
    from anthology.verify.hiding import Loss, StyleSheet
    from anthology.wording import Standing


class ReadBack(NamedTuple):
    """The ids of the blocks that stand in documents, and what is wrong with any of those."""

    blocks: frozenset[str]
    faults: tuple[Fault, ...]


def read_back(anthology: Anthology, documents: Iterable[Document], styles: Sequence[StyleSheet]) -> ReadBack:
    """Hold the documents of an e-book against the blocks of its articles.

    `styles` are the style sheets that all documents have, in the order of the cascade. A block that stands twice
    is whole if it is whole at one place, and told as `doubled`.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    blocks = {block.id: block for piece in anthology.pieces for block in piece.blocks}
    hiding = Hiding(styles)
    found: dict[str, list[Fault | None]] = {}
    for document in documents:
        if document.kind == "ncx":
            continue
        root = etree.fromstring(document.html.encode(), parser)
        losses = hiding.losses_in(root, document.html)
        for place in standing(root, blocks):
            found.setdefault(place.block, []).append(_fault(blocks[place.block], place, losses))
    faults = [told[0] for told in found.values() if told[0] and all(told)]
    faults += [Fault(block, "doubled") for block, told in found.items() if len(told) > 1]
    return ReadBack(frozenset(found), tuple(faults))


def _fault(block: Block, place: Standing, losses: Mapping[Any, Loss]) -> Fault | None:
    text = place.text
    if digest(text) != block.words:
        return Fault(block.id, "words", block.letters - len(folded(text)))
    if not losses:
        return None
    pieces = place.pieces or [(place.element, "")]
    lost = [(losses[holder], text) for holder, text in pieces if holder in losses]
    # A box may well show a part of a picture, and what is not there cannot be cut.
    lost = [(loss, text) for loss, text in lost if loss.how == "hidden" or folded(text).strip(PICTURE)]
    letters = len(folded("".join(text for _, text in lost)))
    if not lost or (block.letters and not letters):
        return None
    loss = lost[0][0]
    return Fault(block.id, loss.how, letters, loss.cause)
