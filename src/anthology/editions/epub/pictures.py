"""The pictures of an e-book, in formats, colours and sizes that every reading system shows."""

from __future__ import annotations

import pickle
import re
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

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
    """A picture as it is packed: the name of its file, its bytes, and its media type."""

    name: str
    data: bytes
    media_type: str


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
        kept = _kept(workshop, picture, manuscript.find)
        if kept:
            fitted[key] = kept
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
        fitted[task.key] = made
        _keep(workshop, task, made)
        if len(waiting) >= _WORTH_PROCESSES:
            stage("pictures", f"{done} of {len(waiting)} made fit, {len(fitted) - done} reused")
    if problems:
        raise ContentError(*problems)
    return fitted


def _perform(
    pictures: Sequence[Picture], find: Callable[[str], bytes | None], workshop: Workshop | None
) -> Iterator[tuple[_Task, Future[FitPicture]]]:
    """Have pictures made fit, those that take long by the workers; files are read only as there is room."""

    def tasks(some: Iterable[Picture]) -> Iterator[_Task]:
        return (_Task(picture.key, picture.media_type, find(picture.path) or b"") for picture in some)

    heavy = [picture for picture in pictures if _is_heavy(picture)]
    if workshop is None or workshop.jobs == 1 or len(heavy) < _WORTH_PROCESSES:
        heavy = []
    elsewhere: Collection[str] = {picture.key for picture in heavy}
    for task in tasks(picture for picture in pictures if picture.key not in elsewhere):
        future: Future[FitPicture] = Future()
        try:
            future.set_result(make_fit(task))
        except Exception as error:  # it is looked at where those from workers are
            future.set_exception(error)
        yield task, future
    if workshop and heavy:
        yield from in_order_of_completion(workshop.executor, make_fit, tasks(heavy), workshop.jobs + 1)


def _is_heavy(picture: Picture) -> bool:
    return picture.media_type not in _LIGHT or (
        picture.media_type != _DRAWING and picture.width * picture.height > FITTING_PIXELS
    )


def make_fit(task: _Task) -> FitPicture:
    """Make one picture fit; its name keeps the digest of its file.

    Raises ValueError for what cannot be made fit.
    """
    stem = task.key.partition(".")[0]
    if task.media_type == _DRAWING:
        return FitPicture(f"{stem}.svg", clean_drawing(task.data), _DRAWING)
    made = fit(task.data)
    return FitPicture(f"{stem}.{made.suffix}", made.data, made.media_type)


def _kept(
    workshop: Workshop | None, picture: Picture, find: Callable[[str], bytes | None]
) -> FitPicture | None:
    cache = workshop.cache if workshop else None
    data = cache.get(_cache_key(picture.key)) if cache else None
    if data is None:
        return None
    name, made, media_type = pickle.loads(data)  # our own, and checked against its digest
    # One that was fit lies in the project, and need not lie in the cache as well.
    return FitPicture(name, made if made is not None else find(picture.path) or b"", media_type)


def _keep(workshop: Workshop | None, task: _Task, made: FitPicture) -> None:
    if workshop and workshop.cache:
        data = made.data if made.data != task.data else None
        workshop.cache.put(_cache_key(task.key), pickle.dumps((made.name, data, made.media_type)))


def _cache_key(key: str) -> str:
    return digest("picture", key, *_versions())


@cache
def _versions() -> tuple[str, ...]:
    """Name what makes pictures fit, besides the picture itself, whose content is in its key."""
    from importlib.metadata import version

    names = ("lxml", "Pillow", "tinycss2")
    return (*(f"{name} {version(name)}" for name in names), code("images", "drawings"))


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
            yield Part(f"images/{picture.name}", picture.data, picture.media_type, f"picture-{stem}")
