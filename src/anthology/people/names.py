"""A name taken apart: given names, particles, family name and suffix."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# What stands before or behind a name and is no part of it, without full stops.
_TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "mx", "rev", "fr", "sir", "dame", "hon"})
_DEGREES = frozenset(
    {"phd", "md", "ma", "ba", "msc", "bsc", "mba", "mph", "rn", "lcsw", "lmft", "psyd", "dphil", "esq", "obe"}
)
_SUFFIXES = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv", "filho", "neto"})

# Words between the given and the family name. They are known in the middle of a name only: Le and Ben are names too.
_PARTICLE_WORDS = """
van von zu vom zum zur der den dem de del della dello di da do dos das du des la le les los las el
ter ten te 't af av bin ibn bint ben abu
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
# Particles that are written together with what follows.
_ATTACHED = re.compile(
    r"(?P<particle>(?:al|el|ad|an|ar|as|ash|at|az)-|[dl]['’])(?P<rest>[^\W\d_].+)", re.UNICODE
)

_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]")


# The Latin one and the Arabic one.
_COMMA = re.compile("[,،]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts, as they are written; `capitals` tells that the family name is set off by capitals.

    `inverted` tells that it was written with the family name first and a comma ("Black, Emily").
    """

    given: tuple[str, ...]
    particles: tuple[str, ...]
    family: tuple[str, ...]
    suffix: str = ""
    inverted: bool = False
    capitals: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Give given names, particles and family name, in the order in which one says them."""
        return (*self.given, *self.particles, *self.family)


def parse_name(text: str) -> Name:
    """Take a person's name apart; titles and degrees are left out, and a single word is a family name.

    Takes the last word for the family name, with the particles before it, unless a comma or capitals say
    otherwise.
    """
    head, *tail = [part.strip() for part in _COMMA.split(spaced(text))]
    suffix = ""
    rest = []
    for part in tail:
        if _plain(part) in _SUFFIXES:
            suffix = part
        elif part and not all(_plain(word) in _DEGREES for word in part.split()):
            rest.append(part)
    words = _without_titles(head.split())
    if rest:
        return _inverted(words, _without_titles(rest[0].split()), suffix)
    if len(words) > 2 and _plain(words[-1]) in _SUFFIXES:
        suffix = words.pop()
    if len(words) < 2:
        return Name((), (), tuple(words), suffix)
    capitals = [word for word in words if _is_in_capitals(word)]
    if capitals and len(capitals) < len(words):
        return _set_off(words, capitals, suffix)
    return _plainly_written(words, suffix)


def spaced(text: str) -> str:
    """Compose accents and leave single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_east_asian(text: str) -> bool:
    """Tell whether a name is written in Chinese, Japanese or Korean script."""
    return _EAST_ASIAN.search(text) is not None and not re.search(r"[A-Za-z]", text)


def folded(text: str) -> str:
    """Reduce a text to small letters without accents, for comparison."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in plain if letter.isalnum() or letter.isspace())


# Letters that carry their stroke or ligature in themselves, so that decomposition does not fold them.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "-": " ", "‐": " "}
)


def _plain(word: str) -> str:
    return word.replace(".", "").casefold()


def _without_titles(words: list[str]) -> list[str]:
    """Take titles off the front and degrees off the end, as long as a name is left."""
    while len(words) > 1 and _plain(words[0]) in _TITLES:
        words = words[1:]
    # "MA" and "BA" are degrees in capitals only: Ma and Ba are family names.
    while len(words) > 2 and _plain(words[-1]) in _DEGREES and words[-1] != words[-1].title():
        words = words[:-1]
    return words


def _is_in_capitals(word: str) -> bool:
    """Tell whether a word is a family name in capitals: MURAKAMI, but neither JK nor J.R.R."""
    return len(word) > 2 and word.isupper() and "." not in word and _plain(word) not in _SUFFIXES


def _inverted(family: list[str], given: list[str], suffix: str) -> Name:
    place = 0
    while place < len(family) - 1 and family[place].casefold() in _PARTICLES:
        place += 1
    behind = len(given)
    while behind > 1 and given[behind - 1].casefold() in _PARTICLES:
        behind -= 1
    particles = (*given[behind:], *family[:place])
    return Name(tuple(given[:behind]), particles, tuple(family[place:]), suffix, inverted=True)


def _set_off(words: list[str], capitals: list[str], suffix: str) -> Name:
    others = [word for word in words if word not in capitals]
    particles = tuple(word for word in others[1:] if word.casefold() in _PARTICLES)
    given = tuple(word for word in others if word not in particles)
    return Name(given, particles, tuple(capitals), suffix, capitals=True)


def _plainly_written(words: list[str], suffix: str) -> Name:
    for place in range(1, len(words) - 1):
        if words[place].casefold() in _PARTICLES:
            end = place
            while end < len(words) - 1 and words[end].casefold() in _PARTICLES:
                end += 1
            return Name(tuple(words[:place]), tuple(words[place:end]), tuple(words[end:]), suffix)
    attached = _ATTACHED.fullmatch(words[-1])
    if attached:
        return Name(tuple(words[:-1]), (attached["particle"],), (attached["rest"],), suffix)
    return Name(tuple(words[:-1]), (), (words[-1],), suffix)
