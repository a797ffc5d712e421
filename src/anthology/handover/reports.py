"""What the editions of a release are held against, and the reports of that, in plain text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from anthology.editions.printing import printing_of
from anthology.handover.checkers import broken_rules, epubcheck
from anthology.printers import Sides
from anthology.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.editions.base import Made, Manuscript
    from anthology.editions.printing import Printing
    from anthology.handover.release import Release
    from anthology.verify.preflight.inspection import Part

    # The name of a report, its text, and what would be refused.
    _Report = tuple[str, str, list[Problem]]

# What a report says where the programs that it needs are not installed.
_NOT_RUN = "not run: install anthology[check]\n"
_NO_FAULT = "no fault found\n"
# As EPUBCheck begins what a shop takes all the same.
_NO_ERROR = ("WARNING", "INFO")


def reports_of(release: Release) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Examine the editions of a release.

    Returns the reports by file name, and what would be refused: any error among them, and nothing may be sent.
    """
    reports: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name, edition, made, _ in release.made:
        if edition.format == "epub":
            found = [_e_book(release.manuscript, name, made)]
        else:
            printing = printing_of(release.manuscript.config, name, edition, release.manuscript.find_profile)
            found = [*_preflight(release.manuscript, name, made, printing)]
            found += [
                _standard(release.manuscript, name, made, standard)
                for standard in printing.claimed
                # Nobody has a free program for the standards of printing; the preflight looks at their rules.
                if not standard.startswith("pdf/x")
            ]
        for file, report, told in found:
            reports[file] = report.encode()
            problems += told
    return reports, tuple(problems)


def _told(
    title: str, faults: tuple[str, ...] | None, manuscript: Manuscript, name: str, code: str
) -> tuple[str, list[Problem]]:
    """Write the report of a program and the problems that are made of its faults."""
    if faults is None:
        return f"{title}\n\n{_NOT_RUN}", []
    report = "".join(f"{fault}\n" for fault in faults) or _NO_FAULT
    origin = manuscript.config.origin("editions", name)
    hint = "look for it in your own templates/ and styles/; if you have none, it is a fault of ours: tell us"
    stops = [fault for fault in faults if not fault.startswith(_NO_ERROR)]
    told = [
        Problem(code, "error", f'in the edition "{name}" {title} finds: {fault}', origin, hint)
        for fault in stops
    ]
    return f"{title}\n\n{report}", told


def _e_book(manuscript: Manuscript, name: str, made: Made) -> _Report:
    """Hold an e-book against the rules of EPUB."""
    return f"{name}-epubcheck.txt", *_told("EPUBCheck", epubcheck(made.data), manuscript, name, "B022")


def _standard(manuscript: Manuscript, name: str, made: Made, standard: str) -> _Report:
    """Hold a PDF against a standard that it claims to keep."""
    file = f"{name}-verapdf-{standard.replace('/', '')}.txt"
    title = f"veraPDF, {standard.upper()}"
    return file, *_told(title, broken_rules(made.data, standard), manuscript, name, "B023")


def _preflight(manuscript: Manuscript, name: str, made: Made, printing: Printing) -> Iterator[_Report]:
    """Hold a PDF and the cover round it against the profile of their printer, where there is one."""
    from anthology.verify.preflight import preflight, report

    profile = printing.profile
    if profile is None:
        return
    origin = manuscript.config.origin("editions", name, "printer")
    parts: tuple[tuple[Part, str, bytes, bool | None], ...] = (
        ("interior", name, made.data, printing.bleed != Sides()),
        ("cover", f"{name}-cover", made.cover, None),
    )
    for part, file, data, bleed in parts:
        if data:
            found = preflight(data, profile, bleed=bleed, part=part)
            what = "the cover" if part == "cover" else "the file"
            told = [
                replace(problem, message=f'{what} of the edition "{name}": {problem.message}', origin=origin)
                for problem in found
                if problem.severity == "error"
            ]
            yield f"{file}-preflight.txt", report(found, profile, part), told
