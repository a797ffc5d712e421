"""veraPDF in a Java machine that is started once, with short names for the standards.

    python tests/java_verapdf.py

A JSON list of pairs, of a standard and the path of a PDF, comes in on each line, and a line of what
`anthology.verify.verapdf` finds is the answer.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from anthology.verify.verapdf import broken_rules

STANDARDS = {
    "ua1": "pdf/ua-1",
    "ua2": "pdf/ua-2",
    "1b": "pdf/a-1b",
    "2b": "pdf/a-2b",
    "3a": "pdf/a-3a",
}


def main() -> None:
    """Check what is asked for until nobody asks any more."""
    # Whatever the engine prints goes elsewhere.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin:
        pairs = [(STANDARDS.get(name, name), Path(path)) for name, path in json.loads(line)]
        answers.write(f"{json.dumps(broken_rules(pairs))}\n")
        answers.flush()


if __name__ == "__main__":
    main()
