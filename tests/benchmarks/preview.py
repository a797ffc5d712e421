"""How long it takes from saving a file until the browser shows the new page of it.

    python -m benchmarks.preview            books of 100 and 1,000 articles; writes PREVIEW.md
    python -m benchmarks.preview 300

Makes a synthetic book of each size, shows it by `anthology preview`, and edits one of its articles again and again.
The browser takes the time at which the words are there and drawn; the clock is the machine's, for both. Edits are
looked at on an e-reader, then as pages.
"""

from __future__ import annotations

import datetime as dt
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

from benchmarks.machine import described
from benchmarks.report import table
from benchmarks.synthetic import Magazine, place_of, write_project

EDITS = 10
# Until an edit is seen, in seconds, by the number of articles.
BARS = {100: 2, 1000: 4}
RESULTS = Path(__file__).with_name("PREVIEW.md")

_SAID = f"""Seconds from saving an article until the browser shows its new words, the median of {EDITS} edits. The browser takes
the time; the clock is the machine's, for both. As pages, the pictures that are in sight have been drawn as well."""

# Resolves with the time, in milliseconds since 1970, at which some words are there and have been drawn.
_SEEN = """new Promise((done) => {
  const look = () => {
    const place = %s;
    if (!place?.textContent.includes(%r)) return setTimeout(look, 5);
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.timeOrigin + performance.now())));
  };
  look();
})"""
_VIEWS = {"screen": "on an e-reader", "paper": "as pages"}
_PLACES = {
    "screen": "document.getElementById('screen').contentDocument?.body",
    # What has changed is marked once the picture is there.
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
    """Measure books of so many articles, and print what came of it; of all sizes, write it down as well."""
    rows = [row for size in sizes for row in measured(size)]
    if sizes == list(BARS):
        day = dt.datetime.now(tz=dt.UTC).date()
        heads = ("articles", "looked at", "median s", "fastest", "slowest", "bar", "met")
        parts = ["# What an edit costs in the preview", f"`python -m benchmarks.preview`, {day}"]
        parts += [_SAID, table(heads, rows), "## Machine and versions"]
        parts.append(table(("", ""), described(os.cpu_count() or 1).items()))
        RESULTS.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def measured(size: int) -> Iterator[tuple[str, ...]]:
    """Edit an article of a book of so many, again and again; give a row of the table for each way to look at it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        folder = Path(made)
        project = folder / "book"
        magazine = Magazine(size)
        write_project(magazine, project)
        path = place_of(magazine.article(2), project)
        with shown(project, folder) as window:
            for view, name in _VIEWS.items():
                window.ask(f"document.querySelector('[data-to={view}]').click()")
                window.wait(
                    "document.querySelector('#paper img')?.naturalWidth" if view == "paper" else "true", 600
                )
                time.sleep(2)
                edits = [f"{view}{chr(ord('a') + number)}" for number in range(EDITS)]
                times = [seconds_until_seen(window, path, view, edit) for edit in edits]
                median = statistics.median(times)
                row = (f"{size:,}", name, f"{median:.2f}", f"{min(times):.2f}", f"{max(times):.2f}")
                bar = BARS.get(size)
                yield (
                    *row,
                    f"< {bar} s" if bar else "",
                    ("yes" if median < bar else "**no**") if bar else "",
                )
                sys.stdout.write(f"{', '.join(row)}; load {os.getloadavg()[0]:.1f}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(BARS))
