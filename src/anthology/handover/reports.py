"""What the editions of a release are held against, and the reports of that, in plain text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from anthology.editions.printing import printing_of
from anthology.handover.checkers import epubcheck
from anthology.printers import Sides
from anthology.problems import Problem, has_errors

if TYPE_CHECKING:
    from anthology.config import Edition, PdfEdition
    from anthology.editions.base import Made, Manuscript
    from anthology.handover.release import Release

# What a report says where the programs that it needs are not installed.
_NOT_RUN = "not run: install anthology[check]\n"
_NO_FAULT = "no fault found\n"


def reports_of(release: Release) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Examine the editions of a release.

    Returns the reports by file name, and what would be refused: any error among them, and nothing may be sent.
    """
    reports: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name, edition, made, _ in release.made:
        if edition.format == "epub":
            found = _e_book(release.manuscript, name, edition, made)
        else:
            found = _print(release.manuscript, name, edition, made)
        if found:
            file, report, told = found
            reports[file] = report.encode()
            problems += told
    return reports, tuple(problems)


def _e_book(
    manuscript: Manuscript, name: str, edition: Edition, made: Made
) -> tuple[str, str, list[Problem]]:
    """Hold an e-book against the rules of EPUB."""
    file = f"{name}-epubcheck.txt"
    messages = epubcheck(made.data)
    if messages is None:
        return file, f"EPUBCheck\n\n{_NOT_RUN}", []
    report = "".join(f"{message}\n" for message in messages) or _NO_FAULT
    faults = [message for message in messages if message.startswith(("ERROR", "FATAL"))]
    origin = manuscript.config.origin("editions", name)
    hint = "look for it in your own templates/ and styles/; if there are none, tell us of it"
    told = [
        Problem("B022", "error", f'in the edition "{name}" EPUBCheck finds: {fault}', origin, hint)
        for fault in faults
    ]
    return file, f"EPUBCheck\n\n{report}", told


def _print(
    manuscript: Manuscript, name: str, edition: PdfEdition, made: Made
) -> tuple[str, str, list[Problem]] | None:
    """Hold a PDF against the profile of its printer; nothing for one without a printer."""
    from anthology.verify.preflight import preflight, report

    printing = printing_of(manuscript.config, name, edition, manuscript.find_profile)
    if printing.profile is None:
        return None
    found = preflight(made.data, printing.profile, bleed=printing.bleed != Sides())
    origin = manuscript.config.origin("editions", name, "printer")
    told = [
        replace(problem, message=f'in the edition "{name}": {problem.message}', origin=origin)
        for problem in found
    ]
    return f"{name}-preflight.txt", report(found, printing.profile), told if has_errors(found) else []
