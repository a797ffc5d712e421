"""Finished files, whoever made them: e-books and PDFs."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING

from anthology.checking.report import FILE, CheckReport, Look
from anthology.model import Origin
from anthology.printers import Profile
from anthology.problems import Problem, sorted_problems
from anthology.verify.checkers import NotRun, epubcheck, verapdf
from anthology.verify.epub import look_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from anthology.verify.checkers import Remark
    from anthology.verify.preflight.inspection import Part

# Asks only for what every PDF has to keep: that it can be read, has its fonts and boxes, and runs nothing.
_ANY = Profile("any", "any use", dt.date(2026, 11, 30), (), forbids=frozenset({"scripts"}))


def check_epub(data: bytes, path: str, progress: Callable[[str, str], None]) -> CheckReport:
    """Check an e-book: our own look into it, and EPUBCheck where that is installed.

    What could do harm is not handed on to any program.
    """
    progress("verify", path)
    problems, safe = look_into(data, path)
    looks = [Look(FILE, path)]
    if not safe:
        looks.append(Look("EPUBCheck", path, "the file cannot be opened safely"))
        return CheckReport("epub", path, problems, tuple(looks))
    progress("verify", "with EPUBCheck")
    said = epubcheck(data)
    if isinstance(said, NotRun):
        looks.append(Look("EPUBCheck", path, said.reason, said.mend))
    else:
        looks.append(Look("EPUBCheck", path))
        problems = sorted_problems((*problems, *(_of_e_book(r, path) for r in said if r.weight != "info")))
    return CheckReport("epub", path, problems, tuple(looks))


def _of_e_book(remark: Remark, path: str) -> Problem:
    # Of the whole, EPUBCheck names the file itself.
    line = f":{remark.line}" if remark.line else ""
    place = f"{remark.path}{line}: " if "/" in remark.path or "." in remark.path else ""
    message = f"{place}{remark.message} (EPUBCheck, {remark.rule})"
    if remark.weight == "error":
        return Problem("E011", "error", message, Origin(path), "make the e-book anew")
    return Problem("E012", "warning", message, Origin(path))


def check_pdf(
    data: bytes,
    path: str,
    profile: Profile | None,
    progress: Callable[[str, str], None],
    *,
    bleed: bool | None = None,
    part: Part = "interior",
) -> CheckReport:
    """Check a PDF for a printer, or without a `profile` for what any use needs; and for the standards that it claims.

    `bleed` and `part` as for a preflight.
    """
    from anthology.verify.preflight import examine

    progress("verify", path)
    found = examine(data, profile or _ANY, bleed=bleed, part=part, path=path)
    looks = [Look(FILE, path)]
    problems = list(found.problems)
    readable = not any(
        problem.code in {"V010", "V011"} and problem.severity == "error" for problem in problems
    )
    if profile is None and readable:
        for standard in _claimed(data):
            progress("verify", f"with veraPDF, {standard.upper()}")
            told, look = _kept(data, path, standard)
            problems += told
            looks.append(look)
    return CheckReport(
        "pdf", path, sorted_problems(problems), tuple(looks), "", profile, found.rules, found.pages
    )


def _claimed(data: bytes) -> tuple[str, ...]:
    from pikepdf import Pdf

    from anthology.verify.preflight.structure import claimed_standards

    with Pdf.open(BytesIO(data), suppress_warnings=True) as pdf:
        return claimed_standards(pdf)


def _kept(data: bytes, path: str, standard: str) -> tuple[list[Problem], Look]:
    """Hold a PDF against a standard that it claims."""
    program = f"veraPDF, {standard.upper()}"
    if standard.startswith("pdf/x"):
        look = Look(
            program,
            path,
            "nobody has a free program for the standards of printing: `--profile` looks at most of their rules",
        )
        return [], look
    said = verapdf(data, standard)
    if isinstance(said, NotRun):
        return [], Look(program, path, said.reason, said.mend)
    problems = []
    for remark in said:
        times = f", {remark.count} times" if remark.count > 1 else ""
        page = f"page {remark.page}: " if remark.page else ""
        message = f"{page}{remark.message} ({program}, {remark.rule}{times})"
        problems.append(
            Problem(
                "V040",
                "error",
                message,
                Origin(path, remark.page),
                f"save the PDF anew as {standard.upper()}",
            )
        )
    return problems, Look(program, path)
