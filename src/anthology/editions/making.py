"""The editions of a book made one after the other, in an order in which each finds what it needs."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from anthology.editions.base import Made
from anthology.editions.design import design_for
from anthology.problems import ContentError, Problem
from anthology.project import Project
from anthology.theme import load_theme
from anthology.verify.completeness import Placement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from anthology.config import Config, PdfEdition
    from anthology.editions.base import Manuscript
    from anthology.editions.workshop import Workshop


def _announce(progress: Callable[[str, str], None], name: str, stage: str, detail: str) -> None:
    progress(stage, f"{name}: {detail}" if detail else name)


def make_editions(
    manuscript: Manuscript, names: Iterable[str], workshop: Workshop, progress: Callable[[str, str], None]
) -> dict[str, tuple[Made, float]]:
    """Make editions, each once and with the seconds it took; one whose pages another lists comes before it.

    `progress` is told each stage as it begins, and what it works on. An edition that is made for its pages alone stops
    nothing: where it has faults, its pages are not listed. Raises ContentError for what keeps one of `names` from being
    made, MachineError for what is missing on this machine.
    """
    results: dict[str, tuple[Made, float]] = {}
    names = tuple(names)
    for wanted in names:
        for name in (_page_source(manuscript, wanted), wanted):
            if name and name not in results:
                started = time.perf_counter()
                source = _page_source(manuscript, name)
                paged = results[source][0] if source else None
                told = partial(_announce, progress, name)
                make = partial(_make, manuscript, name, workshop, told, paged, name in names)
                made = make() if name in names else _made_for_its_pages(make, manuscript, name, wanted)
                results[name] = made, time.perf_counter() - started
    return results


def _made_for_its_pages(make: Callable[[], Made], manuscript: Manuscript, name: str, wanted: str) -> Made:
    """Make the edition `name`, whose pages the edition `wanted` lists; without pages where it has faults."""
    try:
        made = make()
    except ContentError as error:
        made = Made(b"", Placement(0, ()), error.problems)
    errors = [problem for problem in made.problems if problem.severity == "error"]
    if not errors:
        return made
    count = "an error" if len(errors) == 1 else f"{len(errors)} errors"
    told = Problem(
        "B014",
        "warning",
        f'the e-book lists no pages, since the edition "{name}" has {count}: {errors[0].message}',
        manuscript.config.origin("editions", wanted, "pages-from"),
        f"`anthology build -e {name}` tells more",
    )
    return Made(b"", made.placement, (told,))


def _page_source(manuscript: Manuscript, name: str) -> str:
    """Name the edition whose pages an edition lists; an article alone does not know its pages."""
    edition = manuscript.config.editions[name]
    return edition.pages_from if edition.format == "epub" and not manuscript.only else ""


def _make(
    manuscript: Manuscript,
    name: str,
    workshop: Workshop,
    stage: Callable[[str, str], None],
    paged: Made | None,
    covered: bool,
) -> Made:
    design = design_for(manuscript.config.editions[name], manuscript.theme, manuscript.find)
    manuscript = replace(manuscript, theme=design.theme)
    try:
        made = _made_with(manuscript, name, workshop, stage, paged, covered)
    except ContentError as error:
        raise ContentError(*design.located(error.problems)) from error
    return replace(made, problems=(*design.located(made.problems), *design.problems))


def _made_with(
    manuscript: Manuscript,
    name: str,
    workshop: Workshop,
    stage: Callable[[str, str], None],
    paged: Made | None,
    covered: bool,
) -> Made:
    edition = manuscript.config.editions[name]
    if edition.format == "epub":
        from anthology.editions.epub import make_epub

        starts, folios = (paged.starts, paged.folios) if paged else ((), {})
        return make_epub(manuscript, name, edition, stage, starts, workshop, folios)
    from anthology.editions.pdf import make_pdf

    made = make_pdf(manuscript, name, edition, workshop, stage)
    return _with_cover(made, manuscript, name, edition, workshop) if covered else made


def _with_cover(
    made: Made, manuscript: Manuscript, name: str, edition: PdfEdition, workshop: Workshop
) -> Made:
    """Make the cover round a PDF edition too, if it is to have one: its spine depends on the pages."""
    from anthology.editions.wrap import make_wrap

    wrap = make_wrap(manuscript, name, edition, made.pages, workshop)
    if wrap is None:
        return made
    return replace(made, cover=wrap.data, spine=wrap.spine or 0.0, problems=(*made.problems, *wrap.problems))


def warm_up_for(workshop: Workshop, root: Path, config: Config, names: Iterable[str]) -> None:
    """Have one worker get ready for the first PDF edition of these, while the project in `root` is being read.

    Raises ContentError where its printer, or the theme, is not to be had.
    """
    from anthology.editions.pdf import sheet_of
    from anthology.editions.printing import printing_of

    project = Project(root)
    for name in names:
        edition = config.editions[name]
        if edition.format == "pdf":
            design = design_for(edition, load_theme(root), project.find)
            printing = printing_of(config, name, edition, project.find_profile)
            workshop.warm_up(sheet_of(config, design.theme, edition, printing), 1)
            return
