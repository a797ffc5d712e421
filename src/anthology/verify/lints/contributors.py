"""Contributors of whom the settings tell, and whom nobody credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.config import Config
    from anthology.model import Anthology


def nobodies(anthology: Anthology, config: Config) -> Iterator[Problem]:
    """Look for entries of whose names none stands in a byline or among the editors: most often it is written otherwise."""
    names = {credit.name for piece in anthology.pieces for credit in piece.credits} | {*config.book.editors}
    for slug, entry in config.contributors.items():
        if names.isdisjoint((entry.name, *entry.also)):
            yield Problem(
                "Q016",
                "warning",
                f"nobody in the book is credited as {entry.name}",
                config.origin("contributors", slug, "name"),
                did_you_mean(entry.name, sorted(names)) or "look at how the bylines write it, or take it out",
            )
