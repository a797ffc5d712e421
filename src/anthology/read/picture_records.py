"""The rights to pictures that an article states, each found to be of a file that is there."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from anthology.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from anthology.model import PictureRecord
    from anthology.read.body.pictures import Pictures
    from anthology.read.source import Source


def picture_records(
    written: Iterable[PictureRecord], source: Source, pictures: Pictures, find: Callable[[str], bytes | None]
) -> tuple[PictureRecord, ...]:
    """Find the file of each record: `written` has it as in Markdown, from the article or from the project on.

    `pictures` are those that the article shows, and `find` gives the bytes of a file of the project by its path, or
    None. A file that is not there is told to `source`, and its record left out.
    """
    folder = posixpath.dirname(source.path)
    shown = {posixpath.relpath(picture.path, folder): picture.path for picture in pictures.taken.values()}
    records = []
    for record in written:
        path = _found(record.path, folder, find)
        if path:
            records.append(replace(record, path=path))
            continue
        hint = did_you_mean(record.path, shown) or "write its path as the text does that shows it"
        source.warn(
            "F013",
            f'"picture-rights": there is no picture {record.path}; what is said of its rights is left out',
            record.origin.line,
            hint,
        )
    return tuple(records)


def _found(written: str, folder: str, find: Callable[[str], bytes | None]) -> str:
    """Give the path of a file in the project; empty where there is none."""
    if "://" in written:
        return written if find(written) is not None else ""
    if written.startswith("/"):
        # From the root of a website, which is the folder content/ or the project itself.
        starts, below = ("content", ""), written.lstrip("/")
    else:
        starts, below = (folder, ""), written
    for start in starts:
        for form in dict.fromkeys((below, unquote(below))):
            path = posixpath.normpath(posixpath.join(start, form))
            if not path.startswith("..") and find(path) is not None:
                return path
    return ""
