"""The list of permissions: every right of a book in a table that a spreadsheet opens."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from io import StringIO
from typing import TYPE_CHECKING

from anthology.model import Rights
from anthology.rights.credit import credit_of
from anthology.rights.pictures import project_path, rights_of_pictures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from anthology.config import Config
    from anthology.model import Anthology
    from anthology.rights.pictures import PictureRight

# What a spreadsheet takes for a formula, whoever wrote it; the wide forms count in East Asian versions.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Permission:
    """A right: one row of the list, a field a column.

    `kind` is article, picture or cover; `id` that of an article, or the file of a picture; `credit` the line as it is
    printed; `editions` names those that need the right, and `pages` tells on which page of each the piece begins that
    it is for.
    """

    kind: str
    id: str
    title: str
    holder: str
    licence: str
    credit: str
    status: str
    expires: str
    evidence: str
    editions: str
    pages: str


def permissions_of(
    anthology: Anthology, config: Config, editions: Mapping[str, Mapping[str, str]], covered: Iterable[str]
) -> tuple[Permission, ...]:
    """List every right of a book: the pieces and then the pictures, each in the order of the book.

    `editions` has the printed folios of each edition that was made, by the ids of articles: none where it has no pages
    of its own. `covered` names the editions round which a printed cover goes. Returns nothing for a book that neither
    asks for rights nor says anything of them.
    """
    pictures = rights_of_pictures(anthology, config)
    said = any(piece.rights != Rights() for piece in anthology.pieces) or any(one.stated for one in pictures)
    if not (said or config.rights.required):
        return ()
    rows = []
    titles = {
        section.introduction.id: section.title for section in anthology.sections if section.introduction
    }
    for piece in anthology.pieces:
        titles[piece.id] = piece.title or titles.get(piece.id, "")
        rows.append(_row("article", piece.id, titles[piece.id], piece.rights, editions, (piece.id,)))
    for picture in pictures:
        kind = "picture" if picture.articles else "cover"
        title = titles[picture.articles[0]] if picture.articles else config.book.title
        needing = dict(editions)
        if kind == "cover":
            needing = {name: {} for name in _editions_with(picture, config, editions, frozenset(covered))}
        rows.append(_row(kind, picture.path, title, picture.rights, needing, picture.articles))
    return tuple(rows)


def permissions_csv(permissions: Iterable[Permission]) -> bytes:
    """Write the list as CSV (RFC 4180) in UTF-8, the names of the columns in the first row.

    A mark of the byte order comes first, for without it Excel reads the file in the old encoding of the machine and
    spoils every name with an accent; other spreadsheets pass over it. What a spreadsheet would take for a formula
    begins with an apostrophe.
    """
    text = StringIO()
    columns = [column.name for column in fields(Permission)]
    writer = csv.writer(text)
    writer.writerow(columns)
    for permission in permissions:
        writer.writerow(harmless(getattr(permission, column)) for column in columns)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def harmless(cell: str) -> str:
    """Give the text of a cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _row(
    kind: str,
    name: str,
    title: str,
    rights: Rights,
    editions: Mapping[str, Mapping[str, str]],
    articles: tuple[str, ...],
) -> Permission:
    pages = [
        f"{edition}: {', '.join(known)}"
        for edition, folios in editions.items()
        if (known := [folios[article] for article in articles if article in folios])
    ]
    return Permission(
        kind=kind,
        id=name,
        title=title,
        holder=rights.holder,
        licence=rights.licence,
        credit=credit_of(rights),
        status=rights.status,
        expires=rights.expires.isoformat() if rights.expires else "",
        evidence=rights.evidence,
        editions="; ".join(editions),
        pages="; ".join(pages),
    )


def _editions_with(
    picture: PictureRight, config: Config, editions: Iterable[str], covered: frozenset[str]
) -> Iterator[str]:
    """Name the editions that show a cover picture: the front is that of all, the whole cover that of paper alone."""
    front = bool(config.book.cover) and project_path(config.book.cover) == picture.path
    for name in editions:
        if name in covered or (front and config.editions[name].format == "epub"):
            yield name
