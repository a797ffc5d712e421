"""Completeness: every block of every article stands in every edition, or the book fails and names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Container

    from anthology.model import Anthology

# More names than this help nobody; the count says the rest.
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Placement:
    """How many blocks the articles have, and which of them an edition lacks."""

    source: int
    missing: tuple[str, ...]

    @property
    def placed(self) -> int:
        """Count the blocks that stand in the edition."""
        return self.source - len(self.missing)


def compare_blocks(
    anthology: Anthology, places: Container[str], edition: str
) -> tuple[Placement, tuple[Problem, ...]]:
    """Compare the blocks of all pieces with the ids that stand in an edition.

    Returns the count and, for each piece that lost blocks, an error that names them.
    """
    source = 0
    missing: list[str] = []
    problems = []
    for piece in anthology.pieces:
        source += len(piece.blocks)
        lost = [block for block in piece.blocks if block.id not in places]
        missing += [block.id for block in lost]
        if lost:
            names = ", ".join(f"{block.kind} {block.id}" for block in lost[:_MOST_NAMED])
            more = f" and {len(lost) - _MOST_NAMED} more" if len(lost) > _MOST_NAMED else ""
            count = "1 block does" if len(lost) == 1 else f"{len(lost)} blocks do"
            problems.append(
                Problem(
                    "P001",
                    "error",
                    f'{count} not stand in the edition "{edition}": {names}{more}',
                    piece.origin,
                    "look in templates/ and styles/ for what hides or drops it",
                )
            )
    return Placement(source, tuple(missing)), tuple(problems)
