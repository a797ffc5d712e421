"""Preflight: what a printer would refuse in a PDF, whoever made it, with page and object.

The rules are checked one by one and told apart by their codes. None of them is a validator of a whole standard: PDF/UA
and PDF/A have veraPDF, PDF/X has none that is free.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import PasswordError, Pdf, PdfError

from anthology.model import Origin
from anthology.problems import Problem, sorted_problems
from anthology.verify.preflight.inspection import Inspection
from anthology.verify.preflight.rules import Rule, rules_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anthology.printers import Profile
    from anthology.verify.preflight.inspection import Part

# pikepdf logs what it finds damaged, tracebacks and all, to whoever listens, or else to standard error: problems say it.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())

# Readers look for the header so far into a file (ISO 32000-1, annex H, 3.4.1).
_HEADER_WITHIN = 1024

# What the values of a damaged file make of reading them: a name where a number belongs, a page that is no page.
_DAMAGE = (
    PdfError,
    RuntimeError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a preflight found: the problems, how many pages the file has, and how many rules were checked."""

    problems: tuple[Problem, ...]
    pages: int
    rules: int


def preflight(
    data: bytes, profile: Profile, *, bleed: bool | None = None, part: Part = "interior", path: str = ""
) -> tuple[Problem, ...]:
    """Find what the printer would refuse in a PDF: the problems of `examine`, which has the arguments too."""
    return examine(data, profile, bleed=bleed, part=part, path=path).problems


def examine(
    data: bytes, profile: Profile, *, bleed: bool | None = None, part: Part = "interior", path: str = ""
) -> Findings:
    """Hold a PDF, whoever made it, against the profile of a printer.

    Args:
        data: the file.
        profile: what the printer takes.
        bleed: whether its pages are to bleed; by default they do where the first page says so (a TrimBox smaller than
            its BleedBox), and have to where the profile says so.
        part: the pages of a book, or the cover round them in one piece.
        path: its path, for problems; the line of their origin is the page's place in the file, from 1.

    Returns:
        The problems in the order of the pages, and what they are counted against.
    """
    origin = Origin(path) if path else None
    rules = rules_for(profile, part)
    try:
        pdf = Pdf.open(BytesIO(data), suppress_warnings=True)
    except PasswordError:
        hint = "save the PDF without a password"
        problem = Problem("V011", "error", "the file is encrypted and asks for a password", origin, hint)
        return Findings((problem,), 0, len(rules))
    except _DAMAGE:
        said = "is damaged, and cannot be read" if b"%PDF-" in data[:_HEADER_WITHIN] else "is no PDF"
        problem = Problem("V010", "error", f"the file {said}", origin, "save it anew as a PDF")
        return Findings((problem,), 0, len(rules))
    with pdf:
        problems = _faults_of_file(pdf, profile, origin)
        if len(pdf.pages):
            bleeds = bleed if bleed is not None else profile.bleeds or _states_bleed(pdf)
            inspection = Inspection(data, pdf, profile, part, bleeds, path)
            for rule in rules:
                problems += _checked(rule, inspection)
        return Findings(sorted_problems(problems), len(pdf.pages), len(rules))


def _checked(rule: Rule, inspection: Inspection) -> list[Problem]:
    """Check a rule; a file may be damaged in ways that only looking at it shows."""
    try:
        return list(rule.check(inspection)) if rule.check else []
    except _DAMAGE:
        message = f"the file is damaged: whether {rule.title} cannot be told"
        return [inspection.problem("V010", message, hint="save the PDF anew")]


def rules_of(profile: Profile, part: Part = "interior") -> tuple[str, ...]:
    """Say in words what is checked for a profile."""
    return tuple(rule.title for rule in rules_for(profile, part))


def report(problems: Iterable[Problem], profile: Profile, part: Part = "interior") -> str:
    """Write the report of a preflight: each rule and whether it is kept, then what is wrong.

    Args:
        problems: what `preflight` found.
        profile: the profile that was checked.
        part: the pages or the cover.

    Returns:
        Plain text, a rule a line.
    """
    found = tuple(problems)
    rules = rules_for(profile, part)
    lines = [
        f"Preflight for {profile.title} ({profile.name}), rules as of {profile.verified_on.isoformat()}",
        "",
    ]
    for rule in rules:
        broken = sum(problem.code == rule.code for problem in found)
        lines.append(f"{f'{broken} ×' if broken else 'kept':>6}  {rule.code}  {rule.title}")
    if found:
        lines += ["", *(f"{each.severity} {each.code}: {each.message}" for each in found)]
    return "\n".join((*lines, ""))


def _faults_of_file(pdf: Pdf, profile: Profile, origin: Origin | None) -> list[Problem]:
    problems = []
    if not len(pdf.pages):
        problems.append(Problem("V010", "error", "the file has no pages", origin, "save the PDF anew"))
    if pdf.is_encrypted and "encryption" in profile.forbids:
        hint = "save the PDF without encryption"
        problems.append(Problem("V011", "error", "the file is encrypted", origin, hint))
    if pdf.get_warnings():
        message = "the file is damaged: it had to be mended to be read"
        problems.append(Problem("V010", "error", message, origin, "save the PDF anew"))
    return problems


def _states_bleed(pdf: Pdf) -> bool:
    """Tell whether the first page says that it is cut smaller than it bleeds."""
    page = pdf.pages[0]
    return "/TrimBox" in page and "/BleedBox" in page and list(page.bleedbox) != list(page.trimbox)
