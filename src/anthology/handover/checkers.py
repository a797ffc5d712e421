"""What programs that others wrote find wrong with the files of a release, as lines of a report."""

from __future__ import annotations

from anthology.verify import checkers
from anthology.verify.checkers import NotRun


def epubcheck(data: bytes) -> tuple[str, ...] | None:
    """Hold an e-book against EPUB 3.3 with EPUBCheck.

    Returns its messages, each as severity, code, place and text; None where it did not run.
    """
    found = checkers.epubcheck(data)
    if isinstance(found, NotRun):
        return None
    return tuple(
        sorted(f"{remark.severity} {remark.rule} {remark.path}: {remark.message}" for remark in found)
    )


def broken_rules(data: bytes, standard: str) -> tuple[str, ...] | None:
    """Hold a PDF against a standard with veraPDF; `standard` as in anthology.toml ("pdf/ua-1").

    Returns a line for each rule that it breaks; None where veraPDF did not run, or has no rules for the standard.
    """
    found = checkers.verapdf(data, standard)
    if isinstance(found, NotRun):
        return None
    return tuple(f"{remark.rule}, {remark.count} times: {remark.message}" for remark in found)
