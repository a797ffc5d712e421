"""Sort names: where a name stands in an alphabet, and whether somebody should confirm it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anthology.people.kinds import kind_of
from anthology.people.names import Name, is_east_asian, parse_name, spaced

# Languages in which the family name comes first, or in which people go by their given name.
_AS_WRITTEN = {
    "hu": "in Hungarian the family name often comes first",
    "ja": "in Japanese the family name comes first",
    "ko": "in Korean the family name comes first",
    "vi": "in Vietnamese the family name comes first",
    "zh": "in Chinese the family name comes first",
    "is": "Icelanders are sorted by the given name",
}
# Family names that make a name of three words look Spanish, besides those in -ez.
_SPANISH_NAMES = """
garcía garcia díaz diaz ruiz moreno muñoz romero navarro castro ortiz ramos vargas rojas flores
rivera ortega torres blanco molina morales delgado medina aguilar vega reyes cruz
"""
_SPANISH = frozenset(_SPANISH_NAMES.split())
# What may stand between the two (Ortega y Gasset), in Spanish and Catalan.
_AND = frozenset({"y", "i"})
# Where the particle stays with the family name: always in Italian and in Flanders; in French only the article.
_WITH_PARTICLE = frozenset({"it", "nl-be"})
_ARABIC = re.compile("[\u0600-\u06ff]")
_FRENCH_ARTICLES = frozenset({"la", "le", "les", "l'", "l’", "du", "des"})


@dataclass(frozen=True, slots=True)
class SortName:
    """A name as an index has it ("Black, Emily"), whether that is certain, and if not, why."""

    text: str
    certain: bool = True
    why: str = ""


def sort_name(name: str, language: str = "") -> SortName:
    """Propose how a name is sorted.

    `language` (BCP 47) is that of the article or book the name stands in. Certain are plain names of a given
    and a family name, those that say it themselves (a comma, capitals, East Asian script), organisations
    and single words; what has a particle, two surnames, or stands in a language that puts the family name
    first, is a proposal for somebody to confirm.
    """
    name = spaced(name)
    guess = kind_of(name)
    if guess.kind == "organisation":
        return SortName(
            name, guess.certain, "" if guess.certain else f"{guess.why} and may be an organisation"
        )
    if is_east_asian(name):
        foreign = re.search(r"[・·=＝]", name) is not None
        return SortName(
            name, not foreign, "it looks like the transcription of a foreign name" if foreign else ""
        )
    parsed = parse_name(name)
    if not parsed.given:
        return SortName(_turned(parsed, (), ()) or name)
    return _of_person(name, parsed, language.lower())


def index_key(name: str, language: str = "") -> str:
    """Give the key that sorts a name of which `[contributors]` says nothing.

    A sort name that is not certain is not used: the last word decides then, as every reader can see it does.
    """
    found = sort_name(name, language)
    if found.certain:
        return found.text.casefold()
    *first, last = name.split()
    return (f"{last}, {' '.join(first)}" if first else last).casefold()


def _of_person(name: str, parsed: Name, language: str) -> SortName:
    primary = language.split("-")[0]
    if parsed.inverted or parsed.capitals:
        return SortName(_turned(parsed, (), parsed.particles))
    if primary in _AS_WRITTEN:
        return SortName(name, False, _AS_WRITTEN[primary])
    if parsed.particles:
        before, behind = _parted(parsed, language)
        said = " ".join(parsed.particles)
        return SortName(_turned(parsed, before, behind), False, f'"{said}" is sorted differently by country')
    if len(parsed.given) > 1 and _may_have_two_surnames(parsed, primary):
        joined = parsed.given[-1].casefold() in _AND and len(parsed.given) > 2
        place = -2 if joined else -1
        two = Name(parsed.given[:place], (), (*parsed.given[place:], *parsed.family), parsed.suffix)
        return SortName(_turned(two, (), ()), False, "it may have two surnames")
    return SortName(_turned(parsed, (), ()))


def _parted(parsed: Name, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part the particles into those before the family name and those behind the given names."""
    particles = parsed.particles
    if particles[0][:1].isupper() or language in _WITH_PARTICLE or language.split("-")[0] in _WITH_PARTICLE:
        return particles, ()
    if language.split("-")[0] == "fr":
        place = next((n for n, word in enumerate(particles) if word.casefold() in _FRENCH_ARTICLES), None)
        if place is not None:
            return particles[place:], particles[:place]
    return (), particles


def _may_have_two_surnames(parsed: Name, language: str) -> bool:
    middle = parsed.given[-1].casefold()
    if middle in _AND and parsed.given[-1].islower():
        return True
    if middle.endswith(".") or len(middle) < 3:
        return False
    return language in {"es", "gl", "ca"} or middle.endswith("ez") or middle in _SPANISH


def _turned(parsed: Name, before: tuple[str, ...], behind: tuple[str, ...]) -> str:
    family = _joined((*before, *parsed.family))
    given = _joined((*parsed.given, *behind))
    comma = "، " if _ARABIC.search(family) else ", "
    return comma.join(part for part in (family, given, parsed.suffix) if part)


def _joined(words: tuple[str, ...]) -> str:
    """Join words with spaces, but write `al-` and `d'` together with what follows."""
    text = ""
    for word in words:
        text += word if not text or text.endswith(("-", "'", "’")) else f" {word}"
    return text
