"""A release: the editions of a book as they were made, and what is sent of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anthology.config import Edition
    from anthology.editions.base import Made, Manuscript
    from anthology.problems import Problem


@dataclass(frozen=True, slots=True)
class Release:
    """What is to be handed over.

    `made` are the editions: names, what they were ordered to be, what came of them, and the seconds that took. `files`
    are those of the editions and the list of permissions, by name.
    """

    manuscript: Manuscript
    made: tuple[tuple[str, Edition, Made, float], ...]
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Handover:
    """What is handed over: the folder below that of the output, its files by name, and what there is to tell.

    An error among the problems says what a printer or a shop would refuse.
    """

    folder: str
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
