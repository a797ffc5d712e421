"""Hazards: inputs made to be slow, deep or large end as output or as one clear problem, and cost no other article."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from making import write_project
from pathological import FRONT_MATTER, HTML, INPUTS, MARKDOWN, PICTURES, Input

from anthology.build import Options, Outcome, build
from anthology.gather import gather
from anthology.project import Project

GOOD = "---\ntitle: A good one\n---\n\nWords that are in the book, whatever stands beside them.\n"
# As cmark's suite repeats its patterns. A hundred shows that each kind is told or printed, not how long it takes.
# That is the next test's, with more.
ALL_TIMES, SOME_TIMES = 20_000, 100
# What is tried in every run: those that other programs stumble over most, and that cost us little.
SHARE = (
    *("openers of links", "brackets of two kinds", "longer and longer backticks", "lists in lists"),
    *("quotation marks", "a cell across a hundred million columns", "boxes in boxes", "aliases of aliases"),
    *(
        "TOML in TOML",
        "a PNG of 13,000 squared",
        "a drawing of entities of entities",
        "a drawing of uses of uses",
    ),
)


def project_of(root: Path, inputs: Mapping[str, Input], times: int) -> dict[str, str]:
    """Write a project of pathological articles and a good one; give the path of each by its name."""
    paths = {name: f"content/mind/{re.sub('[^a-z0-9]+', '-', name.lower())}.md" for name in inputs}
    write_project(root, {"content/mind/zz-good.md": GOOD})
    for name, made in inputs.items():
        (root / paths[name]).write_text(made.article(name, times), encoding="utf-8")
        for file, data in made.files.items():
            (root / paths[name]).with_name(file).write_bytes(data(times))
    return paths


def ends_well(outcome: Outcome, path: str) -> bool:
    """Tell whether an article is in both editions without an error, or in neither and one error says why."""
    errors = [p for p in outcome.problems if p.severity == "error" and p.origin and p.origin.path == path]
    article = Path(path).stem
    (book,) = outcome.folder.glob("*.epub")
    in_e_book = f"EPUB/{article}.xhtml" in zipfile.ZipFile(book).namelist()
    (printed,) = (edition for edition in outcome.record.editions if edition.format == "pdf")
    in_print = article in printed.start_pages
    clear = all(len(problem.message) < 600 and "Traceback" not in problem.message for problem in errors)
    # A picture that is missing and its article that is named for it are one fault, told once.
    return clear and (in_e_book, in_print, len(errors)) in {(True, True, 0), (False, False, 1)}


@pytest.mark.parametrize(
    ("hazard", "group"),
    [
        ("Markdown", MARKDOWN),
        ("HTML", HTML),
        ("front matter", FRONT_MATTER),
        ("pictures", PICTURES),
    ],
)
def test_pathological_inputs_end(
    hazard: str,
    group: Mapping[str, Input],
    tmp_path: Path,
    share: Callable[[int, int], int],
    tell: Callable[..., None],
) -> None:
    """All of them in one book, each ends within its budget; the good article is in both editions."""
    everything = bool(share(0, 1))
    inputs = {name: made for name, made in group.items() if everything or name in SHARE}
    paths = project_of(tmp_path, inputs, share(SOME_TIMES, ALL_TIMES))
    outcome = build(tmp_path, Options(jobs=2, keep_going=True), lambda *_: None)
    wrong = [name for name, path in paths.items() if not ends_well(outcome, path)]
    tell(f"pathological inputs: {hazard}", len(paths), len(paths) - len(wrong))
    assert outcome.written
    assert ends_well(outcome, "content/mind/zz-good.md")
    problems = [f"{p.code} {p.origin}: {p.message}" for p in outcome.problems]
    assert wrong == [], "\n".join(problems)


def test_what_is_never_closed_is_read_in_time_that_grows_with_it(
    tmp_path: Path, share: Callable[[int, int], int], tell: Callable[..., None]
) -> None:
    """Brackets, backticks and marks that are never closed come out as they were written: no refusal, no budget spent."""
    names = (
        "openers of links",
        "brackets of two kinds",
        "brackets in brackets",
        "quotation marks",
        "apostrophes",
    )
    paths = project_of(tmp_path, {name: INPUTS[name] for name in names}, share(2_000, ALL_TIMES))
    project = Project(tmp_path)
    gathered = gather(project, list(paths.values()), "en", 2, None)
    read = [reading.article for reading in gathered.readings if reading.article]
    tell("Markdown that is never closed", len(names), len(read))
    assert [problem for reading in gathered.readings for problem in reading.problems] == []
    assert len(read) == len(names)


@pytest.mark.parametrize("rule", ["size: 1px", "size: 1px; margin: 0", "margin: 100in", "size: 1e9in 1e9in"])
def test_pages_of_no_size_end(
    rule: str, tmp_path: Path, share: Callable[[int, int], int], tell: Callable[..., None]
) -> None:
    """Styles of a house that leave no room for a line end as a book or as a clear problem."""
    if not share(0, 1) and rule != "size: 1px":
        pytest.skip("tried with make hazards")
    write_project(tmp_path, {"content/mind/good.md": GOOD, "styles/house.css": f"@page {{ {rule} }}\n"})
    from anthology.problems import ContentError

    try:
        build(tmp_path, Options(("print",), jobs=1), lambda *_: None)
        told = True
    except ContentError as error:
        told = all(problem.message for problem in error.problems)
    tell("pages without room", 1, int(told), "styles")
    assert told
