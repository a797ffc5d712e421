"""`anthology doctor`: what is missing on this machine, and the command that mends it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from anthology import environment
from anthology.problems import MachineError

if TYPE_CHECKING:
    from anthology.environment import Finding


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON to standard output.")
@click.pass_context
def doctor(context: click.Context, *, as_json: bool) -> None:
    """Tell what is missing on this machine, and the command that mends it.

    Exits with 3 when something is missing that every book needs.

    \b
    anthology doctor            what is there, what is missing
    anthology doctor --json     the same for a program
    """
    findings = environment.examine(Path.cwd())
    if as_json:
        click.echo(json.dumps(record(findings), indent=2, ensure_ascii=False))
    else:
        for line in report(findings):
            say(line)
    if not ready(findings):
        context.exit(MachineError.exit_code)


def ready(findings: tuple[Finding, ...]) -> bool:
    """Tell whether all that every book needs is there."""
    return all(finding.found for finding in findings if finding.needed)


def record(findings: tuple[Finding, ...]) -> dict[str, object]:
    """Turn the findings into what `--json` prints."""
    return {
        "ready": ready(findings),
        "findings": [
            {
                "name": finding.name,
                "found": finding.found,
                "needed": finding.needed,
                "detail": finding.detail,
                "mend": environment.mend((finding,)),
            }
            for finding in findings
        ],
        "mend": environment.mend(findings),
    }


def report(findings: tuple[Finding, ...]) -> list[str]:
    """Write the findings for people: one line each, then the commands."""
    width = max(len(finding.name) for finding in findings)
    lines = [f"{mark(finding)}  {finding.name:<{width}}  {finding.detail}" for finding in findings]
    missing = tuple(finding for finding in findings if not finding.found)
    needed = tuple(finding for finding in missing if finding.needed)
    wanted = tuple(finding for finding in missing if not finding.needed)
    for title, group in (("This mends it:", needed), ("For the optional rest:", wanted)):
        commands = environment.mend(group)
        if commands:
            lines += ["", title, *(f"    {command}" for command in commands)]
    if not missing:
        lines += ["", "Nothing is missing."]
    elif not needed:
        lines += ["", "Nothing is missing that every book needs."]
    return lines


def mark(finding: Finding) -> str:
    """Give the word at the head of a finding's line, eight characters wide and coloured for a terminal."""
    if finding.found:
        return click.style("found   ", fg="green")
    if finding.needed:
        return click.style("missing ", fg="red", bold=True)
    return click.style("optional", fg="yellow")


def say(line: str) -> None:
    """Print one line to standard error, without colour where NO_COLOR asks for none."""
    click.echo(line, err=True, color=False if os.environ.get("NO_COLOR") else None)
