"""The same again: one book has the same bytes wherever, whenever and however it is built, whatever the cache went through."""

from __future__ import annotations

import os
import pickle
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import Tell
from making import write_project
from miscellany import GERMAN, KLEIN, Writer, article, write_pictures
from press_profile import cmyk_profile
from running_builds import PATIENCE, contents, finished, start

TOML = """\
[book]
title = "Slipways"
language = "en-GB"
editors = ["Hedda Marsh"]
publisher = "Tidewater & Daughters"
description = "What comes ashore."
identifier = "urn:uuid:1c4f2d0e-7c1b-4c5e-9d55-0d4c6c0b7f21"

[[sections]]
title = "Of the shore"
slug = "shore"

[[sections]]
title = "Of the house"
slug = "house"

[editions.ebook]
format = "epub"

[editions.print]
format = "pdf"
trim = "100x140mm"
"""
MORE = """
[editions.press]
format = "pdf"
printer = "press"
icc = "profiles/press.icc"
trim = "100x140mm"

[editions.kdp]
format = "pdf"
printer = "harbour"
paper = "cream"

[editions.screen]
format = "pdf"
printer = "screen"

[editions.archive]
format = "pdf"
printer = "archive"
"""
HARBOUR = 'extends = "kdp"\ntitle = "Harbour Books"\nverified-on = 2026-11-01\nleast-pages = 2\n'
WRITE = Writer("environments")
FILES = {
    "printers/harbour.toml": HARBOUR,
    "content/shore/one.md": article(
        "One",
        f"{WRITE.paragraphs(2)}[^1]\n\n![A buoy.](images/buoy.svg)\n\n![Fog.](images/fog.png)\n\n[^1]: {WRITE.sentence()}",
        related="[two, three]",
        authors="[Olive Tarn, Ian Ilić]",
        tags="[tides, Işık, ice]",
    ),
    "content/shore/two.md": article(
        "Two: İstanbul", WRITE.paragraphs(1), related="[one]", authors="Ian Ilić"
    ),
    "content/house/three.md": article("Drei", Writer("Drei", GERMAN, KLEIN).paragraphs(2), lang="de"),
}
FOLDERS = "a folder/mit Ümläuten/und 日本語"


@dataclass(frozen=True)
class Surroundings:
    """What surrounds a build: the variables of its environment and those that it lacks, and where and how it runs."""

    name: str
    set: dict[str, str] = field(default_factory=dict)
    unset: tuple[str, ...] = ()
    options: tuple[str, ...] = ("--no-cache",)
    program: tuple[str, ...] = ("-m", "anthology")
    before: tuple[str, ...] = ()
    umask: int = 0o022
    folders: str = ""
    reversed: bool = False
    no_input: bool = False


# The first of them are the share of every run: together they have something of nearly all.
SURROUNDINGS = (
    Surroundings(
        "elsewhere, another clock, another order, another chance",
        {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONUTF8": "0"},
        unset=("HOME", "XDG_CACHE_HOME"),
        options=("--no-cache", "-j2"),
        program=("-O", "-m", "anthology"),
        umask=0o077,
        folders=FOLDERS,
        reversed=True,
        no_input=True,
    ),
    Surroundings("time zone", {"TZ": "America/St_Johns"}),
    Surroundings("C, not UTF-8", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    Surroundings("Turkish", {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"}),
    Surroundings("German", {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "LANGUAGE": "de"}),
    Surroundings("order of sets", {"PYTHONHASHSEED": "4242"}),
    Surroundings("umask", umask=0o077),
    Surroundings("order and times of files", reversed=True),
    Surroundings("one process", options=("--no-cache", "-j1")),
    Surroundings("four processes", options=("--no-cache", "-j4")),
    Surroundings("spaces and other scripts", folders=FOLDERS),
    Surroundings("a long path", folders="/".join(["long" * 20] * 12)),
    Surroundings("no home", {"HOME": "/nonexistent"}, unset=("XDG_CACHE_HOME",), options=()),
    Surroundings("a home of nobody's", unset=("HOME", "XDG_CACHE_HOME", "USER"), options=()),
    Surroundings("without assertions", program=("-OO", "-m", "anthology")),
    Surroundings("no input", no_input=True),
    Surroundings("patient", before=("nice", "-n", "19")),
    Surroundings("without packages of the user", program=("-s", "-m", "anthology")),
    Surroundings("temporary files elsewhere", {"TMPDIR": "elsewhere"}),
    Surroundings("a plain terminal", {"TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "20"}),
)


@pytest.fixture(scope="module")
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a book with two languages, pictures, indexes, and editions of every kind."""
    everything = request.config.getoption("--hazards") == "all"
    root = tmp_path_factory.mktemp("environments") / "slipways"
    write_project(root, {**FILES, "anthology.toml": TOML + (MORE if everything else "")})
    write_pictures(root / "content/shore/images")
    (root / "profiles").mkdir()
    (root / "profiles" / "press.icc").write_bytes(cmyk_profile())
    return root


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the cache that the first build fills."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def right(project: Path, cache: Path) -> dict[str, str]:
    """Build it for the first time, and give the digest of each file."""
    made = start(project, "-j1", "--cache-dir", str(cache), **DAY, TZ="UTC", PYTHONHASHSEED="1")
    code, said = finished(made)
    assert code == 0, said
    return contents(project / "dist")


DAY = {"SOURCE_DATE_EPOCH": "1772000000"}


def built(project: Path, folder: Path, around: Surroundings, *options: str) -> dict[str, str]:
    """Build a copy of a project in surroundings; give the digest of each file."""
    copy = folder / around.folders / "book"
    paths = sorted((path for path in project.rglob("*") if path.is_file()), reverse=around.reversed)
    for path in paths:
        if "dist" not in path.relative_to(project).parts:
            place = copy / path.relative_to(project)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
            if around.reversed:
                os.utime(place, (1, 1))
    environment = {**os.environ, **DAY, **around.set}
    if "TMPDIR" in around.set:
        environment["TMPDIR"] = str(folder / around.set["TMPDIR"])
        Path(environment["TMPDIR"]).mkdir()
    for name in around.unset:
        environment.pop(name, None)
    words = [*around.before, sys.executable, *around.program, "build", ".", *around.options, *options]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *words] if around.no_input else words,
        cwd=copy,
        env=environment,
        umask=around.umask,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    said = done.stderr.decode(errors="replace")
    assert "Traceback" not in said, said
    assert done.returncode == 0, said
    return contents(copy / "dist")


def test_surroundings(
    project: Path,
    right: dict[str, str],
    tmp_path: Path,
    share: Callable[[int, int], int],
    tell: Tell,
) -> None:
    """Clock, language, chance, umask, folders, order of files, processes and the rest leave no trace in any edition."""
    some = SURROUNDINGS[: share(2, len(SURROUNDINGS))]
    other = []
    for number, around in enumerate(some):
        if built(project, tmp_path / str(number), around) != right:
            other.append(around.name)
    tell("the same again: surroundings of a build", len(some), len(some) - len(other), "builds")
    assert other == []


def test_another_day_is_another_book(
    project: Path, right: dict[str, str], tmp_path: Path, share: Callable[[int, int], int]
) -> None:
    """These tests can fail: a build with another day in SOURCE_DATE_EPOCH makes other files."""
    if share(0, 1) == 0:
        pytest.skip("another day: with all hazards")
    around = Surroundings("another day", {"SOURCE_DATE_EPOCH": "1600000000"})
    made = built(project, tmp_path, around, "-e", "ebook")
    assert made["slipways.epub"] != right["slipways.epub"]


def test_what_is_handed_over(
    project: Path, right: dict[str, str], tmp_path: Path, share: Callable[[int, int], int], tell: Tell
) -> None:
    """A folder that is handed over has the same bytes each time: editions, covers, reports and digests."""
    if share(0, 1) == 0:
        pytest.skip("handed over twice: with all hazards")
    options = ("--handover", *(word for name in ("ebook", "kdp", "screen") for word in ("-e", name)))
    folders = [
        built(project, tmp_path / around.name, around, *options)
        for around in (Surroundings("here"), SURROUNDINGS[0])
    ]
    assert all(any(name.endswith("SHA256SUMS") for name in made) for made in folders)
    held = 2 if folders[0] == folders[1] else 1
    tell("the same again: what is handed over", 2, held, "builds")
    assert held == 2


class Trap:
    """What makes a mark on the disk when it is unpacked."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.mark),)


def damage(entries: list[Path], chance: random.Random, mark: Path) -> None:
    """Do something to each entry of a cache, another thing to each."""
    trap = pickle.dumps(Trap(mark))
    for number, path in enumerate(entries):
        data = path.read_bytes()
        kind = number % 10
        if kind == 0:
            at = chance.randrange(len(data))
            path.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        elif kind == 1:
            os.truncate(path, chance.randrange(len(data)))
        elif kind == 2:
            # A digest that is right for the value, and not for the key.
            path.write_bytes(sha256(trap).digest() + trap)
        elif kind == 3:
            path.write_bytes(data[:32] + trap)
        elif kind == 4:
            other = chance.choice(entries)
            path.write_bytes(other.read_bytes() if other.is_file() and other != path else b"")
        elif kind == 5:
            path.write_bytes(chance.randbytes(len(data)))
        elif kind == 6:
            path.unlink()
        elif kind == 7:
            path.unlink()
            path.mkdir()
        elif kind == 8:
            path.unlink()
            os.mkfifo(path)
        else:
            path.unlink()
            path.symlink_to(mark.parent / "nowhere")


@pytest.mark.skipif(sys.platform == "win32", reason="a damaged cache: pipes and links are those of POSIX")
def test_a_damaged_cache(
    project: Path,
    right: dict[str, str],
    cache: Path,
    tmp_path: Path,
    share: Callable[[int, int], int],
    tell: Tell,
) -> None:
    """Whatever becomes of the entries, the book is the right one, nothing of them is run, and nobody waits for a pipe."""
    rounds, held, damaged, chance = share(1, 10), 0, 0, random.Random(5)
    for number in range(rounds):
        kept = shutil.copytree(cache, tmp_path / f"cache-{number}")
        entries = sorted(path for path in kept.rglob("*") if path.is_file())
        chance.shuffle(entries)
        chosen = entries[: len(entries) if number % 2 == 0 else 5]
        damage(chosen, chance, tmp_path / "mark")
        damaged += len(chosen)
        around = Surroundings("", options=("--cache-dir", str(kept), "-j2"))
        held += len(chosen) * (built(project, tmp_path / str(number), around) == right)
    tell("a damaged cache: entries changed, cut, swapped, replaced", damaged, held, "entries")
    assert held == damaged
    assert not (tmp_path / "mark").exists()


def test_a_cache_that_is_removed_meanwhile(
    project: Path,
    right: dict[str, str],
    cache: Path,
    tmp_path: Path,
    share: Callable[[int, int], int],
    tell: Tell,
) -> None:
    """A build whose cache is taken away while it runs, at whatever moment, makes the right book."""
    import time

    rounds, held = share(0, 10), 0
    for number in range(rounds):
        kept = (
            shutil.copytree(cache, tmp_path / f"cache-{number}")
            if number % 2
            else tmp_path / f"cache-{number}"
        )
        out = tmp_path / f"dist-{number}"
        build = start(project, "--cache-dir", str(kept), "-o", str(out), **DAY)
        while build.poll() is None:
            time.sleep(0.3 * number / rounds)
            shutil.rmtree(kept, ignore_errors=True)
        code, _said = finished(build)
        held += code == 0 and contents(out) == right
    if rounds:
        tell("a damaged cache: removed while a build runs", rounds, held, "builds")
    assert held == rounds
