"""The end of a report for people: which looks were not taken, and what it all comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.checking.report import EDITION, FILE, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.checking.report import CheckReport


def looks_not_taken(report: CheckReport) -> Iterator[str]:
    """Write a line for each program or edition that is missing from the check: why, and what mends it."""
    reasons: dict[tuple[str, str, str], list[str]] = {}
    for look in report.looks:
        if not look.taken:
            reasons.setdefault((look.name, look.missing, look.mend), []).append(look.subject)
    for (name, missing, mend), subjects in reasons.items():
        on = " and ".join(subjects)
        what = f"not made: {on}" if name == EDITION else f"{name} did not run on {on}"
        mending = f"; `{mend}` brings it" if mend.startswith("pip ") else f"; {mend}" if mend else ""
        yield f"{what}: {missing}{mending}"


def verdict(report: CheckReport) -> str:
    """Write the last line: what was checked, and what came of it."""
    counts = [
        f"{number} {severity}{'' if number == 1 else 's'}"
        for severity in ("error", "warning")
        if (number := sum(problem.severity == severity for problem in report.problems))
    ]
    return f"checked {', '.join(_checked(report))}: {', '.join(counts) or 'nothing to mend'}"


def _checked(report: CheckReport) -> Iterator[str]:
    if report.kind == "pdf":
        of = f" of {report.profile.name}" if report.profile else ""
        yield f"{report.rules} rules{of}"
        yield "1 page" if report.pages == 1 else f"{report.pages} pages"
    taken: dict[str, list[str]] = {}
    for look in report.looks:
        if look.taken:
            taken.setdefault(look.name, []).append(look.subject)
    if report.counted:
        yield f"the text of {report.counted}"
    if editions := taken.get(EDITION):
        yield f"{'the editions' if len(editions) > 1 else 'the edition'} {' and '.join(editions)}"
    if report.kind == "epub":
        yield "the files in it"
    if programs := [name for name in taken if name not in (TEXT, EDITION, FILE)]:
        yield f"with {' and '.join(programs)}"
