"""Labels: the words that the book itself says, in one language."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from anthology.labels.keys import KEYS, PLACEHOLDER, ROLE_LABELS, check_labels
from anthology.problems import ContentError, Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from babel import Locale

    from anthology.model import Origin, Role

CATALOGUES = ("ar", "de", "en", "es", "fr", "ja")

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_NO_OVERRIDES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language; `cardinals` and the two kinds of ordinals are number words from one on."""

    language: str
    words: Mapping[str, str]
    cardinals: tuple[str, ...] = ()
    part_ordinals: tuple[str, ...] = ()
    edition_ordinals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Labels:
    """What the book says by itself.

    `language` is the book's (BCP 47) and rules dates and lists of names; `catalogue.language` is the language
    of the words, which is English where no catalogue serves the book's, and then `problems` says so.
    """

    language: str
    catalogue: Catalogue
    problems: tuple[Problem, ...] = ()

    def __getitem__(self, key: str) -> str:
        """Give a label as it is written, placeholders and all."""
        return self.catalogue.words[key]

    def text(self, key: str, **values: object) -> str:
        """Give a label with its placeholders filled: `text("page", page="12")`.

        Raises:
            KeyError: there is no such label, or a placeholder of it has no value.
        """
        return PLACEHOLDER.sub(lambda found: str(values[found.group(1)]), self[key])

    def date(self, day: dt.date) -> str:
        """Write a day in the long form of the language, in Western figures.

        The folios of the book are Western figures, and one book counts in one kind of figure: so do Arabic
        dates, also where CLDR prefers Arabic-Indic figures (Egypt); Babel writes no others. Months have the
        names of the country that the tag names (`ar-LB`: تموز).
        """
        from babel.dates import format_date

        written = format_date(day, "long", locale=_locale(self.language))
        # CLDR writes "1 juillet"; French counts the first of a month alone as an ordinal.
        if self.language.split("-")[0] == "fr" and day.day == 1 and written.startswith("1 "):
            return "1er" + written[1:]
        return written

    def names(self, names: Sequence[str]) -> str:
        """Join names as the language does: "A, B and C", 「A、B、C」."""
        from babel.lists import format_list

        joined = format_list(list(names), "standard", locale=_locale(self.language)) if names else ""
        if self.language.split("-")[0] == "es" and len(names) > 1 and _begins_with_i(names[-1]):
            return joined.removesuffix(f" y {names[-1]}") + f" e {names[-1]}"
        return joined

    def credit(self, role: Role, names: Sequence[str]) -> str:
        """Write the byline of those who share a role: "Translated by A and B"."""
        return self.text(ROLE_LABELS[role], names=self.names(names))

    def page(self, folio: str) -> str:
        """Write a reference to a page by its printed folio: "page 12"."""
        return self.text("page", page=folio)

    def part(self, number: int) -> str:
        """Write the number of a section, from 1: "Part two"; in figures where the language has no word."""
        return self._counted("part", number, self.catalogue.part_ordinals)

    def edition(self, number: int) -> str:
        """Write the number of the book's edition, from 1: "Second edition"."""
        return self._counted("edition", number, self.catalogue.edition_ordinals)

    def first_published(self, publication: str = "", day: dt.date | None = None) -> str:
        """Write where and when a piece first appeared; empty where neither is known."""
        if publication and day:
            return self.text("first-published-dated", publication=publication, date=self.date(day))
        if publication:
            return self.text("first-published", publication=publication)
        return self.text("first-published-on", date=self.date(day)) if day else ""

    def _counted(self, key: str, number: int, ordinals: tuple[str, ...]) -> str:
        words = {"number": str(number)}
        for kind, numerals in (("cardinal", self.catalogue.cardinals), ("ordinal", ordinals)):
            if 1 <= number <= len(numerals):
                words[kind] = numerals[number - 1]
        if not set(PLACEHOLDER.findall(self[key])) <= set(words):
            key = f"{key}-in-figures"
        written = self.text(key, **words)
        return written[:1].upper() + written[1:]


def labels_for(
    language: str, overrides: Mapping[str, str] = _NO_OVERRIDES, *, origin: Origin | None = None
) -> Labels:
    """Give the labels of a language.

    Args:
        language: a BCP 47 tag; its longest part that has a catalogue counts, else English with a warning.
        overrides: the editor's own words by label key.
        origin: where the language was written, for the warning.

    Raises:
        ContentError: an override has no such label, or wrong placeholders.
    """
    wrong = [problem for _, problem in check_labels(overrides)]
    if wrong:
        raise ContentError(*wrong)
    primary = language.lower().split("-")[0]
    if primary in CATALOGUES:
        return Labels(language, _overridden(read_catalogue(primary), overrides))
    # English number words would stand out even among the editor's own words: figures do not.
    catalogue = replace(read_catalogue("en"), cardinals=(), part_ordinals=(), edition_ordinals=())
    message = f'no words for "{language}"; English ones are used'
    hint = "write your own under [labels]; `anthology schema config` names them all"
    problems = (Problem("C010", "warning", message, origin, hint),)
    complete = set(KEYS) <= set(overrides)
    return Labels(language, _overridden(catalogue, overrides), () if complete else problems)


def _overridden(catalogue: Catalogue, overrides: Mapping[str, str]) -> Catalogue:
    words = {**catalogue.words, **{key: text.strip() for key, text in overrides.items()}}
    if "{page}" not in words["page"]:
        words["page"] = f"{words['page']}{_NO_BREAK_SPACE}{{page}}"
    for key in ("part", "edition"):
        if key in overrides and f"{key}-in-figures" not in overrides:
            words[f"{key}-in-figures"] = PLACEHOLDER.sub("{number}", words[key])
    return replace(catalogue, words=MappingProxyType(words))


@lru_cache
def read_catalogue(language: str) -> Catalogue:
    """Read the catalogue of one of `CATALOGUES`."""
    data = tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text("utf-8"))
    numerals = data.get("numerals", {})
    return Catalogue(
        language,
        MappingProxyType(data["words"]),
        tuple(numerals.get("cardinals", ())),
        tuple(numerals.get("part-ordinals", ())),
        tuple(numerals.get("edition-ordinals", ())),
    )


@lru_cache
def _locale(language: str) -> Locale:
    """Find what CLDR knows of a language: its longest known part, else English."""
    from babel import Locale, UnknownLocaleError

    subtags = language.split("-")
    while subtags:
        try:
            return Locale.parse("-".join(subtags), sep="-")
        except (UnknownLocaleError, ValueError):
            subtags.pop()
    return Locale("en")


def _begins_with_i(name: str) -> bool:
    """Tell whether Spanish says "e" for "y" before a name: it begins with the sound of i, not of a diphthong."""
    start = name.casefold()
    vowel = start.removeprefix("h")
    return vowel[:1] in ("i", "í") and not (vowel[:1] == "i" and vowel[1:2] in ("a", "e", "o", "u"))
