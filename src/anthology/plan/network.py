"""The network of related reading as a picture: the articles in reading order down a line, with arcs beside it.

The picture is divided between rows, so that a page of paper may end there and every letter keeps its size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from anthology.plan.order import Planned, RunningOrder

Direction = Literal["on", "back", "both"]

# In the units of the picture, which is as wide as a page is: about a quarter of a millimetre.
WIDTH = 720
ROW = 17
_LINE_X = 360
_LABEL_X = 346
_WIDEST = WIDTH - _LINE_X - 8
# So many letters of a title stand left of the line, whatever they are: wide ones in wide type.
_LETTERS = 52
_ROWS_A_PART = 12


@dataclass(frozen=True, slots=True)
class RowPicture:
    """A row of the picture: the heading of a section, or an article with its number; `y` is its middle."""

    y: int
    label: str
    number: int = 0
    language: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class ArcPicture:
    """An arc between two articles; `path` is as SVG has it, `told` says what it means."""

    path: str
    direction: Direction
    told: str
    top: float
    foot: float


@dataclass(frozen=True, slots=True)
class PartPicture:
    """Some rows of the picture, with all arcs that pass them."""

    top: int
    height: int
    rows: tuple[RowPicture, ...]
    arcs: tuple[ArcPicture, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The picture: its parts, how many articles it connects how often, and those that nothing connects."""

    width: int
    line: int
    label: int
    parts: tuple[PartPicture, ...]
    ties: int
    alone: tuple[Planned, ...]


def draw_network(order: RunningOrder) -> Network:
    """Draw which articles lead to which, through related reading or a link in the text."""
    placed, places = _rows(order)
    leading = _leading(order)
    tied = {name for pair in leading for name in pair}
    alone = tuple(piece for piece in order.articles if piece.article.id not in tied)
    names = {piece.article.id for piece in alone}
    rows = [replace(row, alone=name in names) for name, row in placed]
    titles = {piece.article.id: piece.article.title for piece in order.articles}
    longest = max((abs(places[one] - places[other]) for one, other in leading), default=ROW)
    arcs = [_arc(pair, direction, places, titles, longest) for pair, direction in leading.items()]
    return Network(WIDTH, _LINE_X, _LABEL_X, tuple(_parts(rows, arcs)), len(arcs), alone)


def _rows(order: RunningOrder) -> tuple[list[tuple[str, RowPicture]], dict[str, int]]:
    """Place the rows; give them with the ids of their articles, and the middle of each by id."""
    rows: list[tuple[str, RowPicture]] = []
    places: dict[str, int] = {}
    y, number = ROW // 2 + 1, 0
    for section in order.sections:
        if section.title:
            y += ROW // 2 if rows else 0
            rows.append(("", RowPicture(y, _shortened(section.title))))
            y += ROW
        for piece in section.articles:
            number += 1
            places[piece.article.id] = y
            rows.append(
                (piece.article.id, RowPicture(y, _shortened(piece.article.title), number, piece.language))
            )
            y += ROW
    return rows, places


def _leading(order: RunningOrder) -> dict[tuple[str, str], Direction]:
    """Find the pairs of articles of which one leads to the other: the earlier first, and which way it leads."""
    places = {piece.article.id: place for place, piece in enumerate(order.articles)}
    ways: dict[tuple[str, str], set[Direction]] = {}
    for piece in order.articles:
        here = piece.article.id
        for there in {*piece.referred_by, *piece.linked_from} & places.keys() - {here}:
            # `there` leads to `here`.
            forward = places[there] < places[here]
            pair = (there, here) if forward else (here, there)
            ways.setdefault(pair, set()).add("on" if forward else "back")
    return {
        pair: "both" if len(found) > 1 else found.pop()
        for pair, found in sorted(ways.items(), key=lambda item: (places[item[0][0]], places[item[0][1]]))
    }


def _arc(
    pair: tuple[str, str],
    direction: Direction,
    places: dict[str, int],
    titles: dict[str, str],
    longest: int,
) -> ArcPicture:
    one, other = (places[name] for name in pair)
    # By the root: else short arcs, which are the most, would all but vanish beside the long ones.
    wide = round(_WIDEST * math.sqrt((other - one) / longest), 1)
    half = (other - one) / 2
    first, second = (titles[name] for name in pair)
    told = {
        "on": f"{first} → {second}",
        "back": f"{second} → {first}",
        "both": f"{first} ↔ {second}",
    }[direction]
    path = f"M{_LINE_X} {one}A{wide} {half:g} 0 0 1 {_LINE_X} {other}"
    return ArcPicture(path, direction, told, one, other)


def _parts(rows: Sequence[RowPicture], arcs: Sequence[ArcPicture]) -> Iterator[PartPicture]:
    for first in range(0, len(rows), _ROWS_A_PART):
        some = tuple(rows[first : first + _ROWS_A_PART])
        top = some[0].y - ROW // 2 - 1
        after = first + _ROWS_A_PART
        foot = rows[after].y - ROW // 2 - 1 if after < len(rows) else some[-1].y + ROW // 2 + 2
        passing = tuple(arc for arc in arcs if arc.top <= foot and arc.foot >= top)
        yield PartPicture(top, foot - top, some, passing)


def _shortened(title: str) -> str:
    """Cut a title to the room beside the line; letters that are twice as wide count twice."""
    import unicodedata

    room = _LETTERS
    for at, letter in enumerate(title):
        room -= 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if room < 0:
            return title[:at].rsplit(" ", 1)[0].rstrip(" ,;:.–—") + " …"
    return title
