"""`make bench`: measure, print, and write down what came of it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import click

from benchmarks import machine, plot, report
from benchmarks.bars import Results
from benchmarks.run import E_BOOKS, EXTENTS, Run
from benchmarks.ways import Measurement

ROOT = Path(__file__).parent.parent.parent
WORK = ROOT / "build" / "benchmarks"
KEPT = WORK / "results.json"
RESULTS = Path(__file__).with_name("RESULTS.md")
PICTURE = ROOT / "content" / "publishing" / "images" / "what-a-book-costs.svg"


@click.command()
@click.argument("extent", type=click.Choice(list(EXTENTS)), default="normal")
@click.option(
    "--again", is_flag=True, help="Measure nothing: write down once more what the last run measured."
)
def main(extent: str, again: bool) -> None:
    """Measure what books of several sizes cost.

    quick (10 and 100 articles) only prints; normal (1,000 too) and full (5,000 too) also write RESULTS.md and the
    picture in the handbook; e-books measures those again, of all sizes, and leaves what it cost to print.
    """
    if not again:
        _measure(extent)
    if not KEPT.exists():
        raise click.ClickException("nothing has been measured yet")
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    results = Results(map(Measurement.from_json, kept["measurements"]))
    click.echo("\n" + report.for_terminal(results, kept["left-out"]))
    if kept["extent"] == "quick":
        return
    text = report.for_file(results, kept["left-out"], kept["day"], kept["machine"])
    RESULTS.write_text(text, encoding="utf-8")
    PICTURE.write_text(plot.drawing(results), encoding="utf-8")
    click.echo(f"\nwritten: {RESULTS.relative_to(ROOT)}, {PICTURE.relative_to(ROOT)}")


def _measure(extent: str) -> None:
    described = machine.described(machine.keep_to_two_cores())
    run = Run(WORK, _tell, extent)
    try:
        run.measure()
    finally:
        for folder in WORK.glob("*/"):
            shutil.rmtree(folder)
    measurements = [made.to_json() for made in run.measurements]
    if extent == "e-books" and KEPT.exists():
        before = json.loads(KEPT.read_text(encoding="utf-8"))
        printed = [made for made in before["measurements"] if made["way"] not in E_BOOKS]
        run.left_out[:0] = before["left-out"]
        measurements = printed + measurements
    kept = {
        "extent": extent,
        "day": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": described,
        "left-out": run.left_out,
        "measurements": measurements,
    }
    KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")


def _tell(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    main()
