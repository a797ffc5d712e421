"""`anthology check`: what a printer would refuse in a PDF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.printers import Profile
    from anthology.problems import Problem
    from anthology.verify.preflight import Findings


@click.command()
@click.argument("file", type=click.Path(path_type=Path), default=".")
@click.option("--profile", "name", metavar="NAME", default="", help="The printer: kdp, ingram, lulu, press …")
@click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Its printers/NAME.toml are profiles too; default: the project round FILE or this folder.",
)
@click.option("--cover", is_flag=True, help="FILE is a cover in one piece, not the pages of a book.")
@click.option("--bleed/--no-bleed", default=None, help="Whether pages are to bleed; default: as FILE says.")
@click.option("--strict", is_flag=True, help="Let warnings fail the check.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations of GitHub Actions.",
)
@click.pass_context
def check(
    ctx: click.Context,
    file: Path,
    name: str,
    project: Path | None,
    cover: bool,
    bleed: bool | None,
    strict: bool,
    form: Literal["text", "json", "github"],
) -> None:
    """Tell what a printer would refuse in FILE, a PDF, whoever made it.

    Problems name the page by its place in the file.

    \b
    anthology check dist/my-book-kdp.pdf --profile kdp
    anthology check cover.pdf --profile lulu --cover
    """
    from anthology.offline import offline
    from anthology.problems import has_errors
    from anthology.verify.preflight import examine

    data = _read(file)
    profile = _profile(name, file, project)
    with offline():
        findings = examine(data, profile, bleed=bleed, part="cover" if cover else "interior", path=str(file))
    if form == "json":
        click.echo(_as_json(file, profile, findings), nl=False)
    elif form == "github":
        for line in _for_github(findings.problems):
            click.echo(line)
    else:
        _tell(findings)
    click.echo(_verdict(profile, findings), err=True)
    failed = has_errors(findings.problems) or (strict and findings.problems)
    ctx.exit(1 if failed else 0)


def _read(file: Path) -> bytes:
    """Read the PDF; what is no file, or no PDF by its name, is a slip in the command."""
    from anthology.problems import MachineError, Problem, RefusedFile, UsageError
    from anthology.regular_files import LARGEST_PDF, read_file

    if file.is_dir() or file.suffix.lower() == ".epub":
        what = "a project" if file.is_dir() else "an e-book"
        hint = "name a PDF and its printer: anthology check my-book-kdp.pdf --profile kdp"
        raise UsageError(Problem("V003", "error", f"{what} cannot be checked yet, only a PDF", None, hint))
    try:
        data = read_file(file, str(file), LARGEST_PDF)
    except RefusedFile as refused:
        message = f"{file} cannot be checked: {refused.why}"
        if isinstance(refused.__cause__, OSError):
            raise MachineError(Problem("V005", "error", message, None, refused.hint)) from None
        raise UsageError(Problem("V003", "error", message, None, refused.hint)) from None
    if data is None:
        raise UsageError(Problem("V003", "error", f"there is no file {file}", None, "look at its name"))
    return data


def _profile(name: str, file: Path, project: Path | None) -> Profile:
    """Load the profile, of the project round the file if it has one of this name."""
    from anthology.printers import known_profiles, load_profile
    from anthology.problems import ContentError, Problem, UsageError

    own = _own_profiles(project or _project_round(file))
    if not name:
        hint = f"add --profile and one of: {', '.join(known_profiles(own))}"
        raise UsageError(
            Problem("V004", "error", "a PDF is checked for a printer, and none is named", None, hint)
        )
    try:
        return load_profile(name, own)
    except ContentError as error:
        if name in known_profiles(own):
            raise
        raise UsageError(*error.problems) from None


def _project_round(file: Path) -> Path | None:
    """Find the project that the file lies in, else the one of this folder."""
    from anthology.project import CONFIG

    for start in (file.resolve().parent, Path.cwd()):
        for folder in (start, *start.parents):
            if (folder / CONFIG).is_file():
                return folder
    return None


def _own_profiles(project: Path | None) -> dict[str, bytes]:
    from anthology.printers import FOLDER
    from anthology.project import Project
    from anthology.regular_files import paths_below

    if project is None:
        return {}
    found = Project(project)
    paths = [path for path in paths_below(project / FOLDER, project) if path.suffix == ".toml"]
    return {path.stem: found.find(path.relative_to(project).as_posix()) or b"" for path in paths}


def _tell(findings: Findings) -> None:
    """Print the problems for people; the line that counts them comes with the verdict."""
    from anthology.cli.report import problem_lines

    for line in list(problem_lines(findings.problems, style=click.style))[:-1]:
        click.echo(line, err=True)


def _verdict(profile: Profile, findings: Findings) -> str:
    """Write the last line: what was checked, and what came of it."""
    counts = [
        f"{number} {severity}{'' if number == 1 else 's'}"
        for severity in ("error", "warning")
        if (number := sum(problem.severity == severity for problem in findings.problems))
    ]
    pages = "1 page" if findings.pages == 1 else f"{findings.pages} pages"
    came = ", ".join(counts) or "nothing to mend"
    return f"checked {findings.rules} rules of {profile.name}, {pages}: {came}"


def _as_json(file: Path, profile: Profile, findings: Findings) -> str:
    from anthology.record import ProblemRecord

    checked = {
        "file": str(file),
        "profile": profile.name,
        "verified_on": profile.verified_on.isoformat(),
        "rules": findings.rules,
        "pages": findings.pages,
        "problems": [ProblemRecord.of(problem).model_dump() for problem in findings.problems],
    }
    return json.dumps(checked, indent=2, ensure_ascii=False) + "\n"


def _for_github(problems: tuple[Problem, ...]) -> Iterator[str]:
    """Write workflow commands; what would end one is written in their escapes."""
    for problem in problems:
        message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
        escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        path = (problem.origin.path if problem.origin else "").replace("%", "%25")
        path = path.replace(":", "%3A").replace(",", "%2C")
        yield f"::{problem.severity} file={path},title={problem.code}::{escaped}"
