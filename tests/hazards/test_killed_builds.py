"""Builds that are killed: every file is the old one or the new one, and nothing is left of them."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import Tell
from running_builds import (
    EDITED,
    EPUB,
    TEMPORARY,
    Whole,
    contents,
    finished,
    gone,
    litter,
    start,
    write_ferries,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="killed builds: processes are found in /proc")

# What a build does once it writes, looked for so often that hardly any of it goes by unseen.
SECONDS_BETWEEN_LOOKS = 0.0005
# The first half of each file is written over the old one, and there it stops: what `write_files` never does.
CARELESS = """
import sys, time, anthology.build
def write(folder, files):
    for name, data in files.items():
        with (folder / name).open("wb") as file:
            file.write(data[:len(data) // 2])
            file.flush()
            print("half", file=sys.stderr, flush=True)
            time.sleep(600)
anthology.build.write_files = write
from anthology.cli import main
main()
"""


@dataclass
class Shop:
    """A book in two states, with the files of both, and where it is built."""

    project: Path
    cache: Path
    temporary: Path
    texts: tuple[str, str]
    editions: tuple[str, ...]
    whole: Whole
    seconds: float
    state: int = 0
    moments: random.Random = field(default_factory=lambda: random.Random(17))

    @property
    def out(self) -> Path:
        """Where it is built."""
        return self.project / "dist"

    def turn(self) -> None:
        """Edit an article, or take the edit back."""
        self.state = 1 - self.state
        (self.project / EDITED).write_text(self.texts[self.state], encoding="utf-8")

    def begin(self, *options: str, program: tuple[str, ...] = ("-m", "anthology")) -> subprocess.Popen[str]:
        """Start a build of the state that the book is in."""
        options = options or ("--cache-dir", str(self.cache), *self.editions)
        return start(self.project, *options, program=program, TMPDIR=str(self.temporary))

    def survives(self, build: subprocess.Popen[str]) -> bool:
        """Kill a build; tell whether all files are whole, and all its processes gone."""
        build.kill()
        finished(build)
        return gone(build.pid) and self.whole.broken_in(self.out) == []


@pytest.fixture(scope="module")
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Build a book in both of its states, undisturbed, and measure how long it takes after an edit."""
    everything = request.config.getoption("--hazards") == "all"
    articles, editions = (100, ()) if everything else (10, ("-e", "ebook"))
    root = tmp_path_factory.mktemp("killed")
    project, temporary = write_ferries(root / "ferries", articles), root / "temporary"
    temporary.mkdir()
    before = (project / EDITED).read_text(encoding="utf-8")
    made = Shop(
        project,
        root / "cache",
        temporary,
        (before, f"{before}\n\nA line more.\n"),
        editions,
        Whole({}),
        0.0,
        1,
    )
    builds = []
    for _ in range(2):
        made.turn()
        started = time.monotonic()
        assert finished(made.begin())[0] == 0
        made.seconds = time.monotonic() - started
        builds.append(contents(made.out))
    assert not set(builds[0].items()) & set(builds[1].items())
    made.whole = Whole.of(*builds)
    return made


def test_killed_at_any_moment(shop: Shop, share: Callable[[int, int], int], tell: Tell) -> None:
    """Killed at random moments of its whole run, a build leaves each file as the old one or the new one, and no process."""
    kills, held = share(2, 50), 0
    for _ in range(kills):
        shop.turn()
        build = shop.begin()
        time.sleep(shop.moments.uniform(0, shop.seconds))
        held += shop.survives(build)
    tell("writing: killed at any moment of a build after an edit", kills, held, "kills")
    assert held == kills


def test_killed_while_it_writes(shop: Shop, share: Callable[[int, int], int], tell: Tell) -> None:
    """Killed from the moment when the first temporary file is there, it does so too; most such kills do hit the writing."""
    kills, held, hit = share(2, 50), 0, 0
    for _ in range(kills):
        shop.turn()
        build = shop.begin()
        seen = {path.name for path in shop.out.glob(TEMPORARY)}
        while build.poll() is None and {path.name for path in shop.out.glob(TEMPORARY)} <= seen:
            time.sleep(SECONDS_BETWEEN_LOOKS)
        time.sleep(shop.moments.uniform(0, 0.02))
        held += shop.survives(build)
        hit += bool(list(shop.out.glob(TEMPORARY)))
    tell("writing: killed while files are written", kills, held, "kills")
    assert held == kills
    assert hit or kills < 10


def test_killed_before_anything_is_kept(shop: Shop, share: Callable[[int, int], int], tell: Tell) -> None:
    """A first build, with several processes at work, dies as a whole: the old files stay, and no process."""
    kills, held = share(1, 20), 0
    for _ in range(kills):
        build = shop.begin("--no-cache", "-j2")
        # Long enough for processes to be started, and not for all of it to be done.
        time.sleep(shop.moments.uniform(0.3, 1.0) * share(1, 8))
        held += shop.survives(build)
    tell("writing: killed during a first build", kills, held, "kills")
    assert held == kills


def test_a_careless_writer_is_found_out(shop: Shop) -> None:
    """These tests can fail: the same check finds the file that is written over the old one when its build is killed."""
    shop.turn()
    build = shop.begin(program=("-c", CARELESS))
    assert build.stderr
    assert build.stderr.readline() == "half\n"
    assert not shop.survives(build)
    assert shop.whole.broken_in(shop.out) == [EPUB]


def test_the_next_build_tidies_up(shop: Shop) -> None:
    """After all of that one build that nobody disturbs makes the right files, and nothing else is left anywhere."""
    assert finished(shop.begin())[0] == 0
    assert shop.whole.broken_in(shop.out) == []
    assert litter(shop.out) == []
    assert list(shop.temporary.iterdir()) == []
