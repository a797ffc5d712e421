"""The rules of a preflight: each a code, what it asks, when it is asked, and how it is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from anthology.printers import Forbidden, Profile
from anthology.printers.model import MOST_PAGES
from anthology.problems import Problem
from anthology.verify.preflight import fonts, inks, margins, pages, structure
from anthology.verify.preflight.inspection import Inspection, Part


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; `covers` tells that it holds for covers too, which are one page of a size of their own."""

    code: str
    title: str
    asked: Callable[[Profile], bool]
    check: Callable[[Inspection], Iterator[Problem]] | None
    covers: bool = True


def _always(_: Profile) -> bool:
    return True


def _counts(profile: Profile) -> bool:
    return profile.pages != (1, MOST_PAGES)


def _printed(profile: Profile) -> bool:
    return profile.for_print


def _forbids(thing: Forbidden) -> Callable[[Profile], bool]:
    return lambda profile: thing in profile.forbids


def _claims(family: str) -> Callable[[Profile], bool]:
    return lambda profile: any(standard.startswith(family) for standard in profile.standards)


def _for_black(profile: Profile) -> bool:
    """Tell whether the profile is that of a book in black, or of plates: there a tint of text is a screen."""
    return profile.for_print and profile.colours[0] != "rgb"


def _has_margins(profile: Profile) -> bool:
    sides = profile.margins
    return profile.for_print and (
        max(sides.top, sides.outside, sides.bottom, sides.inside) > 0 or bool(profile.gutters)
    )


def _of_tags(profile: Profile) -> bool:
    return any(
        each.startswith("pdf/ua") or each.endswith(("a-1a", "a-2a", "a-3a")) for each in profile.standards
    )


# The first two are answered by opening the file.
RULES = (
    Rule("V010", "the file is a PDF without damage", _always, None),
    Rule("V011", "the file is not encrypted", _forbids("encryption"), None),
    Rule("V012", "the file is not too large", lambda profile: profile.largest > 0, pages.size),
    Rule("V037", "every page can be read", _always, inks.readable),
    Rule("V013", "the number of pages can be bound", _counts, pages.count, covers=False),
    Rule("V014", "the pages fill the last sheet", lambda p: p.signature > 1, pages.signature, covers=False),
    Rule(
        "V015", "the last page is blank", lambda profile: profile.last_blank, pages.last_blank, covers=False
    ),
    Rule("V016", "the boxes of pages lie within one another", _always, pages.boxes),
    Rule("V017", "all pages have one size", _printed, pages.one_size, covers=False),
    Rule("V018", "the size of pages is one that is taken", _printed, pages.trim, covers=False),
    Rule("V019", "pages bleed as asked", _printed, pages.bleed),
    Rule("V020", "printer's marks stand only where they may", _printed, pages.marks),
    Rule("V036", "nothing comes too near to edge and spine", _has_margins, margins.margins, covers=False),
    Rule("V021", "all fonts are in the file", _always, fonts.embedded),
    Rule("V022", "fonts tell which letters their glyphs are", _always, fonts.telling),
    Rule("V023", "pictures are fine enough", lambda profile: profile.resolution > 0, inks.resolution),
    Rule("V024", "pages are painted in colours that are taken", _printed, inks.painted),
    Rule("V038", "pictures are in colours that are taken", _printed, inks.pictures),
    Rule("V025", "text is in black alone", _for_black, inks.black_text, covers=False),
    Rule("V026", "there is not too much ink", lambda profile: profile.ink > 0, inks.ink),
    Rule("V027", "nothing is transparent", _forbids("transparency"), inks.transparent),
    Rule("V028", "there are no annotations", _forbids("annotations"), structure.no_annotations),
    Rule("V029", "there is no outline", _forbids("outline"), structure.outline),
    Rule("V030", "there are no scripts", _forbids("scripts"), structure.scripts),
    Rule("V031", "no files are attached", _forbids("attachments"), structure.attachments),
    Rule("V032", "there are no layers", _forbids("layers"), structure.layers),
    Rule("V033", "the press's colour profile is in the file", lambda p: p.needs_icc, structure.intent),
    Rule("V034", "the file claims its standards", lambda profile: bool(profile.standards), structure.claims),
    Rule("V035", "the file tells what PDF/X-4 asks", _claims("pdf/x-4"), structure.told),
    Rule("V039", "there are tags, a language and a title", _of_tags, structure.accessible),
)


def rules_for(profile: Profile, part: Part = "interior") -> tuple[Rule, ...]:
    """Give the rules that a profile asks for an interior or a cover."""
    return tuple(rule for rule in RULES if rule.asked(profile) and (part == "interior" or rule.covers))
