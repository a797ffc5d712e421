"""Several commands at once in one project: each comes to its end, and every file is whole at every moment."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Tell
from making import write_project
from running_builds import (
    EDITED,
    EPUB,
    PATIENCE,
    Whole,
    command,
    contents,
    finished,
    litter,
    run,
    start,
    write_ferries,
)

from anthology.gather import gather
from anthology.project import Project
from anthology.writing import SUMS, write_files, write_folder


@contextmanager
def watched(look: Callable[[], object]) -> Iterator[list[object]]:
    """Look at something time and again meanwhile; give all that was seen."""
    seen: list[object] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.005):
            seen.append(look())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        ended.set()
        watcher.join()


def test_builds_into_one_folder(tmp_path: Path, share: Callable[[int, int], int], tell: Tell) -> None:
    """Builds of one book at once, with one cache that begins empty: all are fine, and what they make is the same."""
    count, editions = share(2, 8), share(1, 2)
    project = write_ferries(tmp_path / "ferries", share(10, 100))
    options = ["--cache-dir", str(tmp_path / "cache"), *["-e", "ebook", "-e", "print"][: 2 * editions]]
    assert run(project, "--no-cache", *options, "-o", str(tmp_path / "alone"))[0] == 0
    whole, out = Whole.of(contents(tmp_path / "alone")), project / "dist"
    names = set(whole.allowed)

    def wrong() -> list[str]:
        """Name what is there and broken; once a file was there it is never missing."""
        there = {path.name for path in out.glob("[!.]*")}
        return [name for name in whole.broken_in(out) if name in there]

    with watched(wrong) as seen:
        builds = [start(project, *options) for _ in range(count)]
        codes = [finished(build)[0] for build in builds]
    held = codes.count(0) if not any(seen) else 0
    tell("writing: builds at once into one folder, with one cache", count, held, "builds")
    assert held == count, [codes, seen]
    assert len(seen) > count
    assert whole.broken_in(out) == []
    assert {path.name for path in out.iterdir()} == names


def test_a_folder_is_whole_at_every_moment(
    tmp_path: Path, share: Callable[[int, int], int], tell: Tell
) -> None:
    """While writers replace a folder in turns, whoever looks at it finds that of one of them, whole."""
    if sys.platform not in ("linux", "darwin"):
        pytest.skip("folders in one step: this system cannot swap two")
    rounds, folder = share(50, 1000), tmp_path / "sent"
    sums = f"{'0' * 64}  x\n{'0' * 64}  y\n".encode()
    program = (
        "import sys; from pathlib import Path; from anthology.writing import write_folder\n"
        f"for _ in range({rounds}):\n"
        f"    write_folder(Path({str(folder)!r}), {{**dict.fromkeys('xy', sys.argv[1].encode() * 9), {SUMS!r}: {sums!r}}})\n"
    )
    write_folder(folder, {"x": b"c" * 9, "y": b"c" * 9, SUMS: sums})

    def look() -> bool:
        """List the folder; one that was replaced while it was listed goes at that moment, and is not looked at."""
        before = folder.stat()
        names = sorted(path.name for path in folder.iterdir())
        after = folder.stat()
        replaced = (before.st_ino, before.st_ctime_ns) != (after.st_ino, after.st_ctime_ns)
        return replaced or names == [SUMS, "x", "y"]

    with watched(look) as seen:
        writers = [subprocess.Popen([sys.executable, "-c", program, letter]) for letter in "ab"]
        codes = [writer.wait(PATIENCE) for writer in writers]
    held = sum(look is True for look in seen)
    tell("writing: a folder looked at while two writers replace it", len(seen), held, "looks")
    assert codes == [0, 0]
    assert held == len(seen) > 10
    assert litter(tmp_path) == []


def test_an_article_that_is_replaced_while_it_is_read(
    tmp_path: Path, share: Callable[[int, int], int], tell: Tell
) -> None:
    """An article that another command writes is read as the old one or the new one, and so is what the cache keeps of it."""
    times = share(60, 2000)
    texts = [f"---\ntitle: {letter}\n---\n\n{letter * 40_000}\n" for letter in "AB"]
    project = Project(write_project(tmp_path / "book", {"content/one.md": texts[0]}))
    ended = threading.Event()

    def flip() -> None:
        while not ended.is_set():
            for text in texts:
                write_files(project.root, {"content/one.md": text.encode()})
                time.sleep(0.001)

    writer = threading.Thread(target=flip)
    writer.start()
    whole, titles = 0, set()
    try:
        for _ in range(times):
            (reading,) = gather(Project(project.root), ["content/one.md"], "en", 1, None).readings
            assert reading.article
            title, body = reading.article.title, reading.article.body
            whole += f">{title * 40_000}<" in body
            titles.add(title)
    finally:
        ended.set()
        writer.join()
    tell("writing: an article replaced while it is read", times, whole, "readings")
    assert whole == times
    assert titles == {"A", "B"}


def test_import_relate_and_build_at_once(
    tmp_path: Path, share: Callable[[int, int], int], tell: Tell
) -> None:
    """Three commands at once: each does its work, or says that a file was changed meanwhile; no text is lost."""
    rounds, held = share(1, 10), 0
    project = write_ferries(tmp_path / "ferries", share(6, 60))
    posts = tmp_path / "posts"
    for number in range(rounds):
        words = f"The tide table of the year {1900 + number} hangs in the office beside the window."
        write_project(posts, {f"tide-{number}.md": f"---\ntitle: Tide {number}\n---\n\n{words}\n"})
        (posts / "anthology.toml").unlink()
        commands = [
            ("import", str(posts), "--into", str(project)),
            ("relate", str(project), "--write", "--no-cache"),
            ("build", str(project), "-e", "ebook", "--cache-dir", str(tmp_path / "cache")),
        ]
        with ThreadPoolExecutor(3) as threads:
            done = list(threads.map(command, commands))
        held += all(code == 0 or (code == 1 and "error B032: " in said) for code, said in done)
        # Who was told that somebody else was faster does it again.
        late = [words for words, (code, _) in zip(commands, done, strict=True) if code]
        assert [command(words)[0] for words in late] == [0] * len(late), done
        texts = [path.read_text(encoding="utf-8") for path in (project / "content").rglob("tide-*.md")]
        assert len(texts) == number + 1
        assert words in "".join(texts)
    tell("writing: import, relate and build at once", rounds, held, "rounds")
    assert held == rounds
    assert litter(project / "content", project / "dist") == []
    assert (project / "dist" / EPUB).is_file()
    assert (project / EDITED).is_file()
