"""The account of what was made: the names of its files, and the record of the build."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from anthology.record import (
    BlockRecord,
    BookRecord,
    BuildRecord,
    EditionRecord,
    ProblemRecord,
    Versions,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anthology.config import Config, Edition
    from anthology.editions.base import Made
    from anthology.problems import Problem


def file_name(config: Config, name: str, edition: Edition, article: str) -> str:
    """Name the file of an edition, or of an article alone in it; `article` is its id, else empty."""
    parts = [config.book.slug, "" if edition.format == "epub" and name == "ebook" else name, article]
    return "-".join(part for part in parts if part) + f".{edition.format}"


def record_of(
    config: Config,
    made: Iterable[tuple[str, Edition, Made, float]],
    problems: tuple[Problem, ...],
    article: str,
) -> BuildRecord:
    """Make the record of a build.

    `made` are the editions: names, what they were ordered to be, what came of them, and the seconds that took;
    `problems` is all that there is to tell; `article` as for `file_name`.
    """
    book = config.book
    return BuildRecord(
        book=BookRecord(title=book.title, identifier=book.unique_identifier),
        editions=tuple(
            EditionRecord(
                name=name,
                format=edition.format,
                path=file_name(config, name, edition, article),
                bytes=len(result.data),
                sha256=hashlib.sha256(result.data).hexdigest(),
                articles=result.articles,
                pages=result.pages or None,
                seconds=round(seconds, 2),
                reused=result.reused,
                blocks=BlockRecord(
                    source=result.placement.source,
                    placed=result.placement.placed,
                    missing=result.placement.missing,
                ),
                start_pages=result.start_pages,
            )
            for name, edition, result, seconds in made
        ),
        problems=tuple(ProblemRecord.of(problem) for problem in problems),
        versions=Versions.installed(),
    )
