"""The running order of a project on disk: the stages of a build up to the links, and what the last build knew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.build import Options
from anthology.config import load_config
from anthology.offline import offline
from anthology.plan.order import RunningOrder, running_order
from anthology.plan.pages import known_pages
from anthology.plan.report import plan_report
from anthology.preparing import prepare
from anthology.problems import has_errors
from anthology.project import CONFIG, Project
from anthology.render import english_of, render_report
from anthology.theme import load_theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anthology.config import Config


@dataclass(frozen=True, slots=True)
class Planning:
    """A running order with the config it follows, and the exit code to leave with.

    `newer` is the path of a file that has changed since the last build, whose pages are therefore left out.
    """

    order: RunningOrder
    config: Config
    newer: str
    exit_code: int


def plan_project(root: Path, options: Options, progress: Callable[[str, str], None]) -> Planning:
    """Draw up the running order of the project in `root`; nothing is written but the cache.

    `progress` is told each stage as it begins. Raises ContentError where there is nothing to put in order.
    """
    project = Project(root)
    config = load_config(project.config(), CONFIG)
    with offline():
        manuscript, found = prepare(project, config, options, progress)
    progress("plan", "")
    pages = known_pages(root, config)
    order = running_order(manuscript.linked, config, found, pages.starts, pages.sections)
    return Planning(order, config, pages.newer, 1 if has_errors(order.problems) else 0)


def plan_page(root: Path, planning: Planning) -> str:
    """Write a running order as one page of HTML that needs no other file: tables, charts and all problems.

    Raises ContentError where a template of the project is at fault.
    """
    book = planning.config.book
    return render_report(
        load_theme(root),
        "plan",
        language=english_of(book.language),
        book=book,
        report=plan_report(planning.order, planning.config),
        newer=planning.newer,
    )
