"""Settle what becomes of one source: a new article, an unchanged one, a merged one, or one that stays as it is."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from anthology.importers.merge import merge
from anthology.importing.known import BASES, Holdings, Known, is_broken
from anthology.importing.pictures import bring_pictures
from anthology.model import Origin
from anthology.problems import Problem

if TYPE_CHECKING:
    from anthology.importers.model import Imported
    from anthology.importing.reading import Read
    from anthology.project import Project

Became = Literal[
    "new", "unchanged", "changed", "merged", "stays", "replaced", "deleted", "earlier", "doubled", ""
]


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a source: `files` are bytes by path in the project, in the order of writing."""

    became: Became
    path: str
    files: dict[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """The article of a source: its id as imported, its file, and what is known of it."""

    id: str
    path: str
    known: Known | None = None
    base: Known | None = None


def settle(
    read: Read,
    imported: Imported,
    capture: str,
    place: Place,
    project: Project,
    holdings: Holdings,
    *,
    language: str,
    force: bool,
) -> Settled:
    """Settle a source.

    Arguments: the source and what was made of it; the path of its capture; its article's place; the project and
    what it holds; the book's language (BCP 47), which its articles do not repeat. With `force`, the new import takes
    the place of an edited article, which is kept beside it. Nothing is written here.
    """
    from anthology.importers.article_file import write_article

    record = holdings.records.get(place.id, {})
    # A post has no captures: its site keeps it, and an older state of it is as good as a newer.
    captures = [] if read.kind == "markdown-post" else [*record.get("captures", ()), read.sha256]
    folder = place.path.rpartition("/")[0]
    brought = bring_pictures(read, imported, place.id, folder, project, record.get("pictures", {}))
    new = write_article(
        brought.imported,
        article_id=place.id,
        capture=capture,
        sha256=read.sha256,
        section_written=False,
        book_language=language,
    )
    became, texts, problems = _article(place, new, project, force=force)
    # Each digest once, where it came last.
    kept = {
        "article": place.path,
        "captures": list(dict.fromkeys(reversed(captures)))[::-1],
        "pictures": brought.record,
    }
    files = {
        **brought.files,
        **texts,
        f"{BASES}/{place.id}.md": new.encode(),
        f"{BASES}/{place.id}.json": (json.dumps(kept, indent=1, ensure_ascii=False) + "\n").encode(),
    }
    return Settled(became, place.path, files, (*brought.problems, *problems))


def _article(
    place: Place, new: str, project: Project, *, force: bool
) -> tuple[Became, dict[str, bytes], tuple[Problem, ...]]:
    known = place.known
    if known is None and project.find(place.path) is None:
        return "new", {place.path: new.encode()}, ()
    if known is None:
        data = project.find(place.path) or b""
        known = Known(place.path, place.id, data.decode("utf-8", "surrogateescape"))
    if known.text == new:
        return "unchanged", {}, ()
    base = place.base.text if place.base else None
    if force:
        old = _free(f"{place.path}.old", known.as_written(known.text), project)
        files = {} if known.text == base else {old: known.as_written(known.text)}
        return "replaced", {**files, place.path: new.encode()}, ()
    merged = merge(base, known.text, new)
    if not merged.conflict and (known.broken or not is_broken(merged.text)):
        if merged.text == known.text:
            return "unchanged", {}, ()
        became: Became = "changed" if known.text == base else "merged"
        return became, {place.path: known.as_written(merged.text)}, ()
    beside = _free(f"{place.path}.new", new.encode(), project, ours=base)
    return "stays", {beside: new.encode()}, (_stays(place.path, beside),)


def _free(path: str, data: bytes, project: Project, ours: str | None = None) -> str:
    """Give the first name under which nothing else lies; what we laid there ourselves may go."""
    for name in (path, *(f"{path}.{number}" for number in range(2, 1000))):
        there = project.find(name)
        if there is None or there == data or (ours is not None and there == ours.encode()):
            return name
    return path


def _stays(path: str, beside: str) -> Problem:
    return Problem(
        "M089",
        "warning",
        f"edited here and changed in its source at the same place: it stays as it is, and the new text is {beside}",
        Origin(path),
        "take over what is new, then delete that file; --force takes the new text and keeps the old beside it",
    )
