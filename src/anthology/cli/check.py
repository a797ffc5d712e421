"""`anthology check`: everything that can be found wrong in a project, an e-book or a PDF."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from anthology.cli.completion import complete_codes
from anthology.cli.options import (
    cache_dir_option,
    chosen_cache,
    editions_option,
    jobs_option,
    no_cache_option,
)

if TYPE_CHECKING:
    from anthology.checking.report import CheckReport
    from anthology.printers import Profile


def _explain(ctx: click.Context, _: click.Parameter, code: str | None) -> None:
    """Print the explanation of a code, as help is printed, and leave."""
    if code:
        from anthology.explanations import explained, explanation

        click.echo(explained(explanation(code)))
        ctx.exit(0)


@click.command()
@click.argument("subject", metavar="[PROJECT|FILE]", type=click.Path(path_type=Path), default=".")
@click.option(
    "--quick", is_flag=True, help="Look at the text alone, and make no edition: for hooks of editors."
)
@click.option("--fix", is_flag=True, help="Mend marks and spaces, no word, after showing every change.")
@click.option("--yes", is_flag=True, help="With --fix: write without asking.")
@editions_option
@click.option(
    "--profile", "name", metavar="NAME", default="", help="The printer of a PDF: kdp, ingram, lulu, press …"
)
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
    "--complete", is_flag=True, help="Let the check fail with 3 where a part of it cannot run here."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="For people, for programs, as annotations of GitHub Actions, or as a SARIF log.",
)
@click.option(
    "--explain",
    metavar="CODE",
    shell_complete=complete_codes,
    expose_value=False,
    is_eager=True,
    callback=_explain,
    help="Say why a problem with this code is told and what to do, and check nothing.",
)
@jobs_option
@no_cache_option
@cache_dir_option
@click.pass_context
def check(
    ctx: click.Context,
    subject: Path,
    quick: bool,
    fix: bool,
    yes: bool,
    editions: tuple[str, ...],
    name: str,
    project: Path | None,
    cover: bool,
    bleed: bool | None,
    strict: bool,
    complete: bool,
    form: Literal["text", "json", "github", "sarif"],
    jobs: int | None,
    no_cache: bool,
    cache_dir: Path | None,
) -> None:
    """Find everything that is wrong with PROJECT, or with FILE: an e-book or a PDF, whoever made it.

    Nothing is written without --fix. Problems of a PDF name the page by its place in the file.

    \b
    anthology check                                 the book in this folder, and its editions
    anthology check my-book --quick                 its text alone
    anthology check my-book --fix                   quotes, dashes, spaces in its text mended, as [style] has them
    anthology check dist/my-book.epub               an e-book
    anthology check dist/my-book-kdp.pdf --profile kdp
    anthology check --explain L002                  what a code means
    """
    from anthology.build import Options
    from anthology.cli.progress import StageLines
    from anthology.offline import offline

    if fix and _kind_of(subject) == "project":
        from anthology.cli.mending import mend

        others = {"--edition": editions, "--profile": name, "--cover": cover, "--format": form != "text"}
        _refuse({**others, "--strict": strict, "--complete": complete, "--bleed": bleed is not None})
        ctx.exit(mend(subject, agreed=yes))
    _refuse({"--fix": fix, "--yes": yes})
    with offline(), StageLines() as progress:
        if _kind_of(subject) == "project":
            from anthology.checking.project import check_project

            _refuse({"--profile": name, "--cover": cover, "--bleed": bleed is not None, "--project": project})
            cache = chosen_cache(no_cache, cache_dir)
            options = Options(editions=editions, jobs=jobs or os.cpu_count() or 1, cache=cache)
            report = check_project(subject, options, progress.begin, quick=quick)
            if cache:
                cache.prune()
        else:
            from anthology.checking.files import check_epub, check_pdf

            _refuse({"--quick": quick, "--edition": editions})
            if _kind_of(subject) == "epub":
                _refuse({"--profile": name, "--cover": cover, "--bleed": bleed is not None})
                report = check_epub(_read(subject), str(subject), progress.begin)
            else:
                data = _read(subject)
                profile = _profile(name, subject, project) if name else None
                part: Literal["cover", "interior"] = "cover" if cover else "interior"
                report = check_pdf(data, str(subject), profile, progress.begin, bleed=bleed, part=part)
    _tell(report, form)
    ctx.exit(report.exit_code(strict=strict, complete=complete))


def _kind_of(subject: Path) -> Literal["project", "epub", "pdf"]:
    """Tell what is to be checked: a file is a PDF unless its name says otherwise."""
    if subject.is_dir():
        return "project"
    return "epub" if subject.suffix.lower() == ".epub" else "pdf"


def _refuse(given: dict[str, object]) -> None:
    """Refuse options that have no meaning for what is checked."""
    from anthology.problems import Problem, UsageError

    for option, value in given.items():
        if value:
            message = f"{option} means nothing for what is checked here"
            raise UsageError(
                Problem("V004", "error", message, None, "leave it out, or look at the name of the file")
            )


def _read(file: Path) -> bytes:
    """Read the file; a name that leads to none, or to none that can be read, is a slip in the command."""
    from anthology.article_files import SUFFIXES
    from anthology.problems import MachineError, Problem, RefusedFile, UsageError
    from anthology.project import CONFIG
    from anthology.regular_files import LARGEST_PDF, read_file

    try:
        data = read_file(file, str(file), LARGEST_PDF)
    except RefusedFile as refused:
        message = f"{file} cannot be checked: {refused.why}"
        if isinstance(refused.__cause__, OSError):
            raise MachineError(Problem("V005", "error", message, None, refused.hint)) from None
        raise UsageError(Problem("V003", "error", message, None, refused.hint)) from None
    if data is None:
        raise UsageError(
            Problem("V003", "error", f"there is no file or folder {file}", None, "look at its name")
        )
    if file.suffix.lower() in SUFFIXES or file.name == CONFIG:
        around = _project_round(file)
        hint = f"check the book that it is a part of: `anthology check --quick {_shown(around or Path())}`"
        raise UsageError(Problem("V003", "error", f"{file} is neither an e-book nor a PDF", None, hint))
    return data


def _shown(folder: Path) -> str:
    """Write the path of a folder as it is typed here."""
    return shlex.quote(os.path.relpath(folder))


def _profile(name: str, file: Path, project: Path | None) -> Profile:
    """Load the profile, of the project round the file if it has one of this name."""
    from anthology.printers import known_profiles, load_profile
    from anthology.problems import ContentError, UsageError

    own = _own_profiles(project or _project_round(file))
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


def _tell(report: CheckReport, form: str) -> None:
    """Print the report: for people on standard error, for programs on standard output."""
    from anthology.checking.github import workflow_commands
    from anthology.checking.record import CheckRecord
    from anthology.checking.sarif import sarif
    from anthology.checking.text import looks_not_taken, verdict
    from anthology.cli.report import problem_lines
    from anthology.codes import CODES

    folder = _folder(report)
    match form:
        case "json":
            click.echo(CheckRecord.of(report).to_json(), nl=False)
        case "sarif":
            click.echo(sarif(report, CODES, folder), nl=False)
        case "github":
            for line in workflow_commands(report.problems, folder, lines=report.kind != "pdf"):
                click.echo(line)
        case _:
            # The line that counts them comes with the verdict.
            for line in list(problem_lines(report.problems, style=click.style))[:-1]:
                click.echo(line, err=True)
    for line in (*looks_not_taken(report), verdict(report)):
        click.echo(line, err=True)


def _folder(report: CheckReport) -> str:
    """Name the project's folder as seen from this one: in a repository, programs ask for paths from its top on."""
    project = Path(report.subject).resolve()
    here = Path.cwd().resolve()
    inside = report.kind == "project" and here in project.parents
    return project.relative_to(here).as_posix() if inside else ""
