"""The pictures of an e-book, in formats, colours and sizes that every reading system shows."""

from __future__ import annotations

import pickle
import re
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from anthology.digests import digest
from anthology.drawings import clean_drawing
from anthology.images import FITTING_PIXELS, fit
from anthology.model import Origin
from anthology.problems import AnthologyError, ContentError, Problem
from anthology.versions import code
from anthology.workers import in_order_of_completion

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from anthology.editions.base import Manuscript
    from anthology.editions.workshop import Workshop
    from anthology.exporters.epub import Part
    from anthology.model import Document, Picture

_SHOWN = re.compile(r'"images/([^"]+)"')
_DRAWING = "image/svg+xml"
# What is looked at and seldom decoded: to send it to another process would take longer.
_LIGHT = frozenset({"image/jpeg", "image/png", "image/gif", _DRAWING})
# Below this, starting processes costs more than making pictures fit here.
_WORTH_PROCESSES = 4


@dataclass(frozen=True, slots=True)
class FitPicture:
    """A picture as it is packed: the name of its file, its media type, and what gives its bytes.

    The pictures of a book may be larger together than everything else in it: each is read when it is packed.
    """

    name: str
    media_type: str
    read: Callable[[], bytes]


class _Made(NamedTuple):
    """A picture made fit: name, media type and bytes; None for the bytes of one that was fit, which lies in the project."""

    name: str
    media_type: str
    data: bytes | None


@dataclass(frozen=True, slots=True)
class _Task:
    """A picture to be made fit: its key, the media type of its file, and the file's bytes."""

    key: str
    media_type: str
    data: bytes


def fit_pictures(
    manuscript: Manuscript, workshop: Workshop | None, stage: Callable[[str, str], None]
) -> Mapping[str, FitPicture]:
    """Make the pictures of the book fit, by their keys: converted, reduced, bare of metadata where that is needed.

    Each is made once for as long as it does not change. Those that take long are made by the workers of a `workshop`,
    and `stage` is told of them. Raises ContentError for pictures that cannot be made fit.
    """
    fitted: dict[str, FitPicture] = {}
    waiting: list[Picture] = []
    for key, picture in sorted(manuscript.pictures.items()):
        kept = _recall(workshop, key)
        if kept:
            fitted[key] = _ready(workshop, manuscript, picture, kept)
        else:
            waiting.append(picture)
    problems = []
    for done, (task, future) in enumerate(_perform(waiting, manuscript.find, workshop), 1):
        try:
            made = future.result()
        except AnthologyError:
            raise
        except Exception as error:  # whatever a picture can make Pillow fail with, or end a worker with
            problems.append(_failure(manuscript.pictures[task.key].path, error))
            continue
        fitted[task.key] = _keep(workshop, manuscript, task, made)
        if len(waiting) >= _WORTH_PROCESSES:
            stage("pictures", f"{done} of {len(waiting)} made fit, {len(fitted) - done} reused")
    if problems:
        raise ContentError(*problems)
    return fitted


def _perform(
    pictures: Sequence[Picture], find: Callable[[str], bytes | None], workshop: Workshop | None
) -> Iterator[tuple[_Task, Future[_Made]]]:
    """Have pictures made fit, those that take long by the workers; files are read only as there is room.

    Large ones never are here: what they unpack into has the workers' budget.
    """

    def tasks(some: Iterable[Picture]) -> Iterator[_Task]:
        return (_Task(picture.key, picture.media_type, find(picture.path) or b"") for picture in some)

    heavy = [picture for picture in pictures if _is_heavy(picture)]
    if workshop is None or workshop.jobs == 1 or len(heavy) < _WORTH_PROCESSES:
        heavy = [picture for picture in heavy if workshop and _is_large(picture)]
    elsewhere: Collection[str] = {picture.key for picture in heavy}
    for task in tasks(picture for picture in pictures if picture.key not in elsewhere):
        future: Future[_Made] = Future()
        try:
            future.set_result(make_fit(task))
        except Exception as error:  # it is looked at where those from workers are
            future.set_exception(error)
        yield task, future
    if workshop and heavy:
        yield from in_order_of_completion(workshop.executor, make_fit, tasks(heavy), workshop.jobs + 1)


def _is_heavy(picture: Picture) -> bool:
    return picture.media_type not in _LIGHT or _is_large(picture)


def _is_large(picture: Picture) -> bool:
    return picture.media_type != _DRAWING and picture.width * picture.height > FITTING_PIXELS


def make_fit(task: _Task) -> _Made:
    """Make one picture fit; its name keeps the digest of its file.

    Raises ValueError for what cannot be made fit.
    """
    stem = task.key.partition(".")[0]
    if task.media_type == _DRAWING:
        name, media_type, data = f"{stem}.svg", _DRAWING, clean_drawing(task.data)
    else:
        made = fit(task.data)
        name, media_type, data = f"{stem}.{made.suffix}", made.media_type, made.data
    return _Made(name, media_type, None if data == task.data else data)


def _recall(workshop: Workshop | None, key: str) -> _Made | None:
    data = workshop.cache.get(_cache_key(key)) if workshop and workshop.cache else None
    return _Made(*pickle.loads(data)) if data is not None else None  # our own, and checked against its digest


def _keep(workshop: Workshop | None, manuscript: Manuscript, task: _Task, made: _Made) -> FitPicture:
    """Put a picture into the cache, from where it is read when it is wanted; without a cache it stays in memory."""
    if workshop and workshop.cache:
        workshop.cache.put(_cache_key(task.key), pickle.dumps(tuple(made)))
    elif made.data is not None:
        return FitPicture(made.name, made.media_type, partial(bytes, made.data))
    return _ready(workshop, manuscript, manuscript.pictures[task.key], made)


def _ready(workshop: Workshop | None, manuscript: Manuscript, picture: Picture, made: _Made) -> FitPicture:
    was_fit = made.data is None

    def read() -> bytes:
        file = manuscript.find(picture.path) or b""
        if was_fit:
            return file
        # Somebody may have emptied the cache meanwhile.
        kept = _recall(workshop, picture.key) or make_fit(_Task(picture.key, picture.media_type, file))
        return kept.data or file

    return FitPicture(made.name, made.media_type, read)


def _cache_key(key: str) -> str:
    return digest("picture", key, *_versions())


@cache
def _versions() -> tuple[str, ...]:
    """Name what makes pictures fit, besides the picture itself, whose content is in its key."""
    from importlib.metadata import version

    names = ("lxml", "Pillow", "tinycss2")
    return (
        *(f"{name} {version(name)}" for name in names),
        code("images", "drawings", "editions/epub/pictures.py"),
    )


def _failure(path: str, error: Exception) -> Problem:
    message = f"the picture cannot be made fit for the e-book: {error}"
    hint = "open it in an image editor and save it again, as JPEG or PNG"
    return Problem("P009", "error", message, Origin(path), hint)


def pictures_of(pictures: Iterable[FitPicture], documents: Sequence[Document]) -> Iterator[Part]:
    """Give the pictures that a document shows, in the order of their names."""
    from anthology.exporters.epub import Part

    shown = {name for document in documents for name in _SHOWN.findall(document.html)}
    for picture in sorted(pictures, key=lambda picture: picture.name):
        if picture.name in shown:
            stem = picture.name.partition(".")[0]
            yield Part(f"images/{picture.name}", picture.read, picture.media_type, f"picture-{stem}")
