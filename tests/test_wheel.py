"""The wheel, as somebody gets it who has never seen the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, free of what this test run has in its environment; show its words if it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build the source archive, and the wheel out of it: paths of wheel and archive."""
    folder = tmp_path_factory.mktemp("archives")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


def test_the_wheel_carries_the_packaged_defaults(archives: tuple[Path, Path]) -> None:
    """Every style sheet and template of the checkout is in the wheel, and nothing of the tests or the handbook."""
    wheel, _ = archives
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("styles", "templates"):
        ours = [path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()]
        assert ours
        assert {f"anthology/_defaults/{path.as_posix()}" for path in ours} <= names
    assert {name.split("/")[0] for name in names} <= {
        "anthology",
        wheel.name.rsplit("-py3", 1)[0] + ".dist-info",
    }


def test_the_source_archive_carries_what_is_needed_to_test_it(archives: tuple[Path, Path]) -> None:
    """Whoever has the source archive alone can build and check what we can."""
    _, archive = archives
    with tarfile.open(archive) as opened:
        top = {Path(name).parts[1] for name in opened.getnames()}
    assert {
        "LICENSE",
        "Makefile",
        "README.md",
        "anthology.toml",
        "constraints.txt",
        "content",
        "pyproject.toml",
        "scripts",
        "src",
        "styles",
        "templates",
        "tests",
    } <= top


def test_the_installed_wheel_makes_a_book(archives: tuple[Path, Path], tmp_path: Path) -> None:
    """Installed in a clean environment far from the checkout, `new` and `build` give an EPUB, a PDF, a record."""
    wheel, _ = archives
    home = tmp_path / "environment"
    run(sys.executable, "-m", "venv", home, folder=tmp_path)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    constraints = ROOT / "constraints.txt"
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, "-c", constraints, folder=tmp_path)

    where = run(
        programs / "python", "-c", "import anthology; print(anthology.__file__)", folder=tmp_path
    ).stdout
    assert Path(where.strip()).is_relative_to(home)

    machine = json.loads(run(programs / "anthology", "doctor", "--json", folder=tmp_path).stdout)
    assert machine["ready"]

    run(programs / "anthology", "new", "my-book", folder=tmp_path)
    run(programs / "anthology", "build", "my-book", folder=tmp_path)
    made = tmp_path / "my-book" / "dist"
    record = json.loads((made / "build.json").read_text(encoding="utf-8"))
    assert {edition["format"] for edition in record["editions"]} == {"epub", "pdf"}
    for edition in record["editions"]:
        assert (made / edition["path"]).stat().st_size == edition["bytes"] > 0
