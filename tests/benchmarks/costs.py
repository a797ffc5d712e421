"""What a command costs: processor time of all its processes, wall time, memory of the largest of them."""

from __future__ import annotations

import ctypes
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# prctl(2): whoever loses its parent becomes ours, so that no process escapes the account.
_PR_SET_CHILD_SUBREAPER = 36

# How many seconds a process may live on after the command that started it.
_PATIENCE = 5.0

# `ru_maxrss` counts kibibytes, on macOS bytes.
_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor time and of wall time, and the most bytes that one process had in memory."""

    cpu: float
    wall: float
    memory: int


class CommandError(Exception):
    """A command that is measured did not succeed; the text is what it said."""


def measured(command: Sequence[str], output: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command in a process of its own, its standard output into a file, and tell what it cost.

    Raises CommandError where it does not succeed. Nothing else may be started by this process meanwhile.
    """
    _adopt_orphans()
    complaints = output.with_suffix(".err")
    with output.open("wb") as out, complaints.open("wb") as err:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    usages = [usage, *_orphans()]
    if process.returncode:
        said = complaints.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise CommandError(f"{' '.join(command[:8])} ended with {process.returncode}\n{said}")
    return Cost(
        cpu=sum(used.ru_utime + used.ru_stime for used in usages),
        wall=wall,
        memory=max(used.ru_maxrss for used in usages) * _UNIT,
    )


def median(costs: Iterable[Cost]) -> Cost:
    """Give the median of several measurements, each figure by itself; memory the largest."""
    found = list(costs)
    return Cost(
        statistics.median(cost.cpu for cost in found),
        statistics.median(cost.wall for cost in found),
        max(cost.memory for cost in found),
    )


def _adopt_orphans() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _orphans() -> list[resource.struct_rusage]:
    """Wait for processes that their parent left behind, and give what they used."""
    found: list[resource.struct_rusage] = []
    patience = time.monotonic() + _PATIENCE
    while time.monotonic() < patience:
        try:
            process, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if process:
            found.append(usage)
        else:
            time.sleep(0.02)
    raise CommandError("processes that it started are still running")
