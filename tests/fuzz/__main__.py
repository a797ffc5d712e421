"""`make fuzz`: try what nobody would write, for as long as it is told to, and keep what breaks a promise."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import click

from fuzz.targets import TARGETS
from fuzz.trying import broken_by

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "build" / "fuzz"
# A process that was ended by an input begins again; what takes less than this is not worth one.
_SHORTEST = 5


@click.command()
@click.option("--seconds", default=600, show_default=True, help="How long, for all targets together.")
@click.option("--folder", type=click.Path(path_type=Path), default=FOLDER, help="Where what breaks is kept.")
@click.option("--again", is_flag=True, help="Only try again what is kept there.")
@click.argument("targets", nargs=-1, type=click.Choice(TARGETS))
def main(seconds: int, folder: Path, again: bool, targets: tuple[str, ...]) -> None:
    """Fuzz targets, by default all of them, one after the other."""
    chosen = targets or TARGETS
    if again:
        sys.exit(_try_again(folder, chosen))
    how = "atheris, by coverage" if find_spec("atheris") else "Hypothesis, by chance: atheris is missing"
    click.echo(f"{len(chosen)} targets with {how}", err=True)
    for name in chosen:
        busy = _processor_time()
        tried = _fuzz(name, max(_SHORTEST, seconds // len(chosen)), folder)
        busy = _processor_time() - busy
        click.echo(f"{name:<16}{tried:>10,} inputs {busy:>6.0f} s busy {len(_kept(folder, name)):>4} kept")
    sys.exit(1 if any(_kept(folder, name) for name in chosen) else 0)


def _processor_time() -> float:
    """Give the seconds for which processes that have ended kept the processor busy."""
    spent = os.times()
    return spent.children_user + spent.children_system


def _fuzz(name: str, seconds: int, folder: Path) -> int:
    """Fuzz a target; give how many inputs were tried."""
    begun, tried = time.monotonic(), 0
    count = folder / f"{name}.count"
    folder.mkdir(parents=True, exist_ok=True)
    while (left := seconds - (time.monotonic() - begun)) >= _SHORTEST:
        count.unlink(missing_ok=True)
        with (folder / f"{name}.log").open("ab") as log:
            command = [sys.executable, "-m", "fuzz.one", name, str(int(left)), str(folder)]
            subprocess.run(command, stdout=log, stderr=log, check=False)
        tried += int(count.read_text(encoding="utf-8")) if count.is_file() else 0
    return tried


def _kept(folder: Path, name: str) -> list[Path]:
    """List the inputs that are kept of a target: those that broke a promise, and those that ended a process."""
    ends = ("timeout", "crash", "oom")
    return sorted(
        (*folder.glob(f"{name}-*.input"), *(path for end in ends for path in folder.glob(f"{name}-{end}-*")))
    )


def _try_again(folder: Path, names: tuple[str, ...]) -> int:
    """Try again what is kept, and forget what breaks nothing any more."""
    left = 0
    for name in names:
        for path in _kept(folder, name):
            broken = broken_by(name, path.read_bytes())
            click.echo(f"{'breaks' if broken else 'holds'}  {path.name}  {str(broken or '')[:200]!r}")
            left += broken is not None
            if broken is None:
                path.unlink()
                path.with_suffix(".txt").unlink(missing_ok=True)
    return 1 if left else 0


if __name__ == "__main__":
    main()
