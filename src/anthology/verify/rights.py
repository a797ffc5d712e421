"""Rights: with `[rights] required`, nothing goes out that is not cleared, one's own, or in the public domain."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from anthology.model import Origin
from anthology.problems import Problem, did_you_mean
from anthology.rights import bars_from_print, project_path, rights_of_pictures

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from anthology.config import Config
    from anthology.model import Anthology, Article
    from anthology.rights import PictureRight

    _Find = Callable[[str], bytes | None]


def check_rights(
    anthology: Anthology,
    config: Config,
    day: dt.date,
    find: _Find,
    *,
    proof: bool = False,
    stated: bool = False,
) -> tuple[Problem, ...]:
    """Name each piece and each picture that may not be printed on `day`, the book's date.

    `find` gives the bytes of a file of the project by its path, or None. In a proof, which nobody publishes, these are
    warnings. With `stated`, only what something is said of is named.
    """
    pieces = [piece for piece in anthology.pieces if piece.rights.status or not stated]
    pictures = [
        picture for picture in rights_of_pictures(anthology, config) if picture.rights.status or not stated
    ]
    barred = (*_barred_pieces(pieces, day), *_barred_pictures(pictures, day, find))
    return tuple(replace(problem, severity="warning") for problem in barred) if proof else barred


def check_picture_records(anthology: Anthology, config: Config, find: _Find) -> tuple[Problem, ...]:
    """Tell of records of picture rights whose file is not there, or is shown by nothing; `find` as above."""
    shown = [picture.path for picture in rights_of_pictures(anthology, config)]
    problems = []
    for written in config.rights.pictures:
        path, origin = project_path(written), config.origin("rights", "pictures", written)
        if path not in shown:
            problems.append(_missing(path, shown, origin) if find(path) is None else _unused(path, origin))
    for piece in anthology.pieces:
        problems += [
            _unused(record.path, record.origin) for record in piece.picture_rights if record.path not in shown
        ]
    return tuple(problems)


def _barred_pieces(pieces: Iterable[Article], day: dt.date) -> Iterator[Problem]:
    """Name articles, introductions, front and back matter."""
    for article in pieces:
        if reason := bars_from_print(article.rights, "article", day):
            hint = "clear it and say so in `rights`, or leave the article out with `draft: true`"
            yield Problem("R001", "error", reason, article.origin, hint)


def _barred_pictures(pictures: Iterable[PictureRight], day: dt.date, find: _Find) -> Iterator[Problem]:
    for picture in pictures:
        if not (reason := bars_from_print(picture.rights, "picture", day)):
            continue
        hint = f'clear it and say so under [rights.pictures."{picture.path}"], or take the picture out'
        if picture.stated:
            hint = "clear it and say so here, or take the picture out"
        elif picture.articles:
            hint = f'clear it and say so in `picture-rights`, or under [rights.pictures."{picture.path}"]'
        origin = picture.origin if picture.stated or picture.cover else _line_of(picture, find)
        yield Problem("R002", "error", f"{picture.path}: {reason}", origin, hint)


def _line_of(picture: PictureRight, find: _Find) -> Origin:
    """Look for the line of the article that shows a picture; the article alone where no line names its file."""
    lines = (find(picture.origin.path) or b"").splitlines()
    name = posixpath.basename(picture.path)
    named = (name.encode(errors="replace"), quote(name, errors="replace").encode())
    found = (number for number, line in enumerate(lines, 1) if any(form in line for form in named))
    return Origin(picture.origin.path, next(found, None))


def _missing(path: str, shown: list[str], origin: Origin) -> Problem:
    hint = did_you_mean(path, shown) or "write its path from the folder of anthology.toml on"
    return Problem("R003", "warning", f"there is no picture {path}, of whose rights this tells", origin, hint)


def _unused(path: str, origin: Origin) -> Problem:
    hint = "delete the record, or write the path of the picture that is shown"
    message = f"nothing in the book shows {path}, of whose rights this tells"
    return Problem("R004", "warning", message, origin, hint)
