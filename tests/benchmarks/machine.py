"""What a run was made on and with: never the machine's name, nor a path on it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

CORES = 2

_LIBRARIES = ("anthology", "weasyprint", "pydyf", "pikepdf", "fonttools", "typst")


def keep_to_two_cores() -> int:
    """Keep this process, and all that it starts, to two cores where the system can; tell how many it has now."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def memory() -> int:
    """Give the machine's memory in bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def described(cores: int) -> dict[str, str]:
    """Describe the machine and the versions of all that had a part."""
    return {
        "processor": _processor(),
        "cores": f"{cores} of {os.cpu_count()}",
        "memory": f"{memory() / 1e9:.0f} GB",
        "load before": f"{os.getloadavg()[0]:.1f}",  # of others: above a few tenths, wall times are theirs too
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        **{name: _version(name) for name in _LIBRARIES},
        "Pango": _pango(),
        "pandoc": _pandoc(),
    }


def _processor() -> str:
    if sys.platform == "darwin":
        return _first_line(["sysctl", "-n", "machdep.cpu.brand_string"])
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _pango() -> str:
    # In a process of its own: WeasyPrint's memory would be counted into whatever is measured afterwards.
    program = "from weasyprint.text.ffi import pango; print(pango.pango_version())"
    found = _first_line([sys.executable, "-c", program])
    return f"{int(found) // 10000}.{int(found) // 100 % 100}.{int(found) % 100}" if found else "not installed"


def _pandoc() -> str:
    from benchmarks.pandoc_typst import pandoc

    program = pandoc()
    return _first_line([program, "--version"]).removeprefix("pandoc ") if program else "not installed"


def _first_line(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return next(iter(done.stdout.splitlines()), "")
