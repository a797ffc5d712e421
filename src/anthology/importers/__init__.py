"""Importers: a table from the kind of a source to what makes an article of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from anthology.importers.model import Imported

ENTRY_POINTS = "anthology.importers"


class Find(Protocol):
    """What gives the bytes of a file beside the source, by its path from there; None where there is none."""

    def __call__(self, path: str, /) -> bytes | None:
        """Give the bytes of the file at `path`."""


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of source.

    `recognises` tells from path and bytes whether a file is of this kind; `read` makes an article of path,
    bytes and `find`. A `budgeted` importer works in a process of its own, which is ended when its time is up.
    """

    kind: str
    recognises: Callable[[str, bytes], bool]
    read: Callable[[str, bytes, Find], Imported]
    budgeted: bool = True


def _is_post(path: str, data: bytes) -> bool:
    from anthology.importers.markdown_post import recognises

    return recognises(path, data)


def _post(path: str, data: bytes, find: Find) -> Imported:
    from anthology.importers.markdown_post import import_markdown_post

    return import_markdown_post(path, data, find)


def _is_capture(path: str, data: bytes) -> bool:
    from anthology.importers.text_capture import recognises

    return recognises(path, data)


def _capture(path: str, data: bytes, find: Find) -> Imported:
    from anthology.importers.text_capture import import_text_capture

    return import_text_capture(path, data)


def _is_page(path: str, data: bytes) -> bool:
    from anthology.importers.web_page import recognises

    return recognises(path, data)


def _page(path: str, data: bytes, find: Find) -> Imported:
    from anthology.importers.web_page import import_web_page

    return import_web_page(path, data, find)


# In the order of asking: what a file's name settles comes before what its text has to settle.
BUILT_IN = (
    Importer("markdown-post", _is_post, _post, budgeted=False),
    Importer("text-capture", _is_capture, _capture, budgeted=False),
    Importer("web-page", _is_page, _page),
)


@cache
def importers() -> dict[str, Importer]:
    """Give the importers by kind, in the order of asking.

    A package that offers an `Importer` as an entry point of the group `anthology.importers` adds a kind, or
    takes the place of one; those that add are asked first, since they know a special case.
    """
    offered = {point.name: point.load() for point in entry_points(group=ENTRY_POINTS)}
    built_in = {importer.kind: offered.pop(importer.kind, importer) for importer in BUILT_IN}
    return {**offered, **built_in}


def importer_of(path: str, data: bytes) -> Importer | None:
    """Find the importer that recognises a file; None where none does."""
    return next((each for each in importers().values() if each.recognises(path, data)), None)
