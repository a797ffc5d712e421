"""The account of what was made: the names of its files, and the record of the build."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from anthology.record import (
    BlockRecord,
    BookRecord,
    BuildRecord,
    CoverRecord,
    EditionRecord,
    ProblemRecord,
    Versions,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anthology.config import Config, Edition
    from anthology.editions.base import Made
    from anthology.problems import Problem


def file_name(
    config: Config,
    name: str,
    edition: Edition,
    article: str = "",
    *,
    cover: bool = False,
    proof: bool = False,
) -> str:
    """Name the file of an edition, of the `cover` round it, or of an article alone in it.

    `article` is the id of such an article. The file of a `proof` says so, that nobody sends it by mistake.
    """
    parts = [config.book.slug, "" if edition.format == "epub" and name == "ebook" else name, article]
    parts += ["cover" if cover else "", "proof" if proof else ""]
    return "-".join(part for part in parts if part) + f".{edition.format}"


def files_of(
    config: Config, made: Iterable[tuple[str, Edition, Made, float]], article: str, *, proof: bool
) -> dict[str, bytes]:
    """Give the files of editions by name, the covers round them among them; all as for `record_of`."""
    files = {}
    for name, edition, result, _ in made:
        files[file_name(config, name, edition, article, proof=proof)] = result.data
        if result.cover:
            files[file_name(config, name, edition, cover=True, proof=proof)] = result.cover
    return files


def record_of(
    config: Config,
    made: Iterable[tuple[str, Edition, Made, float]],
    problems: tuple[Problem, ...],
    article: str,
    *,
    proof: bool,
) -> BuildRecord:
    """Make the record of a build.

    `made` are the editions: names, what they were ordered to be, what came of them, and the seconds that took;
    `problems` is all that there is to tell; `article` and `proof` as for `file_name`.
    """
    book = config.book
    return BuildRecord(
        book=BookRecord(title=book.title, identifier=book.unique_identifier),
        proof=proof,
        editions=tuple(
            EditionRecord(
                name=name,
                format=edition.format,
                path=file_name(config, name, edition, article, proof=proof),
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
                section_pages=result.section_pages,
                cover=_cover(result.cover, file_name(config, name, edition, cover=True, proof=proof)),
            )
            for name, edition, result, seconds in made
        ),
        problems=tuple(ProblemRecord.of(problem) for problem in problems),
        versions=Versions.installed(),
    )


def _cover(data: bytes, path: str) -> CoverRecord | None:
    if not data:
        return None
    return CoverRecord(path=path, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
