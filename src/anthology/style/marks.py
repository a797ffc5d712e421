"""Quotation marks and apostrophes: how they are typed, and those that look like what they are not."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from anthology.labels import quotation_marks
from anthology.read.body.quotes import elided_at, roles_of_straight
from anthology.style.finding import AS_WRITTEN, Finding, Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anthology.config.style import HouseStyle
    from anthology.style.passages import Passage
    from anthology.style.quotations import Mark

_STRAIGHT = "\"'"
_APOSTROPHE = "’"
_THIN = "\N{NARROW NO-BREAK SPACE}"
_UNCERTAIN = "in {count} paragraphs, it is not certain what is quoted"
# Languages whose guillemets point inwards, and those that set them off with a space.
_INWARDS = frozenset({"cs", "da", "de", "hu", "pl", "sk", "sl"})
_OUTWARDS = ("de-ch", "de-li")
_CLOSE = ("fr-ch", "fr-ca")


def quotation_uses(passage: Passage, style: HouseStyle) -> Iterator[Use]:
    """Tell how the marks are typed that are the writer's own: those round quotations, and apostrophes outside them."""
    uses = tuple(_uses(passage, style))
    is_certain = _is_certain(passage, (*uses, *_openings(passage, style)))
    yield from (use for use in uses if use.wanted or is_certain)


def _uses(passage: Passage, style: HouseStyle) -> Iterator[Use]:
    wanted = _wanted(passage, style)
    for mark in passage.marks:
        if not passage.is_own(mark.at, mark.at + 1):
            continue
        if mark.role == "apostrophe" and _begins_word(passage.text, mark):
            # Of these, H003 tells.
            continue
        put = wanted.get(mark.at, mark.typed)
        if passage.text[mark.at + 1 : mark.at + 2] == _THIN and put.endswith(_THIN):
            put = put[:-1]
        elif passage.text[mark.at - 1 : mark.at] == _THIN and put.startswith(_THIN):
            put = put[1:]
        is_wanted = put == mark.typed
        mended = None if is_wanted or put == "" else put
        yield Use("quotes", _way(mark), passage, mark.at, mark.at + 1, is_wanted, mended)


def false_openings(passage: Passage, style: HouseStyle) -> Iterator[Finding]:
    """Look for apostrophes at the beginning of a word, typed as, or like, an opening mark: ‘90s and '90s."""
    openings = tuple(_openings(passage, style))
    if _is_certain(passage, (*_uses(passage, style), *openings)):
        yield from openings


def uncertain_quotations(passage: Passage, style: HouseStyle) -> Iterator[Finding]:
    """Look for a paragraph of which nobody knows what is quoted in it, so that it is not mended; it is told once."""
    odd = passage.odd_mark
    if odd and any(way != AS_WRITTEN for way in (style.quotes, style.dashes, style.ellipsis, style.ranges)):
        around = passage.around(odd.at, odd.at + 1)
        message = f'the quotation marks of this paragraph do not pair: "{around}"'
        hint = "pair them by hand; until then, `anthology check --fix` mends nothing in it"
        yield Finding("H023", passage, odd.at, odd.at + 1, message, hint, _UNCERTAIN)
    if odd:
        return
    edits: list[Use | Finding] = [*_uses(passage, style), *_openings(passage, style)]
    if not _is_certain(passage, edits):
        at = min(each.start for each in edits if each.mended is not None)
        message = (
            f'a quotation of this paragraph may end at one mark or another: "{passage.around(at, at + 1)}"'
        )
        hint = "type its marks and its apostrophes as they are printed; until then, they stay as they are"
        yield Finding("H023", passage, at, at + 1, message, hint, _UNCERTAIN)


def _is_certain(passage: Passage, edits: Iterable[Use | Finding]) -> bool:
    """Tell whether, with other marks, the same words would be quoted."""
    put = {each.start: each.mended for each in edits if each.mended is not None}
    if not put:
        return True
    text = "".join(put.get(at) or letter for at, letter in enumerate(passage.text))
    after = replace(passage, text=text, places=())
    return [passage.text[slice(*span)] for span in passage.quotations] == [
        after.text[slice(*span)] for span in after.quotations
    ]


def _openings(passage: Passage, style: HouseStyle) -> Iterator[Finding]:
    for mark in passage.marks:
        if mark.role != "apostrophe" or mark.typed == _APOSTROPHE or not _begins_word(passage.text, mark):
            continue
        if (mark.typed == "'" and style.quotes == "straight") or not passage.is_own(mark.at, mark.at + 1):
            continue
        around = passage.around(mark.at, mark.at + 1)
        yield Finding(
            "H003",
            passage,
            mark.at,
            mark.at + 1,
            f'an apostrophe looks like an opening quotation mark: "{around}"',
            f"type {_APOSTROPHE}",
            "{count} apostrophes look like opening quotation marks",
            _APOSTROPHE,
        )


def _begins_word(text: str, mark: Mark) -> bool:
    before = text[mark.at - 1] if mark.at else " "
    return not before.isalnum() and elided_at(text, mark.at + 1)


def _way(mark: Mark) -> str:
    if mark.typed in _STRAIGHT:
        return "straight"
    if mark.role == "apostrophe":
        return "apostrophe"
    return "guillemets" if mark.typed in "«»‹›" else "curly"


def _wanted(passage: Passage, style: HouseStyle) -> dict[int, str]:
    """Give what the house wants in place of marks, by place; the empty text where it cannot be put in.

    Where a language has straight marks of its own, what is typed is printed: there, only apostrophes are asked about.
    """
    if style.quotes == AS_WRITTEN:
        return {}
    if style.quotes == "straight":
        return _straightened(passage)
    if _keeps_typed(passage):
        return {mark.at: _APOSTROPHE for mark in passage.marks if mark.role == "apostrophe"}
    double = _house_marks(passage.language, style.quotes)
    other = quotation_marks(passage.language)[2:] if style.quotes != "single" else double
    holding = _holding(passage, double)
    wanted = {}
    for mark in passage.marks:
        if mark.role == "apostrophe":
            wanted[mark.at] = _APOSTROPHE
        elif mark.at in holding:
            # What is quoted inside has the marks that are to stand outside.
            wanted[mark.at] = mark.typed if mark.typed in double + other else ""
        else:
            wanted[mark.at] = double[0] if "open" in mark.role else double[1]
    return wanted


def _holding(passage: Passage, double: tuple[str, str]) -> frozenset[int]:
    """Name the marks round quotations that hold marks like those that they would get."""
    likes = {double[0].strip(_THIN), double[1].strip(_THIN)}
    likes.add('"' if likes & set("“”„«»") else "'")
    places = [mark.at for mark in passage.marks]
    holding: set[int] = set()
    for begin, end in passage.quotations:
        inside = passage.marks[bisect_left(places, begin) : bisect_left(places, end)]
        if any(mark.typed in likes and mark.role != "apostrophe" for mark in inside):
            holding |= {begin - 1, end}
    return frozenset(holding)


def _straightened(passage: Passage) -> dict[int, str]:
    """Straighten the marks of a passage, if reading it sets them as they were again."""
    wanted = {
        mark.at: "'" if mark.role == "apostrophe" or "single" in mark.role else '"'
        for mark in passage.marks
        if mark.role == "apostrophe" or not _keeps_typed(passage)
    }
    text = "".join(wanted.get(at, letter) for at, letter in enumerate(passage.text))
    roles = roles_of_straight(text)
    if all(roles.get(mark.at) == mark.role for mark in passage.marks if mark.at in wanted):
        return wanted
    return {
        mark.at: mark.typed if mark.typed in _STRAIGHT else "" for mark in passage.marks if mark.at in wanted
    }


def _keeps_typed(passage: Passage) -> bool:
    return quotation_marks(passage.language)[0] in _STRAIGHT


def _house_marks(language: str, quotes: str) -> tuple[str, str]:
    tag = language.lower()
    marks = quotation_marks(language)
    if quotes == "double":
        return marks[:2]
    if quotes == "single":
        return marks[2:]
    primary = tag.split("-")[0]
    if primary in _INWARDS and not tag.startswith(_OUTWARDS):
        return "»", "«"
    if primary == "fr" and not tag.startswith(_CLOSE):
        return f"«{_THIN}", f"{_THIN}»"
    return "«", "»"
