"""Imports into a project: the same again changes nothing, and what a person edited is never lost."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from anthology.importing import Options, import_sources
from anthology.project import Project
from fuzz.choices import Choices, document
from fuzz.targets import markdown_post, text_capture

_EDITS = ("An edit by hand.\n", "edited: by hand\n", "# By hand\n", "  - by hand\n")
_OPTIONS = Options()


def check(data: bytes) -> None:
    """Import twice: the second time nothing changes; edit and import what changed: no edited line goes."""
    choices = Choices(data)
    first = _sources(choices)
    with TemporaryDirectory() as folder:
        given, into = Path(folder) / "given", Path(folder) / "book"
        _write(given, first)
        outcome = import_sources([given], into, _OPTIONS)
        made = _files(into)
        again = import_sources([given], into, _OPTIONS)
        assert _files(into) == made
        assert {account.became for account in again.accounts} <= {
            "unchanged",
            "doubled",
            "deleted",
            "earlier",
            "",
        }
        assert all(account.article for account in outcome.accounts if account.became == "new")
        if into.is_dir():
            project = Project(into)
            _edit_and_import(choices, project, given)


def _sources(choices: Choices) -> dict[str, bytes]:
    kinds = {"a.txt": text_capture, "b  b.md": markdown_post, "c.txt": text_capture}
    made: dict[str, bytes] = {}
    for name, kind in kinds.items():
        part = choices.part()
        if part:
            made[name] = document(part, kind.SEEDS, kind.TOKENS)
    return made


def _edit_and_import(choices: Choices, project: Project, given: Path) -> None:
    paths = sorted(project.articles())
    if not paths:
        return
    edited = project.root / choices.one_of(paths)
    lines = edited.read_bytes().splitlines(keepends=True)
    edit = choices.one_of(_EDITS).encode()
    lines.insert(choices.number(len(lines)), edit)
    edited.write_bytes(b"".join(lines))
    _write(given, _sources(choices))
    import_sources([given], project.root, _OPTIONS)
    assert edit in edited.read_bytes().splitlines(keepends=True)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
