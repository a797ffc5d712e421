"""Problems as a SARIF log (OASIS, version 2.1.0), which code hosts and editors read."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anthology.checking.report import CheckReport, Look
    from anthology.problems import Problem

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# What paths are relative to; whoever reads the log knows where that is (2.1.0, 3.14.14).
_ROOT = "PROJECTROOT"


def sarif(report: CheckReport, codes: Mapping[str, str], folder: str = "") -> str:
    """Write the log of a check.

    Arguments: the check; what each code means; and the project's folder in the repository, for paths that are relative
    to it. The number behind the path of a PDF is a page, and goes into the message alone.
    """
    rules = sorted({problem.code for problem in report.problems})
    places = {code: number for number, code in enumerate(rules)}
    lines = report.kind != "pdf"
    run = {
        "tool": {
            "driver": {
                "name": "anthology",
                "semanticVersion": version("anthology"),
                "rules": [_rule(code, codes[code]) for code in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that is under version control."}}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    _notification(look) for look in report.looks if not look.taken
                ],
            }
        ],
        "results": [_result(problem, places, folder, lines=lines) for problem in report.problems],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(code: str, meaning: str) -> dict[str, Any]:
    severity, _, said = meaning.partition(": ")
    return {
        "id": code,
        "shortDescription": {"text": f"{said[:1].upper()}{said[1:]}."},
        "defaultConfiguration": {"level": severity},
    }


def _result(problem: Problem, places: Mapping[str, int], folder: str, *, lines: bool) -> dict[str, Any]:
    message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": places[problem.code],
        "level": problem.severity,
        "message": {"text": message},
    }
    if problem.origin:
        path = "/".join(part for part in (folder, problem.origin.path) if part)
        place: dict[str, Any] = {"artifactLocation": {"uri": quote(path), "uriBaseId": _ROOT}}
        if lines and problem.origin.line:
            place["region"] = {"startLine": problem.origin.line}
        result["locations"] = [{"physicalLocation": place}]
    return result


def _notification(look: Look) -> dict[str, Any]:
    mend = f"; {look.mend} brings it" if look.mend else ""
    return {
        "level": "note",
        "message": {"text": f"{look.name} did not look at {look.subject}: {look.missing}{mend}"},
    }
