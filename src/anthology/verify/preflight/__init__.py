"""Preflight: what a printer would refuse in a PDF, whoever made it, with page and object.

The rules are checked one by one and told apart by their codes. None of them is a validator of a whole standard: PDF/UA
and PDF/A have veraPDF, PDF/X has none that is free.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import PasswordError, Pdf, PdfError

from anthology.model import Origin
from anthology.problems import Problem, sorted_problems
from anthology.verify.preflight.inspection import Inspection
from anthology.verify.preflight.rules import rules_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anthology.printers import Profile
    from anthology.verify.preflight.inspection import Part


def preflight(
    data: bytes, profile: Profile, *, bleed: bool | None = None, part: Part = "interior", path: str = ""
) -> tuple[Problem, ...]:
    """Find what the printer would refuse in a PDF.

    Args:
        data: the file.
        profile: what the printer takes.
        bleed: whether its pages are to bleed; by default they may where a page says so (TrimBox within BleedBox), and
            have to where the profile says so.
        part: the pages of a book, or the cover round them in one piece.
        path: its path, for problems; the line of their origin is the page's place in the file, from 1.

    Returns:
        The problems in the order of the pages.
    """
    origin = Origin(path) if path else None
    try:
        pdf = Pdf.open(BytesIO(data), suppress_warnings=True)
    except PasswordError:
        hint = "save the PDF without a password"
        return (Problem("V011", "error", "is encrypted and asks for a password", origin, hint),)
    except (PdfError, ValueError, RecursionError) as error:
        said = " ".join(str(error).split()) or "not a PDF"
        return (Problem("V010", "error", f"cannot be read as a PDF ({said})", origin, "save the PDF anew"),)
    with pdf:
        if not len(pdf.pages):
            return (Problem("V010", "error", "has no pages", origin, "save the PDF anew"),)
        problems = _faults_of_file(pdf, profile, origin)
        bleeds = bleed if bleed is not None else profile.bleeds or _states_bleed(pdf)
        inspection = Inspection(data, pdf, profile, part, bleeds, path)
        for rule in rules_for(profile, part):
            if rule.check:
                problems.extend(rule.check(inspection))
        return sorted_problems(problems)


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
    if pdf.is_encrypted and "encryption" in profile.forbids:
        hint = "save the PDF without encryption"
        problems.append(Problem("V011", "error", "is encrypted", origin, hint))
    warnings = [str(warning) for warning in pdf.get_warnings()]
    if warnings:
        message = f"is damaged: {' '.join(warnings[0].split())}"
        problems.append(Problem("V010", "error", message, origin, "save the PDF anew"))
    return problems


def _states_bleed(pdf: Pdf) -> bool:
    """Tell whether the first page says that it is cut smaller than it bleeds."""
    page = pdf.pages[0]
    return "/TrimBox" in page and "/BleedBox" in page and list(page.bleedbox) != list(page.trimbox)
