"""Importers of other packages: found by their entry points, and held to their time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from anthology.importers import importer_of, importers
from anthology.importing import Options, Outcome, import_sources

PLUGIN = """\
import os
import time

from anthology.importers import Importer
from anthology.importers.model import Imported


def read(path, data, find):
    text = data.decode()
    if "sleep" in text:
        time.sleep(60)
    if "die" in text:
        os._exit(1)
    if "fail" in text:
        raise RuntimeError("no such verse")
    picture = find("verse.txt")
    return Imported("verse", text.strip(), (picture or b"none").decode(), section="Verses")


importer = Importer("verse", lambda path, data: path.endswith(".verse"), read)
"""


@pytest.fixture
def verses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install a package that imports verses."""
    site = tmp_path / "site"
    information = site / "verses-1.0.dist-info"
    information.mkdir(parents=True)
    (site / "verses.py").write_text(PLUGIN)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: verses\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[anthology.importers]\nverse = verses:importer\n")
    monkeypatch.syspath_prepend(site)
    importers.cache_clear()
    yield
    importers.cache_clear()


def brought(folder: Path, files: dict[str, str]) -> Outcome:
    """Import verses, with two seconds for each."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    return import_sources([folder], folder.parent / "book", Options(jobs=2, seconds=2))


@pytest.mark.usefixtures("verses")
def test_another_package_s_kind_is_imported(tmp_path: Path) -> None:
    """An entry point adds a kind to the table; it is asked before the kinds that are built in."""
    assert list(importers()) == ["verse", "markdown-post", "text-capture", "web-page"]
    importer = importer_of("a.verse", b"")
    assert importer
    assert importer.kind == "verse"
    outcome = brought(tmp_path / "in", {"a.verse": "Dawn"})
    assert [(account.article, account.became) for account in outcome.accounts] == [
        ("content/verses/dawn.md", "new")
    ]


@pytest.mark.usefixtures("verses")
def test_a_file_that_takes_too_long_or_breaks_its_importer_is_named(tmp_path: Path) -> None:
    """Its process is ended; the rest is imported, from what lies in their folder and nowhere else."""
    outcome = brought(
        tmp_path / "in", {"a.verse": "sleep", "b.verse": "die", "c.verse": "fail", "d.verse": "Dusk"}
    )
    assert [(problem.code, problem.message) for problem in outcome.problems] == [
        ("M086", "it took more than 2 s and was given up"),
        ("M087", "it cannot be imported (its process ended by itself, with exit code 1)"),
        ("M087", "it cannot be imported (RuntimeError: no such verse)"),
    ]
    assert [account.article for account in outcome.accounts] == ["content/verses/dusk.md"]
    assert outcome.exit_code == 1
