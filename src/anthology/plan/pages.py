"""Pages: where each piece and each section stood in the last build, as long as nothing has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from anthology.problems import RefusedFile
from anthology.regular_files import LARGEST_TEXT, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from anthology.config import Config
    from anthology.record import EditionRecord

# What a book is made from, besides the program.
_SOURCES = ("anthology.toml", "content", "images", "styles", "templates")


class KnownPages(NamedTuple):
    """Pages of the last build by edition: the folios on which pieces begin, by id; first and last of sections, by slug.

    `newer` is the path of the file that makes them out of date, if any, in which case there are none.
    """

    starts: Mapping[str, Mapping[str, str]] = {}
    sections: Mapping[str, Mapping[str, tuple[int, int]]] = {}
    newer: str = ""


def recorded_pages(folder: Path, config: Config) -> Mapping[str, Mapping[str, str]]:
    """Give the printed folios of the last build by edition and id, from its record in the output folder.

    They may be out of date. A record that is missing, of another book or unreadable gives none.
    """
    return {edition.name: edition.start_pages for edition in _recorded(folder, config)}


def _recorded(folder: Path, config: Config) -> tuple[EditionRecord, ...]:
    from pydantic import ValidationError

    from anthology.record import BuildRecord

    try:
        data = read_file(folder / "build.json", "build.json", LARGEST_TEXT)
        record = BuildRecord.model_validate_json(data or b"")
    except (RefusedFile, ValidationError):
        return ()
    if record.book.identifier != config.book.unique_identifier:
        return ()
    return tuple(
        edition for edition in record.editions if edition.start_pages and edition.name in config.editions
    )


def known_pages(root: Path, config: Config) -> KnownPages:
    """Look the pages up in `dist/build.json`; one that is missing, of another book or unreadable gives none."""
    folder = root / "dist"
    editions = _recorded(folder, config)
    if not editions:
        return KnownPages()
    built = (folder / "build.json").stat().st_mtime_ns
    newer = next((file for file in _files(root) if file.stat().st_mtime_ns > built), None)
    if newer:
        return KnownPages(newer=newer.relative_to(root).as_posix())
    return KnownPages(
        {edition.name: edition.start_pages for edition in editions},
        {edition.name: edition.section_pages for edition in editions},
    )


def _files(root: Path) -> Iterator[Path]:
    """Name everything a book is made from; a folder's own time tells that a file in it was taken away."""
    for name in _SOURCES:
        source = root / name
        if source.exists():
            yield source
        if source.is_dir():
            yield from (
                path for path in sorted(source.rglob("*")) if not path.name.startswith(".") and path.exists()
            )
