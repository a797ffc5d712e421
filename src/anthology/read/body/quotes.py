"""Quotation marks, apostrophes, dashes, ellipses and French spaces, as printers set them, in a text.

Python-Markdown's own `smarty` sees one text node at a time and takes the closing single mark for the
apostrophe: „Er hat‘s“ in German. Here a whole paragraph is seen at once, and the apostrophe is a mark apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from anthology.labels import quotation_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

Role = Literal["open", "close", "open-single", "close-single", "apostrophe"]

_APOSTROPHE = "’"
_NARROW = "\N{NARROW NO-BREAK SPACE}"
_WIDE = "\N{NO-BREAK SPACE}"

_TYPED = re.compile(r"[\"']|(?<![-!<])-{2,3}(?![->])|(?<!\.)\.{3}(?!\.)")
_OPTION_BEFORE = re.compile(r"(?<!\S)-{1,2}[^\W\d_]\S*\s\Z")
_OPTION_BEHIND = re.compile(r"\s-{1,2}[^\W\d_]")
_LONGEST_OPTION = 40
_NO_MARK = re.compile("[^\"']")
_FRENCH = re.compile(r"(?P<before>\s?)(?P<mark>[;:!?»]+)|(?P<open>«)(?P<after>\s?)")
# Words that begin with an apostrophe in English, and decades.
_ELIDED = re.compile(
    r"(?:tis|twas|twere|twill|em|til|till|cause|bout|round|n|\d\d(?:s|ern?)?)\b", re.IGNORECASE
)
_FRACTIONS = "¼½¾⅓⅔⅛⅜⅝⅞"
_END_OF_NUMBER = rf"(?:[.,]\d+|[{_FRACTIONS}])?"
# Behind a foot or a minute stand its inches or its seconds, two figures at most; 1'000 is a thousand in Switzerland.
_SMALLER_UNIT = re.compile(rf"\d{{1,2}}(?!\d){_END_OF_NUMBER}|[ \u00a0]\d{{1,2}}{_END_OF_NUMBER}(?:\"|'')")
_OTHER_SIDE = re.compile(r"[ \u00a0]?[x×][ \u00a0]?\d")
_SECOND_NUMBER = {
    '"': re.compile(
        rf"(?:\d['’′][ \u00a0]?\d{{1,2}}|[\"'][ \u00a0]?[x×][ \u00a0]?\d{{1,4}}){_END_OF_NUMBER}\Z"
    ),
    "'": re.compile(rf"'[ \u00a0]?[x×][ \u00a0]?\d{{1,4}}{_END_OF_NUMBER}\Z"),
}
# No number with its unit is longer, so far as its second mark has to look back.
_LONGEST_NUMBER = 16
_MARK_BEHIND_NO_NUMBER = re.compile(r"(?<!\d)\"|(?<!\d)(?<!\w(?=.\w))'")
# The marks of German tell all roles apart.
_TELLING = "de"
_ROLES: dict[str, Role] = {
    "„": "open",
    "“": "close",
    "‚": "open-single",
    "‘": "close-single",
    "’": "apostrophe",
}
_OPENING = frozenset("([{«‹„‚“‘¿¡—–-/=")
_CLOSING = frozenset(")]}»›”’.,;:!?…—–-/")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph in one language (BCP 47); without a language it is verbatim, and only neighbour."""

    text: str
    language: str


def set_text(text: str, language: str) -> str:
    """Set a text without markup: a title, a standfirst; `language` is a tag (BCP 47)."""
    return set_paragraph([Piece(text, language)])[0]


def set_paragraph(pieces: Sequence[Piece]) -> list[str]:
    """Set a paragraph that markup has cut into pieces; gives the pieces back in order."""
    if not any(_needs_work(piece) for piece in pieces):
        return [piece.text for piece in pieces]
    marks = _Marks("".join(piece.text for piece in pieces))
    begin = 0
    out = []
    for piece in pieces:
        end = begin + len(piece.text)
        out.append(marks.set(begin, end, piece.language) if piece.language else piece.text)
        begin = end
    return out


def roles_of_straight(text: str) -> dict[int, Role]:
    """Tell what each straight mark of a paragraph will be, by its place; feet, inches and the like are not among them."""
    marks = _Marks(text)
    set_marks = {at: marks.set(at, at + 1, _TELLING) for at, mark in enumerate(text) if mark in "\"'"}
    return {at: _ROLES[mark] for at, mark in set_marks.items() if mark in _ROLES}


def elided_at(text: str, at: int) -> bool:
    """Tell whether a word that begins with an apostrophe goes on at a place: the tis of ’tis, the 90s of ’90s."""
    return _ELIDED.match(text, at) is not None


def _needs_work(piece: Piece) -> bool:
    text = piece.text
    if '"' in text or "'" in text or "--" in text or "..." in text:
        return True
    return _is_french(piece.language) and _FRENCH.search(text) is not None


class _Marks:
    """Sets the marks of one paragraph from its beginning to its end, knowing which are open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._double_open = False
        self._single_open = False
        # How each mark of quotation has come out, for the one that stands next to it: True for opening.
        self._opened: dict[int, bool] = {}
        # Marks side by side that were passed over last: where they begin and end.
        self._run = 0, 0

    def set(self, begin: int, end: int, language: str) -> str:
        """Set the text from `begin` to `end`."""
        out: list[str] = []
        at = begin
        for found in _TYPED.finditer(self._text, begin, end):
            out += [self._text[at : found.start()], self._set_one(found.group(), found.start(), language)]
            at = found.end()
        out.append(self._text[at:end])
        text = "".join(out)
        return self._french(text, begin, end, language) if _is_french(language) else text

    def _set_one(self, typed: str, at: int, language: str) -> str:
        if typed == "...":
            return "…"
        if typed[0] == "-":
            # `--force` is an option that somebody forgot to mark as code.
            is_option = self._is_space(self._before(at)) and (
                self._after(at + len(typed)).isalpha() or self._is_in_command(at, at + len(typed))
            )
            return typed if is_option else "—" if typed == "---" else "–"
        return self._double(at, language) if typed == '"' else self._single(at, language)

    def _is_in_command(self, begin: int, end: int) -> bool:
        """Tell whether an option stands beside two hyphens: ls -la -- file."""
        before = _OPTION_BEFORE.search(self._text, max(0, begin - _LONGEST_OPTION), begin)
        return before is not None or _OPTION_BEHIND.match(self._text, end) is not None

    def _double(self, at: int, language: str) -> str:
        opening, closing, _, _ = _marks_of(language)
        before, after = self._before(at), self._after(at + 1)
        if self._is_prime(at, before, is_open=self._double_open):
            return '"'
        if _ends_number(before) and not self._double_open and not after.isalpha():
            return '"'
        opens = self._opens(at, before, after, self._double_open)
        self._double_open = opens
        self._opened[at] = opens
        return opening if opens else closing

    def _single(self, at: int, language: str) -> str:
        _, _, opening, closing = _marks_of(language)
        before, after = self._before(at), self._after(at + 1)
        if self._is_prime(at, before, is_open=self._single_open):
            return "'"
        if before.isalnum() and after.isalnum():
            return _APOSTROPHE
        if _ends_number(before) and not self._single_open:
            return "'"
        if not before.isalnum() and _ELIDED.match(self._text, at + 1):
            return _APOSTROPHE
        if self._is_space(before) and self._is_space(after):
            return "'"
        opens = self._opens(at, before, after, self._single_open)
        if opens and not self._closes_later(at):
            return _APOSTROPHE
        if not opens and not self._single_open:
            return _APOSTROPHE
        self._single_open = opens
        self._opened[at] = opens
        return opening if opens else closing

    def _is_prime(self, at: int, before: str, *, is_open: bool) -> bool:
        """Tell whether a mark stands for feet or inches, minutes or seconds, be it inside a quotation."""
        mark = self._text[at]
        if mark == before == "'" and not is_open:
            # Two single marks for inches: 6'2''.
            return _ends_number(self._text[at - 2 : at - 1])
        if not _ends_number(before):
            return False
        if _OTHER_SIDE.match(self._text, at + 1) or (mark == "'" and _SMALLER_UNIT.match(self._text, at + 1)):
            return True
        if not _SECOND_NUMBER[mark].search(self._text, max(0, at - _LONGEST_NUMBER), at):
            return False
        return not is_open or self._is_closed_behind(at)

    def _is_closed_behind(self, at: int) -> bool:
        """Tell whether the next mark like this one that stands behind no number closes what is open here."""
        places = self._behind_words[self._text[at]]
        following = bisect_right(places, at)
        if following == len(places):
            return False
        place = places[following]
        return not self._is_space(self._before(place)) and not self._text[place + 1 : place + 2].isalnum()

    @cached_property
    def _behind_words(self) -> dict[str, list[int]]:
        """List the marks of each kind that stand behind no number and inside no word."""
        found: dict[str, list[int]] = {'"': [], "'": []}
        for mark in _MARK_BEHIND_NO_NUMBER.finditer(self._text):
            found[mark.group()].append(mark.start())
        return found

    def _opens(self, at: int, before: str, after: str, is_open: bool) -> bool:
        if at - 1 in self._opened:
            # Two marks side by side turn the same way, unless nothing stands between them.
            return self._opened[at - 1] and not self._is_space(after)
        can_open = not self._is_space(after) and after not in _CLOSING
        can_close = not self._is_space(before) and before not in _OPENING
        return can_open if can_open != can_close else not is_open

    def _closes_later(self, at: int) -> bool:
        return at < self._last_that_closes

    @cached_property
    def _last_that_closes(self) -> int:
        """Find the last single mark that could close a quotation; -1 for none."""
        place = self._text.rfind("'")
        while place >= 0:
            if not self._is_space(self._before(place)) and not self._after(place + 1).isalnum():
                break
            place = self._text.rfind("'", 0, place)
        return place

    def _before(self, at: int) -> str:
        return self._text[at - 1] if at else " "

    def _after(self, at: int) -> str:
        begin, end = self._run
        if not begin <= at < end:
            found = _NO_MARK.search(self._text, at)
            end = found.start() if found else len(self._text)
            # Each mark of a long run asks for what comes behind the run.
            self._run = at, end
        return self._text[end] if end < len(self._text) else " "

    @staticmethod
    def _is_space(letter: str) -> bool:
        return letter.isspace()

    def _french(self, text: str, begin: int, end: int, language: str) -> str:
        """Put the no-break spaces of French before high punctuation and inside guillemets."""
        lead, follow = self._text[begin - 1 : begin] or " ", self._text[end : end + 1] or " "
        # In Canada and Switzerland marks that were typed close stay close.
        adds = not language.lower().startswith(("fr-ca", "fr-ch"))

        def space(found: re.Match[str]) -> str:
            if found["open"]:
                return "«" + (_NARROW if found["after"] or adds else "")
            mark = found["mark"]
            before = text[found.start() - 1] if found.start() else lead
            after = text[found.end()] if found.end() < len(text) else follow
            typed = bool(found["before"])
            stands_alone = after.isspace() or after in "»”’)]…" or mark[0] == "»"
            if not (typed or (adds and stands_alone)) or before.isspace() or before in "«([;:!?":
                return found.group()
            return (_WIDE if mark[0] == ":" else _NARROW) + mark

        return _FRENCH.sub(space, text)


def _ends_number(letter: str) -> bool:
    return letter.isdigit() or (letter != "" and letter in _FRACTIONS)


def _is_french(language: str) -> bool:
    return language[:2].lower() == "fr" and language[2:3] in ("", "-")


@lru_cache(maxsize=64)
def _marks_of(language: str) -> tuple[str, str, str, str]:
    return quotation_marks(language)
