"""The pictures of an article: copied beside it from where they lie beside the source, never over an edited one."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from anthology.config.slugs import slug_of
from anthology.drawings import is_drawing
from anthology.images import NotAPicture, TooManyPixels, opened
from anthology.model import Origin
from anthology.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anthology.importers.model import Imported
    from anthology.importing.reading import Read
    from anthology.project import Project

_SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp", ".tif", ".tiff", ".ico", ".jp2"}
)


@dataclass(frozen=True, slots=True)
class Brought:
    """An article with its pictures addressed in the project.

    `files` are bytes by path in the project; `record` keeps what was brought, and where to, by address.
    """

    imported: Imported
    files: dict[str, bytes] = field(default_factory=dict)
    record: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def bring_pictures(
    read: Read,
    imported: Imported,
    article_id: str,
    folder: str,
    project: Project,
    recorded: Mapping[str, Any],
) -> Brought:
    """Bring the pictures that lie in a source and beside it, and those on the web if it is allowed, into `images/ID/`.

    Arguments: the source and what was made of it; the article's id and folder in the project; and what the last
    import recorded. A picture that is still the recorded one is left as it is, whatever became of the copy; one
    that changed replaces a copy that nobody touched, and is laid beside one that somebody did.
    """
    brought = Brought(imported)
    addresses: dict[str, str] = {}
    problems: list[Problem] = []
    for written in (*imported.pictures, *(imported.remote_pictures if project.web else ())):
        is_remote = written in imported.remote_pictures
        data = _bytes_of(written, read, imported, project, is_remote=is_remote)
        if data is None or not _is_picture(written, data):
            problems += [] if is_remote else [_missing(read, written)]
            continue
        sha256 = hashlib.sha256(data).hexdigest()
        address = _address(written, sha256, article_id, brought.record)
        addresses[written] = address
        before = recorded.get(address) or {}
        place = before.get("path") or f"{folder}/{address}"
        brought.record[address] = {"path": place, "sha256": sha256}
        if before.get("sha256") == sha256:
            continue
        there = project.find(place)
        if there is None or there == data or hashlib.sha256(there).hexdigest() == before.get("sha256"):
            brought.files[place] = data
        else:
            beside = PurePosixPath(place)
            other = f"{beside.with_suffix('')}-{sha256[:8]}{beside.suffix}"
            brought.files[other] = data
            problems.append(_both_changed(place, other))
    return replace(brought, imported=_readdressed(imported, addresses), problems=tuple(problems))


def _bytes_of(
    written: str, read: Read, imported: Imported, project: Project, *, is_remote: bool
) -> bytes | None:
    if is_remote:
        return project.find(written)
    held = imported.embedded.get(written)
    return read.found.beside(written) if held is None else held


def _is_picture(written: str, data: bytes) -> bool:
    """Tell whether a file is a picture by its name or by what it holds: a page may name any file that lies near it."""
    if PurePosixPath(unquote(urlsplit(written).path)).suffix.lower() in _SUFFIXES or is_drawing(data):
        return True
    try:
        with opened(data):
            return True
    except (NotAPicture, TooManyPixels):
        return False


def _address(written: str, sha256: str, article_id: str, taken: Mapping[str, Any]) -> str:
    pure = PurePosixPath(unquote(urlsplit(written).path))
    stem, suffix = slug_of(pure.stem), re.sub(r"[^.a-z0-9]", "", pure.suffix.lower())
    address = f"images/{article_id}/{stem}{suffix}"
    if taken.get(address, {}).get("sha256", sha256) != sha256:
        address = f"images/{article_id}/{stem}-{sha256[:8]}{suffix}"
    return address


def _readdressed(imported: Imported, addresses: Mapping[str, str]) -> Imported:
    if not addresses:
        return imported
    # The longest first: one address may begin another.
    either = "|".join(re.escape(written) for written in sorted(addresses, key=len, reverse=True))
    in_text = re.compile(
        rf"""(?P<before>\]\(\s*<?|^ {{0,3}}\[[^\]\n]+\]:\s*<?|\bsrc\s*=\s*["']?)(?P<address>{either})(?=[\s)>"']|$)""",
        re.MULTILINE,
    )
    body = in_text.sub(lambda found: found["before"] + addresses[found["address"]], imported.body)
    return replace(imported, body=body, image=addresses.get(imported.image, imported.image))


def _missing(read: Read, written: str) -> Problem:
    return Problem(
        "M090",
        "warning",
        f"there is no picture {written} beside it",
        Origin(read.found.label),
        "put it there and import again, or take it out of the article",
        fold="{count} pictures do not lie beside their sources",
    )


def _both_changed(place: str, other: str) -> Problem:
    return Problem(
        "M092",
        "warning",
        f"the picture was changed here and in its source; the new one lies beside it as {PurePosixPath(other).name}",
        Origin(place),
        "keep the better one under the old name",
    )
