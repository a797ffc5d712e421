"""The rights to the pictures of a book: what anthology.toml and the articles say of each."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.model import Origin, Rights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.config import Config
    from anthology.model import Anthology, Article

# What somebody else wrote says nothing of the pictures in it, even where it is cleared.
_FOR_ITS_PICTURES_TOO = frozenset({"own", "public-domain"})


@dataclass(frozen=True, slots=True)
class PictureRight:
    """What is known of the right to print a picture.

    `key` is that of the picture in the book, empty for a cover picture that no article shows; `path` is its file in the
    project. `articles` are the ids of the pieces that show it, in the order of the book; `cover` tells that a cover
    shows it. `stated` tells that it has a record of its own; without one it has the rights of an article that is one's
    own or in the public domain. `origin` is where that record stands, else what shows the picture first.
    """

    key: str
    path: str
    articles: tuple[str, ...]
    rights: Rights
    origin: Origin
    cover: bool = False
    stated: bool = False


def rights_of_pictures(anthology: Anthology, config: Config) -> tuple[PictureRight, ...]:
    """Tell of each picture that the book shows what is known of its rights.

    Pictures come in the order of the book, those that only a cover shows last. A record in an article's front matter
    outranks one in anthology.toml, and of several articles the first one counts.
    """
    showing: dict[str, list[Article]] = {}
    keys: dict[str, str] = {}
    for piece in anthology.pieces:
        for picture in (*piece.pictures, *((piece.image,) if piece.image else ())):
            keys.setdefault(picture.path, picture.key)
            pieces = showing.setdefault(picture.path, [])
            if piece not in pieces:
                pieces.append(piece)
    covers = dict(given_covers(config))
    paths = list(dict.fromkeys((*showing, *covers)))
    records = dict(_records(anthology, config))
    found = []
    for path in paths:
        pieces = showing.get(path, [])
        stated = records.get(path)
        rights, origin = stated or (_inherited(pieces), pieces[0].origin if pieces else covers[path])
        articles = tuple(piece.id for piece in pieces)
        found.append(
            PictureRight(
                keys.get(path, ""), path, articles, rights, origin, path in covers, stated is not None
            )
        )
    return tuple(found)


def given_covers(config: Config) -> Iterator[tuple[str, Origin]]:
    """Give the pictures that are given for covers: the path of each and where it is named."""
    for table, key, path in (
        ("book", "cover", config.book.cover),
        ("cover", "picture", config.cover.picture),
    ):
        if path:
            yield project_path(path), config.origin(table, key)


def project_path(written: str) -> str:
    """Give a path as pictures have theirs: without detours; the address of a picture on the web as it is."""
    return written if "://" in written else posixpath.normpath(written)


def _records(anthology: Anthology, config: Config) -> Iterator[tuple[str, tuple[Rights, Origin]]]:
    """Give what is said of pictures by path; what comes later outranks what came before."""
    for path, record in config.rights.pictures.items():
        rights = Rights(
            record.status, record.holder, record.licence, record.credit, record.evidence, record.expires
        )
        yield project_path(path), (rights, config.origin("rights", "pictures", path))
    for piece in reversed(anthology.pieces):
        for stated in reversed(piece.picture_rights):
            yield stated.path, (stated.rights, stated.origin)


def _inherited(pieces: list[Article]) -> Rights:
    """Give the rights of the first article whose pictures are as free as itself."""
    return next((piece.rights for piece in pieces if piece.rights.status in _FOR_ITS_PICTURES_TOO), Rights())
