"""A whole project: what a build would find, what a copy editor would query, and what others find in its editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.build import chosen_editions
from anthology.checking.content import check_content
from anthology.checking.editions import check_editions, without_twice_told
from anthology.checking.ignoring import ignore
from anthology.checking.report import EDITION, TEXT, CheckReport, Look
from anthology.codes import CODES
from anthology.problems import ContentError, has_errors, sorted_problems
from anthology.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anthology.build import Options
    from anthology.editions.base import Manuscript


def check_project(
    root: Path, options: Options, progress: Callable[[str, str], None], *, quick: bool = False
) -> CheckReport:
    """Find everything that can be found wrong in the project in `root`; nothing is written but the cache.

    Arguments: `options` as for a build; `progress` is told each stage as it begins; a `quick` check makes no editions.
    Raises UsageError for an edition that does not exist, MachineError where an edition is named and what makes it is
    missing on this machine.
    """
    project = Project(root, options.web)
    config, manuscript, problems = check_content(project, options, progress)
    looks = [Look(TEXT, str(root))]
    counted = _counted(manuscript)
    if config is None:
        return CheckReport("project", str(root), sorted_problems(problems), tuple(looks), counted)
    names: tuple[str, ...] = ()
    try:
        names = chosen_editions(config, options.editions)
    except ContentError as error:
        problems += error.problems
    made = False
    stopped = manuscript is None or has_errors(problems)
    if stopped and not quick:
        looks += [Look(EDITION, name, "there are errors to be mended first") for name in names]
    elif manuscript and not quick:
        found, taken = check_editions(manuscript, names, options, progress)
        problems += without_twice_told(problems, found)
        looks += taken
        # What nobody looked at cannot be called idle.
        made = set(names) == set(config.editions) and all(look.taken for look in taken)
    told = ignore(sorted_problems(problems), config, CODES, with_editions=made)
    return CheckReport("project", str(root), sorted_problems(told), tuple(looks), counted)


def _counted(manuscript: Manuscript | None) -> str:
    count = len(manuscript.linked.anthology.articles) if manuscript else 0
    return "1 article" if count == 1 else f"{count} articles"
