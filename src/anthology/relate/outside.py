"""Outside: the pieces that the book does not have, and that most of its articles point to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.catalogue import beginning, is_web_address, normalised, normalised_address, titled_address

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from anthology.model import Reference


@dataclass(frozen=True, slots=True)
class OutsidePiece:
    """A piece that is not in the book, as those that point to it name it, and their ids in the order of the book.

    One of `standfirst`, `name` and `url` is given; `section` and `date` go with a standfirst.
    """

    standfirst: str = ""
    name: str = ""
    url: str = ""
    section: str = ""
    date: dt.date | None = None
    articles: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Tell how many articles point to it."""
        return len(self.articles)


def outside_pieces(pointing: Iterable[tuple[str, Reference]]) -> tuple[OutsidePiece, ...]:
    """Count the pieces outside the book, those that most articles point to first.

    Args:
        pointing: the id of an article and a reference of its own that finds nothing, in the order of the book.
    """
    held: dict[tuple[object, ...], list[tuple[str, Reference]]] = defaultdict(list)
    kept = list(pointing)
    whole = sorted(
        {normalised(reference.standfirst) for _, reference in kept if not beginning(reference.standfirst)}
    )
    for article, reference in kept:
        held[_key(reference, whole)].append((article, reference))
    pieces = [_piece(same) for same in held.values()]
    return tuple(sorted(pieces, key=lambda piece: (-piece.count, str(piece.date or ""), _shown(piece))))


def _key(reference: Reference, whole: Sequence[str]) -> tuple[object, ...]:
    """Give what two references to one piece have in common; a standfirst cut short is that of the whole one."""
    if reference.name:
        _, address = titled_address(reference.name)
        return (normalised_address(address) or normalised(address),)
    start = beginning(reference.standfirst)
    begun = [standfirst for standfirst in whole if standfirst.startswith(start)] if start else []
    text = begun[0] if len(begun) == 1 else normalised(reference.standfirst)
    return (text, reference.date)


def _piece(same: Sequence[tuple[str, Reference]]) -> OutsidePiece:
    # The longest form is the one that nothing was cut from.
    reference = max((reference for _, reference in same), key=lambda reference: len(reference.standfirst))
    _, address = titled_address(reference.name)
    is_address = is_web_address(address)
    return OutsidePiece(
        reference.standfirst,
        "" if is_address else reference.name,
        address if is_address else "",
        reference.section,
        reference.date,
        tuple(dict.fromkeys(article for article, _ in same)),
    )


def _shown(piece: OutsidePiece) -> str:
    return normalised(piece.standfirst or piece.name or piece.url)
