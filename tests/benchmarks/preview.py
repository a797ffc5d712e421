"""How long it takes from saving a file until the browser shows the new page of it.

    python -m benchmarks.preview 100 1000

Makes a synthetic book of each size, shows it by `anthology preview`, and edits one of its articles again and again.
The browser takes the time at which the words are there and drawn; the clock is the machine's, for both. Edits are
looked at on an e-reader, then as pages.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chromium import Window, chromium

from benchmarks.synthetic import Magazine, place_of, write_project

EDITS = 10

# Resolves with the time, in milliseconds since 1970, at which some words are there and have been drawn.
_SEEN = """new Promise((done) => {
  const look = () => {
    const place = %s;
    if (!place?.textContent.includes(%r)) return setTimeout(look, 5);
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.timeOrigin + performance.now())));
  };
  look();
})"""
_PLACES = {
    "screen": "document.getElementById('screen').contentDocument?.body",
    # The words of a page are there before its picture is.
    "paper": "[...document.querySelectorAll('#paper .changed')].length"
    " ? document.getElementById('paper') : null",
}


@contextmanager
def shown(project: Path, folder: Path) -> Iterator[Window]:
    """Show a project in the browser, ready to be edited."""
    command = [sys.executable, "-m", "anthology", "preview", str(project), "--no-open"]
    command += ["--cache-dir", str(folder / "cache")]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stderr
            address = re.match(r"\S+", process.stderr.readline())
            assert address
            with chromium(folder / "profile") as window:
                window.resize(1280, 800)
                window.open(f"{address[0]}#a00003")
                window.wait("document.documentElement.dataset.number", 600)
                yield window
        finally:
            process.kill()


def seconds_until_seen(window: Window, path: Path, view: str, edit: str) -> float:
    """Write words of their own into an article, and give the seconds until the browser shows them."""
    text = path.read_text(encoding="utf-8")
    words = f"It was {edit} in the morning."
    head, first, rest = re.split(
        r"(?<=\n---\n\n)(.*\n\n)(?:It was \w+ in the morning\.\n\n)?", text, maxsplit=1
    )
    saved = time.time() * 1000
    path.write_text(f"{head}{first}{words}\n\n{rest}", encoding="utf-8")
    seen = window.ask(_SEEN % (_PLACES[view], words))
    # Until the running order is drawn up as well, and what was marked is marked no longer.
    time.sleep(3.5)
    return float(seen - saved) / 1000


def main(sizes: list[int]) -> None:
    """Measure books of so many articles, and print what came of it."""
    for size in sizes:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
            folder = Path(made)
            project = folder / "book"
            magazine = Magazine(size)
            write_project(magazine, project)
            path = place_of(magazine.article(2), project)
            with shown(project, folder) as window:
                for view in _PLACES:
                    window.ask(f"document.querySelector('[data-to={view}]').click()")
                    window.wait(
                        "document.querySelector('#paper img')?.naturalWidth" if view == "paper" else "true",
                        600,
                    )
                    time.sleep(2)
                    edits = [f"{view}{chr(ord('a') + number)}" for number in range(EDITS)]
                    times = [seconds_until_seen(window, path, view, edit) for edit in edits]
                    told = f"{statistics.median(times):.2f} s (median of {EDITS}), {min(times):.2f} to {max(times):.2f}"
                    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
                    sys.stdout.write(f"{size} articles, {view}: {told}; {load}\n")
                    sys.stdout.flush()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100, 1000])
