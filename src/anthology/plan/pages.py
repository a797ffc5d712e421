"""Pages: on which page each piece began in the last build, as long as nothing has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.problems import RefusedFile
from anthology.regular_files import LARGEST_TEXT, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from anthology.config import Config

# What a book is made from, besides the program.
_SOURCES = ("anthology.toml", "content", "images", "styles", "templates")


def recorded_pages(folder: Path, config: Config) -> Mapping[str, Mapping[str, str]]:
    """Give the printed folios of the last build by edition and id, from its record in the output folder.

    They may be out of date. A record that is missing, of another book or unreadable gives none.
    """
    from pydantic import ValidationError

    from anthology.record import BuildRecord

    try:
        data = read_file(folder / "build.json", "build.json", LARGEST_TEXT)
        record = BuildRecord.model_validate_json(data or b"")
    except (RefusedFile, ValidationError):
        return {}
    if record.book.identifier != config.book.unique_identifier:
        return {}
    return {
        edition.name: edition.start_pages
        for edition in record.editions
        if edition.start_pages and edition.name in config.editions
    }


def known_pages(root: Path, config: Config) -> tuple[Mapping[str, Mapping[str, str]], str]:
    """Look the pages up in `dist/build.json`.

    Returns the printed folios by edition and id, and the path of the file that makes them out of date (in
    which case there are no pages), if any. A record that is missing, of another book or unreadable gives none.
    """
    folder = root / "dist"
    pages = recorded_pages(folder, config)
    if not pages:
        return {}, ""
    built = (folder / "build.json").stat().st_mtime_ns
    newer = next((file for file in _files(root) if file.stat().st_mtime_ns > built), None)
    if newer:
        return {}, newer.relative_to(root).as_posix()
    return pages, ""


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
